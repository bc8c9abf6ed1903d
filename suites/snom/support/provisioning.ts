import { escapeXml } from "../../../harness/acs/messages.ts";
import type { Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds, type Located, same } from "../../../harness/core/finding.ts";
import type { Folder } from "../../../harness/files/server.ts";
import type { Settings } from "../../../harness/phone/snom-settings.ts";
import type { Exchange } from "../../../harness/trace/exchange.ts";
import { comes } from "../../support/contacts.ts";

/** A setting with its permission flag: the user may change it, and the next provisioning overwrites it. */
export const FREE = "RW";

/** One setting of a settings file. A name with `idx` is written `user_realname idx="1"`. */
export function entry(name: string, value: string, permission = FREE): string {
  const [base = name] = name.split(" ");
  return `<${name} perm="${escapeXml(permission)}">${escapeXml(value)}</${base}>`;
}

export const entries = (settings: Readonly<Record<string, string>>, permission = FREE): readonly string[] =>
  Object.entries(settings).map(([name, value]) => entry(name, value, permission));

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/** A settings file with these settings, its root being `settings`, and with further parts of such a file. */
export const settingsFile = (settings: readonly string[], ...parts: readonly string[]): string =>
  [DECLARATION, "<settings>", `<phone-settings e="2">`, ...settings, "</phone-settings>", ...parts, "</settings>", ""].join("\n");

/** A file that lists other files; `others` are further elements, such as `<param-map url="…"/>`. */
export const container = (urls: readonly string[], ...others: readonly string[]): string =>
  [
    DECLARATION,
    "<setting-files>",
    ...urls.map((url) => `<file url="${escapeXml(url)}"/>`),
    ...others,
    "</setting-files>",
    "",
  ].join("\n");

/** The phone's MAC address as 12 upper-case digits. @throws Inconclusive `precondition` when nothing tells it */
export function macOf(settings: Settings, { phone }: CwmpBench): string {
  const found = [settings.get("mac"), phone.identity.serialNumber]
    .map((text = "") => text.replace(/[:-]/g, "").toUpperCase())
    .find((text) => /^[0-9A-F]{12}$/.test(text));
  if (found === undefined) throw new Inconclusive("precondition", "neither settings nor serial number tell the MAC address");
  return found;
}

/** What the phone was seen to do once it was started with a provisioning server. */
export interface Provisioned {
  /** Its first Inform, whose session is over; absent when it did not come to the ACS. */
  readonly inform: Exchange | undefined;
  /** All settings after that. */
  readonly settings: Settings;
}

/** A provisioning server of a case's own. */
export interface Provisioning {
  readonly folder: Folder;
  /** All settings before the case. */
  readonly before: Settings;
  /** The settings that lead the phone to the ACS, written for a settings file. */
  readonly acs: readonly string[];
  /**
   * Starts the phone anew, to fetch `name` from the folder, and waits until it has come to the ACS: what it fetched is in force
   * then. The name is put at the end of the folder's URL as it stands.
   * @throws Inconclusive when its web interface does not answer afterwards
   */
  start(name: string): Promise<Provisioned>;
  /** Starts the phone anew without a provisioning server of its own, so that it looks for one by DHCP, and waits likewise. */
  startByDhcp(): Promise<Provisioned>;
  /** Starts the phone anew as it is, its provisioning server being the one from before, and waits likewise. */
  startAgain(): Promise<Provisioned>;
}

export interface ProvisioningOptions {
  /** Settings, without index, to which the case gives another permission than `FREE`: they are given that again. */
  readonly flagged?: readonly string[];
}

/**
 * Offers the phone a provisioning server and hands it to `work`. The bench gives settings their values from before after each case;
 * what only provisioning can give back is given back here, also when `work` failed.
 */
export async function provisioning<Evidence>(
  bench: CwmpBench,
  work: (server: Provisioning) => Promise<Evidence>,
  { flagged = [] }: ProvisioningOptions = {},
): Promise<Evidence> {
  const { acs, files, patience } = bench;
  const { snom } = bench.phone;
  const before = await snom.settings();
  const folder = files.folder();
  const provisioned = async (trigger: () => Promise<void>): Promise<Provisioned> => {
    const asked = folder.requests.length;
    // What it says to its old ACS before it starts anew is not meant.
    const session = await comes(acs, { trigger, accepts: () => folder.requests.length > asked, within: patience.reboot });
    await session?.end();
    await snom.answers();
    return { inform: session?.inform, settings: await snom.settings() };
  };
  const server: Provisioning = {
    folder,
    before,
    acs: entries(snom.acsSettings),
    start: (name) => provisioned(() => snom.provisionFrom(folder.url + name)),
    startByDhcp: () => provisioned(() => snom.provisionFrom("")),
    startAgain: () => provisioned(() => bench.phone.powerCycle()),
  };
  try {
    return await work(server);
  } finally {
    if (flagged.length > 0) await free(server, flagged);
  }
}

/** Frees settings that a case has locked, and gives them their values from before: no user can, only the next provisioning. */
async function free({ folder, before, acs, start }: Provisioning, names: readonly string[]): Promise<void> {
  try {
    const settings = Object.fromEntries(names.map((name) => [name, before.get(name) ?? ""]));
    folder.put("free.xml", settingsFile([...entries(settings), ...acs]));
    await start("free.xml");
  } catch (error) {
    // What cannot be put back shows in the comparison that follows each case, and must not hide how the case itself went.
    if (!(error instanceof Inconclusive)) throw error;
  }
}

/** A setting as the phone shows it. */
export const settingIn = (settings: Settings, name: string): Located => ({
  value: settings.get(name),
  where: `settings.xml, ${name}`,
});

/** Names and values of settings for cases that need several: whatever phone it is takes them, and they change little. */
export const HARMLESS = {
  tone_scheme: ["GBR", "USA"],
  dim_timer: ["30", "40"],
  ntp_server: ["ntp1.assay.example", "ntp2.assay.example"],
} as const;

/** For each harmless setting a value that it does not have. */
export const others = (settings: Settings): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(HARMLESS).map(([name, values]) => [name, another(settings, name, values)]));

/** That a setting has this value. */
export const isSet = (requirement: string, settings: Settings, name: string, expected: string): Finding =>
  same(requirement, settingIn(settings, name), expected);

/** That the phone came to the ACS with what it was provisioned with. */
export const contacted = (requirement: string, { inform }: Provisioned, expected: string): Finding =>
  holds(requirement, inform !== undefined, {
    expected,
    actual: inform === undefined ? "no Inform" : "an Inform",
    where: inform?.where ?? "after provisioning",
  });

/** A value for a setting, other than the one it has: the first of two that is not there now. */
export const another = (settings: Settings, name: string, values: readonly [string, string]): string =>
  settings.get(name) === values[0] ? values[1] : values[0];

/** A session after provisioning, for cases that look at the phone by CWMP as well; absent when it does not come to the ACS. */
export const sessionAfter = ({ acs }: CwmpBench, { inform }: Provisioned): Promise<Session | undefined> =>
  inform === undefined ? Promise.resolve(undefined) : comes(acs, {});
