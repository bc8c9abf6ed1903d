import type { Acs } from "../../harness/acs/acs.ts";
import { parameterValues } from "../../harness/acs/read.ts";
import type { Reply, RequestOptions, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { type Finding, holds, type Located } from "../../harness/core/finding.ts";
import type { Phone } from "../../harness/phone/phone.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";

/** A phone that has so many requests of its own in one session is not waited for any longer. */
const OWN_REQUESTS = 10;

/** Milliseconds in which a session follows that the phone put off because another one was open. */
const FOLLOW_UP = 3_000;

/** A parameter that every phone has and that costs nothing to read: a forced-Inform parameter of all root objects. */
export const harmlessName = (phone: Phone): string => phone.path("DeviceInfo.SoftwareVersion");

/** Asks for `harmlessName`: a question that every phone can answer. */
export const askHarmless = (session: Session, phone: Phone, options?: RequestOptions): Promise<Reply> =>
  session.getParameterValues([harmlessName(phone)], options);

/** The reply is the GetParameterValuesResponse that was asked for: it has the value of `name`. */
export function told(requirement: string, reply: Reply | undefined, name: string): Finding {
  const got = reply !== undefined && parameterValues(reply).has(name);
  const summary = reply?.summary.value ?? "nothing was asked, the session was over";
  return holds(requirement, got, {
    expected: `GetParameterValuesResponse with ${name}`,
    actual: !got && reply?.kind === "response" ? `${summary} without it` : summary,
    where: reply?.summary.where ?? "no message",
  });
}

/** The reply is of this kind. */
export function came(requirement: string, reply: Reply, kind: Reply["kind"], expected: string): Finding {
  return holds(requirement, reply.kind === kind, { expected, actual: reply.summary.value, where: reply.summary.where });
}

/** What one POST of the phone is, in words: `Inform`, `empty POST`, `no SOAP message`. */
export function said(exchange: Exchange | undefined): Located {
  if (exchange === undefined) return { value: undefined, where: "no message" };
  const { envelope, body } = exchange.request;
  const method = envelope?.method ?? "";
  return { value: method !== "" ? method : body.length === 0 ? "empty POST" : "no SOAP message", where: exchange.where };
}

/** Acknowledges requests of the phone's own, beginning with `reply` when it is one, and gives what came after them. */
export async function afterOwnRequests(session: Session, reply: Reply): Promise<Reply> {
  let last = reply;
  for (let count = 0; last.kind === "request" && count < OWN_REQUESTS; count += 1) last = await session.acknowledge();
  return last;
}

/** Serves a session that the phone opens because of something that came while another session was open. */
export async function serveFollowUp(acs: Acs): Promise<void> {
  const session = await acs.silence(FOLLOW_UP);
  await session?.end();
}

/** The exchanges of a session at this moment; the list in the session itself grows. */
export const exchangesSoFar = (session: Session): readonly Exchange[] => session.exchanges.slice();

/** Port of ours at which a POST of the phone arrived. */
export function portOf({ recording }: CwmpBench, exchange: Exchange | undefined): number | undefined {
  return recording.connections.find(({ number }) => number === exchange?.connection)?.harness.port;
}
