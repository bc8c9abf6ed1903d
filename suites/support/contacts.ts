import type { Acs, ContactOptions } from "../../harness/acs/acs.ts";
import type { Session } from "../../harness/acs/session.ts";
import { Inconclusive } from "../../harness/core/case.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";

/** `acs.session()` for a case that judges whether the phone comes at all: undefined when it does not. */
export async function comes(acs: Acs, options: ContactOptions): Promise<Session | undefined> {
  const { trigger } = options;
  let failed: unknown;
  const watched = async (): Promise<unknown> => {
    try {
      return typeof trigger === "function" ? await trigger() : undefined;
    } catch (error) {
      failed = error;
      throw error;
    }
  };
  try {
    return await acs.session(typeof trigger === "function" ? { ...options, trigger: watched } : options);
  } catch (error) {
    // That the trigger could not be pulled is no word about the phone.
    if (error === failed || !(error instanceof Inconclusive) || error.kind !== "unreachable") throw error;
    return undefined;
  }
}

/** Opens a session the usual way and ends it: what was pending for the next Inform has then been delivered. */
export async function passBy(acs: Acs): Promise<Exchange> {
  const session = await acs.session();
  await session.end();
  return session.inform;
}
