import type { Problem } from "./lint-problem.ts";
import { MAP_TYPES } from "./map-line.ts";
import type { LineFault, LineRule, MapLine } from "./param-map.ts";

type BrokenLine = MapLine & { readonly kind: "broken" };

/** Types of other data models by the type that a map has for them. */
const INSTEAD: Readonly<Record<string, string>> = {
  base64: "string",
  hexbinary: "string",
  text: "string",
  str: "string",
  integer: "int",
  long: "int",
  uint: "unsignedInt",
  unsigned: "unsignedInt",
  unsignedlong: "unsignedInt",
  bool: "boolean",
  date: "dateTime",
  time: "dateTime",
};

/** What to do about a line that is none. */
const REMEDIES: Readonly<Record<LineRule, (line: BrokenLine) => string>> = {
  "carriage-return": () => "end lines with a line feed (LF), or with CRLF, and nothing else",
  "comment-not-at-start": ({ text }) => `begin the line with the '#': ${text.trimStart()}`,
  "no-type": ({ text }) =>
    /^(?:\/\/|;|--|\/\*|<!--)/.test(text)
      ? "begin a comment with '#'"
      : "write type, ':', name, modifier and value, as in string:Device.X_Snom_Note=hello; or make it a comment with '#'",
  "type-case": ({ text }) => `write ${spelt(typeIn(text))}`,
  "object-line": () => "delete the line; lines of parameters are enough",
  "unknown-type": ({ text }) => `use ${INSTEAD[typeIn(text).toLowerCase()] ?? "string"}, or another of the five types`,
  "stray-blank": () => "remove the blank",
  "no-modifier": () => "put =, !=, &=, $= or *= behind the name, and the value behind that",
  "modifier-in-name": () => "use one of =, !=, &=, $= and *=",
  "not-under-device": () => "begin the name with Device.",
  "object-name": () => "put the name of a parameter behind the last '.'",
  "instance-number": () => "write the number of one instance, such as 1; each instance has lines of its own",
  "bad-name": () => "build the name of letters, digits, '_' and '-', beginning with a letter, with '.' between the parts",
};

/** What there is to say about a line that is none: a phone cannot take it. */
export const brokenProblem = (line: BrokenLine): Problem => ({
  line: line.number,
  column: line.column,
  severity: "error",
  rule: line.rule,
  message: line.reason,
  remedy: REMEDIES[(line satisfies LineFault).rule](line),
});

const typeIn = (text: string): string => text.slice(0, text.indexOf(":")).trim();

const spelt = (type: string): string => [...MAP_TYPES.keys()].find((one) => one.toLowerCase() === type.toLowerCase()) ?? type;
