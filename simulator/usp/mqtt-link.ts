import type { QoS } from "mqtt-packet";
import { MQTTConnectRecord_MQTTVersion } from "../../schema/usp/record_pb.ts";
import type { Link, LinkEvents, Purpose } from "./link.ts";
import type { MqttClient, MqttUser } from "./mqtt-client.ts";
import type { MqttVersion } from "./mqtt-seams.ts";
import type { RecordBody } from "./record.ts";
import type { UspAgentSeams } from "./seams.ts";

export interface MqttLinkOptions {
  readonly seams: UspAgentSeams;
  readonly client: MqttClient;
  readonly version: MqttVersion;
  /** The controller's topic, as it is configured now. */
  topic(): string;
  /** PublishQoS of the agent's MTP. */
  qos(): QoS;
  /** Whether the broker is to keep records of this kind. */
  isRetained(purpose: Purpose): boolean;
}

const VERSIONS: Readonly<Record<MqttVersion, MQTTConnectRecord_MQTTVersion>> = {
  "3.1.1": MQTTConnectRecord_MQTTVersion.V3_1_1,
  "5.0": MQTTConnectRecord_MQTTVersion.V5,
};

/** The way to a controller over a broker. Several controllers may share the client. */
export class MqttLink implements Link, MqttUser {
  readonly #options: MqttLinkOptions;
  readonly #events: LinkEvents;
  /** Topic that the publication which came last names for answers. */
  #asked: string | undefined;
  #isOver = false;

  constructor(options: MqttLinkOptions, events: LinkEvents) {
    this.#options = options;
    this.#events = events;
  }

  get isOpen(): boolean {
    return !this.#isOver && this.#options.client.isUp;
  }

  get retries(): number {
    return this.#options.client.retries;
  }

  start(): void {
    const { client } = this.#options;
    client.join(this);
    if (client.isUp) this.opened();
  }

  follow(): void {}

  greeting(): RecordBody {
    const { seams, client, version } = this.#options;
    const subscribedTopic = seams.subscribedTopic(client.replyTo, client.filters);
    return { case: "mqttConnect", value: { version: VERSIONS[seams.connectVersion(version)], subscribedTopic } };
  }

  send(octets: Buffer, purpose: Purpose): void {
    const { seams, client, topic, qos, isRetained } = this.#options;
    const to = purpose === "answer" ? seams.answeredTo(this.#asked, topic()) : topic();
    client.sendRecord(to, octets, qos(), isRetained(purpose));
  }

  unreadable(): void {
    const { seams, client } = this.#options;
    if (seams.leavesUnreadable()) client.reconnect();
  }

  end(): void {
    this.#isOver = true;
    this.#options.client.part(this);
  }

  opened(): void {
    this.#events.opened();
  }

  received(octets: Buffer, answerTo: string | undefined): void {
    this.#asked = answerTo;
    this.#events.received(octets);
  }
}
