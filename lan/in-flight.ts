import type { Endpoint } from "../harness/core/network.ts";

/** What of a clock a network needs: while a token is held, virtual time does not move. */
export interface BusyClock {
  busy(): () => void;
}

/** A datagram on its way, by what both of its ends can tell of it. */
interface Route {
  /** Port that it leaves from. */
  readonly from: number;
  readonly to: Endpoint;
  readonly data: Buffer;
}

/** A datagram under way. */
export interface Flight extends Route {
  /** It is not under way any more. */
  end(): void;
}

/**
 * A datagram that has not arrived after so long (real milliseconds) is lost: nobody told its hardware address, or a queue was full. It
 * is so long because a busy machine must not make it seem lost.
 */
const LOST_AFTER = 2000;

/** More than this many at a time could overflow what the kernel keeps for a socket that is read slowly. */
const IN_THE_AIR = 64;

/**
 * The datagrams between sockets that are both ours, in one direction. For each a busy token is held from `send` until it has been
 * received, or is known to be lost, so that no virtual time passes while it flies.
 */
export class InFlight {
  readonly #clock: BusyClock;
  #flying: Flight[] = [];
  #queue: (() => void)[] = [];
  #stopped = false;

  constructor(clock: BusyClock) {
    this.#clock = clock;
  }

  /**
   * Sends a datagram when there is room for it in the air.
   * @param launch sends it, and tells whether it has left
   * @param expected whether somebody of ours will receive it; asked when it is sent
   */
  send(route: Route, launch: () => Promise<boolean>, expected: () => boolean): void {
    const release = this.#clock.busy();
    const fly = () => {
      if (this.#stopped) {
        release();
        return;
      }
      const flight: Flight = {
        ...route,
        end: () => {
          clearTimeout(timer);
          const place = this.#flying.indexOf(flight);
          if (place < 0) return;
          this.#flying.splice(place, 1);
          release();
          this.#queue.shift()?.();
        },
      };
      const timer = setTimeout(flight.end, LOST_AFTER);
      this.#flying.push(flight);
      const heard = expected();
      void launch().then((left) => {
        if (!heard || !left) flight.end();
      });
    };
    if (this.#flying.length < IN_THE_AIR) fly();
    else this.#queue.push(fly);
  }

  /** The datagram that has just been received there, when it is one of ours. Its receiver is to have had it before `end` is called. */
  arrived(from: number, to: number, data: Buffer): Flight | undefined {
    return this.#flying.find((flight) => flight.from === from && flight.to.port === to && flight.data.equals(data));
  }

  /** Says that nobody listens at this port any more. */
  closed(port: number): void {
    for (const flight of this.#flying.filter(({ to }) => to.port === port)) flight.end();
  }

  /** Gives up everything that is under way. */
  stop(): void {
    this.#stopped = true;
    for (const flight of [...this.#flying]) flight.end();
    for (const fly of this.#queue.splice(0)) fly();
  }
}
