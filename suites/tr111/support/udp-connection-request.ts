import type { Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds } from "../../../harness/core/finding.ts";
import type { Endpoint } from "../../../harness/core/network.ts";
import type { UdpConnectionRequest } from "../../../harness/stun/connection-request.ts";
import { shown } from "../../../harness/stun/nat.ts";
import type { DatagramRecord } from "../../../harness/trace/datagram.ts";
import { CONNECTION_REQUEST, FOLLOWING } from "../../support/connection-requests.ts";
import { comes } from "../../support/contacts.ts";

/** Milliseconds for the way of a session that has to begin within 30 s. */
const WAY = 2_000;

/** Milliseconds in which no session has come that would have to come. */
export const SILENT = FOLLOWING + 1_000;

/** What a case makes different in a connection request. */
export type Change = Partial<UdpConnectionRequest>;

/** A connection request that is right but for the change, with a timestamp and a message id not used before. */
export function request({ phone, stun }: CwmpBench, to: Endpoint, change: Change = {}): UdpConnectionRequest {
  const { username: un, password } = phone.connectionRequestCredentials;
  return { authority: to.port === 80 ? to.address : shown(to), ...stun.stamp(), un, password, ...change };
}

/** A connection request that was sent, and the session that came of it. */
export interface Requested {
  readonly sent: DatagramRecord;
  readonly session: Session | undefined;
}

/** Sends it, and waits for the session that has to begin within 30 s. The session is ended. */
export async function requested(
  { acs, stun }: CwmpBench,
  to: Endpoint,
  right: UdpConnectionRequest,
  copies?: number,
): Promise<Requested> {
  let sent: DatagramRecord | undefined;
  const trigger = async (): Promise<void> => {
    sent = stun.connectionRequest(to, right, copies);
  };
  const session = await comes(acs, { trigger, event: CONNECTION_REQUEST, within: FOLLOWING + WAY });
  await session?.end();
  if (sent === undefined) throw new Inconclusive("precondition", "the connection request could not be sent");
  return { sent, session };
}

/**
 * Shows that a right connection request works.
 * @throws Inconclusive `control-failed` when no session follows
 */
export async function showListening(bench: CwmpBench, to: Endpoint): Promise<void> {
  const { session, sent } = await requested(bench, to, request(bench, to));
  if (session === undefined)
    throw new Inconclusive("control-failed", `no session follows a right connection request over UDP, ${sent.where}`);
}

/** Sends it, waits for as long as a session may take to come, and then shows that a right one works. */
export async function ignoring(bench: CwmpBench, to: Endpoint, wrong: UdpConnectionRequest): Promise<Requested> {
  const { acs, stun } = bench;
  const sent = stun.connectionRequest(to, wrong);
  const session = await acs.silence(SILENT, { event: CONNECTION_REQUEST });
  await session?.end();
  if (session === undefined) await showListening(bench, to);
  return { sent, session };
}

/** A session with 6 CONNECTION REQUEST came of it. */
export const accepted = (requirement: string, { sent, session }: Requested): Finding =>
  holds(requirement, session !== undefined, {
    expected: `a session with ${CONNECTION_REQUEST} within ${FOLLOWING / 1000} s`,
    actual: session === undefined ? "none" : "so",
    where: session?.inform.where ?? sent.where,
  });

/** No session came of it. */
export const ignored = (requirement: string, what: string, { sent, session }: Requested): Finding =>
  holds(requirement, session === undefined, {
    expected: `no session after a connection request ${what}`,
    actual: session === undefined ? "none" : `one with ${CONNECTION_REQUEST}, for ${sent.where}`,
    where: session?.inform.where ?? sent.where,
  });
