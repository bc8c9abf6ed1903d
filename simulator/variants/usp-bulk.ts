import type { Variant } from "./variant.ts";

/** A body in the chunked coding, in chunks of ten octets (RFC 9112 7.1). */
function chunked(body: Buffer): Buffer {
  const chunks = Array.from({ length: Math.ceil(body.length / 10) }, (_, index) => body.subarray(index * 10, index * 10 + 10));
  const framed = chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]);
  return Buffer.concat([...framed, Buffer.from("0\r\n\r\n")]);
}

/** Phones that deliver bulk data in another way that the standard allows. */
export const uspBulkVariants: readonly Variant[] = [
  {
    id: "usp-bulk-by-endpoint-id",
    phone: "A phone that tells its Endpoint ID in the query, delivers in chunks, and spells its header otherwise.",
    clause: "TR-369 R-BULK.0, R-BULK.1; RFC 9110: names of fields and media types have no case",
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        bulkIdentity: (_oui, _class, _serial, endpointId) => [["eid", endpointId]],
        bulkFraming: (body) => ({ field: ["transfer-encoding", "chunked"], body: chunked(body) }),
        bulkMediaType: (encoding, protocol) =>
          usp.bulkMediaType(encoding, protocol).replace("application/json", "Application/JSON").replace("UTF-8", '"utf-8"'),
        bulkFields: (facts) =>
          usp
            .bulkFields(facts)
            .map(
              ([name, value]) =>
                [name.toLowerCase(), name.startsWith("BBF") ? `"${value}"` : value.replace(/^gzip$/, "x-gzip")] as const,
            ),
      },
    }),
  },
  {
    id: "usp-bulk-spacious",
    phone:
      "A phone that writes JSON over many lines with the last parameter first, quotes every field of CSV, and waits as long as it may.",
    clause: "RFC 8259: blanks and the order of members have no meaning; RFC 4180: any field may be quoted; TR-369 R-BULK.2",
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        bulkJson: (reports) =>
          JSON.stringify(
            { Report: reports.map((one) => Object.fromEntries(Object.entries(one as object).toReversed())) },
            undefined,
            2,
          ),
        bulkCsvField: (text, { quote }) => quote + text.replaceAll(quote, quote + quote) + quote,
        bulkTimestamp: (kind, at) => (kind === "ISO-8601" ? new Date(at).toISOString() : usp.bulkTimestamp(kind, at)),
        bulkWait: ([, most]) => most,
      },
    }),
  },
];
