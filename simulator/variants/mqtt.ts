import type { Variant } from "./variant.ts";

/** Phones that are clients of a broker in another way. */
export const mqttVariants: readonly Variant[] = [
  {
    id: "mqtt-qos-0",
    phone: "A phone that publishes everything with QoS 0.",
    clause: "TR-369 R-MQTT.20 and what follows it: which QoS is used is up to the deployment",
    rig: "snom-mqtt",
    change: ({ usp }) => ({ usp: { publishPacket: (parts) => usp.publishPacket({ ...parts, qos: 0 }) } }),
  },
  {
    id: "mqtt-subscribe-each",
    phone: "A phone that sends a SUBSCRIBE for each of its topics.",
    clause: "MQTT 5.0, 3.8.3: one topic or several; OB-USP-AGENT does so",
    rig: "snom-mqtt",
    change: () => ({ usp: { subscribePackets: (filters) => filters.map((filter) => [filter]) } }),
  },
  {
    id: "mqtt-wide-topics",
    phone: "A phone that subscribes to its own topic and all below it.",
    clause: "TR-369 R-MQTT.15: a topic may be a subset of a Topic Filter",
    rig: "snom-mqtt",
    change: ({ usp }) => ({
      usp: {
        topicFilters: (facts) => {
          const own = facts.responseInformation ?? facts.responseTopic;
          return usp.topicFilters(facts).map(({ topic, qos }) => ({ topic: topic === own ? `${topic}/#` : topic, qos }));
        },
      },
    }),
  },
  {
    id: "mqtt-below-topic",
    phone: "A phone that subscribes to all below its topic and not to itself over MQTT 3.1.1.",
    clause: "TR-369 R-MQTT.15: a wildcarded topic filter based on ResponseTopicConfigured",
    rig: "snom-mqtt311",
    change: ({ usp }) => ({
      usp: {
        topicFilters: (facts) =>
          usp.topicFilters(facts).map(({ topic, qos }) => ({
            topic: topic === `${facts.responseTopic}/#` ? `${facts.responseTopic}/+/#` : topic,
            qos,
          })),
      },
    }),
  },
  {
    id: "mqtt-probe",
    phone: "A phone that looks whether its broker is there, by a connection without an octet, before it connects.",
    clause: "MQTT 5.0, 3.1: without a CONNECT the server closes the connection; OB-USP-AGENT does so",
    rig: "snom-mqtt",
    change: () => ({ usp: { probes: () => 1 } }),
  },
  {
    id: "mqtt-more-properties",
    phone: "A phone that adds properties to its PUBLISH packets.",
    clause: "MQTT 5.0, 3.3.2.3",
    rig: "snom-mqtt",
    change: ({ usp }) => ({
      usp: {
        publishPacket(parts) {
          const { properties, ...packet } = usp.publishPacket(parts);
          const more = {
            messageExpiryInterval: 600,
            correlationData: Buffer.from("snom"),
            userProperties: { "usp-err-id": "self::controller/" },
          };
          return { ...packet, properties: { ...more, ...properties } };
        },
      },
    }),
  },
  {
    id: "mqtt-more-in-connect",
    phone: "A phone that says more in its CONNECT than it has to.",
    clause: "MQTT 5.0, 3.1.2.11",
    rig: "snom-mqtt",
    change: ({ usp }) => ({
      usp: {
        connectPacket(facts) {
          const { properties, ...packet } = usp.connectPacket(facts);
          const more = { receiveMaximum: 20, maximumPacketSize: 1_048_576, requestProblemInformation: true };
          const userProperties = { ...properties?.userProperties, vendor: "snom" };
          return { ...packet, properties: { ...properties, ...more, userProperties } };
        },
      },
    }),
  },
  {
    id: "mqtt-lasting-session",
    phone: "A phone whose session at the broker outlives its connections.",
    clause: "TR-369 on CONNECT: Clean Start as the deployment wants it",
    rig: "snom-mqtt",
    change: ({ usp }) => ({
      usp: {
        connectPacket(facts) {
          const { properties, ...packet } = usp.connectPacket(facts);
          return { ...packet, clean: facts.clientId === "", properties: { ...properties, sessionExpiryInterval: 3600 } };
        },
      },
    }),
  },
  {
    id: "mqtt-eager-pings",
    phone: "A phone that pings its broker much more often than it has to.",
    clause: "MQTT 5.0, 3.1.2.10: a client may send PINGREQ at any time",
    rig: "snom-mqtt",
    change: () => ({ usp: { pingAfter: () => 5 } }),
  },
  {
    id: "mqtt-will",
    phone: "A phone that leaves a will with its broker.",
    clause: "TR-369 on CONNECT: use of Will is up to the deployment",
    rig: "snom-mqtt",
    change: ({ usp }) => ({
      usp: {
        connectPacket: (facts) =>
          usp.connectPacket({
            ...facts,
            will: { topic: `snom/${facts.endpointId}/state`, value: "away", qos: 0, retain: false },
          }),
      },
    }),
  },
];
