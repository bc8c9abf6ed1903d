import type { Located } from "../core/finding.ts";
import { type CsvDialect, RFC_4180, readCsv } from "./csv.ts";
import { type JsonValue, readJson } from "./json.ts";

/** How reports are laid out: by the encoding, and its ReportFormat. */
export type BulkLayout =
  | { readonly encoding: "JSON"; readonly format: "ObjectHierarchy" | "NameValuePair" }
  | {
      readonly encoding: "CSV";
      readonly format: "ParameterPerRow" | "ParameterPerColumn";
      /** Default: as of RFC 4180. */
      readonly dialect?: CsvDialect;
    };

/** A parameter in a report. */
export interface BulkValue extends Located {
  /** Type of the value in JSON; `text` in CSV. */
  readonly kind: JsonValue["kind"] | "text";
  /** What stands in the column ParameterType; absent but with a row for each parameter. */
  readonly type: Located;
}

/** What was collected at one time (TR-369 Annex "Encoding of Bulk Data"). */
export interface BulkReport {
  readonly timestamp: Located;
  /** By the name in the report; names of nested JSON objects are joined by dots. */
  readonly values: ReadonlyMap<string, BulkValue>;
  readonly where: string;
}

/** What was read of a transfer. Never absent: what cannot be read is in `faults`. */
export interface BulkReading {
  readonly reports: readonly BulkReport[];
  /** The header line of a CSV document. */
  readonly header: readonly Located[];
  /** What keeps it from being what it should be: not well-formed, or no reports. */
  readonly faults: readonly string[];
}

/** Names of the columns of a report with a row for each parameter (R-BULK.12). */
export const ROW_COLUMNS = ["ParameterName", "ParameterValue", "ParameterType"] as const;

const TIMESTAMP = "ReportTimestamp";

/** Reads the reports of one transfer. @param where how findings name the transfer */
export const readReports = (octets: Buffer, layout: BulkLayout, where: string): BulkReading =>
  layout.encoding === "JSON" ? readJsonReports(octets, layout.format, where) : readCsvReports(octets, layout, where);

function readJsonReports(octets: Buffer, format: string, where: string): BulkReading {
  const { root, faults } = readJson(octets);
  const listed = root?.kind === "object" ? root.members.get("Report") : undefined;
  const problems = [...faults];
  if (root !== undefined && listed?.kind !== "array") problems.push("there is no array with the name Report");
  const items = listed?.kind === "array" ? listed.items : [];
  const reports = items.flatMap((item): readonly BulkReport[] => {
    if (item.kind === "object") return [jsonReport(item, problems, format, where)];
    problems.push(`a report is no object (${item.where})`);
    return [];
  });
  return { reports, header: [], faults: problems };
}

function jsonReport(item: Extract<JsonValue, { kind: "object" }>, problems: string[], format: string, where: string): BulkReport {
  const nothing = { value: undefined, where };
  const values = new Map<string, BulkValue>();
  const time = item.members.get("CollectionTime");
  const visit = (name: string, value: JsonValue): void => {
    if (value.kind === "object") {
      if (format === "NameValuePair") problems.push(`${name} is an object in a report of names and values (${value.where})`);
      for (const [inner, one] of value.members) visit(`${name}.${inner}`, one);
    } else if (value.kind === "array") problems.push(`${name} is an array (${value.where})`);
    else if (values.has(name)) problems.push(`${name} stands twice in a report (${value.where})`);
    else values.set(name, { value: value.text, kind: value.kind, type: nothing, where: `${where}, ${value.where}` });
  };
  for (const [name, value] of item.members) if (name !== "CollectionTime") visit(name, value);
  const isTimed = time !== undefined && time.kind !== "object" && time.kind !== "array";
  const timestamp = isTimed ? { value: time.text, where: `${where}, ${time.where}` } : nothing;
  return { timestamp, values, where: `${where}, ${item.where}` };
}

function readCsvReports(octets: Buffer, { format, dialect = RFC_4180 }: Extract<BulkLayout, { encoding: "CSV" }>, where: string) {
  const { rows, faults } = readCsv(octets, dialect);
  const [header = [], ...others] = rows.map((row) => row.map((cell) => ({ ...cell, where: `${where}, ${cell.where}` })));
  const reports = format === "ParameterPerColumn" ? perColumn(header, others, where) : perRow(header, others, where);
  return { reports, header, faults };
}

type Row = readonly Located[];

const columnOf = (header: Row, name: string): number => header.findIndex(({ value }) => value === name);

function perColumn(header: Row, rows: readonly Row[], where: string): readonly BulkReport[] {
  const nothing = { value: undefined, where };
  return rows.map((row) => {
    const named = header.flatMap(({ value: name = "" }, column): readonly (readonly [string, BulkValue])[] => {
      const cell = row[column];
      if (name === TIMESTAMP || cell === undefined) return [];
      return [[name, { ...cell, kind: "text", type: nothing }]];
    });
    const timestamp = row[columnOf(header, TIMESTAMP)] ?? nothing;
    return { timestamp, values: new Map(named), where: row[0]?.where ?? where };
  });
}

/** Rows with the same timestamp that follow one another are one report. */
function perRow(header: Row, rows: readonly Row[], where: string): readonly BulkReport[] {
  const nothing = { value: undefined, where };
  // Columns that are called otherwise are told by their place: what they are called is judged, and must not hide what they hold.
  const named = ROW_COLUMNS.map((column) => columnOf(header, column));
  const first = columnOf(header, TIMESTAMP) + 1;
  const [name, value, type] = named.includes(-1) ? ROW_COLUMNS.map((_, index) => first + index) : named;
  const reports: { readonly timestamp: Located; readonly values: Map<string, BulkValue>; readonly where: string }[] = [];
  for (const row of rows) {
    const at = (column: number | undefined): Located => row[column ?? -1] ?? nothing;
    const timestamp = at(columnOf(header, TIMESTAMP));
    const last = reports.at(-1);
    const report =
      last !== undefined && last.timestamp.value === timestamp.value
        ? last
        : { timestamp, values: new Map<string, BulkValue>(), where: row[0]?.where ?? where };
    if (report !== last) reports.push(report);
    report.values.set(at(name).value ?? "", { ...at(value), kind: "text", type: at(type) });
  }
  return reports;
}
