import type { Acs } from "../../harness/acs/acs.ts";
import { informField, integer } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { showAlive } from "./alive.ts";

/** Milliseconds for the first retry of a failed session: TR-069 Table 3 has 5 to 10 s, and phones are slow to connect. */
const FIRST_RETRY = 20_000;

/** Milliseconds for what comes in a session that ought to be over; the first retry comes in a session of its own. */
const AFTER_FAILURE = 10_000;

/** A session that we made fail, and what the phone did then. */
export interface FailedSession {
  /** What came after the answer that made it fail. */
  readonly reply: Reply;
  /** Inform of the session that came next. */
  readonly next: Exchange | undefined;
  /** True when that session came by itself, so that it can be a retry. */
  readonly unasked: boolean;
}

/** Gathers the Informs that come from now on, whoever serves their sessions. */
export function gatherInforms(acs: Acs): { readonly seen: readonly Exchange[]; stop(): void } {
  const seen: Exchange[] = [];
  return { seen, stop: acs.onInform((inform) => seen.push(inform)) };
}

/**
 * Makes `session` fail, then lets the phone retry until a session succeeds, so that the next case finds it with RetryCount 0.
 * `fail` sends the answer that makes it fail, and gives what came of it; it is given how long to wait.
 * @throws Inconclusive when the phone does not come again, or does not answer then: nothing can be said of a dead phone
 */
export async function failSession(
  bench: CwmpBench,
  session: Session,
  fail: (options: { readonly within: number }) => Promise<Reply>,
): Promise<FailedSession> {
  const { acs } = bench;
  const informs = gatherInforms(acs);
  try {
    const reply = await fail({ within: AFTER_FAILURE });
    await session.end();
    const early = informs.seen.find((inform) => inform !== reply.exchange);
    // A session that went on has come to its end without failing: nothing is retried then.
    const came = early ?? (isOver(reply) ? await nextInform(await acs.silence(FIRST_RETRY)) : undefined);
    const next = came ?? (await nextInform(await acs.contact()));
    await showAlive(bench);
    return { reply, next, unasked: came !== undefined };
  } finally {
    informs.stop();
  }
}

async function nextInform(session: Session | undefined): Promise<Exchange | undefined> {
  await session?.end();
  return session?.inform;
}

/** True when nothing more came in the session. A retry over the connection of the failed session is the next session. */
export function isOver({ kind, exchange }: Reply): boolean {
  if (kind === "closed" || kind === "silence") return true;
  return kind === "inform" && retryCount(exchange) > 0;
}

/**
 * The phone takes the session to have failed: it sends nothing more in it, and retries it. Coming by itself and counting a
 * retry both show the latter; which of the two is right or wrong in detail is judged with the retry policy.
 */
export function* tookForFailed(requirement: string, { reply, next, unasked }: FailedSession): Iterable<Finding> {
  yield holds(requirement, isOver(reply), {
    expected: "nothing more in this session",
    actual: reply.summary.value,
    where: reply.summary.where,
  });
  const retried = unasked || retryCount(next) > 0 || retryCount(reply.exchange) > 0;
  yield holds(requirement, retried, {
    expected: "a retry: a session that comes by itself, or a RetryCount above 0 in the next one",
    actual: retried ? "a retry" : "no session by itself, then one with RetryCount 0",
    where: next?.where ?? reply.summary.where,
  });
}

const retryCount = (inform: Exchange | undefined): number => integer(informField(inform, "RetryCount").value) ?? 0;
