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

/** What the built-in map makes of a generic device: the same data model, another identity, and no lines for TR-369. */
export function genericMap(map: string): string {
  const lines = map.split("\n").filter((line) => !SNOM_AGENT.test(line));
  return lines.map(identified).join("\n");
}

function identified(line: string): string {
  const [, head = "", name = ""] = /^(\w+:Device\.([\w.]+)!=)/.exec(line) ?? [];
  const value = IDENTITY[name];
  return value === undefined ? line : head + value;
}
