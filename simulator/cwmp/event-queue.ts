import type { PhoneState, QueuedEvent } from "../state.ts";
import type { EventSeams } from "./event-seams.ts";

/** Events and changed parameters that the ACS is to be told of (TR-069 3.7.1.5). They are part of the state. */
export class EventQueue {
  readonly #state: PhoneState;
  readonly #seams: EventSeams;

  constructor(state: PhoneState, seams: EventSeams) {
    this.#state = state;
    this.#seams = seams;
  }

  occur(events: readonly QueuedEvent[]): void {
    let queue: QueuedEvent[] = this.#state.events;
    for (const event of events) {
      if (event.code === "0 BOOTSTRAP") {
        queue = this.#seams.keptOnBootstrap(queue);
        this.#state.changes = this.#seams.changesKeptOnBootstrap(this.#state.changes);
        this.#forgetReports(queue);
      }
      queue = this.#seams.queueWith(queue, event);
    }
    this.#state.events = this.#seams.limited(queue);
  }

  /** A transfer whose events are discarded is not reported any more. */
  #forgetReports(queue: readonly QueuedEvent[]): void {
    this.#state.transfers = this.#state.transfers.filter(
      ({ step, id }) => step !== "done" || queue.some(({ transfer }) => transfer === id),
    );
  }

  /** Empties the queue, as the phone's user can. */
  clear(): void {
    this.#state.events = [];
    this.#state.changes = [];
    this.#forgetReports([]);
  }

  get owesBootstrap(): boolean {
    return this.#state.events.some(({ code }) => code === "0 BOOTSTRAP");
  }
}
