import { withReplyTo } from "../usp/mqtt-topics.ts";
import type { Mutant } from "./mutant.ts";

/** Records of a size that only data models have. */
const isLarge = (octets: Buffer): boolean => octets.length > 4096;

/** Phones that publish records wrongly, or to the wrong place (TR-369 R-MQTT.18 to R-MQTT.27a). */
export const uspMqttPublishMutants: readonly Mutant[] = [
  {
    id: "usp-mqtt-dup",
    phone: "A phone that publishes large records with QoS 0 and the flag for repetitions.",
    breaks: "TR-369:R-MQTT.1",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.packets": ["TR-369:R-MQTT.1"] },
    change: ({ usp }) => ({
      usp: {
        publishPacket(parts) {
          const packet = usp.publishPacket(parts);
          return isLarge(parts.octets) ? { ...packet, qos: 0, dup: true } : packet;
        },
      },
    }),
  },
  {
    id: "usp-mqtt-no-own-topic",
    phone: "A phone that does not say where it is answered when it publishes large records.",
    breaks: "TR-369:R-MQTT.22",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.own-topic": ["TR-369:R-MQTT.22"] },
    change: ({ usp }) => ({
      usp: {
        publishPacket(parts) {
          const packet = usp.publishPacket(parts);
          return isLarge(parts.octets) ? { ...packet, properties: { contentType: "usp.msg" } } : packet;
        },
      },
    }),
  },
  {
    id: "usp-mqtt-configured-topic",
    phone: "A phone that is answered to its configured topic although the broker has given it another one.",
    breaks: "TR-369:R-MQTT.21",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.publish": ["TR-369:R-MQTT.21"], "usp.mqtt.connect-record": ["TP-469:11.17#topic"] },
    change: ({ usp }) => ({
      usp: { replyTo: (_information, responseTopic, filters) => usp.replyTo(undefined, responseTopic, filters) },
    }),
  },
  {
    id: "usp-mqtt-no-response-topic",
    phone: "A phone that tells its own topic in a user property, and not as Response Topic.",
    breaks: "TR-369:R-MQTT.23",
    rig: "snom-mqtt",
    caught: {
      "usp.mqtt.publish": ["TR-369:R-MQTT.21", "TR-369:R-MQTT.23"],
      "usp.mqtt.reply-to": ["TR-369:R-MQTT.23"],
      "usp.mqtt.own-topic": ["TR-369:R-MQTT.22"],
    },
    change: ({ usp }) => ({
      usp: {
        publishPacket(parts) {
          const properties = { contentType: "usp.msg", userProperties: { "reply-to": parts.replyTo } };
          return { ...usp.publishPacket(parts), properties };
        },
      },
    }),
  },
  {
    id: "usp-mqtt-mime-type",
    phone: "A phone that sends records with the Content Type application/vnd.bbf.usp.msg.",
    breaks: "TR-369:R-MQTT.27",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.publish": ["TR-369:R-MQTT.27"] },
    change: ({ usp }) => ({
      usp: {
        publishPacket(parts) {
          const { properties, ...packet } = usp.publishPacket(parts);
          return { ...packet, properties: { ...properties, contentType: "application/vnd.bbf.usp.msg" } };
        },
      },
    }),
  },
  {
    id: "usp-mqtt-one-content-type",
    phone: "A phone that takes nothing but usp.msg for a record.",
    breaks: "TR-369:R-MQTT.27a",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.content-types": ["TR-369:R-MQTT.27a"] },
    change: () => ({ usp: { isRecord: ({ contentType }) => contentType === "usp.msg" } }),
  },
  {
    id: "usp-mqtt-fixed-topic",
    phone: "A phone that answers to the topic that it was configured with for the controller.",
    breaks: "TR-369:R-MQTT.26",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.reply-to": ["TR-369:R-MQTT.26"] },
    change: () => ({ usp: { answeredTo: (_asked, configured) => configured } }),
  },
  {
    id: "usp-mqtt-fixed-topic-311",
    phone: "A phone that answers to the topic that it was configured with for the controller, over MQTT 3.1.1.",
    breaks: "TR-369:R-MQTT.25",
    rig: "snom-mqtt311",
    caught: { "usp.mqtt.reply-to-311": ["TR-369:R-MQTT.25"], "usp.mqtt.last-reply-to": ["TR-369:R-MQTT.25"] },
    change: () => ({ usp: { answeredTo: (_asked, configured) => configured } }),
  },
  {
    id: "usp-mqtt-first-reply-to",
    phone: "A phone that answers to the topic behind the first of several /reply-to=.",
    breaks: "TR-369:R-MQTT.25",
    rig: "snom-mqtt311",
    caught: { "usp.mqtt.last-reply-to": ["TR-369:R-MQTT.25"] },
    change: () => ({
      usp: { answerTopic: ({ topic }) => /\/reply-to=(.*?)(?:\/reply-to=|$)/.exec(topic)?.[1]?.replaceAll("%2F", "/") },
    }),
  },
  {
    id: "usp-mqtt-slashes",
    phone: "A phone that leaves the slashes in the topic that it puts behind /reply-to=.",
    breaks: "TR-369:R-MQTT.24",
    rig: "snom-mqtt311",
    caught: {
      "usp.mqtt.publish-311": ["TR-369:R-MQTT.24"],
      "usp.mqtt.reply-to-311": ["TR-369:R-MQTT.24"],
      "usp.mqtt.own-topic": ["TR-369:R-MQTT.22"],
    },
    change: ({ usp }) => ({
      usp: {
        publishPacket: (parts) => ({ ...usp.publishPacket(parts), topic: withReplyTo(parts.topic, "").concat(parts.replyTo) }),
      },
    }),
  },
  {
    id: "usp-mqtt-no-puback",
    phone: "A phone that does not confirm what comes with QoS 1.",
    breaks: "TR-369:R-MQTT.20",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.qos": ["TR-369:R-MQTT.20"] },
    change: () => ({ usp: { confirmsPublication: (qos) => qos !== 1 } }),
  },
  {
    id: "usp-mqtt-old-version-told",
    phone: "A phone that tells version 3.1.1 in its connect record over MQTT 5.0.",
    breaks: "TP-469:11.17#version",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.connect-record": ["TP-469:11.17#version"] },
    change: () => ({ usp: { connectVersion: () => "3.1.1" } }),
  },
  {
    id: "usp-mqtt-other-topic-told",
    phone: "A phone that tells a topic in its connect record that it has not subscribed to.",
    breaks: "TP-469:11.17#topic",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.connect-record": ["TP-469:11.17#topic"] },
    change: ({ usp }) => ({
      usp: { subscribedTopic: (replyTo, filters) => `${usp.subscribedTopic(replyTo, filters)}/agent` },
    }),
  },
  {
    id: "usp-mqtt-padded",
    phone: "A phone that fills up the payload of large records with zeros, to a multiple of eight octets.",
    breaks: "TR-369:R-MQTT.19",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.encoding": ["TR-369:R-MQTT.19"], "usp.record.schema": ["TR-369:R-ENC.1"] },
    change: ({ usp }) => ({
      usp: {
        publishPacket(parts) {
          const { octets } = parts;
          const padding = isLarge(octets) ? 8 - (octets.length % 8) : 0;
          return { ...usp.publishPacket(parts), payload: Buffer.concat([octets, Buffer.alloc(padding)]) };
        },
      },
    }),
  },
  {
    id: "usp-mqtt-no-greeting",
    phone: "A phone that sends no connect record over MQTT.",
    breaks: "TR-369:R-MTP.6",
    rig: "snom-mqtt",
    caught: {
      "usp.mqtt.connect-record": ["TR-369:R-MTP.6"],
      "usp.record.connect": ["TR-369:R-MTP.6"],
      "usp.record.connect-first": ["TR-369:R-MTP.8"],
    },
    change: () => ({ usp: { sendsConnect: (record) => record !== "mqttConnect" } }),
  },
  {
    id: "usp-mqtt-leaves-on-garbage",
    phone: "A phone that leaves the broker when something comes that is no record.",
    breaks: "TR-369:R-MTP.5",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.malformed-record": ["TR-369:R-MTP.5"] },
    change: () => ({ usp: { leavesUnreadable: () => true } }),
  },
];
