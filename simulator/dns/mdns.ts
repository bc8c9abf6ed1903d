import { Alarms } from "../alarms.ts";
import type { Clock } from "../clock.ts";
import type { DatagramSocket, Endpoint, Network } from "../network.ts";
import type { DnsAnswer } from "./client.ts";
import { type DnsMessage, type DnsQuestion, type DnsRecord, type DnsType, decodeDns, encodeDns } from "./message.ts";
import { sameName } from "./names.ts";

/** RFC 6762 3. */
const GROUP = { address: "224.0.0.251", port: 5353 };

/** How a host behaves on the link, where a mutant may behave otherwise. */
export interface MdnsBehaviour {
  /** Milliseconds after the end of probing at which it announces its records (RFC 6762 8.3). */
  announcedAfter(): readonly number[];
  /** Whether it answers a question with one of its records (RFC 6762 6). */
  answersWith(question: DnsQuestion, record: DnsRecord): boolean;
  /** Whether an answer goes to the one who asked alone (RFC 6762 5.4 and 6.7). */
  answersByUnicast(from: Endpoint, questions: readonly DnsQuestion[]): boolean;
}

export interface MdnsOptions {
  readonly clock: Clock;
  readonly network: Network;
  readonly behaviour: MdnsBehaviour;
  random(): number;
  /** Records that others have told of. */
  heard(records: readonly DnsRecord[], from: Endpoint): void;
}

/** Probes before a name is used, and milliseconds between them (RFC 6762 8.1). */
const PROBES = 3;
const PROBE_EVERY = 250;

/** Milliseconds before a question is asked again; each time it is twice as long (RFC 6762 5.2). */
const ASK_AGAIN = 1_000;
const ATTEMPTS = 3;

/** How long an answer waits for those of others, in milliseconds, where others may have one too (RFC 6762 6). */
const ANSWER_AFTER = { least: 20, most: 120 };

/** The longest that somebody may keep a record who asks from another port, in seconds (RFC 6762 6.7). */
const LEGACY_TTL = 10;

/** What a record says, however long it may be kept. */
const saying = (record: DnsRecord): string =>
  encodeDns({ id: 0, isResponse: true, questions: [], answers: [{ ...record, ttl: 0, flush: false }] }).toString("latin1");

const isSame = (one: DnsRecord, other: DnsRecord): boolean => saying(one) === saying(other);

/** A host on the link as multicast DNS knows it (RFC 6762): it tells of its own records, and asks for those of others. */
export class Mdns {
  readonly #options: MdnsOptions;
  readonly #alarms: Alarms;
  readonly #waiting = new Set<(records: readonly DnsRecord[]) => void>();
  #socket: DatagramSocket | undefined;
  #address = "";
  #records: readonly DnsRecord[] = [];
  #answers = 0;

  constructor(options: MdnsOptions) {
    this.#options = options;
    this.#alarms = new Alarms(options.clock);
  }

  /** Joins the link under this address. */
  async open(address: string): Promise<void> {
    if (this.#socket !== undefined && this.#address === address) return;
    this.close();
    this.#address = address;
    const { clock, network } = this.#options;
    const done = clock.busy();
    const socket = await network
      .open({ port: GROUP.port, group: GROUP.address, received: (data, from) => this.#received(data, from) })
      .catch(() => undefined)
      .finally(done);
    // It may have left meanwhile.
    if (this.#address !== address || this.#socket !== undefined) socket?.close();
    else this.#socket = socket;
  }

  /** Leaves the link, and says so where it still can (RFC 6762 10.1). */
  close(): void {
    this.publish([]);
    this.#alarms.cancelAll();
    this.#socket?.close();
    this.#socket = undefined;
    this.#address = "";
  }

  /** Tells of these records from now on, and of no others. Those with `flush` are this host's alone. */
  publish(records: readonly DnsRecord[]): void {
    if (this.#socket === undefined) return;
    const gone = this.#records.filter((old) => !records.some((one) => isSame(one, old)));
    const isNew = records.some((one) => !this.#records.some((old) => isSame(one, old)));
    this.#records = records;
    // Whoever replaces a record flushes the old one.
    const left = gone.filter(
      (old) => !records.some(({ name, type, flush }) => flush && type === old.type && sameName(name, old.name)),
    );
    if (left.length > 0) this.#send({ answers: left.map((old) => ({ ...old, ttl: 0 })) });
    if (isNew) this.#probe(PROBES);
  }

  /** Asks everybody on the link. Never throws. */
  async query(name: string, type: DnsType): Promise<DnsAnswer> {
    const { clock } = this.#options;
    for (let attempt = 0, wait = ASK_AGAIN; attempt < ATTEMPTS && this.#socket !== undefined; attempt += 1, wait *= 2) {
      const records = await new Promise<readonly DnsRecord[] | undefined>((resolve) => {
        const end = (found: readonly DnsRecord[] | undefined): void => {
          this.#waiting.delete(take);
          cancel();
          resolve(found);
        };
        const take = (came: readonly DnsRecord[]): void => {
          if (came.some((record) => record.type === type && sameName(record.name, name))) end(came);
        };
        const cancel = clock.after(wait, () => end(undefined));
        this.#waiting.add(take);
        this.#ask({ name, type });
      });
      if (records !== undefined) return { kind: "answer", records };
    }
    return { kind: "silence" };
  }

  /** Asks without waiting: what comes is heard. */
  browse(name: string): void {
    this.#ask({ name, type: "PTR" });
  }

  #ask(question: DnsQuestion): void {
    this.#socket?.send(encodeDns({ id: 0, isResponse: false, questions: [question], answers: [] }), GROUP);
  }

  /** @param left how many probes are still to come */
  #probe(left: number): void {
    const own = this.#records.filter(({ flush }) => flush);
    const questions = [...new Set(own.map(({ name }) => name))].map((name) => ({ name, type: "ANY" as const, unicast: true }));
    if (left === 0) {
      this.#announce();
      return;
    }
    const octets = encodeDns({ id: 0, isResponse: false, questions, answers: [], authorities: own });
    this.#socket?.send(octets, GROUP);
    this.#alarms.set("probe", PROBE_EVERY, () => this.#probe(left - 1));
  }

  #announce(): void {
    const delays = this.#options.behaviour.announcedAfter();
    delays.forEach((delay, place) => {
      this.#alarms.set(`announcement ${place}`, delay, () => this.#send({ answers: this.#records }));
    });
  }

  #received(data: Buffer, from: Endpoint): void {
    const message = decodeDns(data);
    // Its own voice comes back to whoever speaks to a group.
    if (message === undefined || from.address === this.#address) return;
    if (!message.isResponse) {
      this.#serve(message, from);
      return;
    }
    // Others may not pretend from elsewhere (RFC 6762 11).
    if (from.port !== GROUP.port) return;
    const records = [...message.answers, ...(message.additionals ?? [])];
    for (const take of [...this.#waiting]) take(records);
    this.#options.heard(records, from);
  }

  #serve({ id, questions, answers: known }: DnsMessage, from: Endpoint): void {
    const { behaviour, random } = this.#options;
    const isKnown = (record: DnsRecord): boolean => known.some((one) => one.ttl >= record.ttl / 2 && isSame(one, record));
    const asked = this.#records.filter((record) => questions.some((question) => behaviour.answersWith(question, record)));
    const answers = asked.filter((record) => !isKnown(record));
    if (answers.length === 0) return;
    const additionals = this.#following(answers);
    const isLegacy = from.port !== GROUP.port;
    const to = behaviour.answersByUnicast(from, questions) ? from : GROUP;
    if (isLegacy) {
      const short = (record: DnsRecord): DnsRecord => ({ ...record, ttl: Math.min(record.ttl, LEGACY_TTL), flush: false });
      this.#send({ id, questions, answers: answers.map(short), additionals: additionals.map(short) }, to);
      return;
    }
    const { least, most } = ANSWER_AFTER;
    const isShared = answers.some(({ flush }) => flush !== true);
    this.#answers += 1;
    this.#alarms.set(`answer ${this.#answers}`, isShared ? least + random() * (most - least) : 0, () =>
      this.#send({ answers, additionals }, to),
    );
  }

  /** Records that whoever reads these will want next (RFC 6763 12). */
  #following(answers: readonly DnsRecord[]): readonly DnsRecord[] {
    const found = [...answers];
    for (const record of found) {
      if (record.type !== "PTR" && record.type !== "SRV") continue;
      found.push(...this.#records.filter((one) => sameName(one.name, record.target) && !found.includes(one)));
    }
    return found.slice(answers.length);
  }

  #send(message: Partial<DnsMessage>, to: Endpoint = GROUP): void {
    const whole = { id: 0, isResponse: true, isAuthoritative: true, questions: [], answers: [], ...message };
    this.#socket?.send(encodeDns(whole), to);
  }
}
