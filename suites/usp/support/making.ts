import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import type { Controller, UspParameter } from "../../../harness/controller/controller.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { deletingMade, instancesOf, SUBSCRIPTIONS, subscription } from "./instances.ts";

const CONTROLLERS = "Device.LocalAgent.Controller.";

type Values = Readonly<Record<string, string>>;

/** A name that nothing of the agent has. */
export const freshName = ({ random }: UspBench): string => `assay-${Math.floor(random() * 0xff_ff_ff_ff).toString(16)}`;

/** Values as settings of an Add. */
export const settings = (values: Values): readonly UspParameter[] =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

/** Lets `use` work with new subscriptions that never have anything to tell, but for what `each` says; they are deleted afterwards. */
export const withSubscriptions = <Seen>(
  bench: UspBench,
  each: readonly Values[],
  use: (paths: readonly string[]) => Promise<Seen>,
): Promise<Seen> =>
  deletingMade(bench.controller, async ({ add }) => {
    const paths: string[] = [];
    for (const values of each) {
      const usual = subscription(freshName(bench)).filter(({ name }) => values[name] === undefined);
      paths.push(await add(SUBSCRIPTIONS, [...usual, ...settings(values)]));
    }
    return use(paths);
  });

/**
 * Lets `use` work with an empty table: that of the Boot! parameters of a controller that does not exist and is switched off; of our own
 * where the agent lets nobody create controllers. A wildcard in it finds nothing that somebody needs. It is left empty.
 * @throws Inconclusive when it is not empty
 */
export const withEmptyTable = <Seen>(
  bench: UspBench,
  use: (table: string, add: (values: Values) => Promise<string>, endpointId: string) => Promise<Seen>,
): Promise<Seen> =>
  deletingMade(bench.controller, async ({ add }) => {
    const { controller, agent } = bench;
    const mayCreate = agent.creates(CONTROLLERS);
    const endpointId = mayCreate ? `self::${freshName(bench)}` : controller.endpointId;
    const holder = mayCreate
      ? await add(CONTROLLERS, settings({ EndpointID: endpointId, Enable: "false" }))
      : agent.controllerPath;
    const table = `${holder}BootParameter.`;
    const there = await instancesOf(controller, table);
    if (there.length > 0) throw new Inconclusive("precondition", `${table} is not empty, as it has to be for this case`);
    return use(table, (values) => add(table, settings(values)), endpointId);
  });

/** An instance that the table of subscriptions does not have. */
export async function absentInstance(controller: Controller): Promise<string> {
  const numbers = (await instancesOf(controller, SUBSCRIPTIONS)).map((path) => Number(/(\d+)\.$/.exec(path)?.[1] ?? 0));
  return `${SUBSCRIPTIONS}${Math.max(0, ...numbers) + 1000}.`;
}
