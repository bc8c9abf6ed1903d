import type { Mutant } from "./mutant.ts";

/** What speaks versions of TLS that are not safe any more, and no others. */
const OLD_TLS = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;

/** Phones that begin and end their sessions with the broker wrongly (TR-369 R-MQTT.7 to R-MQTT.14, R-MQTT.33, R-MQTT.35, R-MQTT.48). */
export const uspMqttSessionMutants: readonly Mutant[] = [
  {
    id: "usp-mqtt-session-no-login",
    phone: "A phone that logs in at no broker.",
    breaks: "TR-369:R-MQTT.7",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.credentials": ["TR-369:R-MQTT.7"] },
    change: ({ usp }) => ({ usp: { connectPacket: (facts) => usp.connectPacket({ ...facts, username: "" }) } }),
  },
  {
    id: "usp-mqtt-session-username-twice",
    phone: "A phone that takes its user name for its password.",
    breaks: "TR-369:R-MQTT.7",
    rig: "snom-mqtt311",
    caught: { "usp.mqtt.credentials": ["TR-369:R-MQTT.7"] },
    change: ({ usp }) => ({ usp: { connectPacket: (facts) => usp.connectPacket({ ...facts, password: facts.username }) } }),
  },
  {
    id: "usp-mqtt-session-own-client-id",
    phone: "A phone that takes its Endpoint ID for its ClientID, whatever is configured.",
    breaks: "TR-369:R-MQTT.8",
    rig: "snom-mqtt311",
    caught: { "usp.mqtt.configured-client-id": ["TR-369:R-MQTT.8"] },
    change: ({ usp }) => ({
      usp: { connectPacket: (facts) => ({ ...usp.connectPacket(facts), clientId: facts.endpointId }) },
    }),
  },
  {
    id: "usp-mqtt-session-made-client-id",
    phone: "A phone that makes a ClientID of its Endpoint ID over MQTT 5.0 where none is configured.",
    breaks: "TR-369:R-MQTT.8",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.assigned-client-id": ["TR-369:R-MQTT.8"] },
    change: ({ usp }) => ({
      usp: { connectPacket: (facts) => usp.connectPacket({ ...facts, clientId: facts.clientId || facts.endpointId }) },
    }),
  },
  {
    id: "usp-mqtt-session-forgets-client-id",
    phone: "A phone that does not keep the ClientID that the broker gives it.",
    breaks: "TR-369:R-MQTT.9",
    rig: "snom-mqtt",
    caught: {
      "usp.mqtt.assigned-client-id": ["TR-369:R-MQTT.9"],
      "usp.mqtt.same-client-id": ["TR-369:R-MQTT.11"],
    },
    change: () => ({ usp: { keptClientId: (configured) => configured } }),
  },
  {
    id: "usp-mqtt-session-no-endpoint-id",
    phone: "A phone that does not tell the broker its Endpoint ID.",
    breaks: "TR-369:R-MQTT.13",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.endpoint-id": ["TR-369:R-MQTT.13"] },
    change: ({ usp }) => ({
      usp: { connectPacket: (facts) => ({ ...usp.connectPacket(facts), properties: { requestResponseInformation: true } }) },
    }),
  },
  {
    id: "usp-mqtt-session-keep-alive-fixed",
    phone: "A phone that tells every broker a keep alive time of 60 seconds.",
    breaks: "TR-369:R-MQTT.14",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.keep-alive-time": ["TR-369:R-MQTT.14"] },
    change: ({ usp }) => ({ usp: { connectPacket: (facts) => usp.connectPacket({ ...facts, keepAlive: 60 }) } }),
  },
  {
    id: "usp-mqtt-session-keep-alive-own",
    phone: "A phone that goes by the keep alive time that is configured, whatever the broker says.",
    breaks: "TP-469:11.7#pings",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.server-keep-alive": ["TP-469:11.7#pings"] },
    change: ({ usp }) => ({ usp: { pingAfter: (keepAlive) => usp.pingAfter(keepAlive, undefined) } }),
  },
  {
    id: "usp-mqtt-session-gives-up",
    phone: "A phone that does not try again once a broker has refused it.",
    breaks: "TR-369:R-MQTT.10",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.retry": ["TR-369:R-MQTT.10"] },
    change: () => ({ usp: { connectsAgain: (why) => why !== "failed" } }),
  },
  {
    id: "usp-mqtt-session-retries-flat",
    phone: "A phone whose retries all come after the shortest interval.",
    breaks: "TR-369:R-MQTT.10",
    rig: "snom-mqtt311",
    caught: { "usp.mqtt.retry": ["TR-369:R-MQTT.10"] },
    change: ({ usp }) => ({
      usp: { mqttRetryRange: (_, minimum, multiplier, maximum) => usp.mqttRetryRange(1, minimum, multiplier, maximum) },
    }),
  },
  {
    id: "usp-mqtt-session-retries-at-once",
    phone: "A phone whose first retry comes at once.",
    breaks: "TR-369:R-MQTT.33",
    rig: "snom-mqtt",
    caught: { "usp.mqtt.retry": ["TR-369:R-MQTT.10"], "usp.mqtt.retry-ended": ["TR-369:R-MQTT.33"] },
    change: ({ usp }) => ({
      usp: { mqttRetryRange: (retry, ...rule) => (retry === 1 ? [0, 0] : usp.mqttRetryRange(retry, ...rule)) },
    }),
  },
  {
    id: "usp-mqtt-session-no-farewell",
    phone: "A phone that closes its connection to the broker without DISCONNECT.",
    breaks: "TR-369:R-MQTT.35",
    rig: "snom-mqtt",
    caught: {
      "usp.mqtt.disconnect": ["TR-369:R-MQTT.35"],
      "usp.mqtt.refused-topics": ["TP-469:11.11#disconnect"],
    },
    change: () => ({ usp: { saysDisconnect: () => false } }),
  },
  {
    id: "usp-mqtt-session-new-tls",
    phone: "A phone that speaks no TLS but the newest with a broker.",
    breaks: "TR-369:R-MQTT.48",
    rig: "snom-mqtt-tls",
    caught: { "usp.mqtt.tls": ["TR-369:R-MQTT.48"] },
    change: () => ({ usp: { brokerTls: () => ({ minVersion: "TLSv1.3" }) } }),
  },
  {
    id: "usp-mqtt-session-old-tls",
    phone: "A phone that speaks TLS 1.1 with a broker.",
    breaks: "TR-369:R-MQTT.48",
    rig: "snom-mqtt-tls",
    caught: { "usp.mqtt.tls": ["TR-369:R-MQTT.48"] },
    change: () => ({ usp: { brokerTls: () => OLD_TLS } }),
  },
  {
    id: "usp-websocket-old-tls",
    phone: "A phone that speaks TLS 1.1 with the WebSocket server.",
    breaks: "TP-469:7.9#version",
    rig: "snom-tls",
    caught: {
      "usp.websocket.tls": ["TP-469:7.9#version"],
      "usp.mtp.certificate": ["TR-369:R-WS.22"],
    },
    change: () => ({ usp: { serverTls: () => OLD_TLS } }),
  },
];
