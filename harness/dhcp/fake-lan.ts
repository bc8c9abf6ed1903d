import type { DatagramSocket, Endpoint, GatewayPort, SocketOptions } from "../core/network.ts";

/** A datagram that went to the client. */
export interface Delivered {
  readonly octets: Buffer;
  readonly from: Endpoint;
  readonly to: Endpoint;
}

/** A gateway's port in memory, with one client at its other end, for tests of what listens on it. */
export class FakeLan implements GatewayPort {
  readonly address = "10.111.0.1";
  readonly mac = "02:00:00:00:00:01";
  readonly prefix = 24;
  readonly phoneAddress = "10.111.0.20";
  readonly onlyClient?: string;
  readonly delivered: Delivered[] = [];
  /** The client, which hears what is delivered. */
  client: (delivered: Delivered) => void = () => {};
  readonly known = new Map<string, string>();
  readonly #open = new Map<number, SocketOptions>();

  constructor(onlyClient?: string) {
    if (onlyClient !== undefined) this.onlyClient = onlyClient;
  }

  async open(options: SocketOptions): Promise<DatagramSocket> {
    this.#open.set(options.port, options);
    return {
      port: options.port,
      send: (octets, to) => {
        const delivered = { octets, from: { address: this.address, port: options.port }, to };
        this.delivered.push(delivered);
        this.client(delivered);
      },
      close: () => this.#open.delete(options.port),
    };
  }

  async know(address: string, mac: string): Promise<void> {
    this.known.set(address, mac);
  }

  /** The client sends. */
  say(octets: Buffer, from: Endpoint, to: Endpoint): void {
    this.#open.get(to.port)?.received(octets, from, to.address);
  }
}
