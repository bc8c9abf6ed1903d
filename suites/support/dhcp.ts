import type { CwmpBench } from "../../harness/bench/bench.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import type { DhcpReply, DhcpStep, HeardDhcp } from "../../harness/dhcp/dhcp.ts";

/** What the gateway answers, whatever the phone asks for; `others` are steps at which it answers something else. */
export function says({ lan }: Pick<CwmpBench, "lan">, reply: DhcpReply, others: Partial<Record<DhcpStep, DhcpReply>> = {}): void {
  lan.dhcp.answers({ discover: reply, request: reply, renewal: reply, rebinding: reply, inform: reply, ...others });
}

/** A domain of which no name server but the bench's knows anything (RFC 6761 6.2). */
export const DOMAIN = "cpe-assay.test";

/** An answer as the gateway of the run gives it by itself. */
export const USUAL: DhcpReply = { kind: "answer" };

/** Milliseconds between a DHCPNAK, or an offer, and what the phone sends next: RFC 2131 4.4.1 lets it wait up to 10 s. */
export const ANEW = 30_000;

/** Seconds of a lease that is short enough for its renewal to be waited for. */
const SHORT = 300;

/** Makes sure that the phone holds a lease that it renews soon; a phone whose lease is long is started anew for that. */
export async function soonRenewing({ lan }: CwmpBench): Promise<void> {
  if (lan.dhcp.lease === undefined || lan.dhcp.lease.seconds > SHORT) await lan.renewed();
}

/** The next message of the phone at one of these steps. @throws Inconclusive when none comes in so many milliseconds */
export async function expected(next: Promise<HeardDhcp | undefined>, what: string): Promise<HeardDhcp> {
  const heard = await next;
  if (heard === undefined) throw new Inconclusive("precondition", `the phone has sent no ${what}`);
  return heard;
}
