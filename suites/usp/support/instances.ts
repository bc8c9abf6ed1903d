import type { UspAgent } from "../../../harness/bench/usp-bench.ts";
import type { Controller, UspParameter, UspReply } from "../../../harness/controller/controller.ts";
import { createdIn, instancesIn, parametersIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, few, holds, type Located } from "../../../harness/core/finding.ts";

/** The table in which every agent lets a controller create instances (profile Subscriptions:1). */
export const SUBSCRIPTIONS = "Device.LocalAgent.Subscription.";

/** Settings for a new subscription that never has anything to tell. */
export const subscription = (id: string, more: readonly UspParameter[] = []): readonly UspParameter[] => [
  { name: "ID", value: id },
  { name: "NotifType", value: "ValueChange" },
  { name: "ReferenceList", value: "Device.LocalAgent.SoftwareVersion" },
  ...more,
];

/** A boolean of a subscription that changes nothing while the subscription is off: the test plan's, where the agent has it. */
export const switchOf = (agent: UspAgent): string =>
  agent.supports(`${SUBSCRIPTIONS}1.NotifRetry`) ? "NotifRetry" : "Persistent";

/** The instances that a case has created, so that none is left behind. */
export interface Made {
  /**
   * Creates an instance as a step that the case does not judge, and gives its path.
   * @throws Inconclusive `precondition` when the agent does not say that it has
   */
  add(table: string, params: readonly UspParameter[]): Promise<string>;
  /** Notes what an Add that the case judges has created. */
  note(reply: UspReply): UspReply;
}

/** Does `work`; the instances that it creates are deleted afterwards, also when it failed. */
export async function deletingMade<T>(controller: Controller, work: (made: Made) => Promise<T>): Promise<T> {
  const paths: string[] = [];
  const note = (reply: UspReply): UspReply => {
    paths.push(...createdIn(reply));
    return reply;
  };
  const add = async (table: string, params: readonly UspParameter[]): Promise<string> => {
    const reply = note(await controller.add([{ path: table, params: params.map((one) => ({ ...one, required: true })) }]));
    const [path] = createdIn(reply);
    if (path !== undefined) return path;
    throw new Inconclusive("precondition", `creating an instance of ${table}: the agent gave ${reply.summary.value}`);
  };
  try {
    return await work({ add, note });
  } finally {
    await tidily(async () => {
      if (paths.length > 0) await controller.delete(paths, true);
    });
  }
}

/** Puts something back. What does not work shows in the comparison that follows each case, and must not hide how the case went. */
export async function tidily(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Inconclusive)) throw error;
  }
}

/**
 * The instances of a table, as a step that the case does not judge.
 * @throws Inconclusive `precondition` when the agent does not list them
 */
export async function instancesOf(controller: Controller, table: string): Promise<readonly string[]> {
  const reply = await controller.getInstances([table], true);
  if (reply.summary.value === "GET_INSTANCES_RESP") return instancesIn(reply);
  throw new Inconclusive("precondition", `listing ${table}: the agent gave ${reply.summary.value}`);
}

/** That a GetResp shows an instance whose parameter `name` has this value, or that it shows none. */
export function showing(requirement: string, reply: UspReply, name: string, value: string, there: boolean): Finding {
  const shown = [...parametersIn(reply)].filter(([path]) => path.endsWith(`.${name}`));
  const found = reply.kind === "response" ? shown.filter(([, seen]) => seen.value === value) : undefined;
  return holds(requirement, found !== undefined && found.length > 0 === there, {
    expected: there ? `an instance with ${name} ${value}` : `no instance with ${name} ${value}`,
    actual:
      found === undefined ? reply.summary.value : few((there ? shown : found).map(([path, seen]) => `${path} = ${seen.value}`)),
    where: found?.[0]?.[1].where ?? reply.summary.where,
  });
}

/** A truth value however it is spelled (TR-369 leaves the choice); any other text as it is. */
const meant = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : ({ "1": "true", "0": "false" }[text] ?? text);

/** That a GetResp shows a parameter with this value; "true" and "1" are one. */
export function hasValue(requirement: string, reply: UspReply, path: string, value: string): Finding {
  const seen: Located = parametersIn(reply).get(path) ?? { value: undefined, where: reply.summary.where };
  return holds(requirement, meant(seen.value) === meant(value), {
    expected: `${path} = ${JSON.stringify(value)}`,
    actual: seen.value === undefined ? undefined : JSON.stringify(seen.value),
    where: seen.where,
  });
}
