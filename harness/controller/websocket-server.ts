import type { ListenOptions } from "../acs/acs.ts";
import type { Connection } from "../acs/connection.ts";
import type { AcsContext } from "../acs/context.ts";
import { Door } from "../acs/door.ts";
import { inWords } from "../acs/patience.ts";
import { pause } from "../core/clock.ts";
import { urlHost } from "../phone/http.ts";
import type { UpgradeRecord } from "../trace/usp.ts";
import { OpenConnection } from "./agent-connection.ts";
import { type Dialled, type DialOptions, dial } from "./dial.ts";
import { answerTo, type Handshake, type HandshakeAnswer, readHandshake, type WrittenAnswer } from "./handshake.ts";
import { Mailbox } from "./mailbox.ts";
import type { TransportListener } from "./transport.ts";
import type { AgentConnection, WebSocketControl } from "./websocket.ts";

/** Octets of a request to open a WebSocket; no phone needs more. */
const LONGEST_HEAD = 16 * 1024;

export interface WebSocketServerOptions {
  readonly context: Pick<AcsContext, "clock" | "recording" | "patience">;
  /** EndpointID of the controller. */
  readonly endpointId: string;
  /** Local address to bind to. */
  readonly host: string;
  /** Default: any free one. */
  readonly port?: number;
  readonly tls?: ListenOptions["tls"];
  /** Host name or address that the agent shall use; default `host`. */
  readonly advertise?: string;
  readonly path: string;
}

/** The WebSocket server of the controller. It takes any path, so that nothing that a phone does with its setting stays unseen. */
export class WebSocketServer implements WebSocketControl {
  answers: HandshakeAnswer = {};
  readonly #options: WebSocketServerOptions;
  readonly #listener: TransportListener;
  readonly #attempts: Mailbox<UpgradeRecord>;
  readonly #openings: Mailbox<AgentConnection>;
  readonly #connections = new Set<OpenConnection>();
  /** Connections whose requests are never to be answered. */
  readonly #unanswered = new Set<Connection>();
  readonly #doors = new Set<Door>();
  #main: Door | undefined;

  constructor(options: WebSocketServerOptions, listener: TransportListener) {
    this.#options = options;
    this.#listener = listener;
    this.#attempts = new Mailbox(options.context.clock);
    this.#openings = new Mailbox(options.context.clock);
  }

  /** @throws Error when the port cannot be had */
  async start(): Promise<void> {
    const { host, port = 0, tls } = this.#options;
    this.#main = await this.#open(host, port, tls);
  }

  get url(): string {
    return this.#urlOf(this.#main, this.#options.advertise ?? this.#options.host);
  }

  get current(): AgentConnection | undefined {
    return this.connections.at(-1);
  }

  get connections(): readonly AgentConnection[] {
    return [...this.#connections].filter((one) => one.open && this.#listener.isOurs(one));
  }

  attempt(within: number, fits: (upgrade: UpgradeRecord) => boolean = () => true): Promise<UpgradeRecord | undefined> {
    return this.#attempts.take(fits, within);
  }

  opened(within: number): Promise<AgentConnection | undefined> {
    return this.#openings.take(() => true, within);
  }

  async listen(options: ListenOptions = {}): Promise<{ readonly url: string; close(): Promise<void> }> {
    const door = await this.#open(options.host ?? this.#options.host, options.port ?? 0, options.tls);
    return {
      url: this.#urlOf(door, options.host ?? this.#options.advertise ?? this.#options.host),
      close: async () => {
        this.#doors.delete(door);
        await door.close();
      },
    };
  }

  dial(options: Omit<DialOptions, "endpointId"> & Partial<DialOptions>): Promise<Dialled> {
    const { context, endpointId } = this.#options;
    return dial(context, { endpointId, ...options });
  }

  /** As between two cases: of the agent's connections only the one that was opened last stays. */
  settle(): void {
    this.answers = {};
    this.#attempts.clear();
    this.#openings.clear();
    const { connections, current } = this;
    for (const connection of this.#connections) connection.settle();
    for (const connection of connections) if (connection !== current) connection.hangUp();
    for (const connection of this.#unanswered) connection.end();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#doors].map((door) => door.close()));
    this.#doors.clear();
  }

  async #open(host: string, port: number, tls: ListenOptions["tls"]): Promise<Door> {
    const { context } = this.#options;
    const door = await Door.open({
      context,
      purpose: "usp",
      host,
      port,
      ...(tls === undefined ? {} : { tls }),
      attach: (connection) => this.#attach(connection),
      refused: (connection, reason) => this.#refuse(connection, reason, Buffer.alloc(0)),
    });
    this.#doors.add(door);
    return door;
  }

  #urlOf(door: Door | undefined, host: string): string {
    return `${door?.tls === true ? "wss" : "ws"}://${urlHost(host)}:${door?.port ?? 0}${this.#options.path}`;
  }

  /** Reads the head of a request, and hands on what follows it. */
  #attach(connection: Connection): (data: Buffer) => void {
    const { clock, patience } = this.#options.context;
    let head = Buffer.alloc(0);
    let next: ((data: Buffer) => void) | undefined;
    const isLate = (): void => this.#refuse(connection, `not complete ${inWords(patience.request)} after its first octet`, head);
    let cancel = (): void => {};
    connection.onClose(() => {
      cancel();
      if (next === undefined && head.length > 0 && !connection.refused)
        this.#refuse(connection, "the connection was closed in the middle of a request", head);
    });
    return (data) => {
      if (connection.refused) return;
      if (next !== undefined) return next(data);
      connection.heard(data, head.length === 0);
      if (head.length === 0) cancel = clock.after(patience.request, isLate);
      head = Buffer.concat([head, data]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0 && head.length > LONGEST_HEAD)
        this.#refuse(connection, "a head larger than 16 KB", head.subarray(0, LONGEST_HEAD));
      if (end < 0) return;
      cancel();
      const text = head.toString("latin1", 0, end);
      const handshake = readHandshake(text);
      if (handshake === undefined) return this.#refuse(connection, "not HTTP", head);
      next = this.#answer(connection, text, handshake);
      // A client has to wait for our answer; what it sends before is read all the same.
      if (head.length > end + 4) next(head.subarray(end + 4));
    };
  }

  /** Records a request and answers it. @returns what reads the octets that follow */
  #answer(connection: Connection, head: string, handshake: Handshake): (data: Buffer) => void {
    const { context, endpointId } = this.#options;
    const { clock, recording } = context;
    const { target, headers, queryEid, extensionEid, faults } = handshake;
    const eid = queryEid ?? extensionEid;
    const upgrade = recording.upgrade({ at: clock.now(), connection: connection.number, head, target, headers, eid, faults });
    const { answers } = this;
    const written = answerTo(handshake, answers, endpointId);
    const opens = written.status === 101 && answers.never !== true && answers.hangUp !== true;
    const opened = opens ? this.#opening(connection, upgrade) : undefined;
    void this.#write(connection, upgrade, written, () => {
      this.#attempts.deliver(upgrade);
      if (opened === undefined || connection.closed) return;
      this.#connections.add(opened);
      this.#listener.opened(opened);
      if (this.#listener.isOurs(opened)) this.#openings.deliver(opened);
    });
    return opened === undefined ? (data) => connection.heard(data, true) : (data) => opened.feed(data);
  }

  #opening(connection: Connection, upgrade: UpgradeRecord): OpenConnection {
    const opening = new OpenConnection({
      context: this.#options.context,
      connection,
      upgrade,
      onMessage: (octets) => this.#listener.message(octets, opening),
    });
    connection.onClose(() => {
      if (this.#connections.delete(opening)) this.#listener.closed(opening);
    });
    return opening;
  }

  /** @param done called as the answer is written, before the agent can say anything to it */
  async #write(connection: Connection, upgrade: UpgradeRecord, written: WrittenAnswer, done: () => void): Promise<void> {
    const { clock, recording } = this.#options.context;
    const { delay, never, hangUp } = this.answers;
    const { status, headers, octets } = written;
    if (delay !== undefined) await pause(clock, delay);
    if (never !== true && hangUp !== true) recording.upgradeAnswered(upgrade, { at: clock.now(), status, headers });
    done();
    if (never === true) {
      this.#unanswered.add(connection);
      connection.onClose(() => this.#unanswered.delete(connection));
      return;
    }
    if (hangUp === true) return connection.end();
    await connection.write(octets);
    if (status !== 101) connection.end();
  }

  #refuse(connection: Connection, reason: string, raw: Buffer): void {
    const { clock, recording } = this.#options.context;
    connection.refused = true;
    const where = `connection ${connection.number}`;
    recording.refused({ connection: connection.number, session: undefined, at: clock.now(), reason, raw, where });
    connection.end();
  }
}
