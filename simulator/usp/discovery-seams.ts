import type { DnsQuestion, DnsRecord } from "../dns/message.ts";
import { escapedLabel, isLocalName, sameName } from "../dns/names.ts";
import type { Endpoint } from "../network.ts";

/** Sub-options of option 125 by which a DHCP server tells of a controller (TR-369 "DHCP Options for Controller Discovery"). */
export const CONTROLLER_OPTIONS = { place: 25, provisioningCode: 26, minimumWait: 27, multiplier: 28, endpointId: 29 } as const;

export type ControllerOption = keyof typeof CONTROLLER_OPTIONS;

/** Of a device, as option 124 has it. */
export interface VendorClass {
  readonly enterprise: number;
  readonly data: string;
}

/** Where a controller is, as far as a DHCP server tells. */
export type ToldPlace =
  | { readonly kind: "url"; readonly secured: boolean; readonly host: string; readonly port: number; readonly path: string }
  /** Its MTP, port and path are still to be found out. */
  | { readonly kind: "name"; readonly name: string };

/** An agent's MTP as it may be advertised. */
export interface AdvertisedMtp {
  readonly protocol: "MQTT" | "WebSocket";
  readonly isEnabled: boolean;
  /** EnableMDNS. */
  readonly isWanted: boolean;
}

/** What a TXT record is made of. */
export interface AdvertisedFacts {
  readonly protocol: AdvertisedMtp["protocol"];
  readonly path: string;
  readonly friendlyName: string;
  readonly modelName: string;
  readonly needsEncryption: boolean;
}

/** How the agent finds controllers, and lets itself be found (TR-369 "Discovery and Advertisement"). */
export const discoverySeams = {
  /** What option 124 says in a request of DHCP at this step (R-DIS.1). */
  vendorClass(_step: string): VendorClass | undefined {
    return { enterprise: 3561, data: "usp" };
  },
  /** What a sub-option says: all of them are text (R-DIS.1a), and a null ends it (R-DIS.1c). */
  controllerOption(octets: Buffer, _option: ControllerOption): string {
    return octets.toString("utf8").replace(/\0.*$/s, "");
  },
  /** What the place of a controller says: a URL or a name, both whole as they stand (R-DIS.1b); undefined when it is neither. */
  toldPlace(text: string): ToldPlace | undefined {
    if (/^[\w-]+(?:\.[\w-]+)*\.?$/.test(text)) return { kind: "name", name: text.replace(/\.$/, "") };
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^wss?:$/.test(url.protocol)) return undefined;
    const secured = url.protocol === "wss:";
    const port = url.port === "" ? (secured ? 443 : 80) : Number(url.port);
    return { kind: "url", secured, host: url.hostname.replace(/^\[|\]$/g, ""), port, path: url.pathname + url.search };
  },
  /** The name that is asked for when a host is to be found: the host itself, for it is absolute (R-DIS.1b). */
  nameToResolve(host: string): string {
    return host;
  },
  /** Who is asked for a name (R-DIS.5, R-DIS.6). */
  resolvesBy(name: string): "dns" | "mdns" {
    return isLocalName(name) ? "mdns" : "dns";
  },
  /** Types of records that are asked for of a controller whose MTP is unknown (R-DIS.7). */
  serviceTypes(): readonly ("PTR" | "SRV" | "TXT")[] {
    return ["PTR", "SRV", "TXT"];
  },
  /** Device.GatewayInfo.ManagementProtocol (R-DIS.2c, R-DIS.2d). */
  managementProtocol(isGatewayKnown: boolean, isAgent: boolean): string {
    return isAgent ? "USP" : isGatewayKnown ? "CWMP" : "";
  },
  /** Whether a USP agent on the LAN is the gateway itself, by their addresses (R-DIS.2d). */
  isGateway(agent: string, gateway: string | undefined): boolean {
    return agent === gateway;
  },
  /** Whether an MTP of the agent's is advertised. */
  advertises({ isEnabled, isWanted }: AdvertisedMtp): boolean {
    return isEnabled && isWanted;
  },
  /** The instance in the names of its records (R-DIS.8). */
  instanceLabel(endpointId: string): string {
    return escapedLabel(endpointId);
  },
  /** Port in its SRV record (R-DIS.4). */
  advertisedPort(port: number): number {
    return port;
  },
  /** Path of an MTP as its TXT record has it (R-WS.3, R-MQTT.36). */
  advertisedPath(path: string, protocol: AdvertisedMtp["protocol"]): string {
    return protocol === "MQTT" || path.startsWith("/") ? path : `/${path}`;
  },
  /** The address of the host in its SRV record: over MQTT that of the broker (R-MQTT.38). */
  advertisedAddress(own: string, broker: string | undefined): string {
    return broker ?? own;
  },
  /** What its TXT record says (R-DIS.9 to R-DIS.11a). */
  txt({ path, friendlyName, needsEncryption }: AdvertisedFacts): readonly string[] {
    return [`path=${path}`, `name=${friendlyName}`, ...(needsEncryption ? ["encrypt"] : [])];
  },
  /** Milliseconds after probing at which it announces itself by mDNS; none for an agent that does not. */
  announcedAfter(): readonly number[] {
    return [0, 1_000];
  },
  /** Whether it answers a question of mDNS with one of its records. */
  answersWith({ name, type }: DnsQuestion, record: DnsRecord): boolean {
    return (type === "ANY" || type === record.type) && sameName(name, record.name);
  },
  /** Whether an answer of mDNS goes to the one who asked alone. */
  answersByUnicast({ port }: Endpoint, questions: readonly DnsQuestion[]): boolean {
    return port !== 5353 || questions.every(({ unicast }) => unicast === true);
  },
};
