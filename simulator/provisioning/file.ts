import { decodeXml, readXml, type XmlNode, XmlRefused } from "../cwmp/xml-read.ts";
import type { SettingEntry } from "../setting-entry.ts";
import type { SkinSetting } from "../state.ts";
import type { ProvisioningSeams } from "./seams.ts";

/** What a file for the phone holds. URLs are as they stand in it. */
export interface ProvisioningFile {
  readonly settings: readonly SettingEntry[];
  /** Other files to be fetched: settings files and containers. */
  readonly files: readonly string[];
  /** Maps of parameters, and where they are named. */
  readonly paramMaps: readonly { readonly place: "setting-files" | "uploads"; readonly url: string }[];
  /** Tarballs that change the phone's looks, by the setting that keeps their address. */
  readonly skins: readonly { readonly setting: SkinSetting; readonly url: string }[];
  /** Images of firmware. Only what `firmware_status` points to may name one. */
  readonly firmware: readonly string[];
}

const SKINS: Readonly<Record<string, SkinSetting>> = { gui: "upload_gui", web: "upload_web" };

const NOTHING: ProvisioningFile = { settings: [], files: [], paramMaps: [], skins: [], firmware: [] };

/** Permission flags; others say nothing. */
const PERMISSION = /^[RWV!&$ ]*$/;

/** Permissions by the flag of a line in the text form. */
const FLAGS: Readonly<Record<string, string>> = { "!": "!", "&": "R", $: "RW" };

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads a file, XML or the older text form; undefined when it is neither, or has nothing for the phone. */
export function readProvisioningFile(content: Buffer, seams: ProvisioningSeams): ProvisioningFile | undefined {
  const text = content.toString("utf8").replace(/^\uFEFF/, "");
  const isXml = /^\s*<(?:\?xml|settings|phone-settings|setting-files|uploads|firmware-settings)\b/.test(text);
  const file = isXml ? fromXml(content, seams) : fromText(text, seams);
  return file === undefined || Object.values(file).every((part) => part.length === 0) ? undefined : file;
}

function fromXml(content: Buffer, seams: ProvisioningSeams): ProvisioningFile | undefined {
  const root = rootOf(content);
  if (root === undefined) {
    const settings = seams.salvaged(content.toString("utf8"));
    return settings && { ...NOTHING, settings };
  }
  const parts = root.name === "settings" ? root.children : [root];
  const inside = (...names: string[]): readonly XmlNode[] =>
    parts.filter(({ name }) => names.includes(name)).flatMap(({ children }) => children);
  const urls = (nodes: readonly XmlNode[], name: string): string[] =>
    nodes.filter((node) => node.name === name).flatMap(({ attributes }) => attributes.url ?? []);
  const uploads = inside("uploads").filter(({ name }) => name === "file");
  const uploadsOf = (type: string): string[] =>
    urls(
      uploads.filter(({ attributes }) => attributes.type === type),
      "file",
    );
  const settings = inside("phone-settings", "functionKeys").map(({ name, attributes, text }) => ({
    name: seams.settingName(name, attributes.idx),
    value: seams.settingValue(text),
    permission: PERMISSION.exec(attributes.perm ?? seams.defaultPermission())?.[0] ?? "",
  }));
  const listed = inside("setting-files");
  const map = (place: "setting-files" | "uploads") => (url: string) => ({ place, url });
  return {
    settings: seams.settingsIn(root.name === "settings" ? "settings" : "phone-settings", settings),
    files: urls(listed, "file"),
    paramMaps: [...urls(listed, "param-map").map(map("setting-files")), ...uploadsOf("parammap").map(map("uploads"))],
    skins: Object.entries(SKINS).flatMap(([type, setting]) => uploadsOf(type).map((url) => ({ setting, url }))),
    firmware: inside("firmware-settings").flatMap(({ name, text }) => (name === "firmware" ? [text.trim()] : [])),
  };
}

/** The root element; undefined when the file is not well-formed. The vendor's guide shows `param-map` without an end, so that is taken too. */
function rootOf(content: Buffer): XmlNode | undefined {
  try {
    const document = decodeXml(content).replace(/<param-map\b[^<>]*[^<>/](?=>(?!\s*<\/param-map\s*>))/g, "$&/");
    return readXml(document, { refusesDoctype: () => true, seesEmptyTag: () => true, cdata: (text) => text });
  } catch (error) {
    if (error instanceof XmlRefused) return undefined;
    throw error;
  }
}

/** Lines such as `tone_scheme!: GER`, in which the sign after the name is a permission. */
function fromText(text: string, seams: ProvisioningSeams): ProvisioningFile | undefined {
  const settings: SettingEntry[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#<]|$)/.test(line)) continue;
    const colon = line.indexOf(":");
    const [, name = "", flag] = /^(.*?)([!&$])?$/.exec(line.slice(0, Math.max(0, colon))) ?? [];
    if (!NAME.test(name)) return undefined;
    const value = line.slice(colon + 1).replace(/^ /, "");
    settings.push({ name, value, permission: FLAGS[flag ?? seams.defaultTextFlag()] ?? "" });
  }
  return { ...NOTHING, settings: seams.settingsIn("text", settings) };
}
