import type { QoS } from "mqtt-packet";
import type { UspModel } from "./model.ts";
import type { MqttVersion, MqttWill, TopicFilter } from "./mqtt-seams.ts";
import { CLIENT_TABLE, MTP_TABLE } from "./schema.ts";

/** Where the broker of a client is. A change makes another connection. */
export interface BrokerPlace {
  readonly version: MqttVersion;
  readonly host: string;
  readonly port: number;
  readonly secured: boolean;
  readonly username: string;
  readonly password: string;
}

/** What else a client goes by, read anew for each connection. */
export interface ClientSettings {
  readonly clientId: string;
  readonly isClean: boolean;
  /** In seconds. */
  readonly keepAlive: number;
  readonly will: MqttWill | undefined;
  /** m and the highest wait in seconds, k in thousandths. */
  readonly retry: { readonly minimum: number; readonly multiplier: number; readonly maximum: number };
}

/** A reference to an object, with the dot at its end. */
const referred = (model: UspModel, path: string): string => model.value(path).replace(/([^.])$/, "$1.");

export const referredClient = (model: UspModel, mtp: string): string => referred(model, `${mtp}MQTT.Reference`);

/** The broker of a client; undefined when it is off, or has none that could be reached. */
export function brokerOf(model: UspModel, client: string): BrokerPlace | undefined {
  const value = (name: string): string => model.value(client + name);
  const [version, host, port] = [value("ProtocolVersion"), value("BrokerAddress"), Number(value("BrokerPort"))];
  if (!model.isOn(`${client}Enable`) || host === "" || port === 0 || (version !== "5.0" && version !== "3.1.1")) return undefined;
  const secured = value("TransportProtocol") === "TLS";
  return { version, host, port, secured, username: value("Username"), password: model.secret(`${client}Password`) };
}

export function clientSettings(model: UspModel, client: string, version: MqttVersion): ClientSettings {
  const value = (name: string): string => model.value(client + name);
  const number = (name: string): number => Number(value(name));
  const isWilled = model.isOn(`${client}WillEnable`) && value("WillTopic") !== "";
  return {
    clientId: value("ClientID"),
    // Nobody could take up a session again that has no name.
    isClean: value("ClientID") === "" || model.isOn(`${client}${version === "5.0" ? "CleanStart" : "CleanSession"}`),
    keepAlive: number("KeepAliveTime"),
    will: isWilled
      ? {
          topic: value("WillTopic"),
          value: value("WillValue"),
          qos: qosOf(value("WillQoS")),
          retain: model.isOn(`${client}WillRetain`),
        }
      : undefined,
    retry: {
      minimum: number("ConnectRetryTime"),
      multiplier: number("ConnectRetryIntervalMultiplier"),
      maximum: number("ConnectRetryMaxInterval"),
    },
  };
}

/** Filters that the table of a client configures. */
export function configuredFilters(model: UspModel, client: string): readonly TopicFilter[] {
  return model
    .instances(`${client}Subscription.`)
    .map((number) => `${client}Subscription.${number}.`)
    .filter((path) => model.isOn(`${path}Enable`) && model.value(`${path}Topic`) !== "")
    .map((path) => ({ topic: model.value(`${path}Topic`), qos: qosOf(model.value(`${path}QoS`)) }));
}

/** The agent's own MTP that goes over a client; undefined when there is none that is on. */
export function agentMtp(model: UspModel, client: string): string | undefined {
  const mtps = model.instances(MTP_TABLE).map((number) => `${MTP_TABLE}${number}.`);
  return mtps.find(
    (mtp) => model.isOn(`${mtp}Enable`) && model.value(`${mtp}Protocol`) === "MQTT" && referredClient(model, mtp) === client,
  );
}

export const clientsOf = (model: UspModel): readonly string[] =>
  model.instances(CLIENT_TABLE).map((number) => `${CLIENT_TABLE}${number}.`);

export const qosOf = (text: string): QoS => (text === "2" ? 2 : text === "1" ? 1 : 0);
