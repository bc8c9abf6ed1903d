import { escapeXml } from "../acs/messages.ts";
import type { Access } from "./driver.ts";

/** Settings that lead a phone to the ACS. */
export const acsSettings = ({ url, username, password, connectionRequest }: Access): Readonly<Record<string, string>> => ({
  tr69_acs_url: url,
  tr69_acs_user: username,
  tr69_acs_passwd: password,
  tr69_use_acs: "on",
  tr69_bootstrap: "on",
  tr69_cnr_user: connectionRequest.username,
  tr69_cnr_pass: connectionRequest.password,
});

/** A provisioning file with these settings, none of them indexed; the phone's user may still change them. */
export function settingsFile(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([name, value]) => `    <${name} perm="">${escapeXml(value)}</${name}>\n`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<settings>\n  <phone-settings>\n${lines.join("")}  </phone-settings>\n</settings>\n`;
}
