import { Inconclusive } from "../core/case.ts";
import { within } from "../core/clock.ts";
import type { ContactOptions } from "./acs.ts";
import type { AcsContext } from "./context.ts";
import type { Conversation } from "./conversation.ts";
import { inWords } from "./patience.ts";
import { eventCodes, hasEvent } from "./read.ts";

/** Sessions that do not fit use up a connection request each; after so many we only wait on. */
const MOST_TRIGGERS = 5;

type Fits = (conversation: Conversation) => boolean;

/** Somebody who waits for a session. */
interface Waiter {
  readonly fits: Fits;
  readonly arrived: Promise<Conversation>;
  readonly take: (conversation: Conversation) => void;
  readonly fail: (error: unknown) => void;
  taken: Conversation | undefined;
  /** Sessions that came and did not fit. */
  readonly unfit: Conversation[];
  /** Called when one of them has been served. */
  served: () => void;
}

/** Hands sessions to those who wait for them; serves by default those that nobody takes. */
export class Contacts {
  readonly #context: AcsContext;
  readonly #usualTrigger: () => Promise<unknown>;
  readonly #latestNumber: () => number;
  readonly #waiters: Waiter[] = [];
  readonly #unclaimed: { readonly conversation: Conversation; readonly cancel: () => void }[] = [];
  readonly #services = new Map<Conversation, Promise<void>>();
  /** While true nothing is held for a case. */
  #settling = false;

  constructor(context: AcsContext, latestNumber: () => number, usualTrigger: () => Promise<unknown>) {
    this.#context = context;
    this.#latestNumber = latestNumber;
    this.#usualTrigger = usualTrigger;
  }

  /** A session has begun: its Inform is accepted and not yet answered. */
  begun(conversation: Conversation): void {
    const taker = this.#waiters.find((waiter) => fitsSafely(waiter, conversation));
    if (taker !== undefined) this.#hand(taker, conversation);
    else if (this.#waiters.length > 0 || this.#settling) this.#serve(conversation);
    else this.#hold(conversation);
  }

  /** Keeps a session for a case that may ask for it in a moment. */
  #hold(conversation: Conversation): void {
    const cancel = this.#context.clock.after(this.#context.patience.claim, () => {
      this.#unclaimed.splice(this.#unclaimed.indexOf(entry), 1);
      this.#serve(conversation);
    });
    const entry = { conversation, cancel };
    this.#unclaimed.push(entry);
  }

  async contact(options: ContactOptions): Promise<Conversation> {
    const { trigger = "usual" } = options;
    // A session that stood there before a trigger of the case's own was not caused by it.
    const mark = typeof trigger === "function" ? this.#latestNumber() : 0;
    const waiter = this.#wait((conversation) => conversation.number > mark && fitsOptions(conversation, options));
    const done = this.#context.waits(options.event === undefined ? "an Inform" : `an Inform with ${options.event}`);
    try {
      return await this.#contact(waiter, options);
    } finally {
      done();
      this.#remove(waiter);
    }
  }

  async #contact(waiter: Waiter, options: ContactOptions): Promise<Conversation> {
    const { clock, patience } = this.#context;
    const { trigger = "usual" } = options;
    // A phone that is in a session refuses connection requests.
    if (trigger === "usual") await Promise.race([waiter.arrived, this.#allServed()]);
    let allowed = options.within ?? patience.contact;
    let deadline: number | undefined;
    let triggers = 0;
    for (;;) {
      if (waiter.taken !== undefined) return waiter.taken;
      const used = new Promise<void>((resolve) => {
        waiter.served = resolve;
      });
      if (trigger !== "none" && triggers < (trigger === "usual" ? MOST_TRIGGERS : 1)) {
        triggers += 1;
        const fired = Promise.resolve().then(trigger === "usual" ? this.#usualTrigger : trigger);
        fired.catch(() => {});
        const result = await Promise.race([waiter.arrived, fired]);
        if (deadline === undefined) allowed = options.within ?? withinOf(result) ?? allowed;
      }
      deadline ??= clock.now() + allowed;
      await within(clock, deadline - clock.now(), Promise.race([waiter.arrived, used]));
      if (waiter.taken === undefined && clock.now() >= deadline) throw unreachable(options, allowed, waiter.unfit);
    }
  }

  async silence(milliseconds: number, options: Pick<ContactOptions, "event" | "accepts">): Promise<Conversation | undefined> {
    const waiter = this.#wait((conversation) => fitsOptions(conversation, options));
    const done = this.#context.waits(`${inWords(milliseconds)} of silence`);
    try {
      await within(this.#context.clock, milliseconds, waiter.arrived);
      return waiter.taken;
    } finally {
      done();
      this.#remove(waiter);
    }
  }

  /** Nobody waits any more, and until `settled()` every session is served by default as it begins. */
  settling(): void {
    this.#settling = true;
    this.interrupt("the wait for a session was given up");
    this.#serveUnclaimed();
  }

  settled(): void {
    this.#settling = false;
  }

  interrupt(reason: string): void {
    for (const waiter of this.#waiters.splice(0)) waiter.fail(new Inconclusive("interrupted", reason));
  }

  #wait(fits: Fits): Waiter {
    let settle: Pick<Waiter, "take" | "fail"> = { take() {}, fail() {} };
    const arrived = new Promise<Conversation>((take, fail) => {
      settle = { take, fail };
    });
    // Whoever waits looks at it when it is time; until then a failure is nobody's surprise.
    arrived.catch(() => {});
    const waiter: Waiter = { ...settle, fits, arrived, taken: undefined, unfit: [], served() {} };
    this.#waiters.push(waiter);
    const waiting = this.#unclaimed.find(
      ({ conversation }) => conversation.outstanding !== undefined && fitsSafely(waiter, conversation),
    );
    if (waiting !== undefined) {
      waiting.cancel();
      this.#unclaimed.splice(this.#unclaimed.indexOf(waiting), 1);
      this.#hand(waiter, waiting.conversation);
    } else this.#serveUnclaimed();
    return waiter;
  }

  #hand(waiter: Waiter, conversation: Conversation): void {
    waiter.taken = conversation;
    this.#remove(waiter);
    waiter.take(conversation);
  }

  #remove(waiter: Waiter): void {
    const index = this.#waiters.indexOf(waiter);
    if (index >= 0) this.#waiters.splice(index, 1);
  }

  #serveUnclaimed(): void {
    for (const { conversation, cancel } of this.#unclaimed.splice(0)) {
      cancel();
      this.#serve(conversation);
    }
  }

  /** InformResponse, responses to what the phone asks, and nothing else. */
  #serve(conversation: Conversation): void {
    for (const { unfit } of this.#waiters) unfit.push(conversation);
    const service = conversation.end().then(() => {
      this.#services.delete(conversation);
      for (const waiter of this.#waiters) if (waiter.unfit.includes(conversation)) waiter.served();
    });
    this.#services.set(conversation, service);
  }

  async #allServed(): Promise<void> {
    await Promise.all(this.#services.values());
  }
}

function fitsSafely(waiter: Waiter, conversation: Conversation): boolean {
  try {
    return waiter.fits(conversation);
  } catch (error) {
    // A condition of the case that throws is the case's fault, and shows there.
    waiter.fail(error);
    return false;
  }
}

function fitsOptions({ inform }: Conversation, { event, accepts }: Pick<ContactOptions, "event" | "accepts">): boolean {
  return (event === undefined || hasEvent(inform, event)) && (accepts === undefined || accepts(inform));
}

/** What a trigger says about how long the phone may take. */
function withinOf(result: unknown): number | undefined {
  if (typeof result !== "object" || result === null || !("within" in result)) return undefined;
  return typeof result.within === "number" ? result.within : undefined;
}

function unreachable(
  { trigger = "usual", event }: ContactOptions,
  allowed: number,
  unfit: readonly Conversation[],
): Inconclusive {
  const after = { usual: " after a connection request", none: "" }[typeof trigger === "string" ? trigger : "none"];
  const cause = typeof trigger === "function" ? " after what should make the phone come" : after;
  const what = event === undefined ? "no Inform" : `no Inform with ${event}`;
  const seen = unfit.map(({ inform }) => (eventCodes(inform).value ?? []).join(" + ")).join("; ");
  const others = unfit.length === 0 ? "" : `, but ${unfit.length} that did not fit (${seen})`;
  return new Inconclusive("unreachable", `${what} within ${inWords(allowed)}${cause}${others}`);
}
