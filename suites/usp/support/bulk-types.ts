import type { UspAgent, UspBench } from "../../../harness/bench/usp-bench.ts";
import { parametersIn, supportedPath } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import type { Reported } from "./bulk.ts";

/** A parameter of a known type and value, which does not change by itself. */
export interface Typed {
  readonly path: string;
  /** Base type of TR-106. */
  readonly type: string;
  readonly value: string;
}

const NAMES: Readonly<Record<string, string>> = {
  PARAM_BASE_64: "base64",
  PARAM_BOOLEAN: "boolean",
  PARAM_DATE_TIME: "dateTime",
  PARAM_HEX_BINARY: "hexBinary",
  PARAM_INT: "int",
  PARAM_LONG: "long",
  PARAM_STRING: "string",
  PARAM_UNSIGNED_INT: "unsignedInt",
  PARAM_UNSIGNED_LONG: "unsignedLong",
};

/** Parameters of our entry at the agent, of as many types as it has them there. */
const OF_ENTRY = ["EndpointID", "Enable", "PeriodicNotifInterval", "PeriodicNotifTime"];

/** The base type that an agent tells for a parameter; undefined when it tells none. */
export function typeOf({ objects }: UspAgent, path: string): string | undefined {
  const cut = path.lastIndexOf(".") + 1;
  return NAMES[objects.get(supportedPath(path.slice(0, cut)))?.params.get(path.slice(cut))?.type ?? ""];
}

/**
 * Parameters of several types, with their values.
 * @throws Inconclusive `precondition` when the agent does not show a boolean, a number and a string
 */
export async function typedParameters({ controller, agent }: UspBench): Promise<readonly Typed[]> {
  const paths = OF_ENTRY.map((name) => agent.controllerPath + name);
  const typed = [...parametersIn(await controller.get(paths))].flatMap(([path, { value = "" }]) => {
    const type = typeOf(agent, path);
    return type === undefined ? [] : [{ path, type, value }];
  });
  if (typed.length < 3) throw new Inconclusive("precondition", `the agent shows no types of ${paths.join(", ")}`);
  return typed;
}

/** Reports them under their paths. */
export const byPath = (typed: readonly Typed[]): readonly Reported[] => typed.map(({ path }) => ({ name: "", reference: path }));
