import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { URL_NAME } from "../data-model/standard.ts";
import type { Device } from "../device.ts";

const STUN = "Device.ManagementServer.";

export const UDP_ADDRESS_NAME = `${STUN}UDPConnectionRequestAddress`;
export const NAT_DETECTED_NAME = `${STUN}NATDetected`;

/** What the ACS has set of Annex G. */
export interface StunSettings {
  readonly enabled: boolean;
  /** Name or address of the server. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Seconds. */
  readonly minimum: number;
  /** Seconds; -1: none. */
  readonly maximum: number;
  /** Seconds. */
  readonly notificationLimit: number;
}

/** The parameters as they are now. */
export function stunSettings({ kind, model, seams: { stun } }: Device): StunSettings {
  const value = (name: string): string => model.valueOf(STUN + name);
  const port = Number(value("STUNServerPort"));
  const server = stun.server({ address: value("STUNServerAddress"), port, acsUrl: model.valueOf(URL_NAME) });
  return {
    enabled: stun.presence(kind) === "always on" || stun.isEnabled(value("STUNEnable")),
    host: server.address,
    port: server.port,
    username: value("STUNUsername"),
    password: value("STUNPassword"),
    minimum: Number(value("STUNMinimumKeepAlivePeriod")),
    maximum: Number(value("STUNMaximumKeepAlivePeriod") || -1),
    notificationLimit: Number(value("UDPConnectionRequestAddressNotificationLimit")),
  };
}

/** Writes what is known of the binding into the parameters that tell it, and gives the names of those that changed. */
export function writeBinding(
  { model, state }: Device,
  change: (action: () => void) => void,
  { address, natDetected }: { readonly address: string; readonly natDetected: boolean },
): readonly string[] {
  const values = { [UDP_ADDRESS_NAME]: address, [NAT_DETECTED_NAME]: String(natDetected) };
  const changed = Object.entries(values).filter(([name, value]) => model.has(name) && model.valueOf(name) !== value);
  if (changed.length > 0) change(() => void Object.assign(state.values, Object.fromEntries(changed)));
  return changed.map(([name]) => name);
}

/** Address of a server by its name, as DNS of the LAN has it, if there is one; undefined when nobody knows it. */
export async function serverAddress(host: string, hosts: Device["hosts"]): Promise<string | undefined> {
  if (isIP(host) !== 0) return host;
  if (host === "") return undefined;
  if (hosts !== undefined) return (await hosts.addresses(host))[0];
  return lookup(host, { family: 4 }).then(
    ({ address }) => address,
    () => undefined,
  );
}
