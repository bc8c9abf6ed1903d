import { parameterNames, parameterValues } from "../../../harness/acs/read.ts";
import type { Reply } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds, type Located, same } from "../../../harness/core/finding.ts";
import { isHidden } from "../../../harness/phone/snom-settings.ts";
import { effectiveLines, parseParamMap, readLine } from "../../../schema/param-map.ts";
import { inResponse } from "../../support/answers.ts";
import type { Stage } from "../../support/stage.ts";
import { gives } from "../../support/writing.ts";
import { onLines, own } from "./map.ts";

/** Uploads lines and reads their parameters, all in one request. */
export const readLines = (bench: CwmpBench, lines: readonly string[]): Promise<Reply> =>
  onLines(bench, lines, (stage) =>
    stage.read(
      ...lines.flatMap((text) => {
        const content = readLine(text);
        return content.kind === "parameter" ? [content.name] : [];
      }),
    ),
  );

/**
 * Saves settings that a case builds upon.
 * @throws Inconclusive `precondition` when the phone shows others afterwards; a password may be hidden
 */
export async function prepare({ phone }: CwmpBench, settings: Readonly<Record<string, string>>): Promise<void> {
  await phone.snom.save(settings);
  const now = await phone.snom.settings();
  for (const [name, value] of Object.entries(settings)) {
    const shown = now.get(name) ?? "";
    if (shown !== value && !isHidden(name, shown))
      throw new Inconclusive(
        "precondition",
        `saved as ${JSON.stringify(value)}, the setting ${name} is ${JSON.stringify(shown)}`,
      );
  }
}

/** The same between two sessions: during one, what is done at the phone has to wait (TR-069 3.7.1.1). */
export async function saveBetween(bench: CwmpBench, stage: Stage, settings: Readonly<Record<string, string>>): Promise<void> {
  await stage.session.end();
  await prepare(bench, settings);
  await stage.nextSession();
}

/** One setting as settings.xml shows it. */
export async function settingNow({ phone }: CwmpBench, name: string): Promise<Located> {
  return { value: (await phone.snom.settings()).get(name), where: `settings.xml, ${name}` };
}

/** xsi:type of one of the case's own parameters. */
export function typeIn(reply: Reply, name: string): Located {
  const found = parameterValues(reply).get(own(name));
  return { value: found?.type, where: found?.where ?? reply.at("GetParameterValuesResponse/ParameterList").where };
}

/** Writable of one of the case's own parameters in a GetParameterNamesResponse. */
export function writableIn(reply: Reply, name: string): Located<boolean> {
  const found = parameterNames(reply).get(own(name));
  return { value: found?.writable, where: found?.where ?? reply.at("GetParameterNamesResponse/ParameterList").where };
}

/** That the case's own parameters have these values, by name without their object. */
export function* giveOwn(
  requirement: string,
  reply: Reply,
  values: Readonly<Record<string, string>>,
  alike?: (seen: string, value: string) => boolean,
): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GetParameterValues", function* () {
    for (const [name, value] of Object.entries(values)) yield* gives(requirement, reply, own(name), value, alike);
  });
}

/** What counts in a map for one of the case's own parameters: its line, text and place. */
export function lineIn(map: string, name: string): Located {
  const found = effectiveLines(parseParamMap(map)).get(own(name));
  return { value: found?.text, where: found === undefined ? "param_map" : `param_map, line ${found.number}` };
}

/** That the map has this line for one of the case's own parameters. */
export const stands = (requirement: string, map: string, name: string, text: string): Finding =>
  same(requirement, lineIn(map, name), text);

/** That every line of the map but those of these parameters of the case's own is as it was, octet for octet. */
export function othersStand(requirement: string, before: string, after: string, ...names: readonly string[]): Finding {
  const [was, is] = [before, after].map((map) => withoutLines(map, names));
  const at = firstDifference(was ?? "", is ?? "");
  return holds(requirement, was === is, {
    expected: "every other line as it was",
    actual:
      was === is ? "so" : `${at.text === undefined ? "an end" : JSON.stringify(at.text)} in place of ${JSON.stringify(at.was)}`,
    where: `param_map, line ${at.number}`,
  });
}

/** The map in which these lines have nothing but their names. */
const withoutLines = (map: string, names: readonly string[]): string => {
  const gone = new Set(names.map(own));
  const { mark, lines } = parseParamMap(map);
  const texts = lines.map((one) => (one.kind === "parameter" && gone.has(one.name) ? one.name : one.text) + one.end);
  return (mark ? "\uFEFF" : "") + texts.join("");
};

function firstDifference(
  was: string,
  is: string,
): { readonly number: number; readonly was: string; readonly text: string | undefined } {
  const [old, now] = [was.split("\n"), is.split("\n")];
  const index = old.findIndex((text, at) => now[at] !== text);
  const at = index < 0 ? Math.max(0, old.length - 1) : index;
  return { number: at + 1, was: old[at] ?? "", text: now[at] };
}
