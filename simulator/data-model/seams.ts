import type { MapType, Modifier } from "../../schema/param-map.ts";
import type { Author } from "../setting-entry.ts";
import type { Attributes, Change, TableState } from "../state.ts";
import { IDENTITY_SETTINGS, isOn } from "./default-settings.ts";
import { INTERNAL_SETTINGS } from "./internal-settings.ts";
import { mapSeams } from "./map-seams.ts";
import type { ParameterNode } from "./nodes.ts";
import { CONNECTION_REQUEST_URL_NAME, GATEWAY_INFO_NAMES, type Limits } from "./standard.ts";
import type { Column, TableShape } from "./tables.ts";
import { isFixedUspSetting, uspSeams } from "./usp-settings.ts";

/** Everybody who may write by default (TR-069 A.3.2.4). */
const FULL_ACCESS: readonly string[] = ["Subscriber"];

const DATE_TIME = /^\d{4}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** How a truth value can be spelled, in settings and in lines of the map. */
const SPELLINGS: readonly (readonly [string, string])[] = [
  ["true", "false"],
  ["on", "off"],
  ["1", "0"],
  ["yes", "no"],
];

/**
 * What a map line's value is made of, as far as writing is concerned. A fixed setting is one that the ACS may not change, an unknown
 * one is none of the phone's.
 */
export type ValueShape = "static" | "setting" | "fixed setting" | "unknown setting" | "writable special" | "special" | "mixed";

/** Settings that say what the phone is. */
const IDENTITY: ReadonlySet<string> = new Set(IDENTITY_SETTINGS);

/** A parameter, and how the ACS wants to be told of its changes. */
export interface Notified {
  readonly name: string;
  readonly notification: number;
}

/** What the data model holds to be true of names, values, attributes and instances. */
export const modelSeams = {
  ...mapSeams,
  ...uspSeams,
  /** The parameter meant by a name that none has: none, for names are case sensitive (TR-106 3.1). */
  findParameter<T>(_parameters: ReadonlyMap<string, T>, _name: string): T | undefined {
    return undefined;
  },
  /** The object meant by a path that none has, which ends with a dot: none. */
  findObject<T>(_objects: ReadonlyMap<string, T>, _path: string): T | undefined {
    return undefined;
  },
  /** Whether a parameter of the map exists for an ACS. */
  isSupported(modifier: Modifier): boolean {
    return modifier !== "&=";
  },
  /** Whether the ACS can write it. The text around placeholders cannot be taken back from a value. */
  isWritable(modifier: Modifier, shape: ValueShape): boolean {
    return modifier !== "!=" && (shape === "static" || shape === "setting" || shape === "writable special");
  },
  /** Notification before an ACS has set it. That of GatewayInfo is active by default (TR-111 1.2.2). */
  defaultNotification(modifier: Modifier, name: string): number {
    if (name === CONNECTION_REQUEST_URL_NAME || GATEWAY_INFO_NAMES.includes(name) || modifier === "*=") return 2;
    return modifier === "=" ? 1 : 0;
  },
  /** Who may write before an ACS has said so. */
  defaultAccessList(_modifier: Modifier): readonly string[] {
    return FULL_ACCESS;
  },
  /** Lexical form of a boolean (TR-069 A.2.1): all four spellings. */
  isBoolean(text: string): boolean {
    return /^(0|1|true|false)$/.test(text);
  },
  /** Lexical form and range of an unsignedInt. */
  isUnsignedInt(text: string): boolean {
    return /^\d+$/.test(text) && Number(text) <= 4_294_967_295;
  },
  /** Lexical form and range of an int. */
  isInt(text: string): boolean {
    return /^[+-]?\d+$/.test(text) && Number(text) >= -2_147_483_648 && Number(text) <= 2_147_483_647;
  },
  /** ISO 8601 as XML Schema has it, with or without fractions of a second and a zone. */
  isDateTime(text: string): boolean {
    const parts = DATE_TIME.exec(text)?.slice(1, 6).map(Number);
    if (parts === undefined) return false;
    const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
    const days = new Date(Date.UTC(Number(text.slice(0, 4)) + 2000, month, 0)).getUTCDate();
    return month >= 1 && month <= 12 && day >= 1 && day <= days && hour <= 23 && minute <= 59 && second <= 59;
  },
  /** Whether the type that the ACS wrote is the parameter's; one that it left out is taken for right. */
  isTypeOf(type: MapType, written: string | undefined): boolean {
    return written === undefined || written === type;
  },
  /** Whether a number is one that the data model allows. */
  isInRange(value: number, limits: Limits): boolean {
    return value >= (limits.min ?? value) && value <= (limits.max ?? value);
  },
  /** Whether a string is short enough, in characters, not octets. */
  isShortEnough(text: string, limits: Limits): boolean {
    return limits.length === undefined || [...text].length <= limits.length;
  },
  /** Whether a string is one of those that the data model lists. */
  isListed(text: string, limits: Limits): boolean {
    return limits.values === undefined || limits.values.includes(text);
  },
  /** Whether a parameter that holds a URL can hold this one. */
  isUrl(text: string, limits: Limits): boolean {
    if (limits.schemes === undefined || text === "") return true;
    return URL.canParse(text) && limits.schemes.includes(new URL(text).protocol);
  },
  /** How a string is kept: as it came. */
  storedString(text: string): string {
    return text;
  },
  /** How a number is kept: without needless signs and zeros. */
  storedNumber(text: string): string {
    return String(Number(text));
  },
  /** How a boolean is kept: in the spelling that was there before. */
  storedBoolean(text: string, before: string): string {
    const [yes, no] = SPELLINGS.find((pair) => pair.includes(before)) ?? ["on", "off"];
    return text === "1" || text === "true" ? yes : no;
  },
  /** How a dateTime is kept: as it came. */
  storedDateTime(text: string): string {
    return text;
  },
  /** A setting's text as a boolean of CWMP. */
  shownBoolean(text: string): string {
    return isOn(text) ? "true" : "false";
  },
  /** A setting's text as a number of CWMP; 0 for what is none of this type. */
  shownNumber(text: string, type: "int" | "unsignedInt"): string {
    const isNumber = type === "int" ? modelSeams.isInt(text) : modelSeams.isUnsignedInt(text);
    return isNumber ? String(Number(text)) : "0";
  },
  /** A setting's text as a dateTime of CWMP; what is none is the Unknown Time (TR-069 A.2.1). */
  shownDateTime(text: string): string {
    return modelSeams.isDateTime(text) ? text : "0001-01-01T00:00:00Z";
  },
  /** A setting's text as a string of CWMP: as it is. */
  shownString(text: string): string {
    return text;
  },
  /** What the ACS reads of a parameter that the data model hides: nothing. */
  shownHidden(_value: string): string {
    return "";
  },
  /** Value of a table's counter. */
  numberOfEntries(instances: readonly number[]): number {
    return instances.length;
  },
  /** Number of a new instance: never one that was used before (TR-069 A.3.2.6). */
  nextInstance(table: TableState): number {
    return table.highest + 1;
  },
  /** Whether the table at `path` takes no more instances. */
  isFull(instances: readonly number[], max: number, _path: string): boolean {
    return instances.length >= max;
  },
  /** Tables inside an instance: all that its kind has. */
  tablesInside(shape: TableShape): readonly TableShape[] {
    return shape.tables;
  },
  /** What a parameter of a new instance holds; `values` are all that were written, by name. */
  initialValue(column: Column, _name: string, _values: Readonly<Record<string, string>>): string {
    return column.initial;
  },
  /** Attributes of a parameter in a new instance (TR-069 A.3.2.6); `set` are those that an ACS has set, of other parameters. */
  newAttributes(_name: string, _set: Readonly<Record<string, Attributes>>): Attributes {
    return { notification: 0, accessList: FULL_ACCESS };
  },
  /** Instance numbers after one was deleted; the others stay what they are (TR-069 A.3.2.7). */
  instancesWithout(instances: readonly number[], deleted: number): number[] {
    return instances.filter((number) => number !== deleted);
  },
  /** Values or attributes by parameter name, after the instance at `path` was deleted with all that belonged to it. */
  withoutBranch<T>(byName: Readonly<Record<string, T>>, path: string): Record<string, T> {
    return Object.fromEntries(Object.entries(byName).filter(([name]) => !name.startsWith(path)));
  },
  /** Tables inside the deleted instance go with it. */
  tablesWithout(tables: Readonly<Record<string, TableState>>, path: string): Record<string, TableState> {
    return Object.fromEntries(Object.entries(tables).filter(([table]) => !table.startsWith(path)));
  },
  /**
   * Whether a setting can be given this value, and by whom. Nobody changes what the phone is, nor the vendor's own controller. What
   * the CWMP stack keeps for itself can be emptied as the vendor's guide says, and not be changed.
   */
  settingMayChange(name: string, value: string, by: Author): boolean {
    if (INTERNAL_SETTINGS.has(name)) return name === "tr69_events" && value === "" && by !== "acs";
    return !IDENTITY.has(name) && !isFixedUspSetting(name);
  },
  /** Whether the phone's own user may write a parameter (TR-069 A.3.2.4, AccessList). */
  userMayWrite(accessList: readonly string[]): boolean {
    return accessList.includes("Subscriber");
  },
  /** Whether a setting that was saved is another one than before. */
  isChange(_name: string, before: string | undefined, after: string): boolean {
    return before !== after;
  },
  /** Parameters that a change of a setting is reported of: all that show it. */
  reportedOf(setting: string, parametersOf: (setting: string) => readonly string[]): readonly string[] {
    return parametersOf(setting);
  },
  /** Whether a change by other hands than the ACS's is to be reported at all. */
  isReported(notification: number, _parameter: Pick<ParameterNode, "name" | "modifier" | "source">): boolean {
    return notification > 0;
  },
  /** Whether a change by other hands than the ACS's is reported at once, in a session of its own. */
  isReportedAtOnce(notification: number): boolean {
    return notification === 2;
  },
  /** The changes to report after one more: each parameter once. */
  changesWith(changes: readonly Change[], change: Change): Change[] {
    return [...changes.filter(({ name }) => name !== change.name), change];
  },
  /** Changes that are due to the ACS itself and are reported all the same: none (TR-069 A.3.2.4). */
  changesByAcs(_written: readonly Notified[]): readonly string[] {
    return [];
  },
  /** What is reported as changed because an object goes with its parameters: nothing (TR-069 A.3.2.4). */
  changesByDeletion(_path: string, _gone: readonly Notified[]): readonly string[] {
    return [];
  },
  /** What a start of the phone leaves of written values; `before` is what they were at the start before. */
  valuesAfterBoot(values: Readonly<Record<string, string>>, _before: Readonly<Record<string, string>>): Record<string, string> {
    return { ...values };
  },
  /** The same of settings. */
  settingsAfterBoot(
    settings: Readonly<Record<string, string>>,
    _before: Readonly<Record<string, string>>,
  ): Record<string, string> {
    return { ...settings };
  },
  /** The same of attributes (TR-069 A.3.2.4). */
  attributesAfterBoot(
    attributes: Readonly<Record<string, Attributes>>,
    _before: Readonly<Record<string, Attributes>>,
  ): Record<string, Attributes> {
    return { ...attributes };
  },
  /** The same of instances (TR-069 A.3.2.6). */
  tablesAfterBoot(
    tables: Readonly<Record<string, TableState>>,
    _before: Readonly<Record<string, TableState>>,
  ): Record<string, TableState> {
    return { ...tables };
  },
  /** What a factory reset leaves of settings: identity only (TR-069 A.4.1.6). */
  settingsAfterReset(
    _settings: Readonly<Record<string, string>>,
    factory: Readonly<Record<string, string>>,
    identity: Readonly<Record<string, string>>,
  ): Record<string, string> {
    return { ...factory, ...identity };
  },
  /** What a factory reset leaves of written values: nothing. */
  valuesAfterReset(_values: Readonly<Record<string, string>>): Record<string, string> {
    return {};
  },
  /** What a factory reset leaves of attributes: nothing. */
  attributesAfterReset(_attributes: Readonly<Record<string, Attributes>>): Record<string, Attributes> {
    return {};
  },
  /** What a factory reset leaves of instances: nothing. */
  tablesAfterReset(_tables: Readonly<Record<string, TableState>>): Record<string, TableState> {
    return {};
  },
  /** The param_map after a factory reset: the delivered one. */
  paramMapAfterReset(_map: string, delivered: string): string {
    return delivered;
  },
  /** ParameterKey after a factory reset: empty. */
  parameterKeyAfterReset(_key: string): string {
    return "";
  },
};

export type ModelSeams = typeof modelSeams;
