import type { UspAgent, UspBench } from "../../../harness/bench/usp-bench.ts";
import type { UspParameter } from "../../../harness/controller/controller.ts";
import { parametersIn, supportedPath } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { settings } from "./making.ts";

/** A table inside an instance of another one, in which Add creates instances. */
export interface NestedTable {
  readonly path: string;
  /** Settings that a new instance takes. */
  readonly params: readonly UspParameter[];
  /** The instance that holds the table: `Device.LocalAgent.Controller.2.` */
  readonly holder: string;
  /** The table with something else in place of the holder's instance number: `Device.LocalAgent.Controller.*.BootParameter.` */
  among(step: string): string;
}

/** The nested table that the agent offers (`values.usp.nestedTable`). @throws Inconclusive `precondition` when it is not nested */
export function nestedTable({ values }: UspAgent): NestedTable {
  const { path, params } = values.nestedTable;
  const [, table, number, child] = /^(.*\.)(\d+)\.(\w+\.)$/.exec(path) ?? [];
  if (table === undefined || number === undefined || child === undefined)
    throw new Inconclusive("precondition", `${path} is not a table inside an instance of another one`);
  return {
    path,
    params: settings(params),
    holder: `${table}${number}.`,
    among: (step) => `${table}${step}.${child}`,
  };
}

const keySets = (agent: UspAgent, instance: string): readonly (readonly string[])[] =>
  agent.objects.get(supportedPath(instance))?.uniqueKeySets ?? [];

/**
 * An expression that describes an instance by its unique keys, `[EndpointID=="os::1"]`.
 * @throws Inconclusive `precondition` when the agent does not tell them
 */
export async function byKeys({ controller, agent }: UspBench, instance: string): Promise<string> {
  const [keys = []] = keySets(agent, instance);
  const seen = parametersIn(await controller.get(keys.map((name) => instance + name)));
  const components = keys.flatMap((name) => {
    const { value } = seen.get(instance + name) ?? {};
    return value === undefined ? [] : `${name}==${JSON.stringify(value)}`;
  });
  if (keys.length > 0 && components.length === keys.length) return `[${components.join("&&")}]`;
  throw new Inconclusive("precondition", `the agent does not tell unique keys of ${instance} and their values`);
}

/** An expression that describes all instances beside `instance`, by the name of a unique key. @throws Inconclusive as `byKeys` */
export function anyKey(agent: UspAgent, instance: string): string {
  const [name] = keySets(agent, instance).flat();
  if (name !== undefined) return `[${name}!="assay-none"]`;
  throw new Inconclusive("precondition", `the agent does not tell unique keys of ${instance}`);
}

/**
 * For a table in which no two instances may be made by the same settings.
 * @throws Inconclusive `precondition` when no unique key is among the settings
 */
export function demandKey(agent: UspAgent, { path, params }: NestedTable): void {
  const names = params.map(({ name }) => name);
  if (keySets(agent, `${path}1.`).some((keys) => keys.length > 0 && keys.every((key) => names.includes(key)))) return;
  throw new Inconclusive("precondition", `the settings for new instances of ${path} have none of its unique keys`);
}
