import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { deletedIn, instancesIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, matches, same } from "../../harness/core/finding.ts";
import { deletingMade, hasValue, SUBSCRIPTIONS } from "./support/instances.ts";
import { settings } from "./support/making.ts";
import { demandNotify, notified, notNotified, tellsValue, withSubscription, withWatched } from "./support/notifications.ts";
import { withSecondController } from "./support/second-controller.ts";

/** Longest time between a change and its notification, in milliseconds (TR-369 R-NOT.0a), and some for the way. */
const SOON = 10_000 + 1_000;
/** How long a notification that must not come is waited for. */
const QUIET = 20_000;
/** How long an agent that has notified may take to configure itself, in milliseconds. */
const CONFIGURES = 2_000;
/** TimeToLive in seconds. */
const LIFE = 20;

/** A subscription that must be gone. */
function unlisted(requirement: string, list: UspReply, path: string): Finding {
  const listed = instancesIn(list).includes(path);
  return holds(requirement, list.kind === "response" && !listed, {
    expected: `a list of subscriptions without ${path}`,
    actual: listed ? "it is there" : list.summary.value,
    where: list.summary.where,
  });
}

const NOTIFY = "request/notify/value_change";

export const subscriptionCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.subscription.value-change",
    title: "notifies of a changed value, with the ID of the subscription",
    proves: ["TR-369:R-NOT.0", "TR-369:R-NOT.0a", "TR-369:R-NOT.7"],
    references: ["TP-469 1.52"],
    beyondPlan: ["TR-369:R-NOT.0a"],
    drive: (bench) =>
      withWatched(bench, "value-change", { NotifRetry: "true" }, async ({ parameter: { path, change }, subscription }) => {
        const { value, at } = await change();
        const log = await bench.controller.next(tellsValue(subscription, path), bench.patience.contact);
        return { id: subscription.id, path, value, at, log };
      }),
    *judge({ id, path, value, at, log }) {
      const message = log?.record.message;
      yield notified("TR-369:R-NOT.0", log, path, "the change");
      if (log === undefined || message === undefined) return;
      yield same("TR-369:R-NOT.0", message.at(`${NOTIFY}/param_value`), value);
      yield same("TR-369:R-NOT.7", message.at("request/notify/subscription_id"), id);
      yield holds("TR-369:R-NOT.0a", log.at - at <= SOON, {
        expected: "within 10 s of the change",
        actual: `after ${((log.at - at) / 1000).toFixed(1)} s`,
        where: log.where,
      });
    },
  }),
  uspCase({
    id: "usp.subscription.deleted",
    title: "notifies no more once the subscription is deleted",
    proves: ["TR-369:R-NOT.0"],
    references: ["TP-469 1.53"],
    waits: QUIET / 1000,
    drive: (bench) =>
      withWatched(bench, "deleted", { NotifRetry: "true" }, async ({ parameter: { path, change }, subscription }) => {
        const { controller } = bench;
        await change();
        await demandNotify(bench, tellsValue(subscription, path), "a ValueChange");
        const deleted = await controller.delete([subscription.path]);
        if (deleted.kind !== "response")
          throw new Inconclusive("precondition", `deleting the subscription: the agent gave ${deleted.summary.value}`);
        const { value } = await change();
        const log = await controller.silence(QUIET, tellsValue(subscription, path, value));
        return { path, log };
      }),
    *judge({ path, log }) {
      yield notNotified("TR-369:R-NOT.0", log, path, "the change");
    },
  }),
  uspCase({
    id: "usp.subscription.expired",
    title: "removes a subscription whose TimeToLive is over, and notifies no more",
    proves: ["TR-369:R-NOT.0"],
    references: ["TP-469 1.55"],
    needs: ["usp-time-to-live"],
    waits: LIFE + QUIET / 1000,
    drive: (bench) =>
      withWatched(
        bench,
        "expired",
        { NotifRetry: "true", TimeToLive: String(LIFE) },
        async ({ parameter: { path, change }, subscription }) => {
          const { controller, clock } = bench;
          await change();
          await demandNotify(bench, tellsValue(subscription, path), "a ValueChange");
          const over = subscription.at + LIFE * 1000 + SOON;
          await controller.silence(Math.max(over - clock.now(), 0), () => false);
          const instances = await controller.getInstances([SUBSCRIPTIONS], true);
          const { value } = await change();
          const log = await controller.silence(QUIET, tellsValue(subscription, path, value));
          return { path, subscription, instances, log };
        },
      ),
    *judge({ path, subscription, instances, log }) {
      yield unlisted("TR-369:R-NOT.0", instances, subscription.path);
      yield notNotified("TR-369:R-NOT.0", log, path, "the change");
    },
  }),
  uspCase({
    id: "usp.subscription.search-path",
    title: "notifies of a change in any instance that a search path names",
    proves: ["TR-369:R-NOT.0"],
    references: ["TP-469 1.84"],
    needs: ["usp-nested-table"],
    async drive(bench) {
      const { controller, agent, patience } = bench;
      const { path: table, params } = agent.values.nestedTable;
      const enable = params.Enable;
      if (enable === undefined) throw new Inconclusive("precondition", `instances of ${table} are given no Enable to change`);
      const isOn = /^(true|1)$/.test(enable);
      const wanted = { name: "search-path", type: "ValueChange", references: `${table}*.Enable` } as const;
      return deletingMade(controller, async ({ add }) => {
        const instance = await add(table, settings(params));
        return withSubscription(bench, wanted, async (subscription) => {
          const path = `${instance}Enable`;
          const change = [{ name: "Enable", value: String(!isOn), required: true }];
          const reply = await controller.set([{ path: instance, params: change }]);
          if (reply.kind !== "response")
            throw new Inconclusive("precondition", `writing ${path}: the agent gave ${reply.summary.value}`);
          return { path, isOn, log: await controller.next(tellsValue(subscription, path), patience.contact) };
        });
      });
    },
    *judge({ path, isOn, log }) {
      const seen = log?.record.message?.at(`${NOTIFY}/param_value`) ?? { value: undefined, where: "after the change" };
      yield matches("TR-369:R-NOT.0", seen, isOn ? /^(false|0)$/ : /^(true|1)$/, `a Notify of ${path} with ${!isOn}`);
    },
  }),
  uspCase({
    id: "usp.subscription.recipient-deleted",
    title: "deletes the subscriptions of a controller together with it",
    proves: ["TR-369:R-NOT.0"],
    references: ["TP-469 1.78"],
    needs: ["usp-add-controller", "usp-websocket"],
    drive: (bench) =>
      withSecondController(bench, async ({ path, subscribe, leave }) => {
        const { controller } = bench;
        const subscription = await subscribe();
        await leave();
        const deleted = await controller.delete([path]);
        if (!deletedIn(deleted).includes(path))
          throw new Inconclusive("precondition", `deleting ${path}: the agent gave ${deleted.summary.value}`);
        return { subscription, list: await controller.getInstances([SUBSCRIPTIONS], true) };
      }),
    *judge({ subscription, list }) {
      yield unlisted("TR-369:R-NOT.0", list, subscription);
    },
  }),
  ...(["Config", "NotifyAndConfig"] as const).map((action) =>
    uspCase({
      id: `usp.subscription.${action === "Config" ? "trigger-config" : "trigger-notify-and-config"}`,
      title: `${action === "Config" ? "configures itself" : "notifies and configures itself"} when its subscription says so`,
      proves: ["TR-369:R-NOT.0"],
      references: [action === "Config" ? "TP-469 1.93" : "TP-469 1.94"],
      needs: ["usp-trigger-action"],
      waits: (QUIET + CONFIGURES) / 1000,
      drive: (bench) =>
        withWatched(
          bench,
          `trigger-${action}`,
          { TriggerAction: action, NotifRetry: "true" },
          async ({ parameter: { path, change }, subscription }) => {
            const { controller } = bench;
            const enable = `${subscription.path}Enable`;
            const params = [{ name: "TriggerConfigSettings", value: `${enable}=false`, required: true }];
            const set = await controller.set([{ path: subscription.path, params }]);
            if (set.kind !== "response")
              throw new Inconclusive("precondition", `writing TriggerConfigSettings: the agent gave ${set.summary.value}`);
            const { value } = await change();
            const log = await controller.next(tellsValue(subscription, path), QUIET);
            // It may notify first.
            await controller.silence(CONFIGURES, () => false);
            const got = await controller.get([enable]);
            return { path, value, log, enable, got };
          },
        ),
      *judge({ path, value, log, enable, got }) {
        yield hasValue("TR-369:R-NOT.0", got, enable, "false");
        if (action === "Config") yield notNotified("TR-369:R-NOT.0", log, path, "the change");
        else {
          const seen = log?.record.message?.at(`${NOTIFY}/param_value`) ?? { value: undefined, where: "after the change" };
          yield same("TR-369:R-NOT.0", seen, value);
        }
      },
    }),
  ),
];
