import type { Mutant } from "./mutant.ts";

const IDENTITY = ["TR-369:R-BULK.1"];
const TLS = "TR-369:R-BULK.6";
const TRANSFERS = "TP-469:10.1#transfers";
const NO_MORE = "TP-469:10.7#no-more";

/** Phones that deliver their reports over HTTP otherwise than they should (TR-369 "HTTP Bulk Data Collection"). */
export const uspBulkHttpMutants: readonly Mutant[] = [
  {
    id: "usp-bulk-no-serial-number",
    rig: "generic",
    phone: "A phone that leaves its serial number out of the query.",
    breaks: "TR-369:R-BULK.1",
    caught: {
      "usp.bulk.https-json": IDENTITY,
      "usp.bulk.https-csv": IDENTITY,
      "usp.bulk.https-query": IDENTITY,
      "usp.bulk.http-json": IDENTITY,
      "usp.bulk.http-csv": IDENTITY,
      "usp.bulk.http-query": IDENTITY,
      "usp.bulk.http-wildcard": IDENTITY,
      "usp.bulk.http-object": IDENTITY,
      "usp.bulk.retry-unreachable": IDENTITY,
    },
    change: ({ usp }) => ({ usp: { bulkIdentity: (...given) => usp.bulkIdentity(...given).slice(0, 2) } }),
  },
  {
    id: "usp-bulk-bare-query",
    rig: "generic",
    phone: "A phone that puts nothing into the query but what every transfer has.",
    breaks: "TP-469:10.5#query",
    caught: {
      "usp.bulk.https-query": ["TP-469:10.5#query"],
      "usp.bulk.http-query": ["TP-469:10.5#query"],
    },
    change: () => ({ usp: { bulkQuery: (identity) => identity } }),
  },
  {
    id: "usp-bulk-without-tls",
    rig: "generic",
    phone: "A phone that delivers reports without TLS to a URL with https.",
    breaks: TLS,
    caught: {
      "usp.bulk.https-json": [TLS, TRANSFERS],
      "usp.bulk.https-csv": [TLS, TRANSFERS],
      "usp.bulk.https-query": [TLS, TRANSFERS],
    },
    change: () => ({ usp: { bulkUrl: (url) => url.replace(/^https:/, "http:") } }),
  },
  {
    id: "usp-bulk-believes-anyone",
    rig: "generic",
    phone: "A phone that takes any certificate of a collector.",
    breaks: TLS,
    caught: { "usp.bulk.https-impostor": [TLS] },
    change: () => ({ usp: { bulkTrust: () => "anyone" } }),
  },
  {
    id: "usp-bulk-no-charset",
    rig: "generic",
    phone: "A phone that names no charset in the Content-Type of a report.",
    breaks: "TR-369:R-BULK.7",
    caught: { "usp.bulk.json-header": ["TR-369:R-BULK.7"], "usp.bulk.csv-header": ["TR-369:R-BULK.7"] },
    change: ({ usp }) => ({
      usp: {
        bulkMediaType: (encoding, protocol) => {
          const type = usp.bulkMediaType(encoding, protocol);
          return protocol === "HTTP" ? type.replace("; charset=UTF-8", "") : type;
        },
      },
    }),
  },
  {
    id: "usp-bulk-no-format",
    rig: "generic",
    phone: "A phone that does not name the format of a report.",
    breaks: "TR-369:R-BULK.8",
    caught: { "usp.bulk.json-header": ["TR-369:R-BULK.8"], "usp.bulk.csv-header": ["TR-369:R-BULK.8"] },
    change: ({ usp }) => ({ usp: { bulkFields: (facts) => usp.bulkFields(facts).filter(([name]) => !name.startsWith("BBF-")) } }),
  },
  {
    id: "usp-bulk-not-compressed",
    rig: "generic",
    phone: "A phone that says that a report is compressed and sends it as it is.",
    breaks: "TR-181:BulkData#compression",
    caught: { "usp.bulk.compression": ["TR-181:BulkData#compression"] },
    change: () => ({ usp: { bulkCompressed: (content) => content } }),
  },
  {
    id: "usp-bulk-always-post",
    rig: "generic",
    phone: "A phone that delivers reports by POST, whatever its profile says.",
    breaks: "TR-181:BulkData#method",
    caught: { "usp.bulk.put": ["TR-181:BulkData#method"] },
    change: () => ({ usp: { bulkMethod: () => "POST" } }),
  },
  {
    id: "usp-bulk-iso-date",
    rig: "generic",
    phone: "A phone that writes the Date header of a report as ISO 8601 has it.",
    breaks: "TR-181:BulkData#date",
    caught: { "usp.bulk.date": ["TR-181:BulkData#date"] },
    change: ({ usp }) => ({
      usp: {
        bulkFields: (facts) =>
          usp.bulkFields(facts).map(([name, value]) => [name, name === "Date" ? new Date(value).toISOString() : value] as const),
      },
    }),
  },
  {
    id: "usp-bulk-empty-password",
    rig: "generic",
    phone: "A phone that gives an HTTP server that asks for them credentials without a password.",
    breaks: "TR-369:A.2.1#credentials",
    caught: { "usp.bulk.credentials": ["TR-369:A.2.1#credentials"] },
    change: ({ transfer }) => ({ transfer: { fileBasic: (username) => transfer.fileBasic(username, "") } }),
  },
  {
    id: "usp-bulk-digest-of-get",
    rig: "generic",
    phone: "A phone that reckons the digest for an HTTP server as if its method were GET.",
    breaks: "TR-369:A.2.1#credentials",
    caught: { "usp.bulk.credentials-digest": ["TR-369:A.2.1#credentials"] },
    change: ({ transfer }) => ({ transfer: { fileDigest: (answer) => transfer.fileDigest({ ...answer, method: "GET" }) } }),
  },
  {
    id: "usp-bulk-no-retry-after-answer",
    rig: "generic",
    phone: "A phone that does not deliver a report again that the collector has refused.",
    breaks: "TR-369:R-BULK.2",
    caught: { "usp.bulk.retry": ["TR-369:R-BULK.2"] },
    change: () => ({ usp: { bulkRetries: (isEnabled, status) => isEnabled && status === undefined } }),
  },
  {
    id: "usp-bulk-no-retry-without-answer",
    rig: "generic",
    phone: "A phone that delivers a report again only when it has been refused.",
    breaks: "TP-469:10.7#unreachable",
    caught: { "usp.bulk.retry-unreachable": ["TP-469:10.7#unreachable"] },
    change: () => ({ usp: { bulkRetries: (isEnabled, status) => isEnabled && status !== undefined } }),
  },
  {
    id: "usp-bulk-never-delivered",
    rig: "generic",
    phone: "A phone that takes no answer but 201 for a delivery.",
    breaks: NO_MORE,
    caught: {
      "usp.bulk.retry": [NO_MORE],
      "usp.bulk.retry-unreachable": [NO_MORE],
      "usp.bulk.retry-anew": ["TR-369:R-BULK.4"],
    },
    change: () => ({ usp: { bulkDelivered: (status) => status === 201 } }),
  },
  {
    id: "usp-bulk-endless-ranges",
    rig: "generic",
    phone: "A phone whose ranges of retries grow beyond the tenth.",
    breaks: "TR-369:R-BULK.3",
    caught: { "usp.bulk.retry-longest": ["TR-369:R-BULK.3"] },
    change: () => ({
      usp: {
        bulkRange: (retry, minimum, multiplier) =>
          [retry - 1, retry].map((n) => minimum * (multiplier / 1000) ** n) as [number, number],
      },
    }),
  },
  {
    id: "usp-bulk-retries-go-on",
    rig: "generic",
    phone: "A phone that goes on counting retries after a report was delivered.",
    breaks: "TR-369:R-BULK.4",
    caught: { "usp.bulk.retry-anew": ["TR-369:R-BULK.4"] },
    change: () => ({ usp: { bulkRetriesAfterDelivery: (done) => done } }),
  },
  {
    id: "usp-bulk-retries-outlive-boot",
    rig: "generic",
    phone: "A phone that goes on counting retries after a reboot.",
    breaks: "TR-369:R-BULK.5",
    caught: { "usp.bulk.retry-after-reboot": ["TR-369:R-BULK.5"] },
    change: () => ({ usp: { bulkRetriesAfterBoot: (done) => done } }),
  },
  {
    id: "usp-bulk-retains-oldest",
    rig: "generic",
    phone: "A phone that drops the latest of the failed reports when it cannot retain all.",
    breaks: "TR-369:A.2.3.2#retained",
    caught: { "usp.bulk.retained": ["TR-369:A.2.3.2#retained"] },
    change: ({ usp }) => ({
      usp: { bulkRetained: (failed, room) => (room > 0 ? failed.slice(0, room) : usp.bulkRetained(failed, room)) },
    }),
  },
  {
    id: "usp-bulk-retains-all",
    rig: "generic",
    phone: "A phone that retains failed reports although it is to retain none.",
    breaks: "TR-369:A.2.3.2#not-retained",
    caught: { "usp.bulk.not-retained": ["TR-369:A.2.3.2#not-retained"] },
    change: ({ usp }) => ({ usp: { bulkRetained: (failed, room) => usp.bulkRetained(failed, room === 0 ? -1 : room) } }),
  },
  {
    id: "usp-bulk-retains-other-encoding",
    rig: "generic",
    phone: "A phone that encodes failed reports anew when the encoding of their profile is changed.",
    breaks: "TR-369:A.2.3.2#encoding",
    caught: { "usp.bulk.retained-encoding": ["TR-369:A.2.3.2#encoding"] },
    change: () => ({ usp: { bulkKeepsAcrossEncodings: () => true } }),
  },
  {
    id: "usp-bulk-forgets-at-boot",
    rig: "generic",
    phone: "A phone that drops failed reports at a reboot that are to outlive it.",
    breaks: "TR-181:BulkData#persist",
    caught: { "usp.bulk.retained-reboot": ["TR-181:BulkData#persist"] },
    change: () => ({ usp: { bulkSurvivesBoot: () => false } }),
  },
];
