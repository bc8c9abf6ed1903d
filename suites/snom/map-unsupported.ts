import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { sameSet } from "../../harness/core/finding.ts";
import { faults } from "../support/answers.ts";
import { refuses } from "../support/writing.ts";
import { giveOwn, stands } from "./support/lines.ts";
import { line, onLines, own } from "./support/map.ts";
import { listed, onAll, SUPPORTED } from "./support/modifiers.ts";

/** What `&=` means: that the map has a line, and the phone no parameter. */
export const mapUnsupportedCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.map-unsupported.name",
    title: "does not know the name of a line with &=",
    proves: ["SNOM-TR-069:Modifiers#not-supported", "TR-069:A.3.2.2#unknown-name"],
    needs: ["param-map"],
    drive: (bench) =>
      onAll(bench, async ({ session }) => ({
        names: await session.getParameterNames(own("Unsupported"), false),
        values: await session.getParameterValues([own("Unsupported")]),
        others: await session.getParameterValues([own("Passive")]),
      })),
    *judge({ names, values, others }) {
      yield faults("SNOM-TR-069:Modifiers#not-supported", names, 9005);
      yield faults("TR-069:A.3.2.2#unknown-name", values, 9005);
      yield* giveOwn("TR-069:A.3.2.2#unknown-name", others, { Passive: "at first" });
    },
  }),
  cwmpCase({
    id: "snom.map-unsupported.written",
    title: "refuses to write a line with &= with fault 9005, and keeps it",
    proves: ["TR-069:A.3.2.1#unknown-name"],
    needs: ["param-map"],
    async drive(bench) {
      const set = await onAll(bench, (stage) => stage.write([{ name: own("Unsupported"), value: "and then" }]));
      return { set, map: await bench.phone.snom.paramMap() };
    },
    *judge({ set, map }) {
      yield refuses("TR-069:A.3.2.1#unknown-name", set, own("Unsupported"), 9005);
      yield stands("TR-069:A.3.2.1#unknown-name", map, "Unsupported", line("string", "Unsupported", "&=", "at first"));
    },
  }),
  cwmpCase({
    id: "snom.map-unsupported.attributes",
    title: "has no attributes for a line with &=, by its name or below a partial path",
    proves: ["TR-069:A.3.2.5#unknown-name", "TR-069:A.3.2.5#named-parameters"],
    needs: ["param-map"],
    drive: (bench) =>
      onAll(bench, async ({ session }) => ({
        one: await session.getParameterAttributes([own("Unsupported")]),
        all: await session.getParameterAttributes([own("")]),
      })),
    *judge({ one, all }) {
      yield faults("TR-069:A.3.2.5#unknown-name", one, 9005);
      const { where } = all.summary;
      const names = all
        .elements("GetParameterAttributesResponse/ParameterList/ParameterAttributeStruct/Name")
        .map(({ text }) => text.trim());
      yield sameSet("TR-069:A.3.2.5#named-parameters", { value: names, where }, SUPPORTED.map(own));
    },
  }),
  cwmpCase({
    id: "snom.map-unsupported.object",
    title: "does not have an object that nothing but lines with &= make up",
    proves: ["PARAM-MAP:modifiers#unsupported-object"],
    needs: ["param-map"],
    drive: (bench) =>
      onLines(
        bench,
        [line("string", "Gone.First", "&=", "1"), line("string", "Gone.Second", "&="), line("string", "Here.First", "=")],
        async ({ session }) => ({
          names: await session.getParameterNames(own("Gone."), false),
          values: await session.getParameterValues([own("Gone.")]),
          level: await session.getParameterNames(own(""), true),
        }),
      ),
    *judge({ names, values, level }) {
      const requirement = "PARAM-MAP:modifiers#unsupported-object";
      yield faults(requirement, names, 9005);
      yield faults(requirement, values, 9005);
      yield* listed(requirement, level, ["Here"]);
    },
  }),
];
