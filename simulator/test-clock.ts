import type { Cancel, Clock } from "./clock.ts";

/** Time that moves when a test says so. */
export class TestClock implements Clock {
  #now = 0;
  #alarms: { readonly at: number; readonly action: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  busy(): Cancel {
    return () => {};
  }

  watch(): void {}

  after(milliseconds: number, action: () => void): Cancel {
    const alarm = { at: this.#now + milliseconds, action };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  /** Lets so many seconds pass, and everything happen that is due in them. */
  async pass(seconds: number): Promise<void> {
    const end = this.#now + seconds * 1000;
    for (;;) {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      const [next] = this.#alarms.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.#alarms = this.#alarms.filter((other) => other !== next);
      this.#now = next.at;
      next.action();
    }
    this.#now = end;
  }
}
