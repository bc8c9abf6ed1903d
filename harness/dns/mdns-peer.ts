import type { Clock } from "../core/clock.ts";
import type { GatewayPort } from "../core/network.ts";
import { Upcoming } from "../core/upcoming.ts";
import type { DatagramRecord } from "../trace/datagram.ts";
import { Kept } from "../trace/kept.ts";
import { openRecorded, type RecordedSocket } from "../trace/recorded-socket.ts";
import type { Recording } from "../trace/recording.ts";
import { type DnsMessage, type DnsRecordToWrite, type DnsToWrite, decodeDns, encodeDns } from "../wire/dns.ts";
import type { NameRecords } from "./dns.ts";
import type { HeardMdns, MdnsPeer } from "./mdns.ts";
import { Zone } from "./zone.ts";

/** Where multicast DNS is spoken (RFC 6762 section 3). */
const GROUP = { address: "224.0.0.251", port: 5353 };

/** Most seconds that an asker who is no full peer may keep a record (RFC 6762 6.7). */
const LEGACY_TTL = 10;

/** Messages that are kept for cases. */
const KEPT_HEARD = 10_000;

export interface MdnsPeerOptions {
  readonly network: GatewayPort;
  readonly clock: Clock;
  readonly recording: Recording;
}

/** Starts a peer that answers for no name yet. @throws Error with the code of the system, EADDRINUSE or EACCES */
export async function startMdnsPeer(options: MdnsPeerOptions): Promise<GatewayMdnsPeer> {
  const peer = new GatewayMdnsPeer(options);
  await peer.start();
  return peer;
}

/** A peer in multicast DNS. It never throws for what it hears. */
export class GatewayMdnsPeer implements MdnsPeer {
  readonly #options: MdnsPeerOptions;
  readonly #zone = new Zone();
  readonly #heard = new Kept<HeardMdns>(KEPT_HEARD);
  readonly #upcoming: Upcoming<HeardMdns>;
  #socket: RecordedSocket | undefined;

  constructor(options: MdnsPeerOptions) {
    this.#options = options;
    this.#upcoming = new Upcoming(options.clock);
  }

  async start(): Promise<void> {
    const { network } = this.#options;
    this.#socket = await openRecorded(network, this.#options, {
      port: GROUP.port,
      group: GROUP.address,
      decode: (octets, name) => ({ kind: "mdns", message: decodeDns(octets, (what) => name(what.replace(/^DNS/, "mDNS"))) }),
      // In a lab others speak too, and ourselves may be heard again.
      drops: (_, { address }) =>
        address === network.address || (network.onlyClient !== undefined && address !== network.phoneAddress),
      received: (record) => {
        if (record.content.kind === "mdns") this.#received(record, record.content.message);
      },
    });
  }

  stop(): void {
    this.#socket?.close();
    this.#socket = undefined;
  }

  get heard(): readonly HeardMdns[] {
    return this.#heard.all;
  }

  name(name: string, records: NameRecords | undefined): void {
    this.#zone.set(name, records);
  }

  /** Between two cases: it answers for no name. */
  settle(): void {
    this.#zone.clear();
  }

  query(name: string, type: number): DatagramRecord {
    return this.send({ questions: [{ name, type }] });
  }

  send(message: DnsToWrite): DatagramRecord {
    if (this.#socket === undefined) throw new Error("the mDNS peer is stopped");
    return this.#socket.send(encodeDns(message), GROUP);
  }

  next(fits: (heard: HeardMdns) => boolean, within: number): Promise<HeardMdns | undefined> {
    return this.#upcoming.next(fits, within);
  }

  #received(record: DatagramRecord, message: DnsMessage): void {
    if (!message.response && message.opcode === 0) this.#answer(record, message);
    this.#upcoming.tell(this.#heard.append({ message, record }));
  }

  /** What we know of what was asked; to those who are no full peers, and to those who want it so, directly (RFC 6762 5.4 and 6.7). */
  #answer({ source }: DatagramRecord, { id, questions }: DnsMessage): void {
    const answers = this.#zone.answers(questions) ?? [];
    if (answers.length === 0) return;
    const legacy = source.port !== GROUP.port;
    const directly = legacy || questions.every(({ unicastResponse }) => unicastResponse);
    const asked = questions.map(({ name, type }) => ({ name, type }));
    const told = (record: DnsRecordToWrite): DnsRecordToWrite =>
      legacy ? { ...record, ttl: Math.min(record.ttl, LEGACY_TTL) } : { ...record, cacheFlush: record.data.kind !== "PTR" };
    const reply = encodeDns({
      ...(legacy ? { id, questions: asked } : {}),
      response: true,
      authoritative: true,
      answers: answers.map(told),
      additionals: this.#zone.addresses(answers).map(told),
    });
    this.#socket?.send(reply, directly ? source : GROUP);
  }
}
