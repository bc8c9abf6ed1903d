import { isIP } from "node:net";
import type { DnsClient } from "../dns/client.ts";
import type { Mdns } from "../dns/mdns.ts";
import type { DnsRecord, DnsType } from "../dns/message.ts";
import { escapedLabel, isLocalName, labelsOf, sameName } from "../dns/names.ts";
import type { UspAgentSeams } from "./seams.ts";

/** Finds an address of a host; undefined when there is none. */
export type Locate = (host: string) => Promise<string | undefined>;

/** A controller as its DNS-SD records have it. */
export interface FoundService {
  /** EndpointID, which is the name of the instance (R-DIS.8). */
  readonly endpointId: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly secured: boolean;
}

/** Controllers over WebSocket (TR-369 "IANA-Registered USP Service Names"). */
const SERVICE = "_usp-ctr-ws._tcp";

export interface LocatorOptions {
  readonly seams: UspAgentSeams;
  readonly dns: DnsClient;
  /** Absent where the device speaks no multicast DNS. */
  readonly mdns: Mdns | undefined;
  /** DNS servers of the LAN. */
  servers(): readonly string[];
}

/** Finds out where names lead, by DNS or, on the link, by multicast DNS (TR-369 "Using DNS", "Using mDNS"). */
export class Locator {
  readonly #options: LocatorOptions;

  constructor(options: LocatorOptions) {
    this.#options = options;
  }

  /** An address of a host; undefined when there is none. */
  async address(host: string): Promise<string | undefined> {
    if (isIP(host) !== 0 || host === "localhost") return host;
    const records = await this.#ask(this.#options.seams.nameToResolve(host), "A");
    return records.flatMap((record) => (record.type === "A" ? [record.address] : []))[0];
  }

  /** The service that a controller offers under a name; undefined when its records do not say it all. */
  async service(name: string, endpointId: string): Promise<FoundService | undefined> {
    const { seams } = this.#options;
    const types = seams.serviceTypes();
    const absolute = seams.nameToResolve(name);
    // On the link a controller has no PTR record: it is asked for by its own name.
    const known = isLocalName(absolute) ? `${escapedLabel(endpointId)}.${SERVICE}.local` : undefined;
    await this.#ask(absolute, "A");
    const pointers = known === undefined && types.includes("PTR") ? await this.#ask(`${SERVICE}.${absolute}`, "PTR") : [];
    const instance = known ?? pointers.flatMap((record) => (record.type === "PTR" ? [record.target] : []))[0];
    if (instance === undefined) return undefined;
    const records: DnsRecord[] = [];
    for (const type of types) if (type !== "PTR") records.push(...(await this.#ask(instance, type)));
    const own = records.filter((record) => sameName(record.name, instance));
    const place = own.find((record) => record.type === "SRV");
    const text = own.find((record) => record.type === "TXT");
    if (place === undefined || text === undefined) return undefined;
    const path = text.texts.find((pair) => /^path=/i.test(pair))?.slice("path=".length) ?? "/";
    const secured = text.texts.some((pair) => /^encrypt(?:=|$)/i.test(pair));
    return { endpointId: labelsOf(instance)[0] ?? "", host: place.target, port: place.port, path, secured };
  }

  async #ask(name: string, type: DnsType): Promise<readonly DnsRecord[]> {
    const { seams, dns, mdns, servers } = this.#options;
    const isForLink = mdns !== undefined && seams.resolvesBy(name) === "mdns";
    const answer = isForLink ? await mdns.query(name, type) : await dns.query(servers(), name, type);
    return answer.kind === "answer" ? answer.records : [];
  }
}
