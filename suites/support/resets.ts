import type { Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { demand } from "./steps.ts";

/**
 * Calls FactoryReset at the end of `session` and gives the first contact after it, not yet answered. Cases with it need
 * `factory-reset` and disturb the phone so.
 * @throws Inconclusive `precondition` when the phone refuses, `unreachable` when it does not come back
 */
export async function reset({ acs, phone, patience }: CwmpBench, session: Session): Promise<Session> {
  const reply = await session.factoryReset();
  await session.end();
  demand(reply, "FactoryReset", "resetting");
  // The first contact is that of whoever gives the phone its ACS again: how long that takes is no matter of the case.
  return acs.contact({ trigger: () => phone.provisionAgain(), within: patience.reboot });
}
