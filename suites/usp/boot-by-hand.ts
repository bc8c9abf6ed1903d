import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, same } from "../../harness/core/finding.ts";
import type { UspMessage } from "../../harness/wire/usp.ts";
import { withSubscription } from "./support/notifications.ts";

const PARAMS = "request/notify/event/params";

/** The Boot! that comes once `start` has started the device anew, whichever subscription it is for. */
async function bootAfter({ controller, patience }: UspBench, start: () => Promise<void>): Promise<UspMessage> {
  // The Boot! of an earlier start may have come meanwhile.
  controller.forget();
  await start();
  const boot = await controller.notify(
    (notify) => notify.at("request/notify/event/event_name").value === "Boot!",
    patience.reboot,
  );
  if (boot !== undefined) return boot;
  const why = (await controller.ready())
    ? "the agent has come again, and has no subscription by which it would tell Boot!"
    : "the agent does not come again";
  throw new Inconclusive("precondition", why);
}

/** That a start at the device itself is told as one, without a key of any command. */
function* toldAs(requirement: string, boot: UspMessage, cause: string): Iterable<Finding> {
  yield same(requirement, boot.at(`${PARAMS}/Cause`), cause);
  yield same(requirement, boot.at(`${PARAMS}/CommandKey`), "");
}

/** What Boot! tells when nobody has asked for the start over USP. */
export const bootByHandCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.boot.power-cycle",
    title: "tells LocalReboot in Boot! when it was switched off and on",
    proves: ["TR-181:Boot#local-reboot"],
    needs: ["power-cycle", "usp-event-arguments"],
    disturbs: "reboot",
    drive: (bench) =>
      withSubscription(
        bench,
        { name: "power", type: "Event", references: "Device.Boot!", settings: { Persistent: "true" } },
        async () => ({ boot: await bootAfter(bench, () => bench.phone.powerCycle()) }),
      ),
    judge: ({ boot }) => toldAs("TR-181:Boot#local-reboot", boot, "LocalReboot"),
  }),
  uspCase({
    id: "usp.boot.local-reset",
    title: "tells LocalFactoryReset in Boot! when its user has reset it",
    proves: ["TR-181:Boot#local-reset"],
    needs: ["local-reset", "usp-event-arguments"],
    disturbs: "factory-reset",
    drive: async (bench) => ({ boot: await bootAfter(bench, () => bench.phone.localReset()) }),
    judge: ({ boot }) => toldAs("TR-181:Boot#local-reset", boot, "LocalFactoryReset"),
  }),
];
