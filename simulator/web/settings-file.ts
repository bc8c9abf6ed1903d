import { escapeText } from "../cwmp/soap-seams.ts";
import { decodeXml, readXml, type XmlNode, XmlRefused } from "../cwmp/xml-read.ts";
import { DEFAULT_SETTINGS } from "../data-model/default-settings.ts";

/** Base names of indexed settings: the file has their index in an attribute, the state as a suffix. */
const INDEXED = new Set(
  Object.keys(DEFAULT_SETTINGS).flatMap((name) =>
    /^(tr369_|user_|fwd_|call_|dnd_|stun_|fkey).*\d$/.test(name) ? [name.replace(/\d+$/, "")] : [],
  ),
);

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** All settings as the phone's own XML file. */
export function writeSettings(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([name, value]) => {
    const base = name.replace(/\d+$/, "");
    const index = name.slice(base.length);
    const tag = index !== "" && INDEXED.has(base) ? base : name;
    const attributes = tag === base && index !== "" ? ` idx="${index}" perm=""` : ' perm=""';
    return `    <${tag}${attributes}>${escapeText(value)}</${tag}>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<settings>\n  <phone-settings e="2">\n${lines.join("\n")}\n  </phone-settings>\n</settings>\n`;
}

/** Settings in a file, XML or the older text form; undefined when it is neither. */
export function parseSettings(content: Buffer): ReadonlyMap<string, string> | undefined {
  const text = content.toString("utf8").replace(/^\uFEFF/, "");
  const settings = /^\s*<(\?xml|settings|phone-settings)/.test(text) ? fromXml(content) : fromText(text);
  return settings === undefined || settings.size === 0 ? undefined : settings;
}

function fromXml(content: Buffer): ReadonlyMap<string, string> | undefined {
  try {
    const root = readXml(decodeXml(content), { refusesDoctype: () => true, seesEmptyTag: () => true, cdata: (text) => text });
    const holders = root.name === "phone-settings" ? [root] : root.children.filter(({ name }) => name === "phone-settings");
    return new Map(holders.flatMap(({ children }) => children).map(entryOf));
  } catch (error) {
    if (error instanceof XmlRefused) return undefined;
    throw error;
  }
}

const entryOf = ({ name, attributes, text }: XmlNode): readonly [string, string] => [name + (attributes.idx ?? ""), text];

/** Lines such as `tone_scheme!: GER`, in which the sign after the name is a permission. */
function fromText(text: string): ReadonlyMap<string, string> | undefined {
  const settings = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#<]|$)/.test(line)) continue;
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).replace(/[!&$]$/, "");
    if (!NAME.test(name)) return undefined;
    settings.set(name, line.slice(colon + 1).replace(/^ /, ""));
  }
  return settings;
}
