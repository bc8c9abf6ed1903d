import type { Mutant } from "./mutant.ts";

const URI = "SNOM:tr369_websocket_uri";
const MQTT = "SNOM:tr369_mqtt_hostport";

/** Phones that read the addresses of a USP controller otherwise than their vendor says. */
export const snomUspValuesMutants: readonly Mutant[] = [
  {
    id: "usp-host-short",
    phone: "A phone that shows the host of a WebSocket address without its domain.",
    breaks: `${URI}#host`,
    caught: { "snom.usp-settings.websocket-uri": [`${URI}#host`] },
    change: ({ model }) => ({
      model: {
        webSocketAddress(uri) {
          const address = model.webSocketAddress(uri);
          return { ...address, host: address.host.split(".")[0] ?? "" };
        },
      },
    }),
  },
  {
    id: "usp-port-by-scheme",
    phone: "A phone that goes by the scheme for the port of a WebSocket address, though there is one in it.",
    breaks: `${URI}#port`,
    caught: { "snom.usp-settings.websocket-uri": [`${URI}#port`] },
    change: ({ model }) => ({
      model: {
        webSocketAddress(uri) {
          const address = model.webSocketAddress(uri);
          return uri.includes("://") ? { ...address, port: address.secured ? 443 : 80 } : address;
        },
      },
    }),
  },
  {
    id: "usp-path-without-slash",
    phone: "A phone that shows the path of a WebSocket address without its slash.",
    breaks: `${URI}#path`,
    caught: {
      "snom.usp-settings.websocket-uri": [`${URI}#path`],
      "snom.usp-settings.mac-in-path": ["SNOM-TR-369:mac#websocket-uri"],
    },
    change: ({ model }) => ({
      model: {
        webSocketAddress(uri) {
          const address = model.webSocketAddress(uri);
          return { ...address, path: address.path.slice(1) };
        },
      },
    }),
  },
  {
    id: "usp-always-encrypted",
    phone: "A phone that encrypts every WebSocket with a scheme in its address.",
    breaks: `${URI}#encryption`,
    caught: {
      "snom.usp-settings.websocket-uri": [`${URI}#encryption`],
      "snom.usp-settings.websocket-other-port": [`${URI}#scheme-first`],
    },
    change: ({ model }) => ({
      model: {
        webSocketAddress(uri) {
          const address = model.webSocketAddress(uri);
          return { ...address, secured: address.secured || uri.includes("://") };
        },
      },
    }),
  },
  {
    id: "usp-encrypted-by-port",
    phone: "A phone that encrypts a WebSocket by its port, whatever the scheme is.",
    breaks: `${URI}#scheme-first`,
    caught: {
      "snom.usp-settings.websocket-uri": [`${URI}#encryption`],
      "snom.usp-settings.websocket-other-port": [`${URI}#scheme-first`],
    },
    change: ({ model }) => ({
      model: {
        webSocketAddress(uri) {
          const address = model.webSocketAddress(uri);
          return { ...address, secured: address.port === 443 };
        },
      },
    }),
  },
  {
    id: "usp-port-80",
    phone: "A phone that takes port 80 for every WebSocket address without one, also for wss.",
    breaks: `${URI}#default-port`,
    caught: { "snom.usp-settings.websocket-default-port": [`${URI}#default-port`] },
    change: ({ model }) => ({
      model: {
        webSocketAddress(uri) {
          const address = model.webSocketAddress(uri);
          return /:\d+(\/|$)/.test(uri) ? address : { ...address, port: 80 };
        },
      },
    }),
  },
  {
    id: "usp-path-usp",
    phone: "A phone that makes up the path /usp for a WebSocket address without one.",
    breaks: `${URI}#default-path`,
    caught: { "snom.usp-settings.websocket-default-port": [`${URI}#default-path`] },
    change: ({ model }) => ({
      model: {
        webSocketAddress(uri) {
          const address = model.webSocketAddress(uri);
          return { ...address, path: address.path === "" ? "/usp" : address.path };
        },
      },
    }),
  },
  {
    id: "usp-open-without-scheme",
    phone: "A phone that encrypts no WebSocket without a scheme in its address.",
    breaks: `${URI}#no-scheme-encryption`,
    caught: { "snom.usp-settings.websocket-without-scheme": [`${URI}#no-scheme-encryption`] },
    change: ({ model }) => ({
      model: {
        webSocketAddress(uri) {
          const address = model.webSocketAddress(uri);
          return uri.includes("://") ? address : { ...address, secured: false };
        },
      },
    }),
  },
  {
    id: "usp-port-443-without-scheme",
    phone: "A phone that takes port 443 for a WebSocket address with neither scheme nor port, and does not encrypt.",
    breaks: `${URI}#no-scheme-port`,
    caught: { "snom.usp-settings.websocket-without-scheme": [`${URI}#no-scheme-port`] },
    change: ({ model }) => ({
      model: {
        webSocketAddress(uri) {
          const address = model.webSocketAddress(uri);
          return uri.includes("://") || /:\d+(\/|$)/.test(uri) || uri === "" ? address : { ...address, port: 443 };
        },
      },
    }),
  },
  {
    id: "usp-broker-with-port",
    phone: "A phone that shows the port of its broker in the address as well.",
    breaks: `${MQTT}#address`,
    caught: { "snom.usp-settings.mqtt-hostport": [`${MQTT}#address`] },
    change: ({ model }) => ({
      model: {
        brokerAddress: (hostport, transport) => ({ ...model.brokerAddress(hostport, transport), address: hostport }),
      },
    }),
  },
  {
    id: "usp-broker-usual-port",
    phone: "A phone that takes MQTT's own port for any broker.",
    breaks: `${MQTT}#port`,
    caught: { "snom.usp-settings.mqtt-hostport": [`${MQTT}#port`] },
    change: ({ model }) => ({
      model: {
        brokerAddress: (hostport, transport) => model.brokerAddress(hostport.replace(/:\d+$/, ""), transport),
      },
    }),
  },
  {
    id: "usp-broker-8883",
    phone: "A phone that takes port 8883 for a broker without one, also without TLS.",
    breaks: `${MQTT}#default-port`,
    caught: { "snom.usp-settings.mqtt-default-port": [`${MQTT}#default-port`] },
    change: ({ model }) => ({ model: { brokerAddress: (hostport) => model.brokerAddress(hostport, "TLS") } }),
  },
  {
    id: "usp-broker-1883",
    phone: "A phone that takes port 1883 for a broker without one, also over TLS.",
    breaks: `${MQTT}#default-port-tls`,
    caught: { "snom.usp-settings.mqtt-default-port": [`${MQTT}#default-port-tls`] },
    change: ({ model }) => ({ model: { brokerAddress: (hostport) => model.brokerAddress(hostport, "TCP/IP") } }),
  },
  {
    id: "usp-topic-first-level",
    phone: "A phone that is answered on the first level of tr369_mqtt_topic alone.",
    breaks: "SNOM:tr369_mqtt_topic#response",
    caught: {
      "snom.usp-settings.response-topic": ["SNOM:tr369_mqtt_topic#response"],
    },
    change: () => ({ model: { responseTopic: (topic) => topic.split("/")[0] ?? "" } }),
  },
  {
    id: "usp-mqtt-always-on",
    phone: "A phone whose MQTT client is on wherever MQTT is the protocol, also for a controller that is off.",
    breaks: "SNOM:TR369_MQTTENABLE#enabled",
    caught: { "snom.usp-settings.mqtt-enable": ["SNOM:TR369_MQTTENABLE#enabled"] },
    change: () => ({ model: { isMqttEnabled: (_enable, protocol) => protocol === "MQTT" } }),
  },
  {
    id: "usp-mqtt-beside-websocket",
    phone: "A phone whose MQTT client is on for every controller that is on, also over WebSocket.",
    breaks: "SNOM:TR369_MQTTENABLE#protocol",
    caught: { "snom.usp-settings.mqtt-enable": ["SNOM:TR369_MQTTENABLE#protocol"] },
    change: ({ model }) => ({ model: { isMqttEnabled: (enable) => model.isMqttEnabled(enable, "MQTT") } }),
  },
];
