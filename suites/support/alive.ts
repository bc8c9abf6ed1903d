import type { ContactOptions } from "../../harness/acs/acs.ts";
import { parameterValues } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { Inconclusive } from "../../harness/core/case.ts";

/**
 * The control of cases that claim that nothing happens, or that only look at what a phone says of its own: it opens a session and
 * tells its SoftwareVersion.
 * @param contact how the session is brought about; default the usual way
 * @throws Inconclusive when it does not
 */
export async function showAlive({ acs, phone }: CwmpBench, contact: ContactOptions = {}): Promise<void> {
  const session = await acs.session(contact);
  const name = phone.path("DeviceInfo.SoftwareVersion");
  const reply = await session.getParameterValues([name]);
  await session.end();
  if (!parameterValues(reply).has(name))
    throw new Inconclusive(
      "control-failed",
      `asked for ${name} to show that it is alive, the phone gave: ${reply.summary.value}`,
    );
}
