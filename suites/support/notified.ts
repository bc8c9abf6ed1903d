import { eventCodes, informValue, parameterList } from "../../harness/acs/read.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { explained, notifies, onlyNotifies, VALUE_CHANGE } from "./local.ts";

/** Milliseconds for a session that ought not to come: phones notify within a few seconds. */
export const QUIET = 20_000;
export const quietSeconds = QUIET / 1000;

/** Some Inform notifies of the parameter with this value. */
export function notified(requirement: string, informs: readonly Exchange[], name: string, value: string): Finding {
  const about = informs.filter((inform) => notifies(inform, name));
  const seen = about.map((inform) => informValue(inform, name).value);
  const last = about.at(-1) ?? informs.at(-1);
  return holds(requirement, seen.includes(value), {
    expected: `${VALUE_CHANGE} with ${name} = ${JSON.stringify(value)}`,
    actual: seen.length === 0 ? "no Inform with both" : seen.map((one) => JSON.stringify(one)).join(", "),
    where: last?.where ?? "no Inform",
  });
}

/** No Inform notifies of the parameter. */
export function notNotified(requirement: string, informs: readonly Exchange[], name: string): Finding {
  const found = informs.find((inform) => notifies(inform, name));
  return holds(requirement, found === undefined, {
    expected: `no ${VALUE_CHANGE} with ${name}`,
    actual: found === undefined ? "none" : `${VALUE_CHANGE} with ${name} = ${JSON.stringify(informValue(found, name).value)}`,
    where: found?.where ?? informs.at(-1)?.where ?? "no Inform",
  });
}

/**
 * No Inform but the last, which we asked for, came without another reason than a change of this parameter. Of another parameter
 * that has changed meanwhile the phone may tell: the last Inform then has not the same.
 */
export function noSessionOfItsOwn(requirement: string, informs: readonly Exchange[], name: string): Finding {
  const last = informs.at(-1);
  const aboutIt = (inform: Exchange): boolean => parameterList(inform).some((one) => one.name === name);
  const found = informs
    .slice(0, -1)
    .find((inform) => onlyNotifies(inform) && (aboutIt(inform) || last === undefined || !explained(inform, last)));
  return holds(requirement, found === undefined, {
    expected: `no session within ${quietSeconds} s but for other reasons`,
    actual: found === undefined ? "none" : `an Inform with ${eventCodes(found).value?.join(", ") || "no event"}`,
    where: found?.where ?? informs.at(-1)?.where ?? "no Inform",
  });
}
