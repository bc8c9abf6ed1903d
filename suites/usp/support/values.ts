import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import { parametersIn, updatedIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { tidily } from "./instances.ts";

/**
 * Gives parameters of one object other values, and puts back after `use` what they held.
 * @param names parameters that `use` may change besides
 * @throws Inconclusive `precondition` when the agent does not take them
 */
export async function withValues<T>(
  { controller }: UspBench,
  object: string,
  values: Readonly<Record<string, string>>,
  use: () => Promise<T>,
  names: readonly string[] = [],
): Promise<T> {
  const all = [...new Set([...Object.keys(values), ...names])];
  const before = parametersIn(await controller.get(all.map((name) => object + name)));
  const write = (given: Readonly<Record<string, string>>) =>
    controller.set([{ path: object, params: Object.entries(given).map(([name, value]) => ({ name, value, required: true })) }]);
  const held = Object.fromEntries(
    all.flatMap((name) => {
      const value = before.get(object + name)?.value;
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  try {
    if (Object.keys(values).length > 0) {
      const reply = await write(values);
      const written = updatedIn(reply);
      if (!Object.keys(values).every((name) => written.includes(object + name)))
        throw new Inconclusive(
          "precondition",
          `writing ${Object.keys(values).join(", ")}: the agent gave ${reply.summary.value}`,
        );
    }
    return await use();
  } finally {
    await tidily(() => write(held));
  }
}
