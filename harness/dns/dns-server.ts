import type { Clock } from "../core/clock.ts";
import type { Network } from "../core/network.ts";
import { Upcoming } from "../core/upcoming.ts";
import type { DatagramRecord } from "../trace/datagram.ts";
import { Kept } from "../trace/kept.ts";
import { openRecorded, type RecordedSocket } from "../trace/recorded-socket.ts";
import type { Recording } from "../trace/recording.ts";
import { type DnsMessage, decodeDns, encodeDns, sameName } from "../wire/dns.ts";
import type { DnsServer, HeardQuery, NameRecords } from "./dns.ts";
import { Zone } from "./zone.ts";

const PORT = 53;

/** Queries that are kept for cases. */
const KEPT_QUERIES = 10_000;

/** Response codes (RFC 1035 4.1.1). */
const RCODE = { fine: 0, noSuchName: 3, notImplemented: 4 };

export interface DnsServerOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly recording: Recording;
  /** Default 53. */
  readonly port?: number;
}

/** Starts a DNS server that knows no name yet. @throws Error with the code of the system, EADDRINUSE or EACCES */
export async function startDnsServer(options: DnsServerOptions): Promise<GatewayDnsServer> {
  const server = new GatewayDnsServer(options);
  await server.start();
  return server;
}

/** A DNS server over UDP (RFC 1035). It never throws for what it is asked. */
export class GatewayDnsServer implements DnsServer {
  readonly #options: DnsServerOptions;
  readonly #zone = new Zone();
  readonly #queries = new Kept<HeardQuery>(KEPT_QUERIES);
  readonly #upcoming: Upcoming<HeardQuery>;
  #socket: RecordedSocket | undefined;

  constructor(options: DnsServerOptions) {
    this.#options = options;
    this.#upcoming = new Upcoming(options.clock);
  }

  async start(): Promise<void> {
    this.#socket = await openRecorded(this.#options.network, this.#options, {
      port: this.#options.port ?? PORT,
      decode: (octets, name) => ({ kind: "dns", message: decodeDns(octets, name) }),
      received: (record) => {
        if (record.content.kind === "dns") this.#received(record, record.content.message);
      },
    });
  }

  stop(): void {
    this.#socket?.close();
    this.#socket = undefined;
  }

  get queries(): readonly HeardQuery[] {
    return this.#queries.all;
  }

  name(name: string, records: NameRecords | undefined): void {
    this.#zone.set(name, records);
  }

  /** Between two cases: no name exists. */
  settle(): void {
    this.#zone.clear();
  }

  next(name: string | undefined, within: number): Promise<HeardQuery | undefined> {
    return this.#upcoming.next(({ question }) => name === undefined || sameName(question.name, name), within);
  }

  #received(record: DatagramRecord, query: DnsMessage): void {
    // What is no query, or asks for nothing, is recorded and left alone: an answer could go on for ever.
    if (query.response || query.questions.length === 0) return;
    const reply = this.#socket?.send(this.#answer(query), record.source);
    for (const question of query.questions) this.#upcoming.tell(this.#queries.append({ question, record, reply }));
  }

  #answer({ id, opcode, recursionDesired, questions }: DnsMessage): Buffer {
    const found = opcode === 0 ? this.#zone.answers(questions) : undefined;
    return encodeDns({
      ...{ id, opcode, recursionDesired, response: true, authoritative: true, recursionAvailable: true },
      rcode: opcode !== 0 ? RCODE.notImplemented : found === undefined ? RCODE.noSuchName : RCODE.fine,
      questions: questions.map(({ name, type, class: of }) => ({ name, type, class: of })),
      answers: found ?? [],
      additionals: this.#zone.addresses(found ?? []),
    });
  }
}
