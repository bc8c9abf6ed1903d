import type { Located } from "../core/finding.ts";
import { DHCP_TYPES, type DhcpType, OPTION } from "./dhcp-names.ts";
import { type DhcpOption, type OptionInstance, type ReadOption, readOptions, writeOptions } from "./dhcp-options.ts";
import { type Naming, nameOf } from "./naming.ts";
import type { OctetProblem } from "./octet-problem.ts";
import { addressOctets, addressText } from "./octets.ts";

export type { DhcpType } from "./dhcp-names.ts";
export type { DhcpOption } from "./dhcp-options.ts";
export { addressOctets, addressText, numberOctets } from "./octets.ts";

/** A DHCPv4 message (RFC 2131 section 2): read leniently, with everything that is wrong remembered beside it. */
export interface DhcpMessage {
  readonly octets: Buffer;
  /** How findings name it. */
  readonly where: string;
  /** `DHCPDISCOVER`; `BOOTREQUEST` or `BOOTREPLY` without a known type; `nothing` when it is too short to be either. */
  readonly name: string;
  /** Of option 53; undefined when that is absent or unknown. */
  readonly type: DhcpType | undefined;
  /** 1 from a client, 2 from a server. */
  readonly op: number;
  readonly htype: number;
  readonly hlen: number;
  readonly hops: number;
  readonly xid: number;
  /** Seconds since the client began. */
  readonly secs: number;
  readonly flags: number;
  /** The client cannot be reached by unicast yet. */
  readonly broadcast: boolean;
  /** Addresses as text, `0.0.0.0` where none is told. */
  readonly ciaddr: string;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly giaddr: string;
  /** The first `hlen` octets, 16 at most: `02:00:00:00:00:01`. */
  readonly chaddr: string;
  /** Up to the first NUL; whoever overloads these two fields has options there instead. */
  readonly sname: string;
  readonly file: string;
  /** By code, in the order in which each first stood. */
  readonly options: readonly ReadOption[];
  /** Every option as it stood on the wire. */
  readonly instances: readonly OptionInstance[];
  readonly problems: readonly OctetProblem[];
}

/** Up to the magic cookie, with it (RFC 2131 sections 2 and 3). */
const HEAD = 240;
const COOKIE = 0x63825363;
/** Octets that chaddr has. */
const CHADDR = 16;
const BROADCAST = 0x8000;

/** Who sends a message of a type: `op` by type (RFC 2131, Tables 3 and 5). */
const SENDERS: Readonly<Record<DhcpType, number>> = {
  ...{ DISCOVER: 1, OFFER: 2, REQUEST: 1, DECLINE: 1, ACK: 2, NAK: 2, RELEASE: 1, INFORM: 1 },
};

/** Reads a DHCP message. Never throws, whatever the octets; offsets of its problems count from the first octet of the message. */
export function decodeDhcp(octets: Buffer, where: Naming): DhcpMessage {
  const problems: OctetProblem[] = [];
  const problem = (kind: OctetProblem["kind"], offset: number, text: string, clause: string): void => {
    problems.push({ kind, offset, text, clause });
  };
  // What is missing at the end reads as zeros.
  const head = octets.length < HEAD ? Buffer.concat([octets], HEAD) : octets;
  const [op = 0, htype = 0, hlen = 0, hops = 0] = head;
  const flags = head.readUInt16BE(10);
  const hasCookie = head.readUInt32BE(236) === COOKIE;
  if (octets.length < HEAD)
    problem("truncated", octets.length, `${octets.length} octets; a message has at least ${HEAD}`, "RFC-2131:2");
  else if (!hasCookie)
    problem("cookie", 236, `${head.toString("hex", 236, HEAD)} in place of the magic cookie 63825363`, "RFC-2131:3");
  if (op !== 1 && op !== 2) problem("value", 0, `op is ${op}; it is 1 or 2`, "RFC-2131:2");
  if (hlen > CHADDR) problem("length", 2, `hlen is ${hlen}; chaddr has 16 octets`, "RFC-2131:2");
  else if (htype === 1 && hlen !== 6) problem("length", 2, `hlen is ${hlen}; an address of Ethernet has 6 octets`, "RFC-2131:2");
  if ((flags & ~BROADCAST) !== 0) problem("value", 10, "reserved flags are set", "RFC-2131:2");
  const { options, instances, problems: ofOptions } = hasCookie ? readOptions(octets) : NO_OPTIONS;
  problems.push(...ofOptions);
  const message = { octets, op, options };
  const type = typeOf(message, problem);
  const overloads = (area: OptionInstance["area"]): boolean => {
    const value = options.find(({ code }) => code === OPTION.overload)?.octets[0] ?? 0;
    return value === 3 || value === (area === "file" ? 1 : 2);
  };
  const name = type !== undefined ? `DHCP${type}` : op === 1 ? "BOOTREQUEST" : op === 2 ? "BOOTREPLY" : "nothing";
  return {
    octets,
    where: nameOf(where, name),
    name,
    type,
    ...{ op, htype, hlen, hops, flags },
    xid: head.readUInt32BE(4),
    secs: head.readUInt16BE(8),
    broadcast: (flags & BROADCAST) !== 0,
    ciaddr: addressText(head.subarray(12, 16)),
    yiaddr: addressText(head.subarray(16, 20)),
    siaddr: addressText(head.subarray(20, 24)),
    giaddr: addressText(head.subarray(24, 28)),
    chaddr: hardwareText(head.subarray(28, 28 + Math.min(hlen, CHADDR))),
    sname: overloads("sname") ? "" : upToNul(head.subarray(44, 108)),
    file: overloads("file") ? "" : upToNul(head.subarray(108, 236)),
    options,
    instances,
    problems,
  };
}

const NO_OPTIONS = { options: [], instances: [], problems: [] } as const;

type Report = (kind: OctetProblem["kind"], offset: number, text: string, clause: string) => void;

function typeOf({ octets, op, options }: Pick<DhcpMessage, "octets" | "op" | "options">, problem: Report): DhcpType | undefined {
  const option = options.find(({ code }) => code === OPTION.messageType);
  if (option === undefined) {
    if (octets.length >= HEAD) problem("value", octets.length, "no option 53 (DHCP Message Type)", "RFC-2131:3");
    return undefined;
  }
  const [value] = option.octets;
  const type = value === undefined ? undefined : DHCP_TYPES[value - 1];
  if (value !== undefined && type === undefined)
    problem("value", option.offset + 2, `message type ${value} is none of RFC 2131`, "RFC-2132:9.6");
  if (type !== undefined && SENDERS[type] !== op)
    problem("value", 0, `op is ${op} in a DHCP${type}`, SENDERS[type] === 1 ? "RFC-2131:4.4.1" : "RFC-2131:4.3.1");
  return type;
}

/** The option, if the message has it. */
export function optionOf({ options }: DhcpMessage, code: number): ReadOption | undefined {
  return options.find((option) => option.code === code);
}

/** The first address that an option holds; undefined when there is none. */
export function addressOf(message: DhcpMessage, code: number): string | undefined {
  const octets = optionOf(message, code)?.octets;
  return octets === undefined || octets.length < 4 ? undefined : addressText(octets.subarray(0, 4));
}

/** The number that an option of 1, 2 or 4 octets holds; undefined when there is none. */
export function numberOf(message: DhcpMessage, code: number): number | undefined {
  const octets = optionOf(message, code)?.octets;
  return octets !== undefined && [1, 2, 4].includes(octets.length) ? octets.readUIntBE(0, octets.length) : undefined;
}

/** A value of a message and its place, for findings; the place is the whole message where no octet is told. */
export function located<T>({ where }: Pick<DhcpMessage, "where">, value: T | undefined, offset?: number): Located<T> {
  return { value, where: offset === undefined ? where : `${where}, octet ${offset}` };
}

function hardwareText(octets: Buffer): string {
  return (octets.toString("hex").match(/../g) ?? []).join(":");
}

function upToNul(field: Buffer): string {
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end === -1 ? field.length : end);
}

/** A message to be written, legal or not. Fields that are left out are zero. */
export interface DhcpToWrite {
  readonly op: number;
  readonly xid: number;
  /** `02:00:00:00:00:01`. */
  readonly chaddr: string;
  /** Written as option 53, in front of the others. */
  readonly type?: DhcpType;
  readonly hops?: number;
  readonly secs?: number;
  readonly broadcast?: boolean;
  readonly ciaddr?: string;
  readonly yiaddr?: string;
  readonly siaddr?: string;
  readonly giaddr?: string;
  /** Octets are written as they stand: the options of an overloaded field. */
  readonly sname?: string | Buffer;
  readonly file?: string | Buffer;
  /** In this order; the same code twice gives two instances, and a Buffer is written as it stands. */
  readonly options?: readonly (DhcpOption | Buffer)[];
  /** Whether the end option is written; default true. */
  readonly end?: boolean;
  /** Octets that the message is padded to; default 300, the least that BOOTP relays take (RFC 1542 2.1). */
  readonly atLeast?: number;
}

/** The octets of a message. */
export function encodeDhcp(fields: DhcpToWrite): Buffer {
  const { options = [], end = true, atLeast = 300 } = fields;
  const head = Buffer.alloc(HEAD);
  const hardware = Buffer.from(fields.chaddr.replaceAll(":", ""), "hex");
  head.set([fields.op & 0xff, 1, hardware.length, fields.hops ?? 0]);
  head.writeUInt32BE(fields.xid >>> 0, 4);
  head.writeUInt16BE(fields.secs ?? 0, 8);
  head.writeUInt16BE(fields.broadcast === true ? BROADCAST : 0, 10);
  for (const [index, address] of [fields.ciaddr, fields.yiaddr, fields.siaddr, fields.giaddr].entries())
    if (address !== undefined) addressOctets(address).copy(head, 12 + 4 * index);
  hardware.copy(head, 28, 0, CHADDR);
  Buffer.from(fields.sname ?? "").copy(head, 44, 0, 64);
  Buffer.from(fields.file ?? "").copy(head, 108, 0, 128);
  head.writeUInt32BE(COOKIE, 236);
  const type = fields.type === undefined ? [] : [{ code: OPTION.messageType, octets: typeOctet(fields.type) }];
  const written = [head, writeOptions([...type, ...options]), Buffer.of(...(end ? [OPTION.end] : []))];
  const message = Buffer.concat(written);
  return message.length < atLeast ? Buffer.concat([message], atLeast) : message;
}

const typeOctet = (type: DhcpType): Buffer => Buffer.of(DHCP_TYPES.indexOf(type) + 1);
