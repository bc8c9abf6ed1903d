import type { Reply } from "../../harness/acs/session.ts";
import { type Finding, holds, type Located, oneOf, same } from "../../harness/core/finding.ts";

/** How many places of one fault are told one by one. */
const TOLD = 12;

/** True when the reply is the response to this method, whatever it holds. */
export const isResponse = (reply: Reply | undefined, method: string): boolean =>
  reply?.element(`${method}Response`) !== undefined;

/** That the reply is the method's response, whatever it holds. */
export function responds(requirement: string, reply: Reply, method: string): Finding {
  const { value, where } = reply.summary;
  return holds(requirement, isResponse(reply, method), { expected: `${method}Response`, actual: value, where });
}

/** What `judge` finds in the method's response; anything else that came is one bad finding. */
export function* inResponse(
  requirement: string,
  reply: Reply,
  method: string,
  judge: () => Iterable<Finding>,
): Iterable<Finding> {
  if (isResponse(reply, method)) yield* judge();
  else yield responds(requirement, reply, method);
}

/** That the reply is a fault with one of these codes (TR-069 A.5.1); its text is free. */
export function faults(requirement: string, reply: Reply, ...codes: readonly number[]): Finding {
  const { faultCode, summary } = reply;
  const [first, ...others] = codes;
  if (faultCode.value === undefined || first === undefined)
    return holds(requirement, false, { expected: `fault ${codes.join(" or ")}`, actual: summary.value, where: summary.where });
  return others.length === 0 ? same(requirement, faultCode, first) : oneOf(requirement, faultCode, codes);
}

/**
 * That a request was not too large for the phone: it is answered, or refused for what it asks. What the answer then has to be
 * is another case's business.
 */
export function notTooLarge(requirement: string, reply: Reply, expected: string): Finding {
  const excuses = ["9001", "9002", "9004"];
  const taken = reply.kind === "response" || (reply.kind === "fault" && !excuses.includes(reply.faultCode.value ?? "9002"));
  return holds(requirement, taken, { expected, actual: reply.summary.value, where: reply.summary.where });
}

/** A finding for each item in which `check` sees something wrong, the first few one by one, or one good finding for all. */
export function* each<Item>(
  requirement: string,
  items: Iterable<Item>,
  good: Located,
  check: (item: Item) => { expected: string; actual: string; where: string } | undefined,
): Iterable<Finding> {
  let wrong = 0;
  let last = good.where;
  for (const item of items) {
    const seen = check(item);
    if (seen === undefined) continue;
    wrong += 1;
    last = seen.where;
    if (wrong <= TOLD) yield holds(requirement, false, seen);
  }
  const expected = good.value ?? "the same everywhere";
  if (wrong === 0) yield holds(requirement, true, { expected, actual: "so", where: good.where });
  if (wrong > TOLD)
    yield holds(requirement, false, { expected, actual: `the same fault in ${wrong - TOLD} more places`, where: last });
}
