import { isIP } from "node:net";

/** How the phone finds the addresses of a server, and which of them it goes to (TR-069 3.1). */
export const dnsSeams = {
  /** Whether a host is looked up in DNS: not what is an address, nor the phone itself. */
  isLookedUp(host: string): boolean {
    return isIP(host) === 0 && host !== "localhost";
  },
  /** Milliseconds that an answer may be used, by its time to live in seconds. */
  keptFor(ttl: number): number {
    return ttl * 1000;
  },
  /** Whether an answer is used after that, because no server answers. */
  usesStale(): boolean {
    return true;
  },
  /** Addresses in the order in which they are tried, from those in random order: the one that was good last comes first, if the list is the same as then. */
  order(shuffled: readonly string[], good: string | undefined, isSameList: boolean): readonly string[] {
    if (good === undefined || !isSameList || !shuffled.includes(good)) return shuffled;
    return [good, ...shuffled.filter((address) => address !== good)];
  },
  /** Addresses in random order. */
  shuffled(addresses: readonly string[], random: () => number): readonly string[] {
    return addresses
      .map((address) => ({ address, place: random() }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ address }) => address);
  },
  /** Addresses that are tried for one connection, one after the other: all. */
  tried(addresses: readonly string[]): readonly string[] {
    return addresses;
  },
};

export type DnsSeams = typeof dnsSeams;
