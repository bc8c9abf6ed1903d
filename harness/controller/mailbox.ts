import { type Clock, within } from "../core/clock.ts";
import type { Signal } from "./signal.ts";

interface Waiter<T> {
  readonly fits: (item: T) => boolean;
  readonly take: (item: T) => void;
  readonly fail: (error: unknown) => void;
}

/** What came and nobody has taken yet, and who waits for something: nothing is lost that comes before somebody waits for it. */
export class Mailbox<T> {
  readonly #clock: Clock;
  readonly #most: number;
  #untaken: T[] = [];
  #waiters: Waiter<T>[] = [];

  /** @param most items that are kept for later; in a flood the oldest are let go */
  constructor(clock: Clock, most = 10_000) {
    this.#clock = clock;
    this.#most = most;
  }

  deliver(item: T): void {
    for (const waiter of this.#waiters) {
      if (!fitsSafely(waiter, item)) continue;
      this.#remove(waiter);
      waiter.take(item);
      return;
    }
    this.#untaken.push(item);
    if (this.#untaken.length > this.#most) this.#untaken.shift();
  }

  /**
   * Takes the oldest item that fits, or the next one; undefined when none comes within so many milliseconds.
   * @param over ends the wait early: nothing more can come
   */
  async take(fits: (item: T) => boolean, milliseconds: number, over?: Signal): Promise<T | undefined> {
    const index = this.#untaken.findIndex(fits);
    if (index >= 0) return this.#untaken.splice(index, 1)[0];
    let waiter: Waiter<T> | undefined;
    let forget = (): void => {};
    const arrived = new Promise<T | undefined>((take, fail) => {
      waiter = { fits, take, fail };
      this.#waiters.push(waiter);
      if (over !== undefined) forget = over.on(() => take(undefined));
    });
    try {
      return await within(this.#clock, milliseconds, arrived);
    } finally {
      forget();
      if (waiter !== undefined) this.#remove(waiter);
    }
  }

  /** Forgets what nobody has taken; those who wait wait on. */
  clear(): void {
    this.#untaken = [];
  }

  #remove(waiter: Waiter<T>): void {
    this.#waiters = this.#waiters.filter((one) => one !== waiter);
  }
}

function fitsSafely<T>({ fits, fail }: Waiter<T>, item: T): boolean {
  try {
    return fits(item);
  } catch (error) {
    // A condition of the case that throws is the case's fault, and shows there.
    fail(error);
    return false;
  }
}
