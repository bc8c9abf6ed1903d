/** Values that tell a generic device from a Snom phone. The OUI is one of those kept for documents (RFC 7042 2.1.4). */
const IDENTITY: Readonly<Record<string, string>> = {
  "DeviceInfo.Manufacturer": "Generic Devices",
  "DeviceInfo.ManufacturerOUI": "00005E",
  "DeviceInfo.ModelName": "Generic 1",
  "DeviceInfo.Description": "Generic USP agent",
  "DeviceInfo.ProductClass": "Generic",
};

/** Lines of a Snom phone's agent; that of a generic device is configured by USP alone. */
const SNOM_AGENT = /^\w+:Device\.(?:LocalAgent|MQTT)\./;

/** Values that tell a device of no vendor, managed over CWMP, from a Snom phone. */
const CWMP_IDENTITY: Readonly<Record<string, string>> = {
  ...IDENTITY,
  "DeviceInfo.ModelName": "Generic 2",
  "DeviceInfo.Description": "Generic CWMP device",
  "DeviceInfo.ProductClass": "GenericCWMP",
};

/** TR-111 Part 2, by name under ManagementServer (Table 6 there). */
const UDP_CONNECTION_REQUEST: Readonly<Record<string, string>> = {
  UDPConnectionRequestAddress: "!=",
  UDPConnectionRequestAddressNotificationLimit: "=0",
  STUNEnable: "=false",
  STUNServerAddress: "=",
  STUNServerPort: "=3478",
  STUNUsername: "=",
  STUNPassword: "=",
  STUNMaximumKeepAlivePeriod: "=-1",
  STUNMinimumKeepAlivePeriod: "=30",
  NATDetected: "!=false",
};

/** What the built-in map makes of a device that is managed over CWMP: the same data model, with TR-111 Part 2, and another identity. */
export function cwmpMap(map: string): string {
  const lines = map.split("\n").filter((line) => !SNOM_AGENT.test(line));
  return lines.map((line) => identified(withUdpConnectionRequest(line), CWMP_IDENTITY)).join("\n");
}

function withUdpConnectionRequest(line: string): string {
  const [, head = "", name = ""] = /^(\w+:Device\.ManagementServer\.(\w+))&=/.exec(line) ?? [];
  const rest = UDP_CONNECTION_REQUEST[name];
  return rest === undefined ? line : head + rest;
}

/** What the built-in map makes of a generic device: the same data model, another identity, and no lines for TR-369. */
export function genericMap(map: string): string {
  const lines = map.split("\n").filter((line) => !SNOM_AGENT.test(line));
  return lines.map((line) => identified(line, IDENTITY)).join("\n");
}

function identified(line: string, identity: Readonly<Record<string, string>>): string {
  const [, head = "", name = ""] = /^(\w+:Device\.([\w.]+)!=)/.exec(line) ?? [];
  const value = identity[name];
  return value === undefined ? line : head + value;
}
