import { faultOf, type LineFault, MAP_TYPES, type MapType, nameEnd } from "./map-line.ts";

export type { LineFault, LineRule, MapType } from "./map-line.ts";

/**
 * The param_map of a Snom phone: a text file with one parameter of the data model on each line, `type:name` modifier `value`. What
 * the vendor's guide leaves open is decided here and told in docs/param-map.md: names have no blanks, a comment starts in the first
 * column, the first `:` ends the type and the first `=` after it ends the modifier, everything up to the end of the line is value,
 * and a line ends with a line feed, with or without a carriage return before it.
 *
 * Reading keeps every octet, so that writing gives back what was read; a changed line changes nothing but itself.
 */

/** `=` writable, passive notification; `!=` read only; `&=` not supported; `$=` writable, no notification; `*=` writable, active. */
export type Modifier = "=" | "!=" | "&=" | "$=" | "*=";

/** A piece of a value. `index` is the number after `|`; `n` stands for the last instance number in the parameter's name. */
export type ValuePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "setting"; readonly name: string; readonly index: string | undefined }
  | { readonly kind: "special"; readonly name: string; readonly index: string | undefined };

export interface ParameterLine {
  readonly kind: "parameter";
  readonly type: MapType;
  readonly name: string;
  readonly modifier: Modifier;
  /** As written, nothing trimmed. */
  readonly value: string;
}

export type LineContent =
  | ParameterLine
  | { readonly kind: "comment" }
  | { readonly kind: "blank" }
  /** A line that is none. Its `column` is where it goes wrong. */
  | ({ readonly kind: "broken" } & LineFault);

interface Written {
  /** Counted from 1. */
  readonly number: number;
  /** The line without its end. */
  readonly text: string;
  /** How the line ends: `"\n"`, `"\r\n"`, or `""` for the last one. */
  readonly end: string;
}

export type MapLine = LineContent & Written;

/** A line that holds a parameter. */
export type ParameterMapLine = ParameterLine & Written;

export interface ParamMap {
  /** Whether the text began with a byte order mark. */
  readonly mark: boolean;
  /** Every line of the text, in its order. */
  readonly lines: readonly MapLine[];
}

const MARK = "\uFEFF";
const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9_]*)(?:\|([0-9]+|n))?\}/g;

/** Reads a whole param_map. Never throws: a line that is none keeps its place as `broken`, with the reason. */
export function parseParamMap(text: string): ParamMap {
  const mark = text.startsWith(MARK);
  const lines: MapLine[] = [];
  let start = mark ? MARK.length : 0;
  while (start < text.length) {
    const feed = text.indexOf("\n", start);
    const next = feed < 0 ? text.length : feed + 1;
    const crlf = feed > start && text.charCodeAt(feed - 1) === 13;
    const stop = feed < 0 ? next : crlf ? feed - 1 : feed;
    lines.push(placed(text.slice(start, stop), lines.length + 1, feed < 0 ? "" : crlf ? "\r\n" : "\n"));
    start = next;
  }
  return { mark, lines };
}

/** Reads one line without its end. */
export function readLine(text: string): LineContent {
  if (text.includes("\r")) return { kind: "broken", ...faultOf(text) };
  if (text.startsWith("#")) return { kind: "comment" };
  const colon = text.indexOf(":");
  const type = MAP_TYPES.get(text.slice(0, Math.max(colon, 0)));
  if (type !== undefined) {
    const end = nameEnd(text, colon + 1);
    const modifier = modifierAt(text, end);
    if (end > 0 && modifier !== undefined) {
      const value = text.slice(end + modifier.length);
      return { kind: "parameter", type, name: text.slice(colon + 1, end), modifier, value };
    }
  }
  return /^[ \t]*$/.test(text) ? { kind: "blank" } : { kind: "broken", ...faultOf(text) };
}

/** Cuts a value into text and placeholders. A placeholder all in upper case is a special value; braces that fit no placeholder are text. */
export function parseValue(value: string): readonly ValuePart[] {
  const parts: ValuePart[] = [];
  let end = 0;
  for (const match of value.matchAll(PLACEHOLDER)) {
    if (match.index > end) parts.push({ kind: "text", text: value.slice(end, match.index) });
    const name = match[1] ?? "";
    parts.push({ kind: /[a-z]/.test(name) ? "setting" : "special", name, index: match[2] });
    end = match.index + match[0].length;
  }
  if (end < value.length) parts.push({ kind: "text", text: value.slice(end) });
  return parts;
}

/** The text of a map, exactly as it was read. */
export function writeParamMap(map: ParamMap): string {
  return (map.mark ? MARK : "") + map.lines.map(({ text, end }) => text + end).join("");
}

/**
 * The text of a parameter's line.
 * @throws RangeError when it would read as something else: a name that is none, or a value with a line end in it
 */
export function lineText({ type, name, modifier, value }: Omit<ParameterLine, "kind">): string {
  const lineEnd = value.search(/[\r\n]/);
  if (lineEnd >= 0) {
    const what = value.charAt(lineEnd) === "\n" ? "line feed" : "carriage return";
    throw new RangeError(`a value of ${name} with a ${what} (character ${lineEnd + 1}) does not fit on one line of a param_map`);
  }
  const text = `${type}:${name}${modifier}${value}`;
  const read = readLine(text);
  if (read.kind === "broken") throw new RangeError(`'${name}' cannot stand in a param_map: ${read.reason}`);
  if (read.kind !== "parameter" || read.name !== name || read.modifier !== modifier)
    throw new RangeError(`'${text}' would not read as ${name}`);
  return text;
}

/** The line with another value: no other part of its text changes. @throws RangeError when the value has a line end in it */
export const withValue = (line: ParameterMapLine, value: string): ParameterMapLine => changed(line, { value });

/** The line with another modifier: no other part of its text changes. */
export const withModifier = (line: ParameterMapLine, modifier: Modifier): ParameterMapLine => changed(line, { modifier });

/**
 * Every parameter line put through `edit`; all other lines and all line ends stay octet for octet. Where a changed line stands and
 * how it ends is kept from the line before.
 * @throws RangeError when an edited line does not read as what it says it holds
 */
export function editLines(map: ParamMap, edit: (line: ParameterMapLine) => ParameterMapLine): ParamMap {
  const lines = map.lines.map((line) => {
    if (line.kind !== "parameter") return line;
    const edited = edit(line);
    return edited === line ? line : { ...edited, text: lineText(edited), number: line.number, end: line.end };
  });
  return { mark: map.mark, lines };
}

/**
 * The map with `texts` as lines at its end, with line ends as the map's first line has.
 * @throws RangeError when one of them has a line end in it
 */
export function addLines(map: ParamMap, texts: readonly string[]): ParamMap {
  const broken = texts.find((text) => /[\r\n]/.test(text));
  if (broken !== undefined) throw new RangeError(`${JSON.stringify(broken)} is more than one line`);
  if (texts.length === 0) return map;
  const end = map.lines[0]?.end === "\r\n" ? "\r\n" : "\n";
  const last = map.lines.at(-1);
  const before = writeParamMap(map);
  return parseParamMap(`${before}${last?.end === "" ? end : ""}${texts.map((text) => text + end).join("")}`);
}

/** The lines that count, by name in the order of the file: of several with one name the last one, in the place of the first. */
export function effectiveLines(map: ParamMap): ReadonlyMap<string, ParameterMapLine> {
  const lines = new Map<string, ParameterMapLine>();
  for (const line of map.lines) if (line.kind === "parameter") lines.set(line.name, line);
  return lines;
}

/** The two or one characters at `index`, when they are a modifier. */
function modifierAt(text: string, index: number): Modifier | undefined {
  switch (text.charCodeAt(index)) {
    case 61:
      return "=";
    case 33:
      return text.charCodeAt(index + 1) === 61 ? "!=" : undefined;
    case 38:
      return text.charCodeAt(index + 1) === 61 ? "&=" : undefined;
    case 36:
      return text.charCodeAt(index + 1) === 61 ? "$=" : undefined;
    case 42:
      return text.charCodeAt(index + 1) === 61 ? "*=" : undefined;
    default:
      return undefined;
  }
}

/** A line at its place. Written out for the parameter, of which a map may have a hundred thousand. */
function placed(text: string, number: number, end: string): MapLine {
  const content = readLine(text);
  if (content.kind !== "parameter") return { ...content, number, text, end };
  const { kind, type, name, modifier, value } = content;
  return { kind, type, name, modifier, value, number, text, end };
}

function changed(line: ParameterMapLine, change: Partial<Omit<ParameterLine, "kind">>): ParameterMapLine {
  const edited = { ...line, ...change };
  return { ...edited, text: lineText(edited) };
}
