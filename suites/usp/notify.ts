import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, matches, same } from "../../harness/core/finding.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import { SUBSCRIPTIONS } from "./support/instances.ts";
import { notified, type Subscription, tellsEvent, tellsObject, withSubscription } from "./support/notifications.ts";
import { withValues } from "./support/values.ts";

/** PeriodicNotifInterval, and by how much the wait for Periodic! may differ from it, in seconds (TP-469 1.59). */
const PERIOD = 60;
const PERIOD_SLACK = 4;

interface Told {
  readonly watcher: Subscription;
  readonly other: Subscription;
  readonly log: UspRecordLog | undefined;
}

/** A subscription to what becomes of subscriptions; another one that comes, and goes if `goes`; and what is told of it. */
const watchingSubscriptions = (bench: UspBench, goes: boolean): Promise<Told> => {
  const [name, type, what] = goes
    ? (["object-deletion", "ObjectDeletion", "obj_deletion"] as const)
    : (["object-creation", "ObjectCreation", "obj_creation"] as const);
  const { controller, patience } = bench;
  const settings = { NotifRetry: "true" };
  return withSubscription(bench, { name, type, references: SUBSCRIPTIONS, settings }, (watcher) =>
    withSubscription(
      bench,
      { name: `${name}-2`, type: "ValueChange", references: "Device.LocalAgent.SoftwareVersion" },
      async (other) => {
        if (goes) {
          const reply = await controller.delete([other.path]);
          if (reply.kind !== "response")
            throw new Inconclusive("precondition", `deleting a subscription: the agent gave ${reply.summary.value}`);
        }
        const log = await controller.next(tellsObject(watcher, what, other.path), patience.contact);
        return { watcher, other, log };
      },
    ),
  );
};

/** The notification is there, with the ID of its subscription. */
function* toldBy({ watcher, other, log }: Told, what: string): Iterable<Finding> {
  yield notified("TR-369:R-NOT.0", log, `the ${what} of ${other.path}`, "it");
  const message = log?.record.message;
  if (message !== undefined) yield same("TR-369:R-NOT.7", message.at("request/notify/subscription_id"), watcher.id);
}

export const notifyCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.notify.object-creation",
    title: "notifies of a new object, with its unique keys",
    proves: ["TR-369:R-NOT.0", "TR-369:R-NOT.7", "TP-469:1.57#unique-keys"],
    references: ["TP-469 1.57"],
    async drive(bench) {
      return { ...(await watchingSubscriptions(bench, false)), recipient: bench.agent.controllerPath.slice(0, -1) };
    },
    *judge({ recipient, ...told }) {
      yield* toldBy(told, "creation");
      if (told.log?.record.message === undefined) return;
      const { where } = told.log;
      const keys = told.log.record.message.entries("request/notify/obj_creation/unique_keys");
      const nothing = { value: undefined, where };
      yield same("TP-469:1.57#unique-keys", keys.get("ID") ?? nothing, told.other.id);
      // Whether a reference to an object ends with a dot is told differently by different editions.
      const seen = keys.get("Recipient") ?? nothing;
      yield same("TP-469:1.57#unique-keys", { ...seen, value: seen.value?.replace(/\.$/, "") }, recipient);
    },
  }),
  uspCase({
    id: "usp.notify.object-deletion",
    title: "notifies of an object that is gone",
    proves: ["TR-369:R-NOT.0", "TR-369:R-NOT.7"],
    references: ["TP-469 1.58"],
    drive: (bench) => watchingSubscriptions(bench, true),
    *judge(told) {
      yield* toldBy(told, "deletion");
    },
  }),
  uspCase({
    id: "usp.notify.periodic",
    title: "sends Periodic! in the interval that it is given",
    proves: ["TR-369:R-NOT.0", "TP-469:1.59#interval"],
    references: ["TP-469 1.59"],
    needs: ["usp-periodic"],
    waits: 2 * PERIOD,
    drive(bench) {
      const { controller, agent } = bench;
      const time = agent.supports(`${agent.controllerPath}PeriodicNotifTime`)
        ? { PeriodicNotifTime: "2019-01-01T00:00:00Z" }
        : {};
      const values = { PeriodicNotifInterval: String(PERIOD), ...time };
      const wanted = { name: "periodic", type: "Event", references: "Device.LocalAgent.Periodic!" } as const;
      return withValues(bench, agent.controllerPath, values, () =>
        withSubscription(bench, wanted, async (subscription) => {
          const fits = tellsEvent(subscription, "Periodic!");
          const within = 2 * (PERIOD + PERIOD_SLACK) * 1000;
          const first = await controller.next(fits, within);
          return { first, second: first === undefined ? undefined : await controller.next(fits, within) };
        }),
      );
    },
    *judge({ first, second }) {
      yield notified("TR-369:R-NOT.0", first, "Periodic!", "PeriodicNotifInterval was set");
      if (first?.record.message === undefined) return;
      yield matches(
        "TR-369:R-NOT.0",
        first.record.message.at("request/notify/event/obj_path"),
        /^Device\.LocalAgent\.$/,
        '"Device.LocalAgent."',
      );
      const waited = second === undefined ? undefined : (second.at - first.at) / 1000;
      yield holds("TP-469:1.59#interval", waited !== undefined && Math.abs(waited - PERIOD) <= PERIOD_SLACK, {
        expected: `another one ${PERIOD} s later, give or take ${PERIOD_SLACK}`,
        actual: waited === undefined ? "none" : `${waited.toFixed(1)} s later`,
        where: second?.where ?? `after ${first.where}`,
      });
    },
  }),
];
