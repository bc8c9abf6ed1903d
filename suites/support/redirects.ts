import type { Acs, Listener } from "../../harness/acs/acs.ts";
import type { Answer } from "../../harness/acs/answer.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { sentAgain } from "./repetition.ts";
import { portOf } from "./sessions.ts";

/** Sends the phone elsewhere. */
export const redirect = (url: string, status = 302): Answer => ({ status, extra: [["Location", url]] });

const opened = new WeakMap<Acs, Listener[]>();

/**
 * So many further ports of the ACS. They stay open until the end of the run: a phone that wrongly goes on using one of them can
 * still be reached by the cases after it.
 */
export async function furtherPorts(acs: Acs, count: number): Promise<readonly Listener[]> {
  const listeners = opened.get(acs) ?? [];
  opened.set(acs, listeners);
  while (listeners.length < count) listeners.push(await acs.listen());
  return listeners.slice(0, count);
}

/** One further port of the ACS. */
export async function furtherPort(acs: Acs): Promise<Listener> {
  const [listener] = await furtherPorts(acs, 1);
  return listener ?? acs.listen();
}

/** A redirected POST, and what came of it. */
export interface Redirected {
  readonly original: Exchange;
  readonly reply: Reply;
  /** Port at which it arrived, and the one it was sent to. */
  readonly port: number | undefined;
  readonly expected: number;
}

/** Redirects the outstanding POST of `session` with `answer`. */
export async function follow(bench: CwmpBench, session: Session, listener: Listener, answer: Answer): Promise<Redirected> {
  const original = session.outstanding ?? session.inform;
  const reply = await session.answer(answer);
  return { original, reply, port: portOf(bench, reply.exchange), expected: listener.port };
}

/** The POST came again, and to the place that the redirect named. */
export function* followed(requirement: string, { original, reply, port, expected }: Redirected): Iterable<Finding> {
  yield sentAgain(requirement, reply, original);
  if (port !== undefined)
    yield holds(requirement, port === expected, {
      expected: `at port ${expected}, to which the redirect points`,
      actual: `at port ${port}`,
      where: reply.summary.where,
    });
}

/**
 * A session whose Inform was redirected and has come again, not yet answered, and where it is.
 * @throws Inconclusive when it has not: what comes of a redirect cannot be judged then
 */
export async function redirectedSession(bench: CwmpBench): Promise<{ session: Session; listener: Listener }> {
  const listener = await furtherPort(bench.acs);
  const session = await bench.acs.contact();
  const { reply } = await follow(bench, session, listener, redirect(listener.url));
  if (reply.kind !== "inform") throw new Inconclusive("precondition", `redirected, the phone gave: ${reply.summary.value}`);
  return { session, listener };
}

/** A session after one that was redirected, and where it came to. */
export interface Next {
  readonly inform: Exchange;
  readonly port: number | undefined;
  /** Port of the URL that the phone is configured with. */
  readonly home: number;
}

export const homePort = ({ acs }: CwmpBench): number => {
  const { port, protocol } = new URL(acs.url);
  return port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
};

export async function nextSession(bench: CwmpBench): Promise<Next> {
  const next = await bench.acs.contact();
  await next.end();
  return { inform: next.inform, port: portOf(bench, next.inform), home: homePort(bench) };
}

/** The session came to the URL that the phone is configured with. */
export const atHome = (requirement: string, { inform, port, home }: Next): Finding =>
  holds(requirement, port === home, {
    expected: `the next session at the ACS URL, port ${home}`,
    actual: `at port ${port}`,
    where: inform.where,
  });
