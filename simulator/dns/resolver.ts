import type { Clock } from "../clock.ts";
import type { DnsClient } from "./client.ts";
import type { DnsRecord } from "./message.ts";
import { sameName } from "./names.ts";
import type { DnsSeams } from "./seams.ts";

/** Finds where a host is. */
export interface HostFinder {
  /** Addresses to try, in this order; none when there are none to be found. Never throws. */
  addresses(host: string): Promise<readonly string[]>;
  /** A connection was made to this one. */
  reached(host: string, address: string): void;
}

/** What the resolver needs of the phone. */
export interface Surroundings {
  readonly clock: Clock;
  readonly seams: { readonly dns: DnsSeams };
  random(): number;
}

/** Addresses of a host as a server has told them. */
interface Known {
  readonly addresses: readonly string[];
  /** When they are too old, in milliseconds of the clock. */
  readonly until: number;
}

/** The address that was good last, and those that it was chosen from. */
interface Good {
  readonly address: string;
  readonly of: readonly string[];
}

/** Looks hosts up in DNS, and remembers what it was told as long as it may, and what was good (TR-069 3.1). */
export class Resolver implements HostFinder {
  readonly #phone: Surroundings;
  readonly #client: DnsClient;
  readonly #servers: () => readonly string[];
  readonly #known = new Map<string, Known>();
  readonly #good = new Map<string, Good>();

  /** @param servers addresses of the DNS servers, as they are at present */
  constructor(phone: Surroundings, client: DnsClient, servers: () => readonly string[]) {
    this.#phone = phone;
    this.#client = client;
    this.#servers = servers;
  }

  /** The phone goes off. */
  forget(): void {
    this.#known.clear();
    this.#good.clear();
  }

  async addresses(host: string): Promise<readonly string[]> {
    const { dns } = this.#phone.seams;
    if (!dns.isLookedUp(host)) return [host];
    const found = await this.#lookUp(host);
    const good = this.#good.get(host);
    const isSameList = good !== undefined && found.toSorted().join() === good.of.toSorted().join();
    const shuffled = dns.shuffled(found, () => this.#phone.random());
    return dns.tried(dns.order(shuffled, good?.address, isSameList));
  }

  reached(host: string, address: string): void {
    this.#good.set(host, { address, of: this.#known.get(host)?.addresses ?? [] });
  }

  async #lookUp(host: string): Promise<readonly string[]> {
    const { clock, seams } = this.#phone;
    const known = this.#known.get(host);
    if (known !== undefined && clock.now() < known.until) return known.addresses;
    const answer = await this.#client.query(this.#servers(), host, "A");
    if (answer.kind === "silence") return seams.dns.usesStale() ? (known?.addresses ?? []) : [];
    const { addresses, ttl } = addressesOf(host, answer.records);
    this.#known.set(host, { addresses, until: clock.now() + seams.dns.keptFor(ttl) });
    return addresses;
  }
}

/** Longest chain of aliases that is followed. */
const MOST_ALIASES = 8;

/** The addresses of a host, through its aliases, and for how many seconds they are good. */
function addressesOf(
  host: string,
  records: readonly DnsRecord[],
): { readonly addresses: readonly string[]; readonly ttl: number } {
  let name = host;
  const used: DnsRecord[] = [];
  for (let aliases = 0; aliases < MOST_ALIASES; aliases += 1) {
    const alias = records.find((record) => record.type === "CNAME" && sameName(record.name, name));
    if (alias?.type !== "CNAME") break;
    used.push(alias);
    name = alias.target;
  }
  const addresses = records.flatMap((record) => {
    if (record.type !== "A" || !sameName(record.name, name)) return [];
    used.push(record);
    return [record.address];
  });
  return { addresses, ttl: Math.min(...used.map(({ ttl }) => ttl), addresses.length === 0 ? 0 : Number.POSITIVE_INFINITY) };
}
