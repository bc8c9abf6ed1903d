import type { ParameterValue } from "../../harness/acs/read.ts";
import { type Finding, holds, type Located, sameSet } from "../../harness/core/finding.ts";
import {
  type Action,
  added,
  deleted,
  notified,
  type Surroundings,
  uploaded,
  type World,
  type Writable,
  written,
} from "./phone-model.ts";

/** What was seen of the phone after a command. */
export interface Observation {
  readonly action: Action;
  /** What came of the command; `ok` when it was carried out. */
  readonly reply: Located & { readonly ok: boolean };
  /** The instance that an AddObject has given, with its dot. */
  readonly instance: string | undefined;
  /** Names below the tables, with Writable. */
  readonly names: ReadonlyMap<string, boolean | undefined>;
  readonly values: ReadonlyMap<string, ParameterValue>;
  readonly notifications: ReadonlyMap<string, number | undefined>;
  readonly map: string | undefined;
  /** The session in which all this was asked. */
  readonly where: string;
}

/** By what may be wrong, the requirement; what a property does not judge is absent. */
export type Judged = Partial<Record<"accepted" | "numbers" | "objects" | "values" | "attributes" | "map" | "factory", string>>;

/** A world, and what was wrong on the way to it. */
export interface Outcome {
  readonly world: World;
  readonly findings: readonly Finding[];
}

/** Cells are tried with these. */
const CELL: Omit<Writable, "type"> = { tried: ["17", "", "1 <&> 2"] };

/** The world after a command, and the findings when the phone is not like that. `start` is the world at the beginning. */
export function after(world: World, seen: Observation, start: World, surroundings: Surroundings, judged: Judged): Outcome {
  const { action, reply, where } = seen;
  const bad: Finding[] = [];
  const complain = (what: keyof Judged, expected: string, actual: string, place = where): void => {
    const requirement = judged[what];
    if (requirement !== undefined) bad.push(holds(requirement, false, { expected, actual, where: place }));
  };
  if (!reply.ok) complain("accepted", `${action.kind} to be carried out`, reply.value ?? "nothing", reply.where);
  const next = reply.ok ? applied(world, seen, start, surroundings) : world;
  if (action.kind === "add" && reply.ok) {
    const number = seen.instance ?? "no instance number";
    if (seen.instance === undefined || world.gone.has(seen.instance) || world.instances.has(seen.instance))
      complain("numbers", "an instance number that was never given before", number, reply.where);
  }
  const objects = judged.objects;
  if (objects !== undefined) {
    const listed = [...seen.names.keys()].filter((name) => /\.\d+\.$/.test(name) && !start.foreign.has(name));
    const finding = sameSet(objects, { value: listed, where }, [...next.instances.keys()]);
    if (!finding.ok) bad.push(finding);
    // With an object its parameters are gone, or there: that is no more to say of them.
    if (!finding.ok) return { world: next, findings: bad };
  }
  const factory = action.kind === "reset" ? "factory" : undefined;
  differing(
    next.values,
    (name) => seen.values.get(name)?.value,
    (text, name) => {
      complain(factory ?? "values", `${name} = ${JSON.stringify(next.values.get(name))}`, text, seen.values.get(name)?.where);
    },
  );
  differing(
    next.notifications,
    (name) => seen.notifications.get(name),
    (text, name) => {
      complain(factory ?? "attributes", `Notification ${next.notifications.get(name)} for ${name}`, text);
    },
  );
  if (next.map !== undefined && seen.map !== undefined && next.map !== seen.map) {
    const [line, was, is] = firstDifference(next.map, seen.map);
    complain(factory ?? "map", JSON.stringify(was), JSON.stringify(is), `param_map, line ${line}`);
  }
  return { world: next, findings: bad };
}

function applied(
  world: World,
  { action, instance, names, values }: Observation,
  start: World,
  surroundings: Surroundings,
): World {
  switch (action.kind) {
    case "add": {
      if (instance === undefined) return world;
      const inside = [...names].filter(([name]) => name.startsWith(instance) && name !== instance);
      const tables = inside.flatMap(([name, writable]) => (name.endsWith(".") && writable === true ? [name] : []));
      const cells = inside.flatMap(([name, writable]) => {
        const value = values.get(name);
        const isText = writable === true && value?.type === "string";
        return isText ? [[name, { ...CELL, type: "string", value: value.value }] as const] : [];
      });
      return added(world, instance, tables, new Map(cells));
    }
    case "delete":
      return deleted(world, action.instance);
    case "write":
    case "change":
      return written(world, action.name, action.value);
    case "notify":
      return notified(world, action.name, action.notification);
    case "upload":
      return uploaded(world, action.map, surroundings.own);
    case "reset":
      return start;
    case "reboot":
      return world;
  }
}

function differing<T>(
  expected: ReadonlyMap<string, T>,
  seen: (name: string) => T | undefined,
  tell: (actual: string, name: string) => void,
): void {
  for (const [name, value] of expected) {
    const is = seen(name);
    if (is !== value) tell(is === undefined ? "absent" : JSON.stringify(is), name);
  }
}

function firstDifference(expected: string, seen: string): readonly [number, string | undefined, string | undefined] {
  const [left, right] = [expected.split("\n"), seen.split("\n")];
  const longer = left.length > right.length ? left : right;
  const index = longer.findIndex((_, at) => left[at] !== right[at]);
  return [index + 1, left[index], right[index]];
}
