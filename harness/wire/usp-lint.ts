import { isUtf8 } from "node:buffer";
import type { DescMessage } from "@bufbuild/protobuf";
import { type Extent, extentOf, isUnreadable, readTag, readVarint, type Tag } from "./protobuf.ts";
import { type FieldShape, type MessageShape, shapeOf } from "./usp-shape.ts";

/**
 * What can be wrong with octets that should be a message of a schema.
 *
 * - `truncated`, `varint` (more than 64 bits), `tag` (a field number or wire type that cannot be): no Protocol Buffers; the message
 *   that holds it is not read further
 * - `wire-type`, `utf-8`, `bool` (neither 0 nor 1): a known field, encoded otherwise than its type asks
 * - `unknown-field`, `unknown-enum`: not in the schema of TR-369 1.4; a newer sender may mean something by it
 * - `repeated` (a field that may stand once, or a key of a map, a second time), `second-oneof-member`, `no-oneof-member` (R-ENC.3)
 * - `non-minimal-varint`: legal, but nobody encodes so who does not want to be odd
 * - `too-much`: more than a decoder can be asked to take; what follows was not looked at
 */
export type WireFaultKind =
  | "truncated"
  | "varint"
  | "tag"
  | "wire-type"
  | "utf-8"
  | "bool"
  | "unknown-field"
  | "unknown-enum"
  | "repeated"
  | "second-oneof-member"
  | "no-oneof-member"
  | "non-minimal-varint"
  | "too-much";

/** One thing that is wrong, and where. */
export interface WireFault {
  readonly kind: WireFaultKind;
  /** Names of the schema, lists counted from 1: `body/request/get/param_paths[2]`; empty for the whole. */
  readonly path: string;
  /** Counted from 0: the first octet of the field, of a variable-length integer, or, for `utf-8`, of the text. */
  readonly offset: number;
  readonly message: string;
}

export type Scalar = string | number | bigint | boolean | Buffer;

/** A value as it stood on the wire. */
export interface WireValue {
  /** Where its field begins. */
  readonly offset: number;
  readonly value: Scalar | WireMessage;
}

/** All values of one field. */
export interface WireField {
  readonly shape: FieldShape;
  /** One, or as many as the list has; empty for a map. */
  readonly values: readonly WireValue[];
  /** By key; empty for all but maps. */
  readonly entries: ReadonlyMap<string, WireValue>;
}

/** A message as it stood on the wire, read leniently. Fields that were not sent are not there. */
export interface WireMessage {
  readonly shape: MessageShape;
  readonly fields: ReadonlyMap<string, WireField>;
}

/** What the octets say, and what is wrong with them. */
export interface WireReading {
  readonly root: WireMessage;
  readonly faults: readonly WireFault[];
}

/** Larger records are not decoded. */
const MAX_OCTETS = 32 * 1024 * 1024;
/** A whole data model has some thousand; this keeps hostile records from taking memory. */
const MAX_VALUES = 200_000;
const MAX_FAULTS = 100;
/** Characters of a key that a fault tells. */
const MAX_SHOWN = 80;

/** Everything in the octets that is not as the schema and Protocol Buffers ask, as it is met; at most 100 faults. Never throws. */
export function lintUsp(schema: DescMessage, octets: Buffer): readonly WireFault[] {
  return readUsp(schema, octets).faults;
}

/**
 * Reads a message leniently, and remembers strictly. Where something is wrong, the reading is what the rules of Protocol Buffers make
 * of it: a field of the wrong wire type is passed over like an unknown one, of a repeated single value and of several members of a oneof
 * the last counts, repeated single messages are merged, broken UTF-8 is read with replacement characters. After octets that cannot be
 * read at all, the message that holds them ends; what was read before stays. Never throws.
 */
export function readUsp(schema: DescMessage, octets: Buffer): WireReading {
  const reader = new Reader(octets);
  const root = growing(shapeOf(schema));
  if (octets.length > MAX_OCTETS) reader.note("too-much", "", 0, `longer than ${MAX_OCTETS} octets, not decoded`);
  else reader.message(root, { start: 0, end: octets.length, path: "", cut: false });
  return { root, faults: reader.faults };
}

interface GrowingField extends WireField {
  readonly values: WireValue[];
  readonly entries: Map<string, WireValue>;
}

interface Growing extends WireMessage {
  readonly fields: Map<string, GrowingField>;
}

/** Where in the octets a message stands. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  /** True when it was meant to be longer, which has been told already. */
  readonly cut: boolean;
}

/** One field on the wire. */
interface Found {
  readonly field: FieldShape;
  readonly path: string;
  readonly offset: number;
  readonly extent: Extent;
}

const growing = (shape: MessageShape): Growing => ({ shape, fields: new Map() });
const NO_ENTRIES: Map<string, WireValue> = new Map();
const heldFor = (shape: FieldShape): GrowingField => ({
  shape,
  values: [],
  entries: shape.occurs === "map" ? new Map() : NO_ENTRIES,
});

class Reader {
  readonly faults: WireFault[] = [];
  readonly #octets: Buffer;
  #values = 0;

  constructor(octets: Buffer) {
    this.#octets = octets;
  }

  note(kind: WireFaultKind, path: string, offset: number, message: string): void {
    if (this.faults.length < MAX_FAULTS - 1) this.faults.push({ kind, path, offset, message });
    else if (this.faults.length === MAX_FAULTS - 1)
      this.faults.push({ kind: "too-much", path, offset, message: "more faults than are told" });
  }

  /** Reads a message into `into`, which holds what earlier occurrences said. Gives whether it could be read to its end. */
  message(into: Growing, place: Place): boolean {
    /** The fields of this occurrence, and its member of each oneof. */
    const seen = new Set<string>();
    const members = new Map<string, string>();
    let at = place.start;
    while (at < place.end) {
      const tag = readTag(this.#octets, at, place.end);
      if (isUnreadable(tag)) return this.#unreadable(tag, at, place);
      const field = into.shape.byNumber.get(tag.number);
      const path = `${place.path === "" ? "" : `${place.path}/`}${field?.name ?? `field ${tag.number}`}`;
      if (!tag.minimal) this.note("non-minimal-varint", path, at, "field number and wire type in more octets than needed");
      const extent = extentOf(this.#octets, tag, place.end);
      if (isUnreadable(extent)) return this.#unreadable(extent, at, { ...place, path });
      if (!extent.minimal) this.note("non-minimal-varint", path, tag.next, "a length in more octets than needed");
      const truncated = extent.stop > place.end;
      if (truncated && !place.cut) this.note("truncated", path, at, missing(extent, place.end));
      if (field === undefined || tag.wireType !== field.wireType) {
        if (truncated) return false;
        this.#misfit(field, tag, path, at);
      } else {
        this.#count(field, { seen, members }, path, at);
        if (this.#exhausted(path, at)) return false;
        this.#take(into, { field, path, offset: at, extent }, truncated ? place.end : undefined);
        if (truncated) return false;
      }
      at = extent.next;
    }
    for (const oneof of into.shape.oneofs)
      if (!place.cut && !members.has(oneof)) this.note("no-oneof-member", place.path, place.start, `nothing for ${oneof}`);
    return !place.cut;
  }

  #unreadable(why: { kind: WireFaultKind; message: string }, at: number, { path, cut }: Place): false {
    if (!cut || why.kind !== "truncated") this.note(why.kind, path, at, why.message);
    return false;
  }

  #misfit(field: FieldShape | undefined, { number, wireType }: Tag, path: string, at: number): void {
    if (field === undefined) this.note("unknown-field", path, at, `field ${number} is not in the schema`);
    else this.note("wire-type", path, at, `wire type ${wireType} instead of ${field.wireType}`);
  }

  /** Notes what may not occur a second time. */
  #count(
    field: FieldShape,
    { seen, members }: { seen: Set<string>; members: Map<string, string> },
    path: string,
    at: number,
  ): void {
    const { name, occurs, oneof } = field;
    const member = oneof === undefined ? undefined : members.get(oneof);
    if (occurs === "single" && seen.has(name)) this.note("repeated", path, at, `${name} a second time`);
    else if (member !== undefined && member !== name)
      this.note("second-oneof-member", path, at, `${name} beside ${member}, of which there may be one`);
    seen.add(name);
    if (oneof !== undefined) members.set(oneof, name);
  }

  #exhausted(path: string, at: number): boolean {
    this.#values += 1;
    if (this.#values === MAX_VALUES + 1)
      this.note("too-much", path, at, `more than ${MAX_VALUES} values, the rest is not decoded`);
    return this.#values > MAX_VALUES;
  }

  /** Puts what stands in the field into the message; `cutAt` is where the octets end, when that is before the value does. */
  #take(into: Growing, found: Found, cutAt: number | undefined): void {
    const { field, offset } = found;
    if (field.message === undefined && cutAt !== undefined) return;
    const held = into.fields.get(field.name) ?? heldFor(field);
    into.fields.set(field.name, held);
    if (field.oneof !== undefined)
      for (const [name, { shape }] of into.fields)
        if (shape.oneof === field.oneof && name !== field.name) into.fields.delete(name);
    if (field.message === undefined) {
      const value = { offset, value: this.#scalar(found) };
      if (field.occurs === "list") held.values.push(value);
      else held.values[0] = value;
      return;
    }
    const end = cutAt ?? found.extent.stop;
    const place = { start: found.extent.start, end, cut: cutAt !== undefined };
    if (field.occurs === "map") {
      const path = `${found.path}[${held.entries.size + 1}]`;
      this.#entry(held.entries, growing(field.message()), { ...place, path }, offset);
      return;
    }
    const earlier = field.occurs === "single" ? (held.values[0]?.value as Growing | undefined) : undefined;
    const message = earlier ?? growing(field.message());
    if (earlier === undefined) held.values.push({ offset, value: message });
    this.message(message, { ...place, path: field.occurs === "list" ? `${found.path}[${held.values.length}]` : found.path });
  }

  /** An entry without its key or value has the empty text there; one that cannot be read to its end is none. */
  #entry(entries: Map<string, WireValue>, entry: Growing, place: Place, offset: number): void {
    if (!this.message(entry, place)) return;
    const part = (name: string): string => String(entry.fields.get(name)?.values[0]?.value ?? "");
    const key = part("key");
    if (entries.has(key))
      this.note("repeated", place.path, offset, `the key ${JSON.stringify(key.slice(0, MAX_SHOWN))} a second time`);
    entries.set(key, { offset, value: part("value") });
  }

  #scalar({ field, path, extent: { start, stop } }: Found): Scalar {
    const octets = this.#octets;
    switch (field.type) {
      case "string": {
        const text = octets.subarray(start, stop);
        if (!isUtf8(text)) this.note("utf-8", path, start, "a text that is not UTF-8");
        return text.toString("utf8");
      }
      case "fixed32":
        return octets.readUInt32LE(start);
      case "bool":
        return this.#bool(this.#integer(path, start, stop), path, start);
      case "enum":
        return this.#enum(field, this.#integer(path, start, stop), path, start);
      case "uint64":
        return BigInt(this.#integer(path, start, stop));
      case "bytes":
      case "message":
        return octets.subarray(start, stop);
    }
  }

  #integer(path: string, start: number, stop: number): number | bigint {
    const varint = readVarint(this.#octets, start, stop);
    // Its extent has been found, so that it can be read.
    if (isUnreadable(varint)) return 0;
    if (!varint.minimal) this.note("non-minimal-varint", path, start, "an integer in more octets than needed");
    return varint.value;
  }

  #bool(value: number | bigint, path: string, at: number): boolean {
    if (value > 1) this.note("bool", path, at, `a boolean of value ${value}`);
    return value > 0;
  }

  #enum(field: FieldShape, value: number | bigint, path: string, at: number): number {
    const number = Number(BigInt.asIntN(32, BigInt(value)));
    if (field.enum?.value[number] === undefined || value > 0x7fffffff)
      this.note("unknown-enum", path, at, `${field.enum?.name ?? "the enumeration"} has no value ${value}`);
    return number;
  }
}

function missing(extent: Extent, end: number): string {
  return `${extent.stop - extent.start} octets announced, ${Math.max(0, end - extent.start)} left`;
}
