import { frameName } from "../wire/websocket.ts";
import type { DatagramRecord } from "./datagram.ts";
import type {
  CallRecord,
  ConnectionRecord,
  Exchange,
  GarbageRecord,
  OctetsRecord,
  ResponseRecord,
  StepRecord,
} from "./exchange.ts";
import { Kept } from "./kept.ts";
import type { MqttPacketRecord } from "./mqtt.ts";
import type { FrameRecord, UpgradeRecord, UspRecordLog } from "./usp.ts";

/** Octets of one message that are kept; what follows is counted, not kept. */
export const KEPT_PER_MESSAGE = 2 * 1024 * 1024;

/** Octets of raw traffic that are kept at one time; beyond it the oldest are let go. */
const KEPT_OCTETS = 64 * 1024 * 1024;

/** Rough octets of memory that exchanges may hold at one time; only a flood of large messages comes near it. */
const KEPT_EXCHANGES = 160 * 1024 * 1024;

/** A decoded envelope takes about so many times the memory of its text. */
const ENVELOPE_WEIGHT = 6;

/** Rough octets of memory that USP records may hold at one time. */
const KEPT_USP = 64 * 1024 * 1024;

/** A decoded record takes about so many times the memory of its octets. */
const RECORD_WEIGHT = 6;

/** Rough octets of memory that MQTT packets may hold at one time. */
const KEPT_MQTT = 64 * 1024 * 1024;

/** Rough octets of memory that datagrams may hold at one time. */
const KEPT_DATAGRAMS = 32 * 1024 * 1024;

/** A decoded datagram takes about so many times the memory of its octets. */
const DATAGRAM_WEIGHT = 8;

/** Small records (garbage, calls, connections, steps) of each sort that are kept. */
const KEPT_RECORDS = 20_000;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What the recording itself gives to everything that goes over a WebSocket, and to datagrams. */
type Given = "number" | "order" | "caseId";

/** What is known of a connection when it opens. */
export type Opening = Omit<ConnectionRecord, "number" | "caseId" | "closedAt" | "closedBy">;

/** The recording of one connection, written by whoever holds its socket. */
export interface ConnectionLog {
  readonly record: ConnectionRecord;
  received(at: number, data: Buffer): void;
  sent(at: number, data: Buffer): void;
  /** Octets are counted anew, so that each message may keep up to KEPT_PER_MESSAGE of its own. */
  nextMessage(): void;
  /** Only the first call counts. */
  closed(at: number, by: "phone" | "harness"): void;
}

/** A part of a recording, as a case's evidence holds it. */
export interface Trace {
  readonly exchanges: readonly Exchange[];
  readonly garbage: readonly GarbageRecord[];
  readonly calls: readonly CallRecord[];
  readonly connections: readonly ConnectionRecord[];
  readonly octets: readonly OctetsRecord[];
  readonly steps: readonly StepRecord[];
  readonly usp: readonly UspRecordLog[];
  readonly upgrades: readonly UpgradeRecord[];
  readonly frames: readonly FrameRecord[];
  readonly mqtt: readonly MqttPacketRecord[];
  readonly datagrams: readonly DatagramRecord[];
}

/** All that went over the wire in a run, appended as it happens. Its memory is bounded: see the constants above. */
export class Recording implements Trace {
  readonly #exchanges = new Kept<Exchange>(KEPT_EXCHANGES, weightOf);
  readonly #garbage = new Kept<GarbageRecord>(KEPT_RECORDS);
  readonly #calls = new Kept<CallRecord>(KEPT_RECORDS);
  readonly #connections = new Kept<ConnectionRecord>(KEPT_RECORDS);
  readonly #steps = new Kept<StepRecord>(KEPT_RECORDS);
  readonly #octets = new Kept<OctetsRecord>(KEPT_OCTETS, ({ data }) => data.length);
  readonly #usp = new Kept<UspRecordLog>(KEPT_USP, ({ record }) => 1024 + record.octets.length * (1 + RECORD_WEIGHT));
  readonly #upgrades = new Kept<UpgradeRecord>(KEPT_RECORDS);
  readonly #frames = new Kept<FrameRecord>(KEPT_RECORDS);
  readonly #mqtt = new Kept<MqttPacketRecord>(KEPT_MQTT, ({ packet }) => 1024 + 2 * packet.octets.length);
  readonly #datagrams = new Kept<DatagramRecord>(KEPT_DATAGRAMS, ({ octets }) => 1024 + octets.length * (1 + DATAGRAM_WEIGHT));
  #numbers = { exchange: 0, connection: 0, call: 0, session: 0, usp: 0, upgrade: 0, frame: 0, mqtt: 0, datagram: 0, order: 0 };
  #agentRecords = 0;
  #phoneDatagrams = 0;
  readonly #uses = new Map<string, Record<string, string>>();
  #caseId = "";
  #onUsp: (log: UspRecordLog) => void = () => {};

  /** From now on `listener`, and nobody else, is told of each USP record when it is recorded. */
  onUsp(listener: (log: UspRecordLog) => void): void {
    this.#onUsp = listener;
  }

  get exchanges(): readonly Exchange[] {
    return this.#exchanges.all;
  }
  get garbage(): readonly GarbageRecord[] {
    return this.#garbage.all;
  }
  get calls(): readonly CallRecord[] {
    return this.#calls.all;
  }
  get connections(): readonly ConnectionRecord[] {
    return this.#connections.all;
  }
  get octets(): readonly OctetsRecord[] {
    return this.#octets.all;
  }
  get steps(): readonly StepRecord[] {
    return this.#steps.all;
  }

  /** Every USP record, of agent and controller, in the order of time. */
  get usp(): readonly UspRecordLog[] {
    return this.#usp.all;
  }
  /** Requests to open a WebSocket, refused ones too. */
  get upgrades(): readonly UpgradeRecord[] {
    return this.#upgrades.all;
  }
  /** WebSocket frames of both sides. */
  get frames(): readonly FrameRecord[] {
    return this.#frames.all;
  }
  /** MQTT packets of both sides. */
  get mqtt(): readonly MqttPacketRecord[] {
    return this.#mqtt.all;
  }
  /** UDP datagrams of both sides: DHCP, DNS, STUN and connection requests. */
  get datagrams(): readonly DatagramRecord[] {
    return this.#datagrams.all;
  }

  /** The case that is running; empty before the first one. */
  get caseId(): string {
    return this.#caseId;
  }

  /** How many exchanges were let go to bound memory. */
  get evicted(): number {
    return this.#exchanges.dropped;
  }

  /** From now on everything is recorded under this case. */
  startCase(caseId: string): void {
    this.#caseId = caseId;
  }

  /** How much the phone has said so far: requests over CWMP, USP records, and datagrams. */
  get heard(): number {
    return this.#numbers.exchange + this.#agentRecords + this.#phoneDatagrams;
  }

  /** Number of the latest exchange, 0 before the first: a mark for `slice`. */
  get latest(): number {
    return this.#numbers.exchange;
  }

  /** The exchanges with this number and later ones. */
  slice(fromExchange: number): readonly Exchange[] {
    // Numbers follow one another without gaps, from the first that is still kept.
    return this.exchanges.slice(Math.max(0, fromExchange - (this.exchanges[0]?.number ?? 0)));
  }

  /** Everything that was recorded under one case; connections are those that have octets or an end in it, or began in it. */
  ofCase(caseId: string): Trace {
    const isOfCase = (one: { readonly caseId: string }): boolean => one.caseId === caseId;
    const octets = this.octets.filter(isOfCase);
    const exchanges = this.exchanges.filter(isOfCase);
    const touched = new Set([...octets, ...exchanges].map(({ connection }) => connection));
    return {
      exchanges,
      garbage: this.garbage.filter(isOfCase),
      calls: this.calls.filter(isOfCase),
      connections: this.connections.filter((one) => isOfCase(one) || touched.has(one.number)),
      octets,
      steps: this.steps.filter(isOfCase),
      usp: this.usp.filter(isOfCase),
      upgrades: this.upgrades.filter(isOfCase),
      frames: this.frames.filter(isOfCase),
      mqtt: this.mqtt.filter(isOfCase),
      datagrams: this.datagrams.filter(isOfCase),
    };
  }

  /** Lets go of what a case's evidence on disk has now: octets, calls, garbage, steps. Exchanges, and what went over WebSockets, MQTT and UDP, stay, for rules on the whole run. */
  release(caseId: string): void {
    for (const kept of [this.#octets, this.#calls, this.#garbage, this.#steps]) kept.release((one) => one.caseId === caseId);
  }

  /** A number for a new CWMP session, counted from 1. */
  nextSession(): number {
    this.#numbers.session += 1;
    return this.#numbers.session;
  }

  /** Records a connection as it opens. */
  connection(opening: Opening): ConnectionLog {
    this.#numbers.connection += 1;
    const record: Writable<ConnectionRecord> = {
      ...opening,
      number: this.#numbers.connection,
      caseId: this.#caseId,
      closedAt: undefined,
      closedBy: undefined,
    };
    this.#connections.append(record);
    const counts = { phone: 0, harness: 0 };
    const log = (from: "phone" | "harness", at: number, data: Buffer): void => {
      const room = Math.max(0, KEPT_PER_MESSAGE - counts[from]);
      counts[from] += data.length;
      this.#keepOctets(record.number, from, at, data, room);
    };
    return {
      record,
      received: (at, data) => log("phone", at, data),
      sent: (at, data) => log("harness", at, data),
      nextMessage() {
        counts.phone = 0;
        counts.harness = 0;
      },
      closed(at, by) {
        if (record.closedAt !== undefined) return;
        record.closedAt = at;
        record.closedBy = by;
      },
    };
  }

  #keepOctets(connection: number, from: "phone" | "harness", at: number, data: Buffer, room: number): void {
    const last = this.octets.at(-1);
    if (room === 0 && last !== undefined && last.connection === connection && last.from === from) {
      (last as Writable<OctetsRecord>).omitted += data.length;
      return;
    }
    const kept = data.length > room ? Buffer.from(data.subarray(0, room)) : data;
    this.#octets.append({ connection, caseId: this.#caseId, from, at, data: kept, omitted: data.length - kept.length });
  }

  /** Numbers a request and records it, not yet answered. */
  exchange(build: (number: number, caseId: string) => Omit<Exchange, "number" | "caseId" | "response">): Exchange {
    this.#numbers.exchange += 1;
    const number = this.#numbers.exchange;
    return this.#exchanges.append({ ...build(number, this.#caseId), number, caseId: this.#caseId, response: undefined });
  }

  /** Records our answer to a request. */
  answered(exchange: Exchange, response: ResponseRecord): void {
    (exchange as Writable<Exchange>).response = response;
  }

  /** Numbers a USP record and records it. @param build decodes it, given its number */
  uspRecord(build: (number: number) => Omit<UspRecordLog, Given>): UspRecordLog {
    this.#numbers.usp += 1;
    const number = this.#numbers.usp;
    const log = build(number);
    if (log.from === "agent") this.#agentRecords += 1;
    const kept = this.#usp.append({ ...log, number, order: this.#nextOrder(), caseId: this.#caseId });
    this.#onUsp(kept);
    return kept;
  }

  /** Records a request to open a WebSocket, not yet answered. */
  upgrade(upgrade: Omit<UpgradeRecord, Given | "where" | "answer">): UpgradeRecord {
    this.#numbers.upgrade += 1;
    const number = this.#numbers.upgrade;
    const path = upgrade.target.split("?", 1)[0];
    const where = `upgrade #${number} (GET ${path})`;
    const given = { number, order: this.#nextOrder(), caseId: this.#caseId };
    return this.#upgrades.append({ ...upgrade, ...given, answer: undefined, where });
  }

  /** Records our answer to a request to open a WebSocket. */
  upgradeAnswered(upgrade: UpgradeRecord, answer: NonNullable<UpgradeRecord["answer"]>): void {
    (upgrade as Writable<UpgradeRecord>).answer = answer;
  }

  /** Records a WebSocket frame. */
  frame(frame: Omit<FrameRecord, Given | "where">): FrameRecord {
    this.#numbers.frame += 1;
    const number = this.#numbers.frame;
    const where = `frame #${number} (${frameName(frame.frame)})`;
    return this.#frames.append({ ...frame, number, order: this.#nextOrder(), caseId: this.#caseId, where });
  }

  /** Numbers an MQTT packet and records it. @param build decodes it, given its number */
  mqttPacket(build: (number: number) => Omit<MqttPacketRecord, Given>): MqttPacketRecord {
    this.#numbers.mqtt += 1;
    const number = this.#numbers.mqtt;
    return this.#mqtt.append({ ...build(number), number, order: this.#nextOrder(), caseId: this.#caseId });
  }

  /** Numbers a datagram and records it. @param build decodes it, given its number */
  datagram(build: (number: number) => Omit<DatagramRecord, Given | "connection">): DatagramRecord {
    this.#numbers.datagram += 1;
    const number = this.#numbers.datagram;
    const record = build(number);
    if (record.from === "phone") this.#phoneDatagrams += 1;
    const { connection } = this.#numbers;
    return this.#datagrams.append({ ...record, number, order: this.#nextOrder(), connection, caseId: this.#caseId });
  }

  #nextOrder(): number {
    this.#numbers.order += 1;
    return this.#numbers.order;
  }

  /** Records octets that are no request. */
  refused(garbage: Omit<GarbageRecord, "caseId">): GarbageRecord {
    const record = { ...garbage, caseId: this.#caseId };
    return this.#garbage.append(record);
  }

  /** Records what the running case says, at this moment of the run's clock. */
  step(at: number, text: string): void {
    this.#steps.append({ caseId: this.#caseId, at, text, connection: this.#numbers.connection, order: this.#nextOrder() });
  }

  /** Records what the running case uses of the values that a profile gives to test with. */
  uses(name: string, what: string): void {
    if (this.#caseId !== "") this.#uses.set(this.#caseId, { ...this.#uses.get(this.#caseId), [name]: what });
  }

  /** What a case has used, by name; undefined when it has used nothing. */
  usedBy(caseId: string): Readonly<Record<string, string>> | undefined {
    return this.#uses.get(caseId);
  }

  /** Records a request of ours to the phone. */
  call(call: Omit<CallRecord, "number" | "caseId" | "where">): CallRecord {
    this.#numbers.call += 1;
    const line =
      call.request
        .toString("latin1", 0, 200)
        .split("\r\n", 1)[0]
        ?.replace(/ HTTP\/.*$/, "") ?? "";
    const name = call.purpose === "connection-request" ? "connection request" : "request";
    const where = `${name} #${this.#numbers.call} (${line})`;
    const record = { ...call, number: this.#numbers.call, caseId: this.#caseId, where };
    return this.#calls.append(record);
  }
}

function weightOf({ request }: Exchange): number {
  return 2048 + request.raw.length + request.body.length * (request.envelope === undefined ? 1 : 1 + ENVELOPE_WEIGHT);
}
