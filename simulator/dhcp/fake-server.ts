import type { DatagramSocket, Endpoint, InterfaceAddress, LanPort, SocketOptions } from "../network.ts";
import { addressData, type DhcpMessage, type DhcpOption, decodeMessage, encodeMessage, MESSAGE_TYPE, OPTION } from "./message.ts";

export interface Asked {
  readonly message: DhcpMessage;
  readonly to: string;
  /** In milliseconds of the test's clock. */
  readonly at: number;
  /** Octets of option 125. */
  readonly identity: string | undefined;
}

/** What the server says to a message; nothing at all when there is no type. */
export interface Said {
  readonly type?: number;
  readonly options?: readonly DhcpOption[];
}

const SERVER = "192.0.2.1";

/** A LAN in memory with a DHCP server on it, which says what a test wants. */
export class FakeServer implements LanPort {
  readonly mac = "02:00:00:00:00:02";
  readonly asked: Asked[] = [];
  readonly addresses: (InterfaceAddress | undefined)[] = [];
  /** Options of its answers, as long as `answer` is not replaced. */
  options: readonly DhcpOption[] = [];
  leaseTime = 3600;
  /** That it leases. */
  address = "192.0.2.20";
  readonly #now: () => number;
  #hears: SocketOptions | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  answer: (message: DhcpMessage) => Said = ({ options }) => ({
    type: typeOf(options) === MESSAGE_TYPE.discover ? MESSAGE_TYPE.offer : MESSAGE_TYPE.ack,
    options: this.options,
  });

  async configure(address: InterfaceAddress | undefined): Promise<void> {
    this.addresses.push(address);
  }

  async open(options: SocketOptions): Promise<DatagramSocket> {
    this.#hears = options;
    return {
      port: options.port,
      send: (octets, to) => this.#take(octets, to),
      close: () => {
        this.#hears = undefined;
      },
    };
  }

  /** Types of the messages that have come, and where they went. */
  get story(): readonly string[] {
    return this.asked.map(({ message, to }) => `${typeOf(message.options)} ${to}`);
  }

  #take(octets: Buffer, { address }: Endpoint): void {
    const message = decodeMessage(octets);
    if (message === undefined) throw new Error("no message of DHCP");
    const identity = message.options.find(({ code }) => code === OPTION.vendorIdentifying)?.data.toString("hex");
    this.asked.push({ message, to: address, at: this.#now(), identity });
    const { type, options = [] } = this.answer(message);
    if (type === undefined) return;
    const isInform = typeOf(message.options) === MESSAGE_TYPE.inform;
    const time = Buffer.alloc(4);
    time.writeUInt32BE(this.leaseTime);
    const all = [
      { code: OPTION.messageType, data: Buffer.of(type) },
      { code: OPTION.server, data: addressData(SERVER) },
      ...(isInform || type === MESSAGE_TYPE.nak ? [] : [{ code: OPTION.leaseTime, data: time }]),
      ...options,
    ].map(({ code, data }) => Buffer.concat([Buffer.of(code, data.length), data]));
    const yiaddr = isInform || type === MESSAGE_TYPE.nak ? "0.0.0.0" : this.address;
    const answer = encodeMessage({ ...message, op: 2, yiaddr }, Buffer.concat(all));
    queueMicrotask(() => this.#hears?.received(answer, { address: SERVER, port: 67 }, this.address));
  }
}

const typeOf = (options: readonly DhcpOption[]): number | undefined =>
  options.find(({ code }) => code === OPTION.messageType)?.data[0];

/** Option 125 with one block of sub-options, of the Broadband Forum unless it says otherwise. */
export function vendorOption(subOptions: Readonly<Record<number, string>>, enterprise = 3561): DhcpOption {
  const data = Buffer.concat(Object.entries(subOptions).map(([code, text]) => encapsulated(Number(code), text)));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(enterprise);
  head.writeUInt8(data.length, 4);
  return { code: OPTION.vendorIdentifying, data: Buffer.concat([head, data]) };
}

export const encapsulated = (code: number, text: string): Buffer =>
  Buffer.concat([Buffer.of(code, Buffer.byteLength(text)), Buffer.from(text)]);
