import type { Scalar, WireMessage, WireValue } from "./usp-lint.ts";
import type { FieldShape } from "./usp-shape.ts";

/** A value at a path, as text. */
export interface Hit {
  /** Absent for what was not sent and has no default that one could compare with. */
  readonly value: string | undefined;
  /** Where its field begins; for what was not sent, where the message begins in which it is missing. */
  readonly offset: number;
  /** The path with the numbers of all list members; for what was not sent, as far as there is something. */
  readonly path: string;
}

/** A message on the way, and how it was reached. */
interface Standing {
  readonly message: WireMessage;
  readonly offset: number;
  readonly path: string;
}

/** The end of a path: a field of some messages. */
interface Destination {
  readonly standing: readonly Standing[];
  readonly field: FieldShape;
  /** Which member of a list, from 0. */
  readonly index: number | undefined;
  /** Which entry of a map. */
  readonly key: string | undefined;
  /** The deepest message that there is on the way. */
  readonly deepest: Hit;
}

/**
 * The values at a path of field names, `req_path_results[2]/err_code`. Lists count from 1, and a step without a number takes every
 * member; behind a map the rest of the path is a key, and without one all its entries are meant.
 *
 * Numbers, booleans and enumerations that were not sent are there with the value that Protocol Buffers give them. An empty text
 * counts as not sent, as it does there, except in lists, maps and oneofs.
 *
 * @returns the values, and the place to name when there are none. Throws for a path that the schema does not have, whatever was sent:
 *   the mistake is then the caller's
 */
export function hitsAt(root: WireMessage, path: string): { readonly hits: readonly Hit[]; readonly deepest: Hit } {
  const { standing, field, index, key, deepest } = destinationOf(root, path);
  return { hits: standing.flatMap((one) => hitsIn(one, field, index, key)), deepest };
}

/** The entries of the maps at a path, by key. */
export function entriesAt(root: WireMessage, path: string): ReadonlyMap<string, Hit> {
  const { standing, field } = destinationOf(root, path);
  if (field.occurs !== "map") throw new Error(`"${path}" is no map`);
  return new Map(standing.flatMap((one) => entryHits(one, field)));
}

function destinationOf(root: WireMessage, path: string): Destination {
  let standing: readonly Standing[] = [{ message: root, offset: 0, path: "" }];
  let { shape } = root;
  let deepest: Hit = { value: undefined, offset: 0, path: "" };
  let rest = path;
  for (;;) {
    const slash = rest.indexOf("/");
    const step = slash < 0 ? rest : rest.slice(0, slash);
    rest = slash < 0 ? "" : rest.slice(slash + 1);
    const [, name = "", number] = /^(.*?)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const field = shape.byName.get(name);
    if (field === undefined) throw new Error(`"${path}": ${shape.name} has no field "${name}"`);
    const index = number === undefined ? undefined : Number(number) - 1;
    const first = standing[0];
    if (first !== undefined) deepest = { value: undefined, offset: first.offset, path: first.path };
    if (field.occurs === "map") return { standing, field, index, key: slash < 0 ? undefined : rest, deepest };
    if (rest === "") return { standing, field, index, key: undefined, deepest };
    if (field.message === undefined) throw new Error(`"${path}": "${name}" has nothing below it`);
    standing = standing.flatMap((one) => below(one, field, index));
    shape = field.message();
  }
}

const joined = (path: string, name: string): string => (path === "" ? name : `${path}/${name}`);

/** The values of a field that are meant, each with its path. */
function valuesOf({ message, path }: Standing, field: FieldShape, index: number | undefined): (WireValue & { path: string })[] {
  const values = message.fields.get(field.name)?.values ?? [];
  const own = joined(path, field.name);
  const from = index ?? 0;
  const meant = index === undefined ? values : values.slice(index, index + 1);
  return meant.map((value, at) => ({ ...value, path: field.occurs === "list" ? `${own}[${from + at + 1}]` : own }));
}

function below(one: Standing, field: FieldShape, index: number | undefined): Standing[] {
  return valuesOf(one, field, index).flatMap(({ value, offset, path }) =>
    isMessage(value) ? [{ message: value, offset, path }] : [],
  );
}

function hitsIn(one: Standing, field: FieldShape, index: number | undefined, key: string | undefined): Hit[] {
  if (field.occurs === "map") {
    const entries = one.message.fields.get(field.name)?.entries;
    if (key === undefined) return entryHits(one, field).map(([, hit]) => hit);
    const value = entries?.get(key);
    return value === undefined ? [] : [entryHit(one, field, key, value)];
  }
  const hits = valuesOf(one, field, index).map((value) => hitOf(field, value, value.path));
  const implicit = field.occurs === "single" && field.oneof === undefined;
  const sent = implicit ? hits.filter(({ value }) => value !== "") : hits;
  const preset = implicit ? defaultOf(field) : undefined;
  return sent.length > 0 || preset === undefined
    ? sent
    : [{ value: preset, offset: one.offset, path: joined(one.path, field.name) }];
}

function entryHits(one: Standing, field: FieldShape): (readonly [string, Hit])[] {
  const entries = one.message.fields.get(field.name)?.entries ?? [];
  return [...entries].map(([key, value]) => [key, entryHit(one, field, key, value)] as const);
}

const entryHit = (one: Standing, field: FieldShape, key: string, value: WireValue): Hit =>
  hitOf(field, value, `${joined(one.path, field.name)}/${key}`);

const hitOf = (field: FieldShape, { value, offset }: WireValue, path: string): Hit => ({
  value: textOf(field, value),
  offset,
  path,
});

/** What a field that was not sent stands for; texts and octets then count as absent. */
function defaultOf(field: FieldShape): string | undefined {
  switch (field.type) {
    case "bool":
      return "false";
    case "uint64":
    case "fixed32":
      return "0";
    case "enum":
      return enumName(field, 0);
    case "string":
    case "bytes":
    case "message":
      return undefined;
  }
}

/** A value as a judge reads it: enumerations by name, or number where they have none; octets in hex; of a message its type. */
function textOf(field: FieldShape, value: Scalar | WireMessage): string {
  if (isMessage(value)) return value.shape.name;
  if (Buffer.isBuffer(value)) return value.toString("hex");
  return field.type === "enum" ? enumName(field, Number(value)) : String(value);
}

/** The name of a value of an enumeration, or its number where the schema has none. */
export function enumName(field: FieldShape, number: number): string {
  return field.enum?.value[number]?.name ?? String(number);
}

/** Tells a message from all other values. */
export function isMessage(value: Scalar | WireMessage): value is WireMessage {
  return typeof value === "object" && "shape" in value;
}
