import { Inconclusive } from "../core/case.ts";
import type { Clock } from "../core/clock.ts";
import type { Endpoint, Network } from "../core/network.ts";
import { Upcoming } from "../core/upcoming.ts";
import type { DatagramContent, DatagramRecord } from "../trace/datagram.ts";
import { type DatagramName, openRecorded, type RecordedSocket } from "../trace/recorded-socket.ts";
import type { Recording } from "../trace/recording.ts";
import { decodeStun } from "../wire/stun.ts";
import { usualReply, writeAnswer } from "./answer.ts";
import { type UdpConnectionRequest, writeConnectionRequest } from "./connection-request.ts";
import { NatGateway, shown } from "./nat.ts";
import type { HeardStun, Nat, StunBench, StunCredentials, StunReply } from "./stun.ts";

/** The port that IANA has given STUN, which phones use where they are told no other (TR-111 2.2.4, STUNServerPort). */
export const STUN_PORT = 3478;

export interface StunOptions {
  /** Where UDP goes between the phone and us. */
  readonly network: Network;
  readonly clock: Clock;
  readonly recording: Recording;
  /** Port of the server; default any free one. */
  readonly port?: number;
  /** The LAN's gateway: port 3478 is listened at there too. */
  readonly lan?: Network;
  /** What comes over `network` from another address is none of the phone's; absent: all of it is. */
  readonly phoneAddress?: string;
}

/** STUN server, NAT and sender of UDP connection requests of a run. */
export class StunService implements StunBench {
  readonly #options: StunOptions;
  readonly #sockets: RecordedSocket[] = [];
  #further: RecordedSocket[] = [];
  #listensAt: Endpoint[] = [];
  #heard: HeardStun[] = [];
  #taken = 0;
  readonly #upcoming: Upcoming<HeardStun>;
  #nat: NatGateway | undefined;
  #answer: (request: HeardStun) => StunReply = (request) => usualReply(request, this.credentials);
  #last = { ts: 0, id: 0 };
  credentials: StunCredentials | undefined;

  private constructor(options: StunOptions) {
    this.#options = options;
    this.#upcoming = new Upcoming(options.clock);
  }

  /**
   * Starts the server. Where its port is taken, it listens at another one.
   * @throws Inconclusive `unreachable` when it cannot listen at all
   */
  static async start(options: StunOptions): Promise<StunService> {
    const service = new StunService(options);
    const { network, lan, port = 0 } = options;
    try {
      service.#sockets.push(await service.#listen(network, port).catch(() => service.#listen(network, 0)));
    } catch (error) {
      throw new Inconclusive("unreachable", `STUN cannot be heard at ${network.address}: ${String(error)}`);
    }
    // Taken on the LAN: somebody else serves STUN there, and the rule that needs this port says so.
    const onLan = lan === undefined ? undefined : await service.#listen(lan, STUN_PORT).catch(() => undefined);
    if (onLan !== undefined) service.#sockets.push(onLan);
    return service;
  }

  get address(): string {
    return this.#options.network.address;
  }

  get port(): number {
    return this.#main.port;
  }

  get heard(): readonly HeardStun[] {
    // A copy: a case keeps it for its evidence, and the phone goes on sending.
    return this.#heard.slice();
  }

  get listensAt(): readonly Endpoint[] {
    return this.#listensAt;
  }

  nat(nat: Nat | undefined): void {
    this.#nat = nat === undefined ? undefined : new NatGateway(this.#options.clock, nat, (text) => this.#told(text));
  }

  changeBindings(): void {
    this.#told("the NAT forgets its bindings");
    this.#nat?.forget();
  }

  answers(answer: (request: HeardStun) => StunReply): void {
    this.#answer = answer;
  }

  async next(milliseconds: number, fits: (heard: HeardStun) => boolean = () => true): Promise<HeardStun | undefined> {
    while (this.#taken < this.#heard.length) {
      const heard = this.#heard[this.#taken];
      this.#taken += 1;
      if (heard !== undefined && fits(heard)) return heard;
    }
    return this.#upcoming.next((heard) => {
      this.#taken = this.#heard.length;
      return fits(heard);
    }, milliseconds);
  }

  async furtherPort(): Promise<number> {
    const socket = await this.#listen(this.#options.network, 0);
    this.#further.push(socket);
    return socket.port;
  }

  phoneBehind(address: Endpoint): Endpoint | undefined {
    return this.#nat === undefined ? address : this.#nat.incoming(address);
  }

  stamp(): { readonly ts: number; readonly id: number } {
    const now = Math.floor(this.#options.clock.now() / 1000);
    this.#last = { ts: Math.max(now, this.#last.ts + 1), id: this.#last.id + 1 };
    return this.#last;
  }

  connectionRequest(to: Endpoint, request: UdpConnectionRequest, copies = 1): DatagramRecord {
    const octets = writeConnectionRequest(request);
    let sent = this.send(to, octets);
    for (let copy = 1; copy < copies; copy += 1) sent = this.send(to, octets);
    return sent;
  }

  send(to: Endpoint, octets: Buffer): DatagramRecord {
    return this.#deliver(this.#main, to, octets);
  }

  /** Between two cases: no NAT, every request answered, nothing heard yet. */
  settle(): void {
    this.nat(undefined);
    this.credentials = undefined;
    this.#answer = (request) => usualReply(request, this.credentials);
    this.#heard = [];
    this.#taken = 0;
    for (const socket of this.#further) socket.close();
    this.#listensAt = this.#listensAt.filter(({ port }) => !this.#further.some((socket) => socket.port === port));
    this.#further = [];
  }

  stop(): void {
    this.settle();
    for (const socket of this.#sockets) socket.close();
  }

  get #main(): RecordedSocket {
    const [main] = this.#sockets;
    if (main === undefined) throw new Inconclusive("precondition", "the STUN server does not run");
    return main;
  }

  #told(text: string): void {
    this.#options.recording.step(this.#options.clock.now(), text);
  }

  async #listen(network: Network, port: number): Promise<RecordedSocket> {
    const { recording, clock } = this.#options;
    // On its LAN the phone has another address, and is alone.
    const phoneAddress = network === this.#options.network ? this.#options.phoneAddress : undefined;
    const socket: RecordedSocket = await openRecorded(
      network,
      { recording, clock },
      {
        port,
        decode: readDatagram,
        received: (record) => this.#received(record, socket),
        drops: (_, { address }) => phoneAddress !== undefined && address !== phoneAddress,
      },
    );
    this.#listensAt.push({ address: network.address, port: socket.port });
    return socket;
  }

  #received(record: DatagramRecord, socket: RecordedSocket): void {
    const message = record.content.kind === "stun" ? record.content.message : decodeStun(record.octets, record.where);
    const { source } = record;
    const seen = this.#nat?.outgoing(source) ?? source;
    const heard = { record, message, at: record.at, source, seen, port: socket.port };
    this.#heard.push(heard);
    const server = { address: this.address, port: socket.port };
    const answer = writeAnswer(heard, this.#answer(heard), server, this.credentials);
    if (answer !== undefined) this.#deliver(socket, message.address("RESPONSE-ADDRESS") ?? seen, answer, source.address);
    this.#upcoming.tell(heard);
  }

  /**
   * Sends through the NAT. What it has no binding for is lost on its way, but recorded.
   * @param only the one address that it may go to: whoever asks for an answer elsewhere makes us a tool against others
   */
  #deliver(socket: RecordedSocket, to: Endpoint, octets: Buffer, only?: string): DatagramRecord {
    const inside = this.phoneBehind(to);
    if (inside !== undefined && inside.port > 0 && (only === undefined || inside.address === only))
      return socket.send(octets, inside);
    const why = this.#nat === undefined ? "is no place for an answer" : "belongs to no binding of the NAT";
    this.#told(`${shown(to)} ${why}: what is sent there is lost`);
    const source = { address: this.address, port: socket.port };
    return this.#options.recording.datagram((number) => {
      let where = `datagram #${number}`;
      const content = readDatagram(octets, (what) => {
        where = `datagram #${number} (${what}, lost)`;
        return where;
      });
      return { at: this.#options.clock.now(), from: "harness", source, destination: to, octets, content, where };
    });
  }
}

/** STUN messages begin with an octet 0 or 1, connection requests with a letter (TR-111 2.2.1.4). */
function readDatagram(octets: Buffer, name: DatagramName): DatagramContent {
  const [first = -1] = octets;
  if (first === 0 || first === 1) return { kind: "stun", message: decodeStun(octets, name) };
  if (/^[A-Z]+ \S+/.test(octets.toString("latin1", 0, 256))) {
    name("UDP connection request");
    return { kind: "udp-connection-request" };
  }
  name("no STUN message");
  return { kind: "unknown", problem: "neither a STUN message nor a connection request" };
}
