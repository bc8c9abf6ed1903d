import { type MqttPacket, subscriptionsOf } from "../wire/mqtt.ts";
import type { MqttAnswers } from "./mqtt-control.ts";
import { innerSubscribe } from "./packets.ts";

/** Codes from here on refuse. */
export const REFUSAL = 0x80;

/** A SUBSCRIBE of the client that Aedes has not answered yet. */
interface Asked {
  readonly filters: readonly string[];
  /** What a case wants each to be answered with; undefined where Aedes decides. */
  readonly codes: readonly (number | undefined)[];
}

/** What a SUBACK says: a code for each filter that was asked for. */
export interface Answered {
  readonly codes: readonly number[];
  readonly granted: ReadonlyMap<string, number>;
}

/** Remembers what was asked for, so that the answer of Aedes and that of a case become one. */
export class Subscribing {
  readonly #asked = new Map<number, Asked>();

  /**
   * A SUBSCRIBE has come.
   * @param limit Maximum QoS
   * @returns octets for Aedes; undefined when nothing of it is for Aedes
   */
  ask(packet: MqttPacket, wanted: Exclude<MqttAnswers["suback"], "never">, limit: number): Buffer | undefined {
    const subscriptions = subscriptionsOf(packet);
    const codes = subscriptions.map(({ filter, qos }) => wanted?.(filter, qos));
    this.#asked.set(packet.number("packetId"), { filters: subscriptions.map(({ filter }) => filter), codes });
    const taken = new Set(codes.flatMap((code = 0, index) => (code < REFUSAL ? [index] : [])));
    if (taken.size === 0 && subscriptions.length > 0) return undefined;
    if (wanted === undefined && limit === 2) return packet.octets;
    const lowest = codes.reduce<number>((least, code = 2) => (code < REFUSAL ? Math.min(least, code) : least), limit);
    try {
      return innerSubscribe(packet, taken, lowest);
    } catch {
      // Aedes ends the connection itself when it cannot read what the client sent.
      return packet.octets;
    }
  }

  /** @param granted codes of Aedes for what it was asked */
  answer(packetId: number, granted: readonly number[]): Answered {
    const left = [...granted];
    const { filters = [], codes: wanted = [] } = this.#asked.get(packetId) ?? {};
    this.#asked.delete(packetId);
    const codes = wanted.map((code = 0) => (code >= REFUSAL ? code : (left.shift() ?? REFUSAL)));
    const pairs = filters.map((filter, index) => [filter, codes[index] ?? REFUSAL] as const);
    return { codes, granted: new Map(pairs.filter(([, code]) => code < REFUSAL)) };
  }
}
