import { addressesIn, type DhcpMessage, type DhcpOption, numberIn, OPTION } from "./message.ts";
import { type GatewayInfo, NO_GATEWAY } from "./reading-seams.ts";
import type { DhcpSeams } from "./seams.ts";

/** What a server has granted, or told in answer to a DHCPINFORM. */
export interface Lease {
  readonly address: string;
  /** Length of the network's prefix, in bits. */
  readonly prefix: number;
  readonly router?: string;
  /** The server that has granted it. */
  readonly server: string;
  readonly dns: readonly string[];
  /** Every option by its code; one that was there several times is whole. */
  readonly options: ReadonlyMap<number, Buffer>;
  /** What the Broadband Forum's block of option 125 has, by sub-option. */
  readonly vendor: ReadonlyMap<number, Buffer>;
}

const USUAL_PREFIX = 24;

/** What an answer says; `address` is the phone's. */
export function readLease(seams: DhcpSeams, { options: instances }: DhcpMessage, address: string): Lease {
  const options = joinedOptions(seams, instances);
  const mask = options.get(OPTION.subnetMask);
  const [router] = addressesIn(options.get(OPTION.router));
  const prefix = mask?.length === 4 ? [...mask].reduce((bits, octet) => bits + bitsIn(octet), 0) : USUAL_PREFIX;
  return {
    address,
    prefix,
    ...(router === undefined ? {} : { router }),
    server: addressesIn(options.get(OPTION.server))[0] ?? "",
    dns: addressesIn(options.get(OPTION.dnsServers)),
    options,
    vendor: vendorOptions(seams, options.get(OPTION.vendorIdentifying)),
  };
}

/** What an answer says of the gateway. */
export function gatewayOf(seams: DhcpSeams, vendor: ReadonlyMap<number, Buffer>): GatewayInfo {
  if (vendor.size === 0) return NO_GATEWAY;
  return seams.gatewayInfo((code) => {
    const data = vendor.get(code);
    return data === undefined ? "" : seams.gatewayValue(data, code);
  });
}

/** Whether the phone can read what an option 125 says. */
export function isReadable(seams: DhcpSeams, { options }: Lease): boolean {
  const octets = options.get(OPTION.vendorIdentifying) ?? Buffer.alloc(0);
  const blocks = seams.blocks(octets);
  const ours = blocks.filter(({ enterprise, data }) => seams.isOurs(enterprise) && data.length > 0);
  return octets.length === 0 || (blocks.length > 0 && ours.every(({ data }) => seams.subOptions(data).length > 0));
}

/** What is known after an answer to a DHCPINFORM, which says less of the network than the lease before did. */
export const withLease = (told: Lease, before: Lease | undefined): Lease => ({
  ...before,
  ...told,
  prefix: before?.prefix ?? told.prefix,
  dns: told.dns.length > 0 ? told.dns : (before?.dns ?? []),
});

export function timesOf(seams: DhcpSeams, { options }: Lease): ReturnType<DhcpSeams["times"]> {
  const seconds = (code: number): number | undefined => numberIn(options.get(code));
  return seams.times(seconds(OPTION.leaseTime), seconds(OPTION.renewalTime), seconds(OPTION.rebindingTime));
}

function joinedOptions(seams: DhcpSeams, instances: readonly DhcpOption[]): ReadonlyMap<number, Buffer> {
  const pieces = new Map<number, Buffer[]>();
  for (const { code, data } of instances) pieces.set(code, [...(pieces.get(code) ?? []), data]);
  return new Map([...pieces].map(([code, all]) => [code, seams.joined(all)]));
}

function vendorOptions(seams: DhcpSeams, octets: Buffer | undefined): ReadonlyMap<number, Buffer> {
  const ours = seams.blocks(octets ?? Buffer.alloc(0)).filter(({ enterprise }) => seams.isOurs(enterprise));
  const all = ours.flatMap(({ data }) => seams.subOptions(data));
  const found = new Map<number, Buffer>();
  for (const { code } of all) {
    const counts = seams.thatCounts(all.filter((one) => one.code === code).map(({ data }) => data));
    if (counts !== undefined) found.set(code, counts);
  }
  return found;
}

const bitsIn = (octet: number): number => octet.toString(2).replaceAll("0", "").length;
