import type { Socket } from "node:net";
import { type Clock, pause } from "../core/clock.ts";
import type { ConnectionLog } from "../trace/recording.ts";
import type { Prepared } from "./answer.ts";
import { Splitter } from "./splitter.ts";

/** A TCP connection of the phone to the ACS: its octets in both directions, and its end. */
export class Connection {
  readonly number: number;
  /** Address of the phone. */
  readonly peer: string;
  readonly splitter = new Splitter();
  /** When its last octet came or went. */
  activeAt: number;
  /** Set once something on it was refused; it is recorded once. */
  refused = false;
  readonly #socket: Socket;
  /** What carries it: below TLS another one. */
  readonly #carrier: Socket;
  readonly #log: ConnectionLog;
  readonly #clock: Clock;
  readonly #whenClosed: (() => void)[] = [];
  /** Who waits until what was written is out. */
  readonly #undrained: (() => void)[] = [];

  /** @param carrier the TCP connection below TLS */
  constructor(socket: Socket, log: ConnectionLog, clock: Clock, carrier: Socket = socket) {
    this.number = log.record.number;
    this.peer = log.record.phone.address;
    this.#socket = socket;
    this.#carrier = carrier;
    this.#log = log;
    this.#clock = clock;
    this.activeAt = clock.now();
    socket.on("end", () => this.#log.closed(this.#clock.now(), "phone"));
    // A reset shows as an error; "close" follows it.
    socket.on("error", () => this.#log.closed(this.#clock.now(), "phone"));
    socket.on("close", () => {
      this.#log.closed(this.#clock.now(), "phone");
      this.#drained();
      for (const action of this.#whenClosed.splice(0)) action();
    });
    socket.on("drain", () => this.#drained());
  }

  /** True from the moment either side has begun to close it. */
  get closed(): boolean {
    return this.#log.record.closedAt !== undefined;
  }

  get closedAt(): number | undefined {
    return this.#log.record.closedAt;
  }

  /** Which side began to close it; absent while it is open. */
  get closedBy(): "phone" | "harness" | undefined {
    return this.#log.record.closedBy;
  }

  /** Calls `action` once the connection is gone; at once when it is gone already. */
  onClose(action: () => void): void {
    if (this.#socket.destroyed) action();
    else this.#whenClosed.push(action);
  }

  /** Octets of HTTP requests. */
  received(data: Buffer): void {
    this.heard(data, !this.splitter.inside);
    this.splitter.feed(data);
  }

  /** Octets of whatever protocol; `begins` when a message begins with them. */
  heard(data: Buffer, begins: boolean): void {
    this.activeAt = this.#clock.now();
    if (begins) this.#log.nextMessage();
    this.#log.received(this.activeAt, data);
  }

  /** Writes an answer as its options say, and gives the times of its first and last octet. */
  async send({ octets, options, closes }: Prepared): Promise<{ startedAt: number; endedAt: number }> {
    if (options.delay !== undefined) await pause(this.#clock, options.delay);
    const startedAt = this.#clock.now();
    if (options.never === true) return { startedAt, endedAt: startedAt };
    const sent = options.cut === undefined ? octets : octets.subarray(0, options.cut);
    if (options.pieces === undefined) await this.write(sent);
    else await this.#writePieces(sent, options.pieces);
    const endedAt = this.#clock.now();
    if (options.cut !== undefined) this.reset();
    else if (closes) this.end();
    return { startedAt, endedAt };
  }

  async #writePieces(octets: Buffer, { octets: size, every }: { octets: number; every: number }): Promise<void> {
    for (let offset = 0; offset < octets.length && !this.closed; offset += size) {
      if (offset > 0) await pause(this.#clock, every);
      await this.write(octets.subarray(offset, offset + size));
    }
  }

  /** Resolves when the octets are handed to the system, or the connection is gone. */
  write(octets: Buffer): Promise<void> {
    if (this.#socket.destroyed || !this.#socket.writable || octets.length === 0) return Promise.resolve();
    this.activeAt = this.#clock.now();
    this.#log.sent(this.activeAt, octets);
    return new Promise((resolve) => {
      // A peer that stops reading keeps the callback away; the answer is then out as far as we are concerned.
      if (!this.#socket.write(octets, () => resolve())) this.#undrained.push(resolve);
    });
  }

  #drained(): void {
    for (const resolve of this.#undrained.splice(0)) resolve();
  }

  /** Closes after what was written. */
  end(): void {
    this.#log.closed(this.#clock.now(), "harness");
    this.#socket.destroySoon();
  }

  /** Closes with a reset, so that the other side sees an error. */
  reset(): void {
    this.#log.closed(this.#clock.now(), "harness");
    this.#carrier.resetAndDestroy();
  }
}
