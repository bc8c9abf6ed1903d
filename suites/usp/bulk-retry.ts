import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { Delivery, DeliveryAnswer } from "../../harness/collector/collector.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { gather, type OverHttp, upTime, withHttpProfile } from "./support/bulk.ts";
import { identified, identityOf } from "./support/bulk-judging.ts";
import { reboot } from "./support/reboot.ts";
import { inRanges, type RetryRule, rangeOf } from "./support/retries.ts";

/** m and k of the test plan, which are the defaults. */
const USUAL: RetryRule = { minimum: 5, multiplier: 2000 };
/** Milliseconds that the test plan leaves an agent beyond the range of a retry. */
const SLACK = 3_000;
/** Seconds between reports: a fourth retry would come before the next one is due; in the plan's 60 the third may not. */
const INTERVAL = 180;
/** Milliseconds by which a report may come sooner than it is due. */
const EARLY = 5_000;

const REFUSED: DeliveryAnswer = { status: 503 };
/** As if there were no collector: the connection is reset before a word is said. */
const NO_ANSWER: DeliveryAnswer = { status: 200, cut: 0 };

const RETRY = "TR-369:R-BULK.2";
const NO_MORE = "TP-469:10.7#no-more";

const retrying = <T>(
  bench: UspBench,
  { minimum, multiplier }: RetryRule,
  interval: number,
  use: (over: OverHttp) => Promise<T>,
): Promise<T> =>
  withHttpProfile(
    bench,
    {
      interval,
      parameters: [upTime(bench)],
      values: {
        "HTTP.RetryEnable": "true",
        "HTTP.RetryMinimumWaitInterval": String(minimum),
        "HTTP.RetryIntervalMultiplier": String(multiplier),
      },
    },
    use,
  );

/** The longest time until so many retries are over, in milliseconds. */
const retriesLast = (rule: RetryRule, retries: number): number =>
  Array.from({ length: retries }, (_, index) => rangeOf(rule, index + 1)[1] + SLACK).reduce((sum, one) => sum + one, 0);

/** The content of each is that of the first. */
function* sameContent(deliveries: readonly Delivery[]): Iterable<Finding> {
  const [first, ...retries] = deliveries;
  for (const { body, where } of retries)
    yield holds(RETRY, first !== undefined && body.equals(first.body), {
      expected: `the report of ${first?.where ?? "the first delivery"} again`,
      actual: first !== undefined && body.equals(first.body) ? "the same" : "another content",
      where,
    });
}

/** Three retries, of which the last is taken; and the next report. */
const threeRetries = (bench: UspBench, failure: DeliveryAnswer) =>
  retrying(bench, USUAL, INTERVAL, async ({ profile, inbox }) => {
    const known = await identityOf(bench);
    inbox.answers = () => (inbox.deliveries.length < 3 ? failure : { status: 200 });
    await profile.enable();
    const due = profile.interval * 1000;
    const first = await gather(bench, inbox, 1, due + SLACK);
    const retries = first.length === 0 ? [] : await gather(bench, inbox, 3, retriesLast(USUAL, 3));
    const next = retries.length < 3 ? undefined : await inbox.next(due + SLACK);
    return { known, interval: due, tried: [...first, ...retries], next };
  });

type Tried = Awaited<ReturnType<typeof threeRetries>>;

/** The report after the one that was retried comes when it is due, and nothing before. */
function* noMore({ tried, next, interval }: Tried): Iterable<Finding> {
  if (tried.length < 4) return;
  const [first] = tried;
  const after = first === undefined || next === undefined ? undefined : next.at - first.at;
  yield holds(NO_MORE, after !== undefined && after >= interval - EARLY, {
    expected: `nothing until ${interval / 1000} s after the first delivery`,
    actual: after === undefined ? "no further delivery" : `one after ${(after / 1000).toFixed(1)} s`,
    where: next?.where ?? "after the last retry",
  });
}

export const bulkRetryCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.bulk.retry",
    title: "delivers a report again until the collector answers that it has it",
    proves: [RETRY, NO_MORE],
    references: ["TP-469 10.7"],
    needs: ["usp-bulk-http"],
    waits: 2 * INTERVAL,
    drive: (bench) => threeRetries(bench, REFUSED),
    *judge(seen) {
      yield* inRanges(RETRY, USUAL, seen.tried, [1, 2, 3], SLACK);
      yield* sameContent(seen.tried);
      yield* noMore(seen);
    },
  }),
  uspCase({
    id: "usp.bulk.retry-unreachable",
    title: "delivers a report again when the collector was not to be reached",
    proves: ["TP-469:10.7#unreachable", NO_MORE, "TR-369:R-BULK.1"],
    references: ["TP-469 10.7"],
    needs: ["usp-bulk-http"],
    waits: 2 * INTERVAL,
    drive: (bench) => threeRetries(bench, NO_ANSWER),
    *judge(seen) {
      yield* inRanges("TP-469:10.7#unreachable", USUAL, seen.tried, [1, 2, 3], SLACK);
      yield* noMore(seen);
      yield* identified(seen.tried, seen.known);
    },
  }),
  uspCase({
    id: "usp.bulk.retry-longest",
    title: "takes the tenth range for all retries from the tenth on",
    proves: ["TR-369:R-BULK.3"],
    needs: ["usp-bulk-http"],
    waits: 900,
    drive(bench) {
      // Ranges that grow slowly, so that twelve retries fit between two reports.
      const rule: RetryRule = { minimum: 1, multiplier: 1500 };
      return retrying(bench, rule, 600, async ({ profile, inbox }) => {
        inbox.answers = () => REFUSED;
        await profile.enable();
        const first = await gather(bench, inbox, 1, profile.interval * 1000 + SLACK);
        const tried = [...first, ...(await gather(bench, inbox, 12, retriesLast(rule, 12)))];
        if (tried.length < 10) throw new Inconclusive("precondition", "the agent does not retry a delivery nine times");
        return { rule, tried };
      });
    },
    *judge({ rule, tried }) {
      yield* inRanges("TR-369:R-BULK.3", rule, tried, [10, 11, 12]);
    },
  }),
  uspCase({
    id: "usp.bulk.retry-anew",
    title: "begins with the shortest range again after a report was delivered",
    proves: ["TR-369:R-BULK.4"],
    needs: ["usp-bulk-http"],
    waits: 3 * INTERVAL,
    drive: (bench) =>
      retrying(bench, USUAL, INTERVAL, async ({ profile, inbox }) => {
        // The report is delivered by its second retry; the next one fails at first.
        inbox.answers = () => (inbox.deliveries.length === 2 || inbox.deliveries.length > 3 ? { status: 200 } : REFUSED);
        await profile.enable();
        const first = await gather(bench, inbox, 4, 2 * profile.interval * 1000 + retriesLast(USUAL, 2));
        if (first.length < 4)
          throw new Inconclusive(
            "precondition",
            "the agent does not deliver a report by its second retry, and another one after it",
          );
        return { tried: [...first.slice(3), ...(await gather(bench, inbox, 1, retriesLast(USUAL, 4)))] };
      }),
    *judge({ tried }) {
      yield* inRanges("TR-369:R-BULK.4", USUAL, tried, [1], SLACK);
    },
  }),
  uspCase({
    id: "usp.bulk.retry-after-reboot",
    title: "begins with the shortest range again after a reboot",
    proves: ["TR-369:R-BULK.5"],
    needs: ["usp-bulk-http", "usp-reboot"],
    disturbs: "reboot",
    waits: 3 * INTERVAL,
    drive: (bench) =>
      retrying(bench, USUAL, INTERVAL, async ({ profile, inbox }) => {
        inbox.answers = () => REFUSED;
        await profile.enable();
        const before = await gather(bench, inbox, 3, profile.interval * 1000 + retriesLast(USUAL, 2));
        if (before.length < 3) throw new Inconclusive("precondition", "the agent does not retry a delivery twice");
        await reboot(bench);
        const first = await inbox.next(profile.interval * 1000 + SLACK);
        if (first === undefined) throw new Inconclusive("precondition", "the agent delivers nothing after a reboot");
        return { tried: [first, ...(await gather(bench, inbox, 1, retriesLast(USUAL, 4)))] };
      }),
    *judge({ tried }) {
      yield* inRanges("TR-369:R-BULK.5", USUAL, tried, [1], SLACK);
    },
  }),
];
