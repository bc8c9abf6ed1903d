import type { Socket } from "node:net";
import type { Cancel, Clock } from "./clock.ts";

interface Alarm {
  readonly at: number;
  readonly side: "harness" | "phone";
  readonly action: () => void;
}

/** Turns of the event loop without a sign of work after which nothing more can be under way in this process. */
const QUIET_TURNS = 3;

/**
 * Octets that stay in flight this long (real milliseconds, no counter moving) are not going to arrive: one side has stopped
 * reading on purpose, or the other end is not in this process. Time may then go on.
 */
const STUCK_AFTER = 60;

/**
 * A clock that jumps to the next deadline as soon as neither side has work in flight. Work is: an octet written on a watched
 * socket and not yet read at its other end, a connection being made or closed, and whatever holds a `busy` token. As both ends
 * are in this process all of it can be seen, so that no verdict depends on how fast the machine is.
 *
 * Time stands still unless the harness waits for a deadline: a phone's periodic timer alone must not make hours pass while the
 * harness computes, writes a report or is between two cases.
 */
export class VirtualClock {
  readonly harness: Clock = this.#viewOf("harness");
  readonly phone: Clock = this.#viewOf("phone");
  #now: number;
  #busy = 0;
  #alarms: Alarm[] = [];
  #sockets = new Set<Socket>();
  #stuck = new WeakMap<Socket, { counters: string; since: number }>();
  #running = false;
  #quiet = 0;

  constructor(start = Date.UTC(2026, 0, 1, 12, 0, 0)) {
    this.#now = start;
  }

  #viewOf(side: Alarm["side"]): Clock {
    return {
      now: () => this.#now,
      after: (milliseconds, action) => this.#after(side, milliseconds, action),
      busy: () => this.#hold(),
      watch: (socket) => this.#watch(socket),
    };
  }

  #after(side: Alarm["side"], milliseconds: number, action: () => void): Cancel {
    const alarm = { at: this.#now + Math.max(0, milliseconds), side, action };
    const place = this.#alarms.findIndex((other) => other.at > alarm.at);
    if (place < 0) this.#alarms.push(alarm);
    else this.#alarms.splice(place, 0, alarm);
    this.#quiet = 0;
    if (!this.#running) {
      this.#running = true;
      setImmediate(() => this.#turn());
    }
    return () => {
      const index = this.#alarms.indexOf(alarm);
      if (index >= 0) this.#alarms.splice(index, 1);
    };
  }

  #hold(): Cancel {
    this.#busy += 1;
    let held = true;
    return () => {
      if (held) this.#busy -= 1;
      held = false;
    };
  }

  #watch(socket: Socket): void {
    if (this.#sockets.has(socket)) return;
    this.#sockets.add(socket);
    this.#quiet = 0;
    socket.once("close", () => {
      this.#sockets.delete(socket);
      this.#quiet = 0;
    });
  }

  #turn(): void {
    if (!this.#alarms.some(({ side }) => side === "harness")) {
      this.#running = false;
      return;
    }
    this.#quiet = this.#busy > 0 || this.#inFlight() ? 0 : this.#quiet + 1;
    if (this.#quiet >= QUIET_TURNS) {
      this.#quiet = 0;
      const alarm = this.#alarms.shift();
      if (alarm !== undefined) {
        this.#now = Math.max(this.#now, alarm.at);
        alarm.action();
      }
    }
    setImmediate(() => this.#turn());
  }

  #inFlight(): boolean {
    const byEnds = new Map<string, Socket>();
    for (const socket of this.#sockets) byEnds.set(`${socket.localPort}>${socket.remotePort}`, socket);
    for (const socket of this.#sockets) {
      if (socket.connecting) return true;
      const other = byEnds.get(`${socket.remotePort}>${socket.localPort}`);
      // An end without its other one is closing, or still waits to be accepted.
      const moving =
        other === undefined || socket.bytesWritten !== other.bytesRead || (socket.writableFinished && !other.readableEnded);
      if (moving && !this.#isStuck(socket, other)) return true;
    }
    return false;
  }

  #isStuck(socket: Socket, other: Socket | undefined): boolean {
    const counters = `${socket.bytesWritten}:${socket.bytesRead}:${other?.bytesRead}:${socket.writableFinished}`;
    const before = this.#stuck.get(socket);
    if (before?.counters !== counters) {
      this.#stuck.set(socket, { counters, since: performance.now() });
      return false;
    }
    return performance.now() - before.since >= STUCK_AFTER;
  }
}
