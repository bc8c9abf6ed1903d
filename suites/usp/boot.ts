import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, type Located, matches, same } from "../../harness/core/finding.ts";
import type { UspMessage } from "../../harness/wire/usp.ts";
import { deletingMade } from "./support/instances.ts";
import { settings } from "./support/making.ts";
import { notified, tellsEvent, withSubscription } from "./support/notifications.ts";

const PARAMS = "request/notify/event/params";

/** Parameters for Boot! to tell: the test plan's, and what stands in for it where the agent lacks it. */
const CANDIDATES = ["BootFirmwareImage", "SoftwareVersion", "HardwareVersion", "Manufacturer"].map(
  (name) => `Device.DeviceInfo.${name}`,
);

/** Two parameters that Boot! does not tell yet. @throws Inconclusive `precondition` when there are none */
async function untold({ controller, agent }: UspBench): Promise<readonly [string, string]> {
  const told = parametersIn(await controller.get([`${agent.controllerPath}BootParameter.`]));
  const names = [...told].flatMap(([path, { value }]) => (path.endsWith(".ParameterName") ? [value] : []));
  const [one, other] = CANDIDATES.filter((path) => agent.supports(path) && !names.includes(path));
  if (one === undefined || other === undefined)
    throw new Inconclusive("precondition", "Boot! tells all that it could be told to");
  return [one, other];
}

/** The parameters of ParameterMap by name, or why it cannot be read. */
function readMap(text: string | undefined): ReadonlyMap<string, string> | string {
  if (text === undefined) return "no ParameterMap";
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "no JSON object";
    return new Map(Object.entries(value).map(([name, member]) => [name, String(member)]));
  } catch (error) {
    return (error as Error).message;
  }
}

/** That ParameterMap has a parameter, with its value if one is given. */
function tells(requirement: string, map: Located, path: string, value: string | undefined): Finding {
  const read = readMap(map.value);
  const told = typeof read === "string" ? undefined : read.get(path);
  return holds(requirement, told !== undefined && (value === undefined || told === value), {
    expected: value === undefined ? `${path} in ParameterMap` : `${path} = ${JSON.stringify(value)} in ParameterMap`,
    actual: typeof read === "string" ? read : (told ?? `${[...read.keys()].join(", ") || "nothing"} there`),
    where: map.where,
  });
}

function* ofReboot(message: UspMessage, commandKey: string): Iterable<Finding> {
  yield same("TP-469:9.10#cause", message.at(`${PARAMS}/Cause`), "RemoteReboot");
  yield same("TP-469:9.10#cause", message.at(`${PARAMS}/CommandKey`), commandKey);
  yield matches("TP-469:9.10#cause", message.at(`${PARAMS}/FirmwareUpdated`), /^(?:false|0)$/, "FirmwareUpdated false");
}

/** Boot!, and what it tells. */
export const bootCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.boot.parameters",
    title: "tells in Boot! why it started, and the parameters that it is to tell",
    proves: [
      "TP-469:9.10#event",
      "TP-469:9.10#cause",
      "TP-469:9.10#parameter-map",
      "TP-469:9.10#value",
      "TP-469:9.10#enabled-only",
    ],
    beyondPlan: ["TP-469:9.10#cause", "TP-469:9.10#value", "TP-469:9.10#enabled-only"],
    references: ["TP-469 9.10"],
    needs: ["usp-reboot", "usp-boot-parameters"],
    disturbs: "reboot",
    drive: (bench) =>
      withSubscription(
        bench,
        { name: "boot", type: "Event", references: "Device.Boot!", settings: { Persistent: "true" } },
        (subscription) =>
          deletingMade(bench.controller, async ({ add }) => {
            const { controller, agent, patience } = bench;
            const [wanted, off] = await untold(bench);
            const table = `${agent.controllerPath}BootParameter.`;
            await add(table, settings({ Enable: "true", ParameterName: wanted }));
            await add(table, settings({ Enable: "false", ParameterName: off }));
            const value = parametersIn(await controller.get([wanted])).get(wanted)?.value ?? "";
            const commandKey = "assay-boot";
            const connection = controller.current;
            // The Boot! of an earlier start may have come meanwhile.
            controller.forget();
            const reply = await controller.operate("Device.Reboot()", {}, { commandKey });
            const log = await controller.next(tellsEvent(subscription, "Boot!"), patience.reboot);
            if (log === undefined && connection?.open === true)
              throw new Inconclusive("precondition", "the agent does not reboot when it is told to");
            return { wanted, off, value, commandKey, reply, log };
          }),
      ),
    *judge({ wanted, off, value, commandKey, reply, log }) {
      yield notified("TP-469:9.10#event", log, "Boot!", reply.request.where);
      const message = log?.record.message;
      if (message === undefined) return;
      yield* ofReboot(message, commandKey);
      const map = message.at(`${PARAMS}/ParameterMap`);
      yield tells("TP-469:9.10#parameter-map", map, wanted, undefined);
      yield tells("TP-469:9.10#value", map, wanted, value);
      const read = readMap(map.value);
      yield holds("TP-469:9.10#enabled-only", typeof read !== "string" && !read.has(off), {
        expected: `no ${off}, which is not enabled`,
        actual: typeof read === "string" ? read : [...read.keys()].join(", "),
        where: map.where,
      });
    },
  }),
];
