/** A header field as it stands in a message: name and value, without surrounding white space. */
export type Field = readonly [name: string, value: string];

/** Status line and header of a response. */
export interface ResponseHead {
  /** `1.0` or `1.1`. */
  readonly version: string;
  readonly status: number;
  readonly fields: readonly Field[];
}

/** How the end of a response's body is found (RFC 9112 6.3). */
export type Framing =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly octets: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "until-close" }
  | { readonly kind: "invalid"; readonly reason: string };

/** The peer broke HTTP; `message` says how. */
export class HttpProtocolError extends Error {}

/** The body is longer than whoever reads it can keep. */
export class BodyTooLong extends HttpProtocolError {}

/** What the phone calls itself in User-Agent. */
export const USER_AGENT = "CPE-Assay-Phone/1.0";

/** Values of every field called `name`, in order. Names have no case (RFC 9110 5.1). */
export function fieldValues(fields: readonly Field[], name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return fields.filter(([given]) => given.toLowerCase() === wanted).map(([, value]) => value);
}

/** Members of a comma-separated field such as Connection or Transfer-Encoding, in lower case. */
export function fieldTokens(fields: readonly Field[], name: string): readonly string[] {
  return fieldValues(fields, name).flatMap((value) =>
    value
      .toLowerCase()
      .split(",")
      .map((token) => token.trim())
      .filter((token) => token !== ""),
  );
}

/** Start line, header and the empty line after it. A field without a value has nothing behind its colon. */
export function encodeHead(startLine: string, fields: readonly Field[]): Buffer {
  const lines = fields.map(([name, value]) => (value === "" ? `${name}:` : `${name}: ${value}`));
  return Buffer.from(`${[startLine, ...lines].join("\r\n")}\r\n\r\n`, "latin1");
}
