import fc from "fast-check";
import { type ParameterValue, parameterAttributes, parameterNames, parameterValues } from "../../../harness/acs/read.ts";
import type { Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { effectiveLines, type Modifier, type ParameterMapLine, parseParamMap } from "../../../schema/param-map.ts";
import { own } from "../../snom/support/map.ts";
import { misspeltAs } from "../../support/lexical.ts";
import { inSession } from "../../support/stage.ts";
import { heard } from "./property.ts";
import { alike, anyValue } from "./texts.ts";

/** The object of our own lines. */
export const OWN = own("");

const TYPES = ["string", "int", "unsignedInt", "boolean", "dateTime"] as const;
const MODIFIERS: readonly Modifier[] = ["=", "!=", "&=", "$=", "*="];
const NAMES = ["Alpha", "Beta", "Gamma", "Inner.Alpha", "Inner.Beta"] as const;

/** One line of our own: a parameter with any type, modifier and value of it. Some have a name twice; then the last one counts. */
export const anyLine: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom("string", "string", "string", ...TYPES), fc.constantFrom(...NAMES), fc.constantFrom(...MODIFIERS))
  .chain(([type, name, modifier]) =>
    fc
      .oneof({ weight: 6, arbitrary: anyValue(type) }, { weight: 1, arbitrary: fc.constant("") })
      .map((value) => `${type}:${own(name)}${modifier}${value}`),
  );

/** What a phone tells of our own parameters. */
export interface OwnTold {
  readonly names: ReadonlyMap<string, boolean | undefined>;
  readonly values: ReadonlyMap<string, ParameterValue>;
  readonly notifications: ReadonlyMap<string, number | undefined>;
  readonly where: string;
}

/** Asks for names, values and attributes of our own parameters. */
export const tellOwn = (bench: CwmpBench): Promise<OwnTold> => inSession(bench, (session) => ownOf(session));

async function ownOf(session: Session): Promise<OwnTold> {
  const listed = parameterNames(heard(await session.getParameterNames(OWN, false)));
  const values = heard(await session.getParameterValues([OWN]));
  const attributes = parameterAttributes(heard(await session.getParameterAttributes([OWN])));
  return {
    names: new Map([...listed.values()].filter(({ name }) => !name.endsWith(".")).map(({ name, writable }) => [name, writable])),
    values: parameterValues(values),
    notifications: new Map([...attributes.values()].map(({ name, notification }) => [name, notification])),
    where: values.summary.where,
  };
}

const NOTIFICATIONS: Readonly<Partial<Record<Modifier, number>>> = { "$=": 0, "=": 1, "*=": 2 };
const EMPTY: Readonly<Record<string, string>> = {
  int: "0",
  unsignedInt: "0",
  boolean: "false",
  dateTime: "0001-01-01T00:00:00Z",
};

/** Our own lines that count in a map, without those that are not supported. */
export const ownLines = (map: string): readonly ParameterMapLine[] =>
  [...effectiveLines(parseParamMap(map)).values()].filter(({ name, modifier }) => name.startsWith(OWN) && modifier !== "&=");

/** In what the phone is another than the lines say; undefined when it is as they say. */
export function differenceFrom(
  lines: readonly ParameterMapLine[],
  told: OwnTold,
): { expected: string; actual: string } | undefined {
  const names = new Set(lines.map(({ name }) => name));
  const strange = [...told.names.keys(), ...told.values.keys()].find((name) => !names.has(name));
  if (strange !== undefined) return { expected: "no parameter but those of the lines", actual: strange };
  for (const { text, name, type, modifier, value } of lines) {
    const expected = value === "" ? (EMPTY[type] ?? "") : value;
    const seen = told.values.get(name);
    const by = (what: string, actual: unknown) => ({
      expected: `${what} by the line ${text}`,
      actual: String(actual ?? "absent"),
    });
    if (seen === undefined || !told.names.has(name)) return by(`${name}`, undefined);
    if (seen.type !== type) return by(`type ${type}`, seen.type);
    // What a value is read as that is none of its type is open.
    if (misspeltAs(type, expected) === undefined && !alike(type, seen.value, expected))
      return by(JSON.stringify(expected), JSON.stringify(seen.value));
    if (told.names.get(name) !== (modifier !== "!=")) return by(`Writable ${modifier !== "!="}`, told.names.get(name));
    const notification = NOTIFICATIONS[modifier];
    if (notification !== undefined && told.notifications.get(name) !== notification)
      return by(`Notification ${notification}`, told.notifications.get(name));
  }
  return undefined;
}
