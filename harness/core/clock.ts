import type { Socket } from "node:net";

/** Cancels what was started; calling it again, or late, does nothing. */
export type Cancel = () => void;

/**
 * The time of a run, in milliseconds since the epoch. Nothing in harness or simulator calls `Date.now` or `setTimeout`
 * itself: against a real phone this clock is the real one, with the embedded phone both sides share a virtual one.
 */
export interface Clock {
  now(): number;
  /** Calls `action` once, `milliseconds` from now, unless cancelled before. */
  after(milliseconds: number, action: () => void): Cancel;
  /** Tells a virtual clock that work is under way which it cannot see (disk, another process), until cancelled. */
  busy(): Cancel;
  /** Lets a virtual clock see octets in flight on this socket. Every socket, of either side, is handed over when it is made. */
  watch(socket: Socket): void;
}

/** Wall-clock time, for a phone that is not ours. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
  busy: () => () => {},
  watch() {},
};

/** Waits for `milliseconds` of the clock's time. For antagonists and ordered delays only: whoever waits for an event uses `within`. */
export function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}

/** The event's value, or `undefined` when `milliseconds` of the clock's time pass before it. */
export async function within<T>(clock: Clock, milliseconds: number, event: Promise<T>): Promise<T | undefined> {
  let cancel: Cancel = () => {};
  const deadline = new Promise<undefined>((resolve) => {
    cancel = clock.after(milliseconds, () => resolve(undefined));
  });
  try {
    return await Promise.race([event, deadline]);
  } finally {
    cancel();
  }
}

/**
 * Calls `action` after so many turns of the event loop, however long they take: for work inside this process that shows no end of its
 * own. @returns what takes this back
 */
export function afterTurns(count: number, action: () => void): Cancel {
  let cancelled = false;
  const turn = (left: number): void => {
    if (cancelled) return;
    if (left === 0) action();
    else setImmediate(() => turn(left - 1));
  };
  turn(count);
  return () => {
    cancelled = true;
  };
}
