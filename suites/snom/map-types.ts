import { parameterValue } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { same } from "../../harness/core/finding.ts";
import { line, own, withLines } from "./support/map.ts";

/** What each type of a map line means on the wire. */
export const mapTypeCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.map-types.string",
    title: "gives a line of type string as xsd:string with the value of the line",
    proves: ["SNOM-TR-069:Parameter-types#string"],
    needs: ["param-map"],
    drive: (bench) =>
      withLines(bench, [line("string", "Text", "=", "as it is")], (session) => session.getParameterValues([own("Text")])),
    *judge(reply) {
      const text = parameterValue(reply, own("Text"));
      yield same("SNOM-TR-069:Parameter-types#string", text, "as it is");
    },
  }),
];
