import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { deletingMade, hasValue } from "./support/instances.ts";
import { settings } from "./support/making.ts";
import { tellsEvent, withSubscription } from "./support/notifications.ts";

/** Names that an agent has, whatever else it is. */
const NAMES = ["SoftwareVersion", "Manufacturer"].map((name) => `Device.DeviceInfo.${name}`);

/** Numbers of instances (TR-369 "Instance Number Addressing"). */
export const instanceNumberCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.instance-number.kept",
    title: "keeps the numbers of instances over a reboot, whichever others are gone",
    proves: ["TR-369:R-ARC.8"],
    needs: ["usp-reboot", "usp-boot-parameters"],
    disturbs: "reboot",
    drive: (bench) =>
      withSubscription(
        bench,
        { name: "numbers", type: "Event", references: "Device.Boot!", settings: { Persistent: "true" } },
        (boots) =>
          deletingMade(bench.controller, async ({ add }) => {
            const { controller, agent, patience } = bench;
            const table = `${agent.controllerPath}BootParameter.`;
            const told = parametersIn(await controller.get([table]));
            const taken = [...told].flatMap(([path, { value }]) => (path.endsWith(".ParameterName") ? [value] : []));
            const [first, second] = NAMES.filter((name) => !taken.includes(name));
            if (first === undefined || second === undefined)
              throw new Inconclusive("precondition", `${table} has the parameters that it was to be given`);
            const gone = await add(table, settings({ Enable: "false", ParameterName: first }));
            const path = await add(table, settings({ Enable: "false", ParameterName: second }));
            await controller.delete([gone]);
            await controller.operate("Device.Reboot()", {}, { commandKey: "assay-numbers" });
            if ((await controller.next(tellsEvent(boots, "Boot!"), patience.reboot)) === undefined)
              throw new Inconclusive("precondition", "the agent tells no Boot! after Device.Reboot()");
            return { name: `${path}ParameterName`, value: second, after: await controller.get([`${path}ParameterName`]) };
          }),
      ),
    *judge({ name, value, after }) {
      yield hasValue("TR-369:R-ARC.8", after, name, value);
    },
  }),
];
