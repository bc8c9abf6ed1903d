import type { IncomingMessage } from "node:http";

/** What a request brings along: what its target and its form say, and files. */
export interface Brought {
  readonly values: URLSearchParams;
  /** Files of a multipart form, by the names of their fields, in their order. */
  readonly files: readonly (readonly [string, Buffer])[];
  /** The body itself, when it is no form. */
  readonly body: Buffer | undefined;
}

/** Takes a request's target and body apart. Never throws; of a form that is broken, what came before is used. */
export function readForm({ url = "/", headers }: IncomingMessage, body: Buffer): Brought {
  const values = new URLSearchParams(new URL(url, "http://phone").search);
  const type = headers["content-type"] ?? "";
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    for (const [name, value] of new URLSearchParams(body.toString("utf8"))) values.append(name, value);
    return { values, files: [], body: undefined };
  }
  const boundary = /^multipart\/form-data;.*?\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
  if (boundary === null) return { values, files: [], body: body.length === 0 ? undefined : body };
  const files: (readonly [string, Buffer])[] = [];
  for (const { name, isFile, content } of parts(body, boundary[1] ?? boundary[2] ?? "")) {
    if (isFile) files.push([name, content]);
    else values.append(name, content.toString("utf8"));
  }
  return { values, files, body: undefined };
}

interface Part {
  readonly name: string;
  readonly isFile: boolean;
  readonly content: Buffer;
}

/** Parts of a multipart form (RFC 7578). */
function* parts(body: Buffer, boundary: string): Generator<Part> {
  const line = `--${boundary}`;
  for (let from = body.indexOf(line); from >= 0; ) {
    const head = body.indexOf("\r\n\r\n", from);
    const end = body.indexOf(`\r\n${line}`, head);
    if (head < 0 || end < 0) return;
    const disposition = /^content-disposition:(.*)$/im.exec(body.toString("utf8", from, head))?.[1] ?? "";
    const name = /;\s*name="([^"]*)"/i.exec(disposition)?.[1] ?? "";
    yield { name, isFile: /;\s*filename\*?=/i.test(disposition), content: body.subarray(head + 4, end) };
    from = end + 2;
  }
}
