import type { Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { pause } from "../../../harness/core/clock.ts";
import type { Settings } from "../../../harness/phone/snom-settings.ts";
import type { Exchange } from "../../../harness/trace/exchange.ts";
import { showAlive } from "../../support/alive.ts";
import { gatherInforms } from "../../support/failures.ts";
import { demand } from "../../support/steps.ts";

/** Milliseconds between two looks at a phone that is being reset. */
const LOOK_AGAIN = 2_000;

/** Milliseconds for what ought not to come after a reset: longer than a phone takes to boot and to try once more. */
export const SILENT = 60_000;

/** For a case that looks at the settings alone. */
export const keep = async (settings: Settings): Promise<Settings> => settings;

/** What was seen of a reset. */
export interface Reset<Seen> {
  /** What `look` gave, while the phone had not been given its ACS again. */
  readonly seen: Seen;
  /** Informs that came until then, although the phone ought to know no ACS. */
  readonly early: readonly Exchange[];
  /** The first Inform after the reset. */
  readonly inform: Exchange;
}

/**
 * Has the ACS reset the phone at the end of `session`, looks at it before it is given its ACS again, and then does that. It has been
 * there when this resolves.
 * @param look is given the settings that the reset has left
 * @throws Inconclusive `precondition` when the phone refuses, `unreachable` when it does not come back
 */
export function resetByAcs<Seen>(
  bench: CwmpBench,
  session: Session,
  look: (settings: Settings) => Promise<Seen>,
): Promise<Reset<Seen>> {
  return watched(bench, look, async () => {
    const reply = await session.factoryReset();
    await session.end();
    demand(reply, "FactoryReset", "resetting");
  });
}

/** The same by the button of the web interface, with no session open. */
export const resetByUser = <Seen>(bench: CwmpBench, look: (settings: Settings) => Promise<Seen>): Promise<Reset<Seen>> =>
  watched(bench, look, () => bench.phone.snom.factoryReset());

async function watched<Seen>(
  bench: CwmpBench,
  look: (settings: Settings) => Promise<Seen>,
  reset: () => Promise<void>,
): Promise<Reset<Seen>> {
  const { acs, phone, patience } = bench;
  const { snom } = phone;
  const informs = gatherInforms(acs);
  try {
    await reset();
    bench.step("the phone has been told to reset itself");
    const settings = await settingsAfterReset(bench);
    bench.step("the phone answers again");
    const seen = await look(settings);
    const early = informs.seen.slice();
    await acs.settle();
    bench.step("the phone is given its ACS again");
    // One that names our ACS after its reset, by whatever way, is not waited for until it names another.
    const knows = (await snom.settings()).get("tr69_acs_url") === snom.acsSettings.tr69_acs_url;
    const trigger = knows ? () => snom.save(snom.acsSettings) : () => phone.provisionAgain();
    await showAlive(bench, { trigger, within: patience.reboot });
    const [inform] = informs.seen;
    if (inform === undefined) throw new Inconclusive("unreachable", "the phone did not come after the reset");
    return { seen, early, inform };
  } finally {
    informs.stop();
  }
}

/** The settings of a phone that was away after it was told to reset itself, or that has forgotten its ACS. */
async function settingsAfterReset({ phone, clock, patience }: CwmpBench): Promise<Settings> {
  const until = clock.now() + patience.reboot;
  const { tr69_acs_url: url } = phone.snom.acsSettings;
  for (let wasAway = false; ; ) {
    const settings = await phone.snom.settings().catch((error: unknown) => {
      if (error instanceof Inconclusive) return undefined;
      throw error;
    });
    wasAway ||= settings === undefined;
    // One that never goes away and forgets nothing is judged as it is.
    const late = clock.now() >= until;
    if (settings !== undefined && (wasAway || late || settings.get("tr69_acs_url") !== url)) return settings;
    if (late) throw new Inconclusive("unreachable", "the phone's web interface does not answer after the reset");
    await pause(clock, LOOK_AGAIN);
  }
}
