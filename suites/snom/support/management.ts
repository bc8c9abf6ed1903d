import { eventCodes, hasEvent } from "../../../harness/acs/read.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds } from "../../../harness/core/finding.ts";
import type { Exchange } from "../../../harness/trace/exchange.ts";
import { showAlive } from "../../support/alive.ts";
import { comes } from "../../support/contacts.ts";

const BOOTSTRAP = "0 BOOTSTRAP";

/** Milliseconds in which a phone without management would have come, had it any: twice the first retry of a failed session. */
export const UNMANAGED = 31_000;
export const unmanagedSeconds = UNMANAGED / 1000;

/** Saves settings and gives all of them as settings.xml then shows them. */
export async function savedSettings({ phone }: Pick<CwmpBench, "phone">, changes: Readonly<Record<string, string>>) {
  await phone.snom.save(changes);
  return phone.snom.settings();
}

/**
 * Saves `settings` that bear on the phone's management and hands over to `work`. Afterwards, also when it failed, the phone is
 * turned off and on again with the ACS of this run, and has come there: what follows finds it managed as before.
 * @param elsewhere whether an Inform came to another address than the ACS's first one
 */
export async function managedAs<T>(
  bench: CwmpBench,
  settings: Readonly<Record<string, string>>,
  work: () => Promise<T>,
  elsewhere: (inform: Exchange) => boolean = () => false,
): Promise<T> {
  try {
    await bench.phone.snom.save(settings);
    return await work();
  } finally {
    await manageAgain(bench, elsewhere);
  }
}

async function manageAgain(bench: CwmpBench, elsewhere: (inform: Exchange) => boolean): Promise<void> {
  try {
    await bench.acs.settle();
    await bench.phone.snom.save({ tr69_use_acs: "off" });
    await turnedOn(bench, {}, (inform) => !elsewhere(inform));
  } catch (error) {
    // How the case went must not be hidden by it: a phone that is lost shows in the next one.
    if (!(error instanceof Inconclusive)) throw error;
  }
}

/**
 * Gives a phone that is turned off the ACS of this run, with `changes` to the settings that lead there, and serves the session that
 * it opens. @returns the Inform, or undefined when none came
 */
export async function turnedOn(
  { acs, phone, patience }: CwmpBench,
  changes: Readonly<Record<string, string>> = {},
  accepts: (inform: Exchange) => boolean = () => true,
): Promise<Exchange | undefined> {
  const trigger = (): Promise<void> => phone.snom.save({ ...phone.snom.acsSettings, ...changes });
  const session = await comes(acs, { trigger, accepts, within: patience.firstContact });
  await session?.end();
  return session?.inform;
}

/**
 * The control of cases in which a phone that is turned off keeps silent: turned on again, it comes.
 * @throws Inconclusive `control-failed` when it does not
 */
export async function showManaged(bench: CwmpBench): Promise<void> {
  if ((await turnedOn(bench)) === undefined)
    throw new Inconclusive("control-failed", "turned on again, the phone did not contact the ACS either");
  await showAlive(bench);
}

/** The phone came for being turned on. */
export const cameOn = (requirement: string, inform: Exchange | undefined, how: string): Finding =>
  holds(requirement, inform !== undefined, {
    expected: `an Inform for ${how}`,
    actual: inform === undefined ? "none" : "one",
    where: inform?.where ?? how,
  });

/** The Inform has 0 BOOTSTRAP, or has it not. */
export const bootstraps = (requirement: string, inform: Exchange, expected: boolean): Finding =>
  holds(requirement, hasEvent(inform, BOOTSTRAP) === expected, {
    expected: expected ? BOOTSTRAP : `no ${BOOTSTRAP}`,
    actual: eventCodes(inform).value?.join(", ") || "no event",
    where: eventCodes(inform).where,
  });
