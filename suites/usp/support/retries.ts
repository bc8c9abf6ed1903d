import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { type Finding, holds } from "../../../harness/core/finding.ts";
import type { UspRecordLog } from "../../../harness/trace/usp.ts";
import type { UspRecord } from "../../../harness/wire/usp.ts";

/** Milliseconds by which a retry may miss its range: agents count in whole seconds. */
export const SLACK = 1_000;

/** m in seconds and k in thousandths, which rule how an agent retries its notifications (TR-369 R-NOT.1), and its connections. */
export interface RetryRule {
  readonly minimum: number;
  readonly multiplier: number;
  /** Seconds that no wait exceeds; absent where there is no such limit. */
  readonly longest?: number;
}

/** What the agent shows for our controller; the defaults of the standard where it shows nothing. */
export async function retryRule({ controller, agent }: UspBench): Promise<RetryRule> {
  const path = `${agent.controllerPath}USPNotifRetry`;
  const names = [`${path}MinimumWaitInterval`, `${path}IntervalMultiplier`] as const;
  const values = parametersIn(await controller.get(names));
  return {
    minimum: Number(values.get(names[0])?.value || 5),
    multiplier: Number(values.get(names[1])?.value || 2000),
  };
}

/** Shortest and longest wait before a retry, in milliseconds; `retry` counts from 1. */
export function rangeOf({ minimum, multiplier, longest }: RetryRule, retry: number): readonly [number, number] {
  const row = Math.min(retry, 10);
  const wait = (power: number): number =>
    1000 * Math.min(longest ?? Number.POSITIVE_INFINITY, minimum * (multiplier / 1000) ** power);
  return [wait(row - 1), wait(row)];
}

/** One retry of a connection: which one, counted from 1, and after how many milliseconds it came, if it did. */
export interface Retry {
  readonly retry: number;
  readonly waited: number | undefined;
  readonly where: string;
}

/** That a retry of a connection came in its range. */
export function inRange(requirement: string, rule: RetryRule, { retry, waited, where }: Retry): Finding {
  const [least, most] = rangeOf(rule, retry);
  const seconds = (milliseconds: number): number => Math.round(milliseconds / 100) / 10;
  return holds(requirement, waited !== undefined && waited >= least - SLACK && waited <= most + SLACK, {
    expected: `retry ${retry} after ${seconds(least)} to ${seconds(most)} s`,
    actual: waited === undefined ? "no such retry" : `${seconds(waited)} s`,
    where,
  });
}

/** Waits for a Notify and so many retries of it; fewer when one does not come in its time. */
export async function gatherRetries(
  { controller, patience }: UspBench,
  rule: RetryRule,
  retries: number,
  fits: (record: UspRecord) => boolean,
): Promise<readonly UspRecordLog[]> {
  const sent: UspRecordLog[] = [];
  for (let retry = 0; retry <= retries; retry += 1) {
    const longest = retry === 0 ? patience.contact : 2 * rangeOf(rule, retry)[1] + SLACK;
    const log = await controller.next(fits, longest);
    if (log === undefined) break;
    sent.push(log);
  }
  return sent;
}

/** The wait before each of these retries is in its range. `sent` begins with what was sent first. @param slack milliseconds by which a retry may come too late */
export function* inRanges(
  requirement: string,
  rule: RetryRule,
  sent: readonly Pick<UspRecordLog, "at" | "where">[],
  retries: readonly number[],
  slack = SLACK,
): Iterable<Finding> {
  for (const retry of retries) {
    const [least, most] = rangeOf(rule, retry);
    const [before, after] = [sent[retry - 1], sent[retry]];
    const waited = before === undefined || after === undefined ? undefined : after.at - before.at;
    yield holds(requirement, waited !== undefined && waited >= least - SLACK && waited <= most + slack, {
      expected: `retry ${retry} after ${seconds(least)} to ${seconds(most)} s`,
      actual: waited === undefined ? "no such retry" : `${seconds(waited)} s`,
      where: after?.where ?? `after ${sent.at(-1)?.where ?? "the change"}`,
    });
    if (waited === undefined) return;
  }
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
