import { createHmac, timingSafeEqual } from "node:crypto";
import type { Located } from "../core/finding.ts";
import type { Endpoint } from "../core/network.ts";
import { type Naming, nameOf } from "./naming.ts";
import type { OctetProblem, ProblemKind } from "./octet-problem.ts";
import { addressText } from "./octets.ts";
import { ATTRIBUTES, type AttributeName, HEADER, MESSAGES, type StunName } from "./stun-names.ts";

/** An attribute as it stood on the wire (RFC 3489 11.2). */
export interface StunAttribute {
  readonly type: number;
  /** As the standards name it, or the type in hex: `USERNAME`, `0x8020`. */
  readonly name: string;
  /** Octet of the message at which its type stands. */
  readonly offset: number;
  readonly value: Buffer;
}

/** A STUN message of RFC 3489: read leniently, with everything that is wrong remembered beside it. */
export interface StunMessage {
  readonly octets: Buffer;
  /** How findings name it. */
  readonly where: string;
  readonly problems: readonly OctetProblem[];
  /** `unknown` when RFC 3489 does not define its type, or there are too few octets for one. */
  readonly name: StunName | "unknown";
  readonly type: number | undefined;
  /** In hex; empty when it is not all there. */
  readonly transactionId: string;
  /** In the order of the wire. */
  readonly attributes: readonly StunAttribute[];
  has(name: AttributeName): boolean;
  /** The first attribute with this name, in words: `198.51.100.7:40001`, `401 Unauthorized`, a text as it stands, else hex. */
  at(name: AttributeName): Located;
  /** The address in the first attribute with this name; undefined when there is none that can be read. */
  address(name: AttributeName): Endpoint | undefined;
  /**
   * Whether its MESSAGE-INTEGRITY is the one that this key gives. `not padded`: it would be by RFC 5389, which has given up the padding of
   * RFC 3489 11.2.8; devices that were built on a newer library are known by it.
   */
  integrity(key: Buffer | string): "valid" | "not padded" | "invalid" | "absent";
}

/** RFC 3489 11.2.8: the HMAC is computed over a text filled up with zeros to a multiple of so many octets. */
const HMAC_BLOCK = 64;
/** MESSAGE-INTEGRITY: octets of its value (11.2.8), and of type and length before it. */
const HMAC_LENGTH = 20;
const ATTRIBUTE_HEADER = 4;

/**
 * Reads a datagram as a STUN message. Total: whatever the octets are, there is a value. Rules of TR-111 on the attributes that it adds
 * are for cases to judge.
 */
export function decodeStun(octets: Buffer, where: Naming): StunMessage {
  const problems: OctetProblem[] = [];
  const problem = (kind: ProblemKind, offset: number, text: string, clause: string): void => {
    problems.push({ kind, offset, text, clause: `RFC-3489:${clause}` });
  };
  const type = octets.length >= 2 ? octets.readUInt16BE(0) : undefined;
  const name = type === undefined ? "unknown" : (MESSAGES.get(type) ?? "unknown");
  if (type !== undefined && name === "unknown") problem("value", 0, `message type ${hex(type)} is none`, "11.1");
  if (octets.length < HEADER) problem("truncated", octets.length, `${octets.length} octets where a header has ${HEADER}`, "11.1");
  else {
    const [told, got] = [octets.readUInt16BE(2), octets.length - HEADER];
    if (told > got) problem("truncated", 2, `Message Length says ${told} octets, ${got} follow`, "11.1");
    if (told < got) problem("trailing", HEADER + told, `${got - told} octets behind the Message Length`, "11.1");
  }
  const attributes = readAttributes(octets, problem);
  for (const [index, attribute] of attributes.entries()) {
    const wrong = ATTRIBUTES.get(attribute.type)?.check?.(attribute.value);
    if (wrong !== undefined) problem(wrong.kind, attribute.offset, `${attribute.name} ${wrong.text}`, wrong.clause);
    if (attribute.name === "MESSAGE-INTEGRITY" && index < attributes.length - 1)
      problem("trailing", attribute.offset, "MESSAGE-INTEGRITY is not the last attribute", "11.2.8");
  }
  const first = (wanted: AttributeName): StunAttribute | undefined => attributes.find((one) => one.name === wanted);
  const named = nameOf(where, name === "unknown" ? "no STUN message" : name);
  return {
    octets,
    where: named,
    problems,
    name,
    type,
    transactionId: octets.length >= HEADER ? octets.toString("hex", 4, HEADER) : "",
    attributes,
    has: (wanted) => first(wanted) !== undefined,
    at(wanted) {
      const found = first(wanted);
      if (found === undefined) return { value: undefined, where: named };
      const text = ATTRIBUTES.get(found.type)?.text(found.value) ?? found.value.toString("hex");
      return { value: text, where: `${named}, octet ${found.offset}` };
    },
    address: (wanted) => readAddress(first(wanted)?.value),
    integrity(key) {
      const found = first("MESSAGE-INTEGRITY");
      if (found === undefined) return "absent";
      const before = octets.subarray(0, found.offset);
      const is = (right: Buffer): boolean => found.value.length === right.length && timingSafeEqual(found.value, right);
      if (is(messageIntegrity(before, key))) return "valid";
      return is(createHmac("sha1", key).update(before).digest()) ? "not padded" : "invalid";
    },
  };
}

function readAttributes(
  octets: Buffer,
  problem: (kind: ProblemKind, offset: number, text: string, clause: string) => void,
): readonly StunAttribute[] {
  const attributes: StunAttribute[] = [];
  const end = octets.length < HEADER ? 0 : Math.min(octets.length, HEADER + octets.readUInt16BE(2));
  let offset = HEADER;
  while (offset < end) {
    if (end - offset < ATTRIBUTE_HEADER) {
      problem("truncated", offset, `${end - offset} octets where an attribute begins`, "11.2");
      break;
    }
    const type = octets.readUInt16BE(offset);
    const length = octets.readUInt16BE(offset + 2);
    const start = offset + ATTRIBUTE_HEADER;
    const name = ATTRIBUTES.get(type)?.name ?? hex(type);
    if (start + length > end) {
      problem("truncated", offset, `${name} says ${length} octets, ${end - start} follow`, "11.2");
      break;
    }
    attributes.push({ type, name, offset, value: octets.subarray(start, start + length) });
    offset = start + length;
  }
  return attributes;
}

/** The address in MAPPED-ADDRESS and its like (RFC 3489 11.2.1). */
function readAddress(value: Buffer | undefined): Endpoint | undefined {
  if (value?.length !== 8) return undefined;
  return { address: addressText(value.subarray(4)), port: value.readUInt16BE(2) };
}

/** Value of MESSAGE-INTEGRITY for everything that stands before it, the header with the length of the whole (RFC 3489 11.2.8). */
export function messageIntegrity(before: Buffer, key: Buffer | string): Buffer {
  const padding = Buffer.alloc((HMAC_BLOCK - (before.length % HMAC_BLOCK)) % HMAC_BLOCK);
  return createHmac("sha1", key).update(before).update(padding).digest();
}

export const INTEGRITY_SIZE = ATTRIBUTE_HEADER + HMAC_LENGTH;

const hex = (type: number): string => `0x${type.toString(16).toUpperCase().padStart(4, "0")}`;
