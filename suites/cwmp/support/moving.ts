import type { Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import type { Exchange } from "../../../harness/trace/exchange.ts";
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
 */
export async function moving<T>(bench: CwmpBench, session: Session, work: (moved: Moved) => Promise<T>): Promise<T> {
  const { acs, phone } = bench;
  const name = phone.path("ManagementServer.URL");
  const listener = await acs.listen();
  let closes = true;
  try {
    demand(await session.setParameterValues([{ name, value: listener.url }]), "SetParameterValues", `setting ${name}`);
    closes = false;
    return await work({ port: listener.port, arrived: (inform) => portOf(bench, inform) === listener.port });
  } finally {
    closes ||= await moveBack(bench, name, listener.port);
    // A phone that has not come back needs the second address still, or it is lost to the cases that follow.
    if (closes) await listener.close();
  }
}

/** Gives the phone its first address again; true when it came there. */
async function moveBack(bench: CwmpBench, name: string, port: number): Promise<boolean> {
  const { acs } = bench;
  try {
    await acs.settle();
    const session = await acs.session();
    await session.setParameterValues([{ name, value: acs.url }]);
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
