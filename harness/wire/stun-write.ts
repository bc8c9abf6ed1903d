import type { Endpoint } from "../core/network.ts";
import { addressOctets, numberOctets } from "./octets.ts";
import { INTEGRITY_SIZE, messageIntegrity } from "./stun.ts";
import { ATTRIBUTE_TYPE, type AttributeName, HEADER, MESSAGE_TYPE, type StunName } from "./stun-names.ts";

/** An attribute to write; nothing is checked. */
export interface WrittenAttribute {
  readonly type: number;
  readonly value: Buffer;
}

export interface WrittenStun {
  readonly name: StunName;
  /** 16 octets. */
  readonly transactionId: Buffer;
  readonly attributes: readonly WrittenAttribute[];
  /** Present: a MESSAGE-INTEGRITY with this key closes the message. */
  readonly key?: Buffer | string;
}

/** A STUN message of RFC 3489. */
export function encodeStun({ name, transactionId, attributes, key }: WrittenStun): Buffer {
  const body = attributes.flatMap(({ type, value }) => [numberOctets(type, 2), numberOctets(value.length, 2), value]);
  const content = Buffer.concat(body);
  const length = content.length + (key === undefined ? 0 : INTEGRITY_SIZE);
  const before = Buffer.concat([
    numberOctets(MESSAGE_TYPE[name], 2),
    numberOctets(length, 2),
    transactionId.subarray(0, HEADER - 4),
    content,
  ]);
  if (key === undefined) return before;
  const value = messageIntegrity(before, key);
  return Buffer.concat([before, numberOctets(ATTRIBUTE_TYPE["MESSAGE-INTEGRITY"], 2), numberOctets(value.length, 2), value]);
}

export const attribute = (name: AttributeName, value: Buffer): WrittenAttribute => ({ type: ATTRIBUTE_TYPE[name], value });

/** An attribute with an IPv4 address and a port (RFC 3489 11.2.1). */
export const addressAttribute = (name: AttributeName, { address, port }: Endpoint): WrittenAttribute =>
  attribute(name, Buffer.concat([Buffer.from([0, 1]), numberOctets(port, 2), addressOctets(address)]));

/** ERROR-CODE; the phrase is filled up with spaces to a multiple of four octets (RFC 3489 11.2.9). */
export const errorCodeAttribute = (code: number, phrase: string): WrittenAttribute =>
  attribute("ERROR-CODE", Buffer.concat([Buffer.from([0, 0, Math.floor(code / 100), code % 100]), padded(phrase)]));

/** A text filled up with spaces to a multiple of four octets, as USERNAME has to be (RFC 3489 11.2.6, TR-069 G.2.1.3). */
export function padded(text: string): Buffer {
  const octets = Buffer.from(text, "utf8");
  return Buffer.concat([octets, Buffer.alloc((4 - (octets.length % 4)) % 4, " ")]);
}
