import type { Cancel, Clock } from "./clock.ts";

/** The longest that a timer of the machine can wait, in milliseconds. */
const LONGEST = 2_147_483_647;

/** The phone's timers, by name. Setting one again replaces it. */
export class Alarms {
  readonly #clock: Clock;
  readonly #set = new Map<string, Cancel>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `action` once, `milliseconds` from now; a delay may be longer than any timer of the machine. */
  set(name: string, milliseconds: number, action: () => void): void {
    this.cancel(name);
    const wait = (left: number): void => {
      const cancel = this.#clock.after(Math.min(left, LONGEST), () => {
        this.#set.delete(name);
        if (left > LONGEST) wait(left - LONGEST);
        else action();
      });
      this.#set.set(name, cancel);
    };
    wait(Math.max(0, milliseconds));
  }

  has(name: string): boolean {
    return this.#set.has(name);
  }

  cancel(name: string): void {
    this.#set.get(name)?.();
    this.#set.delete(name);
  }

  cancelAll(): void {
    for (const cancel of this.#set.values()) cancel();
    this.#set.clear();
  }
}
