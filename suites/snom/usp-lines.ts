import { parameterNames, parameterValue, parameterValues } from "../../harness/acs/read.ts";
import type { Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { absent, holds } from "../../harness/core/finding.ts";
import { effectiveLines, parseParamMap } from "../../schema/param-map.ts";
import { each } from "../support/answers.ts";
import { VALUE_TYPES } from "../support/lexical.ts";
import { batches } from "../support/model.ts";
import { askHarmless, harmlessName, told } from "../support/sessions.ts";
import { inSession } from "../support/stage.ts";
import { giveOwn } from "./support/lines.ts";
import { line, load, own, upload } from "./support/map.ts";
import { resetByAcs } from "./support/reset.ts";
import { mapWithout, PUBLISHED } from "./support/usp-map.ts";

const SECTION = "SNOM-TR-369:Parameter-lines";

/** A parameter of the lines for TR-369. */
const GONE = "Device.LocalAgent.Controller.2.EndpointID";

/** A line as published, part by part: those that the map has not, or otherwise. */
const differing = (requirement: string, map: string, part: "type" | "modifier" | "value") => {
  const lines = effectiveLines(parseParamMap(map));
  return each(
    requirement,
    PUBLISHED,
    { value: `the published ${part} in each of the lines`, where: "param_map" },
    (published) => {
      const found = lines.get(published.name);
      return found === undefined || found[part] === published[part]
        ? undefined
        : { expected: published.text, actual: found.text, where: `param_map, line ${found.number}` };
    },
  );
};

/** The lines that the vendor has published for TR-369. */
export const uspLineCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.usp-lines.after-reset",
    title: "has each of the 52 lines for TR-369 in its map after a factory reset",
    proves: [`${SECTION}#after-reset`, `${SECTION}#type`, `${SECTION}#modifier`, `${SECTION}#value`],
    needs: ["snom", "factory-reset", "param-map", "usp-settings"],
    disturbs: "factory-reset",
    async drive(bench) {
      await upload(bench, await mapWithout(bench, []));
      const { seen } = await resetByAcs(bench, await bench.acs.session(), () => bench.phone.snom.paramMap());
      return seen;
    },
    *judge(map) {
      const lines = effectiveLines(parseParamMap(map));
      yield* each(`${SECTION}#after-reset`, PUBLISHED, { value: "each of the lines", where: "param_map" }, ({ name, text }) =>
        lines.has(name) ? undefined : { expected: text, actual: "no such line", where: "param_map after the reset" },
      );
      for (const part of ["type", "modifier", "value"] as const) yield* differing(`${SECTION}#${part}`, map, part);
    },
  }),
  cwmpCase({
    id: "snom.usp-lines.by-cwmp",
    title: "has the parameters for TR-369 under CWMP, with the types of their lines",
    proves: [`${SECTION}#listed`, `${SECTION}#typed`],
    needs: ["param-map", "usp-settings"],
    drive: (bench) =>
      inSession(bench, async (session) => {
        const lists: Reply[] = [];
        for (const path of ["LocalAgent.", "MQTT."]) lists.push(await session.getParameterNames(bench.phone.path(path), false));
        const listed = new Set(lists.flatMap((reply) => [...parameterNames(reply).keys()]));
        const there = PUBLISHED.filter(({ name }) => listed.has(name)).map(({ name }) => name);
        const values: Reply[] = [];
        for (const batch of batches(there)) values.push(await session.getParameterValues(batch));
        return { listed, values, where: lists[0]?.summary.where ?? "" };
      }),
    *judge({ listed, values, where }) {
      yield* each(`${SECTION}#listed`, PUBLISHED, { value: "each of the 52 parameters", where }, ({ name }) =>
        listed.has(name) ? undefined : { expected: name, actual: "not listed", where },
      );
      const read = new Map(values.flatMap((reply) => [...parameterValues(reply)]));
      yield* each(`${SECTION}#typed`, PUBLISHED, { value: "the published type for each", where }, ({ name, type }) => {
        const found = read.get(name);
        // One without value, or without a type of CWMP, is another case's business.
        return found === undefined || found.type === type || !VALUE_TYPES.includes(found.type ?? "")
          ? undefined
          : { expected: `xsd:${type} for ${name}`, actual: found.type ?? "no type", where: found.where };
      });
    },
  }),
  cwmpCase({
    id: "snom.usp-lines.without",
    title: "is managed by CWMP with a map that has none of the lines for TR-369",
    proves: [`${SECTION}#cwmp-without`, `${SECTION}#gone-without`],
    needs: ["param-map"],
    async drive(bench) {
      await load(bench, await mapWithout(bench, [line("string", "Text", "=", "without USP")]));
      return inSession(bench, async (session) => ({
        usual: await askHarmless(session, bench.phone),
        name: harmlessName(bench.phone),
        read: await session.getParameterValues([own("Text")]),
        usp: parameterValue(await session.getParameterValues([GONE]), GONE),
      }));
    },
    *judge({ usual, name, read, usp }) {
      yield told(`${SECTION}#cwmp-without`, usual, name);
      yield* giveOwn(`${SECTION}#cwmp-without`, read, { Text: "without USP" });
      yield absent(`${SECTION}#gone-without`, usp, `no ${GONE}`);
    },
  }),
  cwmpCase({
    id: "snom.usp-lines.one-controller",
    title: "has the parameters of the controller whose lines are in the map, and no others",
    proves: [`${SECTION}#one-controller`],
    needs: ["param-map", "usp-settings"],
    async drive(bench) {
      const customer = PUBLISHED.slice(PUBLISHED.length / 2).map(({ text }) => text);
      await upload(bench, await mapWithout(bench, customer));
      return inSession(bench, (session) => session.getParameterNames("Device.LocalAgent.", false));
    },
    *judge(names) {
      const listed = [...parameterNames(names).keys()];
      const has = (part: string): boolean => listed.some((name) => name.startsWith(`Device.LocalAgent.${part}`));
      yield holds(`${SECTION}#one-controller`, has("Controller.2.") && has("MTP.2.") && !has("Controller.1.") && !has("MTP.1."), {
        expected: "instance 2 of Controller and MTP, and no instance 1",
        actual: listed.filter((name) => /\.\d\.$/.test(name)).join(", ") || names.summary.value,
        where: names.summary.where,
      });
    },
  }),
];
