import { usualControllerTopic } from "../usp/broker-url.ts";
import { isOn } from "./default-settings.ts";

/** How the settings `tr369_*` become the parameters of a USP agent. What the vendor's pages leave open is decided here. */

export interface WebSocketAddress {
  readonly host: string;
  readonly port: number;
  /** With the slash at its beginning; empty when the setting names none. */
  readonly path: string;
  readonly secured: boolean;
}

export interface BrokerAddress {
  readonly address: string;
  readonly port: number;
}

type Settings = Readonly<Record<string, string>>;

/** Scheme, host with IPv6 in brackets, port, path with its query. Only the host has to be there. */
const WEB_SOCKET_URI = /^(?:(wss?):\/\/)?(?:\[([0-9a-f:.]+)\]|([^/:?#[\]\s]+))(?::(\d{1,5}))?(\/\S*)?$/i;
const HOST_AND_PORT = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/i;
const BARE_IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i;

const NO_WEB_SOCKET: WebSocketAddress = { host: "", port: 0, path: "", secured: false };
const NO_BROKER: BrokerAddress = { address: "", port: 0 };

const isPort = (port: number): boolean => port >= 1 && port <= 65_535;

/**
 * Reads `tr369_websocket_uri`: `scheme://host:port/path`, all but the host optional. Without a scheme it is encrypted exactly when the
 * port is 443; without a port it is the scheme's, else 80. Everything is empty when the text is none.
 */
export function readWebSocketUri(uri: string): WebSocketAddress {
  const [whole, scheme, ipv6, name, digits, path = ""] = WEB_SOCKET_URI.exec(uri) ?? [];
  const port = digits === undefined ? (scheme?.toLowerCase() === "wss" ? 443 : 80) : Number(digits);
  if (whole === undefined || !isPort(port)) return NO_WEB_SOCKET;
  const secured = scheme === undefined ? port === 443 : scheme.toLowerCase() === "wss";
  return { host: ipv6 ?? name ?? "", port, path, secured };
}

/** Reads `tr369_mqtt_hostport`: a host, IPv6 in brackets where a port follows, and a port. Without one it is MQTT's own. */
export function readHostAndPort(hostport: string, transport: string): BrokerAddress {
  const usual = transport.startsWith("TLS") ? 8883 : 1883;
  if (BARE_IPV6.test(hostport)) return { address: hostport, port: usual };
  const [whole, ipv6, name, digits] = HOST_AND_PORT.exec(hostport) ?? [];
  const port = digits === undefined ? usual : Number(digits);
  return whole === undefined || !isPort(port) ? NO_BROKER : { address: ipv6 ?? name ?? "", port };
}

/** Settings in which `{mac}` stands for the phone's MAC address. */
const WITH_MAC = /^tr369_(?:websocket_uri|mqtt_clientid|mqtt_topic|mqtt_username|controller_endpointid)\d*$/;

/** A setting as a parameter shows it: with the MAC address, in upper case, where the vendor's pages let `{mac}` stand for it. */
export function withMac(name: string, text: string, mac: string): string {
  return WITH_MAC.test(name) ? text.replaceAll("{mac}", mac.toUpperCase()) : text;
}

/** Settings of the vendor's own controller. They are hard-coded but for the one that switches it on. */
export const isFixedUspSetting = (name: string): boolean => /^tr369_\w*[a-z]1$/.test(name) && name !== "tr369_enable1";

/** How the phone reads the settings of its USP controllers. */
export const uspSeams = {
  /** A setting as a parameter shows it. */
  shownSetting(name: string, text: string, mac: string): string {
    return withMac(name, text, mac);
  },
  /** Where a controller is reached over WebSocket, by `tr369_websocket_uri`. */
  webSocketAddress(uri: string): WebSocketAddress {
    return readWebSocketUri(uri);
  },
  /** Where a controller's broker is, by `tr369_mqtt_hostport` and `tr369_mqtt_transport`. */
  brokerAddress(hostport: string, transport: string): BrokerAddress {
    return readHostAndPort(hostport, transport);
  },
  /** The topic on which the agent is answered, by `tr369_mqtt_topic`. */
  responseTopic(topic: string): string {
    return topic;
  },
  /** The controller's topic. What it is made of is not published: here it is named after the controller. */
  controllerTopic(endpointId: string): string {
    return endpointId === "" ? "" : usualControllerTopic(endpointId);
  },
  /** Whether a controller's MQTT client is on, by `tr369_enable` and `tr369_mtp_protocol`. */
  isMqttEnabled(enable: string, protocol: string): boolean {
    return isOn(enable) && protocol === "MQTT";
  },
};

export type UspSeams = typeof uspSeams;

/** What a special value of the USP agent is made of: names of settings without their index, and how. */
interface UspValue {
  readonly of: readonly string[];
  read(settings: readonly string[], seams: UspSeams): string;
}

const socket = (part: keyof WebSocketAddress): UspValue => ({
  of: ["tr369_websocket_uri"],
  read: ([uri = ""], seams) => String(seams.webSocketAddress(uri)[part]),
});

const broker = (part: keyof BrokerAddress): UspValue => ({
  of: ["tr369_mqtt_hostport", "tr369_mqtt_transport"],
  read: ([hostport = "", transport = ""], seams) => String(seams.brokerAddress(hostport, transport)[part]),
});

export const USP_VALUES: Readonly<Record<string, UspValue>> = {
  TR369_WEBSOCKETHOST: socket("host"),
  TR369_WEBSOCKETPORT: socket("port"),
  TR369_WEBSOCKETPATH: socket("path"),
  TR369_WEBSOCKETSECURED: socket("secured"),
  TR369_MQTTADDRESS: broker("address"),
  TR369_MQTTPORT: broker("port"),
  TR369_MQTTTOPIC_CTRL: {
    of: ["tr369_controller_endpointid"],
    read: ([endpointId = ""], seams) => seams.controllerTopic(endpointId),
  },
  TR369_MQTTTOPIC_RESP: { of: ["tr369_mqtt_topic"], read: ([topic = ""], seams) => seams.responseTopic(topic) },
  TR369_MQTTENABLE: {
    of: ["tr369_enable", "tr369_mtp_protocol"],
    read: ([enable = "", protocol = ""], seams) => String(seams.isMqttEnabled(enable, protocol)),
  },
};

/** Reads a special value of the controller `index`; undefined when it is none of the USP agent. */
export function readUspValue(name: string, index: string, settings: Settings, seams: UspSeams = uspSeams): string | undefined {
  const value = USP_VALUES[name];
  return value?.read(
    value.of.map((base) => seams.shownSetting(base + index, settings[base + index] ?? "", settings.mac ?? "")),
    seams,
  );
}
