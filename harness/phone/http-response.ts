import type { RawHeaders } from "../trace/exchange.ts";

/** An HTTP response as far as it has come. */
export interface Response {
  readonly status: number;
  readonly reason: string;
  readonly headers: RawHeaders;
  readonly body: Buffer;
  /** False while octets of it are still to come. */
  readonly complete: boolean;
}

/**
 * Reads a response, leniently: bare line feeds, a missing reason and unknown fields are borne.
 *
 * @param method of the request, because HEAD has no body
 * @param ended the connection has been closed: what has come is all
 * @returns undefined until the whole head is there
 */
export function parseResponse(octets: Buffer, method: string, ended: boolean): Response | undefined {
  const head = /^([\s\S]*?)\r?\n\r?\n/.exec(octets.toString("latin1", 0, 65_536));
  if (head === null) return undefined;
  const [start = "", ...lines] = (head[1] ?? "").split(/\r?\n/);
  const [, code, reason = ""] = /^HTTP\/\d(?:\.\d)?\s+(\d{3})\s*(.*)$/i.exec(start) ?? [];
  if (code === undefined) return undefined;
  const status = Number(code);
  const rest = octets.subarray(head[0].length);
  if (status >= 100 && status < 200) return parseResponse(rest, method, ended);
  const headers: RawHeaders = lines.map((line) => {
    const colon = line.indexOf(":");
    return colon < 0 ? ([line, ""] as const) : ([line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const);
  });
  const value = (name: string): string | undefined => headers.find(([one]) => one.toLowerCase() === name)?.[1];
  const framed = bodyOf(rest, {
    bodiless: method === "HEAD" || status === 204 || status === 304,
    chunked: /\bchunked\b/i.test(value("transfer-encoding") ?? ""),
    length: value("content-length"),
    ended,
  });
  return { status, reason, headers, ...framed };
}

interface Framing {
  readonly bodiless: boolean;
  readonly chunked: boolean;
  readonly length: string | undefined;
  readonly ended: boolean;
}

function bodyOf(rest: Buffer, { bodiless, chunked, length, ended }: Framing): Pick<Response, "body" | "complete"> {
  if (bodiless) return { body: Buffer.alloc(0), complete: true };
  if (chunked) return dechunk(rest, ended);
  const expected = length === undefined ? Number.NaN : Number(length);
  if (!Number.isInteger(expected) || expected < 0) return { body: rest, complete: ended };
  return { body: rest.subarray(0, expected), complete: ended || rest.length >= expected };
}

function dechunk(rest: Buffer, ended: boolean): Pick<Response, "body" | "complete"> {
  const parts: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const line = /^([0-9a-f]+)[^\r\n]*\r?\n/i.exec(rest.toString("latin1", offset, offset + 256));
    if (line === null) return { body: Buffer.concat(parts), complete: ended };
    const size = Number.parseInt(line[1] as string, 16);
    const begin = offset + line[0].length;
    if (size === 0) {
      const trailer = rest.toString("latin1", begin, begin + 4096);
      return { body: Buffer.concat(parts), complete: ended || /^(?:[^\r\n]+\r?\n)*\r?\n/.test(trailer) };
    }
    parts.push(rest.subarray(begin, begin + size));
    if (rest.length < begin + size + 2) return { body: Buffer.concat(parts), complete: ended };
    offset = begin + size + (rest[begin + size] === 0x0d ? 2 : 1);
  }
}
