import { STATUS_CODES } from "node:http";
import type { RawHeaders } from "../trace/exchange.ts";

/** How an answer is written, apart from its body: everything of the HTTP message and of its way over the wire. */
export interface AnswerOptions {
  /** Default 200, or 204 when there is no body. */
  readonly status?: number;
  /** Reason phrase; default the usual one for the status. */
  readonly reason?: string;
  /** All header fields, in this order and spelling: nothing is added, not even Content-Length. Default: see `headersOf`. */
  readonly headers?: RawHeaders;
  /** Header fields beside the default ones, such as `[["Set-Cookie", "a=b"]]`. */
  readonly extra?: RawHeaders;
  /** Milliseconds from the request to the first octet of the answer. */
  readonly delay?: number;
  /** Transfer-Encoding: chunked; a list gives the chunk sizes in octets, the last one repeats until the body ends. */
  readonly chunked?: readonly number[] | true;
  /** Writes so many octets at a time, `every` milliseconds. */
  readonly pieces?: { readonly octets: number; readonly every: number };
  /**
   * Says `Connection: close` (unless `headers` is given) and closes after the last octet. Default: closes when a header field says
   * so; `false` leaves closing to the phone even then.
   */
  readonly close?: boolean;
  /** Resets the connection after so many octets of the answer (start line and headers count). */
  readonly cut?: number;
  /** Writes nothing at all and leaves the connection open. */
  readonly never?: true;
}

/** What the ACS sends as answer to a POST, in full. */
export interface Answer extends AnswerOptions {
  /** Text is sent as UTF-8. */
  readonly body?: string | Buffer;
}

/** An answer as octets, and how to write them. */
export interface Prepared {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Buffer;
  readonly octets: Buffer;
  readonly options: AnswerOptions;
  /** True when the connection is to be closed after the last octet. */
  readonly closes: boolean;
}

/** Puts an answer into octets. `cookie` is added as Set-Cookie when the default headers are used. */
export function prepare(answer: Answer, cookie?: string): Prepared {
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body ?? "", "utf8");
  const status = answer.status ?? (body.length === 0 ? 204 : 200);
  const headers = answer.headers ?? headersOf(answer, status, body, cookie);
  const reason = answer.reason ?? STATUS_CODES[status] ?? "";
  const head = [`HTTP/1.1 ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");
  const framed = answer.chunked === undefined ? body : chunk(body, answer.chunked === true ? [body.length] : answer.chunked);
  const saysClose = headers.some(([name, value]) => name.toLowerCase() === "connection" && /\bclose\b/i.test(value));
  return {
    status,
    headers,
    body,
    octets: Buffer.concat([Buffer.from(head, "latin1"), framed]),
    options: answer,
    closes: answer.close ?? saysClose,
  };
}

/**
 * Default header fields: Content-Type for a body, Content-Length unless the answer is chunked or a status without a body
 * (204, 304: RFC 9110 8.6), the cookie, what `extra` adds, Connection: close when the connection is closed.
 */
function headersOf(answer: Answer, status: number, body: Buffer, cookie: string | undefined): RawHeaders {
  const bodiless = body.length === 0 && (status === 204 || status === 304);
  const framing: RawHeaders =
    answer.chunked !== undefined ? [["Transfer-Encoding", "chunked"]] : bodiless ? [] : [["Content-Length", String(body.length)]];
  return [
    ...(body.length > 0 ? ([["Content-Type", 'text/xml; charset="utf-8"']] as const) : []),
    ...framing,
    ...(cookie === undefined ? [] : ([["Set-Cookie", cookie]] as const)),
    ...(answer.extra ?? []),
    ...(answer.close === true ? ([["Connection", "close"]] as const) : []),
  ];
}

/** Chunked framing (RFC 9112 7.1); a size below 1 counts as 1, the last size repeats. */
export function chunk(body: Buffer, sizes: readonly number[]): Buffer {
  const parts: Buffer[] = [];
  let offset = 0;
  for (let index = 0; offset < body.length; index += 1) {
    const size = Math.max(1, sizes[Math.min(index, sizes.length - 1)] ?? body.length);
    const data = body.subarray(offset, offset + size);
    parts.push(Buffer.from(`${data.length.toString(16)}\r\n`, "latin1"), data, Buffer.from("\r\n", "latin1"));
    offset += size;
  }
  parts.push(Buffer.from("0\r\n\r\n", "latin1"));
  return Buffer.concat(parts);
}
