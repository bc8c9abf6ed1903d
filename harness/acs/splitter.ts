import { KEPT_PER_MESSAGE } from "../trace/recording.ts";

/** One HTTP message as it stood in the stream. */
export interface RawMessage {
  /** Octets, cut at what the recording keeps. */
  readonly raw: Buffer;
  readonly omitted: number;
  /** Where in `raw` the body begins. */
  readonly bodyAt: number;
  readonly chunked: boolean;
}

type State =
  | { readonly kind: "head" }
  | { readonly kind: "body"; left: number }
  | { readonly kind: "size"; line: string }
  | { readonly kind: "data"; left: number }
  | { readonly kind: "trailer"; line: string }
  | { readonly kind: "lost" };

const HEAD_END = Buffer.from("\r\n\r\n");

/** Longest head that is looked through; node refuses heads over 16 KB before that. */
const LONGEST_HEAD = 1024 * 1024;

/**
 * Finds where the requests of a connection begin and end, so that each can be recorded octet for octet. It does not judge:
 * node's parser, which reads the same octets, decides what is a request; this only follows its framing (RFC 9112 6).
 */
export class Splitter {
  readonly #complete: RawMessage[] = [];
  #state: State = { kind: "head" };
  #parts: Buffer[] = [];
  #kept = 0;
  #omitted = 0;
  #head = Buffer.alloc(0);
  #bodyAt = 0;
  #chunked = false;

  /** True between the first octet of a message and its last. */
  get inside(): boolean {
    return this.#kept + this.#omitted > 0;
  }

  /** What came of a message that is not complete. */
  get rest(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** The oldest complete message that was not yet taken. */
  take(): RawMessage | undefined {
    return this.#complete.shift();
  }

  feed(data: Buffer): void {
    let left = data;
    while (left.length > 0) left = left.subarray(this.#step(left));
  }

  /** Takes some octets of `data`, at least one, and says how many. */
  #step(data: Buffer): number {
    const state = this.#state;
    switch (state.kind) {
      case "head":
        return this.#stepHead(data);
      case "body":
      case "data": {
        const taken = Math.min(state.left, data.length);
        this.#keep(data.subarray(0, taken));
        state.left -= taken;
        if (state.left === 0 && state.kind === "body") this.#finish();
        else if (state.left === 0) this.#state = { kind: "size", line: "" };
        return taken;
      }
      case "size":
      case "trailer":
        return this.#stepLine(state, data);
      case "lost":
        this.#keep(data);
        return data.length;
    }
  }

  #stepHead(data: Buffer): number {
    // Empty lines before a request are to be ignored (RFC 9112 2.2).
    if (!this.inside && (data[0] === 13 || data[0] === 10)) return 1;
    const before = this.#head.length;
    const head = Buffer.concat([this.#head, data]);
    const end = head.indexOf(HEAD_END, Math.max(0, before - 3));
    if (end < 0) {
      this.#head = head;
      this.#keep(data);
      if (head.length > LONGEST_HEAD) this.#state = { kind: "lost" };
      return data.length;
    }
    const taken = end + HEAD_END.length - before;
    this.#keep(data.subarray(0, taken));
    this.#bodyAt = end + HEAD_END.length;
    const fields = head.toString("latin1", 0, end);
    this.#chunked = /^transfer-encoding:.*\bchunked\b/im.test(fields);
    const length = Number(/^content-length:[ \t]*(\d+)/im.exec(fields)?.[1] ?? 0);
    if (this.#chunked) this.#state = { kind: "size", line: "" };
    else if (length > 0) this.#state = { kind: "body", left: length };
    else this.#finish();
    return taken;
  }

  #stepLine(state: { readonly kind: "size" | "trailer"; line: string }, data: Buffer): number {
    const newline = data.indexOf(10);
    const taken = newline < 0 ? data.length : newline + 1;
    state.line += data.toString("latin1", 0, taken);
    this.#keep(data.subarray(0, taken));
    if (newline < 0) {
      if (state.line.length > LONGEST_HEAD) this.#state = { kind: "lost" };
      return taken;
    }
    const line = state.line.trim();
    if (state.kind === "trailer") {
      if (line === "") this.#finish();
      else this.#state = { kind: "trailer", line: "" };
      return taken;
    }
    const size = Number.parseInt(line, 16);
    // The line break that ends a chunk's data counts as its last two octets.
    if (size > 0) this.#state = { kind: "data", left: size + 2 };
    else this.#state = Number.isNaN(size) ? { kind: "lost" } : { kind: "trailer", line: "" };
    return taken;
  }

  #keep(data: Buffer): void {
    const room = Math.max(0, KEPT_PER_MESSAGE - this.#kept);
    if (room > 0) this.#parts.push(data.length > room ? Buffer.from(data.subarray(0, room)) : data);
    this.#kept += Math.min(room, data.length);
    this.#omitted += Math.max(0, data.length - room);
  }

  #finish(): void {
    this.#complete.push({ raw: this.rest, omitted: this.#omitted, bodyAt: this.#bodyAt, chunked: this.#chunked });
    this.#state = { kind: "head" };
    this.#parts = [];
    this.#kept = 0;
    this.#omitted = 0;
    this.#head = Buffer.alloc(0);
  }
}
