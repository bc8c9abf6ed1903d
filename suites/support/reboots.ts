import type { Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import { demand } from "./steps.ts";

/** Runs in which the phone has not come back from a reboot that it was ordered to make. */
const neverBack = new WeakSet<object>();

/**
 * Waits for the phone to come back from a reboot. One that has not come back before, some accept Reboot and do nothing, is given
 * no more time than a session takes: each such case would else take minutes.
 * @param come waits for so many milliseconds
 */
export async function back<T>({ recording, patience }: CwmpBench, come: (within: number) => Promise<T>): Promise<T> {
  try {
    const came = await come(neverBack.has(recording) ? patience.contact : patience.reboot);
    if (came === undefined) neverBack.add(recording);
    return came;
  } catch (error) {
    if (error instanceof Inconclusive && error.kind === "unreachable") neverBack.add(recording);
    throw error;
  }
}

/**
 * Calls Reboot at the end of `session` and gives the session after the boot, with its empty POST outstanding. Cases with it
 * need `reboot` and disturb the phone so.
 * @throws Inconclusive when the phone refuses, or does not come back with 1 BOOT
 */
export async function rebooted(bench: CwmpBench, session: Session): Promise<Session> {
  demand(await session.reboot("assay"), "Reboot", "rebooting");
  return back(bench, (within) => bench.acs.session({ trigger: () => session.end(), event: "1 BOOT", within }));
}
