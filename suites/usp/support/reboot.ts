import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { tellsEvent, withSubscription } from "./notifications.ts";

/** Reboots the agent, and waits until it is back. @throws Inconclusive `precondition` when it does not say so */
export const reboot = (bench: UspBench): Promise<void> =>
  withSubscription(
    bench,
    { name: "reboot", type: "Event", references: "Device.Boot!", settings: { Persistent: "true" } },
    async (boots) => {
      const { controller, patience } = bench;
      // The Boot! of an earlier start may have come meanwhile.
      controller.forget();
      await controller.operate("Device.Reboot()");
      const boot = await controller.next(tellsEvent(boots, "Boot!"), patience.reboot);
      if (boot === undefined) throw new Inconclusive("precondition", "the agent does not tell that it has rebooted");
      await bench.ready();
    },
  );
