import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { byPlan } from "../../harness/core/finding.ts";
import type { MqttPacketRecord } from "../../harness/trace/mqtt.ts";
import { currentOf, shownAt } from "./support/mqtt.ts";
import { inRange, type Retry, type RetryRule, rangeOf, SLACK } from "./support/retries.ts";

const FAILED = "TR-369:R-MQTT.10";
const ENDED = "TR-369:R-MQTT.33";

/** The test plan looks at so many retries after a connection that failed. */
const PLAN_RETRIES = 2;
/** "Server unavailable", with which a broker refuses for a while. */
const UNAVAILABLE = { "5.0": 0x88, "3.1.1": 3 } as const;

/** What the agent shows; the defaults of the standard where it shows nothing. */
async function retryRule(bench: UspBench): Promise<RetryRule> {
  const shown = async (name: string): Promise<number> =>
    Number(await shownAt(bench, `${bench.agent.mqttClientPath}ConnectRetry${name}`));
  return {
    minimum: (await shown("Time")) || 5,
    multiplier: (await shown("IntervalMultiplier")) || 2000,
    longest: (await shown("MaxInterval")) || 30_720,
  };
}

/** Waits for one retry, with room for one that comes too late. @param since when the connection ended or the one before failed */
async function retryAfter({ mqtt }: UspBench, rule: RetryRule, retry: number, since: number) {
  const connect: MqttPacketRecord | undefined = await mqtt.attempt(2 * rangeOf(rule, retry)[1] + SLACK);
  const waited = connect === undefined ? undefined : connect.at - since;
  const seen: Retry = { retry, waited, where: connect?.where ?? `after ${mqtt.url} was left` };
  return { seen, failedAt: connect?.at ?? since };
}

/** Ends the agent's connection, and says when. */
async function ended(bench: UspBench): Promise<number> {
  const connection = currentOf(bench);
  await connection.disconnect();
  await connection.closed(SLACK);
  return bench.clock.now();
}

/** When a client tries again to reach its broker (TR-369 R-MQTT.10, R-MQTT.33; TR-181 Device.MQTT.Client.{i}.ConnectRetryTime). */
export const mqttRetryCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.mqtt.retry",
    title: "tries in growing intervals, each in its range, when the broker refuses it",
    mtp: "mqtt",
    proves: [FAILED],
    references: ["TP-469 11.6"],
    waits: 90,
    async drive(bench) {
      const rule = await retryRule(bench);
      bench.mqtt.answers = { connack: { code: UNAVAILABLE[currentOf(bench).version] } };
      const retries: Retry[] = [];
      for (let since = await ended(bench), retry = 1; retry <= 3; retry += 1) {
        const { seen, failedAt } = await retryAfter(bench, rule, retry, since);
        retries.push(seen);
        if (seen.waited === undefined) break;
        since = failedAt;
      }
      return { rule, retries };
    },
    *judge({ rule, retries }) {
      for (const [index, one] of retries.entries()) {
        const finding = inRange(FAILED, rule, one);
        yield index < PLAN_RETRIES ? finding : byPlan(finding, true);
      }
    },
  }),
  uspCase({
    id: "usp.mqtt.retry-ended",
    title: "tries again, in the first range, when the broker ends the connection",
    mtp: "mqtt",
    proves: [ENDED],
    references: ["TP-469 11.16"],
    waits: 20,
    async drive(bench) {
      const rule = await retryRule(bench);
      const { seen } = await retryAfter(bench, rule, 1, await ended(bench));
      return { rule, seen };
    },
    *judge({ rule, seen }) {
      yield inRange(ENDED, rule, seen);
    },
  }),
];
