import type { Mutant } from "./mutant.ts";

/** Phones that subscribe to what they should not, or not to what they should (TR-369 R-MQTT.12 to R-MQTT.17, R-MQTT.34). */
export const uspMqttTopicsMutants: readonly Mutant[] = [
  {
    id: "usp-mqtt-no-information",
    phone: "A phone that does not ask the broker for Response Information.",
    breaks: "TR-369:R-MQTT.12",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.given-topics": ["TR-369:R-MQTT.12"] },
    change: ({ usp }) => ({
      usp: {
        connectPacket(facts) {
          const { properties, ...packet } = usp.connectPacket(facts);
          return { ...packet, properties: { ...properties, requestResponseInformation: false } };
        },
      },
    }),
  },
  {
    id: "usp-mqtt-first-topic",
    phone: "A phone that subscribes to the first topic that the broker gives it, and to no other.",
    breaks: "TR-369:R-MQTT.15",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.given-topics": ["TR-369:R-MQTT.15"] },
    change: ({ usp }) => ({
      usp: { topicFilters: (facts) => usp.topicFilters({ ...facts, offered: facts.offered.slice(0, 1) }) },
    }),
  },
  {
    id: "usp-mqtt-own-topic-given",
    phone: "A phone that does not subscribe to its configured topic once the broker has given it some other.",
    breaks: "TR-369:R-MQTT.15",
    rig: "snom-mqtt",
    caught: {
      "usp.mqtt.response-topic": ["TR-369:R-MQTT.15"],
      "snom.usp-agent.mac-topic": ["SNOM-TR-369:mac#topic"],
    },
    change: ({ usp }) => ({
      usp: {
        topicFilters: (facts) => usp.topicFilters(facts.offered.length === 0 ? facts : { ...facts, responseTopic: "" }),
      },
    }),
  },
  {
    id: "usp-mqtt-one-topic",
    phone: "A phone that subscribes to the first topic of its table Subscription, and to no other.",
    breaks: "TR-369:R-MQTT.15",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.configured-topics": ["TR-369:R-MQTT.15"] },
    change: ({ usp }) => ({
      usp: { topicFilters: (facts) => usp.topicFilters({ ...facts, configured: facts.configured.slice(0, 1) }) },
    }),
  },
  {
    id: "usp-mqtt-subscribes-later",
    phone: "A phone that subscribes to an added topic only when it connects again.",
    breaks: "TP-469:11.9#subscribes",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.new-subscription": ["TP-469:11.9#subscribes", "TP-469:11.9#answers"] },
    change: () => ({ usp: { subscribesLater: () => false } }),
  },
  {
    id: "usp-mqtt-never-unsubscribes",
    phone: "A phone that stays subscribed to topics that are no longer enabled.",
    breaks: "TR-369:R-MQTT.34",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.new-subscription": ["TR-369:R-MQTT.34"] },
    change: () => ({ usp: { unsubscribes: () => false } }),
  },
  {
    id: "usp-mqtt-ignores-refusal",
    phone: "A phone that goes on although the broker has refused it every topic.",
    breaks: "TR-369:R-MQTT.17",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.refused-topics": ["TR-369:R-MQTT.17", "TP-469:11.11#disconnect"] },
    change: () => ({ usp: { onRefusedTopics: () => "stay" } }),
  },
  {
    id: "usp-mqtt-stays-without-topics",
    phone: "A phone that stays connected although there is no topic that it could subscribe to.",
    breaks: "TR-369:R-MQTT.16",
    rig: "generic-mqtt",
    caught: { "usp.mqtt.no-topics": ["TR-369:R-MQTT.16"] },
    change: () => ({ usp: { onNoTopics: () => "stay" } }),
  },
  {
    id: "usp-mqtt-no-discovered-topic",
    phone: "A phone that tells nothing of its parameter ResponseTopicDiscovered when it is asked what it supports.",
    breaks: "TR-369:R-MQTT.4",
    rig: "snom-mqtt",
    caught: {
      "usp.mqtt.profiles": ["TR-369:R-MQTT.4"],
      "usp.supported-dm.subtree": ["TP-469:1.72#subtree"],
      "usp.supported-dm.whole-model": ["TP-469:1.76#whole-model"],
    },
    change: ({ usp }) => ({
      usp: { toldNames: (names, of) => usp.toldNames(names, of).filter((name) => name !== "ResponseTopicDiscovered") },
    }),
  },
  {
    id: "usp-mqtt-no-statistics",
    phone: "A phone that tells nothing of what its MQTT clients count when it is asked what it supports.",
    breaks: "TR-369:R-MQTT.5",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.profiles": ["TR-369:R-MQTT.5"], "usp.supported-dm.whole-model": ["TP-469:1.76#whole-model"] },
    change: ({ usp }) => ({
      usp: { toldSupported: (paths) => usp.toldSupported(paths).filter((path) => !path.endsWith(".Stats.")) },
    }),
  },
  {
    id: "usp-mqtt-one-protocol",
    phone: "A phone that goes to no controller over WebSocket as long as it has one over MQTT.",
    breaks: "TR-369:mtp#same-mtp",
    rig: "snom-mqtt",
    caught: {
      "usp.mqtt.two-controllers": ["TR-369:mtp#same-mtp"],
      "usp.on-board.new-controller": ["TP-469:9.9#session"],
    },
    change: () => ({ usp: { serves: (protocol, others) => protocol === "MQTT" || !others.includes("MQTT") } }),
  },
];
