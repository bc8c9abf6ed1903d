import { type Clock, within } from "./clock.ts";

/** Those who wait for the next of something: unlike a mailbox it keeps nothing, and all of them are told. */
export class Upcoming<T> {
  readonly #clock: Clock;
  readonly #waiters = new Set<(item: T) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  tell(item: T): void {
    for (const waiter of [...this.#waiters]) waiter(item);
  }

  /** The next one that fits, from now on; undefined when none comes within so many milliseconds. */
  async next(fits: (item: T) => boolean, milliseconds: number): Promise<T | undefined> {
    let waiter: (item: T) => void = () => {};
    const arrived = new Promise<T>((resolve, reject) => {
      waiter = (item) => {
        try {
          if (fits(item)) resolve(item);
        } catch (error) {
          // A condition of the case that throws is the case's fault, and shows there.
          reject(error);
        }
      };
    });
    this.#waiters.add(waiter);
    try {
      return await within(this.#clock, milliseconds, arrived);
    } finally {
      this.#waiters.delete(waiter);
    }
  }
}
