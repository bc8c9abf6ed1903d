import { escapeXml } from "../acs/messages.ts";
import type { Access, UspAccess } from "./driver.ts";

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

/**
 * Settings that lead a phone's USP agent to the controller; none when it is not wanted. They are those of the second controller, the
 * customer's: the first is the vendor's own, and fixed.
 */
export function uspSettings(usp: UspAccess | undefined): Readonly<Record<string, string>> {
  if (usp === undefined) return {};
  const { endpointId, url, mqtt } = usp;
  return {
    tr369_controller_endpointid2: endpointId,
    ...(mqtt === undefined ? { tr369_mtp_protocol2: "WebSocket", tr369_websocket_uri2: url } : mqttSettings(url, mqtt)),
    tr369_enable2: "true",
  };
}

/** Settings that become others by it: also the ClientID, which a phone takes from the broker (R-MQTT.9). */
export const uspTouches = (usp: UspAccess | undefined): readonly string[] => [
  ...Object.keys(uspSettings(usp)),
  ...(usp?.mqtt === undefined ? [] : ["tr369_mqtt_clientid2"]),
];

function mqttSettings(
  url: string,
  { version, credentials, agentTopic = "usp/endpoints/{mac}" }: NonNullable<UspAccess["mqtt"]>,
): Readonly<Record<string, string>> {
  const { protocol, host } = new URL(url);
  return {
    tr369_mtp_protocol2: "MQTT",
    tr369_mqtt_hostport2: host,
    tr369_mqtt_version2: version,
    tr369_mqtt_transport2: protocol === "mqtts:" ? "TLS" : "TCP/IP",
    tr369_mqtt_username2: credentials?.username ?? "",
    tr369_mqtt_password2: credentials?.password ?? "",
    tr369_mqtt_topic2: agentTopic,
  };
}

/** A provisioning file with these settings, an index as the web interface has it behind the name; the phone's user may still change them. */
export function settingsFile(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(([full, value]) => {
    const [, name = full, index] = /^(tr369_\w*[a-z])(\d+)$/.exec(full) ?? [];
    const opening = index === undefined ? name : `${name} idx="${index}"`;
    return `    <${opening} perm="">${escapeXml(value)}</${name}>\n`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<settings>\n  <phone-settings>\n${lines.join("")}  </phone-settings>\n</settings>\n`;
}
