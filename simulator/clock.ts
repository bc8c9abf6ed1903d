import type { Socket } from "node:net";

/** Cancels what was started; calling it again, or late, does nothing. */
export type Cancel = () => void;

/** The phone's time, in milliseconds since the epoch. Nothing in the simulator asks the machine for the time or sets timers itself. */
export interface Clock {
  now(): number;
  /** Calls `action` once, `milliseconds` from now, unless cancelled before. */
  after(milliseconds: number, action: () => void): Cancel;
  /** Tells a virtual clock that work is under way which it cannot see, until cancelled. */
  busy(): Cancel;
  /** Lets a virtual clock see octets in flight on this socket. Every socket is handed over when it is made. */
  watch(socket: Socket): void;
}

/** Wall-clock time, for a phone that runs as a program of its own. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
  busy: () => () => {},
  watch() {},
};
