import type { SettingEntry } from "../setting-entry.ts";

/** Settings by name. */
type Settings = Readonly<Record<string, string>>;

/** What has the phone ask for its settings. */
export type Occasion = "boot" | "refresh";

/** What the server gave instead of a file to begin with: no file at all, an empty one, or one that is none for a phone. */
export type Missing = "nothing" | "empty" | "unreadable";

/** What a look for firmware came to, when none is to be installed. */
export type FirmwareLook = "none" | "same" | "missing" | "broken";

/** Where settings stand in a file. */
export type SettingsPlace = "settings" | "phone-settings" | "text";

/** How a phone comes to its settings while no ACS is in charge, and what permission flags do to a setting. */
export const provisioningSeams = {
  /** Whether the phone provisions itself: not once an ACS is in charge, and not when that is switched off. */
  isOn(_occasion: Occasion, managed: boolean, updatePolicy: string, _acsUrl: string): boolean {
    return !managed && updatePolicy !== "never_update";
  },
  /** The provisioning server: the one that is set, else the one that DHCP has named. Empty for none. */
  server({ setting_server: set = "", provisioning_order: order = "" }: Settings, byDhcp: string): string {
    if (set !== "") return set;
    return /\bdhcp\b/.test(order) ? byDhcp : "";
  },
  /** A URL with the settings that it names in braces. A name that is none stays as it is. */
  expanded(url: string, settings: Settings): string {
    return url.replace(/\{([a-z_][a-z0-9_]*)\}/g, (token, name: string) =>
      name === "mac" ? (settings.mac ?? "").toUpperCase() : (settings[name] ?? token),
    );
  },
  /**
   * Files to ask the server for, in the order in which they are asked for and used: a URL without a file name stands for the one of
   * the phone's type and the one of the phone itself; one with a file name that does not tell the phone, for this file and its
   * variant for the phone. `url` is expanded, `tellsMac` says that it names the phone.
   */
  files(url: URL, tellsMac: boolean, { phone_type: type = "", mac = "" }: Settings): readonly URL[] {
    const cut = url.pathname.lastIndexOf("/") + 1;
    const name = url.pathname.slice(cut);
    const beside = (other: string): URL => {
      const there = new URL(url);
      there.pathname = url.pathname.slice(0, cut) + other;
      return there;
    };
    if (name === "") return [beside(`${type}.htm`), beside(`${type}-${mac.toUpperCase()}.htm`)];
    return tellsMac ? [url] : [url, beside(name.replace(/(?=\.[^.]*$)|$/, `-${mac.toUpperCase()}`))];
  },
  /** What the phone calls itself when it asks for files of the vendor's own ways. */
  userAgent({ firmware_version: firmware = "", uboot_version: boot = "", mac = "" }: Settings): string {
    return `Mozilla/4.0 (compatible; ${firmware} ${boot} ${mac.toUpperCase()} SXM:0 UXM:0)`;
  },
  /** Milliseconds until a server that gave nothing is asked again. */
  pause(): number {
    return 60_000;
  },
  /** Seconds until the server is asked again for what it has, by `settings_refresh_timer`; undefined for never. */
  refresh(timer: string): number | undefined {
    return /^[1-9]\d{0,8}$/.test(timer) ? Number(timer) : undefined;
  },
  /** Whether a server that gave nothing is asked again at all. */
  asksAgain(_missing: Missing): boolean {
    return true;
  },
  /** Which files that a container names are fetched: all, in their order. */
  namedFiles(urls: readonly string[]): readonly string[] {
    return urls;
  },
  /** Whether the rest is used without a file, or a map, that another file names, or without a map that is one. */
  goesOnWithout(_what: "file" | "map" | "good map"): boolean {
    return true;
  },
  /** Settings of a file, by its root element. */
  settingsIn(_place: SettingsPlace, settings: readonly SettingEntry[]): readonly SettingEntry[] {
    return settings;
  },
  /** What can be saved of a file that is not well-formed: nothing. */
  salvaged(_text: string): readonly SettingEntry[] | undefined {
    return undefined;
  },
  /** Whether the settings of a file are used that has these as well, which the phone does not know. */
  takesFileWith(_unknown: readonly string[]): boolean {
    return true;
  },
  /** A setting's value as it stands in a file, and as the phone keeps it. */
  settingValue(text: string): string {
    return text;
  },
  /** Whether a map is used that came from this place. */
  usesMap(_place: "setting-files" | "uploads"): boolean {
    return true;
  },
  /** The map after one that was not to be had or no good: the one from before. */
  mapAfterFailure(before: string, _reason: string): string {
    return before;
  },
  /** Whether a file that another file names is fetched: `depth` files lead to it, `known` have been fetched in this round. */
  follows(url: string, depth: number, known: readonly string[]): boolean {
    return depth <= 8 && known.length < 50 && !known.includes(url);
  },
  /** A setting's name, by its element and the index in it. */
  settingName(element: string, index: string | undefined): string {
    return element + (index ?? "");
  },
  /** Permission of a setting in an XML file that says nothing of it. */
  defaultPermission(): string {
    return "";
  },
  /** Flag of a line in a text file that has none. */
  defaultTextFlag(): string {
    return "&";
  },
  /** Whether the phone's user may change a setting with this permission. `V` alone protects as well. */
  userMayChange(permission: string): boolean {
    return !/^(?:V?R|RV|V?&|&V| |V)$/.test(permission);
  },
  /** Whether a file overwrites a setting's value: not what the user has changed, where the file has `!` for it. */
  overwrites(permission: string, changedByUser: boolean): boolean {
    return !(changedByUser && permission.includes("!"));
  },
  /** Whether a setting is back at its factory value after a reboot. */
  isVolatile(permission: string): boolean {
    return permission.includes("V");
  },
  /** Permissions after a start of the phone. */
  permissionsAfterBoot(permissions: Settings): Record<string, string> {
    return { ...permissions };
  },
  /** Permissions after a reset to factory state: none. */
  permissionsAfterReset(_permissions: Settings): Record<string, string> {
    return {};
  },
  /** What is known, after a reset to factory state, of settings that the user has changed: nothing. */
  userChangesAfterReset(_names: readonly string[]): string[] {
    return [];
  },
  /** Whether the phone looks for firmware, by its `update_policy`. One that has to ask its user is never told to go on. */
  looksForFirmware(updatePolicy: string): boolean {
    return updatePolicy === "auto_update";
  },
  /**
   * Whether a version, from the name of an image or from the image itself, is another one than what runs. One that cannot be told is.
   * A phone that was given other firmware some times in a row and is still not where it should be gives up.
   */
  isOtherFirmware(version: string | undefined, running: string, inARow: number): boolean {
    return version !== running && inARow < 3;
  },
  /** Version of an image, undefined when it is none; `named` is what its name says. */
  imageVersion(version: string | undefined, _named: string | undefined): string | undefined {
    return version;
  },
  /** Which settings are used after a look for firmware that ended so: all. */
  usedSettings(_look: FirmwareLook, settings: readonly SettingEntry[]): readonly SettingEntry[] {
    return settings;
  },
  /** Seconds until the phone starts anew then; undefined for not at all. */
  startsAnewAfter(_look: FirmwareLook): number | undefined {
    return undefined;
  },
};

export type ProvisioningSeams = typeof provisioningSeams;
