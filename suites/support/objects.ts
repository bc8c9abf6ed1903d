import { instanceNumber, parameterNameList, parameterValue, parameterValueList } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import { type Finding, few, holds, type Located } from "../../harness/core/finding.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import type { TableValue } from "../../harness/phone/values.ts";
import { inResponse } from "./answers.ts";
import { holderOf, namesIn, undotted } from "./model.ts";
import { demand, tidyUp } from "./steps.ts";

/** The instances that a case has created, so that none is left behind. */
export interface Created {
  /**
   * Creates an instance as a step that the case does not judge, and gives its path with the dot.
   * @throws Inconclusive `precondition` when the phone does not create it, says so and does not list it, or gives a number again
   */
  add(session: Session, table: string, parameterKey?: string): Promise<string>;
  /**
   * Deletes an instance as a step that the case does not judge.
   * @throws Inconclusive `precondition` when the phone does not delete it, or says so and lists it still
   */
  remove(session: Session, instance: string): Promise<void>;
  /** Notes what an AddObject that the case judges has created, if it did, and gives its path with the dot. */
  note(table: string, reply: Reply): string | undefined;
}

/** Opens a session for `work`; the instances that it creates are deleted afterwards, also when it failed. */
export async function deletingCreated<T>(
  { acs }: Pick<CwmpBench, "acs">,
  work: (session: Session, created: Created) => Promise<T>,
): Promise<T> {
  const paths: string[] = [];
  const note = (table: string, reply: Reply): string | undefined => {
    const { value } = instanceNumber(reply);
    if (value === undefined || value < 1) return undefined;
    const path = `${undotted(table)}.${value}.`;
    paths.unshift(path);
    return path;
  };
  const add = async (session: Session, table: string, parameterKey?: string): Promise<string> => {
    const reply = await session.addObject(table, parameterKey);
    demand(reply, "AddObject", `creating an instance of ${table}`);
    const taken = new Set(paths);
    const path = note(table, reply);
    if (path === undefined) throw new Inconclusive("precondition", `AddObject of ${table} gave no usable instance number`);
    if (taken.has(path)) throw new Inconclusive("precondition", `AddObject of ${table} made ${path}, which was there`);
    if ((await lists(session, table, path)) === false)
      throw new Inconclusive("precondition", `${path} is not listed after the AddObject that was said to make it`);
    return path;
  };
  const remove = async (session: Session, instance: string): Promise<void> => {
    demand(await session.deleteObject(instance), "DeleteObject", `deleting ${instance}`);
    if (await lists(session, holderOf(instance), instance))
      throw new Inconclusive("precondition", `${instance} is still listed after the DeleteObject that was said to delete it`);
    paths.splice(paths.indexOf(instance), 1);
  };
  const session = await acs.session();
  try {
    return await work(session, { add, remove, note });
  } finally {
    if (paths.length > 0 || !session.over)
      await tidyUp(acs, session, async (last) => {
        for (const path of paths) await last.deleteObject(path);
      });
  }
}

/** Paths, with the dot, of the instances in a GetParameterNamesResponse; absent for any other reply. */
export function instancesIn(reply: Reply, table: string): Located<readonly string[]> {
  const { value, where } = namesIn(reply);
  const instance = (name: string): boolean => name.startsWith(table) && /^\d+\.?$/.test(name.slice(table.length));
  return { value: value?.filter(instance).map((name) => `${undotted(name)}.`), where };
}

/**
 * The instances of a table, as a step that the case does not judge.
 * @throws Inconclusive `precondition` when the phone does not list them
 */
export async function instancesOf(session: Session, table: string): Promise<readonly string[]> {
  const reply = await session.getParameterNames(table, true);
  // A table without instances has to give an empty list (TR-069 A.3.2.3); a phone that faults it is another case's business.
  if (reply.faultCode.value === "9005") return [];
  demand(reply, "GetParameterNames", `listing ${table}`);
  return instancesIn(reply, table).value ?? [];
}

/** Whether the phone lists an instance; undefined when it does not list the table, which is another case's business. */
async function lists(session: Session, table: string, instance: string): Promise<boolean | undefined> {
  return instancesIn(await session.getParameterNames(table, true), table).value?.includes(instance);
}

/** That the response lists the instance, or that it does not. */
export function* listing(requirement: string, names: Reply, table: string, instance: string, there: boolean): Iterable<Finding> {
  yield* inResponse(requirement, names, "GetParameterNames", function* () {
    const { value = [], where } = instancesIn(names, table);
    yield holds(requirement, value.includes(instance) === there, {
      expected: there ? `${instance} among the instances` : `no ${instance} among the instances`,
      actual: few(value),
      where,
    });
  });
}

/** The NumberOfEntries parameter of `values.table`, and the instances that it has to count. */
export async function countOf(session: Session, { values }: Phone) {
  const instances = await instancesOf(session, values.table.path);
  const { path } = values.numberOfEntries;
  return { instances, count: parameterValue(await session.getParameterValues([path]), path) };
}

/**
 * A writable string in an instance of `values.table`: the profile's column, or else the first one that the instance shows.
 * @throws Inconclusive `precondition` when it shows none
 */
export async function columnOf(session: Session, { path, column }: TableValue, instance: string): Promise<string> {
  if (column !== undefined) return column;
  const writable = parameterNameList(await session.getParameterNames(instance, true)).filter(
    ({ name, writable }) => writable === true && !name.endsWith("."),
  );
  const values = writable.length === 0 ? undefined : await session.getParameterValues(writable.map(({ name }) => name));
  const found = values && parameterValueList(values).find(({ type }) => type === "string");
  if (found !== undefined) return found.name.slice(instance.length);
  throw new Inconclusive("precondition", `${path} shows no writable string in its instances; name one as column in the profile`);
}
