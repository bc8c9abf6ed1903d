import type { Clock } from "../clock.ts";
import type { Trust } from "../dial.ts";
import type { HostFinder } from "../dns/resolver.ts";
import { type Connected, type Exchanged, type HttpConnection, openConnection } from "./connection.ts";
import { type AuthFields, parseChallenges, randomHex } from "./digest.ts";
import type { DownloadFault, FetchSeams, UploadFault } from "./fetch-seams.ts";
import { encodeHead, type Field, fieldValues, USER_AGENT } from "./message.ts";
import { type Response, usualRules } from "./response.ts";

export interface FetchOptions {
  readonly clock: Clock;
  readonly seams: FetchSeams;
  readonly trust?: Trust | "anyone";
  /** Finds where the server is; without it the system does. */
  readonly hosts?: HostFinder | undefined;
  readonly url: string;
  /** Sent only when the file server asks for authentication. */
  readonly username: string;
  readonly password: string;
  /** What the phone calls itself; by default what it calls itself as a CPE. */
  readonly userAgent?: string;
  /** Numbers in [0, 1), for client nonces. */
  random(): number;
}

export interface UploadOptions extends FetchOptions {
  readonly content: Buffer;
  readonly contentType: string;
}

export type Downloaded =
  | { readonly kind: "file"; readonly content: Buffer }
  | { readonly kind: "failed"; readonly code: DownloadFault; readonly text: string };
export type Uploaded = { readonly kind: "done" } | { readonly kind: "failed"; readonly code: UploadFault; readonly text: string };

/** Larger files do not fit into the phone. */
const LARGEST_FILE = 64 * 1024 * 1024;
const PATIENCE = 60_000;
const REDIRECT_LIMIT = 10;

/** Gets a file over HTTP (TR-069 3.4.3). The fault codes of a failure are those of A.5.1. Never throws, never tries again. */
export async function download(options: FetchOptions): Promise<Downloaded> {
  const { seams } = options;
  const fail = (code: DownloadFault, text: string): Downloaded => ({ kind: "failed", code, text });
  const came = await new Transfer(options, { method: "GET", fields: [], body: Buffer.alloc(0) }).run();
  switch (came.kind) {
    case "unsupported":
      return fail(9013, came.text);
    case "unreachable":
      return fail(seams.serverUnreachable(), came.text);
    case "cut": {
      const code = came.tooLong ? 9010 : seams.downloadCut();
      return code === undefined ? { kind: "file", content: came.partial } : fail(code, came.text);
    }
    case "response": {
      const { head, body } = came.response;
      if (seams.isFile(head.status)) return { kind: "file", content: body };
      return fail(seams.downloadRefused(head.status), `The file server answers with status ${head.status}`);
    }
  }
}

/** Puts a file to a URL over HTTP (TR-069 A.4.1.5). Never throws, never tries again. */
export async function upload(options: UploadOptions): Promise<Uploaded> {
  const { seams, content, contentType } = options;
  const fail = (code: UploadFault, text: string): Uploaded => ({ kind: "failed", code, text });
  const fields: readonly Field[] = [
    ["Content-Type", contentType],
    ["Content-Length", String(content.length)],
  ];
  const came = await new Transfer(options, { method: seams.uploadMethod(), fields, body: content }).run();
  switch (came.kind) {
    case "unsupported":
      return fail(9013, came.text);
    case "unreachable": {
      const code = seams.serverUnreachable();
      return fail(code === 9010 ? 9011 : code, came.text);
    }
    case "cut":
      return fail(9011, came.text);
    case "response": {
      const { status } = came.response.head;
      if (status >= 200 && status < 300) return { kind: "done" };
      return fail(seams.uploadRefused(status), `The file server answers with status ${status}`);
    }
  }
}

/** Sends one request to a server, as files are transferred: with redirects, and an answer to one challenge. Never throws. */
export const transfer = (options: FetchOptions, request: FileRequest): Promise<Came> => new Transfer(options, request).run();

/** What came of a request. */
export type Came =
  | { readonly kind: "response"; readonly response: Response }
  /** The connection broke inside the exchange, or the server fell silent. */
  | { readonly kind: "cut"; readonly text: string; readonly partial: Buffer; readonly tooLong: boolean }
  | { readonly kind: "unreachable"; readonly text: string }
  | { readonly kind: "unsupported"; readonly text: string };

export interface FileRequest {
  readonly method: string;
  readonly fields: readonly Field[];
  readonly body: Buffer;
}

/** One request to a file server, with the redirects and the one challenge that it may take. */
class Transfer {
  readonly #options: FetchOptions;
  readonly #request: FileRequest;
  #connection: HttpConnection | undefined;

  constructor(options: FetchOptions, request: FileRequest) {
    this.#options = options;
    this.#request = request;
  }

  async run(): Promise<Came> {
    try {
      return await this.#follow(this.#options.url);
    } finally {
      this.#connection?.close();
    }
  }

  async #follow(address: string): Promise<Came> {
    const { seams } = this.#options;
    let url = URL.canParse(address) ? new URL(address) : undefined;
    let authorization: string | undefined;
    let redirects = 0;
    for (;;) {
      if (url === undefined || !/^https?:$/.test(url.protocol) || !seams.supportsScheme(url.protocol)) {
        return { kind: "unsupported", text: `The phone cannot transfer files with ${url?.href ?? address}` };
      }
      const connected = await this.#connect(url);
      if (connected.kind === "failed") return { kind: "unreachable", text: connected.reason };
      const exchanged = await this.#exchange(connected.connection, url, authorization);
      if (exchanged.kind === "failed") return cut(exchanged);
      const { head, closing } = exchanged.response;
      if (closing) this.#disconnect();
      const [location] = fieldValues(head.fields, "Location");
      if (head.status === 401 && authorization === undefined) {
        authorization = this.#answer(url, parseChallenges(fieldValues(head.fields, "WWW-Authenticate")));
        if (authorization === undefined) return exchanged;
      } else if (seams.followsFileRedirect(head.status) && location !== undefined && redirects < REDIRECT_LIMIT) {
        redirects += 1;
        const to: URL | undefined = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
        if (to?.origin !== url.origin) this.#disconnect();
        url = to;
        authorization = undefined;
      } else {
        return exchanged;
      }
    }
  }

  #answer(url: URL, challenges: readonly AuthFields[]): string | undefined {
    const { seams, username, password, random } = this.#options;
    const challenge = username === "" && password === "" ? undefined : seams.chooseFileChallenge(challenges);
    if (challenge === undefined) return undefined;
    if (challenge.scheme === "basic") return seams.fileBasic(username, password);
    const uri = url.pathname + url.search;
    return seams.fileDigest({
      challenge,
      username,
      password,
      method: this.#request.method,
      uri,
      count: 1,
      cnonce: randomHex(random, 8),
    });
  }

  async #connect(url: URL): Promise<Connected> {
    const kept = this.#connection;
    if (kept !== undefined && (await kept.usable())) return { kind: "connected", connection: kept };
    const { clock, trust, hosts } = this.#options;
    const connected = await openConnection(clock, url, { patience: PATIENCE, trust, hosts });
    if (connected.kind === "connected") this.#connection = connected.connection;
    return connected;
  }

  #disconnect(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  #exchange(connection: HttpConnection, url: URL, authorization: string | undefined): Promise<Exchanged> {
    const { method, fields, body } = this.#request;
    const head = encodeHead(`${method} ${url.pathname}${url.search} HTTP/1.1`, [
      ["Host", url.host],
      ["User-Agent", this.#options.userAgent ?? USER_AGENT],
      ...(authorization === undefined ? [] : [["Authorization", authorization] as const]),
      ...fields,
    ]);
    return connection.exchange({
      head,
      body,
      rules: { ...usualRules, longestBody: LARGEST_FILE },
      patience: PATIENCE,
      heldBack: undefined,
    });
  }
}

const cut = ({ reason, partial, tooLong }: Extract<Exchanged, { kind: "failed" }>): Came => ({
  kind: "cut",
  text: reason,
  partial,
  tooLong,
});
