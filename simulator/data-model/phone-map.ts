import {
  type MapLine,
  type MapType,
  type Modifier,
  type ParameterMapLine,
  type ParamMap,
  parseParamMap,
  parseValue,
  type ValuePart,
  withModifier,
  writeParamMap,
} from "../../schema/param-map.ts";
import type { Attributes } from "../state.ts";
import { DEFAULT_SETTINGS } from "./default-settings.ts";
import type { LineSource } from "./nodes.ts";
import type { ModelSeams } from "./seams.ts";
import { isInTable } from "./tables.ts";

/** What the map says of a parameter. */
export interface Definition {
  readonly name: string;
  readonly type: MapType;
  readonly modifier: Modifier;
  readonly source: LineSource;
}

/** A map that was read, and its lines by parameter. */
interface ReadMap {
  readonly map: ParamMap;
  readonly lines: ReadonlyMap<string, readonly ParameterMapLine[]>;
}

/** The largest file that the phone takes, and the longest line in it, in octets. */
const LARGEST_FILE = 524_288;
const LONGEST_LINE = 8192;

/** The longest name that CWMP can call a parameter by (TR-069 A.3.2.2). */
const LONGEST_NAME = 256;

/** The map that was read last: phones come and go with the same one. */
let last: ReadMap & { readonly text: string } = { text: "", map: parseParamMap(""), lines: new Map() };

function read(text: string): ReadMap {
  if (last.text === text) return last;
  const map = parseParamMap(text);
  last = { text, map, lines: byName(map.lines) };
  return last;
}

function byName(all: readonly MapLine[]): ReadonlyMap<string, readonly ParameterMapLine[]> {
  const lines = new Map<string, ParameterMapLine[]>();
  for (const line of all) {
    if (line.kind !== "parameter") continue;
    const others = lines.get(line.name);
    if (others === undefined) lines.set(line.name, [line]);
    else others.push(line);
  }
  return lines;
}

/** Text of a map that came as a file, or the reason why it is none. */
export function readMapFile(content: Buffer, seams: ModelSeams): { readonly text: string } | { readonly reason: string } {
  if (content.length > LARGEST_FILE) return { reason: `it is longer than ${LARGEST_FILE} octets` };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return { reason: "it is not in UTF-8" };
  }
  const { map, lines } = read(text);
  const broken = map.lines.find((line) => line.kind === "broken");
  if (broken !== undefined && seams.goodLines(map.lines) === undefined)
    return { reason: `line ${broken.number}: ${broken.reason}` };
  for (const line of map.lines) {
    if (Buffer.byteLength(line.text) > LONGEST_LINE)
      return { reason: `line ${line.number}: it is longer than ${LONGEST_LINE} octets` };
    if (line.kind === "parameter" && line.name.length > LONGEST_NAME)
      return { reason: `line ${line.number}: its name is longer than ${LONGEST_NAME} characters` };
  }
  return broken === undefined && lines.size === 0 && !seams.takesEmptyMap()
    ? { reason: "no line of it is a parameter" }
    : { text };
}

/** Names of the parameters that have a line in a map. */
export const namesIn = (text: string): ReadonlySet<string> => new Set(read(text).lines.keys());

/** Whether a written value leaves its line short enough for the file to be read again. */
export function fitsLine(text: string, name: string, value: string): boolean {
  const [line] = read(text).lines.get(name) ?? [];
  return line === undefined || Buffer.byteLength(`${line.type}:${name}!=${value}`) <= LONGEST_LINE;
}

/** What the map says of every parameter, in the order of the file. What belongs to a table is in no map. */
export function readDefinitions(text: string, seams: ModelSeams): readonly Definition[] {
  const { map, lines: all } = read(seams.fileText(text));
  const good = map.lines.some(({ kind }) => kind === "broken") ? byName(seams.goodLines(map.lines) ?? map.lines) : all;
  return [...good].flatMap(([name, lines]) => {
    const line = isInTable(name) ? undefined : counting(lines, seams);
    if (line === undefined) return [];
    const source = readSource(seams.lineValue(line), name, seams);
    return [{ name, type: seams.lineType(line), modifier: seams.lineModifier(line), source }];
  });
}

/** The value of a line. */
export function readSource(value: string, name: string, seams: ModelSeams): LineSource {
  const [first = { kind: "static", text: "" } as const, ...others] = parseValue(value).map((part) => sourceOf(part, name, seams));
  return others.length === 0 ? first : { kind: "mixed", pieces: [first, ...others] };
}

/** The file as it now is: what was written into a line stands in it, and a notification that was set is its modifier. */
export function writtenMap(
  text: string,
  values: Readonly<Record<string, string>>,
  attributes: Readonly<Record<string, Attributes>>,
  seams: ModelSeams,
): string {
  const { map, lines } = read(text);
  const edited = new Map<number, string>();
  for (const name of new Set([...Object.keys(values), ...Object.keys(attributes)])) {
    const line = isInTable(name) ? undefined : counting(lines.get(name) ?? [], seams);
    if (line === undefined) continue;
    const notification = attributes[name]?.notification;
    const modifier = notification === undefined ? line.modifier : seams.modifierAfter(line.modifier, notification);
    const changed = modifier === line.modifier ? line : withModifier(line, modifier);
    const value = values[name];
    const written = value === undefined ? changed.text : seams.lineWith(changed, value);
    if (written !== line.text) edited.set(line.number, written);
  }
  const now = map.lines.map((line) => ({ ...line, text: edited.get(line.number) ?? line.text }));
  return writeParamMap({ mark: map.mark, lines: seams.shownLines(now, ({ number }) => edited.has(number)) });
}

function counting(lines: readonly ParameterMapLine[], seams: ModelSeams): ParameterMapLine | undefined {
  return lines.length > 1 ? seams.lineThatCounts(lines) : lines[0];
}

function sourceOf(part: ValuePart, name: string, seams: ModelSeams): LineSource {
  if (part.kind === "text") return { kind: "static", text: part.text };
  const index = part.index === undefined ? "" : seams.settingIndex(part.index, name);
  if (part.kind === "special") return { kind: "special", name: part.name, index };
  return { kind: "setting", key: settingKey(part.name, index) };
}

/** A setting's name with its index; one that is named without its index is the first of its kind. */
function settingKey(name: string, index: string): string {
  if (index !== "" || Object.hasOwn(DEFAULT_SETTINGS, name)) return name + index;
  return ["1", "0"].map((first) => name + first).find((key) => Object.hasOwn(DEFAULT_SETTINGS, key)) ?? name;
}
