import mqttPacket from "mqtt-packet";
import type { MqttPacket, MqttVersion } from "../wire/mqtt.ts";
import { subscriptionsOf } from "../wire/mqtt.ts";
import type { ConnackAnswer } from "./mqtt-control.ts";

type Packet = Parameters<typeof mqttPacket.generate>[0];

/** Session Expiry Interval of a session that never ends (3.1.2.11.2). */
const NEVER = 0xffffffff;

/** Octets of a packet. @throws Error when its content cannot be in one */
export function encodeMqtt(packet: Packet, version: MqttVersion): Buffer {
  return mqttPacket.generate(packet, { protocolVersion: version === "5.0" ? 5 : 4 });
}

/**
 * The CONNECT that Aedes gets in place of the client's: without what it would measure by timers of its own, which run in real time, and
 * without credentials, which the tap has looked at.
 */
export function innerConnect(connect: MqttPacket, clientId: string): Buffer {
  const five = connect.version === "5.0";
  const expiry = connect.number("properties/sessionExpiryInterval") > 0 ? NEVER : 0;
  const will = connect.has("will/topic")
    ? {
        topic: connect.text("will/topic"),
        payload: connect.buffer("will/payload"),
        qos: qosOf(connect.number("will/qos")),
        retain: connect.at("will/retain").value === "true",
      }
    : undefined;
  return encodeMqtt(
    {
      cmd: "connect",
      protocolId: "MQTT",
      protocolVersion: five ? 5 : 4,
      clean: connect.at("cleanStart").value === "true",
      clientId,
      keepalive: 0,
      ...(will === undefined ? {} : { will }),
      ...(five ? { properties: { sessionExpiryInterval: expiry } } : {}),
    },
    connect.version,
  );
}

/** What a CONNACK gives to a client besides its code. */
export interface ConnackGift {
  readonly assignedClientId: string | undefined;
  readonly subscribeTopics: readonly string[];
  readonly responseInformation: string | undefined;
}

export function connack(version: MqttVersion, answer: ConnackAnswer, sessionPresent: boolean, gift?: ConnackGift): Buffer {
  const { code = 0, serverKeepAlive, maximumQoS } = answer;
  if (version === "3.1.1")
    return encodeMqtt({ cmd: "connack", returnCode: code, sessionPresent: sessionPresent && code === 0 }, version);
  const { assignedClientId, subscribeTopics = [], responseInformation } = gift ?? {};
  const properties = {
    ...(code === 0 ? { sharedSubscriptionAvailable: false } : {}),
    ...(assignedClientId === undefined ? {} : { assignedClientIdentifier: assignedClientId }),
    ...(responseInformation === undefined ? {} : { responseInformation }),
    ...(serverKeepAlive === undefined ? {} : { serverKeepAlive }),
    ...(maximumQoS === undefined ? {} : { maximumQoS }),
    ...(subscribeTopics.length === 0 ? {} : { userProperties: { "subscribe-topic": [...subscribeTopics] } }),
  };
  return encodeMqtt({ cmd: "connack", reasonCode: code, sessionPresent: sessionPresent && code === 0, properties }, version);
}

/** A SUBSCRIBE as the client's, with these Topic Filters alone and no more than this QoS. */
export function innerSubscribe(subscribe: MqttPacket, taken: ReadonlySet<number>, maximumQoS: number): Buffer {
  const subscriptions = subscriptionsOf(subscribe)
    .filter((_, index) => taken.has(index))
    .map(({ filter, qos }) => ({ topic: filter, qos: qosOf(Math.min(qos, maximumQoS)), nl: false, rap: false, rh: 0 }));
  return encodeMqtt({ cmd: "subscribe", messageId: subscribe.number("packetId"), subscriptions }, subscribe.version);
}

export function suback(version: MqttVersion, messageId: number, granted: readonly number[]): Buffer {
  return encodeMqtt({ cmd: "suback", messageId, granted: [...granted] }, version);
}

export const disconnect = (reasonCode: number): Buffer => encodeMqtt({ cmd: "disconnect", reasonCode }, "5.0");

const qosOf = (number: number): 0 | 1 | 2 => (number === 0 ? 0 : number === 1 ? 1 : 2);
