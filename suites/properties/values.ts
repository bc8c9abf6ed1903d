import fc from "fast-check";
import { parameterValues } from "../../harness/acs/read.ts";
import type { ParameterSetting, Reply } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { effectiveLines, parseParamMap } from "../../schema/param-map.ts";
import { line, mapWith, own, upload } from "../snom/support/map.ts";
import { isResponse } from "../support/answers.ts";
import { inSession } from "../support/stage.ts";
import { listsOf } from "./support/lists.ts";
import { heard, property } from "./support/property.ts";
import { alike, anyText, anyValue } from "./support/texts.ts";

const SET = "TR-069:A.3.2.1#set";
const MAP = "SNOM-TR-069:Values#map-in-step";
const ONE = "SNOM-TR-069:Values#one-setting";

/** Lines that hold their values themselves, one of each type at least. */
const STATIC = [
  ["string", "Text"],
  ["string", "Label"],
  ["string", "Note"],
  ["int", "Level"],
  ["unsignedInt", "Count"],
  ["boolean", "Flag"],
  ["dateTime", "Time"],
] as const;

/** A setting that any text may be written to, and nothing comes of it but what a display shows. */
const SETTING = "phone_name";
const NAME = own("Shown");

/** Values for some of them. */
const anyWrite: fc.Arbitrary<readonly ParameterSetting[]> = fc
  .tuple(...STATIC.map(([type, name]) => fc.option(anyValue(type).map((value) => ({ name: own(name), value, type })))))
  .map((settings) => settings.filter((one) => one !== null))
  .filter(({ length }) => length > 0);

interface Written {
  readonly set: Reply;
  readonly read: Reply;
  readonly map: string;
}

function* judgeWritten(settings: readonly ParameterSetting[], { set, read, map }: Written): Iterable<Finding> {
  const { summary } = set;
  yield holds(SET, isResponse(set, "SetParameterValues"), {
    expected: "SetParameterValuesResponse",
    actual: summary.value,
    where: summary.where,
  });
  if (!isResponse(set, "SetParameterValues")) return;
  const [values, lines] = [parameterValues(read), effectiveLines(parseParamMap(map))];
  for (const { name, value, type = "string" } of settings) {
    const [seen, written] = [values.get(name), lines.get(name)];
    const expected = `${name} = ${JSON.stringify(value)}`;
    yield holds(SET, alike(type, seen?.value, value), {
      expected,
      actual: seen === undefined ? undefined : JSON.stringify(seen.value),
      where: seen?.where ?? read.summary.where,
    });
    yield holds(MAP, written?.type === type && alike(type, written.value, value), {
      expected,
      actual: written === undefined ? undefined : JSON.stringify(written.text),
      where: `param_map, line ${written?.number ?? "none"}`,
    });
  }
}

/** Whoever changes the setting, and to what. */
interface Change {
  readonly by: "web" | "cwmp";
  readonly text: string;
}

const anyChange: fc.Arbitrary<Change> = fc.record({ by: fc.constantFrom("web", "cwmp"), text: anyText(32) });

interface Shown {
  readonly set: Reply | undefined;
  /** What the parameter shows, and what settings.xml shows. */
  readonly parameter: string | undefined;
  readonly setting: string | undefined;
  readonly where: string;
}

async function change(bench: CwmpBench, { by, text }: Change): Promise<Shown> {
  if (by === "web") await bench.phone.snom.save({ [SETTING]: text });
  return inSession(bench, async (session) => {
    const set = by === "cwmp" ? heard(await session.setParameterValues([{ name: NAME, value: text }])) : undefined;
    const value = parameterValues(heard(await session.getParameterValues([NAME]))).get(NAME);
    const setting = (await bench.phone.snom.settings()).get(SETTING);
    return { set, parameter: value?.value, setting, where: value?.where ?? session.inform.where };
  });
}

function* judgeShown(changes: readonly Change[], seen: readonly Shown[]): Iterable<Finding> {
  for (const [index, { set, parameter, setting, where }] of seen.entries()) {
    const { text } = changes[index] ?? { text: "" };
    const expected = JSON.stringify(text);
    if (set !== undefined && !isResponse(set, "SetParameterValues"))
      yield holds(ONE, false, { expected: "SetParameterValuesResponse", actual: set.summary.value, where: set.summary.where });
    yield holds(ONE, parameter === text, { expected: `${NAME} = ${expected}`, actual: JSON.stringify(parameter), where });
    yield holds(ONE, setting === text, {
      expected: `${SETTING} = ${expected}`,
      actual: JSON.stringify(setting),
      where: "settings.xml",
    });
  }
}

export const valueCases: readonly AnyCase<CwmpBench>[] = [
  property<readonly ParameterSetting[], Written>({
    id: "properties.values.any-value",
    title: "keeps any value of any type that an ACS writes, and has it in its param_map",
    proves: [SET, MAP],
    needs: ["param-map"],
    share: 3,
    async stage(bench, explore) {
      await upload(
        bench,
        await mapWith(
          bench,
          STATIC.map(([type, name]) => line(type, name, "$=")),
        ),
      );
      return explore(anyWrite, async (settings) => {
        const names = settings.map(({ name }) => name);
        const asked = await inSession(bench, async (session) => ({
          set: heard(await session.setParameterValues(settings)),
          read: heard(await session.getParameterValues(names)),
        }));
        return { ...asked, map: await bench.phone.snom.paramMap() };
      });
    },
    judge: judgeWritten,
    tell: (settings) => settings.map(({ name, value }) => `set ${name} to ${JSON.stringify(value)}`),
  }),
  property<readonly Change[], readonly Shown[]>({
    id: "properties.values.any-setting",
    title: "shows a setting alike at its web interface and over CWMP, whoever wrote it",
    proves: [ONE],
    needs: ["param-map", "local-change"],
    async stage(bench, explore) {
      await upload(bench, await mapWith(bench, [line("string", "Shown", "$=", `{${SETTING}}`)]));
      return explore(listsOf(anyChange, 3), async (changes) => {
        const seen: Shown[] = [];
        for (const one of changes) seen.push(await change(bench, one));
        return seen;
      });
    },
    judge: judgeShown,
    tell: (changes) =>
      changes.map(({ by, text }) => `${by === "web" ? "saved at the web interface" : "set over CWMP"}: ${JSON.stringify(text)}`),
  }),
];
