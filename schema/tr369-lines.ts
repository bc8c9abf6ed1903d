import {
  addLines,
  effectiveLines,
  lineText,
  type MapType,
  type Modifier,
  type ParameterMapLine,
  type ParamMap,
  readLine,
  writeParamMap,
} from "./param-map.ts";

/**
 * The lines of a param_map that the USP agent of a Snom phone is configured by. The vendor's guide to TR-369 says that the agent
 * does not run without them, and prints them for two controllers: 1 is the vendor's own (SRAPS), 2 the customer's.
 */

export const TR369_CONTROLLERS = [1, 2] as const;

/** What is published per controller; `#` stands for its number. */
const ROWS: readonly (readonly [type: MapType, name: string, modifier: Modifier, value: string])[] = [
  ["string", "LocalAgent.Controller.#.MTP.1.WebSocket.Host", "!=", "{TR369_WEBSOCKETHOST|#}"],
  ["unsignedInt", "LocalAgent.Controller.#.MTP.1.WebSocket.Port", "!=", "{TR369_WEBSOCKETPORT|#}"],
  ["string", "LocalAgent.Controller.#.MTP.1.WebSocket.Path", "!=", "{TR369_WEBSOCKETPATH|#}"],
  ["boolean", "LocalAgent.Controller.#.MTP.1.WebSocket.EnableEncryption", "!=", "{TR369_WEBSOCKETSECURED|#}"],
  ["string", "MQTT.Client.#.BrokerAddress", "!=", "{TR369_MQTTADDRESS|#}"],
  ["unsignedInt", "MQTT.Client.#.BrokerPort", "!=", "{TR369_MQTTPORT|#}"],
  ["string", "MQTT.Client.#.ProtocolVersion", "=", "{tr369_mqtt_version|#}"],
  ["string", "MQTT.Client.#.TransportProtocol", "=", "{tr369_mqtt_transport|#}"],
  ["string", "MQTT.Client.#.Username", "=", "{tr369_mqtt_username|#}"],
  ["string", "MQTT.Client.#.Password", "=", "{tr369_mqtt_password|#}"],
  ["string", "MQTT.Client.#.ClientID", "=", "{tr369_mqtt_clientid|#}"],
  ["unsignedInt", "MQTT.Client.#.ConnectRetryMaxInterval", "=", "30"],
  ["string", "LocalAgent.Controller.#.MTP.1.MQTT.Topic", "!=", "{TR369_MQTTTOPIC_CTRL|#}"],
  ["string", "LocalAgent.MTP.#.MQTT.ResponseTopicConfigured", "!=", "{TR369_MQTTTOPIC_RESP|#}"],
  ["string", "LocalAgent.Controller.#.EndpointID", "=", "{tr369_controller_endpointid|#}"],
  ["string", "LocalAgent.Subscription.#.ID", "=", "{tr369_controller_subscriptionid|#}"],
  ["string", "LocalAgent.Controller.#.E2ESession.SessionMode", "=", "{tr369_controller_e2emode|#}"],
  ["unsignedInt", "LocalAgent.Controller.#.E2ESession.MaxUSPRecordSize", "=", "{tr369_controller_e2esize|#}"],
  ["boolean", "LocalAgent.Subscription.#.Enable", "=", "{tr369_enable|#}"],
  ["string", "LocalAgent.MTP.#.Protocol", "=", "{tr369_mtp_protocol|#}"],
  ["string", "LocalAgent.Controller.#.MTP.1.Protocol", "=", "{tr369_mtp_protocol|#}"],
  ["boolean", "LocalAgent.MTP.#.Enable", "!=", "{TR369_MQTTENABLE|#}"],
  ["boolean", "MQTT.Client.#.Enable", "!=", "{TR369_MQTTENABLE|#}"],
  ["boolean", "LocalAgent.Controller.#.Enable", "=", "{tr369_enable|#}"],
  ["boolean", "LocalAgent.Controller.#.BootParameter.1.Enable", "=", "{tr369_enable|#}"],
  ["boolean", "LocalAgent.Controller.#.MTP.1.Enable", "=", "{tr369_enable|#}"],
];

/** The lines of one controller, in the published order. */
export function tr369Lines(controller: number): readonly string[] {
  const of = (text: string): string => text.replace("#", String(controller));
  return ROWS.map(([type, name, modifier, value]) => lineText({ type, name: `Device.${of(name)}`, modifier, value: of(value) }));
}

/** All 52 lines, those of controller 1 first. */
export const TR369_LINES: readonly string[] = TR369_CONTROLLERS.flatMap(tr369Lines);

/** How a map has one of the published lines. */
export type Tr369State =
  | { readonly kind: "missing" }
  | { readonly kind: "same"; readonly line: ParameterMapLine }
  /** Another notification, or another number where the line has a number of its own: an ACS may have set that. */
  | { readonly kind: "adjusted"; readonly line: ParameterMapLine }
  /** Another type or value, or writable where it is not. */
  | { readonly kind: "differs"; readonly line: ParameterMapLine; readonly in: readonly ("type" | "modifier" | "value")[] };

/** How a map has each of the published lines, in their order. */
export function tr369States(map: ParamMap): readonly { readonly published: string; readonly state: Tr369State }[] {
  const lines = effectiveLines(map);
  return TR369_LINES.map((published) => ({ published, state: stateOf(published, lines) }));
}

function stateOf(published: string, lines: ReadonlyMap<string, ParameterMapLine>): Tr369State {
  const wanted = readLine(published);
  const line = wanted.kind === "parameter" ? lines.get(wanted.name) : undefined;
  if (wanted.kind !== "parameter" || line === undefined) return { kind: "missing" };
  if (line.text === published) return { kind: "same", line };
  const differs = [
    ...(line.type === wanted.type ? [] : (["type"] as const)),
    ...(accessOf(line.modifier) === accessOf(wanted.modifier) ? [] : (["modifier"] as const)),
    ...(line.value === wanted.value || (isNumber(line.value) && isNumber(wanted.value)) ? [] : (["value"] as const)),
  ];
  return differs.length === 0 ? { kind: "adjusted", line } : { kind: "differs", line, in: differs };
}

const accessOf = (modifier: Modifier): string => (modifier === "!=" || modifier === "&=" ? modifier : "writable");

const isNumber = (value: string): boolean => /^[0-9]+$/.test(value);

/** What has to be written behind a map so that it has all published lines: the missing ones, below a comment for each controller. */
export function tr369Additions(map: ParamMap): string {
  const missing = new Set(tr369States(map).flatMap(({ published, state }) => (state.kind === "missing" ? [published] : [])));
  const texts = TR369_CONTROLLERS.flatMap((controller) => {
    const lines = tr369Lines(controller).filter((line) => missing.has(line));
    return lines.length === 0
      ? []
      : [`# TR-369, controller ${controller} (${controller === 1 ? "SRAPS" : "customer"})`, ...lines];
  });
  return writeParamMap(addLines(map, texts)).slice(writeParamMap(map).length);
}
