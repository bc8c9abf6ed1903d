import { isUtf8 } from "node:buffer";
import { parseXml } from "../wire/parse.ts";
import type { XmlElement } from "../wire/xml.ts";

/** A Snom phone's settings by name; the index of an indexed one stands behind its name, as in the web interface: `user_name1`. */
export type Settings = ReadonlyMap<string, string>;

/** The settings that lead a phone to its ACS. */
export const MANAGEMENT = [
  "tr69_acs_url",
  "tr69_acs_user",
  "tr69_acs_passwd",
  "tr69_use_acs",
  "tr69_bootstrap",
  "tr69_cnr_user",
  "tr69_cnr_pass",
] as const;

const FACTORY: Readonly<Record<string, string>> = { tr69_use_acs: "off", tr69_bootstrap: "on", tr369_enable2: "false" };

/** Factory value of a setting that the phone does not list, where it is known; most are empty. */
export const factoryValue = (name: string): string => FACTORY[name] ?? "";

const ITS_OWN =
  /^(?:tr69_(?:events|params|download_status)|download_status|firmware_version|uboot_version|phone_type|mac|ip_adr)$/;

/** Octets of a query that any phone takes. */
const LONGEST_QUERY = 1500;

/** Reads settings.xml, which older firmware writes in Latin-1 without saying so; undefined when it is none. */
export function parseSettings(octets: Buffer): Settings | undefined {
  const tells = /^<\?xml\b[^>]*\bencoding\s*=\s*["'](?!utf-8)/i.test(octets.toString("latin1", 0, 200));
  const { root } = parseXml(tells || isUtf8(octets) ? octets : Buffer.from(octets.toString("latin1"), "utf8"));
  const list = root?.local === "phone-settings" ? root : root?.children.find(({ local }) => local === "phone-settings");
  if (list === undefined) return undefined;
  const index = (setting: XmlElement): string => setting.attributes.find(({ local }) => local === "idx")?.value ?? "";
  return new Map(list.children.map((setting) => [`${setting.local}${index(setting)}`, setting.text]));
}

/** Passwords among the settings. */
export function secretsIn(settings: Settings): readonly string[] {
  return [...settings]
    .filter(([name, value]) => value !== "" && isPassword(name) && !isMasked(name, value))
    .map(([, value]) => value);
}

/** The target that saves settings; `store` for good, where the phone makes a difference. */
export function saveTarget(settings: Readonly<Record<string, string>>, store = true): string {
  const pairs = Object.entries(settings).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return `/dummy.htm?${["settings=save", ...pairs, ...(store ? ["store_settings=save"] : [])].join("&")}`;
}

/** What a run has left different in a phone's settings, and how it is put back. */
export interface Restoration {
  /** Settings to be saved, in lots that fit in a request each; those that lead to the ACS are the last lot. */
  readonly lots: readonly Readonly<Record<string, string>>[];
  /** Settings that cannot be put back, because the phone does not show them. */
  readonly lost: readonly string[];
}

/**
 * @param before as the phone was found
 * @param after as it is now
 * @param changed settings that the run has changed; undefined for all, as after a factory reset
 */
export function restoration(before: Settings, after: Settings, changed: ReadonlySet<string> | undefined): Restoration {
  const lost: string[] = [];
  const others: [string, string][] = [];
  for (const [name, value] of before) {
    if (MANAGEMENT.some((one) => one === name) || ITS_OWN.test(name) || after.get(name) === value) continue;
    if (changed?.has(name) === false) continue;
    if (isMasked(name, value)) lost.push(name);
    else others.push([name, value]);
  }
  // A phone may list a setting only once it has been set.
  for (const name of changed ?? [])
    if (!before.has(name) && factoryValue(name) !== "" && !MANAGEMENT.some((one) => one === name))
      others.push([name, factoryValue(name)]);
  const management: Record<string, string> = {};
  for (const name of MANAGEMENT) {
    const value = before.get(name) ?? factoryValue(name);
    management[name] = isMasked(name, value) ? "" : value;
    // A password that reads back empty is hidden when there is a name for it to go with.
    const user = { tr69_acs_passwd: "tr69_acs_user", tr69_cnr_pass: "tr69_cnr_user" }[name as string];
    if (user !== undefined && management[name] === "" && (before.get(user) ?? "") !== "") lost.push(name);
  }
  return { lots: [...lotsOf(others), { ...management, tr69_events: "" }], lost };
}

/** Settings that the phone itself writes, and what it is: never put back. */
export const isItsOwn = (name: string): boolean => ITS_OWN.test(name);

/** Whether a setting may hold another value than the one that the phone shows. */
export const isHidden = (name: string, value: string): boolean => isPassword(name) && /^\**$/.test(value);

export const isPassword = (name: string): boolean => /pass(?:wd|word|phrase)?\d*$/.test(name);

/** Whether asterisks stand in place of a setting's value. */
export const isMasked = (name: string, value: string): boolean => isPassword(name) && /^\*+$/.test(value);

/** Settings in lots that fit in a request each. */
export function lotsOf(settings: readonly (readonly [string, string])[]): Record<string, string>[] {
  const lots: Record<string, string>[] = [];
  let room = 0;
  for (const [name, value] of settings) {
    const size = saveTarget({ [name]: value }).length;
    if (size > room) {
      lots.push({});
      room = LONGEST_QUERY;
    }
    room -= size;
    Object.assign(lots.at(-1) ?? {}, { [name]: value });
  }
  return lots;
}
