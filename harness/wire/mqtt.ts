import type { Located } from "../core/finding.ts";
import { BODIES } from "./mqtt-bodies.ts";
import { MqttCursor, type MqttFault, type MqttField, readVariableInteger, Truncated } from "./mqtt-cursor.ts";

export { isCovered, isTopicFilter } from "./mqtt-bodies.ts";
export type { MqttFault, MqttFaultKind, MqttField } from "./mqtt-cursor.ts";

export type MqttVersion = "3.1.1" | "5.0";

const TYPES = [
  "reserved 0",
  "CONNECT",
  "CONNACK",
  "PUBLISH",
  "PUBACK",
  "PUBREC",
  "PUBREL",
  "PUBCOMP",
  "SUBSCRIBE",
  "SUBACK",
  "UNSUBSCRIBE",
  "UNSUBACK",
  "PINGREQ",
  "PINGRESP",
  "DISCONNECT",
  "AUTH",
] as const;

/** Type of a control packet by its name in the standard (2.1.2). */
export type MqttType = (typeof TYPES)[number];

/** Types that have 0010 in the lower half of their first octet; all others but PUBLISH have 0000 (2.1.3). */
const FLAGGED: ReadonlySet<MqttType> = new Set<MqttType>(["PUBREL", "SUBSCRIBE", "UNSUBSCRIBE"]);
/** Types that a client sends; AUTH and the acknowledgements of PUBLISH come from both. */
const ONLY_CLIENT: ReadonlySet<MqttType> = new Set<MqttType>(["CONNECT", "SUBSCRIBE", "UNSUBSCRIBE", "PINGREQ"]);
const ONLY_SERVER: ReadonlySet<MqttType> = new Set<MqttType>(["CONNACK", "SUBACK", "UNSUBACK", "PINGRESP"]);

/** A control packet as it stood on the wire, read leniently; what is wrong with it is in `faults`. */
export interface MqttPacket {
  readonly octets: Buffer;
  readonly type: MqttType;
  /** By which version it was read. */
  readonly version: MqttVersion;
  /** DUP, QoS and RETAIN of the fixed header, which only PUBLISH has. */
  readonly dup: boolean;
  readonly qos: number;
  readonly retain: boolean;
  /** In the order of the wire; those behind a fault that ends the reading are not there. */
  readonly fields: readonly MqttField[];
  readonly faults: readonly MqttFault[];
  readonly where: string;
  /** A field by its path, as text; octets in hex. Absent is ordinary. */
  at(path: string): Located;
  all(path: string): readonly Located[];
  /** Text of a field; empty when it is absent or none. */
  text(path: string): string;
  /** A field that is a number; 0 when it is absent or none. */
  number(path: string): number;
  has(path: string): boolean;
  /** Octets of a field; empty when it is absent or none. */
  buffer(path: string): Buffer;
}

/** A Topic Filter of SUBSCRIBE or UNSUBSCRIBE. */
export interface MqttSubscription {
  readonly filter: string;
  /** 0 to 2, or 3, which is a fault; 0 of UNSUBSCRIBE. */
  readonly qos: number;
}

export interface MqttReading {
  /** Of the connection; a CONNECT says itself. */
  readonly version: MqttVersion;
  readonly from: "client" | "server";
  /** How a finding names the packet, given its type: `CONNECT #3`. */
  where(type: MqttType): string;
}

/** Reads the octets of one control packet. Never throws. */
export function decodeMqtt(octets: Buffer, { version, from, where }: MqttReading): MqttPacket {
  const first = octets[0] ?? 0;
  const type = TYPES[first >> 4] ?? "reserved 0";
  const place = where(type);
  const own = type === "CONNECT" ? (levelOf(octets) === 5 ? "5.0" : "3.1.1") : version;
  const cursor = new MqttCursor(octets, 0);
  const isPublish = type === "PUBLISH";
  const [dup, qos, retain] = [isPublish && (first & 8) !== 0, isPublish ? (first >> 1) & 3 : 0, isPublish && (first & 1) !== 0];
  try {
    if (octets.length < 2) cursor.fault("truncated", "the packet ends inside its fixed header");
    else {
      checkHeader(cursor, type, from);
      cursor.offset = 1;
      const length = cursor.length("the remaining length");
      if (length > cursor.left) cursor.fault("truncated", `${length} octets are announced, ${cursor.left} came`);
      else cursor.end = cursor.offset + length;
      BODIES[type]?.(cursor, { version: own, qos, dup, fromServer: from === "server" });
      if (cursor.offset < octets.length)
        cursor.fault("trailing", `${octets.length - cursor.offset} octets behind the last field`);
    }
  } catch (error) {
    if (!(error instanceof Truncated)) throw error;
  }
  return new DecodedPacket({
    octets,
    type,
    version: own,
    dup,
    qos,
    retain,
    fields: cursor.fields,
    faults: cursor.faults,
    where: place,
  });
}

/** Topic Filters of a SUBSCRIBE or UNSUBSCRIBE with the QoS that is asked for. */
export function subscriptionsOf({ fields }: MqttPacket): readonly MqttSubscription[] {
  const options = fields.flatMap(({ path, value }) => (path === "options" && typeof value === "number" ? [value] : []));
  return fields
    .filter(({ path }) => path === "filter")
    .map(({ value }, index) => ({ filter: String(value), qos: (options[index] ?? 0) & 3 }));
}

function checkHeader(cursor: MqttCursor, type: MqttType, from: MqttReading["from"]): void {
  const flags = (cursor.octets[0] ?? 0) & 0x0f;
  if (type === "reserved 0") cursor.fault("type", "control packet type 0 (2.1.2)");
  else if (type !== "PUBLISH" && flags !== (FLAGGED.has(type) ? 2 : 0))
    cursor.fault("flags", `${type} with flags ${flags.toString(2).padStart(4, "0")} (2.1.3)`);
  if ((from === "client" ? ONLY_SERVER : ONLY_CLIENT).has(type)) cursor.fault("type", `${type} from a ${from} (2.1.2)`);
}

/** Protocol level of a CONNECT, wherever its name ends. */
function levelOf(octets: Buffer): number {
  const length = readVariableInteger(octets, 1, octets.length);
  if (length.kind !== "read" || octets.length < length.next + 2) return 0;
  return octets[length.next + 2 + octets.readUInt16BE(length.next)] ?? 0;
}

type Decoded = Pick<MqttPacket, "octets" | "type" | "version" | "dup" | "qos" | "retain" | "fields" | "faults" | "where">;

class DecodedPacket implements MqttPacket {
  readonly octets: Buffer;
  readonly type: MqttType;
  readonly version: MqttVersion;
  readonly dup: boolean;
  readonly qos: number;
  readonly retain: boolean;
  readonly fields: readonly MqttField[];
  readonly faults: readonly MqttFault[];
  readonly where: string;

  constructor({ octets, type, version, dup, qos, retain, fields, faults, where }: Decoded) {
    this.octets = octets;
    this.type = type;
    this.version = version;
    this.dup = dup;
    this.qos = qos;
    this.retain = retain;
    this.fields = fields;
    this.faults = faults;
    this.where = where;
  }

  at(path: string): Located {
    return this.all(path)[0] ?? { value: undefined, where: this.where };
  }

  all(path: string): readonly Located[] {
    return this.fields
      .filter((field) => field.path === path)
      .map(({ value, offset }) => ({
        value: Buffer.isBuffer(value) ? value.toString("hex") : String(value),
        where: `${this.where}, octet ${offset}`,
      }));
  }

  text(path: string): string {
    const value = this.#value(path);
    return typeof value === "string" ? value : "";
  }

  number(path: string): number {
    const value = this.#value(path);
    return typeof value === "number" ? value : 0;
  }

  has(path: string): boolean {
    return this.#value(path) !== undefined;
  }

  buffer(path: string): Buffer {
    const value = this.#value(path);
    return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
  }

  #value(path: string): MqttField["value"] | undefined {
    return this.fields.find((field) => field.path === path)?.value;
  }
}
