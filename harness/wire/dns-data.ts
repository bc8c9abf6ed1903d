import { type DnsName, nameOctets, readName } from "./dns-name.ts";
import type { OctetProblem } from "./octet-problem.ts";
import { addressOctets, addressText, numberOctets } from "./octets.ts";

/** Types of records and questions that we know by name. */
export const DNS_TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  OPT: 41,
  NSEC: 47,
  ANY: 255,
} as const;

const TYPE_NAMES = new Map<number, string>(Object.entries(DNS_TYPE).map(([name, type]) => [type, name]));

/** `SRV`, `TYPE65` (RFC 3597 section 5). */
export const dnsTypeName = (type: number): string => TYPE_NAMES.get(type) ?? `TYPE${type}`;

/** What a record says; `other` where we do not know its type, or it cannot be read. */
export type DnsData =
  | { readonly kind: "A" | "AAAA"; readonly address: string }
  | ({ readonly kind: "PTR" | "CNAME" | "NS" } & DnsName)
  | {
      readonly kind: "SRV";
      readonly priority: number;
      readonly weight: number;
      readonly port: number;
      readonly target: string;
      readonly labels: readonly Buffer[];
    }
  | { readonly kind: "TXT"; readonly strings: readonly Buffer[] }
  | { readonly kind: "other" };

/** Where the data of a record stands in its message. */
interface Extent {
  readonly start: number;
  readonly end: number;
}

const OTHER: DnsData = { kind: "other" };

/** Reads the data of a record whose type we know. What is wrong goes to `problems`. */
export function readData(message: Buffer, type: number, { start, end }: Extent, problems: OctetProblem[]): DnsData {
  switch (type) {
    case DNS_TYPE.A:
      return readAddress("A", 4, message.subarray(start, end), start, problems);
    case DNS_TYPE.AAAA:
      return readAddress("AAAA", 16, message.subarray(start, end), start, problems);
    case DNS_TYPE.PTR:
      return { kind: "PTR", ...onlyName(message, { start, end }, problems) };
    case DNS_TYPE.CNAME:
      return { kind: "CNAME", ...onlyName(message, { start, end }, problems) };
    case DNS_TYPE.NS:
      return { kind: "NS", ...onlyName(message, { start, end }, problems) };
    case DNS_TYPE.SRV:
      return readService(message, { start, end }, problems);
    case DNS_TYPE.TXT:
      return { kind: "TXT", strings: readStrings(message, { start, end }, problems) };
    default:
      return OTHER;
  }
}

function readAddress(kind: "A" | "AAAA", length: number, octets: Buffer, offset: number, problems: OctetProblem[]): DnsData {
  if (octets.length === length) return { kind, address: addressText(octets) };
  const clause = kind === "A" ? "RFC-1035:3.4.1" : "RFC-3596:2.2";
  problems.push({ kind: "length", offset, text: `an address of ${octets.length} octets in a record of type ${kind}`, clause });
  return OTHER;
}

/** The name that is all of the data. */
function onlyName(message: Buffer, { start, end }: Extent, problems: OctetProblem[]): DnsName {
  const { name, labels, next } = readName(message, start, end, problems);
  if (next !== undefined && next !== end)
    problems.push({
      kind: "trailing",
      offset: next,
      text: `${end - next} octets behind the name in a record`,
      clause: "RFC-1035:3.2.1",
    });
  return { name, labels };
}

function readService(message: Buffer, { start, end }: Extent, problems: OctetProblem[]): DnsData {
  if (end - start < 7) {
    problems.push({ kind: "length", offset: start, text: `a record of type SRV with ${end - start} octets`, clause: "RFC-2782" });
    return OTHER;
  }
  const [priority, weight, port] = [0, 2, 4].map((at) => message.readUInt16BE(start + at)) as [number, number, number];
  const { name: target, labels } = onlyName(message, { start: start + 6, end }, problems);
  return { kind: "SRV", priority, weight, port, target, labels };
}

function readStrings(message: Buffer, { start, end }: Extent, problems: OctetProblem[]): readonly Buffer[] {
  const clause = "RFC-1035:3.3.14";
  if (start === end) problems.push({ kind: "empty", offset: start, text: "a record of type TXT without a string", clause });
  const strings: Buffer[] = [];
  for (let at = start; at < end; ) {
    const length = message.readUInt8(at);
    strings.push(message.subarray(at + 1, Math.min(at + 1 + length, end)));
    if (at + 1 + length > end)
      problems.push({
        kind: "truncated",
        offset: at,
        text: `a string of ${length} octets, and ${end - at - 1} are left`,
        clause,
      });
    at += 1 + length;
  }
  return strings;
}

/** Data of a record to be written. */
export type DnsDataToWrite =
  | { readonly kind: "A" | "AAAA"; readonly address: string }
  | { readonly kind: "PTR" | "CNAME" | "NS"; readonly name: string }
  | { readonly kind: "SRV"; readonly priority: number; readonly weight: number; readonly port: number; readonly target: string }
  | { readonly kind: "TXT"; readonly strings: readonly (string | Buffer)[] }
  /** Any type with any octets, for what no encoder should write. */
  | { readonly kind: "other"; readonly type: number; readonly rdata: Buffer };

/** Type and octets of a record's data, names without compression. @throws RangeError when something does not fit */
export function writeData(data: DnsDataToWrite): { readonly type: number; readonly rdata: Buffer } {
  switch (data.kind) {
    case "A":
    case "AAAA":
      return { type: DNS_TYPE[data.kind], rdata: addressOctets(data.address) };
    case "PTR":
    case "CNAME":
    case "NS":
      return { type: DNS_TYPE[data.kind], rdata: nameOctets(data.name) };
    case "SRV": {
      const numbers = [data.priority, data.weight, data.port].map((value) => numberOctets(value, 2));
      return { type: DNS_TYPE.SRV, rdata: Buffer.concat([...numbers, nameOctets(data.target)]) };
    }
    case "TXT": {
      const strings = data.strings.map((text) => Buffer.from(text));
      return { type: DNS_TYPE.TXT, rdata: Buffer.concat(strings.flatMap((text) => [numberOctets(text.length, 1), text])) };
    }
    case "other":
      return data;
  }
}

/** A pair of a TXT record of DNS-SD. */
export interface TxtPair {
  /** As it was written. */
  readonly key: string;
  /** Octets behind the `=`; undefined when there is none. */
  readonly value: Buffer | undefined;
}

/**
 * The pairs of a TXT record by key in small letters (RFC 6763 6.4). Of a key that stands twice the first counts; a string that has no key is
 * left out.
 */
export function txtPairs(strings: readonly Buffer[]): ReadonlyMap<string, TxtPair> {
  const pairs = new Map<string, TxtPair>();
  for (const octets of strings) {
    const equals = octets.indexOf("=");
    const key = octets.toString("latin1", 0, equals === -1 ? octets.length : equals);
    const known = key.toLowerCase();
    if (key !== "" && !pairs.has(known))
      pairs.set(known, { key, value: equals === -1 ? undefined : octets.subarray(equals + 1) });
  }
  return pairs;
}
