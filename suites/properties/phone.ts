import fc from "fast-check";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { parseParamMap, writeParamMap } from "../../schema/param-map.ts";
import { line, mapWith, own } from "../snom/support/map.ts";
import { after, type Judged } from "./phone-judge.ts";
import type { Action, Command, Surroundings, Writable } from "./phone-model.ts";
import { listsOf } from "./support/lists.ts";
import { type Ground, PhoneStage, type Trail } from "./support/phone-stage.ts";
import { afterwards, type Property, property } from "./support/property.ts";

const OBJECTS = "TR-069:A.3.2.6#undisturbed";
const NUMBERS = "TR-069:A.3.2.6#number-not-reused";
const VALUES = "TR-069:A.3.2.1#undisturbed";
const ATTRIBUTES = "TR-069:A.3.2.4#undisturbed";
const MAP = "SNOM-TR-069:Values#map-in-step";
const FACTORY = "TR-069:A.4.1.6#as-delivered";

/** How often each command comes, and whether it comes at all. */
type Weights = Partial<Record<Command["kind"], number>>;

/** Numbers that pick: there are never many things to pick from. */
const pick = fc.integer({ min: -8, max: 7 });

function commandOf(weights: Weights): fc.Arbitrary<Command> {
  const all: Record<Command["kind"], fc.Arbitrary<Command>> = {
    add: pick.map((number) => ({ kind: "add", pick: number })),
    delete: pick.map((number) => ({ kind: "delete", pick: number })),
    write: fc.tuple(pick, fc.nat({ max: 2 })).map(([number, value]) => ({ kind: "write", pick: number, value })),
    notify: fc.tuple(pick, fc.nat({ max: 2 })).map(([number, notification]) => ({ kind: "notify", pick: number, notification })),
    change: fc.nat({ max: 1 }).map((value) => ({ kind: "change", value })),
    upload: fc.nat({ max: 2 }).map((value) => ({ kind: "upload", value })),
    reboot: fc.constant({ kind: "reboot" }),
    reset: fc.constant({ kind: "reset" }),
  };
  const kinds = Object.keys(all) as Command["kind"][];
  return fc.oneof(
    ...kinds.filter((kind) => (weights[kind] ?? 0) > 0).map((kind) => ({ weight: weights[kind] ?? 0, arbitrary: all[kind] })),
  );
}

const text = (...tried: readonly string[]): Writable => ({ type: "string", tried });

/** Lines of our own, in an order that is not that of their names. */
const LINES = [line("string", "Text", "$=", "a"), line("string", "Again", "=", "b #c"), line("unsignedInt", "Count", "$=", "7")];
const OWN = new Map<string, Writable>([
  [own("Text"), text("", "a=b", " x {")],
  [own("Again"), text("", "<&>", "b")],
  [own("Count"), { type: "unsignedInt", tried: ["0", "4294967295"] }],
]);

/** The map that the phone has, with our lines in three ways. */
async function mapsOf(bench: CwmpBench): Promise<readonly string[]> {
  const map = await mapWith(bench, LINES);
  const { mark, lines } = parseParamMap(map);
  const mine = lines.slice(-LINES.length);
  const others = lines.slice(0, -LINES.length);
  const turned = [...mine].reverse();
  // Ours before all others, whose order has to stay as well.
  return [
    map,
    writeParamMap({ mark, lines: [...turned, ...others] }),
    await mapWith(
      bench,
      LINES.map((one) => one.replace("$=", "*=")),
    ),
  ];
}

async function groundOf(bench: CwmpBench, weights: Weights): Promise<Ground> {
  const { phone } = bench;
  const { values } = phone;
  const withMap = (weights.upload ?? 0) > 0 && phone.claims("param-map");
  const tables = [
    ...(phone.claims("add-delete-object") ? [values.table.path] : []),
    ...(phone.claims("nested-objects") ? [values.nestedTable.path] : []),
  ];
  const writes = (weights.write ?? 0) > 0 && phone.claims("writable-string");
  const fixed = writes
    ? new Map([[values.writableString.path, text(...values.writableString.use)]])
    : new Map<string, Writable>();
  const local = (weights.change ?? 0) > 0 && phone.claims("local-change") ? values.local : undefined;
  const surroundings: Surroundings = {
    local: local === undefined ? undefined : { name: local.parameter, values: local.values },
    maps: withMap ? await mapsOf(bench) : [],
    own: withMap ? OWN : new Map(),
  };
  return { tables: [...new Set(tables)], fixed, surroundings, resets: (weights.reset ?? 0) > 0 };
}

function* judgeTrail(judged: Judged, { start, surroundings, seen }: Trail): Iterable<Finding> {
  let world = start;
  for (const observation of seen) {
    const outcome = after(world, observation, start, surroundings, judged);
    yield* outcome.findings;
    for (const requirement of new Set(Object.values(judged)))
      if (outcome.findings.length === 0)
        yield holds(requirement, true, { expected: "as the model has it", actual: "so", where: observation.where });
    world = outcome.world;
  }
}

/** The commands as they were carried out; what there was nothing to do for is left out. */
const tellTrail = ({ seen }: Trail): readonly string[] =>
  seen.map(({ action, instance }) => told(action) + (instance === undefined ? "" : `, which gave ${instance}`));

function told(action: Action): string {
  switch (action.kind) {
    case "add":
      return `AddObject ${action.table}`;
    case "delete":
      return `DeleteObject ${action.instance}`;
    case "write":
      return `set ${action.name} to ${JSON.stringify(action.value)}`;
    case "notify":
      return `set the Notification of ${action.name} to ${action.notification}`;
    case "change":
      return `the user changes ${action.name} to ${JSON.stringify(action.value)}`;
    case "upload":
      return "upload of a map";
    case "reboot":
      return "Reboot";
    case "reset":
      return "FactoryReset";
  }
}

type Sequence = Pick<Property<readonly Command[], Trail>, "id" | "title" | "needs" | "disturbs" | "share"> & {
  readonly weights: Weights;
  readonly judged: Judged;
};

function sequence({ weights, judged, ...one }: Sequence): AnyCase<CwmpBench> {
  return property<readonly Command[], Trail>({
    ...one,
    proves: [...new Set(Object.values(judged))],
    async stage(bench, explore) {
      const ground = await groundOf(bench, weights);
      const { surroundings, tables, fixed } = ground;
      if (tables.length + fixed.size + surroundings.own.size === 0)
        throw new Inconclusive("precondition", "the phone has nothing that commands could be tried on");
      const stage = await PhoneStage.on(bench, ground, judged);
      const commands = listsOf(commandOf(weights), bench.properties.commands);
      try {
        return await explore(commands, (example) => stage.run(example));
      } finally {
        await afterwards(bench, (session) => stage.clear(session));
      }
    },
    judge: (_commands, trail) => judgeTrail(judged, trail),
    tell: (_commands, trail) => tellTrail(trail),
  });
}

export const phoneCases: readonly AnyCase<CwmpBench>[] = [
  sequence({
    id: "properties.objects.any-sequence",
    title: "creates and deletes objects in any order without a number given twice",
    needs: ["add-delete-object", "reboot"],
    disturbs: "reboot",
    share: 0.3,
    weights: { add: 5, delete: 3, reboot: 1 },
    judged: { accepted: OBJECTS, objects: OBJECTS, numbers: NUMBERS },
  }),
  sequence({
    id: "properties.phone.any-sequence",
    title: "is after any commands as a model of it says: values, attributes, objects, map",
    needs: ["reboot", "param-map", "local-change", "add-delete-object"],
    disturbs: "reboot",
    share: 0.4,
    weights: { add: 4, delete: 2, write: 4, notify: 3, change: 1, upload: 1, reboot: 2 },
    judged: {
      accepted: OBJECTS,
      objects: OBJECTS,
      numbers: NUMBERS,
      values: VALUES,
      attributes: ATTRIBUTES,
      map: MAP,
    },
  }),
  sequence({
    id: "properties.phone.any-sequence-with-reset",
    title: "is as it was delivered after a factory reset, whatever was done before",
    needs: ["factory-reset", "add-delete-object", "param-map", "local-change"],
    disturbs: "factory-reset",
    share: 0.15,
    weights: { add: 3, write: 4, notify: 3, change: 2, upload: 2, reboot: 1, reset: 3 },
    judged: { factory: FACTORY },
  }),
];
