import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { few, holds, matches, present, same } from "../../harness/core/finding.ts";
import { ROW_COLUMNS } from "../../harness/wire/bulk-report.ts";
import { described, valued } from "./bulk-json.ts";
import { oneDelivery, upTime } from "./support/bulk.ts";
import { PARAMETER, reportsIn, wellFormed } from "./support/bulk-judging.ts";
import { byPath, typedParameters } from "./support/bulk-types.ts";

const HEADER = "TR-369:R-BULK.11";
const COLUMNS = "TR-369:R-BULK.12";
const TYPE = "TR-369:R-BULK.13";
const SEPARATORS = "TR-369:A.6.1#separators";

export const bulkCsvCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.bulk.csv-header",
    title: "begins CSV with a header line, and tells so in Content-Type",
    proves: [HEADER, "TR-369:R-BULK.7", "TR-369:R-BULK.8"],
    needs: ["usp-bulk-http-csv"],
    waits: 130,
    drive: (bench) => oneDelivery(bench, { encoding: "CSV", parameters: [upTime(bench)] }),
    *judge(seen) {
      yield* described(seen, /^text\/csv(?:\s*;|$)/i);
      yield matches(HEADER, seen.delivery.header("Content-Type"), /;\s*header\s*=\s*"?present"?/i, "header=present");
      const { header, reports } = seen.transfer.reading;
      const names = header.map(({ value = "" }) => value);
      yield holds(HEADER, reports.length === 1 && names.includes("UpTime"), {
        expected: "a header line with UpTime, and a line with its value",
        actual: `${few(names)}, then ${reports.length} lines`,
        where: seen.delivery.where,
      });
    },
  }),
  uspCase({
    id: "usp.bulk.csv-rows",
    title: "gives name, value and base type of each parameter in a row of its own",
    proves: [COLUMNS, PARAMETER, TYPE],
    needs: ["usp-bulk-http-csv"],
    waits: 130,
    async drive(bench) {
      const typed = await typedParameters(bench);
      const values = { "CSVEncoding.ReportFormat": "ParameterPerRow" };
      return { typed, ...(await oneDelivery(bench, { encoding: "CSV", values, parameters: byPath(typed) })) };
    },
    *judge({ typed, transfer, delivery }) {
      const columns = transfer.reading.header.map(({ value = "" }) => value).filter((name) => name !== "ReportTimestamp");
      yield same(COLUMNS, { value: columns.join(), where: delivery.where }, ROW_COLUMNS.join());
      const [report] = reportsIn([transfer]);
      yield* valued(transfer, typed);
      for (const { path, type } of typed)
        yield same(TYPE, report?.values.get(path)?.type ?? { value: undefined, where: transfer.where }, type);
    },
  }),
  uspCase({
    id: "usp.bulk.csv-separators",
    title: "separates and escapes by the characters that its profile has",
    proves: [SEPARATORS],
    needs: ["usp-bulk-http-csv"],
    waits: 130,
    async drive(bench) {
      // An Endpoint ID holds two colons, so that it has to be escaped.
      const path = `${bench.agent.controllerPath}EndpointID`;
      const values = { FieldSeparator: ":", RowSeparator: "|", EscapeCharacter: "'", ReportFormat: "ParameterPerRow" };
      const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [`CSVEncoding.${name}`, value]));
      const parameters = [{ name: "ID", reference: path }, upTime(bench)];
      const seen = await oneDelivery(bench, { encoding: "CSV", values: given, parameters }, "whatever");
      return { ...seen, endpointId: bench.controller.endpointId };
    },
    *judge({ transfer, endpointId }) {
      yield* wellFormed([transfer], SEPARATORS);
      const values = reportsIn([transfer])[0]?.values;
      yield same(SEPARATORS, values?.get("ID") ?? { value: undefined, where: transfer.where }, endpointId);
      yield present(
        SEPARATORS,
        values?.get("UpTime") ?? { value: undefined, where: transfer.where },
        "UpTime in a row of its own",
      );
    },
  }),
];
