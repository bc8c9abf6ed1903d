import { parameterNameList, parameterNames, parameterValues } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import type { Located } from "../../harness/core/finding.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import { isResponse } from "./answers.ts";

/** Octets of names in one request: well below the 32 kilobytes that a phone has to take (TR-069 3.5). */
const BATCH = 12_000;

export const isObject = (name: string): boolean => name.endsWith(".");
/** A name without the dot of an object. Lists are compared so where the dot is not what is judged: one case alone judges it. */
export const undotted = (name: string): string => (isObject(name) ? name.slice(0, -1) : name);
export const isUnder = (name: string, path: string): boolean => name.startsWith(path) && name !== path;
/** True for the next level below `path` alone, which ends with a dot or is empty. */
export const isChild = (name: string, path: string): boolean =>
  isUnder(name, path) && !undotted(name.slice(path.length)).includes(".");
/** The object that holds this parameter or object; `""` holds the root. */
export const holderOf = (name: string): string => name.slice(0, undotted(name).lastIndexOf(".") + 1);

/** The objects above this parameter or object, the root first. */
function holdersOf(name: string): readonly string[] {
  const holder = holderOf(name);
  return holder === "" ? [] : [...holdersOf(holder), holder];
}

/** The parameters among listed names: what has no dot at its end, is no instance, holds nothing and is not counted beside it. */
export function parametersAmong(names: readonly string[]): readonly string[] {
  const holders = new Set(names.map((name) => undotted(holderOf(name))));
  const all = new Set(names);
  return names.filter(
    (name) => !isObject(name) && !/\.\d+$/.test(name) && !holders.has(name) && !all.has(`${name}NumberOfEntries`),
  );
}

/** Names in a GetParameterNamesResponse, repetitions included; absent when the reply is something else. */
export function namesIn(reply: Reply): Located<readonly string[]> {
  const { where } = reply.at("GetParameterNamesResponse/ParameterList");
  return { value: isResponse(reply, "GetParameterNames") ? parameterNameList(reply).map(({ name }) => name) : undefined, where };
}

/** Names in a GetParameterValuesResponse, each once, for a phone may repeat what was asked for twice; absent when the reply is something else. */
export function valueNamesIn(reply: Reply): Located<readonly string[]> {
  const { where } = reply.at("GetParameterValuesResponse/ParameterList");
  return { value: isResponse(reply, "GetParameterValues") ? [...parameterValues(reply).keys()] : undefined, where };
}

/** Instances that come and go by themselves, such as those of a table of processes: two lists of names may differ in them. */
export const passing = (names: readonly string[], { values }: Phone): readonly string[] =>
  names.filter((name) => /\.\d+\./.test(name) && values.isVolatile(name));

/**
 * The list of all that the phone has. Asked for at the root, because the empty path is what many phones do not know and
 * what cases of their own are about; so is that a list may be as long as it has to be.
 * @throws Inconclusive when the phone does not tell it
 */
export async function listAll(session: Session, phone: Phone): Promise<Reply> {
  const reply = await session.getParameterNames(phone.root, false);
  if (parameterNames(reply).size > 1) return reply;
  throw new Inconclusive("precondition", `asked for all names under ${phone.root}, the phone gave: ${reply.summary.value}`);
}

/**
 * The names of all that the phone has, each once, for a case that needs them to compare with.
 * @throws Inconclusive when the phone does not tell them
 */
export async function wholeModel(session: Session, phone: Phone): Promise<readonly string[]> {
  return [...parameterNames(await listAll(session, phone)).keys()];
}

/** Names in groups that each fit well into a request. */
export function* batches(names: readonly string[], octets = BATCH): Iterable<readonly string[]> {
  let batch: string[] = [];
  let size = 0;
  for (const name of names) {
    if (batch.length > 0 && size + name.length > octets) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(name);
    size += name.length + "<string></string>".length;
  }
  if (batch.length > 0) yield batch;
}

/** Every object among these names, in the order of the model, whether it is listed itself or only as part of other names. */
export const objectsOf = (names: readonly string[]): readonly string[] => [
  ...new Set(names.flatMap((name) => (isObject(name) ? [...holdersOf(name), name] : holdersOf(name)))),
];

/** At most `count` of a list, spread over all of it. */
export const spread = <Item>(list: readonly Item[], count: number): readonly Item[] =>
  list.filter((_, index) => Math.floor((index * count) / list.length) !== Math.floor(((index - 1) * count) / list.length));

/**
 * The control of cases that expect a fault for a name: asked for a name that it has, the phone answers the same method
 * with it. A phone that refuses everything earns nothing by that.
 * @throws Inconclusive when it does not
 */
export async function showNaming(session: Session, phone: Phone): Promise<void> {
  const reply = await session.getParameterNames(phone.root, true);
  if (parameterNames(reply).size === 0)
    throw new Inconclusive("control-failed", `asked for what is in ${phone.root}, the phone gave: ${reply.summary.value}`);
}

/**
 * As `showNaming`, for GetParameterValues.
 * @throws Inconclusive when the phone does not tell its SoftwareVersion
 */
export async function showReading(session: Session, phone: Phone): Promise<void> {
  const name = phone.path("DeviceInfo.SoftwareVersion");
  const reply = await session.getParameterValues([name]);
  if (!parameterValues(reply).has(name))
    throw new Inconclusive("control-failed", `asked for ${name}, the phone gave: ${reply.summary.value}`);
}
