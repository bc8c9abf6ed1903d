import type { MessageInitShape } from "@bufbuild/protobuf";
import type { RequestSchema } from "../../schema/usp/msg_pb.ts";
import type {
  Record as MadeRecord,
  RecordSchema,
  SessionContextRecord,
  SessionContextRecordSchema,
} from "../../schema/usp/record_pb.ts";
import type { MqttControl, Publishing } from "../broker/mqtt-control.ts";
import type { Located } from "../core/finding.ts";
import type { UspRecordLog } from "../trace/usp.ts";
import type { UspMessage, UspRecord } from "../wire/usp.ts";
import type { AgentLink, Mtp, Sending } from "./transport.ts";
import type { Framing, WebSocketControl } from "./websocket.ts";

/** The content of a Request: `{ case: "get", value: { paramPaths: ["Device."] } }`. */
export type RequestBody = Exclude<NonNullable<MessageInitShape<typeof RequestSchema>["reqType"]>, { case: undefined }>;

/** Fields of a record, by their names in the generated type. */
export type RecordFields = Exclude<MessageInitShape<typeof RecordSchema>, MadeRecord>;

export interface RequestOptions {
  /** Default one that this run has not used. */
  readonly msgId?: string;
  /** Fields of the record in place of ours. */
  readonly record?: RecordFields;
  /** Milliseconds to wait for what comes back; default `patience.response`. */
  readonly within?: number;
  /** How the record is put into WebSocket frames. */
  readonly framing?: Framing;
  /** How it is published over MQTT. */
  readonly publish?: Publishing;
  /** Of a request in a session context: its fields in place of ours. */
  readonly session?: SessionFields;
  /** Over how many records it is spread, and in which order those are sent, from 0. */
  readonly segments?: number;
  readonly order?: readonly number[];
}

/** What came back to a request. */
export interface UspReply {
  /**
   * * `response`: a Response with the request's msg_id, of whatever type
   * * `error`: an Error with the request's msg_id
   * * `silence`: nothing until the deadline
   * * `closed`: the connection was closed, and there is no other one
   * * `garbage`: a record that cannot be read, or without a message that can
   */
  readonly kind: "response" | "error" | "silence" | "closed" | "garbage";
  /** What came, as one located text: `GET_RESP`, `Error 7026`, `connection closed`, `nothing within 30 s`. */
  readonly summary: Located;
  /** The record that was sent. */
  readonly request: UspRecordLog;
  /** What came; absent when nothing did. */
  readonly log: UspRecordLog | undefined;
  readonly message: UspMessage | undefined;
  /** `error/err_code` of the message; absent when it is no Error. */
  readonly errorCode: Located;
  /** As of a message, `response/get_resp/req_path_results[1]/err_code`; absent when there is none. */
  at(path: string): Located;
  all(path: string): readonly Located[];
  entries(path: string): ReadonlyMap<string, Located>;
}

/** A parameter of a Set or an Add. */
export interface UspParameter {
  readonly name: string;
  readonly value: string;
  /** Default false. */
  readonly required?: boolean;
}

/** An object that Set updates, or in which Add creates an instance. */
export interface UspObject {
  readonly path: string;
  readonly params: readonly UspParameter[];
}

export interface SupportedDMOptions {
  readonly firstLevelOnly?: boolean;
  readonly commands?: boolean;
  readonly events?: boolean;
  readonly params?: boolean;
  readonly uniqueKeySets?: boolean;
}

type Fits = (record: UspRecord) => boolean;

/** The requests that a controller may send. All give what came back; see `Controller.request`. */
export interface Requests {
  get(paths: readonly string[], maxDepth?: number, options?: RequestOptions): Promise<UspReply>;
  set(objects: readonly UspObject[], allowPartial?: boolean, options?: RequestOptions): Promise<UspReply>;
  add(objects: readonly UspObject[], allowPartial?: boolean, options?: RequestOptions): Promise<UspReply>;
  delete(paths: readonly string[], allowPartial?: boolean, options?: RequestOptions): Promise<UspReply>;
  /** @param operation sendResp: default true; commandKey: default `assay` */
  operate(
    command: string,
    args?: Readonly<Record<string, string>>,
    operation?: RequestOptions & { readonly sendResp?: boolean; readonly commandKey?: string },
  ): Promise<UspReply>;
  getInstances(paths: readonly string[], firstLevelOnly?: boolean, options?: RequestOptions): Promise<UspReply>;
  /** What is not said is not asked for. */
  getSupportedDM(paths: readonly string[], what?: SupportedDMOptions, options?: RequestOptions): Promise<UspReply>;
  getSupportedProtocol(versions?: string, options?: RequestOptions): Promise<UspReply>;
}

/** Fields of a session context in a record, by their names in the generated type. */
export type SessionFields = Exclude<MessageInitShape<typeof SessionContextRecordSchema>, SessionContextRecord>;

/** A request that was sent, and whose answer may come at any time. */
export interface Posted {
  readonly sent: UspRecordLog;
  readonly msgId: string;
}

/**
 * A session context between controller and agent, as a case drives it. Its numbers are right by themselves, and a case may have any
 * others.
 */
export interface UspSession extends Requests {
  readonly id: bigint;
  /** sequence_id of our next record; one that is given with a record does not change it. */
  nextId: bigint;
  /** expected_id of our next record: the first one of the agent's that we have not had. */
  readonly expectedId: bigint;
  /** As `controller.request`, within the session context. */
  request(body: RequestBody, options?: RequestOptions): Promise<UspReply>;
  /** Sends a request and waits for nothing; see `controller.reply`. @throws Inconclusive as `controller.request` */
  post(body: RequestBody, options?: RequestOptions): Promise<Posted>;
  /**
   * Sends a record of the session context, without a message unless `fields` have a payload.
   * @param record fields of the record around it
   */
  send(fields?: SessionFields, record?: RecordFields): Promise<UspRecordLog>;
}

/**
 * The USP controller as a case drives it. What the agent sends is kept until somebody takes it, or the case is over; Notifies that
 * want an answer have it at once.
 */
export interface Controller extends Requests {
  /** EndpointID of the controller. */
  readonly endpointId: string;
  /** EndpointID of the agent, as its handshake or its first record has it. @throws Inconclusive when it never came */
  readonly agentId: string;
  readonly websocket: WebSocketControl;
  readonly mqtt: MqttControl;
  /** Over what the agent can be reached at this moment; undefined when it is away. */
  readonly mtp: Mtp | undefined;
  /** The connection over which the agent is spoken to, whatever carries it; undefined when it is away. */
  readonly current: AgentLink | undefined;
  /** Version in our records. */
  version: string;
  /** The session context of the moment, which either end may have begun. */
  readonly session: UspSession | undefined;
  /**
   * Whether a session context that the agent begins with an empty record is answered by another one, and records that it asks for are
   * sent again; back to true between cases.
   */
  answersSession: boolean;
  /** Which Notifies are answered, of those that want an answer; back to all between cases. */
  answersNotify: (notify: UspMessage) => boolean;

  /**
   * Sends a Request in a record without session context and gives the first message with its msg_id. An agent that is away is waited
   * for.
   * @throws Inconclusive `unreachable` when it does not come within `patience.reboot`
   */
  request(body: RequestBody, options?: RequestOptions): Promise<UspReply>;
  /** Begins another session context with the agent; its first record tells it. @param id its session_id; default one of chance */
  openSession(id?: bigint): UspSession;
  /** Makes sure that requests without session context are answered again: there are agents that take the first one for the end of it. */
  leaveSession(): Promise<void>;
  /** Sends anything at all, as one message of the transport, and gives what was recorded. @throws Inconclusive as `request` */
  send(record: Buffer | RecordFields, sending?: Sending): Promise<UspRecordLog>;
  /** Answers a Notify. @param record fields of the record in place of ours @throws Inconclusive as `request` */
  notifyResponse(notify: UspMessage, record?: RecordFields): Promise<UspRecordLog>;
  /** What came back to something that was sent by `send`, as `request` gives it. */
  reply(sent: UspRecordLog, msgId: string, within?: number): Promise<UspReply>;
  /**
   * The next record that fits, or one that came since the case began and was not taken; undefined when none comes in so many
   * milliseconds.
   */
  next(fits: Fits, within: number): Promise<UspRecordLog | undefined>;
  /** As `next`: a Notify of this subscription, or one that fits. Repetitions of one that was given already are passed over. */
  notify(subscription: string | ((notify: UspMessage) => boolean), within: number): Promise<UspMessage | undefined>;
  /** As `next`, for what must not come: it ends the wait. */
  silence(milliseconds: number, fits: Fits): Promise<UspRecordLog | undefined>;
  /** Forgets what came and nobody has taken. */
  forget(): void;
  /**
   * Resolves once the agent is there; false when it does not come in so many milliseconds. Default `patience.reboot`.
   * @param mtp it has to be there over this one
   */
  ready(within?: number, mtp?: Mtp): Promise<boolean>;
}
