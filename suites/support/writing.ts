import { boolean, parameterFaults, parameterValue, parameterValues } from "../../harness/acs/read.ts";
import type { ParameterSetting, Reply } from "../../harness/acs/session.ts";
import { type Finding, holds, oneOf, same } from "../../harness/core/finding.ts";
import { isResponse, responds } from "./answers.ts";
import type { Stage } from "./stage.ts";

/** A value that was written, and what reading it gave afterwards. */
export interface Writing {
  readonly setting: ParameterSetting;
  readonly set: Reply;
  readonly read: Reply;
}

/** Writes a value, by default with the type that the phone itself gives the parameter, and reads it. */
export async function writeAndRead(stage: Stage, name: string, value: string, type = stage.typeOf(name)): Promise<Writing> {
  const setting = { name, value, type };
  return { setting, set: await stage.write([setting]), read: await stage.read(name) };
}

/** Writes one value after the other to a parameter, and reads each. */
export async function writeEach(
  stage: Stage,
  name: string,
  values: readonly string[],
  type?: string,
): Promise<readonly Writing[]> {
  const writings: Writing[] = [];
  for (const value of values) writings.push(await writeAndRead(stage, name, value, type));
  return writings;
}

/** That a value was taken and reads back; `alike` says so where it may read back in another form. */
export function* kept(
  requirement: string,
  { setting: { name, value }, set, read }: Writing,
  alike?: (seen: string, written: string) => boolean,
): Iterable<Finding> {
  if (!isResponse(set, "SetParameterValues")) {
    const { value: actual, where } = set.summary;
    yield holds(requirement, false, {
      expected: `SetParameterValuesResponse to ${JSON.stringify(value)} for ${name}`,
      actual,
      where,
    });
    return;
  }
  yield* gives(requirement, read, name, value, alike);
}

/** That reading a parameter gave this value; `alike` says so where it may come in another form. */
export function* gives(
  requirement: string,
  read: Reply,
  name: string,
  value: string,
  alike?: (seen: string, value: string) => boolean,
): Iterable<Finding> {
  const seen = parameterValue(read, name);
  if (seen.value === undefined) yield responds(requirement, read, "GetParameterValues");
  if (alike === undefined || seen.value === undefined) yield same(requirement, seen, value);
  else
    yield holds(requirement, alike(seen.value, value), {
      expected: `${JSON.stringify(value)}, in whatever form`,
      actual: JSON.stringify(seen.value),
      where: seen.where,
    });
}

/** The same text, or another spelling of the same boolean (TR-069 A.2.1). */
export const sameOrBoolean = (seen: string, written: string): boolean =>
  seen === written || (boolean(written) !== undefined && boolean(seen) === boolean(written));

/** That the fault of a SetParameterValues names this parameter with one of these codes. */
export function refuses(requirement: string, reply: Reply, name: string, ...codes: readonly number[]): Finding {
  const found = parameterFaults(reply).find((one) => one.name === name);
  if (found !== undefined) return oneOf(requirement, { value: found.code, where: found.where }, codes);
  const { value = "nothing", where } = reply.summary;
  return holds(requirement, false, {
    expected: `a SetParameterValuesFault with ${codes.join(" or ")} for ${name}`,
    actual: reply.kind === "fault" ? `${value} without one` : value,
    where,
  });
}

/**
 * A setting that is wrong for one reason only: the parameter cannot be written. Its type is right, and for a string the value is
 * another one than there is now.
 */
export async function readOnlySetting(stage: Stage, name: string): Promise<ParameterSetting> {
  const { type = "string", value = "" } = parameterValues(await stage.read(name)).get(name) ?? {};
  return { name, type, value: type === "string" ? "assay" : value };
}

/** One of two values that are known to be taken: the one that is not there now. */
export const otherOf = (stage: Stage, { path, use }: { path: string; use: readonly [string, string] }): string =>
  stage.before(path) === use[0] ? use[1] : use[0];
