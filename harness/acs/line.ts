import { type Cancel, within } from "../core/clock.ts";
import type { GarbageRecord } from "../trace/exchange.ts";
import type { Answer } from "./answer.ts";
import type { Connection } from "./connection.ts";
import type { AcsContext, Incoming } from "./context.ts";
import { closedReply, garbageReply, replyOf, silentReply } from "./replies.ts";
import { answerTo, send } from "./respond.ts";
import type { Reply } from "./session.ts";

type Happening =
  | { readonly kind: "post"; readonly incoming: Incoming }
  | { readonly kind: "garbage"; readonly record: GarbageRecord };

/** Our latest answer in a session, as far as it decides what the phone may do next. */
interface LatestAnswer {
  readonly status: number;
  /** It ends the session: a success without a body. */
  readonly empty: boolean;
  /** The phone has to send the same POST again. */
  readonly repeat: boolean;
  readonly closes: boolean;
  /** When its last octet went out. */
  endedAt: number;
}

/** Requests that a session may pile up unanswered; more of them cost the phone its connection. */
const MOST_UNANSWERED = 100;

/**
 * The wire of one session: which POSTs wait for an answer, what happened that nobody has looked at, and whether anything can
 * still come. It knows nothing of CWMP methods.
 */
export class Line {
  readonly #context: AcsContext;
  readonly #cookie: string;
  readonly #onOver: () => void;
  /** In the order they came: answers on one connection have to keep it. */
  #unanswered: Incoming[] = [];
  readonly #happenings: Happening[] = [];
  readonly #wakes = new Set<() => void>();
  #connection: Connection;
  #latestWhere: string;
  #latestAnswer: LatestAnswer | undefined;
  #cookieSent = false;
  /** Our latest message told the phone to hold its requests. */
  #held = false;
  #over = false;
  #adrift: Cancel | undefined;
  /** Counts who leads the conversation; whoever led it before gets `closed`. */
  #leader = 0;

  constructor(context: AcsContext, cookie: string, first: Incoming, onOver: () => void) {
    this.#context = context;
    this.#cookie = `session=${cookie}`;
    this.#onOver = onOver;
    this.#latestWhere = first.exchange.where;
    this.#connection = first.connection;
    this.#attach(first.connection);
  }

  get connection(): Connection {
    return this.#connection;
  }

  get over(): boolean {
    return this.#over;
  }

  /** The oldest POST that waits for our answer. */
  get outstanding(): Incoming | undefined {
    return this.#unanswered[0];
  }

  get latestAnswer(): Readonly<LatestAnswer> | undefined {
    return this.#latestAnswer;
  }

  /** Nothing but the end of the connection is expected: we have answered with nothing. */
  get ended(): boolean {
    return this.#latestAnswer?.empty === true && this.#unanswered.length === 0;
  }

  /** The phone's next POST has to be its last one again. */
  get awaitsRepetition(): boolean {
    return this.#latestAnswer?.repeat === true && this.#unanswered.length === 0;
  }

  /** We have answered with an HTTP error, after which a session does not go on (TR-069 3.7.1.4). */
  get failed(): boolean {
    const answer = this.#latestAnswer;
    return answer !== undefined && answer.status >= 400 && !answer.repeat && this.#unanswered.length === 0;
  }

  /** The session may go on over another connection than the one it had. */
  get movable(): boolean {
    return !this.#over && (this.#adrift !== undefined || (this.awaitsRepetition && this.#latestAnswer?.status !== 200));
  }

  /** Where the session stands, for what did not come. */
  get where(): string {
    return `after ${this.#latestWhere}`;
  }

  /** A request of this session came over `connection`, whether it will be delivered or not. */
  seen({ exchange, connection }: Incoming): void {
    this.#latestWhere = exchange.where;
    if (connection !== this.#connection || this.#adrift !== undefined) this.#attach(connection);
  }

  deliver(incoming: Incoming): void {
    if (this.#unanswered.length >= MOST_UNANSWERED) {
      incoming.connection.reset();
      return;
    }
    this.#unanswered.push(incoming);
    this.#happen({ kind: "post", incoming });
  }

  garbage(record: GarbageRecord): void {
    this.#happen({ kind: "garbage", record });
  }

  /** Answers one request of this session that is not delivered, such as one without credentials. */
  async dispose(incoming: Incoming, answer: Answer): Promise<void> {
    await this.#send(incoming, answer);
  }

  /** Answers the outstanding POST, and gives what happens next, at the latest `milliseconds` after the answer. */
  async answer(answer: Answer, milliseconds?: number): Promise<Reply> {
    const leader = this.#leader;
    if (this.#over) return closedReply(this.where);
    if (this.outstanding === undefined) {
      // Nothing to answer: a POST that is late, or sent again over a new connection, is still good for it.
      const reply = await this.next(this.#context.patience.response);
      if (this.outstanding === undefined || leader !== this.#leader) return reply;
    }
    const incoming = this.#unanswered.shift();
    if (incoming === undefined) return closedReply(this.where);
    this.#forget(incoming);
    await this.#send(incoming, answer);
    if (leader !== this.#leader) return closedReply(this.where);
    const { response, sessionEnd } = this.#context.patience;
    const usual = this.ended ? sessionEnd : response;
    const reply = await this.next(milliseconds ?? usual);
    if (reply.kind === "silence" && this.ended && (milliseconds ?? usual) >= sessionEnd) this.finish();
    return reply;
  }

  /** The next thing that happens, or `silence` after so many milliseconds. */
  async next(milliseconds: number): Promise<Reply> {
    const leader = this.#leader;
    if (this.#happenings.length === 0 && !this.#over) {
      const done = this.#context.waits("the phone's next POST");
      let wake = (): void => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      this.#wakes.add(wake);
      await within(this.#context.clock, milliseconds, woken);
      this.#wakes.delete(wake);
      done();
    }
    if (leader !== this.#leader) return closedReply(this.where);
    const happening = this.#happenings.shift();
    if (happening !== undefined)
      return happening.kind === "post" ? replyOf(happening.incoming.exchange) : garbageReply(happening.record);
    if (this.#adrift !== undefined) this.finish();
    return this.#over ? closedReply(this.where) : silentReply(milliseconds, this.where);
  }

  /** Takes the lead: whoever else waits in this session gets `closed`. */
  takeLead(): void {
    this.#leader += 1;
    this.#wake();
  }

  /** The session is over; what it still holds open is closed. */
  finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#adrift?.();
    this.#adrift = undefined;
    this.#unanswered = [];
    this.#wake();
    this.#onOver();
  }

  async #send(incoming: Incoming, answer: Answer): Promise<void> {
    const cookie = this.#cookieSent ? undefined : this.#cookie;
    const prepared = answerTo(incoming, answer, cookie);
    const { status, body, closes } = prepared;
    const success = status >= 200 && status < 300;
    const repeat = status === 401 || (status >= 300 && status < 400) || isRetryRequest(body);
    // Challenges and redirects may be handled below the phone's cookie store: the cookie comes once more with the answer proper.
    if (answer.headers !== undefined || (success && answer.never !== true)) this.#cookieSent = true;
    // An empty answer to a phone that holds its requests lets it send them, so that the session goes on (TR-069 3.7.1.3).
    const held = this.#held;
    this.#held = holdsRequests(body);
    // Set before it is written: what the phone does may be seen before the last octet is confirmed.
    const latest = {
      status,
      empty: success && body.length === 0 && answer.never !== true && !held,
      repeat,
      closes,
      endedAt: this.#context.clock.now(),
    };
    this.#latestAnswer = latest;
    latest.endedAt = await send(this.#context, incoming, prepared);
  }

  #attach(connection: Connection): void {
    this.#adrift?.();
    this.#adrift = undefined;
    this.#connection = connection;
    connection.onClose(() => this.#lost(connection));
  }

  /** The connection is gone. The session may go on over another one, unless it had come to its end. */
  #lost(connection: Connection): void {
    this.#unanswered = this.#unanswered.filter((one) => one.connection !== connection);
    if (connection !== this.#connection || this.#over || this.#adrift !== undefined) return;
    const { continuation, response } = this.#context.patience;
    const announced = this.#latestAnswer?.closes === true;
    if (this.ended) this.finish();
    else this.#adrift = this.#context.clock.after(announced ? response : continuation, () => this.finish());
  }

  #happen(happening: Happening): void {
    this.#happenings.push(happening);
    if (this.#happenings.length > MOST_UNANSWERED) this.#happenings.shift();
    this.#wake();
  }

  /** A POST that is answered needs no looking at any more. */
  #forget(incoming: Incoming): void {
    const index = this.#happenings.findIndex((one) => one.kind === "post" && one.incoming === incoming);
    if (index >= 0) this.#happenings.splice(index, 1);
  }

  #wake(): void {
    for (const wake of this.#wakes) wake();
  }
}

/** HoldRequests with the value true (TR-069 3.5, table 4). */
function holdsRequests(body: Buffer): boolean {
  return body.length < 100_000 && /HoldRequests[^>]*>\s*(?:1|true)\s*</.test(body.toString("latin1"));
}

/** Fault 8005, `Retry request` (TR-069 A.5.2). */
function isRetryRequest(body: Buffer): boolean {
  return body.length < 100_000 && /<FaultCode>\s*8005\s*</.test(body.toString("latin1"));
}
