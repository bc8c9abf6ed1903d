import type { Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds } from "../../../harness/core/finding.ts";
import type { Exchange } from "../../../harness/trace/exchange.ts";
import { type ParameterMapLine, parseParamMap, parseValue, writeParamMap } from "../../../schema/param-map.ts";
import { comes, passBy } from "../../support/contacts.ts";
import { gatherInforms } from "../../support/failures.ts";
import { concerns, notifies, onlyNotifies, VALUE_CHANGE } from "../../support/local.ts";
import { QUIET } from "../../support/notified.ts";
import { currentValue } from "../../support/steps.ts";
import { mapWith, own, upload } from "./map.ts";

/** A text that the phone shows for a line of its own, and that nothing else comes of while the line is not in use. */
export const NAME = "user_realname2";
/** Its two values. */
export const NAMES = { [NAME]: ["Assay one", "Assay two"] } as const;
export const SHOWS_NAME = "{user_realname|2}";
/** The case's own parameter that shows it. */
export const text = own("Name");

/** The phone opened a session that notifies of the parameter. */
export function openedFor(requirement: string, inform: Exchange | undefined, name: string): Finding {
  const told = inform !== undefined && notifies(inform, name);
  return holds(requirement, told, {
    expected: `a session with ${VALUE_CHANGE} and ${name}`,
    actual: told ? "one" : inform === undefined ? "no session" : "an Inform without both",
    where: inform?.where ?? `the change of ${name} at the phone`,
  });
}

/** What the user of the phone does: saves other settings. */
export interface Hand {
  /** The settings as they are before the user does anything. */
  readonly before: Readonly<Record<string, string>>;
  /** What `change` makes of them. */
  readonly after: Readonly<Record<string, string>>;
  change(): Promise<void>;
}

/**
 * Uploads the phone's map with `lines` at its end and without the lines that show one of `settings`, so that the case's own lines
 * alone tell of them. Hands over to `work` with no session open and nothing pending. Map and settings are put back after the case.
 * @param settings by name, an index behind it; two values for each, the same twice for one that the user leaves alone
 */
export async function byUser<T>(
  bench: CwmpBench,
  lines: readonly string[],
  settings: Readonly<Record<string, readonly [string, string]>>,
  work: (user: Hand) => Promise<T>,
): Promise<T> {
  const { acs, phone } = bench;
  const before = Object.fromEntries(Object.entries(settings).map(([name, [first]]) => [name, first]));
  const changed = Object.entries(settings).filter(([, [first, second]]) => first !== second);
  const after = Object.fromEntries(changed.map(([name, [, second]]) => [name, second]));
  await phone.snom.save(before);
  await upload(bench, withoutOthers(await mapWith(bench, lines), Object.keys(settings)));
  // The session before delivers what was pending; what the upload has led to goes with the second.
  await passBy(acs);
  await passBy(acs);
  return work({ before, after, change: () => phone.snom.save(after) });
}

/** The map without the lines that show one of `settings`, but for those of the case's own. */
function withoutOthers(map: string, settings: readonly string[]): string {
  const { mark, lines } = parseParamMap(map);
  const shows = ({ value }: ParameterMapLine): boolean =>
    parseValue(value).some((part) => part.kind === "setting" && settings.includes(`${part.name}${part.index ?? ""}`));
  return writeParamMap({
    mark,
    lines: lines.filter((one) => one.kind !== "parameter" || one.name.startsWith(own("")) || !shows(one)),
  });
}

/** The session that the phone opens because the user has changed what `name` shows; undefined when it opens none. */
export const opened = ({ acs }: CwmpBench, user: Hand, name: string): Promise<Session | undefined> =>
  comes(acs, { trigger: user.change, accepts: (inform) => concerns(inform, name) });

/** What the phone told of a change without being asked, and in the next session, in which the value is read. */
export interface Told {
  readonly informs: readonly Exchange[];
  /** What `name` has then. */
  readonly value: string;
}

/**
 * The user changes settings; the phone has time to open a session, and is then made to.
 * @throws Inconclusive `precondition` when `name`, which is to show the change, still has the value `unchanged`
 */
export async function toldOf({ acs }: CwmpBench, change: () => Promise<void>, name: string, unchanged?: string): Promise<Told> {
  const informs = gatherInforms(acs);
  try {
    await change();
    await (await acs.silence(QUIET, { accepts: onlyNotifies }))?.end();
    const session = await acs.session();
    const value = await currentValue(session, name);
    await session.end();
    if (value === unchanged)
      throw new Inconclusive("precondition", `what was saved at the phone has left ${name} at ${JSON.stringify(unchanged)}`);
    return { informs: informs.seen.slice(), value };
  } finally {
    informs.stop();
  }
}
