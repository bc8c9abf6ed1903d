import { fieldTokens, fieldValues } from "../http/message.ts";
import type { Mutant } from "./mutant.ts";

/** Phones that read HTTP responses wrongly, or count their own octets so. */
export const httpResponsesMutants: readonly Mutant[] = [
  {
    id: "http-chunks-unknown",
    phone: "A phone that does not know the chunked coding.",
    breaks: "HTTP:9112-7.1#chunked",
    caught: {
      "cwmp.http-responses.chunked": ["HTTP:9112-7.1#chunked"],
      "cwmp.http-responses.many-chunks": ["HTTP:9112-7.1#many-chunks"],
    },
    change: ({ http }) => ({
      http: {
        framing: (head) => {
          const framing = http.framing(head);
          return framing.kind === "chunked" ? { kind: "until-close" } : framing;
        },
      },
    }),
  },
  {
    id: "http-chunk-size-letters",
    phone: "A phone that takes a chunk size that begins with a letter for the end.",
    breaks: "HTTP:9112-7.1#many-chunks",
    caught: { "cwmp.http-responses.many-chunks": ["HTTP:9112-7.1#many-chunks"] },
    change: ({ http }) => ({ http: { chunkSize: (line) => (/^[a-f]/i.test(line) ? 0 : http.chunkSize(line)) } }),
  },
  {
    id: "http-hundred-segments",
    phone: "A phone that keeps a hundred pieces of a body at most.",
    breaks: "HTTP:9112-6#segmented",
    caught: { "cwmp.http-responses.octet-by-octet": ["HTTP:9112-6#segmented"] },
    change: ({ http }) => ({ http: { gatherBody: (pieces) => http.gatherBody(pieces.slice(0, 100)) } }),
  },
  {
    id: "http-first-segment-only",
    phone: "A phone that takes the first piece of a body for the whole.",
    breaks: "HTTP:9112-6#segmented",
    caught: {
      "cwmp.http-responses.octet-by-octet": ["HTTP:9112-6#segmented"],
      "cwmp.http-responses.many-chunks": ["HTTP:9112-7.1#many-chunks"],
      "snom.minibrowser.large-page": ["SNOM:minibrowser#large"],
      "snom.minibrowser.huge-page": ["SNOM:minibrowser#huge"],
    },
    change: ({ http }) => ({ http: { gatherBody: (pieces) => http.gatherBody(pieces.slice(0, 1)) } }),
  },
  {
    id: "http-field-names-with-case",
    phone: "A phone that knows Content-Length only as it is spelt in the standard.",
    breaks: "HTTP:9110-5.1#field-names",
    caught: { "cwmp.http-responses.lower-case-fields": ["HTTP:9110-5.1#field-names"] },
    change: ({ http }) => ({
      http: { framing: (head) => http.framing({ ...head, fields: head.fields.filter(([name]) => name !== "content-length") }) },
    }),
  },
  {
    id: "http-one-blank-only",
    phone: "A phone that takes a header field for empty when more than one blank stands before its value.",
    breaks: "HTTP:9112-5#white-space",
    caught: { "cwmp.http-responses.white-space": ["HTTP:9112-5#white-space"] },
    change: () => ({ http: { fieldValue: (text) => (/^ ?\S/.test(text) ? text.trim() : "") } }),
  },
  {
    id: "http-body-behind-204",
    phone: "A phone that waits for a body after a 204 that keeps the connection alive.",
    breaks: "HTTP:9112-6.3#no-content",
    caught: { "cwmp.http-responses.no-content": ["HTTP:9112-6.3#no-content"] },
    change: ({ http }) => ({
      http: {
        framing(head) {
          const waits = head.status === 204 && fieldTokens(head.fields, "Connection").includes("keep-alive");
          return waits && fieldValues(head.fields, "Content-Length").length === 0 ? { kind: "until-close" } : http.framing(head);
        },
      },
    }),
  },
  {
    id: "http-empty-200-fails",
    phone: "A phone that takes an empty 200 for a failure.",
    breaks: "TR-069:3.4.6#empty-200",
    quirk: "M26",
    caught: { "cwmp.session-end.empty-200": ["TR-069:3.4.6#empty-200"] },
    change: ({ session }) => ({
      session: {
        meaningOf: (status, length, post) =>
          status === 200 && length === 0 ? "failure" : session.meaningOf(status, length, post),
      },
    }),
  },
  {
    id: "http-length-in-characters",
    phone: "A phone that counts characters in Content-Length.",
    breaks: "HTTP:9110-8.6#content-length",
    quirk: "M14",
    caught: { "cwmp.http-responses.content-length": ["HTTP:9110-8.6#content-length"] },
    change: () => ({ http: { contentLength: (_octets, text) => text.length } }),
  },
  {
    id: "http-slow-expect",
    phone: "A phone that asks whether it may send a long message and then waits for 10 s whatever it is told.",
    breaks: "HTTP:9110-10.1.1#expect",
    quirk: "M15",
    caught: { "cwmp.http-responses.expect-continue": ["HTTP:9110-10.1.1#expect"] },
    change: () => ({
      http: {
        expectContinue: (_kind, { length }) => (length > 16_384 ? { milliseconds: 10_000, heedsContinue: false } : undefined),
      },
    }),
  },
];
