import { type MapLine, type Modifier, type ParameterMapLine, parseValue } from "../../schema/param-map.ts";
import { isSecret } from "./default-settings.ts";

/**
 * What becomes of a value that the ACS writes to a line that holds its value itself: it is kept as the text that it is, or refused;
 * `raw` puts it into the file as it is, to be read from there.
 */
export type Written = "text" | "raw" | "refused";

/** How the phone reads its param_map, what it writes into it, and what becomes of it. */
export const mapSeams = {
  /** What of a map's text the phone reads: all of it. */
  fileText(text: string): string {
    return text;
  },
  /** What the phone takes of a map in which a line is none: undefined, not even the others. */
  goodLines(_lines: readonly MapLine[]): readonly MapLine[] | undefined {
    return undefined;
  },
  /** Whether a map may be without a parameter. */
  takesEmptyMap(): boolean {
    return false;
  },
  /** What is left of values or attributes by parameter name once a file was refused that was to be the map: all. */
  keptAtRefusal<T>(byName: Readonly<Record<string, T>>): Record<string, T> {
    return { ...byName };
  },
  /** Settings after another map was taken: as they were. */
  settingsAtLoad(settings: Readonly<Record<string, string>>): Record<string, string> {
    return { ...settings };
  },
  /** Of several lines with one name the one that counts: the last. */
  lineThatCounts(lines: readonly ParameterMapLine[]): ParameterMapLine | undefined {
    return lines.at(-1);
  },
  /** Type of a line's parameter: what the line says, also where the standard data model says otherwise. */
  lineType({ type }: ParameterMapLine): ParameterMapLine["type"] {
    return type;
  },
  /** Modifier of a line. */
  lineModifier({ modifier }: ParameterMapLine): Modifier {
    return modifier;
  },
  /** Value of a line: all up to its end, blanks and what looks like a comment included. */
  lineValue({ value }: ParameterMapLine): string {
    return value;
  },
  /** Index of a setting in a parameter's line; `n` is the last instance number in its name. */
  settingIndex(index: string, name: string): string {
    return index === "n"
      ? (name
          .match(/\.\d+(?=\.)/g)
          ?.at(-1)
          ?.slice(1) ?? "")
      : index;
  },
  /** One that would break its line, or read as a placeholder there, is refused. */
  writtenInLine(text: string): Written {
    return /[\r\n]/.test(text) || parseValue(text).some(({ kind }) => kind !== "text") ? "refused" : "text";
  },
  /** Value of a line that says `inLine` after `written` was written to it. */
  writtenValue(_inLine: string, written: string): string {
    return written;
  },
  /** Whether a value written to a line that names a setting goes to the setting. */
  writesThrough(_setting: string): boolean {
    return true;
  },
  /** What a setting shows that the phone does not have. */
  unknownSetting(_name: string): string {
    return "";
  },
  /** Whether the text of a setting is read for placeholders as a line is. */
  readsAgain(_text: string): boolean {
    return false;
  },
  /** A special value as a parameter shows it; one that the phone does not know has no `text`, and shows as empty. */
  shownSpecial(_name: string, text: string | undefined): string {
    return text ?? "";
  },
  /** A value of several pieces, texts and what stands for placeholders. */
  joined(pieces: readonly string[]): string {
    return pieces.join("");
  },
  /** Whether a setting is hidden wherever a line shows it. */
  hidesSetting(name: string): boolean {
    return isSecret(name);
  },
  /** A line with a written value; its rest stays as it is. */
  lineWith({ type, name, modifier }: ParameterMapLine, value: string): string {
    return `${type}:${name}${modifier}${value}`;
  },
  /** A line's modifier after its notification was set. That of a read-only one says nothing of notification, and stays. */
  modifierAfter(modifier: Modifier, notification: number): Modifier {
    if (modifier === "!=" || modifier === "&=") return modifier;
    return notification === 2 ? "*=" : notification === 1 ? "=" : "$=";
  },
  /** The lines that the phone shows, of those that it has; `edited` tells which of them are not as they were loaded. */
  shownLines(lines: readonly MapLine[], _edited: (line: MapLine) => boolean): readonly MapLine[] {
    return lines;
  },
  /** The map as it is kept after it was loaded, as text: octet for octet. */
  loadedMap(text: string, _before: string): string {
    return text;
  },
  /**
   * What another map leaves of values or attributes by parameter name: those in tables, which are in no map. `inBoth` tells which
   * parameters have a line in the map before as well as in the new one.
   */
  keptAtLoad<T>(
    byName: Readonly<Record<string, T>>,
    inTable: (name: string) => boolean,
    _inBoth: (name: string) => boolean,
  ): Record<string, T> {
    return Object.fromEntries(Object.entries(byName).filter(([name]) => inTable(name)));
  },
  /** The map after a start of the phone; `before` is what it was at the start before. */
  mapAfterBoot(map: string, _before: string): string {
    return map;
  },
};
