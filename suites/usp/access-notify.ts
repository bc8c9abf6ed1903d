import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import type { UspRecord } from "../../harness/wire/usp.ts";
import { deletingMade, SUBSCRIPTIONS, subscription, tidily } from "./support/instances.ts";
import { freshName } from "./support/making.ts";
import {
  demandNotify,
  notified,
  notNotified,
  type Subscription,
  subscribe,
  tellsCompletion,
  tellsObject,
  tellsValue,
  type Wanted,
  withChangeable,
  withWatched,
} from "./support/notifications.ts";
import { type PermissionSettings, withPermissions } from "./support/roles.ts";

const CHECKS = "TR-369:R-SEC.1";
const ALLOWED = "TP-469:2.11#allowed";
const NEEDS = ["usp-controller-trust-writable"] as const;

/** Milliseconds in which a Notify that is due has come: the plan's own. */
const QUIET = 30_000;

/**
 * What comes of a subscription while our roles do not permit it. Afterwards, when they do again, the same thing is told.
 * @param provoke does what it is about, and gives which Notify tells it
 */
async function unpermitted(
  bench: UspBench,
  wanted: Wanted,
  permission: PermissionSettings,
  provoke: (subscription: Subscription) => Promise<(record: UspRecord) => boolean>,
) {
  const { made, log } = await withPermissions(bench, [permission], async () => {
    const subscribed = await subscribe(bench, wanted);
    return { made: subscribed, log: await bench.controller.silence(QUIET, await provoke(subscribed)) };
  });
  try {
    await demandNotify(bench, await provoke(made), `${wanted.type} of ${wanted.references}`);
    return { log };
  } finally {
    await tidily(() => bench.controller.delete([made.path]));
  }
}

/** The same for the creation or the deletion of subscriptions. */
const unpermittedObjects = (bench: UspBench, what: "obj_creation" | "obj_deletion") =>
  deletingMade(bench.controller, async ({ add }) => {
    const isCreation = what === "obj_creation";
    const wanted = {
      name: `access-${isCreation ? "creation" : "deletion"}`,
      type: isCreation ? "ObjectCreation" : "ObjectDeletion",
      references: SUBSCRIPTIONS,
    } as const;
    const rights = isCreation ? { Obj: "rwx-" } : { InstantiatedObj: "rwx-" };
    return unpermitted(bench, wanted, { Targets: SUBSCRIPTIONS, ...rights }, async (watcher) => {
      const path = await add(SUBSCRIPTIONS, subscription(freshName(bench)));
      if (!isCreation) {
        const reply = await bench.controller.delete([path]);
        if (reply.kind !== "response")
          throw new Inconclusive("precondition", `deleting ${path}: the agent gave ${reply.summary.value}`);
      }
      return tellsObject(watcher, what, path);
    });
  });

export const accessNotifyCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.access.notify",
    title: "notifies of a value when a role permits it",
    proves: [ALLOWED],
    references: ["TP-469 2.19"],
    needs: NEEDS,
    drive: (bench) => {
      const { path } = bench.agent.values.writableString;
      return withPermissions(bench, [{ Targets: path, Param: "rw-n" }], () =>
        withWatched(bench, "access-allowed", {}, async ({ parameter, subscription: made }) => {
          const { value } = await parameter.change();
          return { path, log: await bench.controller.next(tellsValue(made, path, value), bench.patience.contact) };
        }),
      );
    },
    *judge({ path, log }) {
      yield notified(ALLOWED, log, path, "the change");
    },
  }),
  uspCase({
    id: "usp.access.notify-denied",
    title: "notifies of no value when the roles of the controller do not permit it",
    proves: [CHECKS],
    references: ["TP-469 2.20"],
    needs: NEEDS,
    waits: QUIET / 1000,
    drive: (bench) =>
      withChangeable(bench, async ({ path, change }) => {
        const wanted = { name: "access-denied", type: "ValueChange", references: path } as const;
        const seen = await unpermitted(bench, wanted, { Targets: path, Param: "rw--" }, async (made) =>
          tellsValue(made, path, (await change()).value),
        );
        return { path, ...seen };
      }),
    *judge({ path, log }) {
      yield notNotified(CHECKS, log, path, "the change");
    },
  }),
  uspCase({
    id: "usp.access.notify-creation-denied",
    title: "notifies of no new object when the roles of the controller do not permit it",
    proves: [CHECKS],
    needs: NEEDS,
    waits: QUIET / 1000,
    drive: (bench) => unpermittedObjects(bench, "obj_creation"),
    *judge({ log }) {
      yield notNotified(CHECKS, log, "a new subscription", "it was made");
    },
  }),
  uspCase({
    id: "usp.access.notify-deletion-denied",
    title: "notifies of no deleted object when the roles of the controller do not permit it",
    proves: [CHECKS],
    needs: NEEDS,
    waits: QUIET / 1000,
    drive: (bench) => unpermittedObjects(bench, "obj_deletion"),
    *judge({ log }) {
      yield notNotified(CHECKS, log, "a deleted subscription", "it was deleted");
    },
  }),
  uspCase({
    id: "usp.access.notify-completion-denied",
    title: "notifies of no command's end when the roles of the controller do not permit it",
    proves: [CHECKS],
    needs: [...NEEDS, "usp-async-command"],
    waits: QUIET / 1000,
    drive: (bench) => {
      const { command, args } = bench.agent.values.asyncCommand;
      const wanted = { name: "access-completion", type: "OperationComplete", references: command } as const;
      return unpermitted(bench, wanted, { Targets: command, CommandEvent: "r-x-" }, async (made) => {
        const commandKey = freshName(bench);
        await bench.controller.operate(command, args, { commandKey });
        return tellsCompletion(made, commandKey);
      });
    },
    *judge({ log }) {
      yield notNotified(CHECKS, log, "the command's end", "it was called");
    },
  }),
];
