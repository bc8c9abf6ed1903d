import { type MqttCursor, Truncated } from "./mqtt-cursor.ts";

type PropertyType = "bit" | "uint16" | "uint32" | "varint" | "text" | "binary" | "pair";

interface Property {
  readonly name: string;
  readonly type: PropertyType;
  /** Packets that may have it; `WILL` for the properties of a will. */
  readonly in: readonly string[];
  readonly notZero?: true;
}

const ACKS = ["PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "SUBACK", "UNSUBACK"] as const;

/** The properties of MQTT 5.0 (2.2.2.2). */
const PROPERTIES: Readonly<Record<number, Property>> = {
  1: { name: "payloadFormatIndicator", type: "bit", in: ["PUBLISH", "WILL"] },
  2: { name: "messageExpiryInterval", type: "uint32", in: ["PUBLISH", "WILL"] },
  3: { name: "contentType", type: "text", in: ["PUBLISH", "WILL"] },
  8: { name: "responseTopic", type: "text", in: ["PUBLISH", "WILL"] },
  9: { name: "correlationData", type: "binary", in: ["PUBLISH", "WILL"] },
  11: { name: "subscriptionIdentifier", type: "varint", in: ["PUBLISH", "SUBSCRIBE"], notZero: true },
  17: { name: "sessionExpiryInterval", type: "uint32", in: ["CONNECT", "CONNACK", "DISCONNECT"] },
  18: { name: "assignedClientIdentifier", type: "text", in: ["CONNACK"] },
  19: { name: "serverKeepAlive", type: "uint16", in: ["CONNACK"] },
  21: { name: "authenticationMethod", type: "text", in: ["CONNECT", "CONNACK", "AUTH"] },
  22: { name: "authenticationData", type: "binary", in: ["CONNECT", "CONNACK", "AUTH"] },
  23: { name: "requestProblemInformation", type: "bit", in: ["CONNECT"] },
  24: { name: "willDelayInterval", type: "uint32", in: ["WILL"] },
  25: { name: "requestResponseInformation", type: "bit", in: ["CONNECT"] },
  26: { name: "responseInformation", type: "text", in: ["CONNACK"] },
  28: { name: "serverReference", type: "text", in: ["CONNACK", "DISCONNECT"] },
  31: { name: "reasonString", type: "text", in: ["CONNACK", ...ACKS, "DISCONNECT", "AUTH"] },
  33: { name: "receiveMaximum", type: "uint16", in: ["CONNECT", "CONNACK"], notZero: true },
  34: { name: "topicAliasMaximum", type: "uint16", in: ["CONNECT", "CONNACK"] },
  35: { name: "topicAlias", type: "uint16", in: ["PUBLISH"], notZero: true },
  36: { name: "maximumQoS", type: "bit", in: ["CONNACK"] },
  37: { name: "retainAvailable", type: "bit", in: ["CONNACK"] },
  38: {
    name: "user",
    type: "pair",
    in: ["CONNECT", "CONNACK", "PUBLISH", "WILL", ...ACKS, "SUBSCRIBE", "UNSUBSCRIBE", "DISCONNECT", "AUTH"],
  },
  39: { name: "maximumPacketSize", type: "uint32", in: ["CONNECT", "CONNACK"], notZero: true },
  40: { name: "wildcardSubscriptionAvailable", type: "bit", in: ["CONNACK"] },
  41: { name: "subscriptionIdentifierAvailable", type: "bit", in: ["CONNACK"] },
  42: { name: "sharedSubscriptionAvailable", type: "bit", in: ["CONNACK"] },
};

/**
 * Reads the properties of a packet, or of a will, into fields below `prefix`.
 * @param packet type of the packet, `WILL` for those of a will
 * @param fromServer a server may put several Subscription Identifiers into a PUBLISH, a client none
 */
export function readProperties(cursor: MqttCursor, packet: string, prefix: string, fromServer: boolean): void {
  const length = cursor.length(`the length of ${prefix}`);
  const stop = cursor.offset + length;
  if (stop > cursor.end) {
    cursor.fault("truncated", `the packet ends inside ${prefix}`);
    throw new Truncated();
  }
  const outer = cursor.end;
  cursor.end = stop;
  const seen = new Set<number>();
  while (cursor.left > 0) readProperty(cursor, { packet, prefix, fromServer }, seen);
  cursor.end = outer;
  const has = (name: string): boolean => cursor.fields.some(({ path }) => path === `${prefix}/${name}`);
  if (has("authenticationData") && !has("authenticationMethod"))
    cursor.fault("property", "Authentication Data without an Authentication Method (3.1.2.11.10)");
}

interface Place {
  readonly packet: string;
  readonly prefix: string;
  readonly fromServer: boolean;
}

function readProperty(cursor: MqttCursor, { packet, prefix, fromServer }: Place, seen: Set<number>): void {
  const { offset } = cursor;
  const id = cursor.length("the identifier of a property");
  const property = PROPERTIES[id];
  if (property === undefined) {
    // Its length is not known: nothing that follows can be read.
    cursor.fault("property", `property ${id}, which does not exist (2.2.2.2)`, offset);
    throw new Truncated();
  }
  const { name, type } = property;
  const repeats = type === "pair" || (name === "subscriptionIdentifier" && packet === "PUBLISH");
  if (!property.in.includes(packet) || (name === "subscriptionIdentifier" && packet === "PUBLISH" && !fromServer))
    cursor.fault("property", `${name}, which ${packet === "WILL" ? "a will" : packet} cannot have (2.2.2.2)`, offset);
  if (seen.has(id) && !repeats) cursor.fault("property", `${name} stands twice (2.2.2.2)`, offset);
  seen.add(id);
  const value = readValue(cursor, type, `${prefix}/${name}`);
  if (type === "bit" && typeof value === "number" && value > 1)
    cursor.fault("value", `${name} is ${value}, neither 0 nor 1`, offset);
  if (property.notZero === true && value === 0) cursor.fault("value", `${name} is 0`, offset);
  if (name === "responseTopic" && typeof value === "string" && /[#+]/.test(value))
    cursor.fault("topic", "a Response Topic with a wildcard (3.3.2.3.5)", offset);
}

function readValue(cursor: MqttCursor, type: PropertyType, path: string): unknown {
  switch (type) {
    case "bit":
      return cursor.uint8(path);
    case "uint16":
      return cursor.uint16(path);
    case "uint32":
      return cursor.uint32(path);
    case "varint":
      return cursor.varint(path);
    case "text":
      return cursor.text(path);
    case "binary":
      return cursor.binary(path);
    case "pair":
      return cursor.pair(path);
  }
}
