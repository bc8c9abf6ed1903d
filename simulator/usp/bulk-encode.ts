import type { BulkEncoding, BulkReport, BulkValue } from "./bulk-seams.ts";
import type { UspModel } from "./model.ts";
import type { UspAgentSeams } from "./seams.ts";

/** How a profile wants its reports encoded. */
export interface BulkLayout {
  readonly encoding: BulkEncoding;
  /** ReportFormat of the encoding. */
  readonly format: string;
  /** ReportTimestamp or RowTimestamp. */
  readonly timestamp: string;
  readonly field: string;
  readonly row: string;
  readonly quote: string;
}

export function layoutOf(model: UspModel, profile: string): BulkLayout {
  const value = (name: string): string => model.value(profile + name);
  const encoding = value("EncodingType") === "CSV" ? "CSV" : "JSON";
  return {
    encoding,
    format: value(`${encoding}Encoding.ReportFormat`),
    timestamp: value(encoding === "CSV" ? "CSVEncoding.RowTimestamp" : "JSONEncoding.ReportTimestamp"),
    field: value("CSVEncoding.FieldSeparator"),
    row: value("CSVEncoding.RowSeparator"),
    quote: value("CSVEncoding.EscapeCharacter"),
  };
}

/** One document of all reports, the oldest first. */
export const encodeReports = (seams: UspAgentSeams, layout: BulkLayout, reports: readonly BulkReport[]): string =>
  layout.encoding === "CSV" ? csvOf(seams, layout, reports) : jsonOf(seams, layout, reports);

type Tree = { [name: string]: unknown };

/** Names come from outside: none of them may be one that every object has. */
const emptyTree = (): Tree => Object.create(null) as Tree;

function jsonOf(seams: UspAgentSeams, { format, timestamp }: BulkLayout, reports: readonly BulkReport[]): string {
  const isTree = seams.bulkIsTree(format);
  return seams.bulkJson(
    reports.map(({ at, values }) => {
      const time = seams.bulkTimestamp(timestamp, at);
      const numeric = timestamp === "Unix-Epoch" ? Number(time) : time;
      const report = emptyTree();
      if (time !== undefined) report.CollectionTime = numeric;
      for (const { name, value, type } of values)
        put(report, isTree ? name.split(".") : [name], seams.bulkJsonValue(type, value));
      return report;
    }),
  );
}

/** Puts a value into a tree; where a value stands already that is no tree, the rest of the name stays in one piece. */
function put(tree: Tree, [name = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  tree[name] ??= emptyTree();
  const inner = tree[name];
  if (typeof inner === "object" && inner !== null) put(inner as Tree, rest, value);
  else tree[[name, ...rest].join(".")] = value;
}

function csvOf(seams: UspAgentSeams, layout: BulkLayout, reports: readonly BulkReport[]): string {
  const { format, timestamp } = layout;
  const timed = (at: number, cells: readonly string[]): readonly string[] => {
    const time = seams.bulkTimestamp(timestamp, at);
    return time === undefined ? cells : [time, ...cells];
  };
  const head = (columns: readonly string[]): readonly string[] =>
    timestamp === "None" ? columns : ["ReportTimestamp", ...columns];
  const rows =
    format === "ParameterPerRow"
      ? seams.bulkCsv(
          head(seams.bulkColumns()),
          reports.flatMap(({ at, values }) => values.map((one) => timed(at, seams.bulkRow(one)))),
        )
      : perColumn(reports);
  const dialect = seams.bulkDialect(layout);
  return rows.map((cells) => cells.map((cell) => seams.bulkCsvField(cell, dialect)).join(dialect.field) + dialect.row).join("");

  function perColumn(all: readonly BulkReport[]): readonly (readonly string[])[] {
    const names = [...new Set(all.flatMap(({ values }) => values.map(({ name }) => name)))];
    const cellsOf = (values: readonly BulkValue[]): readonly string[] =>
      names.map((name) => values.find((one) => one.name === name)?.value ?? "");
    return seams.bulkCsv(
      head(names),
      all.map(({ at, values }) => timed(at, cellsOf(values))),
    );
  }
}
