/** What a single line of a param_map may be made of, and what is wrong with one that is none. Decided in docs/param-map.md. */

export type MapType = "string" | "int" | "unsignedInt" | "boolean" | "dateTime";

/** The types by their spelling. */
export const MAP_TYPES: ReadonlyMap<string, MapType> = new Map(
  (["string", "int", "unsignedInt", "boolean", "dateTime"] as const).map((type) => [type, type]),
);

/** Names of what can be wrong with a line, as lint reports them. */
export type LineRule =
  | "carriage-return"
  | "comment-not-at-start"
  | "no-type"
  | "type-case"
  | "object-line"
  | "unknown-type"
  | "stray-blank"
  | "no-modifier"
  | "modifier-in-name"
  | "not-under-device"
  | "object-name"
  | "instance-number"
  | "bad-name";

/** What makes a line none. */
export interface LineFault {
  readonly rule: LineRule;
  /** Where it goes wrong: the character, counted from 1. */
  readonly column: number;
  readonly reason: string;
}

const ROOT = "Device";

/** Index behind the full name that begins at `from`, or minus the index where it is none, minus one. */
export function nameEnd(text: string, from: number): number {
  if (!text.startsWith(ROOT, from)) return -from - 1;
  let at = from + ROOT.length;
  let last = at;
  if (text.charCodeAt(at) !== DOT) return -at - 1;
  do {
    at += 1;
    last = at;
    const first = text.charCodeAt(at);
    if (isLetter(first))
      do at += 1;
      while (isNameCharacter(text.charCodeAt(at)));
    else if (isDigit(first) && first !== ZERO)
      do at += 1;
      while (isDigit(text.charCodeAt(at)));
    else return -at - 1;
  } while (text.charCodeAt(at) === DOT);
  // A name that ends with an instance number is one of an object.
  return isDigit(text.charCodeAt(last)) ? -last - 1 : at;
}

/** What is wrong with a line that is neither parameter nor comment nor blank. */
export function faultOf(text: string): LineFault {
  const found = firstFault(text);
  return { rule: found.rule, column: columnAt(text, found.index), reason: found.reason };
}

/** The column of a place in a text: characters before it, and one. */
export function columnAt(text: string, index: number): number {
  let column = 1;
  for (let at = 0; at < index; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) column += 1;
  return column;
}

interface Found {
  readonly rule: LineRule;
  readonly index: number;
  readonly reason: string;
}

function firstFault(text: string): Found {
  const cr = text.indexOf("\r");
  if (cr >= 0)
    return {
      rule: "carriage-return",
      index: cr,
      reason: "a carriage return stands inside the line, and no line feed follows it",
    };
  const start = text.search(/[^ \t]/);
  if (text.charAt(start) === "#")
    return {
      rule: "comment-not-at-start",
      index: 0,
      reason: "blanks stand before the '#', and only a line that begins with '#' is a comment",
    };
  const colon = text.indexOf(":");
  const equals = text.indexOf("=");
  if (colon < 0 || (equals >= 0 && equals < colon) || text.slice(0, colon).trim() === "")
    return { rule: "no-type", index: 0, reason: "no type and ':' before the name" };
  return typeFault(text.slice(0, colon)) ?? nameFault(text, colon + 1);
}

function typeFault(type: string): Found | undefined {
  if (MAP_TYPES.has(type)) return undefined;
  const types = `the types are ${[...MAP_TYPES.keys()].join(", ")}`;
  const trimmed = type.trim();
  if (MAP_TYPES.has(trimmed)) {
    const index = type.startsWith(trimmed) ? trimmed.length : 0;
    return { rule: "stray-blank", index, reason: `a blank stands ${index === 0 ? "before" : "behind"} the type` };
  }
  const meant = [...MAP_TYPES.keys()].find((one) => one.toLowerCase() === trimmed.toLowerCase());
  if (meant !== undefined)
    return { rule: "type-case", index: 0, reason: `'${type}' is no type, but '${meant}' is: upper and lower case matter` };
  if (trimmed.toLowerCase() === "object")
    return {
      rule: "object-line",
      index: 0,
      reason: "objects have no line: an object is there because names of parameters go through it",
    };
  return { rule: "unknown-type", index: 0, reason: `'${type}' is no type; ${types}` };
}

/** What is wrong with a name and modifier that begin at `from`. */
function nameFault(text: string, from: number): Found {
  const end = nameEnd(text, from);
  const index = end < 0 ? -end - 1 : end;
  const rest = text.slice(index);
  if (index === from && /^(?:[!&$*]?=|$)/.test(rest)) return { rule: "bad-name", index, reason: "no name behind the ':'" };
  const blank = /^[!&$*]?\s/.exec(rest)?.[0].length;
  if (blank !== undefined)
    return {
      rule: "stray-blank",
      index: index + blank - 1,
      reason: `a blank stands ${index === from ? "before" : "in or behind"} the name`,
    };
  if (end < 0 && index <= from + ROOT.length) return rootFault(text.slice(from));
  if (end < 0 && /^[!&$*]?=/.test(rest))
    return {
      rule: "object-name",
      index: index - 1,
      reason: "a name that ends with '.' is one of an object, and a line holds a parameter",
    };
  if (end < 0 && /^[1-9][0-9]*(?:[!&$*]?=|$)/.test(rest))
    return {
      rule: "object-name",
      index,
      reason: "a name that ends with an instance number is one of an object, and a line holds a parameter",
    };
  const strange = /^[!&$*][^=]*=?/.exec(rest)?.[0];
  if (rest === "" || (strange !== undefined && !strange.endsWith("=")))
    return { rule: "no-modifier", index, reason: "no modifier ending in '=' behind the name" };
  if (strange !== undefined)
    return {
      rule: "modifier-in-name",
      index,
      reason: `'${strange}${rest.charAt(strange.length) === "=" ? "=" : ""}' is no modifier; those are =, !=, &=, $= and *=`,
    };
  if (end < 0 && /^[0-9{[]/.test(rest))
    return { rule: "instance-number", index, reason: "an instance number is written in digits and begins with 1 to 9" };
  return { rule: "bad-name", index, reason: `${shown(text, index)} cannot stand there in a name` };

  function rootFault(name: string): Found {
    const root = /^[^.=!&$*]*\.?/.exec(name)?.[0] ?? "";
    const why =
      root.toLowerCase() === `${ROOT}.`.toLowerCase() ? "upper and lower case matter" : "all names of a phone are under it";
    return { rule: "not-under-device", index: from, reason: `'${root}' is not 'Device.': ${why}` };
  }
}

/** The character at a place, as a message names it. */
function shown(text: string, index: number): string {
  const code = text.codePointAt(index);
  if (code === undefined) return "the end of the line";
  const character = String.fromCodePoint(code);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `'${character}'` : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

const DOT = 46;
const ZERO = 48;
const isDigit = (code: number): boolean => code >= ZERO && code <= 57;
/** Or an underline. */
const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isNameCharacter = (code: number): boolean => isLetter(code) || isDigit(code) || code === 45;
