import { createHmac } from "node:crypto";
import type { Endpoint } from "../network.ts";

/** Message types of RFC 3489 11.1, as far as a client without shared secrets knows them. */
export const BINDING_REQUEST = 0x0001;
export const BINDING_RESPONSE = 0x0101;
export const BINDING_ERROR = 0x0111;

/** Attribute types: RFC 3489 11.2, and TR-069 Annex G, Table 103. */
export const MAPPED_ADDRESS = 0x0001;
export const RESPONSE_ADDRESS = 0x0002;
export const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
export const ERROR_CODE = 0x0009;
export const CONNECTION_REQUEST_BINDING = 0xc001;
export const BINDING_CHANGE = 0xc002;

export interface Attribute {
  readonly type: number;
  readonly value: Buffer;
}

export interface StunMessage {
  readonly type: number;
  /** 16 octets. */
  readonly id: Buffer;
  readonly attributes: readonly Attribute[];
  /** Set when its last attribute is MESSAGE-INTEGRITY: that, and what it was reckoned over. */
  readonly integrity: { readonly found: Buffer; readonly over: Buffer } | undefined;
}

const HEADER = 20;
const ATTRIBUTE_HEADER = 4;
const INTEGRITY = 20;
const IPV4 = 1;

/** HMAC-SHA1 of a message up to its MESSAGE-INTEGRITY, which is padded with zeros to whole blocks of 64 octets (RFC 3489 11.2.8). */
export function integrityOf(over: Buffer, password: string): Buffer {
  const padding = Buffer.alloc((64 - (over.length % 64)) % 64);
  return createHmac("sha1", Buffer.from(password, "utf8")).update(over).update(padding).digest();
}

/** The octets of a message. `sign`, if there is one, makes the MESSAGE-INTEGRITY that ends it from all that stands before. */
export function encodeMessage({ type, id, attributes }: Omit<StunMessage, "integrity">, sign?: (over: Buffer) => Buffer): Buffer {
  const body = Buffer.concat(attributes.map(encodeAttribute));
  const header = Buffer.alloc(ATTRIBUTE_HEADER);
  header.writeUInt16BE(type, 0);
  // The length counts the MESSAGE-INTEGRITY too, in what that is reckoned over as well.
  header.writeUInt16BE(body.length + (sign === undefined ? 0 : ATTRIBUTE_HEADER + INTEGRITY), 2);
  const over = Buffer.concat([header, id, body]);
  return sign === undefined ? over : Buffer.concat([over, encodeAttribute({ type: MESSAGE_INTEGRITY, value: sign(over) })]);
}

function encodeAttribute({ type, value }: Attribute): Buffer {
  const head = Buffer.alloc(ATTRIBUTE_HEADER);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

/** Reads a message; undefined when the octets are none. */
export function decodeMessage(octets: Buffer): StunMessage | undefined {
  if (octets.length < HEADER || octets.readUInt16BE(2) !== octets.length - HEADER) return undefined;
  const attributes: Attribute[] = [];
  let integrity: StunMessage["integrity"];
  for (let at = HEADER; at < octets.length; ) {
    if (at + ATTRIBUTE_HEADER > octets.length) return undefined;
    const type = octets.readUInt16BE(at);
    const end = at + ATTRIBUTE_HEADER + octets.readUInt16BE(at + 2);
    if (end > octets.length) return undefined;
    const value = octets.subarray(at + ATTRIBUTE_HEADER, end);
    attributes.push({ type, value });
    integrity = type === MESSAGE_INTEGRITY ? { found: value, over: octets.subarray(0, at) } : undefined;
    at = end;
  }
  return { type: octets.readUInt16BE(0), id: octets.subarray(4, HEADER), attributes, integrity };
}

/** Value of an attribute that holds an address (RFC 3489 11.2.1); only IPv4 has a form there. */
export function encodeAddress({ address, port }: Endpoint): Buffer {
  const value = Buffer.from([0, IPV4, 0, 0, ...address.split(".").map(Number)]);
  value.writeUInt16BE(port, 2);
  return value;
}

/** The address in the first attribute of a type; undefined when there is none, or it holds no address. */
export function addressIn({ attributes }: StunMessage, type: number): Endpoint | undefined {
  const value = attributes.find((one) => one.type === type)?.value;
  if (value?.length !== 8 || value[1] !== IPV4) return undefined;
  return { address: value.subarray(4).join("."), port: value.readUInt16BE(2) };
}

/** The number in ERROR-CODE, such as 401 (RFC 3489 11.2.9); 0 when there is none. */
export function errorCodeIn({ attributes }: StunMessage): number {
  const value = attributes.find(({ type }) => type === ERROR_CODE)?.value;
  return value === undefined || value.length < 4 ? 0 : (value.readUInt8(2) & 7) * 100 + value.readUInt8(3);
}
