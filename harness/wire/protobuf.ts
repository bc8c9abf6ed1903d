/** The wire types of Protocol Buffers; 3 and 4 enclose a group, 6 and 7 are not in use. */
export const WIRE_VARINT = 0;
export const WIRE_64_BIT = 1;
export const WIRE_LENGTH = 2;
export const WIRE_GROUP = 3;
export const WIRE_GROUP_END = 4;
export const WIRE_32_BIT = 5;

/** A variable-length integer: a number while that is exact, a bigint beyond. */
export interface Varint {
  readonly value: number | bigint;
  /** Behind its last octet. */
  readonly next: number;
  /** False when fewer octets would have done. */
  readonly minimal: boolean;
}

/** Field number and wire type in front of a value. */
export interface Tag {
  readonly number: number;
  readonly wireType: number;
  readonly next: number;
  readonly minimal: boolean;
}

/** Why octets cannot be read on: they end too early, or are nothing that Protocol Buffers know. */
export interface Unreadable {
  readonly kind: "truncated" | "varint" | "tag";
  readonly message: string;
}

/** An integer has at most 64 bits, 7 in each octet. */
const LONGEST_VARINT = 10;
/** Seven octets of 7 bits stay exact in a number. */
const EXACT_OCTETS = 7;
/** Field numbers have 29 bits. */
const LARGEST_NUMBER = 2 ** 29 - 1;

/** True when reading came to an end that it must not come to. */
export function isUnreadable(read: object): read is Unreadable {
  return "kind" in read;
}

/** Reads a variable-length integer that has to end before `end`. */
export function readVarint(octets: Buffer, start: number, end: number): Varint | Unreadable {
  let small = 0;
  let large = 0n;
  for (let index = 0; index < LONGEST_VARINT; index += 1) {
    const at = start + index;
    if (at >= end) return { kind: "truncated", message: "the octets end inside a variable-length integer" };
    const octet = octets[at] ?? 0;
    const bits = octet & 0x7f;
    if (index < EXACT_OCTETS) small += bits * 2 ** (7 * index);
    else large |= BigInt(bits) << BigInt(7 * index);
    if (octet < 0x80) {
      // Of the tenth octet only one bit is left.
      if (index === LONGEST_VARINT - 1 && bits > 1) break;
      const value = index < EXACT_OCTETS ? small : large + BigInt(small);
      return { value, next: at + 1, minimal: index === 0 || bits !== 0 };
    }
  }
  return { kind: "varint", message: "a variable-length integer of more than 64 bits" };
}

/** Reads what stands in front of a value. */
export function readTag(octets: Buffer, start: number, end: number): Tag | Unreadable {
  const varint = readVarint(octets, start, end);
  if (isUnreadable(varint)) return varint;
  const { value, next, minimal } = varint;
  const number = typeof value === "number" ? Math.floor(value / 8) : LARGEST_NUMBER + 1;
  const wireType = (octets[start] ?? 0) & 7;
  if (number === 0 || number > LARGEST_NUMBER) return { kind: "tag", message: `a field number that cannot be: ${value}` };
  if (wireType > WIRE_32_BIT) return { kind: "tag", message: `wire type ${wireType}, which does not exist, for field ${number}` };
  return { number, wireType, next, minimal };
}

/** Where the value behind a tag begins and ends: without the length in front of it, and without the end of a group. */
export interface Extent {
  readonly start: number;
  readonly stop: number;
  /** Behind everything that belongs to the value. */
  readonly next: number;
  /** False for a length that fewer octets would have told. */
  readonly minimal: boolean;
}

/**
 * Finds the end of a value by its wire type alone. A length that leads beyond `end` gives an extent whose `stop` is there:
 * the caller tells it by `stop > end`.
 */
export function extentOf(octets: Buffer, tag: Tag, end: number): Extent | Unreadable {
  const start = tag.next;
  switch (tag.wireType) {
    case WIRE_VARINT: {
      const varint = readVarint(octets, start, end);
      return isUnreadable(varint) ? varint : { start, stop: varint.next, next: varint.next, minimal: true };
    }
    case WIRE_64_BIT:
      return { start, stop: start + 8, next: start + 8, minimal: true };
    case WIRE_32_BIT:
      return { start, stop: start + 4, next: start + 4, minimal: true };
    case WIRE_LENGTH: {
      const length = readVarint(octets, start, end);
      if (isUnreadable(length)) return length;
      const stop = length.next + Number(length.value);
      return { start: length.next, stop, next: stop, minimal: length.minimal };
    }
    case WIRE_GROUP:
      return groupExtent(octets, tag, end);
    default:
      return { kind: "tag", message: `the end of group ${tag.number}, which has not begun` };
  }
}

/** Groups may lie in groups as deep as somebody likes: counted, not recursed into. */
function groupExtent(octets: Buffer, opening: Tag, end: number): Extent | Unreadable {
  const open = [opening.number];
  let at = opening.next;
  while (at < end) {
    const tag = readTag(octets, at, end);
    if (isUnreadable(tag)) return tag;
    if (tag.wireType === WIRE_GROUP) {
      open.push(tag.number);
      at = tag.next;
    } else if (tag.wireType === WIRE_GROUP_END) {
      const expected = open.pop();
      if (expected !== tag.number) return { kind: "tag", message: `the end of group ${tag.number} inside group ${expected}` };
      if (open.length === 0) return { start: opening.next, stop: at, next: tag.next, minimal: true };
      at = tag.next;
    } else {
      const extent = extentOf(octets, tag, end);
      if (isUnreadable(extent)) return extent;
      at = extent.next;
    }
  }
  return { kind: "truncated", message: `the octets end inside group ${open.at(-1)}` };
}
