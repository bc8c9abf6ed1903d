import type { MqttPacket } from "../wire/mqtt.ts";
import { encodeMqtt } from "./packets.ts";

/**
 * What a client publishes with QoS 2, confirmed in the broker's place: Aedes takes a packet identifier that an earlier connection has
 * left open for a repetition, and drops what comes under it.
 */
export class ExactlyOnce {
  /** Packet identifiers that wait for their PUBREL. */
  readonly #open = new Set<number>();

  /** @returns the PUBREC, and the same PUBLISH with QoS 0 for Aedes; undefined in place of that for a repetition */
  publish(packet: MqttPacket): { readonly answer: Buffer; readonly forward: Buffer | undefined } {
    const messageId = packet.number("packetId");
    const isNew = !this.#open.has(messageId);
    this.#open.add(messageId);
    const answer = encodeMqtt(
      { cmd: "pubrec", messageId, ...(packet.version === "5.0" ? { reasonCode: 0 } : {}) },
      packet.version,
    );
    return { answer, forward: isNew ? withoutQos(packet) : undefined };
  }

  /** @returns the PUBCOMP */
  release(packet: MqttPacket): Buffer {
    const { version } = packet;
    const messageId = packet.number("packetId");
    this.#open.delete(messageId);
    return encodeMqtt({ cmd: "pubcomp", messageId, ...(version === "5.0" ? { reasonCode: 0 } : {}) }, version);
  }
}

/** RETAIN of the fixed header. */
const RETAIN = 0x01;
const PUBLISH = 0x30;

function withoutQos({ octets, fields }: MqttPacket): Buffer {
  const at = (path: string): number => fields.find((field) => field.path === path)?.offset ?? octets.length;
  const body = Buffer.concat([octets.subarray(at("topic"), at("packetId")), octets.subarray(at("packetId") + 2)]);
  return Buffer.concat([Buffer.from([PUBLISH | ((octets[0] ?? 0) & RETAIN), ...lengthOf(body.length)]), body]);
}

/** A remaining length as it is written (2.1.4). */
function lengthOf(size: number): readonly number[] {
  const octets: number[] = [];
  for (let left = size; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...octets, left];
    octets.push((left % 128) | 0x80);
  }
}
