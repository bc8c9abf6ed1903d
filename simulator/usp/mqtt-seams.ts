import type { IConnectPacket, IPublishPacket, QoS } from "mqtt-packet";
import type { TlsRange } from "../dial.ts";
import { covers, hasWildcard, replyToIn, withReplyTo } from "./mqtt-topics.ts";

export type MqttVersion = "3.1.1" | "5.0";

export interface MqttWill {
  readonly topic: string;
  readonly value: string;
  readonly qos: QoS;
  readonly retain: boolean;
}

/** What a CONNECT packet is made of. Texts are empty where nothing is configured. */
export interface ConnectFacts {
  readonly version: MqttVersion;
  readonly endpointId: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  /** In seconds. */
  readonly keepAlive: number;
  readonly isClean: boolean;
  readonly will: MqttWill | undefined;
}

/** A topic filter, and the highest QoS that it is to be served with. */
export interface TopicFilter {
  readonly topic: string;
  readonly qos: QoS;
}

/** What a client may subscribe to (R-MQTT.15). */
export interface FilterFacts {
  readonly version: MqttVersion;
  /** Of the table Subscription, as far as they are enabled. */
  readonly configured: readonly TopicFilter[];
  /** `subscribe-topic` in the CONNACK. */
  readonly offered: readonly string[];
  /** Response Information in the CONNACK. */
  readonly responseInformation: string | undefined;
  /** ResponseTopicConfigured of the MTP. */
  readonly responseTopic: string;
}

/** A record that goes out. */
export interface Outgoing {
  readonly version: MqttVersion;
  readonly topic: string;
  /** Where the agent is answered. */
  readonly replyTo: string;
  readonly octets: Buffer;
  readonly qos: QoS;
  readonly retain: boolean;
}

/** A publication that came. */
export interface Incoming {
  readonly version: MqttVersion;
  readonly topic: string;
  readonly responseTopic: string | undefined;
  readonly contentType: string | undefined;
}

/** QoS of the filters that no table configures. */
const USUAL_QOS = 1;

const CONTENT_TYPES: readonly string[] = ["usp.msg", "application/vnd.bbf.usp.msg"];

/** How the agent uses MQTT (TR-369 "MQTT Binding"). */
export const mqttSeams = {
  /** The CONNECT packet (R-MQTT.6 to R-MQTT.8, R-MQTT.12 to R-MQTT.14). */
  connectPacket({ version, will, ...facts }: ConnectFacts): IConnectPacket {
    const isNew = version === "5.0";
    return {
      cmd: "connect",
      protocolId: "MQTT",
      protocolVersion: isNew ? 5 : 4,
      clientId: facts.clientId === "" && !isNew ? facts.endpointId : facts.clientId,
      clean: facts.isClean,
      keepalive: facts.keepAlive,
      ...(facts.username === "" ? {} : { username: facts.username, password: Buffer.from(facts.password) }),
      ...(will === undefined
        ? {}
        : { will: { topic: will.topic, payload: Buffer.from(will.value), qos: will.qos, retain: will.retain } }),
      ...(isNew
        ? { properties: { requestResponseInformation: true, userProperties: { "usp-endpoint-id": facts.endpointId } } }
        : {}),
    };
  },
  /** Versions of TLS that are spoken with the broker (R-MQTT.48). */
  brokerTls(): TlsRange {
    return { minVersion: "TLSv1.2" };
  },
  /** ClientID after the broker has assigned one (R-MQTT.9). */
  keptClientId(_configured: string, assigned: string): string {
    return assigned;
  },
  /** Seconds without a packet after which the agent pings; undefined for never. `told` is the keep-alive time of the broker's. */
  pingAfter(keepAlive: number, told: number | undefined): number | undefined {
    const seconds = told ?? keepAlive;
    return seconds === 0 ? undefined : seconds * 0.75;
  },
  /** Filters that the agent subscribes to (R-MQTT.15). */
  topicFilters({ version, configured, offered, responseInformation, responseTopic }: FilterFacts): readonly TopicFilter[] {
    const isNew = version === "5.0";
    const first = [...configured, ...(isNew ? offered : []).map((topic): TopicFilter => ({ topic, qos: USUAL_QOS }))];
    const own = isNew ? (responseInformation ?? responseTopic) : responseTopic;
    // Over 3.1.1 a reply-to topic comes after the agent's own.
    const example = isNew ? own : withReplyTo(own, "any");
    if (own === "" || first.some(({ topic }) => covers(topic, example))) return first;
    return [...first, { topic: isNew ? own : `${own}/#`, qos: USUAL_QOS }];
  },
  /** How filters are spread over SUBSCRIBE packets. */
  subscribePackets(filters: readonly TopicFilter[]): readonly (readonly TopicFilter[])[] {
    return [filters];
  },
  /** What the agent does when there is nothing to subscribe to (R-MQTT.16). */
  onNoTopics(): "disable" | "stay" {
    return "disable";
  },
  /** What the agent does when it could subscribe to nothing (R-MQTT.17). */
  onRefusedTopics(): "leave" | "stay" {
    return "leave";
  },
  /** Where the agent is answered (R-MQTT.21). */
  replyTo(responseInformation: string | undefined, responseTopic: string, filters: readonly TopicFilter[]): string {
    const named = responseInformation ?? responseTopic;
    return named === "" ? (filters.find(({ topic }) => !hasWildcard(topic))?.topic ?? "") : named;
  },
  /** The PUBLISH packet of a record (R-MQTT.18, R-MQTT.22 to R-MQTT.24, R-MQTT.27). */
  publishPacket({ version, topic, replyTo, octets, qos, retain }: Outgoing): IPublishPacket {
    const isNew = version === "5.0";
    return {
      cmd: "publish",
      topic: isNew ? topic : withReplyTo(topic, replyTo),
      payload: octets,
      qos,
      dup: false,
      retain,
      ...(isNew ? { properties: { contentType: "usp.msg", responseTopic: replyTo } } : {}),
    };
  },
  /** Whether a publication holds a record (R-MQTT.27a). Some controllers do not say what it holds. */
  isRecord({ contentType }: Incoming): boolean {
    return contentType === undefined || CONTENT_TYPES.includes(contentType);
  },
  /** The topic that a publication is answered to; undefined when it names none (R-MQTT.25, R-MQTT.26). */
  answerTopic({ version, topic, responseTopic }: Incoming): string | undefined {
    return version === "5.0" ? responseTopic : replyToIn(topic);
  },
  /** Topic of an answer, by the one that the request named and the one that the controller is configured with. */
  answeredTo(asked: string | undefined, configured: string): string {
    return asked ?? configured;
  },
  /** Topic in the connect record. */
  subscribedTopic(replyTo: string, _filters: readonly TopicFilter[]): string {
    return replyTo;
  },
  /** Version in the connect record. */
  connectVersion(version: MqttVersion): MqttVersion {
    return version;
  },
  /** Whether the connection is given up when a publication holds no record that can be read. */
  leavesUnreadable(): boolean {
    return false;
  },
  /** Whether a publication of this QoS is confirmed (R-MQTT.20). */
  confirmsPublication(_qos: QoS): boolean {
    return true;
  },
  /** Whether filters that are no longer configured are unsubscribed from (R-MQTT.34). */
  unsubscribes(): boolean {
    return true;
  },
  /** Whether filters that are configured while there is a connection are subscribed to. */
  subscribesLater(): boolean {
    return true;
  },
  /** How often the agent looks whether the broker is there, by a connection that it closes at once, before it connects. */
  probes(): number {
    return 0;
  },
  /** Whether a controller over this protocol is served, besides others over these. */
  serves(_protocol: "MQTT" | "WebSocket", _others: readonly ("MQTT" | "WebSocket")[]): boolean {
    return true;
  },
  /** Whether the agent sends DISCONNECT before it closes a connection (R-MQTT.35). */
  saysDisconnect(): boolean {
    return true;
  },
  /** Whether the agent tries again: after a connection could not be had, or ended (R-MQTT.10, R-MQTT.33). */
  connectsAgain(_why: "failed" | "ended"): boolean {
    return true;
  },
  /** How many retries count, after a connection was made. */
  mqttRetriesAfterSuccess(_retries: number): number {
    return 0;
  },
  /** Range of the wait before a retry, in seconds; `minimum` is m, `multiplier` k in thousandths. */
  mqttRetryRange(retry: number, minimum: number, multiplier: number, maximum: number): readonly [number, number] {
    const factor = multiplier / 1000;
    return [Math.min(maximum, minimum * factor ** (retry - 1)), Math.min(maximum, minimum * factor ** retry)];
  },
};
