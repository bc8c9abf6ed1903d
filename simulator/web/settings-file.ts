import { escapeText } from "../cwmp/soap-seams.ts";
import { DEFAULT_SETTINGS } from "../data-model/default-settings.ts";

/** Base names of indexed settings: the file has their index in an attribute, the state as a suffix. */
const INDEXED = new Set(
  Object.keys(DEFAULT_SETTINGS).flatMap((name) =>
    /^(tr369_|user_|fwd_|call_|dnd_|stun_|fkey).*\d$/.test(name) ? [name.replace(/\d+$/, "")] : [],
  ),
);

type ByName = Readonly<Record<string, string>>;

/** All settings as the phone's own XML file, with the permissions that they have. */
export function writeSettings(settings: ByName, permissions: ByName = {}): string {
  const lines = Object.entries(settings).map(([name, value]) => {
    const base = name.replace(/\d+$/, "");
    const index = name.slice(base.length);
    const tag = index !== "" && INDEXED.has(base) ? base : name;
    const perm = `perm="${escapeText(permissions[name] ?? "")}"`;
    const attributes = tag === base && index !== "" ? ` idx="${index}" ${perm}` : ` ${perm}`;
    return `    <${tag}${attributes}>${escapeText(value)}</${tag}>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<settings>\n  <phone-settings e="2">\n${lines.join("\n")}\n  </phone-settings>\n</settings>\n`;
}

/** All settings in the older text form, one on a line; the sign after the name is the permission. */
export function writeSettingsText(settings: ByName, permissions: ByName): string {
  const flag = (name: string): string => {
    const permission = permissions[name] ?? "";
    if (permission.includes("!")) return "!";
    return /^(?:R|&| |V)$/.test(permission) ? "&" : "$";
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}${flag(name)}: ${value.replaceAll(/[\r\n]+/g, " ")}`);
  return `<html><pre>\n${lines.join("\n")}\n</pre></html>\n`;
}
