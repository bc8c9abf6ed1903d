import type { Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { demand } from "./steps.ts";

/**
 * Calls Reboot at the end of `session` and gives the session after the boot, with its empty POST outstanding. Cases with it
 * need `reboot` and disturb the phone so.
 * @throws Inconclusive when the phone refuses, or does not come back with 1 BOOT
 */
export async function rebooted({ acs, patience }: CwmpBench, session: Session): Promise<Session> {
  demand(await session.reboot("assay"), "Reboot", "rebooting");
  return acs.session({ trigger: () => session.end(), event: "1 BOOT", within: patience.reboot });
}
