import { isUtf8 } from "node:buffer";

/**
 * What can be wrong with octets that should be an MQTT control packet.
 *
 * - `truncated`: the packet ends inside a field; what follows is not read
 * - `length`: a remaining length or another variable byte integer of more than four octets, or with more octets than it needs
 * - `type`: a control packet that does not exist, or that this side never sends
 * - `flags`: bits of the fixed header, or reserved bits of a field, that the packet must not have
 * - `utf-8`: text that is no UTF-8, or with U+0000
 * - `property`: one that is unknown, that this packet cannot have, or that stands twice
 * - `value`: a value that the field cannot have
 * - `topic`: a Topic Name or Topic Filter that cannot be one
 * - `trailing`: octets behind the last field
 */
export type MqttFaultKind = "truncated" | "length" | "type" | "flags" | "utf-8" | "property" | "value" | "topic" | "trailing";

/** One thing that is wrong, and where. */
export interface MqttFault {
  readonly kind: MqttFaultKind;
  /** Octet of the packet, counted from 0. */
  readonly offset: number;
  /** A few words with the clause of MQTT 5.0 (those of 3.1.1 have the same numbers but for chapter 3's properties). */
  readonly message: string;
}

export type MqttValue = string | number | boolean | Buffer;

/** A field of a packet as it stood on the wire. */
export interface MqttField {
  /** `clientId`, `properties/responseTopic`, `properties/user/usp-endpoint-id`, `will/topic`, `filter`, `code`, … */
  readonly path: string;
  readonly value: MqttValue;
  readonly offset: number;
}

/** The longest variable byte integer, in octets (1.5.5). */
const LONGEST_VARINT = 4;

/** A variable byte integer, or why there is none. */
export type VariableInteger =
  | { readonly kind: "read"; readonly value: number; readonly next: number; readonly minimal: boolean }
  | { readonly kind: "truncated" }
  | { readonly kind: "too-long" };

/** Reads a variable byte integer that has to end before `end` (1.5.5). */
export function readVariableInteger(octets: Buffer, start: number, end: number): VariableInteger {
  let value = 0;
  for (let index = 0; index < LONGEST_VARINT; index += 1) {
    if (start + index >= end) return { kind: "truncated" };
    const octet = octets[start + index] ?? 0;
    value += (octet & 0x7f) * 128 ** index;
    if (octet < 0x80) return { kind: "read", value, next: start + index + 1, minimal: index === 0 || octet !== 0 };
  }
  return { kind: "too-long" };
}

/** Thrown inside the decoder alone: the packet ends before its fields do. */
export class Truncated extends Error {}

/** Reads the fields of a packet one after the other, and remembers what is wrong with them. */
export class MqttCursor {
  readonly fields: MqttField[] = [];
  readonly faults: MqttFault[] = [];
  readonly octets: Buffer;
  offset: number;
  end: number;

  constructor(octets: Buffer, offset: number) {
    this.octets = octets;
    this.offset = offset;
    this.end = octets.length;
  }

  get left(): number {
    return this.end - this.offset;
  }

  fault(kind: MqttFaultKind, message: string, offset = this.offset): void {
    this.faults.push({ kind, offset, message });
  }

  field<T extends MqttValue>(path: string, offset: number, value: T): T {
    this.fields.push({ path, value, offset });
    return value;
  }

  uint8(path: string): number {
    const offset = this.#take(1, path);
    return this.field(path, offset, this.octets.readUInt8(offset));
  }

  uint16(path: string): number {
    const offset = this.#take(2, path);
    return this.field(path, offset, this.octets.readUInt16BE(offset));
  }

  uint32(path: string): number {
    const offset = this.#take(4, path);
    return this.field(path, offset, this.octets.readUInt32BE(offset));
  }

  varint(path: string): number {
    return this.field(path, this.offset, this.length(path));
  }

  /** A variable byte integer that is no field of its own. */
  length(what: string): number {
    const offset = this.offset;
    const read = readVariableInteger(this.octets, offset, this.end);
    if (read.kind === "truncated") return this.#truncated(what);
    if (read.kind === "too-long") {
      this.fault("length", `${what} has more than four octets (1.5.5)`);
      throw new Truncated();
    }
    if (!read.minimal) this.fault("length", `${what} has more octets than it needs (1.5.5)`);
    this.offset = read.next;
    return read.value;
  }

  /** Text with its length in front (1.5.4). */
  text(path: string): string {
    const offset = this.offset;
    const octets = this.#counted(path);
    const text = octets.toString("utf8");
    if (!isUtf8(octets)) this.fault("utf-8", `${path} is not UTF-8 (1.5.4)`, offset);
    else if (text.includes("\0")) this.fault("utf-8", `${path} has U+0000 in it (1.5.4)`, offset);
    return this.field(path, offset, text);
  }

  /** Octets with their length in front (1.5.6). */
  binary(path: string): Buffer {
    const offset = this.offset;
    return this.field(path, offset, this.#counted(path));
  }

  /** Name and value of a user property (1.5.7). */
  pair(path: string): void {
    const offset = this.offset;
    const name = this.text("name");
    const value = this.text("value");
    this.fields.splice(-2);
    this.field(`${path}/${name}`, offset, value);
  }

  /** Everything that is left. */
  rest(path: string): Buffer {
    const { offset } = this;
    this.offset = this.end;
    return this.field(path, offset, this.octets.subarray(offset, this.end));
  }

  #counted(path: string): Buffer {
    const at = this.#take(2, path);
    const length = this.octets.readUInt16BE(at);
    const start = this.#take(length, path);
    return this.octets.subarray(start, start + length);
  }

  #take(octets: number, what: string): number {
    const { offset } = this;
    if (this.left < octets) this.#truncated(what);
    this.offset += octets;
    return offset;
  }

  #truncated(what: string): never {
    this.fault("truncated", `the packet ends inside ${what}`);
    throw new Truncated();
  }
}
