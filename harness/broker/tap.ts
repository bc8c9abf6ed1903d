import type { Connection } from "../acs/connection.ts";
import type { AcsContext } from "../acs/context.ts";
import { Mailbox } from "../controller/mailbox.ts";
import { Signal } from "../controller/signal.ts";
import { pause } from "../core/clock.ts";
import type { MqttPacketRecord } from "../trace/mqtt.ts";
import { decodeMqtt, type MqttVersion, subscriptionsOf } from "../wire/mqtt.ts";
import { MqttReader } from "../wire/mqtt-reader.ts";
import { ExactlyOnce } from "./exactly-once.ts";
import { InnerStream } from "./inner-stream.ts";
import type { ConnackAnswer, MqttAnswers, MqttClosing, MqttConnection } from "./mqtt-control.ts";
import { type ConnackGift, connack, disconnect, innerConnect, suback } from "./packets.ts";
import { Subscribing } from "./subscribing.ts";

/** Octets of one packet that are taken; a GetResp over the whole data model of a phone has some hundred thousand. */
export const LARGEST_PACKET = 8 * 1024 * 1024;

/** Packets of one connection that are kept for whoever asks for them. */
const MOST_PACKETS = 2_000;

/** PUBLISHes that wait for Aedes at one time. */
const MOST_UNPUBLISHED = 500;

/** Milliseconds that a client has to end its connection after its DISCONNECT. */
const LEAVES_WITHIN = 1_000;

/** Codes with which a broker refuses (3.2.2.2). */
const REFUSED = {
  version: { "3.1.1": 1, "5.0": 0x84 },
  malformed: { "3.1.1": 2, "5.0": 0x82 },
} as const;

export interface TapSurroundings {
  readonly context: Pick<AcsContext, "clock" | "recording" | "patience">;
  answers(): MqttAnswers;
  /** A Client Identifier for a client that has none. */
  freshClientId(): string;
  /** What a client is given by its CONNACK as a rule. */
  topicFor(connect: MqttPacketRecord): string;
  /** Hands the connection to Aedes. */
  serve(inner: InnerStream): void;
  /** Something has gone to Aedes, or has come from it. */
  sign(): void;
  attempted(connect: MqttPacketRecord, tap: Tap): void;
  opened(tap: Tap): void;
  subscribed(tap: Tap): void;
  heard(packet: MqttPacketRecord, tap: Tap): void;
  closed(tap: Tap): void;
  /** What a session that goes on has subscribed to. */
  session(clientId: string): ReadonlyMap<string, number>;
}

/** The tap between a client and Aedes: it records every packet, answers in the broker's place where a case wants it, and lets the rest through. */
export class Tap implements MqttConnection {
  readonly number: number;
  readonly packets: MqttPacketRecord[] = [];
  readonly subscriptions = new Map<string, number>();
  /** PUBLISHes of the client that Aedes has not given back yet. */
  readonly unpublished: MqttPacketRecord[] = [];
  clientId = "";
  openedAt = 0;
  given: readonly string[] = [];
  readonly #connection: Connection;
  readonly #around: TapSurroundings;
  readonly #reader = new MqttReader(LARGEST_PACKET);
  readonly #incoming: Mailbox<MqttPacketRecord>;
  readonly #ended = new Signal();
  readonly #subscribing = new Subscribing();
  readonly #exactlyOnce = new ExactlyOnce();
  #connect: MqttPacketRecord | undefined;
  #inner: InnerStream | undefined;
  /** What came before Aedes was there. */
  readonly #early: Buffer[] = [];
  #accepted = false;
  #answer: ConnackAnswer = {};
  #farewell: MqttPacketRecord | undefined;

  constructor(connection: Connection, around: TapSurroundings) {
    this.#connection = connection;
    this.#around = around;
    this.number = connection.number;
    this.#incoming = new Mailbox(around.context.clock, MOST_PACKETS);
    connection.onClose(() => {
      this.#inner?.destroy();
      this.#inner = undefined;
      this.#ended.raise();
      around.closed(this);
    });
  }

  get connect(): MqttPacketRecord {
    if (this.#connect === undefined) throw new Error("a connection without a CONNECT is shown to nobody");
    return this.#connect;
  }

  get version(): MqttVersion {
    return this.#connect?.packet.version ?? "5.0";
  }

  get eid(): string | undefined {
    return this.#connect?.packet.at("properties/user/usp-endpoint-id").value;
  }

  get open(): boolean {
    return this.#accepted && this.#farewell === undefined && !this.#connection.closed;
  }

  get closing(): MqttClosing | undefined {
    return this.#connection.closed ? this.#closing() : undefined;
  }

  /** Octets that came. */
  feed(data: Buffer): void {
    if (this.#reader.lost !== undefined || this.#connection.closed) return;
    this.#connection.heard(data, !this.#reader.inside);
    for (const octets of this.#reader.feed(data)) this.#received(octets);
    const { lost, rest } = this.#reader;
    if (lost !== undefined) this.#refuse(lost, rest);
    // What does not begin with a CONNECT may wait for ever for its end.
    else if (this.#connect === undefined && rest.length > 0 && (rest[0] ?? 0) >> 4 !== 1) this.#refuse("not a CONNECT", rest);
  }

  /** As between two cases. */
  settle(): void {
    this.#incoming.clear();
  }

  nextPacket(fits: (packet: MqttPacketRecord) => boolean, milliseconds: number): Promise<MqttPacketRecord | undefined> {
    return this.#incoming.take(fits, milliseconds, this.#ended);
  }

  async disconnect(code = 0x8b): Promise<void> {
    if (this.version === "5.0" && this.#accepted) await this.write(disconnect(code));
    this.hangUp();
  }

  write(octets: Buffer): Promise<void> {
    if (this.#connection.closed) return Promise.resolve();
    this.#record("broker", octets);
    return this.#connection.write(octets);
  }

  cut(): void {
    this.#connection.reset();
  }

  hangUp(): void {
    this.#connection.end();
  }

  async closed(milliseconds: number): Promise<MqttClosing | undefined> {
    return (await this.#ended.within(this.#around.context.clock, milliseconds)) ? this.#closing() : undefined;
  }

  #received(octets: Buffer): void {
    const record = this.#record("agent", octets);
    const { packet } = record;
    this.#incoming.deliver(record);
    if (this.#connect === undefined && packet.type === "CONNECT") {
      this.#connect = record;
      void this.#answerConnect(record);
      return;
    }
    this.#around.heard(record, this);
    // What does not begin with a CONNECT is no client (3.1.0-1).
    if (this.#connect === undefined) {
      this.hangUp();
      return;
    }
    if (packet.type === "DISCONNECT") this.#farewell = record;
    if (packet.type === "PUBLISH") this.#published(record);
    if (packet.type === "SUBSCRIBE") this.#subscribe(record);
    else if (packet.type === "PUBLISH" && packet.qos === 2) this.#publishedOnce(record);
    else if (packet.type === "PUBREL") void this.write(this.#exactlyOnce.release(packet));
    else if (packet.type === "PINGREQ" && this.#around.answers().pingresp === "never") return;
    else this.#forward(octets);
    if (packet.type === "UNSUBSCRIBE") for (const { filter } of subscriptionsOf(packet)) this.subscriptions.delete(filter);
  }

  #published(record: MqttPacketRecord): void {
    this.unpublished.push(record);
    // Aedes does not take all of them: no repetition of QoS 2, for instance.
    if (this.unpublished.length > MOST_UNPUBLISHED) this.unpublished.shift();
  }

  #publishedOnce({ packet }: MqttPacketRecord): void {
    const { answer, forward } = this.#exactlyOnce.publish(packet);
    if (forward !== undefined) this.#forward(forward);
    if (this.#around.answers().puback !== "never") void this.write(answer);
  }

  #forward(octets: Buffer): void {
    this.#around.sign();
    // A client may go on before it has its CONNACK (5.0, 3.1.4).
    if (this.#inner === undefined) this.#early.push(octets);
    else this.#inner.feed(octets);
  }

  async #answerConnect(record: MqttPacketRecord): Promise<void> {
    const { packet } = record;
    const { connack: wanted } = this.#around.answers();
    const answer = typeof wanted === "function" ? wanted(record) : (wanted ?? {});
    this.#answer = answer;
    this.#around.attempted(record, this);
    if (answer.delay !== undefined) await pause(this.#around.context.clock, answer.delay);
    if (answer.never === true || this.#connection.closed) return;
    if (answer.hangUp === true) return this.hangUp();
    const code = answer.code ?? this.#refusal(record);
    if (code > 0) return this.#turnAway(code);
    this.clientId = packet.text("clientId") || (answer.assignedClientId ?? this.#around.freshClientId());
    this.#inner = new InnerStream({
      packet: (octets) => this.#fromAedes(octets),
      ended: () => this.#aedesIsThrough(),
    });
    try {
      const octets = innerConnect(packet, this.clientId);
      this.#around.serve(this.#inner);
      for (const one of [octets, ...this.#early.splice(0)]) this.#forward(one);
    } catch {
      // What cannot be said to Aedes is no CONNECT to any broker.
      this.#turnAway(REFUSED.malformed[packet.version]);
    }
  }

  /** Code for a CONNECT that is refused by itself; 0 for all others. */
  #refusal({ packet }: MqttPacketRecord): number {
    const { version } = packet;
    if (packet.text("protocolName") !== "MQTT" || ![4, 5].includes(packet.number("protocolLevel")))
      return REFUSED.version[version];
    return packet.faults.some(({ kind }) => kind !== "topic") ? REFUSED.malformed[version] : 0;
  }

  /** Aedes ends a connection for a fault of the client, or because the client takes leave: then it is the client's to end it (3.14.4). */
  #aedesIsThrough(): void {
    if (this.#farewell === undefined) this.hangUp();
    else this.#connection.onClose(this.#around.context.clock.after(LEAVES_WITHIN, () => this.hangUp()));
  }

  #turnAway(code: number): void {
    void this.write(this.#answer.octets ?? connack(this.version, { code }, false));
    this.hangUp();
  }

  #subscribe({ packet }: MqttPacketRecord): void {
    const { suback: wanted } = this.#around.answers();
    if (wanted === "never") return;
    const octets = this.#subscribing.ask(packet, wanted, this.#answer.maximumQoS ?? 2);
    if (octets === undefined) this.#subscribed(packet.number("packetId"), []);
    else this.#forward(octets);
  }

  /** Answers a SUBSCRIBE. @param codes those of Aedes for what it was asked */
  #subscribed(packetId: number, codes: readonly number[]): void {
    const { codes: all, granted } = this.#subscribing.answer(packetId, codes);
    for (const [filter, qos] of granted) this.subscriptions.set(filter, qos);
    void this.write(suback(this.version, packetId, all));
    if (granted.size > 0) this.#around.subscribed(this);
  }

  #fromAedes(octets: Buffer): void {
    this.#around.sign();
    const packet = decodeMqtt(octets, { version: this.version, from: "server", where: (type) => type });
    const { type } = packet;
    const codes = packet.fields.flatMap(({ path, value }) => (path === "code" && typeof value === "number" ? [value] : []));
    const isKeptBack = (type === "PUBACK" || type === "PUBREC") && this.#around.answers().puback === "never";
    if (type === "CONNACK") this.#connack(octets, codes[0] ?? 0, packet.at("sessionPresent").value === "true");
    else if (type === "SUBACK") this.#subscribed(packet.number("packetId"), codes);
    else if (!isKeptBack) void this.write(octets);
  }

  #connack(octets: Buffer, code: number, sessionPresent: boolean): void {
    if (code > 0) {
      // Aedes has a reason of its own to refuse.
      void this.write(octets);
      this.hangUp();
      return;
    }
    const gift = this.#gift();
    this.given = [
      ...new Set([...(gift.responseInformation === undefined ? [] : [gift.responseInformation]), ...gift.subscribeTopics]),
    ];
    this.openedAt = this.#around.context.clock.now();
    this.#accepted = true;
    void this.write(this.#answer.octets ?? connack(this.version, this.#answer, sessionPresent, gift));
    this.#around.opened(this);
    if (!sessionPresent) return;
    for (const [filter, qos] of this.#around.session(this.clientId)) this.subscriptions.set(filter, qos);
    if (this.subscriptions.size > 0) this.#around.subscribed(this);
  }

  #gift(): ConnackGift {
    const { connect, version } = this;
    if (version === "3.1.1") return { assignedClientId: undefined, subscribeTopics: [], responseInformation: undefined };
    const { subscribeTopics, responseInformation, assignedClientId } = this.#answer;
    const topic = this.#around.topicFor(connect);
    const wants = connect.packet.number("properties/requestResponseInformation") === 1;
    const usual = wants && responseInformation === undefined ? topic : undefined;
    return {
      assignedClientId: connect.packet.text("clientId") === "" ? this.clientId : assignedClientId,
      subscribeTopics: subscribeTopics ?? [topic],
      responseInformation: responseInformation === false ? undefined : (responseInformation ?? usual),
    };
  }

  #refuse(reason: string, raw: Buffer): void {
    const { clock, recording } = this.#around.context;
    const where = `connection ${this.number}`;
    this.#connection.refused = true;
    recording.refused({ connection: this.number, session: undefined, at: clock.now(), reason, raw, where });
    void this.disconnect(0x81);
  }

  #record(from: MqttPacketRecord["from"], octets: Buffer): MqttPacketRecord {
    const { clock, recording } = this.#around.context;
    const record = recording.mqttPacket((number) => {
      const side = from === "agent" ? "client" : "server";
      const packet = decodeMqtt(octets, { version: this.version, from: side, where: (type) => `${type} #${number}` });
      return { at: clock.now(), from, connection: this.number, packet, where: packet.where };
    });
    this.packets.push(record);
    if (this.packets.length > MOST_PACKETS) this.packets.shift();
    return record;
  }

  #closing(): MqttClosing {
    const packet = this.#farewell;
    const code = packet?.packet.number("code") ?? 0;
    const where = packet?.where ?? `connection ${this.number}, opened by ${this.#connect?.where ?? "no CONNECT"}`;
    const how = `DISCONNECT 0x${code.toString(16).padStart(2, "0")}`;
    return {
      at: this.#connection.closedAt ?? this.#around.context.clock.now(),
      by: this.#connection.closedBy ?? "harness",
      packet,
      summary: { value: packet === undefined ? "connection closed without a DISCONNECT" : how, where },
    };
  }
}
