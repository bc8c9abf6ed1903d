import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import { createdIn, parametersIn, updatedIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds } from "../../../harness/core/finding.ts";
import type { UspRecordLog } from "../../../harness/trace/usp.ts";
import type { UspMessage, UspRecord } from "../../../harness/wire/usp.ts";
import { SUBSCRIPTIONS, tidily } from "./instances.ts";

/** How the IDs of our subscriptions begin. */
const OURS = "assay.";

export interface Subscription {
  readonly id: string;
  /** `Device.LocalAgent.Subscription.7.` */
  readonly path: string;
  /** When it was asked for, in milliseconds of the run's clock. */
  readonly at: number;
}

/** A subscription to be made; `settings` are parameters besides ID, NotifType, ReferenceList, and Enable, which is true. */
export interface Wanted {
  readonly name: string;
  readonly type: "ValueChange" | "ObjectCreation" | "ObjectDeletion" | "OperationComplete" | "Event";
  readonly references: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Makes a subscription. @throws Inconclusive `precondition` when the agent refuses it */
export async function subscribe({ controller }: UspBench, wanted: Wanted): Promise<Subscription> {
  const { name, type, references, settings = {} } = wanted;
  const id = OURS + name;
  const values = { Enable: "true", ID: id, NotifType: type, ReferenceList: references, ...settings };
  const params = Object.entries(values).map(([param, value]) => ({ name: param, value, required: true }));
  const reply = await controller.add([{ path: SUBSCRIPTIONS, params }]);
  const [path] = createdIn(reply);
  if (path !== undefined) return { id, path, at: reply.request.at };
  throw new Inconclusive("precondition", `subscribing to ${type} of ${references}: the agent gave ${reply.summary.value}`);
}

/** Makes a subscription, and deletes it after `use`. @throws Inconclusive as `subscribe` */
export async function withSubscription<T>(
  bench: UspBench,
  wanted: Wanted,
  use: (subscription: Subscription) => Promise<T>,
): Promise<T> {
  const subscription = await subscribe(bench, wanted);
  try {
    return await use(subscription);
  } finally {
    await tidily(() => bench.controller.delete([subscription.path]));
  }
}

/** A parameter whose changes can be subscribed to. */
export interface Changeable {
  readonly path: string;
  /** Gives it another value, and says which and when. @throws Inconclusive `precondition` when the agent does not take it */
  change(): Promise<{ readonly value: string; readonly at: number }>;
}

/** The writable string of the agent's values, put back after `use`. */
export async function withChangeable<T>(bench: UspBench, use: (parameter: Changeable) => Promise<T>): Promise<T> {
  const { path, use: values } = bench.agent.values.writableString;
  const before = parametersIn(await bench.controller.get([path])).get(path)?.value ?? "";
  let now = before;
  async function write(value: string): Promise<number> {
    const cut = path.lastIndexOf(".") + 1;
    const params = [{ name: path.slice(cut), value, required: true }];
    const reply = await bench.controller.set([{ path: path.slice(0, cut), params }]);
    if (!updatedIn(reply).includes(path))
      throw new Inconclusive("precondition", `writing ${path}: the agent gave ${reply.summary.value}`);
    now = value;
    return reply.request.at;
  }
  try {
    return await use({
      path,
      async change() {
        const value = values.find((one) => one !== now) ?? values[0];
        return { value, at: await write(value) };
      },
    });
  } finally {
    if (now !== before) await tidily(() => write(before));
  }
}

/** A subscription to changes of the writable string, and that string; both as they were after `use`. */
export const withWatched = <T>(
  bench: UspBench,
  name: string,
  settings: Readonly<Record<string, string>>,
  use: (watched: { readonly parameter: Changeable; readonly subscription: Subscription }) => Promise<T>,
): Promise<T> =>
  withChangeable(bench, (parameter) =>
    withSubscription(bench, { name, type: "ValueChange", references: parameter.path, settings }, (subscription) =>
      use({ parameter, subscription }),
    ),
  );

/** The Notify's subscription_id; empty when it has none. */
export const subscriptionOf = (notify: UspMessage): string => notify.at("request/notify/subscription_id").value ?? "";

/**
 * Whether a record is a Notify that fits, whatever it has as subscription_id; but those of other subscriptions of ours are passed over,
 * as late ones of cases before.
 */
const isNotify =
  (id: string, fits: (notify: UspMessage) => boolean) =>
  ({ message }: UspRecord): boolean => {
    if (message === undefined || message.at("request/notify").value === undefined || !fits(message)) return false;
    const given = subscriptionOf(message);
    return given === id || !given.startsWith(OURS);
  };

type Fits = (record: UspRecord) => boolean;

/** A ValueChange of this parameter, with this value if one is given. */
export const tellsValue = ({ id }: Subscription, path: string, value?: string): Fits =>
  isNotify(
    id,
    (notify) =>
      notify.at("request/notify/value_change/param_path").value === path &&
      (value === undefined || notify.at("request/notify/value_change/param_value").value === value),
  );

/** An ObjectCreation or ObjectDeletion of this instance. */
export const tellsObject = ({ id }: Subscription, what: "obj_creation" | "obj_deletion", path: string): Fits =>
  isNotify(id, (notify) => notify.at(`request/notify/${what}/obj_path`).value === path);

export const tellsEvent = ({ id }: Subscription, name: string): Fits =>
  isNotify(id, (notify) => notify.at("request/notify/event/event_name").value === name);

/** An OperationComplete, of the command with this key if one is given. */
export const tellsCompletion = ({ id }: Subscription, commandKey?: string): Fits =>
  isNotify(id, (notify) => {
    if (commandKey === undefined) return notify.at("request/notify/oper_complete").value !== undefined;
    return notify.at("request/notify/oper_complete/command_key").value === commandKey;
  });

export const tellsOnBoardRequest: Fits = ({ message }) => message?.at("request/notify/on_board_req").value !== undefined;

/**
 * A Notify that a case needs and does not judge.
 * @throws Inconclusive `precondition` when it does not come within `patience.contact`
 */
export async function demandNotify({ controller, patience }: UspBench, fits: Fits, of: string): Promise<UspRecordLog> {
  const log = await controller.next(fits, patience.contact);
  if (log !== undefined) return log;
  throw new Inconclusive("precondition", `no Notify with ${of} comes from the agent`);
}

/** A Notify that has to come. @param after where it began, for one that did not */
export const notified = (requirement: string, log: UspRecordLog | undefined, of: string, after: string): Finding =>
  holds(requirement, log !== undefined, {
    expected: `a Notify of ${of}`,
    actual: log === undefined ? "none" : "one",
    where: log?.where ?? `after ${after}`,
  });

/** A Notify that must not come, or not again. @param after where the wait for it began */
export const notNotified = (requirement: string, log: UspRecordLog | undefined, of: string, after: string): Finding =>
  holds(requirement, log === undefined, {
    expected: `no Notify of ${of}`,
    actual: log === undefined ? "none" : "one",
    where: log?.where ?? `after ${after}`,
  });
