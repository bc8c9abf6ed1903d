import type { Variant } from "./variant.ts";

/** Characters outside ASCII as references, so that no charset is needed to read the text. */
const inAscii = (text: string): string => text.replaceAll(/[^\0-\x7f]/gu, (character) => `&#${character.codePointAt(0)};`);

const inPieces = (octets: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(octets.length / 300) }, (_, index) => octets.subarray(index * 300, (index + 1) * 300));

/** Phones that carry the same messages in another way. */
export const transportVariants: readonly Variant[] = [
  {
    id: "chunked-requests",
    phone: "A phone that sends its messages in chunks.",
    clause: "RFC 9112, 7.1; TR-069 3.4 wants HTTP 1.1 of the ACS",
    change: () => ({ http: { chunks: inPieces } }),
  },
  {
    id: "lower-case-fields",
    phone: "A phone that writes the names of header fields in lower case.",
    clause: "RFC 9110, 5.1",
    change: () => ({ http: { arrangeFields: (fields) => fields.map(([name, value]) => [name.toLowerCase(), value]) } }),
  },
  {
    id: "reversed-fields",
    phone: "A phone that sends its header fields in another order.",
    clause: "RFC 9110, 5.3",
    change: () => ({ http: { arrangeFields: (fields) => fields.toReversed() } }),
  },
  {
    id: "soap-action-on-requests",
    phone: "A phone that gives SOAPAction a value in its own requests.",
    clause: "SOAP 1.1, 6.1.1; TR-069 3.4.1 wants it empty in responses only",
    change: ({ http }) => ({
      http: {
        soapAction: (kind) => (kind === "inform" || kind === "request" ? '"urn:dslforum-org:cwmp"' : http.soapAction(kind)),
      },
    }),
  },
  {
    id: "no-charset",
    phone: "A phone that names no charset and stays within ASCII.",
    clause: "TR-069 3.4.1: only type and subtype are given",
    change: ({ http }) => ({
      http: {
        contentType: (kind) => (kind === "empty" ? undefined : "text/xml"),
        encodeBody: (text) => http.encodeBody(inAscii(text)),
      },
    }),
  },
  {
    id: "content-type-spelling",
    phone: "A phone that spells Content-Type its own way.",
    clause: "RFC 9110, 8.3.1: no case, parameters may be quoted",
    change: () => ({ http: { contentType: (kind) => (kind === "empty" ? undefined : 'Text/XML;Charset="UTF-8"') } }),
  },
  {
    id: "expect-continue",
    phone: "A phone that asks whether it may go on before it sends a message, and goes on after a second.",
    clause: "RFC 9110, 10.1.1",
    change: () => ({
      http: { expectContinue: (kind) => (kind === "empty" ? undefined : { milliseconds: 1000, heedsContinue: true }) },
    }),
  },
  {
    id: "no-user-agent",
    phone: "A phone that does not say what it is.",
    clause: "RFC 9110, 10.1.5: TR-069 asks for no User-Agent",
    change: () => ({ http: { userAgent: () => undefined } }),
  },
  {
    id: "credentials-rearranged",
    phone: "A phone that writes its Digest credentials in another order and without blanks.",
    clause: "RFC 9110, 11.4: parameters have no order",
    change: ({ http }) => ({
      http: {
        digest: (answer) => {
          const parameters = http
            .digest(answer)
            ?.replace(/^Digest /, "")
            .match(/[\w-]+=(?:"(?:[^"\\]|\\.)*"|[^",]+)/g);
          return parameters == null ? undefined : `Digest ${parameters.toReversed().join(",")}`;
        },
      },
    }),
  },
  {
    id: "no-301",
    phone: "A phone that does not follow the redirects 301 and 308.",
    clause: "TR-069 3.4.2: only 302 and 307 are required",
    change: () => ({ http: { followsRedirect: (status) => status === 302 || status === 307 } }),
  },
  {
    id: "five-redirects",
    phone: "A phone that follows five redirects in a row and no more.",
    clause: "TR-069 3.4.2",
    change: () => ({ http: { redirectLimit: () => 5 } }),
  },
  {
    id: "impatient",
    phone: "A phone that waits 31 s for a connection or a response.",
    clause: "TR-069 3.4.2: 30 s at least",
    change: () => ({ http: { connectTimeout: () => 31_000, responseTimeout: () => 31_000 } }),
  },
];
