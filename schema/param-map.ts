/**
 * The param_map of a Snom phone: a text file with one parameter of the data model on each line, `type:name` modifier `value`. What
 * the vendor's guide leaves open is decided here: names have no blanks, a comment starts in the first column, the first `:` ends the
 * type and the first `=` after it ends the modifier, and everything up to the end of the line is value.
 */
export type MapType = "string" | "int" | "unsignedInt" | "boolean" | "dateTime";

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
  | { readonly kind: "broken"; readonly reason: string };

export type MapLine = LineContent & {
  /** Counted from 1. */
  readonly number: number;
  /** The line without its end. */
  readonly text: string;
  /** How the line ends: `"\n"`, `"\r\n"`, or `""` for the last one. */
  readonly end: string;
};

export interface ParamMap {
  /** Whether the text began with a byte order mark. */
  readonly mark: boolean;
  /** Every line of the text, in its order. */
  readonly lines: readonly MapLine[];
}

const TYPES: ReadonlySet<string> = new Set(["string", "int", "unsignedInt", "boolean", "dateTime"]);
const NAME = /^Device(?:\.(?:[A-Za-z_][A-Za-z0-9_-]*|[1-9][0-9]*))+$/;
const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9_]*)(?:\|([0-9]+|n))?\}/g;

/** Reads a whole param_map. Never throws: a line that is none keeps its place as `broken`, with the reason. */
export function parseParamMap(text: string): ParamMap {
  const mark = text.startsWith("\uFEFF");
  const lines: MapLine[] = [];
  for (const [, content = "", end = ""] of (mark ? text.slice(1) : text).matchAll(/([^\n]*?)(\r?\n|$)/g)) {
    if (content === "" && end === "") break;
    lines.push({ ...readLine(content), number: lines.length + 1, text: content, end });
  }
  return { mark, lines };
}

/** Reads one line without its end. */
export function readLine(text: string): LineContent {
  if (text.startsWith("#")) return { kind: "comment" };
  if (text.trim() === "") return { kind: "blank" };
  const colon = text.indexOf(":");
  if (colon < 0) return broken("no ':' after a type");
  const type = text.slice(0, colon);
  if (!isMapType(type)) return broken(`'${type}' is no type; the types are ${[...TYPES].join(", ")}`);
  const equals = text.indexOf("=", colon);
  if (equals < 0) return broken("no modifier ending in '=' after the name");
  const marked = /[!&$*]/.test(text.charAt(equals - 1));
  const name = text.slice(colon + 1, marked ? equals - 1 : equals);
  if (!NAME.test(name)) return broken(`'${name}' is no full name of a parameter under Device.`);
  const modifier = text.slice(marked ? equals - 1 : equals, equals + 1) as Modifier;
  return { kind: "parameter", type, name, modifier, value: text.slice(equals + 1) };
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
  return (map.mark ? "\uFEFF" : "") + map.lines.map(({ text, end }) => text + end).join("");
}

const isMapType = (type: string): type is MapType => TYPES.has(type);

const broken = (reason: string): LineContent => ({ kind: "broken", reason });
