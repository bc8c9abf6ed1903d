import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { deletingMade } from "./instances.ts";
import { settings } from "./making.ts";

export const TRUST = "Device.LocalAgent.ControllerTrust.";
export const ROLES = `${TRUST}Role.`;

/** A permission for our roles. Rights that are not given are all granted. */
export interface PermissionSettings {
  /** Paths that it is for, separated by commas. */
  readonly Targets: string;
  readonly Param?: string;
  readonly Obj?: string;
  readonly InstantiatedObj?: string;
  readonly CommandEvent?: string;
}

const EVERYTHING = { Param: "rwxn", Obj: "rwxn", InstantiatedObj: "rwxn", CommandEvent: "rwxn" };

/** References as a list has them, each with a dot at its end. */
export const references = (list: string): readonly string[] =>
  list.split(",").flatMap((one) => one.trim().replace(/\.?$/, ".").replace(/^\.$/, "") || []);

/**
 * The roles that our controller has at the agent, `Device.LocalAgent.ControllerTrust.Role.1.`.
 * @throws Inconclusive `precondition` when it tells none
 */
export async function ourRoles({ controller, agent }: UspBench): Promise<readonly string[]> {
  const names = ["AssignedRole", "InheritedRole"].map((name) => agent.controllerPath + name);
  const values = parametersIn(await controller.get(names));
  const roles = [...values.values()].flatMap(({ value = "" }) => references(value)).filter((role) => role.startsWith(ROLES));
  if (roles.length > 0) return [...new Set(roles)];
  throw new Inconclusive("precondition", `the agent tells no role of our controller in ${agent.controllerPath}AssignedRole`);
}

/**
 * Gives each of our roles further permissions, before all those that it has, and takes them away after `use`. Of several, the later one
 * comes before the earlier one.
 * @throws Inconclusive `precondition` when the agent does not take them
 */
export const withPermissions = <T>(
  bench: UspBench,
  permissions: readonly PermissionSettings[],
  use: () => Promise<T>,
): Promise<T> =>
  deletingMade(bench.controller, async ({ add }) => {
    for (const role of await ourRoles(bench)) {
      const table = `${role}Permission.`;
      let order = await highestOrder(bench, table);
      for (const permission of permissions) {
        order += 1;
        const place = bench.agent.supports(`${table}1.Order`) ? { Order: String(order) } : {};
        await add(table, settings({ Enable: "true", ...place, ...EVERYTHING, ...permission }));
      }
    }
    return use();
  });

/** The highest Order in a table of permissions; 0 when there is none. */
async function highestOrder({ controller }: UspBench, table: string): Promise<number> {
  const orders = parametersIn(await controller.get([`${table}*.Order`]));
  return Math.max(0, ...[...orders.values()].map(({ value = "" }) => Number(value) || 0));
}
