import {
  BodyTooLong,
  type Field,
  type Framing,
  fieldTokens,
  fieldValues,
  HttpProtocolError,
  type ResponseHead,
} from "./message.ts";

/** A complete response. */
export interface Response {
  readonly head: ResponseHead;
  readonly body: Buffer;
  /** The connection cannot carry another exchange. */
  readonly closing: boolean;
}

/** How a response to anything but HEAD is framed (RFC 9112 6.3). */
export function responseFraming({ status, fields }: ResponseHead): Framing {
  if (status === 204 || status === 304) return { kind: "none" };
  const codings = fieldTokens(fields, "Transfer-Encoding");
  if (codings.length > 0) return { kind: codings.at(-1) === "chunked" ? "chunked" : "until-close" };
  const lengths = new Set(fieldTokens(fields, "Content-Length"));
  if (lengths.size === 0) return { kind: "until-close" };
  const [length = ""] = lengths;
  if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) {
    return { kind: "invalid", reason: `Content-Length is ${fieldValues(fields, "Content-Length").join(", ")}` };
  }
  return Number(length) === 0 ? { kind: "none" } : { kind: "length", octets: Number(length) };
}

export interface ReadingRules {
  framing(head: ResponseHead): Framing;
  isInterim(status: number): boolean;
  /** Value of a header field from what stands behind its colon. */
  fieldValue(text: string): string;
  /** Octets in a chunk from the line before it; undefined when that tells none. */
  chunkSize(line: string): number | undefined;
  gatherBody(pieces: readonly Buffer[]): Buffer;
  /** Longest body that is taken, in octets. */
  readonly longestBody: number;
}

/** The rules for whoever has no reason to deviate. */
export const usualRules: Omit<ReadingRules, "longestBody"> = {
  framing: responseFraming,
  isInterim: (status) => status >= 100 && status < 200 && status !== 101,
  fieldValue: (text) => text.trim(),
  chunkSize(line) {
    const digits = /^\s*([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec(line)?.[1];
    return digits === undefined ? undefined : Number.parseInt(digits, 16);
  },
  gatherBody: (pieces) => Buffer.concat(pieces),
};

type State =
  | { readonly kind: "start" }
  | { readonly kind: "fields" }
  | { readonly kind: "octets"; left: number; readonly next: "done" | "chunk-end" }
  | { readonly kind: "chunk-size" }
  | { readonly kind: "chunk-end" }
  | { readonly kind: "trailer" }
  | { readonly kind: "until-close" }
  | { readonly kind: "done" };

const LONGEST_HEAD = 64 * 1024;

/** Reads one response from octets as they arrive, in whatever pieces (RFC 9112). Throws HttpProtocolError where the peer breaks HTTP. */
export class ResponseReader {
  readonly #rules: ReadingRules;
  readonly #interim: (status: number) => void;
  #state: State = { kind: "start" };
  #line: Buffer[] = [];
  #headOctets = 0;
  #status: { version: string; status: number } | undefined;
  #fields: Field[] = [];
  #head: ResponseHead | undefined;
  #pieces: Buffer[] = [];
  #bodyOctets = 0;
  #surplus = false;
  #endsConnection = false;

  /** `interim` is told the status of each interim response that was passed over. */
  constructor(rules: ReadingRules, interim: (status: number) => void) {
    this.#rules = rules;
    this.#interim = interim;
  }

  /** Whether the head is complete, and the body on its way. */
  get begun(): boolean {
    return this.#head !== undefined;
  }

  /** What came of the body so far. */
  get partialBody(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  /** Takes what arrived, and gives the response when it is complete. */
  feed(data: Buffer): Response | undefined {
    let left = data;
    while (left.length > 0 && this.#state.kind !== "done") left = left.subarray(this.#step(left));
    this.#surplus = left.length > 0;
    return this.#response();
  }

  /** The peer will send no more: gives a response that ends this way, if it may. */
  end(): Response | undefined {
    if (this.#state.kind === "until-close") this.#state = { kind: "done" };
    return this.#response();
  }

  /** Uses up some octets, at least one, and says how many. */
  #step(data: Buffer): number {
    const state = this.#state;
    switch (state.kind) {
      case "octets": {
        const taken = Math.min(state.left, data.length);
        this.#keep(data.subarray(0, taken));
        state.left -= taken;
        if (state.left === 0) this.#state = { kind: state.next };
        return taken;
      }
      case "until-close":
        this.#keep(data);
        return data.length;
      case "start":
      case "fields":
      case "chunk-size":
      case "chunk-end":
      case "trailer":
        return this.#stepLine(state.kind, data);
      case "done":
        return data.length;
    }
  }

  #keep(octets: Buffer): void {
    this.#bodyOctets += octets.length;
    if (this.#bodyOctets > this.#rules.longestBody) {
      throw new BodyTooLong(`the body is longer than ${this.#rules.longestBody} octets`);
    }
    this.#pieces.push(octets);
  }

  #stepLine(kind: "start" | "fields" | "chunk-size" | "chunk-end" | "trailer", data: Buffer): number {
    const newline = data.indexOf(0x0a);
    const taken = newline < 0 ? data.length : newline + 1;
    this.#line.push(data.subarray(0, taken));
    this.#headOctets += taken;
    if (this.#headOctets > LONGEST_HEAD) throw new HttpProtocolError(`the head is longer than ${LONGEST_HEAD} octets`);
    if (newline < 0) return taken;
    const line = Buffer.concat(this.#line)
      .toString("latin1")
      .replace(/\r?\n$/, "");
    this.#line = [];
    if (kind === "start") this.#statusLine(line);
    else if (kind === "fields") this.#fieldLine(line);
    else if (kind === "chunk-size") this.#chunkSize(line);
    else if (kind === "chunk-end") this.#chunkEnd(line);
    else if (line === "") this.#state = { kind: "done" };
    return taken;
  }

  #statusLine(line: string): void {
    if (line === "") return;
    const [, version, status] = /^HTTP\/(1\.[01]) (\d{3})(?: .*)?$/.exec(line) ?? [];
    if (version === undefined)
      throw new HttpProtocolError(`the response begins with "${line.slice(0, 60)}", which is no status line`);
    this.#status = { version, status: Number(status) };
    this.#state = { kind: "fields" };
  }

  #fieldLine(line: string): void {
    if (line === "") {
      this.#headComplete();
      return;
    }
    const last = this.#fields.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) {
      this.#fields[this.#fields.length - 1] = [last[0], `${last[1]} ${line.trim()}`.trim()];
      return;
    }
    const [, name, value = ""] = /^([^\s:]+)[ \t]*:(.*)$/s.exec(line) ?? [];
    if (name === undefined) throw new HttpProtocolError(`"${line.slice(0, 60)}" is no header field`);
    this.#fields.push([name, this.#rules.fieldValue(value)]);
  }

  #headComplete(): void {
    const head = { version: "", status: 0, ...this.#status, fields: this.#fields };
    if (this.#rules.isInterim(head.status)) {
      this.#state = { kind: "start" };
      this.#fields = [];
      this.#interim(head.status);
      return;
    }
    this.#head = head;
    const framing = this.#rules.framing(head);
    switch (framing.kind) {
      case "none":
        this.#state = { kind: "done" };
        return;
      case "length":
        this.#state = { kind: "octets", left: framing.octets, next: "done" };
        return;
      case "chunked":
        this.#state = { kind: "chunk-size" };
        return;
      case "until-close":
        this.#endsConnection = true;
        this.#state = { kind: "until-close" };
        return;
      case "invalid":
        throw new HttpProtocolError(framing.reason);
    }
  }

  #chunkSize(line: string): void {
    this.#headOctets = 0;
    const octets = this.#rules.chunkSize(line);
    if (octets === undefined) throw new HttpProtocolError(`"${line.slice(0, 60)}" is no chunk size`);
    this.#state = octets === 0 ? { kind: "trailer" } : { kind: "octets", left: octets, next: "chunk-end" };
  }

  #chunkEnd(line: string): void {
    if (line !== "") throw new HttpProtocolError("a chunk is longer than it says");
    this.#state = { kind: "chunk-size" };
  }

  #response(): Response | undefined {
    const head = this.#head;
    if (this.#state.kind !== "done" || head === undefined) return undefined;
    const wishes = fieldTokens(head.fields, "Connection");
    const persistent = head.version === "1.0" ? wishes.includes("keep-alive") : !wishes.includes("close");
    return { head, body: this.#rules.gatherBody(this.#pieces), closing: !persistent || this.#endsConnection || this.#surplus };
  }
}
