import { inWords, type Patience } from "../acs/patience.ts";
import type { Session } from "../acs/session.ts";
import { Inconclusive } from "../core/case.ts";
import { type Clock, pause } from "../core/clock.ts";
import type { ConnectionRequestAnswer } from "../phone/connection-request.ts";
import type { Phone } from "../phone/phone.ts";
import type { ChangedParameters } from "./changed-parameters.ts";

/** Milliseconds between two connection requests to a phone that does not take them at this moment. */
const ASK_AGAIN = 1_000;
/** Sessions in a row that may fail to follow on accepted connection requests before another way is taken. */
const MOST_UNHEARD = 2;
/** CommandKey of the ScheduleInforms that make the phone come. */
export const SUMMONS_KEY = "assay";
/** Seconds of PeriodicInformInterval, shortest first, where nothing else brings the phone. */
const INTERVALS = ["10", "30", "60"];

export interface SummonsOptions {
  readonly clock: Clock;
  readonly patience: Patience;
  readonly phone: Pick<Phone, "connectionRequest" | "path" | "methods">;
  readonly changed: ChangedParameters;
  /** How many Informs have come so far in the run. */
  informs(): number;
  note(text: string): void;
}

/**
 * What makes the phone open a session: a connection request; for a phone that takes none, a ScheduleInform at the end of every session;
 * for one that does not know that either, a short PeriodicInformInterval; else its own Informs are waited for. Which of them is learnt in
 * the first session, while the others are still open to be prepared, and said once.
 */
export class Summons {
  readonly #options: SummonsOptions;
  #way: "connection-request" | "schedule-inform" | "periodic" | "own" = "connection-request";
  /** A ScheduleInform has been taken, and no Inform has come since. */
  #armedAt: number | undefined;
  #askedAt: number | undefined;
  #unheard = 0;
  #interval = 0;

  constructor(options: SummonsOptions) {
    this.#options = options;
  }

  get takesConnectionRequests(): boolean {
    return this.#way === "connection-request";
  }

  /** To be called before the first session ends, with it when it is still open. */
  async learn(session: Session | undefined): Promise<void> {
    const answer = await this.#options.phone.connectionRequest();
    // A phone that is busy with this session may put us off, and not all do it with 503; it has heard us, and that counts here.
    if (isHeard(answer) || answer.last.status >= 500) return;
    await this.#fallBack(whyNot(answer), session);
  }

  /** The trigger of the ACS. @throws Inconclusive `unreachable` when a phone that took connection requests does not any more */
  async trigger(): Promise<{ readonly within: number } | undefined> {
    const { patience, phone, informs } = this.#options;
    if (this.#way === "connection-request") {
      if (this.#askedAt !== undefined) this.#unheard = informs() > this.#askedAt ? 0 : this.#unheard + 1;
      if (this.#unheard >= MOST_UNHEARD) await this.noSessionFollows();
      else {
        const refusal = await this.#ask();
        if (refusal === undefined) return undefined;
        await this.#fallBack(refusal);
      }
    }
    if (this.#way === "schedule-inform" && this.#armedAt === informs()) return { within: patience.contact };
    // The last session ended before the next could be arranged. A phone that comes late, or not always, may still be called.
    if (this.#way === "schedule-inform") await phone.connectionRequest();
    if (this.#way === "periodic") return { within: this.#interval * 1000 + patience.contact };
    return { within: patience.firstContact };
  }

  /** To be called when a session was to follow on an accepted connection request, and none came. */
  noSessionFollows(): Promise<void> {
    return this.#fallBack("takes connection requests, but no session follows");
  }

  /** To be called before a session ends: the last occasion to arrange the next one. */
  async farewell(session: Session): Promise<void> {
    if (this.#way !== "schedule-inform" || session.over) return;
    // Where the case has asked for an Inform itself, another one would get in its way.
    if (session.exchanges.some(({ request }) => request.envelope?.method === "ScheduleInformResponse")) return;
    const reply = await session.scheduleInform(1, SUMMONS_KEY);
    if (reply.kind === "response") this.#armedAt = this.#options.informs();
  }

  /** Asks until the phone has heard it, or has come. @returns why it never will, if so */
  async #ask(): Promise<string | undefined> {
    const { clock, patience, phone, informs } = this.#options;
    const before = informs();
    const until = clock.now() + patience.contact;
    for (let refusals = 0; ; ) {
      const answer = await phone.connectionRequest();
      if (isHeard(answer)) this.#askedAt = before;
      if (isHeard(answer) || informs() > before) return undefined;
      // A server that answers no is not one that is starting: only 503 is worth another try, and a nonce may have been stale.
      if (answer.last.kind === "status" && answer.last.status !== 503 && ++refusals === 2) return whyNot(answer);
      if (clock.now() >= until)
        throw new Inconclusive("unreachable", `the phone ${whyNot(answer)}, and has not come for ${inWords(patience.contact)}`);
      await pause(clock, ASK_AGAIN);
    }
  }

  async #fallBack(why: string, session?: Session): Promise<void> {
    const { phone, note } = this.#options;
    this.#askedAt = undefined;
    if (phone.methods.includes("ScheduleInform")) {
      this.#way = "schedule-inform";
      note(`the phone ${why}; it is made to come by ScheduleInform at the end of each session`);
    } else if (session !== undefined && (await this.#comeOften(session))) {
      this.#way = "periodic";
      note(`the phone ${why}; it is made to come by a PeriodicInformInterval of ${this.#interval} s until the end of the run`);
    } else {
      this.#way = "own";
      note(`the phone ${why}, and cannot be made to come otherwise; its own Informs are waited for`);
    }
  }

  async #comeOften(session: Session): Promise<boolean> {
    const { phone, changed } = this.#options;
    const enable = { name: phone.path("ManagementServer.PeriodicInformEnable"), value: "1", type: "boolean" };
    const interval = phone.path("ManagementServer.PeriodicInformInterval");
    for (const value of INTERVALS) {
      if (session.over) return false;
      if (!(await changed.set(session, [{ name: interval, value, type: "unsignedInt" }, enable]))) continue;
      this.#interval = Number(value);
      return true;
    }
    return false;
  }
}

/** Any success: that it ought to be 200 or 204 is the business of the cases. */
const isHeard = ({ last }: ConnectionRequestAnswer): boolean => last.status >= 200 && last.status < 300;

function whyNot({ last }: ConnectionRequestAnswer): string {
  if (last.where.startsWith("ConnectionRequestURL")) return "gives no ConnectionRequestURL that can be used";
  return `did not take a connection request (${last.summary})`;
}
