import type { Clock } from "../core/clock.ts";
import { Signal } from "./signal.ts";
import type { AgentLink, Mtp } from "./transport.ts";

/** Milliseconds that an agent has to announce itself on a new connection before we speak to it all the same (R-MTP.6, R-MTP.8). */
const ANNOUNCES = 5_000;

/** What is known of the connection of the moment. */
interface Presence {
  readonly connection: AgentLink;
  /** The agent has sent a record on it, or it is gone. */
  readonly announced: Signal;
}

/** Whether the agent is there, and over which connection. */
export class Attendance {
  readonly #clock: Clock;
  readonly #connections: () => readonly AgentLink[];
  #presence: Presence | undefined;
  /** Connections on which the agent has sent a record. */
  readonly #spoke = new Set<number>();
  /** No connection is left. */
  #gone = new Signal();
  /** The next one is opened. */
  #arrival = new Signal();

  /** @param connections all that are open at the moment */
  constructor(clock: Clock, connections: () => readonly AgentLink[]) {
    this.#clock = clock;
    this.#connections = connections;
  }

  get current(): AgentLink | undefined {
    return this.#presence?.connection.open === true ? this.#presence.connection : undefined;
  }

  /** Raised when the last connection is closed. */
  get gone(): Signal {
    return this.#gone;
  }

  /**
   * Waits for the agent to be connected, over this MTP where one is named, and to have announced itself, or to have had the time to.
   * @returns its connection; undefined when it has none after so many milliseconds
   */
  async within(milliseconds: number, mtp?: Mtp): Promise<AgentLink | undefined> {
    const until = this.#clock.now() + milliseconds;
    const there = (): Presence | undefined =>
      this.current === undefined || (mtp !== undefined && this.current.mtp !== mtp) ? undefined : this.#presence;
    let presence = there();
    while (presence === undefined && this.#clock.now() < until) {
      await this.#arrival.within(this.#clock, until - this.#clock.now());
      presence = there();
    }
    await presence?.announced.within(this.#clock, presence.connection.openedAt + ANNOUNCES - this.#clock.now());
    // An agent that hung up meanwhile may come again.
    if (presence !== undefined && !presence.connection.open && this.#clock.now() < until)
      return this.within(until - this.#clock.now(), mtp);
    return presence?.connection;
  }

  opened(connection: AgentLink): void {
    if (this.#presence === undefined) this.#gone = new Signal();
    const announced = new Signal();
    // Over MQTT it may speak before it has its subscription.
    if (this.#spoke.has(connection.number)) announced.raise();
    this.#presence = { connection, announced };
    this.#arrival.raise();
    this.#arrival = new Signal();
  }

  /** The agent has sent a record. */
  spoke(connection: AgentLink): void {
    this.#spoke.add(connection.number);
    if (this.#presence?.connection === connection) this.#presence.announced.raise();
  }

  closed(connection: AgentLink): void {
    this.#spoke.delete(connection.number);
    if (this.#presence?.connection !== connection) return;
    const { announced } = this.#presence;
    announced.raise();
    const [latest] = this.#connections().toSorted((a, b) => b.number - a.number);
    this.#presence = latest === undefined ? undefined : { connection: latest, announced };
    if (latest === undefined) this.#gone.raise();
  }
}
