import type { Acs } from "../../harness/acs/acs.ts";
import { parameterValue } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import { isResponse } from "./answers.ts";

/**
 * For a step that a case needs and does not judge.
 * @throws Inconclusive `precondition` when the reply is not the response to `method`
 */
export function demand(reply: Reply, method: string, step: string): void {
  if (!isResponse(reply, method)) throw new Inconclusive("precondition", `${step}: the phone gave ${reply.summary.value}`);
}

/**
 * For a session in which the phone has to have nothing more to say.
 * @throws Inconclusive `precondition` when it says something
 */
export function demandEmpty(reply: Reply): void {
  if (reply.kind !== "empty")
    throw new Inconclusive("precondition", `in place of an empty POST the phone gave ${reply.summary.value}`);
}

/**
 * The value of one parameter, as a step that the case does not judge.
 * @throws Inconclusive `precondition` when the phone does not give it
 */
export async function currentValue(session: Session, name: string): Promise<string> {
  const reply = await session.getParameterValues([name]);
  const { value } = parameterValue(reply, name);
  if (value === undefined) throw new Inconclusive("precondition", `reading ${name}: the phone gave ${reply.summary.value}`);
  return value;
}

/**
 * Leaves the phone as it was: in the case's own session while that lasts, else in a new one, and ends it. What the phone
 * refuses, or is not there for, shows in the comparison that follows each case, and must not hide how the case itself went.
 */
export async function tidyUp(acs: Acs, session: Session, tidy: (session: Session) => Promise<unknown>): Promise<void> {
  try {
    if (session.over) await acs.settle();
    const last = session.over ? await acs.session() : session;
    await tidy(last);
    await last.end();
  } catch (error) {
    if (!(error instanceof Inconclusive)) throw error;
  }
}
