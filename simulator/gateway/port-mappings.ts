import { connect, createServer, type Server, type Socket } from "node:net";
import type { Clock } from "../clock.ts";

/** An entry of the gateway's PortMapping table (TR-098). */
export interface PortMapping {
  readonly instance: number;
  enabled: boolean;
  /** The only host that it is for; empty: any. */
  remoteHost: string;
  /** 0: all ports that no other entry has, which this gateway cannot do. */
  externalPort: number;
  internalPort: number;
  protocol: string;
  internalClient: string;
  description: string;
}

export const newMapping = (instance: number): PortMapping => ({
  instance,
  enabled: false,
  remoteHost: "",
  externalPort: 0,
  internalPort: 0,
  protocol: "TCP",
  internalClient: "",
  description: "",
});

interface Door {
  readonly server: Server;
  readonly sockets: Set<Socket>;
  /** What it does; a mapping that was changed needs another door. */
  readonly how: string;
}

/** The gateway's NAT as far as TCP goes: listens on external ports, and passes connections on to clients of the LAN. */
export class PortForwarder {
  readonly #clock: Clock;
  readonly #host: string;
  readonly #doors = new Map<number, Door>();

  /** @param host the external address */
  constructor(clock: Clock, host: string) {
    this.#clock = clock;
    this.#host = host;
  }

  /**
   * Opens and closes ports as these mappings want it.
   * @throws Error with the code of the system when an external port cannot be had; it is closed then
   */
  async follow(mappings: readonly PortMapping[]): Promise<void> {
    const wanted = new Map(mappings.filter(isInForce).map((mapping) => [mapping.instance, mapping]));
    for (const [instance, door] of this.#doors) {
      const mapping = wanted.get(instance);
      if (mapping === undefined || howOf(mapping) !== door.how) await this.#close(instance, door);
    }
    for (const mapping of wanted.values()) if (!this.#doors.has(mapping.instance)) await this.#open(mapping);
  }

  async stop(): Promise<void> {
    await this.follow([]);
  }

  async #open(mapping: PortMapping): Promise<void> {
    const sockets = new Set<Socket>();
    const server = createServer((outer) => {
      const inner = connect(mapping.internalPort, mapping.internalClient);
      for (const [socket, other] of [
        [outer, inner],
        [inner, outer],
      ] as const) {
        this.#clock.watch(socket);
        socket.setNoDelay(true);
        sockets.add(socket);
        socket.on("error", () => socket.destroy());
        socket.once("close", () => {
          sockets.delete(socket);
          other.end();
        });
        socket.pipe(other);
      }
    });
    const done = this.#clock.busy();
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(mapping.externalPort, this.#host, resolve);
      });
    } finally {
      done();
    }
    this.#doors.set(mapping.instance, { server, sockets, how: howOf(mapping) });
  }

  async #close(instance: number, { server, sockets }: Door): Promise<void> {
    this.#doors.delete(instance);
    for (const socket of sockets) socket.destroy();
    const done = this.#clock.busy();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    done();
  }
}

const isInForce = ({ enabled, protocol, externalPort, internalPort, internalClient }: PortMapping): boolean =>
  enabled && protocol === "TCP" && externalPort > 0 && internalPort > 0 && internalClient !== "";

const howOf = ({ externalPort, internalPort, internalClient }: PortMapping): string =>
  `${externalPort} ${internalClient} ${internalPort}`;
