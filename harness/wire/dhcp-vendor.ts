import { isUtf8 } from "node:buffer";
import { type DhcpMessage, optionOf } from "./dhcp.ts";
import { OPTION } from "./dhcp-names.ts";
import { placeIn } from "./dhcp-options.ts";
import {
  counted,
  counting,
  enterpriseOctets,
  judgeEnterprise,
  judgeLength,
  readSubOptions,
  type SubOption,
  type SubOptionToWrite,
  writeSubOptions,
} from "./dhcp-sub-options.ts";
import { inPlace, type OctetProblem, type Place } from "./octet-problem.ts";

export type { SubOption, SubOptionToWrite } from "./dhcp-sub-options.ts";

/** What is told under one enterprise number. */
export interface EnterpriseBlock {
  /** As it was read, so 3909943296 for 3561 with its octets reversed. */
  readonly enterprise: number;
  /** Octet at which the enterprise number stands. */
  readonly offset: number;
  /** The data-len that it tells: more than its data where the option ends before. */
  readonly announced: number;
  /** All of its data. */
  readonly octets: Buffer;
  readonly subOptions: readonly SubOption[];
}

/** Vendor-specific information by enterprise number: option 125, or option 17 of DHCPv6. */
export interface VendorInformation {
  readonly blocks: readonly EnterpriseBlock[];
  readonly problems: readonly OctetProblem[];
}

/** An item of vendor-class-data. */
export interface ClassItem {
  readonly value: Buffer;
  /** Octet at which its length stands. */
  readonly offset: number;
  /** The length that it tells: more than its value where the option ends before. */
  readonly announced: number;
}

/** A vendor class under an enterprise number: with one item in option 124, with any number in option 16 of DHCPv6. */
export interface VendorClass {
  readonly enterprise: number;
  /** Octet at which the enterprise number stands. */
  readonly offset: number;
  readonly items: readonly ClassItem[];
}

/** Vendor classes by enterprise number: option 124, or option 16 of DHCPv6. */
export interface VendorClasses {
  readonly classes: readonly VendorClass[];
  readonly problems: readonly OctetProblem[];
}

/** Encapsulated vendor-specific options: option 43. */
export interface Encapsulated {
  readonly subOptions: readonly SubOption[];
  readonly problems: readonly OctetProblem[];
}

/** Reads the value of option 125, all of its instances joined (RFC 3925 section 4). Never throws. `place` translates offsets. */
export function readVendorInformation(octets: Buffer, place: Place = inPlace): VendorInformation {
  const clause = "RFC-3925:4";
  const problems: OctetProblem[] = [];
  const blocks = readEnterprises(octets, place, clause, problems).map(({ enterprise, offset, announced, start, end }) => {
    const subOptions = readSubOptions(octets, { start, end, width: 1, clause }, place, problems);
    return { enterprise, offset, announced, octets: octets.subarray(start, end), subOptions };
  });
  return { blocks, problems };
}

/** Reads the value of option 124, all of its instances joined (RFC 3925 section 3). Never throws. */
export function readVendorClass(octets: Buffer, place: Place = inPlace): VendorClasses {
  const problems: OctetProblem[] = [];
  const raw = readEnterprises(octets, place, "RFC-3925:3", problems);
  const classes = raw.map(({ enterprise, offset, announced, start, end }) => {
    return { enterprise, offset, items: [{ value: octets.subarray(start, end), offset: place(start - 1), announced }] };
  });
  return { classes, problems };
}

/** Reads the value of option 43 where it holds encapsulated options (RFC 2132 8.4). Never throws. */
export function readEncapsulated(octets: Buffer, place: Place = inPlace): Encapsulated {
  const problems: OctetProblem[] = [];
  const fields = { start: 0, end: octets.length, width: 1, clause: "RFC-2132:8.4", padded: true } as const;
  const subOptions = readSubOptions(octets, fields, place, problems);
  if (octets.length === 0) problems.push({ kind: "empty", offset: place(0), text: "no octets", clause: fields.clause });
  return { subOptions, problems };
}

/** Option 125 of a message, its offsets those of the message; undefined when it has none. */
export function vendorInformationOf(message: DhcpMessage): VendorInformation | undefined {
  return readFrom(message, OPTION.vendorIdentifyingInformation, readVendorInformation);
}

/** Option 124 of a message, its offsets those of the message; undefined when it has none. */
export function vendorClassOf(message: DhcpMessage): VendorClasses | undefined {
  return readFrom(message, OPTION.vendorIdentifyingClass, readVendorClass);
}

/** Option 43 of a message, its offsets those of the message; undefined when it has none. */
export function encapsulatedOf(message: DhcpMessage): Encapsulated | undefined {
  return readFrom(message, OPTION.vendorSpecific, readEncapsulated);
}

function readFrom<T>(message: DhcpMessage, code: number, read: (octets: Buffer, place: Place) => T): T | undefined {
  const option = optionOf(message, code);
  return option === undefined ? undefined : read(option.octets, placeIn(option));
}

/** The first sub-option of this code under an enterprise number. */
export function subOptionOf(information: VendorInformation | undefined, enterprise: number, code: number): SubOption | undefined {
  return information?.blocks
    .filter((block) => block.enterprise === enterprise)
    .flatMap(({ subOptions }) => subOptions)
    .find((subOption) => subOption.code === code);
}

/** A value as text. */
export interface TextValue {
  /** All of it, with the NUL at its end where it has one. */
  readonly text: string;
  readonly nulTerminated: boolean;
  readonly isUtf8: boolean;
}

/** Reads a value as text. Nothing is taken away: a NUL at the end is told, and stays. */
export function readText(octets: Buffer): TextValue {
  return { text: octets.toString("utf8"), nulTerminated: octets.at(-1) === 0, isUtf8: isUtf8(octets) };
}

/** The value of an option of a message as text, such as 60 or 66; undefined when it has none. */
export function textOf(message: DhcpMessage, code: number): TextValue | undefined {
  const option = optionOf(message, code);
  return option === undefined ? undefined : readText(option.octets);
}

interface RawBlock {
  readonly enterprise: number;
  readonly offset: number;
  readonly announced: number;
  /** Where its data is in the value of the option. */
  readonly start: number;
  readonly end: number;
}

/** Octets of an enterprise number and of the length of its data. */
const HEAD = 5;

function readEnterprises(octets: Buffer, place: Place, clause: string, problems: OctetProblem[]): readonly RawBlock[] {
  const blocks: RawBlock[] = [];
  const known = new Set<number>();
  let at = 0;
  do {
    const left = octets.length - at;
    if (left < HEAD) {
      const none = { kind: "length", text: `${counted(left)}; an enterprise number and its length take ${HEAD}` } as const;
      const more = { kind: "trailing", text: `${counted(left)} behind the last enterprise` } as const;
      problems.push({ ...(at === 0 ? none : more), offset: place(at), clause });
      break;
    }
    const enterprise = octets.readUInt32BE(at);
    const announced = octets.readUInt8(at + HEAD - 1);
    const start = at + HEAD;
    const end = Math.min(start + announced, octets.length);
    blocks.push({ enterprise, offset: place(at), announced, start, end });
    judgeEnterprise(enterprise, place(at), clause, problems);
    if (known.has(enterprise))
      problems.push({ kind: "duplicate", offset: place(at), text: `enterprise number ${enterprise} again`, clause });
    known.add(enterprise);
    const told = { announced, left: end - start, offset: place(start - 1) };
    judgeLength(`the data of enterprise ${enterprise}`, told, clause, problems);
    at = end;
  } while (at < octets.length);
  return blocks;
}

/** The value of option 125. What should be wrong with it is written by hand. @throws RangeError when something does not fit */
export function writeVendorInformation(
  blocks: readonly { readonly enterprise: number; readonly subOptions: readonly SubOptionToWrite[] }[],
): Buffer {
  return Buffer.concat(
    blocks.flatMap(({ enterprise, subOptions }) => [enterpriseOctets(enterprise), counting(writeSubOptions(subOptions, 1), 1)]),
  );
}

/** The value of option 124. @throws RangeError when something does not fit */
export function writeVendorClass(classes: readonly { readonly enterprise: number; readonly value: string | Buffer }[]): Buffer {
  return Buffer.concat(
    classes.flatMap(({ enterprise, value }) => [enterpriseOctets(enterprise), counting(Buffer.from(value), 1)]),
  );
}

/** The value of option 43, with an end option in it where asked for. @throws RangeError when something does not fit */
export function writeEncapsulated(
  subOptions: readonly SubOptionToWrite[],
  { end = false }: { readonly end?: boolean } = {},
): Buffer {
  return Buffer.concat([writeSubOptions(subOptions, 1), Buffer.of(...(end ? [OPTION.end] : []))]);
}
