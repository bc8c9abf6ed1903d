import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, few, holds } from "../../../harness/core/finding.ts";
import type { Reported, Transferred } from "./bulk.ts";
import { type Growing, reportsIn } from "./bulk-judging.ts";
import { deletingMade } from "./instances.ts";
import { settings } from "./making.ts";

const ALL_BOOT_PARAMETERS = "Device.LocalAgent.Controller.*.BootParameter.*.Enable";

/** The time that an agent is up, as it was read before and after `use`. @param uptime parameter that tells it */
export async function growing<T>(
  { controller }: UspBench,
  { name, reference }: Reported,
  use: () => Promise<T>,
): Promise<T & { readonly growing: Growing }> {
  const read = async (): Promise<number> => {
    const value = parametersIn(await controller.get([reference])).get(reference)?.value;
    if (value !== undefined && /^\d+$/.test(value)) return Number(value);
    throw new Inconclusive("precondition", `the agent does not show ${reference}`);
  };
  const before = await read();
  const seen = await use();
  return { ...seen, growing: { name, before, after: await read() } };
}

/** What a report of several parameters has to hold, by the names that it gives them. */
export type Expected = ReadonlyMap<string, string>;

/**
 * At least two parameters that a reference with two wildcards finds, as the test plan has them: entries of the table of Boot! parameters
 * of our controller, which are deleted after `use`.
 */
export const withBootParameters = <T>(
  bench: UspBench,
  name: string,
  use: (reported: Reported, expected: Expected) => Promise<T>,
): Promise<T> =>
  deletingMade(bench.controller, async ({ add }) => {
    const { controller, agent } = bench;
    const paths = ["SoftwareVersion", "Manufacturer"].map((one) => `Device.DeviceInfo.${one}`);
    for (const [index, ParameterName] of paths.entries())
      await add(`${agent.controllerPath}BootParameter.`, settings({ Enable: String(index === 0), ParameterName }));
    const shown = parametersIn(await controller.get([ALL_BOOT_PARAMETERS]));
    const expected = [...shown].map(([path, { value = "" }]): [string, string] => {
      const numbers = [...path.matchAll(/\.(\d+)(?=\.)/g)].map(([, number]) => number);
      return [[name, ...numbers].join("."), value];
    });
    if (expected.length < 2) throw new Inconclusive("precondition", `the agent shows fewer than two of ${ALL_BOOT_PARAMETERS}`);
    return use({ name, reference: ALL_BOOT_PARAMETERS }, new Map(expected));
  });

/** An object whose parameters are reported, and what it holds. */
export interface ReportedObject {
  readonly reported: Reported;
  /** Its own parameters, by path relative to it. */
  readonly own: readonly string[];
  /** Those, and the parameters of everything inside it. */
  readonly all: readonly string[];
}

/** @param object path of an object, or of a table, in which case nothing is its own */
export async function reportedObject({ controller }: UspBench, name: string, object: string): Promise<ReportedObject> {
  const shown = [...parametersIn(await controller.get([object])).keys()];
  const all = shown.filter((path) => path.startsWith(object)).map((path) => path.slice(object.length));
  if (all.length === 0) throw new Inconclusive("precondition", `the agent shows no parameter in ${object}`);
  const own = all.filter((path) => /^(?:\d+\.)?[^.]+$/.test(path));
  return { reported: { name, reference: object }, own, all };
}

/**
 * That every report has all parameters of an object under names that end as their paths do (R-BULK.10). Whether it goes into what is
 * inside the object is left open.
 */
export function* reportsObject(
  requirement: string,
  transfers: readonly Transferred[],
  { reported: { name }, own, all }: ReportedObject,
): Iterable<Finding> {
  const known = new Set(all.map((path) => `${name}.${path}`));
  for (const { values, where } of reportsIn(transfers)) {
    const missing = own.map((path) => `${name}.${path}`).filter((one) => !values.has(one));
    const extra = [...values.keys()].filter((one) => !known.has(one));
    yield holds(requirement, missing.length + extra.length === 0, {
      expected: `${name}.<parameter> for each of ${few(own)}`,
      actual: missing.length + extra.length === 0 ? "these" : `missing ${few(missing)}; besides them ${few(extra)}`,
      where,
    });
  }
}
