import type { Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { gatherInforms } from "./failures.ts";
import { portOf } from "./sessions.ts";
import { demand } from "./steps.ts";

/** The phone at the second address of the ACS. */
export interface Moved {
  readonly port: number;
  /** Whether an Inform came to the second address. */
  arrived(inform: Exchange): boolean;
}

/**
 * Sets ManagementServer.URL to a second address of the ACS in `session`, which is left open: when it ends, the phone moves.
 * After `work` the phone is given its first address again, also when that failed.
 * @throws Inconclusive `precondition` when the phone refuses the address, or has not followed one in an earlier case
 */
export async function moving<T>(bench: CwmpBench, session: Session, work: (moved: Moved) => Promise<T>): Promise<T> {
  const { acs, phone } = bench;
  if (neverMoved.has(bench.recording)) {
    await session.end();
    throw new Inconclusive("precondition", "the phone has not come to an address that it was given in an earlier case");
  }
  const name = phone.path("ManagementServer.URL");
  const listener = await acs.listen();
  const informs = gatherInforms(acs);
  const arrived = (inform: Exchange): boolean => portOf(bench, inform) === listener.port;
  let closes = true;
  try {
    demand(await session.setParameterValues([{ name, value: listener.url }]), "SetParameterValues", `setting ${name}`);
    closes = false;
    return await work({ port: listener.port, arrived });
  } finally {
    informs.stop();
    if (!closes && !informs.seen.some(arrived)) neverMoved.add(bench.recording);
    closes ||= await moveBack(bench, name, listener.port);
    // A phone that has not come back needs the second address still, or it is lost to the cases that follow.
    if (closes) await listener.close();
  }
}

/** Runs in which the phone has not followed a new address: it is not waited for again. */
const neverMoved = new WeakSet<object>();

/** Gives the phone its first address again; true when it came there. */
async function moveBack(bench: CwmpBench, name: string, port: number): Promise<boolean> {
  const { acs } = bench;
  try {
    await acs.settle();
    const session = await acs.session();
    await session.setParameterValues([{ name, value: acs.url }]);
    if (portOf(bench, session.inform) !== port) {
      // It has not moved, and so it need not come back.
      await session.end();
      return true;
    }
    const back = await acs.contact({
      trigger: () => session.end(),
      accepts: (inform) => portOf(bench, inform) !== port,
      within: bench.patience.reboot,
    });
    await back.end();
    return true;
  } catch (error) {
    if (error instanceof Inconclusive) return false;
    throw error;
  }
}
