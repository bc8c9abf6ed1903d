import fc from "fast-check";
import { hasEvent, parameterList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, few, holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { line, mapWith, own, upload } from "../snom/support/map.ts";
import { comes } from "../support/contacts.ts";
import { gatherInforms } from "../support/failures.ts";
import { VALUE_CHANGE } from "../support/local.ts";
import { inSession } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { listsOf } from "./support/lists.ts";
import { property } from "./support/property.ts";

const DUE = "TR-069:A.3.2.4#due";

/** Settings that a user may change without harm, and the parameters that show them: one shows in two. */
const SETTINGS = ["phone_name", "ntp_server"] as const;
const PARAMETERS = [
  { name: own("Name"), setting: "phone_name" },
  { name: own("SameName"), setting: "phone_name" },
  { name: own("Server"), setting: "ntp_server" },
] as const;
const LINES = PARAMETERS.map(({ name, setting }) => line("string", name.slice(own("").length), "=", `{${setting}}`));
const TEXTS = ["one.assay.example", "two.assay.example", "three.assay.example"];

/** What happens: the ACS sets a Notification, the user saves a setting, or a session takes place. */
type Event =
  | { readonly kind: "notify"; readonly parameter: number; readonly notification: number }
  | { readonly kind: "save"; readonly setting: number; readonly text: number }
  | { readonly kind: "visit" };

const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("notify" as const),
      parameter: fc.nat({ max: 2 }),
      notification: fc.constantFrom(1, 0, 2),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant("save" as const), setting: fc.nat({ max: 1 }), text: fc.nat({ max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("visit" as const) }) },
);

/** For each event, the Informs that came with 4 VALUE CHANGE, and what they list of our parameters. */
interface Notices {
  readonly informs: readonly { readonly names: readonly string[]; readonly where: string }[];
  readonly where: string;
}

/** What the phone still has to tell. */
interface Queue {
  readonly settings: ReadonlyMap<string, string>;
  readonly notifications: ReadonlyMap<string, number>;
  readonly pending: ReadonlySet<string>;
}

const START: Queue = {
  settings: new Map(SETTINGS.map((name) => [name, "zero.assay.example"])),
  notifications: new Map(PARAMETERS.map(({ name }) => [name, 1])),
  pending: new Set(),
};

/** The queue after an event, and what an Inform had to list; undefined when there is none. */
function next(queue: Queue, event: Event): { readonly queue: Queue; readonly due: readonly string[] | undefined } {
  if (event.kind === "save") {
    const setting = SETTINGS[event.setting] ?? "";
    const text = TEXTS[event.text] ?? "";
    if (queue.settings.get(setting) === text) return { queue, due: undefined };
    const changed = PARAMETERS.filter((one) => one.setting === setting).map(({ name }) => name);
    const told = changed.filter((name) => (queue.notifications.get(name) ?? 0) > 0);
    const pending = new Set([...queue.pending, ...told]);
    const settings = new Map([...queue.settings, [setting, text]]);
    const atOnce = told.some((name) => queue.notifications.get(name) === 2);
    return { queue: { ...queue, settings, pending: atOnce ? new Set() : pending }, due: atOnce ? [...pending] : undefined };
  }
  const due = queue.pending.size === 0 ? undefined : [...queue.pending];
  const name = event.kind === "notify" ? PARAMETERS[event.parameter]?.name : undefined;
  const notifications =
    event.kind === "notify" && name !== undefined
      ? new Map([...queue.notifications, [name, event.notification]])
      : queue.notifications;
  return { queue: { ...queue, notifications, pending: new Set() }, due };
}

async function happens(bench: CwmpBench, event: Event, queue: Queue): Promise<void> {
  const { acs, phone } = bench;
  if (event.kind !== "save")
    return inSession(bench, async (session) => {
      if (event.kind === "visit") return;
      const { name } = PARAMETERS[event.parameter] ?? PARAMETERS[0];
      const reply = await session.setParameterAttributes([{ name, notification: event.notification }]);
      demand(reply, "SetParameterAttributes", `setting the Notification of ${name}`);
    });
  const save = (): Promise<void> => phone.snom.save({ [SETTINGS[event.setting] ?? SETTINGS[0]]: TEXTS[event.text] ?? "" });
  if (next(queue, event).due === undefined) return save();
  const session = await comes(acs, { trigger: save, event: VALUE_CHANGE });
  await session?.end();
}

/** Everything happens from the same state: our map, with passive notification, and settings that no event gives. */
async function run(bench: CwmpBench, map: string, events: readonly Event[]): Promise<readonly Notices[]> {
  await upload(bench, map);
  await bench.phone.snom.save(Object.fromEntries(START.settings));
  // What the phone has to tell of that, and what else was pending, is over then.
  await inSession(bench, async () => {});
  const seen: Notices[] = [];
  let queue = START;
  for (const event of [...events, { kind: "visit" } as const]) {
    const informs = gatherInforms(bench.acs);
    try {
      await happens(bench, event, queue);
    } finally {
      informs.stop();
    }
    seen.push({ informs: noticesIn(informs.seen), where: informs.seen.at(-1)?.where ?? "no Inform" });
    const told = next(queue, event);
    if (complaint(told.due, seen.at(-1)) !== undefined) break;
    queue = told.queue;
  }
  return seen;
}

const noticesIn = (informs: readonly Exchange[]): Notices["informs"] =>
  informs.flatMap((inform) => {
    if (!hasEvent(inform, VALUE_CHANGE)) return [];
    const names = parameterList(inform).flatMap(({ name }) => (PARAMETERS.some((one) => one.name === name) ? [name] : []));
    return names.length === 0 ? [] : [{ names, where: inform.where }];
  });

/** What is wrong with the notices after an event after which `due` had to be told. */
function complaint(
  due: readonly string[] | undefined,
  seen: Notices | undefined,
): { expected: string; actual: string } | undefined {
  const informs = seen?.informs ?? [];
  const told = informs.map(({ names }) => [...names].sort().join());
  if (due === undefined ? told.length === 0 : told.length === 1 && told[0] === [...due].sort().join()) return undefined;
  return {
    expected:
      due === undefined ? `no ${VALUE_CHANGE} of our parameters` : `one Inform with ${VALUE_CHANGE} and ${due.join(", ")}`,
    actual: told.length === 0 ? "none" : few(told),
  };
}

function* judge(events: readonly Event[], seen: readonly Notices[]): Iterable<Finding> {
  let queue = START;
  for (const [index, notices] of seen.entries()) {
    const told = next(queue, events[index] ?? { kind: "visit" });
    const wrong = complaint(told.due, notices);
    yield holds(DUE, wrong === undefined, {
      expected: "what is due, and nothing else",
      actual: "so",
      ...wrong,
      where: notices.where,
    });
    queue = told.queue;
  }
}

function tell(event: Event): string {
  switch (event.kind) {
    case "notify":
      return `set the Notification of ${PARAMETERS[event.parameter]?.name} to ${event.notification}`;
    case "save":
      return `the user sets ${SETTINGS[event.setting]} to ${TEXTS[event.text]}`;
    case "visit":
      return "a session";
  }
}

export const notificationCases: readonly AnyCase<CwmpBench>[] = [
  property<readonly Event[], readonly Notices[]>({
    id: "properties.notification.any-changes",
    title: "tells of any changes by its user each when it is due, once, and of no other",
    proves: [DUE],
    needs: ["param-map", "local-change"],
    share: 0.3,
    async stage(bench, explore) {
      const map = await mapWith(bench, LINES);
      const events = listsOf(anyEvent, bench.properties.commands);
      return explore(events, (example) => run(bench, map, example));
    },
    judge,
    tell: (events) => [...events.map(tell), "a session"],
  }),
];
