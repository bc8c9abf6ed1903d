import { events, hasEvent, parameterList, parameterValueList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { attributesOf, putBack } from "./attributes.ts";
import { currentValue, demand, tidyUp } from "./steps.ts";

export const VALUE_CHANGE = "4 VALUE CHANGE";

/** The parameter that the bench can change as the phone's user would, ready to be changed. */
export interface LocalParameter {
  readonly name: string;
  /** Its value, as CWMP gives it, before the first change. */
  readonly before: string;
  /** Changes it, as a user would, to another value. */
  change(): Promise<void>;
  /** Changes it back, likewise. */
  changeBack(): Promise<void>;
}

/**
 * Sets the Notification of `values.local` and hands the parameter to `work`, with no session open and no change of it pending.
 * Afterwards value and attributes are put back over CWMP, which notifies of nothing.
 */
export async function withLocal<T>(
  { acs, phone }: CwmpBench,
  notification: 0 | 1 | 2,
  work: (local: LocalParameter) => Promise<T>,
): Promise<T> {
  const { parameter: name, values } = phone.values.local;
  const notify = async (value: number): Promise<void> =>
    demand(
      await session.setParameterAttributes([{ name, notification: value }]),
      "SetParameterAttributes",
      `setting the Notification of ${name} to ${value}`,
    );
  let session = await acs.session();
  const original = await session.getParameterValues([name]);
  demand(original, "GetParameterValues", `reading ${name}`);
  const attributes = await attributesOf(session, [name]);
  const [value] = parameterValueList(original);
  try {
    // What the phone's own side calls a value need not be what CWMP calls it (`on` and `1`): then a first change makes it known.
    const first = values.indexOf(value?.value ?? "");
    if (first < 0) {
      await notify(0);
      await session.end();
      await phone.changeLocally(name, values[0]);
      session = await acs.session();
    }
    const before = await currentValue(session, name);
    await notify(notification);
    await session.end();
    const [here, there] = first === 1 ? [values[1], values[0]] : values;
    return await work({
      name,
      before,
      change: () => phone.changeLocally(name, there),
      changeBack: () => phone.changeLocally(name, here),
    });
  } finally {
    await tidyUp(acs, session, async (last) => {
      if (value !== undefined) await last.setParameterValues([{ name, value: value.value, type: value.type ?? "string" }]);
      await putBack(last, [...attributes.values()]);
    });
  }
}

/** True when the Inform notifies of a change of this parameter. */
export const notifies = (inform: Exchange, name: string): boolean =>
  hasEvent(inform, VALUE_CHANGE) && parameterList(inform).some((one) => one.name === name);

/** True when the Inform seems to come of a change of this parameter, although it may lack what it ought to have then. */
export const concerns = (inform: Exchange, name: string): boolean =>
  hasEvent(inform, VALUE_CHANGE) || parameterList(inform).some((one) => one.name === name);

/** True when the Inform gives no other reason for its session than a change of a value, or none at all. */
export const onlyNotifies = (inform: Exchange): boolean => events(inform).every(({ code }) => code === VALUE_CHANGE);

/** True when a parameter in the Inform differs from the Inform before, or was not in it: then that may be what has changed. */
export function explained(inform: Exchange, before: Exchange): boolean {
  const known = new Map(parameterList(before).map(({ name, value }) => [name, value]));
  return parameterList(inform).some(({ name, value }) => known.get(name) !== value);
}
