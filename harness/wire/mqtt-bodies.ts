import { isUtf8 } from "node:buffer";
import type { MqttCursor } from "./mqtt-cursor.ts";
import { readProperties } from "./mqtt-properties.ts";

/** What the reading of a packet's body has to know of it. */
export interface BodyContext {
  readonly version: "3.1.1" | "5.0";
  readonly qos: number;
  readonly dup: boolean;
  /** Which side sent it. */
  readonly fromServer: boolean;
}

type ReadBody = (cursor: MqttCursor, context: BodyContext) => void;

const isFive = ({ version }: BodyContext): boolean => version === "5.0";

/** Reads what stands behind the fixed header, by type of packet. */
export const BODIES: Readonly<Record<string, ReadBody>> = {
  CONNECT: readConnect,
  CONNACK: readConnack,
  PUBLISH: readPublish,
  PUBACK: (cursor, context) => readAck(cursor, context, "PUBACK"),
  PUBREC: (cursor, context) => readAck(cursor, context, "PUBREC"),
  PUBREL: (cursor, context) => readAck(cursor, context, "PUBREL"),
  PUBCOMP: (cursor, context) => readAck(cursor, context, "PUBCOMP"),
  SUBSCRIBE: readSubscribe,
  SUBACK: (cursor, context) => readCodes(cursor, context, "SUBACK"),
  UNSUBSCRIBE: readUnsubscribe,
  UNSUBACK(cursor, context) {
    if (isFive(context)) readCodes(cursor, context, "UNSUBACK");
    else readPacketId(cursor);
  },
  PINGREQ() {},
  PINGRESP() {},
  DISCONNECT(cursor, context) {
    if (isFive(context)) readReason(cursor, context, "DISCONNECT");
  },
  AUTH(cursor, context) {
    if (isFive(context)) readReason(cursor, context, "AUTH");
    else cursor.fault("type", "AUTH does not exist in MQTT 3.1.1");
  },
};

const CLEAN_START = 0x02;
const WILL = 0x04;
const WILL_QOS = 0x18;
const WILL_RETAIN = 0x20;
const PASSWORD = 0x40;
const USERNAME = 0x80;

function readConnect(cursor: MqttCursor, context: BodyContext): void {
  const { offset } = cursor;
  const name = cursor.text("protocolName");
  const level = cursor.uint8("protocolLevel");
  if (name !== "MQTT") cursor.fault("value", `the protocol name is ${JSON.stringify(name)} (3.1.2.1)`, offset);
  if (level !== 4 && level !== 5)
    cursor.fault("value", `protocol level ${level} is neither 3.1.1 nor 5.0 (3.1.2.2)`, cursor.offset - 1);
  const at = cursor.offset;
  const flags = cursor.uint8("connectFlags");
  const will = (flags & WILL) !== 0;
  cursor.field("cleanStart", at, (flags & CLEAN_START) !== 0);
  if ((flags & 1) !== 0) cursor.fault("flags", "the reserved bit of the Connect Flags is set (3.1.2.3)", at);
  if ((flags & WILL_QOS) === WILL_QOS) cursor.fault("value", "a will of QoS 3 (3.1.2.6)", at);
  if (!will && (flags & (WILL_QOS | WILL_RETAIN)) !== 0)
    cursor.fault("flags", "QoS or Retain of a will that is not there (3.1.2.5)", at);
  if (!isFive(context) && (flags & (USERNAME | PASSWORD)) === PASSWORD)
    cursor.fault("flags", "a password without a user name (3.1.2.9)", at);
  cursor.uint16("keepAlive");
  if (isFive(context)) readProperties(cursor, "CONNECT", "properties", context.fromServer);
  const clientId = cursor.text("clientId");
  if (!isFive(context) && clientId === "" && (flags & CLEAN_START) === 0)
    cursor.fault("value", "an empty Client Identifier without Clean Session (3.1.3.1)");
  if (will) {
    cursor.field("will/qos", at, (flags & WILL_QOS) >> 3);
    cursor.field("will/retain", at, (flags & WILL_RETAIN) !== 0);
    if (isFive(context)) readProperties(cursor, "WILL", "will/properties", context.fromServer);
    checkName(cursor, cursor.offset, cursor.text("will/topic"));
    cursor.binary("will/payload");
  }
  if ((flags & USERNAME) !== 0) cursor.text("username");
  if ((flags & PASSWORD) !== 0) cursor.binary("password");
}

function readConnack(cursor: MqttCursor, context: BodyContext): void {
  const at = cursor.offset;
  const flags = cursor.uint8("acknowledgeFlags");
  cursor.field("sessionPresent", at, (flags & 1) !== 0);
  if (flags > 1) cursor.fault("flags", "reserved bits of the Connect Acknowledge Flags are set (3.2.2.1)", at);
  cursor.uint8("code");
  if (isFive(context)) readProperties(cursor, "CONNACK", "properties", context.fromServer);
}

function readPublish(cursor: MqttCursor, context: BodyContext): void {
  const at = cursor.offset;
  const topic = cursor.text("topic");
  if (context.qos === 0 && context.dup) cursor.fault("flags", "DUP with QoS 0 (3.3.1.1)", 0);
  if (context.qos === 3) cursor.fault("flags", "QoS 3 (3.3.1.2)", 0);
  if (context.qos > 0) readPacketId(cursor);
  if (isFive(context)) readProperties(cursor, "PUBLISH", "properties", context.fromServer);
  const aliased = cursor.fields.some(({ path }) => path === "properties/topicAlias");
  if (topic !== "" || !aliased) checkName(cursor, at, topic);
  const text = cursor.fields.some(({ path, value }) => path === "properties/payloadFormatIndicator" && value === 1);
  const start = cursor.offset;
  if (!isUtf8(cursor.rest("payload")) && text)
    cursor.fault("utf-8", "a payload that is announced as UTF-8 and is none (3.3.2.3.2)", start);
}

function readPacketId(cursor: MqttCursor): void {
  const { offset } = cursor;
  if (cursor.uint16("packetId") === 0) cursor.fault("value", "packet identifier 0 (2.2.1)", offset);
}

function readAck(cursor: MqttCursor, context: BodyContext, type: string): void {
  readPacketId(cursor);
  if (isFive(context)) readReason(cursor, context, type);
}

const PUBLISHED = [0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99];
const RELEASED = [0x00, 0x92];

/** Reason codes of MQTT 5.0 of the packets that may have one at their end (2.4). */
const REASONS: Readonly<Record<string, readonly number[]>> = {
  PUBACK: PUBLISHED,
  PUBREC: PUBLISHED,
  PUBREL: RELEASED,
  PUBCOMP: RELEASED,
  DISCONNECT: [0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, ...range(0x8b, 0x90), ...range(0x93, 0xa2)],
  AUTH: [0x00, 0x18, 0x19],
};

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Reason code and properties, which both may be left out at the end. */
function readReason(cursor: MqttCursor, context: BodyContext, type: string): void {
  const { offset } = cursor;
  const code = cursor.left > 0 ? cursor.uint8("code") : 0;
  if (REASONS[type]?.includes(code) === false)
    cursor.fault("value", `${type} with reason code 0x${code.toString(16).padStart(2, "0")} (2.4)`, offset);
  if (cursor.left > 0) readProperties(cursor, type, "properties", context.fromServer);
}

function readCodes(cursor: MqttCursor, context: BodyContext, type: string): void {
  readPacketId(cursor);
  if (isFive(context)) readProperties(cursor, type, "properties", context.fromServer);
  if (cursor.left === 0) cursor.fault("truncated", `${type} without a single code`);
  while (cursor.left > 0) cursor.uint8("code");
}

/** Bits of the Subscription Options that are reserved (3.8.3.1): in 3.1.1 all but QoS. */
const RESERVED_OPTIONS = { "5.0": 0xc0, "3.1.1": 0xfc } as const;

function readSubscribe(cursor: MqttCursor, context: BodyContext): void {
  readPacketId(cursor);
  if (isFive(context)) readProperties(cursor, "SUBSCRIBE", "properties", context.fromServer);
  if (cursor.left === 0) cursor.fault("truncated", "SUBSCRIBE without a Topic Filter (3.8.3)");
  while (cursor.left > 0) {
    const at = cursor.offset;
    const filter = cursor.text("filter");
    checkFilter(cursor, at, filter);
    const offset = cursor.offset;
    const options = cursor.uint8("options");
    if ((options & RESERVED_OPTIONS[context.version]) !== 0)
      cursor.fault("flags", "reserved bits of the Subscription Options are set (3.8.3.1)", offset);
    if ((options & 3) === 3) cursor.fault("value", "a subscription with QoS 3 (3.8.3.1)", offset);
    if ((options & 0x30) === 0x30) cursor.fault("value", "Retain Handling 3 (3.8.3.1)", offset);
    if ((options & 4) !== 0 && filter.startsWith("$share/"))
      cursor.fault("value", "No Local on a shared subscription (3.8.3.1)", offset);
  }
}

function readUnsubscribe(cursor: MqttCursor, context: BodyContext): void {
  readPacketId(cursor);
  if (isFive(context)) readProperties(cursor, "UNSUBSCRIBE", "properties", context.fromServer);
  if (cursor.left === 0) cursor.fault("truncated", "UNSUBSCRIBE without a Topic Filter (3.10.3)");
  while (cursor.left > 0) {
    const at = cursor.offset;
    checkFilter(cursor, at, cursor.text("filter"));
  }
}

function checkName(cursor: MqttCursor, offset: number, topic: string): void {
  if (topic === "") cursor.fault("topic", "an empty Topic Name (4.7.3)", offset);
  else if (/[#+]/.test(topic)) cursor.fault("topic", "a Topic Name with a wildcard (4.7.1)", offset);
}

function checkFilter(cursor: MqttCursor, offset: number, filter: string): void {
  if (!isTopicFilter(filter)) cursor.fault("topic", `${JSON.stringify(filter)} is no Topic Filter (4.7.1)`, offset);
}

/** Whether a text can be a Topic Filter: wildcards are whole levels, `#` the last one (4.7.1). */
export function isTopicFilter(filter: string): boolean {
  const levels = filter.split("/");
  return (
    filter !== "" &&
    levels.every((level, index) => (level === "#" ? index === levels.length - 1 : level === "+" || !/[#+]/.test(level)))
  );
}

/** Whether a Topic Filter takes in everything that a topic, or another filter, does (4.7.1). */
export function isCovered(topic: string, filter: string): boolean {
  const [wanted, levels] = [topic.split("/"), filter.split("/")];
  // Wildcards at the beginning do not match what begins with a dollar (4.7.2).
  if (topic.startsWith("$") && /^[#+]/.test(filter)) return false;
  for (let index = 0; index < levels.length; index += 1) {
    const level = levels[index];
    if (level === "#") return true;
    const own = wanted[index];
    if (own === undefined || own === "#" || (level !== "+" && level !== own)) return false;
  }
  return wanted.length === levels.length;
}
