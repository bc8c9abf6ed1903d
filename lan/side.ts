import type { DatagramSocket, Endpoint, SocketOptions } from "../harness/core/network.ts";
import type { End } from "./end.ts";
import { type BusyClock, InFlight } from "./in-flight.ts";
import { broadcastOf, isMulticast } from "./ipv4.ts";

const BROADCAST = "255.255.255.255";

/**
 * Lines for ip(8): by these what is sent to everybody finds the interface, whether or not it has an address.
 * @param metric 0, the default, for the only interface in its namespace; with more, routes of others stay and come first
 */
export const routesToEverybody = (device: string, metric = 0): readonly string[] => [
  `route replace broadcast ${BROADCAST} dev ${device} metric ${metric}`,
  `route replace 224.0.0.0/4 dev ${device} metric ${metric}`,
];

/** An address in a network. */
export interface Subnet {
  readonly address: string;
  /** Length of the network's prefix, in bits. */
  readonly prefix: number;
}

/** One side of a LAN as it is known out here: its sockets, and what is under way from it to the other side. */
export class Side {
  readonly flights: InFlight;
  /** Its address, when it has one. */
  subnet: Subnet | undefined;
  /** Addresses that are sent here because the other side has been told this side's hardware address for them. */
  readonly known = new Set<string>();
  /** The side at the other end of the cable, where that is ours too. */
  other: Side | undefined;
  readonly #own: Subnet | undefined;
  readonly #clock: BusyClock;
  readonly #end: End;
  readonly #listeners = new Map<number, { readonly group: string | undefined }>();

  /** @param own its address, where it has one that never changes */
  constructor(clock: BusyClock, end: End, own?: Subnet) {
    this.#own = own;
    this.subnet = own;
    this.#clock = clock;
    this.#end = end;
    this.flights = new InFlight(clock);
  }

  /** Runs lines of ip(8) there. @throws Error with what ip says */
  async ip(lines: readonly string[]): Promise<void> {
    const done = this.#clock.busy();
    try {
      await this.#end.ip(lines);
    } finally {
      done();
    }
  }

  /** @throws Error with the code of the system, EADDRINUSE or EACCES */
  async open(options: SocketOptions): Promise<DatagramSocket> {
    if (this.#listeners.has(options.port)) {
      throw Object.assign(new Error(`port ${options.port} of this side of the LAN is in use`), { code: "EADDRINUSE" });
    }
    const listener = { group: options.group };
    // From now on, as what is sent meanwhile may arrive.
    if (options.port !== 0) this.#listeners.set(options.port, listener);
    const done = this.#clock.busy();
    try {
      const socket = await this.#end.open({
        port: options.port,
        ...(options.group === undefined ? {} : { group: options.group }),
        ...(this.#own === undefined ? {} : { own: this.#own.address }),
        received: (data, from, to) => {
          const flight = this.other?.flights.arrived(from.port, socket.port, data);
          options.received(data, from, flight?.to.address ?? to);
          flight?.end();
        },
      });
      const { port } = socket;
      this.#listeners.set(port, listener);
      return {
        port,
        send: (data, to) => {
          if (this.#listeners.get(port) !== listener) return;
          const heard = () => this.other?.hears(to) === true;
          this.flights.send({ from: port, to, data }, () => socket.send(data, to), heard);
        },
        close: () => {
          if (this.#listeners.get(port) !== listener) return;
          this.#listeners.delete(port);
          this.other?.flights.closed(port);
          const closed = this.#clock.busy();
          void socket.close().then(closed);
        },
      };
    } catch (error) {
      this.#listeners.delete(options.port);
      throw error;
    } finally {
      done();
    }
  }

  /** Whether a socket on this side receives what the other side sends there. */
  hears({ address, port }: Endpoint): boolean {
    const listener = this.#listeners.get(port);
    if (listener === undefined) return false;
    if (isMulticast(address)) return listener.group === address;
    if (address === BROADCAST) return true;
    if (this.subnet === undefined) return this.known.has(address);
    return address === this.subnet.address || address === broadcastOf(this.subnet.address, this.subnet.prefix);
  }
}
