import { readBrokerUrl } from "./broker-url.ts";
import { bootSubscription, type DeliveredInstance } from "./delivered-instance.ts";
import { firmwareDelivered } from "./schema-firmware.ts";
import { DELIVERED_ROLE, trustDelivered } from "./schema-trust.ts";

/** What a generic device is told of its controller when it is made. */
export interface Told {
  /** URL of the controller at index 1, or of its broker. */
  readonly controllerUrl?: string;
  /** EndpointID of that controller. */
  readonly controllerId?: string;
}

const CONTROLLER = "Device.LocalAgent.Controller.1";

/** What a generic device leaves the factory with: one controller, which it has been told of, and what else its parts bring. */
export const toldGeneric = (told: Told): readonly DeliveredInstance[] => [
  ...controllerOf(told),
  ...firmwareDelivered,
  ...trustDelivered,
];

function controllerOf({ controllerUrl, controllerId = "self::controller" }: Told): readonly DeliveredInstance[] {
  if (controllerUrl === undefined) return [];
  return [
    ...(/^wss?:/.test(controllerUrl) ? overWebSocket(controllerUrl) : overMqtt(controllerUrl, controllerId)),
    {
      table: "Device.LocalAgent.Controller.",
      instance: 1,
      values: { EndpointID: controllerId, Enable: "true", ControllerCode: "assay", AssignedRole: DELIVERED_ROLE },
    },
    {
      table: `${CONTROLLER}.BootParameter.`,
      instance: 1,
      values: { Enable: "true", ParameterName: "Device.LocalAgent.EndpointID" },
    },
    {
      table: "Device.LocalAgent.Subscription.",
      instance: 1,
      values: { ...bootSubscription(CONTROLLER), Enable: "true", ID: "boot" },
    },
  ];
}

function overWebSocket(url: string): readonly DeliveredInstance[] {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const isSecured = protocol === "wss:";
  return [
    {
      table: `${CONTROLLER}.MTP.`,
      instance: 1,
      values: {
        Enable: "true",
        Protocol: "WebSocket",
        "WebSocket.Host": hostname.replace(/^\[|\]$/g, ""),
        "WebSocket.Port": port === "" ? (isSecured ? "443" : "80") : port,
        "WebSocket.Path": pathname + search,
        "WebSocket.EnableEncryption": String(isSecured),
      },
    },
    listening(1),
  ];
}

/** The MTP by which it takes WebSockets of controllers too, whichever way it goes to its own. */
const listening = (instance: number): DeliveredInstance => ({
  table: "Device.LocalAgent.MTP.",
  instance,
  values: { Enable: "true", Protocol: "WebSocket", EnableMDNS: "true", "WebSocket.Path": "/usp" },
});

function overMqtt(url: string, controllerId: string): readonly DeliveredInstance[] {
  const broker = readBrokerUrl(url, controllerId);
  if (broker === undefined)
    throw new Error(`${url} is no URL of a controller: it begins with ws://, wss://, mqtt:// or mqtts://`);
  const { host, port, secured, version, username, password, controllerTopic, agentTopic } = broker;
  const client = "Device.MQTT.Client.1";
  return [
    {
      table: `${CONTROLLER}.MTP.`,
      instance: 1,
      values: { Enable: "true", Protocol: "MQTT", "MQTT.Reference": client, "MQTT.Topic": controllerTopic },
    },
    {
      table: "Device.LocalAgent.MTP.",
      instance: 1,
      values: {
        Enable: "true",
        Protocol: "MQTT",
        EnableMDNS: "true",
        "MQTT.Reference": client,
        "MQTT.ResponseTopicConfigured": agentTopic === "" ? "usp/endpoints/agent" : agentTopic,
      },
    },
    listening(2),
    {
      table: "Device.MQTT.Client.",
      instance: 1,
      values: {
        Name: "controller-1",
        Enable: "true",
        ProtocolVersion: version,
        BrokerAddress: host,
        BrokerPort: port,
        TransportProtocol: secured ? "TLS" : "TCP/IP",
        Username: username,
        Password: password,
      },
    },
  ];
}
