import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  SessionContextRecord_PayloadSARState as SarState,
  type SessionContextRecord,
  type SessionContextRecordSchema,
} from "../../schema/usp/record_pb.ts";
import { Alarms } from "../alarms.ts";
import type { Clock } from "../clock.ts";
import type { UspAgentSeams } from "./seams.ts";

export type SessionBody = Exclude<MessageInitShape<typeof SessionContextRecordSchema>, SessionContextRecord>;

/** What came of the message in a record: done, or a reason to begin anew. */
export type MessageFate = "done" | "broken";

export interface SessionOptions {
  readonly clock: Clock;
  readonly seams: UspAgentSeams;
  random(): number;
  /** Value of a parameter of the controller's E2ESession, as it is now. */
  value(name: string): string;
  /** Octets of a record with this content. */
  sizeOf(body: SessionBody, payloadSecurity: number): number;
  transmit(body: SessionBody, payloadSecurity: number): void;
  /** A whole message has come. @param code what is wrong with the record that it came in */
  message(payload: Uint8Array, code: number | undefined): MessageFate;
  /** The session context is over while the connection stays: says so, if there is anything to say. */
  ended(why: ReturnType<UspAgentSeams["onSessionEnded"]>): void;
}

/** A record that was sent, and how often again. */
interface Sent {
  readonly body: SessionBody;
  tries: number;
}

interface Context {
  readonly id: bigint;
  readonly payloadSecurity: number;
  /** Whether the agent has begun it. */
  readonly isOwn: boolean;
  /** Records that the agent has sent. */
  count: bigint;
  /** The record that it waits for. */
  expected: bigint;
  /** Records that came before their turn. */
  readonly early: Map<bigint, SessionContextRecord>;
  readonly sent: Map<bigint, Sent>;
  /** Segments of a message whose last one is still to come. */
  parts: Uint8Array[] | undefined;
  /** When something was last sent or received. */
  at: number;
}

/** Records that may wait for those before them. */
const MOST_EARLY = 256;

/** Room that every record needs for its numbers when they have grown, in octets. */
const SPARE = 64;

/** The session context that the agent has with one controller, if it has one. */
export class Session {
  readonly #options: SessionOptions;
  readonly #alarms: Alarms;
  #context: Context | undefined;
  #lastId = 0n;
  /** Attempts to establish a session context, since the last record that was processed. */
  #retries = 0;
  /** When the session context has first failed of those that are tried again now. */
  #failedAt: number | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#alarms = new Alarms(options.clock);
  }

  get retries(): number {
    return this.#retries;
  }

  get status(): "Up" | "Negotiating" | "Down" {
    if (this.#context === undefined) return "Down";
    return this.#failedAt === undefined ? "Up" : "Negotiating";
  }

  get mode(): string {
    return this.#options.value("SessionMode");
  }

  /** Whether the agent's own messages go through it. */
  get isUsed(): boolean {
    return this.#options.seams.sendsInSession(this.mode, this.#context !== undefined);
  }

  /** @param retries attempts that count already */
  start(retries: number): void {
    this.#retries = retries;
  }

  /** The connection is over, and the session context with it. */
  close(): void {
    this.#alarms.cancelAll();
    this.#context = undefined;
    this.#failedAt = undefined;
  }

  /** SessionMode may be another one: a session context that is no longer allowed ends. */
  follow(): void {
    const { seams, ended } = this.#options;
    const isUp = this.#context !== undefined;
    if (!seams.allowsSession(this.mode)) {
      this.close();
      if (isUp) ended(seams.onSessionEnded());
    } else if (!isUp && !seams.servesPlain(this.mode) && seams.beginsWhenRequired()) this.#establish();
  }

  /** A record without session context has come. @returns whether its message is to be served */
  takePlain(): boolean {
    const { seams, ended } = this.#options;
    if (!seams.servesPlain(this.mode)) {
      this.fail("record");
      return false;
    }
    const refusal = this.#context === undefined ? undefined : seams.onPlainInSession();
    if (refusal === undefined) return true;
    this.close();
    ended(refusal);
    return false;
  }

  /** A record has come. @param code what is wrong with it, that does not belong to the session context */
  take(record: SessionContextRecord, payloadSecurity: number, code: number | undefined): void {
    const { sessionId, sequenceId, expectedId } = record;
    const context = this.#live();
    const current = context && { id: context.id, expected: context.expected, payloadSecurity: context.payloadSecurity };
    const facts = { sessionId, sequenceId, expectedId, payloadSecurity, current };
    switch (this.#options.seams.sessionReaction(facts)) {
      case "begin":
        this.#process(this.#begin(sessionId, payloadSecurity, false), record, code);
        break;
      case "serve":
        if (context !== undefined) this.#process(context, record, code);
        break;
      case "keep":
        if (context !== undefined) this.#keep(context, record);
        break;
      case "fail":
        this.fail("record");
        break;
      case "ignore":
        break;
    }
  }

  /** Sends a message, in a new session context if there is none. */
  send(payload: Uint8Array): void {
    const context = this.#live() ?? this.#begin(this.#newId(), 0, true);
    const { seams } = this.#options;
    const segments = seams.segments(payload, this.#room(context));
    segments.forEach((segment, index) => {
      const state = seams.segmentState(index, segments.length);
      this.#sendIn(context, {
        payload: [segment],
        payloadSarState: state.payload,
        payloadrecSarState: state.payloadRecord,
      });
    });
  }

  /** A record could not be processed: another session context is tried, at once or when the wait for the next attempt is over. */
  fail(why: Parameters<UspAgentSeams["restartsAfter"]>[0]): void {
    if (!this.#options.seams.restartsAfter(why) || this.#alarms.has("retry")) return;
    const { clock, seams, ended } = this.#options;
    this.#failedAt ??= clock.now();
    ended(seams.onSessionFailed());
    if (seams.triesAtOnce()) this.#establish();
    else this.#armRetry();
  }

  #establish(): void {
    this.#sendIn(this.#begin(this.#newId(), 0, true), { payload: [new Uint8Array()] });
    this.#armRetry();
  }

  #armRetry(): void {
    const { clock, seams, random, value } = this.#options;
    this.#retries += 1;
    const range = seams.sessionRetryRange(
      this.#retries,
      Number(value("SessionRetryMinimumWaitInterval")),
      Number(value("SessionRetryIntervalMultiplier")),
    );
    this.#alarms.set("retry", seams.sessionRetryWait(range, random()) * 1000, () => {
      const failing = (clock.now() - (this.#failedAt ?? clock.now())) / 1000;
      if (seams.isSessionOver(failing, Number(value("SessionExpiration")))) this.close();
      else this.#establish();
    });
  }

  #newId(): bigint {
    const { seams, random } = this.#options;
    return seams.newSessionId(random(), this.#lastId);
  }

  #begin(id: bigint, payloadSecurity: number, isOwn: boolean): Context {
    const { clock, seams } = this.#options;
    const count = isOwn ? 0n : seams.countAtBegin(this.#context?.count ?? 0n);
    this.#lastId = id;
    this.#context = {
      ...{ id, payloadSecurity, isOwn, count, at: clock.now() },
      ...{ expected: 1n, early: new Map(), sent: new Map(), parts: undefined },
    };
    return this.#context;
  }

  /** The session context, unless it has expired. */
  #live(): Context | undefined {
    const { clock, seams, value } = this.#options;
    const context = this.#context;
    if (context === undefined) return undefined;
    const idle = (clock.now() - context.at) / 1000;
    return seams.isSessionOver(idle, Number(value("SessionExpiration"))) ? undefined : context;
  }

  #keep(context: Context, record: SessionContextRecord): void {
    if (context.early.size >= MOST_EARLY) {
      this.fail("record");
      return;
    }
    context.early.set(record.sequenceId, record);
    if (this.#options.seams.asksForMissing())
      this.#sendIn(context, { retransmitId: context.expected, payload: [new Uint8Array()] });
  }

  /** The record whose turn it is, and those that have waited for it. */
  #process(context: Context, first: SessionContextRecord, code: number | undefined): void {
    let record: SessionContextRecord | undefined = first;
    while (record !== undefined && this.#context === context) {
      context.expected = this.#options.seams.nextExpected(record.sequenceId);
      context.at = this.#options.clock.now();
      if (!this.#consume(context, record, code)) return;
      this.#succeeded();
      record = context.early.get(context.expected);
      context.early.delete(context.expected);
    }
  }

  /** Whether a record could be processed. */
  #consume(context: Context, record: SessionContextRecord, code: number | undefined): boolean {
    const { seams } = this.#options;
    for (const sequenceId of [...context.sent.keys()])
      if (!seams.keepsSent(sequenceId, record.expectedId)) context.sent.delete(sequenceId);
    const octets = Buffer.concat(record.payload);
    if (octets.length > 0 && !this.#assemble(context, record.payloadSarState, octets, code)) return false;
    return record.retransmitId === 0n || this.#retransmit(context, record.retransmitId);
  }

  #assemble(context: Context, state: SarState, octets: Uint8Array, code: number | undefined): boolean {
    const { seams, message } = this.#options;
    const begins = state === SarState.NONE || state === SarState.BEGIN;
    if (begins !== (context.parts === undefined)) {
      this.fail("segments");
      return false;
    }
    const parts = [...(context.parts ?? []), octets];
    const isWhole = state === SarState.NONE || state === SarState.COMPLETE;
    context.parts = isWhole ? undefined : parts;
    if (!isWhole || message(parts.length === 1 ? octets : seams.joined(parts), code) === "done") return true;
    this.fail("message");
    return false;
  }

  #retransmit(context: Context, retransmitId: bigint): boolean {
    const { seams, value, transmit } = this.#options;
    const sent = context.sent.get(seams.retransmitted(retransmitId));
    if (sent === undefined || !seams.retransmits(sent.tries, Number(value("MaxRetransmitTries")))) {
      this.fail("retransmission");
      return false;
    }
    sent.tries += 1;
    transmit({ ...sent.body, expectedId: seams.toldExpected(context.expected) }, context.payloadSecurity);
    return true;
  }

  /** A record was processed: the session context stands. */
  #succeeded(): void {
    this.#alarms.cancel("retry");
    this.#failedAt = undefined;
    this.#retries = this.#options.seams.sessionRetriesAfterSuccess(this.#retries);
  }

  #sendIn(context: Context, content: SessionBody): void {
    const { clock, seams, transmit } = this.#options;
    const sequenceId = seams.sequenceId(context.count, context.isOwn);
    const body = {
      ...content,
      sessionId: seams.ownSessionId(context.id),
      sequenceId,
      expectedId: seams.toldExpected(context.expected),
    };
    const isEmpty = content.payload?.every(({ length }) => length === 0) ?? true;
    transmit(body, seams.sessionSecurity(context.payloadSecurity, isEmpty));
    context.sent.set(sequenceId, { body, tries: 0 });
    context.count += 1n;
    context.at = clock.now();
  }

  /** Octets of a message that fit into one record, by MaxUSPRecordSize; undefined without a limit. */
  #room({ id, payloadSecurity }: Context): number | undefined {
    const most = Number(this.#options.value("MaxUSPRecordSize"));
    if (!(most > 0)) return undefined;
    const empty = { sessionId: id, sequenceId: 1n, expectedId: 1n, payload: [] };
    return Math.max(1, most - SPARE - this.#options.sizeOf(empty, payloadSecurity));
  }
}
