import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { byPlan } from "../../harness/core/finding.ts";
import type { UpgradeRecord } from "../../harness/trace/usp.ts";
import { inRange, type Retry, type RetryRule, rangeOf, SLACK } from "./support/retries.ts";

const RANGES = "TR-369:R-WS.19";
const ANEW = "TR-369:R-WS.20";
const REBOOTED = "TR-369:R-WS.21";

/** The test plan looks at so many retries. */
const PLAN_RETRIES = 2;

/** What the agent shows for our controller; the defaults of the standard where it shows nothing. */
async function retryRule({ controller, agent }: UspBench): Promise<RetryRule> {
  const names = ["MinimumWaitInterval", "IntervalMultiplier"].map((name) => `${agent.mtpPath}WebSocket.SessionRetry${name}`);
  const [minimum, multiplier] = await Promise.all(
    names.map(async (name) => Number(parametersIn(await controller.get([name])).get(name)?.value ?? 0)),
  );
  return { minimum: minimum || 5, multiplier: multiplier || 2000 };
}

/** Ends the TCP connection, and says when. @throws Inconclusive when there is none */
async function cut({ websocket, clock }: UspBench): Promise<number> {
  const { current } = websocket;
  if (current === undefined) throw new Inconclusive("unreachable", "the agent has just closed its connection");
  current.cut();
  await current.closed(SLACK);
  return clock.now();
}

/** Waits for one retry, with room for one that comes too late. @param since when the connection ended or the one before failed */
async function retryAfter({ websocket }: UspBench, rule: RetryRule, retry: number, since: number) {
  const attempt: UpgradeRecord | undefined = await websocket.attempt(2 * rangeOf(rule, retry)[1] + SLACK);
  const seen: Retry = {
    retry,
    waited: attempt === undefined ? undefined : attempt.at - since,
    where: attempt?.where ?? `after ${websocket.url} was left`,
  };
  return { seen, failedAt: attempt?.answer?.at ?? attempt?.at ?? since };
}

export const websocketRetryCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.websocket.retry",
    mtp: "websocket",
    title: "tries to open a WebSocket again in growing intervals, each in its range",
    proves: [RANGES],
    references: ["TP-469 7.8"],
    waits: 75,
    async drive(bench) {
      const rule = await retryRule(bench);
      bench.websocket.answers = { status: 503 };
      const retries: Retry[] = [];
      for (let since = await cut(bench), retry = 1; retry <= 3; retry += 1) {
        const { seen, failedAt } = await retryAfter(bench, rule, retry, since);
        retries.push(seen);
        if (seen.waited === undefined) break;
        since = failedAt;
      }
      return { rule, retries };
    },
    *judge({ rule, retries }) {
      for (const [index, one] of retries.entries()) {
        const finding = inRange(RANGES, rule, one);
        yield index < PLAN_RETRIES ? finding : byPlan(finding, true);
      }
    },
  }),
  uspCase({
    id: "usp.websocket.retry-anew",
    mtp: "websocket",
    title: "begins with the shortest interval again after a WebSocket was opened",
    proves: [ANEW],
    waits: 80,
    async drive(bench) {
      const { websocket, patience } = bench;
      const rule = await retryRule(bench);
      websocket.answers = { status: 503 };
      const first = await retryAfter(bench, rule, 1, await cut(bench));
      const second = await retryAfter(bench, rule, 2, first.failedAt);
      websocket.answers = {};
      const third = await retryAfter(bench, rule, 3, second.failedAt);
      if (third.seen.waited === undefined || (await websocket.opened(patience.sessionEnd)) === undefined)
        throw new Inconclusive("precondition", "the agent did not open a WebSocket after two that were refused");
      const { seen } = await retryAfter(bench, rule, 1, await cut(bench));
      return { rule, seen };
    },
    *judge({ rule, seen }) {
      yield inRange(ANEW, rule, seen);
    },
  }),
  uspCase({
    id: "usp.websocket.retry-after-reboot",
    mtp: "websocket",
    title: "opens a WebSocket after a reboot as if it had never failed to",
    proves: [REBOOTED],
    needs: ["power-cycle"],
    disturbs: "reboot",
    waits: 60,
    async drive(bench) {
      const { websocket, phone, patience } = bench;
      const rule = await retryRule(bench);
      websocket.answers = { status: 503 };
      const first = await retryAfter(bench, rule, 1, await cut(bench));
      await retryAfter(bench, rule, 2, first.failedAt);
      await phone.powerCycle();
      const again = await websocket.attempt(patience.reboot);
      if (again === undefined) throw new Inconclusive("precondition", "the agent does not come after a power cycle");
      return { rule, ...(await retryAfter(bench, rule, 1, again.answer?.at ?? again.at)) };
    },
    *judge({ rule, seen }) {
      yield inRange(REBOOTED, rule, seen);
    },
  }),
];
