import type { AcsContext } from "../acs/context.ts";
import { inWords } from "../acs/patience.ts";
import type { MqttControl } from "../broker/mqtt-control.ts";
import { Inconclusive } from "../core/case.ts";
import type { UspAccess } from "../phone/driver.ts";
import type { UspRecordLog } from "../trace/usp.ts";
import type { MqttVersion } from "../wire/mqtt.ts";
import { decodeRecord, type UspMessage, type UspRecord } from "../wire/usp.ts";
import { encodeRecord } from "../wire/usp-write.ts";
import { Addressees } from "./addressees.ts";
import { Attendance } from "./attendance.ts";
import type { Controller, RecordFields, RequestBody, RequestOptions, UspReply, UspSession } from "./controller.ts";
import { Mailbox } from "./mailbox.ts";
import { MqttTransport, type MqttTransportOptions } from "./mqtt-transport.ts";
import { answers, closedReply, isGarbage, isNotify, replyOf, silentReply } from "./replies.ts";
import { notifyResponseTo, requestMessage, requestsBy } from "./requests.ts";
import { Sessions } from "./session.ts";
import type { AgentLink, Mtp, Sending, TransportListener } from "./transport.ts";
import type { WebSocketControl } from "./websocket.ts";
import { WebSocketServer, type WebSocketServerOptions } from "./websocket-server.ts";

/** Notifies whose msg_id is remembered, to tell repetitions. */
const MOST_NOTIFIES = 10_000;

export interface UspControllerOptions extends WebSocketServerOptions {
  /** Over what agents may come; default WebSocket alone. */
  readonly mtps?: readonly Mtp[];
  /** Of the broker, where it differs. */
  readonly mqtt?: Partial<Pick<MqttTransportOptions, "host" | "port" | "credentials" | "topic" | "agentTopic">> & {
    /** That an agent is to be told. */
    readonly version?: MqttVersion;
  };
}

/** A controller that runs, as the bench holds it. */
export interface RunningController extends Controller {
  /** What the agent has to be given to come over WebSocket. */
  readonly url: string;
  /** Over what agents may come. */
  readonly mtps: readonly Mtp[];
  /** What an agent has to be given to come over this MTP. */
  access(mtp: Mtp): UspAccess;
  /** Whether an agent has ever been heard. */
  readonly heard: boolean;
  /** Forgets what a case left, and makes everything that it may have changed usual again. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the controller with its WebSocket server, its MQTT broker, or both.
 * @throws Error when a port cannot be had; nothing is then left open
 */
export async function startController(options: UspControllerOptions): Promise<RunningController> {
  const controller = new UspController(options);
  await controller.start();
  return Object.assign(
    controller,
    requestsBy((body, given) => controller.request(body, given)),
  );
}

class UspController implements Omit<RunningController, keyof ReturnType<typeof requestsBy>> {
  version = "1.3";
  answersNotify: Controller["answersNotify"] = () => true;
  readonly endpointId: string;
  readonly #context: Pick<AcsContext, "clock" | "recording" | "patience">;
  readonly mtps: readonly Mtp[];
  readonly #options: UspControllerOptions;
  readonly #server: WebSocketServer;
  readonly #mqtt: MqttTransport;
  readonly #inbox: Mailbox<UspRecordLog>;
  readonly #given = new Set<string>();
  readonly #sessions: Sessions;
  /** A case has spoken in a session context since `leaveSession`. */
  #speaksInSession = false;
  /** session_id of the last one that we have begun; greater than 1 (R-E2E.3). */
  #lastSession = 1n;
  readonly #attendance: Attendance;
  #agentId: string | undefined;
  readonly #addressees = new Addressees();
  #ids = 0;

  constructor(options: UspControllerOptions) {
    this.#options = options;
    this.#context = options.context;
    this.endpointId = options.endpointId;
    this.#inbox = new Mailbox(options.context.clock);
    this.mtps = options.mtps ?? ["websocket"];
    const listener: TransportListener = {
      opened: (connection) => this.#opened(connection),
      message: (octets, connection) => this.#received(octets, connection),
      closed: (connection) => this.#closed(connection),
      isOurs: (connection) => this.#isOurs(connection),
    };
    this.#server = new WebSocketServer(options, listener);
    const { port: _, ...shared } = options;
    this.#mqtt = new MqttTransport({ ...shared, ...options.mqtt }, listener);
    this.#attendance = new Attendance(options.context.clock, () =>
      [this.#server.current, this.#mqtt.link].filter((one) => one !== undefined),
    );
    this.#sessions = new Sessions({
      envelope: () => this.#ends(),
      send: (record) => this.send(record),
      freshId: () => this.#freshId(),
      reply: (sent, msgId, within) => this.reply(sent, msgId, within),
    });
  }

  async start(): Promise<void> {
    try {
      // Also where the agent comes over MQTT alone: a case may give it a second controller, which speaks over WebSocket.
      await this.#server.start();
      if (this.mtps.includes("mqtt")) await this.#mqtt.start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await this.#mqtt.stop();
  }

  get url(): string {
    return this.#server.url;
  }

  access(mtp: Mtp): UspAccess {
    const { endpointId } = this;
    if (mtp === "websocket") return { mtp, url: this.url, endpointId };
    const { version = "5.0", credentials, agentTopic } = this.#options.mqtt ?? {};
    return {
      mtp,
      url: this.#mqtt.url,
      endpointId,
      mqtt: {
        version,
        topic: this.#mqtt.topic,
        ...(credentials === undefined ? {} : { credentials }),
        ...(agentTopic === undefined ? {} : { agentTopic }),
      },
    };
  }

  get websocket(): WebSocketControl {
    return this.#server;
  }

  get mqtt(): MqttControl {
    return this.#mqtt;
  }

  get current(): AgentLink | undefined {
    return this.#attendance.current;
  }

  get mtp(): Mtp | undefined {
    return this.current?.mtp;
  }

  get heard(): boolean {
    return this.#agentId !== undefined;
  }

  get agentId(): string {
    if (this.#agentId !== undefined) return this.#agentId;
    throw new Inconclusive("unreachable", "the agent has never come to the controller");
  }

  async settle(): Promise<void> {
    this.forget();
    this.#given.clear();
    this.answersNotify = () => true;
    this.answersSession = true;
    this.#server.settle();
    if (this.mtps.includes("mqtt")) await this.#mqtt.settle();
  }

  forget(): void {
    this.#inbox.clear();
  }

  async ready(milliseconds: number = this.#context.patience.reboot, mtp?: Mtp): Promise<boolean> {
    return (await this.#attendance.within(milliseconds, mtp)) !== undefined && this.heard;
  }

  async request(body: RequestBody, options: RequestOptions = {}): Promise<UspReply> {
    await this.#demandReady();
    const { msgId = this.#freshId(), record = {}, framing = {}, publish } = options;
    const payload = requestMessage(body, msgId);
    const sending = publish === undefined ? framing : { ...framing, publish };
    return this.reply(await this.send({ ...this.#envelope(payload), ...record }, sending), msgId, options.within);
  }

  async send(record: Buffer | RecordFields, sending?: Sending): Promise<UspRecordLog> {
    const connection = await this.#demandReady();
    if (Buffer.isBuffer(record)) return this.#send(connection, record, sending);
    const link = this.#addressees.choose(record.fromId, connection, [...this.#server.connections, this.#mqtt.link]);
    return this.#send(link, encodeRecord(record), sending);
  }

  async notifyResponse(notify: UspMessage, record: RecordFields = {}): Promise<UspRecordLog> {
    const payload = notifyResponseTo(notify);
    return this.#sessions.for(notify)?.sendMessage(payload) ?? this.send({ ...this.#envelope(payload), ...record });
  }

  get session(): UspSession | undefined {
    return this.#sessions.current;
  }

  get answersSession(): boolean {
    return this.#sessions.answers;
  }

  set answersSession(value: boolean) {
    this.#sessions.answers = value;
  }

  openSession(id?: bigint): UspSession {
    this.#speaksInSession = true;
    // By the time, so that an agent that remembers the run before this one takes it for another session context.
    const now = BigInt(Math.floor(this.#context.clock.now()));
    this.#lastSession = now > this.#lastSession ? now : this.#lastSession + 1n;
    return this.#sessions.open(id ?? this.#lastSession);
  }

  async leaveSession(): Promise<void> {
    if (!this.#speaksInSession) return;
    this.#speaksInSession = false;
    await this.#demandReady();
    const msgId = this.#freshId();
    const paramPaths = ["Device.LocalAgent.EndpointID"];
    await this.send(this.#envelope(requestMessage({ case: "get", value: { paramPaths } }, msgId)));
    const isOver = ({ kind, message }: UspRecord): boolean => kind === "disconnect" || answers(message, msgId);
    await this.next(isOver, this.#context.patience.response);
  }

  async reply(request: UspRecordLog, msgId: string, milliseconds = this.#context.patience.response): Promise<UspReply> {
    const fits = ({ number, record }: UspRecordLog): boolean =>
      answers(record.message, msgId) || (number > request.number && isGarbage(record));
    const log = await this.#inbox.take(fits, milliseconds, this.#attendance.gone);
    if (log !== undefined) return replyOf(request, log);
    return this.current === undefined ? closedReply(request) : silentReply(request, milliseconds);
  }

  next(fits: (record: UspRecord) => boolean, milliseconds: number): Promise<UspRecordLog | undefined> {
    return this.#inbox.take(({ record }) => fits(record), milliseconds);
  }

  silence(milliseconds: number, fits: (record: UspRecord) => boolean): Promise<UspRecordLog | undefined> {
    return this.next(fits, milliseconds);
  }

  async notify(wanted: string | ((notify: UspMessage) => boolean), milliseconds: number): Promise<UspMessage | undefined> {
    const fits = ({ message }: UspRecord): boolean =>
      isNotify(message) &&
      !this.#given.has(message.msgId.value ?? "") &&
      (typeof wanted === "string" ? message.at("request/notify/subscription_id").value === wanted : wanted(message));
    const message = (await this.next(fits, milliseconds))?.record.message;
    if (message?.msgId.value !== undefined && this.#given.size < MOST_NOTIFIES) this.#given.add(message.msgId.value);
    return message;
  }

  async #demandReady(): Promise<AgentLink> {
    const { reboot } = this.#context.patience;
    const there = await this.ready(reboot);
    const { current } = this;
    if (there && current !== undefined) return current;
    const why =
      current === undefined
        ? `is not connected to the controller, and does not come within ${inWords(reboot)}`
        : "has told its EndpointID neither in its handshake nor in a record";
    throw new Inconclusive("unreachable", `the agent ${why}`);
  }

  #freshId(): string {
    this.#ids += 1;
    return `assay-${this.#ids}`;
  }

  #ends(): RecordFields {
    return { version: this.version, toId: this.agentId, fromId: this.endpointId };
  }

  #envelope(payload: Buffer): RecordFields {
    return { ...this.#ends(), recordType: { case: "noSessionContext", value: { payload } } };
  }

  async #send(connection: AgentLink, octets: Buffer, sending?: Sending): Promise<UspRecordLog> {
    const log = this.#record("controller", octets, connection);
    await connection.send(octets, sending);
    return log;
  }

  #record(from: UspRecordLog["from"], octets: Buffer, { mtp, number: connection }: AgentLink): UspRecordLog {
    const { clock, recording } = this.#context;
    return recording.uspRecord((number) => {
      const decoded = decodeRecord(octets, (what) => `Record #${number} (${what})`);
      const record = this.#sessions.read(decoded, from, connection);
      return { at: clock.now(), from, mtp, connection, record, where: record.where };
    });
  }

  #opened(connection: AgentLink): void {
    this.#agentId ??= connection.eid || undefined;
    if (this.#isOurs(connection)) this.#attendance.opened(connection);
  }

  #closed(connection: AgentLink): void {
    this.#sessions.closed(connection.number);
    this.#addressees.forget(connection);
    this.#attendance.closed(connection);
  }

  #isOurs({ eid = "" }: Pick<AgentLink, "eid">): boolean {
    return eid === "" || this.#agentId === undefined || eid === this.#agentId;
  }

  #received(octets: Buffer, connection: AgentLink): void {
    const log = this.#record("agent", octets, connection);
    const { record } = log;
    this.#sessions.follow(record);
    const fromId = record.record?.fromId ?? "";
    // Some agents put the two the wrong way round.
    if (fromId !== "" && fromId !== this.endpointId) this.#agentId ??= fromId;
    this.#addressees.note(connection, record.record?.toId ?? "");
    this.#attendance.spoke(connection);
    const { message } = record;
    if (isNotify(message) && message.at("request/notify/send_resp").value === "true" && this.#answersSafely(message))
      // One that is gone again is answered when it repeats its Notify.
      void this.#answer(message, connection).catch(() => undefined);
    this.#inbox.deliver(log);
  }

  async #answer(notify: UspMessage, connection: AgentLink): Promise<void> {
    const payload = notifyResponseTo(notify);
    await (this.#sessions.for(notify)?.sendMessage(payload) ?? this.#send(connection, encodeRecord(this.#envelope(payload))));
  }

  #answersSafely(message: UspMessage): boolean {
    try {
      return this.answersNotify(message);
    } catch {
      return true;
    }
  }
}
