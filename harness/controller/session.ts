import { SessionContextRecord_PayloadSARState as SarState, type SessionContextRecord } from "../../schema/usp/record_pb.ts";
import type { UspRecordLog } from "../trace/usp.ts";
import { decodeMessage, type UspMessage, type UspRecord } from "../wire/usp.ts";
import { Reassembly } from "../wire/usp-segments.ts";
import type { Posted, RecordFields, RequestBody, RequestOptions, Requests, SessionFields, UspReply } from "./controller.ts";
import { requestMessage, requestsBy } from "./requests.ts";

export interface SessionsOptions {
  /** The record around a session context. */
  envelope(): RecordFields;
  send(record: RecordFields): Promise<UspRecordLog>;
  freshId(): string;
  reply(sent: UspRecordLog, msgId: string, within: number | undefined): Promise<UspReply>;
}

type DrivenSession = OpenSession & Requests;

/** The session contexts of a controller: the one of the moment, whichever end has begun it. */
export class Sessions {
  answers = true;
  readonly #options: SessionsOptions;
  /** By who sends, and on which connection. */
  readonly #reassemblies = new Map<string, Reassembly>();
  /** Messages that came in a session context. */
  readonly #inside = new WeakSet<UspMessage>();
  #current: DrivenSession | undefined;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  get current(): DrivenSession | undefined {
    return this.#current;
  }

  /** Begins another one; its first record tells the agent. */
  open(id: bigint): DrivenSession {
    const session = new OpenSession(id, this.#options);
    this.#current = Object.assign(
      session,
      requestsBy((body, given) => session.request(body, given)),
    );
    return this.#current;
  }

  /** What one end has sent, with the message that it makes complete. */
  read(record: UspRecord, from: UspRecordLog["from"], connection: number): UspRecord {
    if (record.kind !== "session") return record;
    const sender = `${from} ${connection}`;
    const reassembly = this.#reassemblies.get(sender) ?? new Reassembly();
    this.#reassemblies.set(sender, reassembly);
    const read = from === "controller" ? inTheClear(reassembly.take(record)) : reassembly.take(record);
    if (read.message !== undefined) this.#inside.add(read.message);
    return read;
  }

  closed(connection: number): void {
    for (const from of ["agent", "controller"]) this.#reassemblies.delete(`${from} ${connection}`);
  }

  /** Follows what the agent has sent: its numbers, session contexts that it begins or ends. */
  follow({ record }: UspRecord): void {
    const content = record?.recordType;
    // With its Disconnect record everything about a session context is forgotten (R-MTP.7).
    if (content?.case === "disconnect") this.#current = undefined;
    if (content?.case !== "sessionContext") return;
    const { sessionId, sequenceId, payload, retransmitId } = content.value;
    const isKnown = this.#current?.id === sessionId;
    if (!isKnown && this.#current !== undefined && sequenceId !== 1n) return;
    const session = isKnown && this.#current !== undefined ? this.#current : this.open(sessionId);
    session.heard(content.value);
    if (!this.answers) return;
    const isBegun = !isKnown && payload.every(({ length }) => length === 0);
    const answer = retransmitId !== 0n ? session.sendAgain(retransmitId) : isBegun ? session.send() : undefined;
    // An agent that is gone again tries another one.
    void answer?.catch(() => undefined);
  }

  /** The session context in which a message of the agent's is to be answered; undefined for none. */
  for(message: UspMessage): OpenSession | undefined {
    return this.#inside.has(message) ? this.#current : undefined;
  }
}

/** A session context of which the numbers are kept. */
export class OpenSession {
  nextId = 1n;
  expectedId = 1n;
  readonly id: bigint;
  readonly #options: SessionsOptions;
  /** What was sent, until the agent says that it has had it (R-E2E.16). */
  readonly #sent = new Map<bigint, { readonly fields: SessionFields; readonly record: RecordFields }>();

  constructor(id: bigint, options: SessionsOptions) {
    this.id = id;
    this.#options = options;
  }

  heard({ sequenceId, expectedId }: SessionContextRecord): void {
    if (sequenceId === this.expectedId) this.expectedId += 1n;
    for (const sent of [...this.#sent.keys()]) if (sent < expectedId) this.#sent.delete(sent);
  }

  /** A record that the agent has not had; undefined when there is none of this number, or no more. */
  sendAgain(sequenceId: bigint): Promise<UspRecordLog> | undefined {
    const sent = this.#sent.get(sequenceId);
    return sent && this.send({ ...sent.fields, expectedId: this.expectedId }, sent.record);
  }

  send(fields: SessionFields = {}, record: RecordFields = {}): Promise<UspRecordLog> {
    const { id: sessionId, nextId: sequenceId, expectedId } = this;
    if (fields.sequenceId === undefined) this.nextId += 1n;
    // There are agents that want a payload, be it empty.
    const value = { sessionId, sequenceId, expectedId, payload: [new Uint8Array()], ...fields };
    this.#sent.set(value.sequenceId, { fields: value, record });
    return this.#options.send({ ...this.#options.envelope(), recordType: { case: "sessionContext", value }, ...record });
  }

  async request(body: RequestBody, options: RequestOptions = {}): Promise<UspReply> {
    const { sent, msgId } = await this.post(body, options);
    return this.#options.reply(sent, msgId, options.within);
  }

  async post(body: RequestBody, options: RequestOptions = {}): Promise<Posted> {
    const { msgId = this.#options.freshId() } = options;
    return { sent: await this.sendMessage(requestMessage(body, msgId), options), msgId };
  }

  /** Sends a message in so many records of equal size, and gives the last one that was sent. */
  async sendMessage(message: Buffer, options: RequestOptions = {}): Promise<UspRecordLog> {
    const { segments = 1, order = [...Array(segments).keys()], session = {}, record } = options;
    const begin = this.nextId;
    // Those that are given a number of their own do not count.
    if (session.sequenceId === undefined) this.nextId += BigInt(segments);
    let sent: UspRecordLog | undefined;
    for (const index of order)
      sent = await this.send({ sequenceId: begin + BigInt(index), ...segment(message, index, segments), ...session }, record);
    return sent ?? this.send(session, record);
  }
}

/** Payload and states of one of so many records that a message is spread over. */
function segment(message: Buffer, index: number, count: number): SessionFields {
  const size = Math.ceil(message.length / count);
  const after = index === count - 1 ? SarState.COMPLETE : SarState.INPROCESS;
  const state = count === 1 ? SarState.NONE : index === 0 ? SarState.BEGIN : after;
  const payload = [message.subarray(index * size, (index + 1) * size)];
  return { payload, payloadSarState: state, payloadrecSarState: state };
}

/** Our records are never secured, whatever they say that they are. */
function inTheClear(record: UspRecord): UspRecord {
  const content = record.record?.recordType;
  if (content?.case !== "sessionContext" || record.message !== undefined || content.value.payloadSarState !== SarState.NONE)
    return record;
  const octets = Buffer.concat(content.value.payload);
  return octets.length === 0 ? record : { ...record, message: decodeMessage(octets, record.where) };
}
