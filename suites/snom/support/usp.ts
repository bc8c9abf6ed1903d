import { parameterValues } from "../../../harness/acs/read.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, type Located, same } from "../../../harness/core/finding.ts";
import type { Settings } from "../../../harness/phone/snom-settings.ts";
import { inSession } from "../../support/stage.ts";
import { demand } from "../../support/steps.ts";
import { savedSettings } from "./management.ts";
import { another } from "./provisioning.ts";

/** The controller whose settings the vendor has fixed, and the customer's. */
export const SRAPS = 1;
export const OWN = 2;

/**
 * Settings of a USP controller, without its index, and two values that each takes; none leads anywhere. Not the one that switches
 * it on, and not the password, which cannot be read back.
 */
const SETTINGS: Readonly<Record<string, readonly [string, string]>> = {
  tr369_controller_endpointid: ["self::assay-one", "self::assay-two"],
  tr369_controller_subscriptionid: ["assay-one", "assay-two"],
  tr369_controller_e2emode: ["Forbid", "Require"],
  tr369_controller_e2esize: ["4096", "8192"],
  tr369_mtp_protocol: ["WebSocket", "MQTT"],
  tr369_websocket_uri: ["wss://usp.assay.example:8443/one", "ws://usp.assay.example/two"],
  tr369_mqtt_hostport: ["one.assay.example:1884", "two.assay.example:1885"],
  tr369_mqtt_version: ["3.1.1", "5.0"],
  tr369_mqtt_transport: ["TLS", "TCP/IP"],
  tr369_mqtt_username: ["assay-one", "assay-two"],
  tr369_mqtt_clientid: ["assay-one", "assay-two"],
  tr369_mqtt_topic: ["assay/one", "assay/two"],
};

/** Parameters that show one setting of a controller each, as published, `#` being its index; not those that switch something on. */
const PARAMETERS: Readonly<Record<string, string>> = {
  "LocalAgent.Controller.#.EndpointID": "tr369_controller_endpointid",
  "LocalAgent.Subscription.#.ID": "tr369_controller_subscriptionid",
  "LocalAgent.Controller.#.E2ESession.SessionMode": "tr369_controller_e2emode",
  "LocalAgent.Controller.#.E2ESession.MaxUSPRecordSize": "tr369_controller_e2esize",
  "LocalAgent.MTP.#.Protocol": "tr369_mtp_protocol",
  "LocalAgent.Controller.#.MTP.1.Protocol": "tr369_mtp_protocol",
  "MQTT.Client.#.ProtocolVersion": "tr369_mqtt_version",
  "MQTT.Client.#.TransportProtocol": "tr369_mqtt_transport",
  "MQTT.Client.#.Username": "tr369_mqtt_username",
  "MQTT.Client.#.ClientID": "tr369_mqtt_clientid",
};

/** Parameters that are made of settings, so that nobody can write them. */
const COMPUTED = [
  "LocalAgent.Controller.#.MTP.1.WebSocket.Host",
  "LocalAgent.Controller.#.MTP.1.WebSocket.Port",
  "LocalAgent.Controller.#.MTP.1.WebSocket.Path",
  "LocalAgent.Controller.#.MTP.1.WebSocket.EnableEncryption",
  "MQTT.Client.#.BrokerAddress",
  "MQTT.Client.#.BrokerPort",
  "LocalAgent.MTP.#.Enable",
  "MQTT.Client.#.Enable",
  "LocalAgent.Controller.#.MTP.1.MQTT.Topic",
  "LocalAgent.MTP.#.MQTT.ResponseTopicConfigured",
];

/** Full name of a parameter of a controller, `#` being its index. */
export const uspName = ({ phone }: Pick<CwmpBench, "phone">, index: number, name: string): string =>
  phone.path(name.replace("#", String(index)));

/** A parameter that shows a setting, the setting, and a value that neither has. */
export interface UspTarget {
  readonly name: string;
  readonly type: "string" | "unsignedInt";
  readonly setting: string;
  readonly value: string;
}

/** For every setting of a controller a value that it does not have. */
export const otherSettings = (settings: Settings, index: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(SETTINGS).map(([name, values]) => [name + index, another(settings, name + index, values)] as const),
  );

/** Every parameter that shows a setting of a controller, with a value that it does not have. */
export const targetsOf = (bench: CwmpBench, settings: Settings, index: number): readonly UspTarget[] =>
  Object.entries(PARAMETERS).map(([name, setting]) => ({
    name: uspName(bench, index, name),
    type: name.endsWith("Size") ? "unsignedInt" : "string",
    setting: setting + index,
    value: another(settings, setting + index, SETTINGS[setting] ?? ["assay-one", "assay-two"]),
  }));

/** Names of all parameters of a controller that are made of its settings. */
export const computedOf = (bench: CwmpBench, index: number): readonly string[] =>
  COMPUTED.map((name) => uspName(bench, index, name));

/** Values of parameters by name, read in a session of their own. @throws Inconclusive `precondition` when they cannot be read */
export const readUsp = (bench: CwmpBench, names: readonly string[]): Promise<ReadonlyMap<string, Located>> =>
  inSession(bench, async (session) => {
    const reply = await session.getParameterValues(names);
    demand(reply, "GetParameterValues", "reading the parameters of a USP controller");
    return new Map([...parameterValues(reply).values()].map(({ name, value, where }) => [name, { value, where }]));
  });

/** Saves settings of the customer's controller and gives what its parameters, named with `#`, then show. */
export async function shownBy(
  bench: CwmpBench,
  settings: Readonly<Record<string, string>>,
  names: readonly string[],
): Promise<ReadonlyMap<string, Located>> {
  await savedSettings(bench, Object.fromEntries(Object.entries(settings).map(([name, value]) => [name + OWN, value])));
  const full = new Map(names.map((name) => [uspName(bench, OWN, name), name]));
  const values = await readUsp(bench, [...full.keys()]);
  return new Map([...values].map(([name, value]) => [full.get(name) ?? name, value]));
}

/** That a parameter shows this text; booleans are compared as what they mean. */
export function shows(
  requirement: string,
  values: ReadonlyMap<string, Located>,
  name: string,
  expected: string | boolean,
): Finding {
  const seen = values.get(name) ?? { value: undefined, where: name };
  if (typeof expected === "string") return same(requirement, seen, expected);
  const value = seen.value === undefined ? undefined : /^(?:1|true)$/.test(seen.value);
  return same(requirement, { value, where: seen.where }, expected);
}

/**
 * Saves settings that a phone may as well refuse to take: that they cannot be saved is no failure of the case.
 * @returns all settings afterwards
 */
export async function trySaving(bench: CwmpBench, settings: Readonly<Record<string, string>>): Promise<Settings> {
  try {
    await bench.phone.snom.save(settings);
  } catch (error) {
    if (!(error instanceof Inconclusive) || error.kind !== "precondition") throw error;
  }
  return bench.phone.snom.settings();
}
