import {
  editLines,
  effectiveLines,
  type Modifier,
  parseParamMap,
  withModifier,
  withValue,
  writeParamMap,
} from "../../schema/param-map.ts";

/**
 * A phone as far as properties know it: what has to be there after a list of commands. Pure data and functions of it; the phone
 * itself is asked elsewhere, and compared with this after every command.
 */
export interface World {
  /** Tables of the phone that instances are created in, each with its dot. */
  readonly tables: readonly string[];
  /** Instances in them that are not ours: they are left alone. */
  readonly foreign: ReadonlySet<string>;
  /** Instances that the commands have created and not deleted, with the tables inside them. */
  readonly instances: ReadonlyMap<string, readonly string[]>;
  /** Instances that they have deleted. */
  readonly gone: ReadonlySet<string>;
  /** Parameters that may be written, with the values that are tried; cells of instances are among them. */
  readonly writable: ReadonlyMap<string, Writable>;
  /** Values and Notifications by parameter. */
  readonly values: ReadonlyMap<string, string>;
  readonly notifications: ReadonlyMap<string, number>;
  /** The phone's param_map, when it has one that is looked at. */
  readonly map: string | undefined;
}

export interface Writable {
  readonly type: string;
  readonly tried: readonly string[];
}

/** Commands pick by number among what there is at that moment, so that any list of them can be run. */
export type Command =
  | { readonly kind: "add" | "delete"; readonly pick: number }
  | { readonly kind: "write"; readonly pick: number; readonly value: number }
  | { readonly kind: "notify"; readonly pick: number; readonly notification: number }
  | { readonly kind: "change" | "upload"; readonly value: number }
  | { readonly kind: "reboot" | "reset" };

/** What a command is on this phone, at this moment. */
export type Action =
  | { readonly kind: "add"; readonly table: string }
  | { readonly kind: "delete"; readonly instance: string }
  | { readonly kind: "write"; readonly name: string; readonly value: string; readonly type: string }
  | { readonly kind: "notify"; readonly name: string; readonly notification: number }
  /** The phone's user changes a parameter. */
  | { readonly kind: "change"; readonly name: string; readonly value: string }
  /** Another map, which has these lines of our own. */
  | { readonly kind: "upload"; readonly map: string }
  | { readonly kind: "reboot" | "reset" };

/** What a phone has besides its tables. */
export interface Surroundings {
  /** The parameter that its user can change. */
  readonly local: { readonly name: string; readonly values: readonly string[] } | undefined;
  /** Maps that may be uploaded, and the parameters of our own that each of them has. */
  readonly maps: readonly string[];
  readonly own: ReadonlyMap<string, Writable>;
}

/**
 * Below 0 from the beginning, where what was always there stands, else from the end, where what is new does: a command then means
 * the same when an earlier one is left out.
 */
const picked = <T>(list: readonly T[], pick: number): T | undefined =>
  list.length === 0 ? undefined : pick < 0 ? list[(-1 - pick) % list.length] : list.at(-1 - (pick % list.length));

/** What a command means in a world; undefined where there is nothing to do it to. */
export function actionOf(command: Command, world: World, { local, maps }: Surroundings): Action | undefined {
  switch (command.kind) {
    case "add": {
      const table = picked([...world.tables, ...[...world.instances.values()].flat()], command.pick);
      return table === undefined ? undefined : { kind: "add", table };
    }
    case "delete": {
      const instance = picked([...world.instances.keys()], command.pick);
      return instance === undefined ? undefined : { kind: "delete", instance };
    }
    case "write": {
      const [name, { type, tried }] = picked([...world.writable], command.pick) ?? ["", { type: "", tried: [] }];
      const value = picked(tried, command.value);
      return value === undefined ? undefined : { kind: "write", name, value, type };
    }
    case "notify": {
      const name = picked([...world.notifications.keys()], command.pick);
      return name === undefined ? undefined : { kind: "notify", name, notification: command.notification };
    }
    case "change": {
      // Always to another value: a user who leaves it as it is changes nothing.
      const others = local?.values.filter((value) => value !== world.values.get(local.name)) ?? [];
      const value = picked(others, command.value);
      return local === undefined || value === undefined ? undefined : { kind: "change", name: local.name, value };
    }
    case "upload": {
      const map = picked(maps, command.value);
      return map === undefined ? undefined : { kind: "upload", map };
    }
    case "reboot":
    case "reset":
      return { kind: command.kind };
  }
}

/** The world after a write, a change of an attribute, or a change by the user; all else needs to be seen first. */
export function written(world: World, name: string, value: string): World {
  return { ...world, values: new Map([...world.values, [name, value]]), map: editedMap(world.map, name, { value }) };
}

export function notified(world: World, name: string, notification: number): World {
  return {
    ...world,
    notifications: new Map([...world.notifications, [name, notification]]),
    map: editedMap(world.map, name, { notification }),
  };
}

/** The world with one more instance: `tables` are inside it, `cells` are its parameters as they were first seen. */
export function added(
  world: World,
  instance: string,
  tables: readonly string[],
  cells: ReadonlyMap<string, Writable & { readonly value: string }>,
): World {
  return {
    ...world,
    instances: new Map([...world.instances, [instance, tables]]),
    writable: new Map([...world.writable, ...cells]),
    values: new Map([...world.values, ...[...cells].map(([name, { value }]) => [name, value] as const)]),
    // TR-069 A.3.2.6: nothing in a new object notifies.
    notifications: new Map([...world.notifications, ...[...cells.keys()].map((name) => [name, 0] as const)]),
  };
}

/** The world without an instance and all that is inside it. */
export function deleted(world: World, instance: string): World {
  const stays = ([name]: readonly [string, unknown]): boolean => !name.startsWith(instance);
  const inside = [...world.instances.keys()].filter((path) => path.startsWith(instance));
  return {
    ...world,
    instances: new Map([...world.instances].filter(stays)),
    gone: new Set([...world.gone, ...inside]),
    writable: new Map([...world.writable].filter(stays)),
    values: new Map([...world.values].filter(stays)),
    notifications: new Map([...world.notifications].filter(stays)),
  };
}

const MODIFIERS: Readonly<Record<number, Modifier>> = { 0: "$=", 1: "=", 2: "*=" };
const NOTIFICATIONS: Readonly<Partial<Record<Modifier, number>>> = { "$=": 0, "=": 1, "*=": 2 };

/** The world after another map was taken: what was kept for lines is forgotten, they say it all (guide to TR-069, Values). */
export function uploaded(world: World, map: string, own: Surroundings["own"]): World {
  const values = new Map(world.values);
  const notifications = new Map(world.notifications);
  for (const { name, value, modifier } of effectiveLines(parseParamMap(map)).values()) {
    const isOwn = own.has(name);
    if ((isOwn || values.has(name)) && isStatic(value)) values.set(name, value);
    const notification = NOTIFICATIONS[modifier];
    if ((isOwn || notifications.has(name)) && notification !== undefined) notifications.set(name, notification);
  }
  return { ...world, writable: new Map([...world.writable, ...own]), values, notifications, map };
}

/** The map in which one line has another value or modifier. A dynamic line shows a setting, and a read-only one stays so. */
function editedMap(
  text: string | undefined,
  name: string,
  change: { value?: string; notification?: number },
): string | undefined {
  if (text === undefined) return undefined;
  const edit: Parameters<typeof editLines>[1] = (line) => {
    if (line.name !== name) return line;
    if (change.value !== undefined && isStatic(line.value)) return withValue(line, change.value);
    const modifier = MODIFIERS[change.notification ?? -1];
    return modifier === undefined || line.modifier === "!=" ? line : withModifier(line, modifier);
  };
  return writeParamMap(editLines(parseParamMap(text), edit));
}

const isStatic = (value: string): boolean => !/\{[A-Za-z]/.test(value);
