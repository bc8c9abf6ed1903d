import { errorAt, type Problem, warningAt } from "./lint-problem.ts";
import { isSecretName } from "./lint-settings.ts";
import type { MapType } from "./map-line.ts";
import { type ParameterMapLine, parseValue } from "./param-map.ts";
import { standardType } from "./standard-types.ts";

/** How a value of a type looks, for a remedy. */
const SPELLINGS: Readonly<Record<Exclude<MapType, "string">, string>> = {
  int: "a whole number from -2147483648 to 2147483647",
  unsignedInt: "a whole number from 0 to 4294967295",
  boolean: "true, false, 1 or 0",
  dateTime: "a time such as 2026-01-31T12:00:00Z, or 0001-01-01T00:00:00Z for one that is not known",
};

/** What an empty value of a type reads as. */
const EMPTY: Readonly<Record<Exclude<MapType, "string">, string>> = {
  int: "0",
  unsignedInt: "0",
  boolean: "false",
  dateTime: "0001-01-01T00:00:00Z",
};

/** What is wrong with type and value of a line, placeholders aside. */
export function* valueProblems(line: ParameterMapLine): Generator<Problem> {
  yield* typeProblem(line);
  const start = line.text.length - line.value.length;
  if (line.modifier === "&=") {
    if (line.value !== "")
      yield warningAt(
        { line, index: start },
        {
          rule: "value-of-unsupported",
          message: "the parameter is marked as not supported, and its value is never seen",
          remedy: "delete the value, or write another modifier",
        },
      );
    return;
  }
  yield* textProblems(line, start);
  const parts = parseValue(line.value);
  if (parts.some(({ kind }) => kind !== "text")) return;
  if (line.value === "") yield* emptyProblem(line, start);
  else if (!isOfType(line.value.trim(), line.type) && line.type !== "string")
    yield errorAt(
      { line, index: start },
      {
        rule: "value-not-of-type",
        message: `${JSON.stringify(line.value)} is no ${line.type}`,
        remedy: `write ${SPELLINGS[line.type]}`,
      },
    );
  if (line.value !== "" && isSecretName(line.name))
    yield warningAt(
      { line, index: start },
      {
        rule: "static-secret",
        message: "a secret stands in the file, which is shown by the phone and kept on servers",
        remedy: "map the parameter to a setting, as in {http_pass}, or leave it empty for the ACS to set",
      },
    );
}

/** Whether a text is in the lexical space of a type, as XML Schema has it for what goes over the wire. */
export function isOfType(text: string, type: MapType): boolean {
  switch (type) {
    case "string":
      return true;
    case "boolean":
      return /^(?:true|false|0|1)$/.test(text);
    case "int":
      return /^[+-]?[0-9]+$/.test(text) && Number(text) >= -2_147_483_648 && Number(text) <= 2_147_483_647;
    case "unsignedInt":
      return /^\+?[0-9]+$/.test(text) && Number(text) <= 4_294_967_295;
    case "dateTime":
      return isDateTime(text);
  }
}

function isDateTime(text: string): boolean {
  const [, year, month, day, hour, minute, second] =
    /^-?([0-9]{4,})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?$/
      .exec(text)
      ?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days && (hour ?? 24) <= 23 && (minute ?? 60) <= 59 && (second ?? 60) <= 59;
}

function* typeProblem(line: ParameterMapLine): Generator<Problem> {
  const standard = standardType(line.name);
  if (standard !== undefined && standard !== line.type)
    yield warningAt(
      { line, index: 0 },
      {
        rule: "standard-type",
        message: `the standard data model has ${line.name} as ${standard}; as ${line.type} it goes over the wire as such, and an ACS may refuse it`,
        remedy: `write ${standard}`,
      },
    );
}

function* emptyProblem(line: ParameterMapLine, index: number): Generator<Problem> {
  if (line.type === "string") return;
  yield warningAt(
    { line, index },
    {
      rule: "empty-value",
      message: `an empty value is no ${line.type}, and reads as ${EMPTY[line.type]}`,
      remedy: `write ${EMPTY[line.type]}, or what is meant`,
    },
  );
}

/** What is odd about the characters of a value. */
function* textProblems(line: ParameterMapLine, start: number): Generator<Problem> {
  const { value } = line;
  const at = (index: number) => ({ line, index: start + index });
  const control = value.search(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
  if (control >= 0)
    yield errorAt(at(control), {
      rule: "control-character",
      message: `the character U+${value.charCodeAt(control).toString(16).toUpperCase().padStart(4, "0")} cannot stand in a message of CWMP`,
      remedy: "delete it",
    });
  const blank = /^[ \t]/.test(value) ? 0 : value.search(/(?<![ \t])[ \t]+$/);
  if (blank >= 0)
    yield warningAt(at(blank), {
      rule: "blank-around-value",
      message: `the blank ${blank === 0 ? "before" : "behind"} the value is part of it`,
      remedy: "delete it if it is not meant",
    });
  const comment = /[ \t]#|^#(?=[ \t])/.exec(value);
  if (comment !== null)
    yield warningAt(at(comment.index + comment[0].length - 1), {
      rule: "comment-after-value",
      message: "only whole lines are comments: this '#' and all behind it is part of the value",
      remedy: "give the comment a line of its own",
    });
  let index = 0;
  for (const part of parseValue(value)) {
    const brace = part.kind === "text" ? part.text.search(/[{}]/) : -1;
    if (brace >= 0) {
      yield warningAt(at(index + brace), {
        rule: "stray-brace",
        message: "this brace is part of no placeholder, and so is text",
        remedy: "write {setting}, {setting|1} or {SPECIAL}, without blanks, if one is meant",
      });
      return;
    }
    index +=
      part.kind === "text" ? part.text.length : part.name.length + 2 + (part.index === undefined ? 0 : part.index.length + 1);
  }
}
