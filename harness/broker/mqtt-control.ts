import type { Located } from "../core/finding.ts";
import type { Credentials } from "../phone/profile.ts";
import type { MqttPacketRecord } from "../trace/mqtt.ts";
import type { MqttVersion } from "../wire/mqtt.ts";

/** Properties of a PUBLISH of ours (MQTT 5.0 only). */
export interface PublishProperties {
  /** Default `usp.msg`; `false` for none. */
  readonly contentType?: string | false;
  /** Default the controller's topic; `false` for none. */
  readonly responseTopic?: string | false;
  readonly correlationData?: Buffer;
  readonly payloadFormatIndicator?: boolean;
  readonly userProperties?: Readonly<Record<string, string | string[]>>;
}

/** How something is published. */
export interface Publishing {
  /** Topic Name as it stands on the wire; default that of the agent, over 3.1.1 with `/reply-to=` behind it. */
  readonly topic?: string;
  /** Topic that the agent is to answer to; default the controller's. */
  readonly replyTo?: string;
  /** Default 1; the agent's subscription may lower it. */
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
  readonly properties?: PublishProperties;
}

/** How a CONNECT is answered. */
export interface ConnackAnswer {
  /** Any but 0 refuses: a reason code of 5.0, or a return code of 3.1.1. */
  readonly code?: number;
  /** Milliseconds from the CONNECT to the CONNACK. */
  readonly delay?: number;
  /** Nothing is answered, and the connection stays open. */
  readonly never?: true;
  /** The connection is closed in place of an answer. */
  readonly hangUp?: true;
  /** User Properties `subscribe-topic` (5.0); default one, `usp/agents/` and the EndpointID. */
  readonly subscribeTopics?: readonly string[];
  /** Response Information (5.0); default the same topic when it was asked for; `false` for none, text also when it was not. */
  readonly responseInformation?: string | false;
  /** Assigned Client Identifier (5.0); default a made-up one when the CONNECT has none. */
  readonly assignedClientId?: string;
  /** Seconds (5.0). */
  readonly serverKeepAlive?: number;
  /** Maximum QoS (5.0). Subscriptions get no more in any version. */
  readonly maximumQoS?: 0 | 1;
  /** Written in place of a CONNACK. */
  readonly octets?: Buffer;
}

/** How the broker answers from now on. What is absent is as usual. */
export interface MqttAnswers {
  /** What a new TCP connection meets with, before anything was said on it. */
  readonly accept?: "hang-up" | "reset";
  readonly connack?: ConnackAnswer | ((connect: MqttPacketRecord) => ConnackAnswer);
  /** Code for a Topic Filter, 0x80 and above refuse it; undefined for the usual grant. `never` for no SUBACK at all. */
  readonly suback?: ((filter: string, qos: number) => number | undefined) | "never";
  /** PUBACKs and PUBRECs to the agent are kept back. */
  readonly puback?: "never";
  /** PINGREQs are not answered. */
  readonly pingresp?: "never";
}

/** How an MQTT connection came to its end. */
export interface MqttClosing {
  /** When its TCP connection was gone, or began to go, in milliseconds of the run's clock. */
  readonly at: number;
  /** Which side ended the TCP connection first. */
  readonly by: "phone" | "harness";
  /** The agent's DISCONNECT; absent when it sent none. */
  readonly packet: MqttPacketRecord | undefined;
  /** One located text: `DISCONNECT 0x00`, `connection closed without a DISCONNECT`. */
  readonly summary: Located;
}

/** A connection of an agent whose CONNECT came. None of its methods throws; on one that is closed, nothing is sent. */
export interface MqttConnection {
  /** Number of its TCP connection, counted over the run. */
  readonly number: number;
  readonly connect: MqttPacketRecord;
  readonly version: MqttVersion;
  /** The one that is in use: the client's own, or the one that was assigned. */
  readonly clientId: string;
  /** User Property `usp-endpoint-id` of the CONNECT. */
  readonly eid: string | undefined;
  /** When the CONNACK was sent, in milliseconds of the run's clock. */
  readonly openedAt: number;
  /** From the CONNACK that accepts it until either side ends it. */
  readonly open: boolean;
  /** Set once its TCP connection is ended. */
  readonly closing: MqttClosing | undefined;
  /** Packets of both sides so far. */
  readonly packets: readonly MqttPacketRecord[];
  /** Topic Filters that were granted, with their QoS. */
  readonly subscriptions: ReadonlyMap<string, number>;
  /** Topics that the CONNACK gave: Response Information first, then `subscribe-topic`. */
  readonly given: readonly string[];
  /** The agent's next packet that fits, or one that came since the case began and was not taken. */
  nextPacket(fits: (packet: MqttPacketRecord) => boolean, within: number): Promise<MqttPacketRecord | undefined>;
  /** Sends DISCONNECT, over 5.0, and ends the TCP connection. @param code default 0x8B, the server shuts down */
  disconnect(code?: number): Promise<void>;
  /** Writes octets as they are. */
  write(octets: Buffer): Promise<void>;
  /** Resets the TCP connection. */
  cut(): void;
  /** Ends the TCP connection without a DISCONNECT. */
  hangUp(): void;
  /** How it ended; undefined when it is open after so many milliseconds. */
  closed(within: number): Promise<MqttClosing | undefined>;
}

/** The MQTT broker and the controller's client on it, as cases see them. Connections of others than the agent are not shown. */
export interface MqttControl {
  /** `mqtt://192.0.2.1:1883`, or `mqtts://`. */
  readonly url: string;
  /** The controller's topic. */
  readonly topic: string;
  /** What the agent has been told to log in with, where somebody could tell it. Everybody is let in all the same: what it shows is for a case to judge. */
  readonly credentials: Credentials | undefined;
  /** Where the agent is answered, as far as it is known. */
  readonly agentTopic: string | undefined;
  /** The open connection that was opened last. */
  readonly current: MqttConnection | undefined;
  readonly connections: readonly MqttConnection[];
  /** How the broker answers from now on; back to `{}` between cases. */
  answers: MqttAnswers;
  /** The next CONNECT, or one that came since the case began and was not taken; refused ones too. */
  attempt(within: number, fits?: (connect: MqttPacketRecord) => boolean): Promise<MqttPacketRecord | undefined>;
  /** The next TCP connection, with or without anything on it; when it came, in milliseconds of the run's clock. */
  dialled(within: number): Promise<number | undefined>;
  /** The next connection that is accepted, or one that was since the case began and was not taken. */
  opened(within: number): Promise<MqttConnection | undefined>;
  /** The next connection with a subscription granted, or one that had one granted since the case began and was not taken. */
  subscribed(within: number): Promise<MqttConnection | undefined>;
  /** The agent's next packet on any connection, or one that came since the case began and was not taken. */
  packet(fits: (packet: MqttPacketRecord) => boolean, within: number): Promise<MqttPacketRecord | undefined>;
  /** Publishes anything, as a client of the broker. Over 5.0 the usual properties are added where they are not said. */
  publish(payload: Buffer, publishing?: Publishing): Promise<void>;
  /** Ends all connections and takes no new ones. @param how default `hang-up` */
  down(how?: "hang-up" | "reset"): Promise<void>;
  /**
   * Takes connections again, on the same port. Done by itself between cases.
   * @param newest version of TLS that is spoken until `down`; default TLS 1.3
   */
  up(newest?: "TLSv1.2"): Promise<void>;
}
