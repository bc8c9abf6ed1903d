import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import { encodeMsg } from "../../harness/wire/usp-write.ts";
import { Header_MsgType } from "../../schema/usp/msg_pb.ts";
import {
  type Changeable,
  demandNotify,
  notNotified,
  type Subscription,
  tellsValue,
  withWatched,
} from "./support/notifications.ts";
import { gatherRetries, inRanges, type RetryRule, rangeOf, retryRule } from "./support/retries.ts";
import { withValues } from "./support/values.ts";

/** NotifExpiration, in seconds, and what an agent may be late by. */
const EXPIRATION = 20;
const SLACK = 2;

/** Quick retries, so that the tenth is soon reached. */
const QUICK = { minimum: 2, multiplier: 1300 } as const;
/** Retries that have the fixed range, the first of them and two more. */
const FIXED = [10, 11, 12] as const;

interface Watched {
  readonly parameter: Changeable;
  readonly subscription: Subscription;
}

const RETRIED = { NotifRetry: "true" } as const;

/** Leaves Notifies of the values of a parameter unanswered for as long as `use` takes. */
async function unanswered<T>({ controller }: UspBench, path: string, use: () => Promise<T>): Promise<T> {
  controller.answersNotify = (notify) => notify.at("request/notify/value_change/param_path").value !== path;
  try {
    return await use();
  } finally {
    controller.answersNotify = () => true;
  }
}

/** A change whose Notify and so many retries are not answered. */
async function neglected(
  bench: UspBench,
  { parameter: { path, change }, subscription }: Watched,
  rule: RetryRule,
  retries: number,
): Promise<readonly UspRecordLog[]> {
  return unanswered(bench, path, async () => {
    const { value } = await change();
    const sent = await gatherRetries(bench, rule, retries, tellsValue(subscription, path, value));
    if (sent.length > 0) return sent;
    throw new Inconclusive("precondition", "no Notify with a ValueChange comes from the agent");
  });
}

/** Answers the last of these. */
async function answer({ controller }: UspBench, sent: readonly UspRecordLog[]): Promise<void> {
  const notify = sent.at(-1)?.record.message;
  if (notify !== undefined) await controller.notifyResponse(notify);
}

/** A repetition that must not have come. */
const noMore = (requirement: string, log: UspRecordLog | undefined, after: UspRecordLog | undefined): Finding =>
  notNotified(requirement, log, "it again", after?.where ?? "the change");

export const notifyRetryCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.notify-retry.intervals",
    title: "repeats a notification in growing intervals until it is answered",
    proves: ["TR-369:R-NOT.0", "TR-369:R-NOT.1"],
    references: ["TP-469 1.54"],
    beyondPlan: ["TR-369:R-NOT.0"],
    waits: 80,
    drive: (bench) =>
      withWatched(bench, "retry", RETRIED, async (watched) => {
        const { parameter, subscription } = watched;
        const rule = await retryRule(bench);
        const sent = await neglected(bench, watched, rule, 2);
        await answer(bench, sent);
        const [, longest] = rangeOf(rule, 3);
        const more = await bench.controller.silence(longest + SLACK * 1000, tellsValue(subscription, parameter.path));
        return { rule, sent, more };
      }),
    *judge({ rule, sent, more }) {
      const [first] = sent;
      if (first?.record.message !== undefined)
        yield same("TR-369:R-NOT.0", first.record.message.at("request/notify/send_resp"), true);
      yield* inRanges("TR-369:R-NOT.1", rule, sent, [1, 2]);
      yield noMore("TR-369:R-NOT.1", more, sent.at(-1));
    },
  }),
  uspCase({
    id: "usp.notify-retry.not-asked",
    title: "sends a notification once when NotifRetry is false",
    proves: ["TR-369:R-NOT.0"],
    waits: 12,
    drive: (bench) =>
      withWatched(bench, "no-retry", { NotifRetry: "false" }, async (watched) => {
        const { parameter, subscription } = watched;
        const rule = await retryRule(bench);
        const sent = await neglected(bench, watched, rule, 0);
        const wait = rangeOf(rule, 1)[1] + SLACK * 1000;
        const more = await unanswered(bench, parameter.path, () =>
          bench.controller.silence(wait, tellsValue(subscription, parameter.path)),
        );
        return { sent, more };
      }),
    *judge({ sent, more }) {
      yield noMore("TR-369:R-NOT.0", more, sent.at(-1));
    },
  }),
  uspCase({
    id: "usp.notify-retry.expired",
    title: "repeats a notification no more once NotifExpiration is over",
    proves: ["TR-369:R-NOT.1", "TR-369:R-NOT.2"],
    references: ["TP-469 1.56"],
    needs: ["usp-notif-expiration"],
    waits: 75,
    drive: (bench) =>
      withWatched(bench, "expiration", { ...RETRIED, NotifExpiration: String(EXPIRATION) }, async (watched) => ({
        rule: await retryRule(bench),
        sent: await neglected(bench, watched, await retryRule(bench), 3),
      })),
    *judge({ rule, sent }) {
      yield* inRanges("TR-369:R-NOT.1", rule, sent, [1]);
      const [first] = sent;
      const late = sent.find(({ at }) => first !== undefined && at - first.at > (EXPIRATION + SLACK) * 1000);
      yield holds("TR-369:R-NOT.2", late === undefined, {
        expected: `no repetition later than ${EXPIRATION} s after the first Notify`,
        actual: late === undefined ? "none" : `one after ${((late.at - (first?.at ?? 0)) / 1000).toFixed(1)} s`,
        where: (late ?? sent.at(-1))?.where ?? "after the change",
      });
    },
  }),
  uspCase({
    id: "usp.notify-retry.longest-range",
    title: "takes the longest range from the tenth repetition on",
    proves: ["TR-369:R-NOT.2"],
    waits: 200,
    drive(bench) {
      const { controllerPath } = bench.agent;
      const values = {
        USPNotifRetryMinimumWaitInterval: String(QUICK.minimum),
        USPNotifRetryIntervalMultiplier: String(QUICK.multiplier),
      };
      return withValues(bench, controllerPath, values, () =>
        withWatched(bench, "longest-range", RETRIED, async (watched) => {
          const sent = await neglected(bench, watched, QUICK, FIXED[2]);
          await answer(bench, sent);
          return { sent };
        }),
      );
    },
    *judge({ sent }) {
      yield* inRanges("TR-369:R-NOT.2", QUICK, sent, FIXED);
    },
  }),
  uspCase({
    id: "usp.notify-retry.delivered",
    title: "begins with the shortest interval again after a delivered notification",
    proves: ["TR-369:R-NOT.3"],
    waits: 40,
    drive: (bench) =>
      withWatched(bench, "delivered", RETRIED, async (watched) => {
        const rule = await retryRule(bench);
        await answer(bench, await neglected(bench, watched, rule, 2));
        const sent = await neglected(bench, watched, rule, 1);
        await answer(bench, sent);
        return { rule, sent };
      }),
    *judge({ rule, sent }) {
      yield* inRanges("TR-369:R-NOT.3", rule, sent, [1]);
    },
  }),
  uspCase({
    id: "usp.notify-retry.after-reboot",
    title: "begins with the shortest interval again after a reboot",
    proves: ["TR-369:R-NOT.4"],
    needs: ["usp-reboot"],
    disturbs: "reboot",
    waits: 40,
    drive: (bench) =>
      withWatched(bench, "after-reboot", { ...RETRIED, Persistent: "true" }, async (watched) => {
        const { controller, patience } = bench;
        const rule = await retryRule(bench);
        await neglected(bench, watched, rule, 2);
        const connection = controller.current;
        await controller.operate("Device.Reboot()");
        if (connection !== undefined && (await connection.closed(patience.reboot)) === undefined)
          throw new Inconclusive("precondition", "the agent does not reboot");
        await bench.ready();
        const sent = await neglected(bench, watched, rule, 1);
        await answer(bench, sent);
        return { rule, sent };
      }),
    *judge({ rule, sent }) {
      yield* inRanges("TR-369:R-NOT.4", rule, sent, [1]);
    },
  }),
  uspCase({
    id: "usp.notify-retry.foreign-subscription-id",
    title: "takes a NotifyResp for its Notify whatever its subscription_id",
    proves: ["TR-369:R-NOT.9"],
    waits: 12,
    drive: (bench) =>
      withWatched(bench, "foreign-id", RETRIED, async ({ parameter: { path, change }, subscription }) => {
        const { controller } = bench;
        const rule = await retryRule(bench);
        return unanswered(bench, path, async () => {
          await change();
          const log = await demandNotify(bench, tellsValue(subscription, path), "a ValueChange");
          await controller.send({
            version: controller.version,
            toId: controller.agentId,
            fromId: controller.endpointId,
            recordType: { case: "noSessionContext", value: { payload: foreignResponse(log.record.message?.msgId.value) } },
          });
          const more = await controller.silence(rangeOf(rule, 1)[1] + SLACK * 1000, tellsValue(subscription, path));
          return { log, more };
        });
      }),
    *judge({ log, more }) {
      yield noMore("TR-369:R-NOT.9", more, log);
    },
  }),
];

/** A NotifyResp with the subscription_id of no subscription. */
const foreignResponse = (msgId = ""): Buffer =>
  encodeMsg({
    header: { msgId, msgType: Header_MsgType.NOTIFY_RESP },
    body: {
      msgBody: { case: "response", value: { respType: { case: "notifyResp", value: { subscriptionId: "assay.nobody" } } } },
    },
  });
