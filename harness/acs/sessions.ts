import { randomBytes } from "node:crypto";
import { type Cancel, within } from "../core/clock.ts";
import type { Exchange } from "../trace/exchange.ts";
import type { Answer } from "./answer.ts";
import type { Authenticator } from "./authenticator.ts";
import type { Connection } from "./connection.ts";
import { type AcsContext, fieldValues, type Heard, type Incoming, isBlank } from "./context.ts";
import { Conversation } from "./conversation.ts";
import { Line } from "./line.ts";
import type { Visitor } from "./reader.ts";
import { record } from "./record.ts";
import { kindOf } from "./replies.ts";
import { answerTo, send } from "./respond.ts";

/** Sessions that are over and still known by their cookie, for POSTs that come too late. */
const KEPT_SESSIONS = 100;

/** A phone that is refused so often in one session is sent away. */
const MOST_REFUSALS = 20;

/** How often `end` looks again for sessions that have begun meanwhile. */
const MOST_ROUNDS = 20;

interface Entry {
  readonly conversation: Conversation;
  readonly peer: string;
  /** What the Authenticator asked for when it let a request of this session in. */
  admittedUnder: object | undefined;
  /** The Inform was accepted, and the session shown to whoever waits for one. */
  begun: boolean;
  refusals: number;
  /** Ends what was begun by an Inform that was never accepted. */
  expiry: Cancel;
  /** Resolves when the session is over. */
  readonly whenOver: Promise<void>;
  readonly markOver: () => void;
}

/** Finds the session of each request, or begins one, and asks for credentials before anybody sees the request. */
export class Sessions implements Visitor {
  /** The latest Inform that was accepted. */
  latestInform: Exchange | undefined;
  readonly informListeners = new Set<(inform: Exchange) => void>();
  readonly #context: AcsContext;
  readonly #authenticator: Authenticator;
  readonly #onBegin: (conversation: Conversation) => void;
  /** By cookie, oldest first. */
  readonly #entries = new Map<string, Entry>();
  readonly #byConnection = new Map<Connection, Entry>();
  #latestNumber = 0;

  constructor(context: AcsContext, authenticator: Authenticator, onBegin: (conversation: Conversation) => void) {
    this.#context = context;
    this.#authenticator = authenticator;
    this.#onBegin = onBegin;
  }

  /** Number of the session that began last, accepted or not. */
  get latestNumber(): number {
    return this.#latestNumber;
  }

  /**
   * Ends every open session, those included that begin meanwhile.
   *
   * @param milliseconds after which the phone is no longer asked
   */
  async end(milliseconds: number): Promise<void> {
    const { clock } = this.#context;
    const deadline = clock.now() + milliseconds;
    for (let round = 0; round < MOST_ROUNDS && clock.now() < deadline; round += 1) {
      const open = [...this.#entries.values()].filter(({ conversation }) => !conversation.over);
      if (open.length === 0) return;
      for (const { begun, conversation } of open) if (begun) void conversation.end();
      await within(clock, deadline - clock.now(), Promise.all(open.map(({ whenOver }) => whenOver)));
    }
    this.abort();
  }

  /** Whether a session that is not over uses this connection. */
  uses(connection: Connection): boolean {
    return this.#byConnection.get(connection)?.conversation.over === false;
  }

  request(heard: Heard, connection: Connection): void {
    let entry: Entry | undefined;
    let fresh: number | undefined;
    const exchange = record(this.#context.recording, heard, connection, (method) => {
      entry = this.#entryOf(heard, connection, method);
      if (entry === undefined && heard.method === "POST" && method === "Inform") fresh = this.#context.recording.nextSession();
      return entry?.conversation.number ?? fresh;
    });
    const incoming: Incoming = { exchange, connection, closes: heard.closes };
    if (fresh !== undefined) entry = this.#open(fresh, incoming);
    if (entry !== undefined) this.#bind(entry, incoming);
    const open = entry?.admittedUnder === this.#authenticator.required;
    const admission = this.#authenticator.admit(heard, exchange.where, open);
    if (!admission.admitted) this.#refuse(entry, incoming, admission.challenge);
    else if (entry === undefined || entry.conversation.over) this.#stray(incoming);
    else this.#take(entry, incoming);
  }

  refused(connection: Connection, reason: string, raw: Buffer): void {
    const entry = this.#byConnection.get(connection);
    const session = entry?.conversation.number;
    const where = `connection #${connection.number}${session === undefined ? "" : `, session ${session}`}`;
    const garbage = { connection: connection.number, session, at: this.#context.clock.now(), reason, raw, where };
    const kept = this.#context.recording.refused(garbage);
    if (entry?.conversation.over === false) entry.conversation.line.garbage(kept);
  }

  /** Ends everything without asking the phone. */
  abort(): void {
    for (const { conversation, expiry } of this.#entries.values()) {
      expiry();
      conversation.abort();
    }
  }

  /**
   * The session of a request: by our cookie, else by its connection, else, when the phone has changed connections without a
   * cookie, the one that has lost its connection or was told to go elsewhere.
   */
  #entryOf({ method: verb, headers }: Heard, connection: Connection, method: string): Entry | undefined {
    const onConnection = this.#byConnection.get(connection);
    if (verb !== "POST") return onConnection;
    const known = this.#byCookie(fieldValues(headers, "cookie")) ?? onConnection;
    const moved = (): Entry | undefined =>
      [...this.#entries.values()].findLast((entry) => entry.peer === connection.peer && entry.conversation.line.movable);
    if (method !== "Inform") return known ?? moved();
    const line = known?.conversation.line;
    // A phone that keeps cookies for too long retries with that of the session that has failed.
    const retry = line?.failed === true && line.connection !== connection;
    if (line !== undefined && !line.over && !line.ended && !retry) return known;
    const candidate = moved();
    return candidate?.conversation.line.awaitsRepetition === true ? candidate : undefined;
  }

  /** Phones echo cookies with attributes, quoted, or several in one field. */
  #byCookie(values: readonly string[]): Entry | undefined {
    for (const value of values)
      for (const [, cookie = ""] of value.matchAll(/(?:^|[;,\s])session\s*=\s*"?([0-9a-f]+)/g)) {
        const entry = this.#entries.get(cookie);
        if (entry !== undefined) return entry;
      }
    return undefined;
  }

  #open(number: number, incoming: Incoming): Entry {
    this.#latestNumber = number;
    const peer = incoming.connection.peer;
    // A phone that begins anew does not go on with what it has left.
    for (const entry of this.#entries.values())
      if (entry.peer === peer && entry.conversation.line.movable) entry.conversation.line.finish();
    const cookie = randomBytes(12).toString("hex");
    const line = new Line(this.#context, cookie, incoming, () => this.#over(entry));
    const conversation = new Conversation(this.#context, number, line, incoming.exchange);
    let markOver = (): void => {};
    const whenOver = new Promise<void>((resolve) => {
      markOver = resolve;
    });
    const entry: Entry = {
      conversation,
      peer,
      admittedUnder: undefined,
      begun: false,
      refusals: 0,
      expiry: () => {},
      whenOver,
      markOver,
    };
    this.#entries.set(cookie, entry);
    for (const [oldest, { conversation: old }] of this.#entries) {
      if (this.#entries.size <= KEPT_SESSIONS) break;
      if (old.over) this.#entries.delete(oldest);
    }
    return entry;
  }

  #bind(entry: Entry, incoming: Incoming): void {
    const { connection } = incoming;
    if (!this.#byConnection.has(connection)) connection.onClose(() => this.#byConnection.delete(connection));
    this.#byConnection.set(connection, entry);
    if (!entry.conversation.over) entry.conversation.line.seen(incoming);
  }

  /** Connections of a session that is over are closed, those of a new one on the same connection are not. */
  #over(entry: Entry): void {
    entry.expiry();
    entry.markOver();
    for (const [connection, user] of this.#byConnection) if (user === entry) connection.end();
  }

  #take(entry: Entry, incoming: Incoming): void {
    const { conversation } = entry;
    const isInform = kindOf(incoming.exchange) === "inform";
    if (!entry.begun && !isInform) {
      this.#stray(incoming);
      return;
    }
    entry.admittedUnder = this.#authenticator.required;
    entry.refusals = 0;
    if (isInform) {
      this.latestInform = incoming.exchange;
      for (const listener of this.informListeners) listener(incoming.exchange);
    }
    if (entry.begun) {
      conversation.line.deliver(incoming);
      return;
    }
    entry.begun = true;
    entry.expiry();
    conversation.begin(incoming);
    this.#onBegin(conversation);
  }

  #refuse(entry: Entry | undefined, incoming: Incoming, challenge: Answer): void {
    if (entry === undefined || entry.conversation.over) {
      this.#answer(incoming, challenge);
      return;
    }
    entry.refusals += 1;
    const answer = entry.refusals > MOST_REFUSALS ? { status: 403, close: true } : challenge;
    void entry.conversation.line.dispose(incoming, answer);
    entry.expiry();
    if (!entry.begun)
      entry.expiry = this.#context.clock.after(this.#context.patience.sessionEnd, () => entry.conversation.line.finish());
  }

  /** A request outside a session: an empty POST is a phone that fetches a challenge, anything else a mistake of the phone. */
  #stray(incoming: Incoming): void {
    const { method, body } = incoming.exchange.request;
    if (method !== "POST") this.#answer(incoming, { status: 405, extra: [["Allow", "POST"]] });
    else this.#answer(incoming, { status: isBlank(body) ? 204 : 400 });
  }

  #answer(incoming: Incoming, answer: Answer): void {
    void send(this.#context, incoming, answerTo(incoming, answer));
  }
}
