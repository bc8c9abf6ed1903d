import type { DnsRecord } from "../dns/message.ts";
import type { AdvertisedFacts } from "./discovery-seams.ts";
import type { UspModel } from "./model.ts";
import { referredClient } from "./mqtt-settings.ts";
import { MTP_TABLE } from "./schema.ts";
import type { UspAgentSeams } from "./seams.ts";

/** How long others may keep a record, in seconds: less where an address is in it (RFC 6762 10). */
const TTL = 4_500;
const ADDRESS_TTL = 120;

const SERVICES = { MQTT: "_usp-agt-mqtt._tcp.local", WebSocket: "_usp-agt-ws._tcp.local" };

/** Where lists of services are asked for (RFC 6763 9). */
const ALL_SERVICES = "_services._dns-sd._udp.local";

export interface AdvertisingFacts {
  readonly endpointId: string;
  /** Its address on the LAN. */
  readonly address: string;
  /** Port on which it listens for WebSockets; 0 when it does not. */
  readonly port: number;
  /** Address of a broker by its host; undefined when it is not known. */
  brokerAddress(host: string): string | undefined;
  /** Topic on which it is answered over an MQTT client; undefined when there is none. */
  replyTo(client: string): string | undefined;
}

/** Where an MTP can be reached. */
interface Place {
  readonly port: number;
  readonly path: string;
  readonly needsEncryption: boolean;
  /** Address of the broker, where there is one. */
  readonly broker?: string;
  readonly host: string;
}

/** The DNS-SD records of the agent's MTPs that are advertised (TR-369 "DNS-SD Records"). */
export function advertised(model: UspModel, seams: UspAgentSeams, facts: AdvertisingFacts): readonly DnsRecord[] {
  const records = model.instances(MTP_TABLE).flatMap((number) => recordsOf(model, seams, facts, `${MTP_TABLE}${number}.`));
  return [...new Map(records.map((record) => [JSON.stringify(record), record] as const)).values()];
}

function recordsOf(model: UspModel, seams: UspAgentSeams, facts: AdvertisingFacts, mtp: string): readonly DnsRecord[] {
  const protocol = model.value(`${mtp}Protocol`) === "MQTT" ? "MQTT" : "WebSocket";
  const isEnabled = model.isOn(`${mtp}Enable`);
  if (!seams.advertises({ protocol, isEnabled, isWanted: model.isOn(`${mtp}EnableMDNS`) })) return [];
  const place = protocol === "MQTT" ? overMqtt(model, facts, mtp) : overWebSocket(model, facts, mtp);
  if (place === undefined) return [];
  const service = SERVICES[protocol];
  const instance = `${seams.instanceLabel(facts.endpointId)}.${service}`;
  const described: AdvertisedFacts = {
    protocol,
    path: seams.advertisedPath(place.path, protocol),
    friendlyName: model.value("Device.DeviceInfo.FriendlyName"),
    modelName: model.value("Device.DeviceInfo.ModelName"),
    needsEncryption: place.needsEncryption,
  };
  const port = seams.advertisedPort(place.port);
  const address = seams.advertisedAddress(facts.address, place.broker);
  return [
    { type: "PTR", name: ALL_SERVICES, ttl: TTL, target: service },
    { type: "PTR", name: service, ttl: TTL, target: instance },
    { type: "SRV", name: instance, ttl: ADDRESS_TTL, flush: true, priority: 0, weight: 0, port, target: place.host },
    { type: "TXT", name: instance, ttl: TTL, flush: true, texts: seams.txt(described) },
    { type: "A", name: place.host, ttl: ADDRESS_TTL, flush: true, address },
  ];
}

function overWebSocket(model: UspModel, { port, endpointId }: AdvertisingFacts, mtp: string): Place | undefined {
  const path = model.value(`${mtp}WebSocket.Path`);
  const needsEncryption = model.isOn(`${mtp}WebSocket.EnableEncryption`);
  return port === 0 ? undefined : { port, path, needsEncryption, host: hostOf(endpointId) };
}

/** Over MQTT an agent is where its broker is (R-MQTT.36, R-MQTT.38). */
function overMqtt(model: UspModel, { endpointId, brokerAddress, replyTo }: AdvertisingFacts, mtp: string): Place | undefined {
  const client = referredClient(model, mtp);
  const path = replyTo(client);
  const broker = brokerAddress(model.value(`${client}BrokerAddress`));
  // It is not answered anywhere before the broker has let it in.
  if (path === undefined || path === "" || broker === undefined) return undefined;
  const port = Number(model.value(`${client}BrokerPort`));
  const needsEncryption = model.value(`${client}TransportProtocol`) === "TLS";
  return { port, path, needsEncryption, broker, host: hostOf(endpointId, "-broker") };
}

/** A host in `.local` of a name that nobody else has, with no character in it that a host name may not have. */
const hostOf = (endpointId: string, suffix = ""): string =>
  `${endpointId.replace(/[^A-Za-z\d]+/g, "-").slice(0, 50)}${suffix}.local`;
