import { type Msg, MsgSchema, type Request, type Response } from "../../schema/usp/msg_pb.ts";
import { RecordSchema, type Record as UspRecord } from "../../schema/usp/record_pb.ts";
import type { Clock } from "../clock.ts";
import type { Answer } from "./answer.ts";
import { integrityOf } from "./integrity.ts";
import type { Link, LinkEvents, Parting, Purpose } from "./link.ts";
import { Load } from "./load.ts";
import { Outbox, type OutboxOptions } from "./outbox.ts";
import { encodeAnswer, encodeNotify, encodeRecord, type RecordBody } from "./record.ts";
import type { MessageProblem } from "./record-seams.ts";
import type { UspAgentSeams } from "./seams.ts";
import { type MessageFate, Session } from "./session.ts";
import { decode } from "./wire.ts";

export interface PeerOptions {
  readonly clock: Clock;
  readonly seams: UspAgentSeams;
  readonly endpointId: string;
  /** Object of the controller, `Device.LocalAgent.Controller.2.` */
  readonly controller: string;
  /** Makes the way to it. */
  link(events: LinkEvents): Link;
  random(): number;
  controllerId(): string;
  notifyRetry: OutboxOptions["retry"];
  firstRetry: OutboxOptions["firstRetry"];
  noteRetry: OutboxOptions["noteRetry"];
  nextMessageId(): string;
  /** Value of a parameter of its E2ESession. */
  session(name: string): string;
  /** Serves a request; what it gives is called once the answer is out. */
  serve(request: Request, answered: (answer: Answer) => void): void;
  log(line: string): void;
}

/** One controller as the agent sees it: its connection, and the records on it. */
export class Peer {
  readonly #options: PeerOptions;
  readonly #link: Link;
  readonly #outbox: Outbox;
  readonly #session: Session;
  readonly #load: Load;
  /** Whether the connection has had its connect record (R-MTP.8). */
  #isGreeted = false;

  constructor(options: PeerOptions) {
    this.#options = options;
    const { clock, seams, random } = options;
    this.#load = new Load(clock);
    this.#link = options.link({ opened: () => this.#opened(), received: (octets) => this.#received(octets) });
    this.#outbox = new Outbox({
      clock,
      seams,
      random,
      nextMessageId: options.nextMessageId,
      retry: options.notifyRetry,
      firstRetry: options.firstRetry,
      noteRetry: options.noteRetry,
      isOpen: () => this.isOpen,
      transmit: (id, notification) =>
        this.#sendMessage(encodeNotify(seams, id, { case: "notify", value: notification }), "notify", this.#session.isUsed),
    });
    this.#session = new Session({
      clock,
      seams,
      random,
      value: options.session,
      sizeOf: (body, security) => this.#encode({ case: "sessionContext", value: body }, security).length,
      transmit: (body, security) => {
        if (!this.#isGreeted) this.#greet();
        this.#send({ case: "sessionContext", value: body }, "notify", security);
      },
      message: (payload, code) => this.#takeMessage(payload, code, true),
      ended: (why) => this.#disconnect(why),
    });
  }

  get isOpen(): boolean {
    return this.#link.isOpen;
  }

  get retries(): number {
    return this.#link.retries;
  }

  get outbox(): Outbox {
    return this.#outbox;
  }

  get session(): Session {
    return this.#session;
  }

  start(retries: number, sessionRetries: number): void {
    this.#session.start(sessionRetries);
    this.#link.start(retries);
  }

  /** Values of the controller may have changed. */
  follow(): void {
    this.#link.follow();
    this.#session.follow();
  }

  /** Ends the connection: with a farewell, or at once as when the plug is pulled. */
  end(why: Parting): void {
    const { seams } = this.#options;
    this.#outbox.close();
    this.#session.close();
    const leave = why === "unplugged" || !this.isOpen ? undefined : seams.leave(why);
    if (leave !== undefined) this.#send({ case: "disconnect", value: leave }, "presence");
    this.#link.end(why);
  }

  #opened(): void {
    this.#isGreeted = false;
    this.#session.close();
    this.#options.log("connected to the controller");
    this.#greet();
    this.#outbox.flush();
  }

  #greet(): void {
    this.#isGreeted = true;
    const greeting = this.#link.greeting();
    if (this.#options.seams.sendsConnect(greeting.case)) this.#send(greeting, "presence");
  }

  #sendMessage(payload: Uint8Array, purpose: Purpose, inSession: boolean): void {
    if (!this.#isGreeted) this.#greet();
    if (inSession) this.#session.send(payload);
    else this.#send({ case: "noSessionContext", value: { payload } }, purpose);
  }

  #send(body: RecordBody, purpose: Purpose, security?: number): void {
    if (this.isOpen) this.#link.send(this.#encode(body, security), purpose);
  }

  #encode(body: RecordBody, security = this.#options.seams.payloadSecurity()): Buffer {
    const { seams, endpointId, controllerId } = this.#options;
    return encodeRecord(seams, endpointId, controllerId(), body, security);
  }

  #received(octets: Buffer): void {
    const { seams } = this.#options;
    if (!seams.reads(this.#load.record(octets.length))) return;
    const decoded = decode(RecordSchema, octets);
    if (decoded.kind === "broken") {
      this.#load.broken("record");
      this.#link.unreadable();
      return;
    }
    const isClear = decoded.kind === "good" && decoded.message.recordType.case !== undefined;
    const reaction = isClear ? "serve" : seams.onAmbiguousRecord();
    if (reaction === "serve") this.#takeRecord(decoded.message);
    else if (reaction === "close") this.#link.unreadable();
  }

  #takeRecord(record: UspRecord): void {
    const { version, toId, fromId, payloadSecurity, recordType } = record;
    const { seams, endpointId, controllerId } = this.#options;
    const facts = { version, toId, fromId, payloadSecurity, recordType: recordType.case ?? "" };
    const verdict = seams.verdict({ ...facts, ownId: endpointId, controllerId: controllerId() });
    if (verdict === "ignore") return;
    const code = verdict === "serve" ? undefined : verdict;
    const isTaken = seams.takesSigned(integrityOf(record));
    if (recordType.case === "noSessionContext") {
      if (isTaken && this.#session.takePlain()) this.#takeMessage(recordType.value.payload, code, false);
    } else if (recordType.case === "disconnect") {
      this.#session.close();
      this.#isGreeted = !seams.greetsAgain();
    } else if (recordType.case === "sessionContext") {
      if (!seams.allowsSession(this.#session.mode)) this.#disconnect(seams.onSessionContext());
      else if (isTaken) this.#session.take(recordType.value, payloadSecurity, code);
      else this.#session.fail("integrity");
    }
  }

  #disconnect(why: { readonly reasonCode: number; readonly reason: string } | undefined): void {
    if (why === undefined) return;
    this.#send({ case: "disconnect", value: why }, "answer");
    this.#isGreeted = !this.#options.seams.greetsAgain();
  }

  /** @param recordCode what is wrong with the record that the message came in */
  #takeMessage(payload: Uint8Array, recordCode: number | undefined, inSession: boolean): MessageFate {
    const { seams } = this.#options;
    const decoded = decode(MsgSchema, payload);
    if (decoded.kind === "broken") {
      this.#load.broken("message");
      if (!inSession && !seams.ignoresBrokenMessage()) this.#link.unreadable();
      return "broken";
    }
    const { header, body } = decoded.message;
    // Without its id nothing can be answered (R-MTP.5).
    if (header === undefined || header.msgId === "") return "done";
    const { msgId } = header;
    const problem = decoded.kind === "ambiguous" ? "oneof" : problemOf(decoded.message, seams);
    const request = body?.msgBody.case === "request" ? body.msgBody.value : undefined;
    if (recordCode !== undefined) {
      if (request !== undefined) this.#fail(msgId, recordCode, inSession);
    } else if (problem !== undefined) this.#fail(msgId, seams.onMessageProblem(problem), inSession);
    else if (request !== undefined) this.#options.serve(request, (answer) => this.#answer(msgId, answer, inSession));
    else if (body?.msgBody.case === "response") this.#outbox.confirm(msgId, subscriptionOf(body.msgBody.value));
    return "done";
  }

  #fail(msgId: string, reaction: number | "ignore" | "close", inSession: boolean): void {
    if (reaction === "close") this.#link.unreadable();
    else if (reaction !== "ignore") this.#answer(msgId, { kind: "error", code: reaction, params: [] }, inSession);
  }

  #answer(requestId: string, answer: Answer, inSession: boolean): void {
    const { seams } = this.#options;
    const message = encodeAnswer(seams, requestId, answer);
    if (message !== undefined) this.#sendMessage(message, "answer", seams.answersInSession(inSession));
  }
}

/** msg_type of the requests, by their field. */
const TYPES: Readonly<Record<string, number>> = {
  get: 1,
  set: 4,
  operate: 6,
  add: 8,
  delete: 10,
  getSupportedDm: 12,
  getInstances: 14,
  getSupportedProtocol: 17,
};

/** The last msg_type that the schema names. */
const LAST_TYPE = 22;

function problemOf({ header, body }: Msg, seams: UspAgentSeams): MessageProblem | undefined {
  if (body === undefined || body.msgBody.case === undefined) return "no body";
  if (body.msgBody.case !== "request") return undefined;
  const type = header?.msgType ?? 0;
  if (type > LAST_TYPE) return "unknown enum";
  const { reqType } = body.msgBody.value;
  if (reqType.case === undefined) return "no body";
  if (TYPES[reqType.case] === undefined) return "not for agents";
  return TYPES[reqType.case] !== type && !seams.goesByBody(reqType.case, type) ? "other type" : undefined;
}

const subscriptionOf = ({ respType }: Response): string => (respType.case === "notifyResp" ? respType.value.subscriptionId : "");
