import type { Mutant } from "./mutant.ts";

const TIME = "TR-369:A.6.2#collection-time";

/** Phones that encode reports otherwise than their profile says (TR-369 "Encoding of Bulk Data"). */
export const uspBulkEncodingMutants: readonly Mutant[] = [
  {
    id: "usp-bulk-always-tree",
    rig: "generic",
    phone: "A phone that puts objects inside one another in every report in JSON.",
    breaks: "TR-369:A.6.2#name-value-pair",
    caught: { "usp.bulk.json-name-value-pair": ["TR-369:A.6.2#name-value-pair"] },
    change: () => ({ usp: { bulkIsTree: () => true } }),
  },
  {
    id: "usp-bulk-never-tree",
    rig: "generic",
    phone: "A phone that puts parameters side by side in every report in JSON.",
    breaks: "TR-369:A.6.2#object-hierarchy",
    caught: { "usp.bulk.json-object-hierarchy": ["TR-369:A.6.2#object-hierarchy"] },
    change: () => ({ usp: { bulkIsTree: () => false } }),
  },
  {
    id: "usp-bulk-all-strings",
    rig: "generic",
    phone: "A phone that writes every value in JSON as a string.",
    breaks: "TR-369:A.6.2#types",
    caught: {
      "usp.bulk.json-object-hierarchy": ["TR-369:A.6.2#types"],
      "usp.bulk.json-name-value-pair": ["TR-369:A.6.2#types"],
    },
    change: () => ({ usp: { bulkJsonValue: (_, value) => value } }),
  },
  {
    id: "usp-bulk-unix-as-iso",
    rig: "generic",
    phone: "A phone that tells the time of a report as a date where seconds since 1970 are asked for.",
    breaks: TIME,
    caught: { "usp.bulk.json-time-unix": [TIME] },
    change: ({ usp }) => ({
      usp: { bulkTimestamp: (kind, at) => usp.bulkTimestamp(kind === "Unix-Epoch" ? "ISO-8601" : kind, at) },
    }),
  },
  {
    id: "usp-bulk-iso-with-blank",
    rig: "generic",
    phone: "A phone that writes a blank between date and time of a report.",
    breaks: TIME,
    caught: { "usp.bulk.json-time-iso": [TIME] },
    change: ({ usp }) => ({ usp: { bulkTimestamp: (kind, at) => usp.bulkTimestamp(kind, at)?.replace("T", " ") } }),
  },
  {
    id: "usp-bulk-always-time",
    rig: "generic",
    phone: "A phone that tells the time of a report although none is asked for.",
    breaks: TIME,
    caught: { "usp.bulk.json-time-none": [TIME] },
    change: ({ usp }) => ({
      usp: { bulkTimestamp: (kind, at) => usp.bulkTimestamp(kind === "None" ? "ISO-8601" : kind, at) },
    }),
  },
  {
    id: "usp-bulk-other-columns",
    rig: "generic",
    phone: "A phone that calls the columns of a report with a row for each parameter Name, Value and Type.",
    breaks: "TR-369:R-BULK.12",
    caught: { "usp.bulk.csv-rows": ["TR-369:R-BULK.12"] },
    change: () => ({ usp: { bulkColumns: () => ["Name", "Value", "Type"] } }),
  },
  {
    id: "usp-bulk-schema-types",
    rig: "generic",
    phone: "A phone that tells types in reports as XML Schema has them.",
    breaks: "TR-369:R-BULK.13",
    caught: { "usp.bulk.csv-rows": ["TR-369:R-BULK.13"] },
    change: () => ({ usp: { bulkRow: ({ name, value, type }) => [name, value, `xsd:${type}`] } }),
  },
  {
    id: "usp-bulk-csv-many-headers",
    rig: "generic",
    phone: "A phone that writes a header line before every report in CSV that is one line.",
    breaks: "TR-369:A.6.1#appended",
    caught: { "usp.bulk.retained-csv": ["TR-369:A.6.1#appended"] },
    change: ({ usp }) => ({
      usp: {
        bulkCsv: (header, rows) =>
          header.includes("ParameterName") ? usp.bulkCsv(header, rows) : rows.flatMap((row) => [header, row]),
      },
    }),
  },
  {
    id: "usp-bulk-csv-header-untold",
    rig: "generic",
    phone: "A phone that does not tell that its CSV begins with a header line.",
    breaks: "TR-369:R-BULK.11",
    caught: { "usp.bulk.csv-header": ["TR-369:R-BULK.11"] },
    change: ({ usp }) => ({
      usp: { bulkMediaType: (encoding, protocol) => usp.bulkMediaType(encoding, protocol).replace("; header=present", "") },
    }),
  },
];
