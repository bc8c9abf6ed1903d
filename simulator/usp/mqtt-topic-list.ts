import type { Packet } from "mqtt-packet";
import type { TopicFilter } from "./mqtt-seams.ts";
import type { UspAgentSeams } from "./seams.ts";

type State = "Subscribing" | "Subscribed" | "Unsubscribing" | "Error";

interface Known {
  readonly filter: TopicFilter;
  state: State;
}

/** Lowest of the codes in a SUBACK that are failures. */
const FAILURE = 0x80;

/** Ids of packets up to here are for topics. */
const LAST_ID = 32_767;

/** What one connection is subscribed to. */
export class MqttTopics {
  readonly #seams: UspAgentSeams;
  readonly #send: (packet: Packet) => void;
  readonly #known = new Map<string, Known>();
  /** Topics by the id of the packet that waits for its answer. */
  readonly #awaited = new Map<number, readonly string[]>();
  #last = 0;

  constructor(seams: UspAgentSeams, send: (packet: Packet) => void) {
    this.#seams = seams;
    this.#send = send;
  }

  get granted(): readonly TopicFilter[] {
    return [...this.#known.values()].filter(({ state }) => state === "Subscribed").map(({ filter }) => filter);
  }

  status(topic: string): State | undefined {
    return this.#known.get(topic)?.state;
  }

  /** Subscribes to what is wanted, and to nothing else. */
  follow(wanted: readonly TopicFilter[]): void {
    const isFirst = this.#known.size === 0;
    const asked = new Map([...this.#known].filter(([, { state }]) => state !== "Unsubscribing"));
    const fresh = [...new Map(wanted.map((filter) => [filter.topic, filter])).values()].filter(
      ({ topic, qos }) => asked.get(topic)?.filter.qos !== qos,
    );
    const stale = [...asked.keys()].filter((one) => wanted.every(({ topic }) => topic !== one));
    if (stale.length > 0) this.#unsubscribe(stale);
    if (fresh.length > 0 && (isFirst || this.#seams.subscribesLater()))
      for (const filters of this.#seams.subscribePackets(fresh)) this.#subscribe(filters);
  }

  subscribed(messageId: number | undefined, codes: readonly number[]): void {
    for (const [place, topic] of this.#take(messageId).entries()) {
      const known = this.#known.get(topic);
      if (known !== undefined) known.state = (codes[place] ?? FAILURE) < FAILURE ? "Subscribed" : "Error";
    }
  }

  unsubscribed(messageId: number | undefined): void {
    // Some may have been subscribed to again meanwhile.
    for (const topic of this.#take(messageId)) if (this.status(topic) === "Unsubscribing") this.#known.delete(topic);
  }

  #subscribe(filters: readonly TopicFilter[]): void {
    for (const filter of filters) this.#known.set(filter.topic, { filter, state: "Subscribing" });
    const messageId = this.#await(filters.map(({ topic }) => topic));
    this.#send({ cmd: "subscribe", messageId, subscriptions: filters.map(({ topic, qos }) => ({ topic, qos })) });
  }

  #unsubscribe(topics: readonly string[]): void {
    const isTold = this.#seams.unsubscribes();
    for (const topic of topics) {
      const known = this.#known.get(topic);
      if (isTold && known !== undefined) known.state = "Unsubscribing";
      else this.#known.delete(topic);
    }
    if (isTold) this.#send({ cmd: "unsubscribe", messageId: this.#await(topics), unsubscriptions: [...topics] });
  }

  #await(topics: readonly string[]): number {
    this.#last = (this.#last % LAST_ID) + 1;
    this.#awaited.set(this.#last, topics);
    return this.#last;
  }

  #take(messageId = 0): readonly string[] {
    const topics = this.#awaited.get(messageId) ?? [];
    this.#awaited.delete(messageId);
    return topics;
  }
}
