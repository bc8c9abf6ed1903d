import { Broker, type BrokerOptions } from "../broker/broker.ts";
import type { MqttAnswers, MqttConnection, MqttControl, Publishing } from "../broker/mqtt-control.ts";
import type { Credentials } from "../phone/profile.ts";
import type { MqttPacketRecord } from "../trace/mqtt.ts";
import { isCovered, type MqttVersion } from "../wire/mqtt.ts";
import { decodeRecord } from "../wire/usp.ts";
import { joinTopic, splitTopic } from "./reply-to.ts";
import type { AgentLink, LinkEnd, Sending, TransportListener } from "./transport.ts";

export interface MqttTransportOptions extends BrokerOptions {
  /** EndpointID of the controller. */
  readonly endpointId: string;
  /** The controller's topic; default `usp/controllers/` and its EndpointID. */
  readonly topic?: string;
  /** Where the agent is to be answered, when it does not tell itself. */
  readonly agentTopic?: string;
  /** What the agent has been told to show; the broker lets everybody in. */
  readonly credentials?: Credentials;
}

/** The controller on MQTT: a broker in this process, and the controller as a client of it. */
export class MqttTransport implements MqttControl {
  readonly topic: string;
  readonly #options: MqttTransportOptions;
  readonly #listener: TransportListener;
  readonly #broker: Broker;
  readonly #links = new Map<number, MqttLink>();
  /** Where the agent wants to be answered: as it has said on a connection, and at any time. */
  readonly #told = new Map<number, string>();
  #lastTold: string | undefined;

  constructor(options: MqttTransportOptions, listener: TransportListener) {
    this.#options = options;
    this.#listener = listener;
    this.topic = options.topic ?? `usp/controllers/${options.endpointId}`;
    this.#broker = new Broker(options, {
      opened() {},
      subscribed: (connection) => this.#subscribed(connection),
      published: (topic, payload, packet, connection) => this.#published(topic, payload, packet, connection),
      closed: (connection) => this.#closed(connection),
      isOurs: (connection) => listener.isOurs(connection),
    });
  }

  /** @throws Error when the port cannot be had */
  start(): Promise<void> {
    return this.#broker.start();
  }

  stop(): Promise<void> {
    return this.#broker.stop();
  }

  /** As between two cases. */
  settle(): Promise<void> {
    return this.#broker.settle();
  }

  /** The connection to speak to the agent over. */
  get link(): AgentLink | undefined {
    return [...this.#links.values()].filter((link) => link.reachable && link.told && this.#listener.isOurs(link)).at(-1);
  }

  get url(): string {
    return this.#broker.url;
  }

  get credentials(): Credentials | undefined {
    return this.#options.credentials;
  }

  get agentTopic(): string | undefined {
    const { current } = this.#broker;
    return current === undefined ? this.#lastTold : this.#topicOf(current);
  }

  get current(): MqttConnection | undefined {
    return this.#broker.current;
  }

  get connections(): readonly MqttConnection[] {
    return this.#broker.connections;
  }

  get answers(): MqttAnswers {
    return this.#broker.answers;
  }

  set answers(answers: MqttAnswers) {
    this.#broker.answers = answers;
  }

  attempt: MqttControl["attempt"] = (within, fits) => this.#broker.attempt(within, fits);
  dialled: MqttControl["dialled"] = (within) => this.#broker.dialled(within);
  opened: MqttControl["opened"] = (within) => this.#broker.opened(within);
  subscribed: MqttControl["subscribed"] = (within) => this.#broker.subscribed(within);
  packet: MqttControl["packet"] = (fits, within) => this.#broker.packet(fits, within);
  down: MqttControl["down"] = (how) => this.#broker.down(how);
  up: MqttControl["up"] = (newest) => this.#broker.up(newest);

  publish(payload: Buffer, publishing: Publishing = {}): Promise<void> {
    const { current } = this.#broker;
    return this.#publish(payload, publishing, current?.version ?? "5.0", current);
  }

  async #publish(
    payload: Buffer,
    publishing: Publishing,
    version: MqttVersion,
    connection: MqttConnection | undefined,
  ): Promise<void> {
    const { replyTo = this.topic, qos = 1, retain = false, properties = {} } = publishing;
    const agent = connection === undefined ? this.#lastTold : this.#topicOf(connection);
    // An agent that never said where it is has no topic: nobody will get it, and that shows.
    const own = agent ?? "usp/agents/unknown";
    const topic = publishing.topic ?? (version === "5.0" ? own : joinTopic(own, replyTo));
    const { contentType = "usp.msg", responseTopic = replyTo, ...others } = properties;
    await this.#broker.publish({
      topic,
      payload,
      qos,
      retain,
      properties: {
        ...(contentType === false ? {} : { contentType }),
        ...(responseTopic === false ? {} : { responseTopic }),
        ...others,
      },
    });
  }

  /** Where the agent can be reached: what it has said before what it was given, and only what it has subscribed to. */
  #topicOf({ number, given, subscriptions, version }: MqttConnection): string | undefined {
    const filters = [...subscriptions.keys()];
    const reaches = (topic: string): boolean => {
      const sent = version === "5.0" ? topic : joinTopic(topic, this.topic);
      return filters.some((filter) => isCovered(sent, filter));
    };
    const candidates = [
      this.#told.get(number),
      this.#lastTold,
      this.#options.agentTopic,
      ...given,
      ...filters.filter((filter) => !/[#+]/.test(filter)),
      // Over 3.1.1 the filter leaves room for the part behind the topic.
      ...filters.flatMap((filter) => /^([^#+]+?)(?:\/[#+])+$/.exec(filter)?.[1] ?? []),
    ].filter((topic) => topic !== undefined);
    return candidates.find(reaches) ?? candidates[0];
  }

  #linkOf(connection: MqttConnection): MqttLink {
    const known = this.#links.get(connection.number);
    if (known !== undefined) return known;
    const link = new MqttLink(connection, (octets, publishing) =>
      this.#publish(octets, publishing, connection.version, connection),
    );
    this.#links.set(connection.number, link);
    return link;
  }

  #subscribed(connection: MqttConnection): void {
    const link = this.#linkOf(connection);
    if (link.reachable) return;
    link.openedAt = this.#options.context.clock.now();
    link.subscribed = true;
    if (!this.#mayBeStranger(link)) this.#tell(link);
  }

  /** Anybody may come to a broker: a client that does not say whose it is counts for the agent once it has sent a record, if one has. */
  #mayBeStranger(link: MqttLink): boolean {
    return link.eid === undefined && !link.spoken && [...this.#links.values()].some((one) => one.reachable && one.spoken);
  }

  #tell(link: MqttLink): void {
    if (link.told) return;
    link.told = true;
    this.#listener.opened(link);
  }

  #published(name: string, payload: Buffer, { packet }: MqttPacketRecord, connection: MqttConnection): void {
    const parts = packet.version === "5.0" ? { topic: name, replyTo: undefined } : splitTopic(name);
    const isOurs = parts.topic === this.topic || parts.topic.startsWith(`${this.topic}/`);
    const { record } = decodeRecord(payload, (what) => what);
    // Some agents cannot be told the controller's topic: what is meant for it is taken wherever it was published.
    if (!isOurs && record?.toId !== this.#options.endpointId) return;
    const subscribed = record?.recordType.case === "mqttConnect" ? record.recordType.value.subscribedTopic : undefined;
    const told = packet.at("properties/responseTopic").value ?? parts.replyTo ?? subscribed;
    if (told !== undefined && told !== "" && this.#listener.isOurs(connection)) {
      this.#told.set(connection.number, told);
      this.#lastTold = told;
    }
    const link = this.#linkOf(connection);
    link.spoken = true;
    if (link.reachable) this.#tell(link);
    this.#listener.message(payload, link);
  }

  #closed({ number }: MqttConnection): void {
    this.#told.delete(number);
    const link = this.#links.get(number);
    if (!this.#links.delete(number) || link === undefined) return;
    this.#listener.closed(link);
    for (const one of this.#links.values()) if (one.reachable && !this.#mayBeStranger(one)) this.#tell(one);
  }
}

/** An agent's connection to the broker; it can be reached once it has a subscription. */
class MqttLink implements AgentLink {
  readonly mtp = "mqtt";
  openedAt = 0;
  subscribed = false;
  /** It has sent a record. */
  spoken = false;
  /** The controller knows of it. */
  told = false;
  readonly #connection: MqttConnection;
  readonly #publish: (octets: Buffer, publishing: Publishing) => Promise<void>;

  constructor(connection: MqttConnection, publish: (octets: Buffer, publishing: Publishing) => Promise<void>) {
    this.#connection = connection;
    this.#publish = publish;
  }

  get number(): number {
    return this.#connection.number;
  }

  get eid(): string | undefined {
    return this.#connection.eid;
  }

  get open(): boolean {
    return this.#connection.open;
  }

  closed(milliseconds: number): Promise<LinkEnd | undefined> {
    return this.#connection.closed(milliseconds);
  }

  get reachable(): boolean {
    return this.open && this.subscribed;
  }

  async send(octets: Buffer, { publish = {} }: Sending = {}): Promise<void> {
    if (this.open) await this.#publish(octets, publish);
  }
}
