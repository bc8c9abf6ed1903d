import { SECRET_NAME } from "../core/secret-name.ts";
import type { UspMessage, UspRecord } from "./usp.ts";
import type { Scalar, WireField, WireMessage } from "./usp-lint.ts";
import { isMessage } from "./usp-path.ts";
import type { FieldShape } from "./usp-shape.ts";

/** What a view shows in place of a secret. */
const HIDDEN = "[redacted]";
/** Octets of an undecoded payload that are shown. */
const SHOWN_OCTETS = 256;

const secret = new RegExp(`${SECRET_NAME}$`, "i");

/** Field pairs of the schema in which one names a parameter and the other is its value. */
const NAMED_VALUES = [
  ["param", "value"],
  ["param_path", "param_value"],
] as const;

/** A value of the view. Objects have no prototype, so that a key may be anything. */
type Json = string | number | boolean | readonly Json[] | JsonObject;
interface JsonObject {
  [name: string]: Json;
}
const emptyObject = (): JsonObject => Object.create(null) as JsonObject;

/** What is shown of a secret. */
type Hide = (value: string) => string;

/**
 * A record as JSON, for a person: names of the schema, the message in place of the payload, what was not sent left out, enumerations by
 * name, octets in base64, and below it what is wrong with it. Values of parameters and arguments that are named like a password are
 * not shown.
 */
export function viewUsp(record: UspRecord): string {
  const view = objectOf(record.root, record.message, () => HIDDEN);
  if (record.faults.length > 0)
    view.faults = record.faults.map(
      ({ kind, path, offset, message }) => `octet ${offset}${path === "" ? "" : ` (${path})`}: ${kind}, ${message}`,
    );
  return JSON.stringify(view, undefined, 2);
}

/** The values that `viewUsp` does not show, so that they can be taken out of everything else. */
export function secretsIn(record: UspRecord): readonly string[] {
  const found = new Set<string>();
  objectOf(record.root, record.message, (value) => {
    found.add(value);
    return value;
  });
  return [...found];
}

function objectOf(read: WireMessage, inside: UspMessage | undefined, hide: Hide): JsonObject {
  const object = emptyObject();
  for (const [name, field] of read.fields) object[name] = fieldJson(field, inside, hide);
  for (const [naming, valued] of NAMED_VALUES) {
    const [name, value] = [object[naming], object[valued]];
    if (typeof name === "string" && typeof value === "string") object[valued] = shown(name, value, hide);
  }
  return object;
}

function fieldJson({ shape, values, entries }: WireField, inside: UspMessage | undefined, hide: Hide): Json {
  if (shape.occurs === "map") {
    const object = emptyObject();
    for (const [key, { value }] of entries) object[key] = shown(key, String(value), hide);
    return object;
  }
  // Only records have a field of this name.
  if (shape.name === "payload" && inside?.msg !== undefined) return objectOf(inside.root, undefined, hide);
  // A segment of a message may hold half a secret, which nobody could find in it.
  const isSegment = shape.name === "payload" && shape.occurs === "list";
  const all = values.map(({ value }) =>
    isSegment && Buffer.isBuffer(value) ? `${value.length} octets` : valueJson(shape, value, inside, hide),
  );
  return shape.occurs === "list" ? all : (all[0] ?? "");
}

function valueJson(shape: FieldShape, value: Scalar | WireMessage, inside: UspMessage | undefined, hide: Hide): Json {
  if (isMessage(value)) return objectOf(value, inside, hide);
  if (Buffer.isBuffer(value)) {
    const rest = value.length - SHOWN_OCTETS;
    return value.toString("base64", 0, SHOWN_OCTETS) + (rest > 0 ? ` and ${rest} more octets` : "");
  }
  if (typeof value === "bigint") return String(value);
  return shape.type === "enum" ? (shape.enum?.value[Number(value)]?.name ?? value) : value;
}

const shown = (name: string, value: string, hide: Hide): string => (value !== "" && secret.test(name) ? hide(value) : value);
