import { isIP } from "node:net";
import type { IConnackPacket, IPublishPacket, Packet, QoS, UserProperties } from "mqtt-packet";
import { Alarms } from "../alarms.ts";
import type { Clock } from "../clock.ts";
import type { Trust } from "../dial.ts";
import type { Parting } from "./link.ts";
import type { Locate } from "./locator.ts";
import { lookAt, MqttConnection } from "./mqtt-connection.ts";
import { MqttDelivery } from "./mqtt-delivery.ts";
import type { TopicFilter } from "./mqtt-seams.ts";
import type { BrokerPlace, ClientSettings } from "./mqtt-settings.ts";
import { MqttStats } from "./mqtt-stats.ts";
import { MqttTopics } from "./mqtt-topic-list.ts";
import type { UspAgentSeams } from "./seams.ts";

export interface MqttClientOptions {
  readonly clock: Clock;
  readonly seams: UspAgentSeams;
  readonly place: BrokerPlace;
  readonly endpointId: string;
  readonly trust: Trust | "anyone";
  readonly locate: Locate | undefined;
  random(): number;
  /** As they are now. */
  settings(): ClientSettings;
  configured(): readonly TopicFilter[];
  /** ResponseTopicConfigured of the agent's MTP; undefined when no MTP goes over this client. */
  responseTopic(): string | undefined;
  /** The broker has given the client an id. */
  assigned(clientId: string): void;
  log(line: string): void;
}

/** Who is told of what a client meets. */
export interface MqttUser {
  /** Records can be sent, for the first time or again. */
  opened(): void;
  /** @param answerTo the topic that the publication names for answers */
  received(octets: Buffer, answerTo: string | undefined): void;
}

export type ClientStatus = "Connecting" | "Connected" | "Error_Misconfigured" | "Error_BrokerUnreachable" | "Error";

/** How long a broker has to answer, from the start of a connection to the SUBACK, in milliseconds. */
const ANSWER_WITHIN = 20_000;

const MALFORMED = 0x81;

/** A client of one broker (TR-181 Device.MQTT.Client.{i}). It connects again whenever its connection ends. */
export class MqttClient {
  readonly stats = new MqttStats();
  readonly #options: MqttClientOptions;
  readonly #alarms: Alarms;
  readonly #users = new Set<MqttUser>();
  #connection: MqttConnection | undefined;
  #delivery: MqttDelivery | undefined;
  #topics: MqttTopics | undefined;
  #status: ClientStatus = "Connecting";
  #retries = 0;
  #isUp = false;
  #isOver = false;
  /** How often the broker's host was looked for: only what comes of the last time counts. */
  #searches = 0;
  /** What the broker said of itself when it accepted the client. */
  #accepted: IConnackPacket["properties"] = {};

  constructor(options: MqttClientOptions) {
    this.#options = options;
    this.#alarms = new Alarms(options.clock);
  }

  get status(): ClientStatus {
    return this.#status;
  }

  /** Whether records may be sent: the client is connected, and subscribed to something (R-MQTT.17). */
  get isUp(): boolean {
    return this.#isUp;
  }

  get retries(): number {
    return this.#retries;
  }

  get responseInformation(): string {
    return this.#accepted?.responseInformation ?? "";
  }

  /** Filters that it is subscribed to. */
  get filters(): readonly TopicFilter[] {
    return this.#topics?.granted ?? [];
  }

  /** Where the agent is answered. */
  get replyTo(): string {
    const { seams, responseTopic } = this.#options;
    return seams.replyTo(this.#accepted?.responseInformation, responseTopic() ?? "", this.filters);
  }

  /** Status of a filter, as the table Subscription has it. */
  filterStatus(topic: string): string {
    return this.#topics?.status(topic) ?? "Unsubscribed";
  }

  start(): void {
    this.#connect();
  }

  join(user: MqttUser): void {
    this.#users.add(user);
  }

  part(user: MqttUser): void {
    this.#users.delete(user);
  }

  /** Topics may be configured that were not, or no more. */
  follow(): void {
    if (this.#isUp) this.#topics?.follow(this.#wanted());
  }

  /** Connects anew. */
  reconnect(): void {
    this.#leave();
    this.#connect();
  }

  /** Ends the client for good: with a farewell, or at once when the plug is pulled. */
  end(why: Parting): void {
    this.#isOver = true;
    if (why === "unplugged") this.#connection?.destroy();
    this.#leave();
  }

  /** Sends a record. Without a topic there is nobody to send it to. */
  sendRecord(topic: string, octets: Buffer, qos: QoS, retain: boolean): void {
    const { seams, place } = this.#options;
    const { replyTo } = this;
    if (topic === "" || replyTo === "") return;
    const { maximumQoS = 2, retainAvailable = true } = this.#accepted ?? {};
    const possible = qos > maximumQoS ? (maximumQoS as QoS) : qos;
    const parts = { version: place.version, topic, replyTo, octets, qos: possible, retain: retain && retainAvailable };
    this.publish(seams.publishPacket(parts));
  }

  publish(packet: IPublishPacket): void {
    if (!this.#isUp) return;
    this.stats.count("PublishSent");
    this.stats.note("LastPublishMessageSent", this.#options.clock.now());
    this.#delivery?.send(packet);
  }

  #connect(): void {
    const { locate, place } = this.#options;
    this.#status = "Connecting";
    this.#accepted = {};
    if (locate === undefined || isIP(place.host) !== 0) {
      this.#connectTo(undefined);
      return;
    }
    this.#searches += 1;
    const search = this.#searches;
    void locate(place.host).then((address) => {
      if (this.#isOver || search !== this.#searches) return;
      if (address === undefined) this.#over("Error_BrokerUnreachable", `${place.host} is not found`);
      else this.#connectTo(address);
    });
  }

  /** @param address of the broker, where it is known already */
  #connectTo(address: string | undefined): void {
    const { clock, trust, seams } = this.#options;
    const place = { ...this.#options.place, address };
    for (let probe = 0; probe < seams.probes(); probe += 1) lookAt(clock, place);
    const connection = new MqttConnection(
      { clock, place, trust, tls: seams.brokerTls(), version: place.version, stats: this.stats },
      {
        ready: () => this.#introduce(connection),
        packet: (packet) => this.#take(packet),
        malformed: (why) => this.#giveUp("Error", why, MALFORMED),
        over: (why) => this.#over(this.#isUp ? "Error" : "Error_BrokerUnreachable", why),
      },
    );
    this.#connection = connection;
    this.#delivery = new MqttDelivery(seams, (packet) => connection.send(packet));
    this.#topics = new MqttTopics(seams, (packet) => connection.send(packet));
    this.#alarms.set("answer", ANSWER_WITHIN, () => this.#giveUp("Error_BrokerUnreachable", "no answer in time", undefined));
  }

  #introduce(connection: MqttConnection): void {
    const { seams, place, endpointId, settings } = this.#options;
    const { version, username, password } = place;
    const { clientId, isClean, keepAlive, will } = settings();
    connection.send(seams.connectPacket({ version, endpointId, clientId, username, password, keepAlive, isClean, will }));
  }

  #take(packet: Packet): void {
    if (packet.cmd === "connack") this.#accept(packet);
    else if (packet.cmd === "suback") {
      this.#topics?.subscribed(packet.messageId, packet.granted as readonly number[]);
      if (!this.#isUp) this.#subscribed();
    } else if (packet.cmd === "unsuback") this.#topics?.unsubscribed(packet.messageId);
    else if (packet.cmd === "publish") {
      this.#delivery?.acknowledge(packet);
      if (this.#delivery?.isNew(packet) === true) this.#receive(packet);
    } else if (packet.cmd === "disconnect") {
      this.#connection?.end();
      this.#over("Error", `sent away with reason ${packet.reasonCode}`);
    } else this.#delivery?.take(packet);
  }

  #accept({ reasonCode, returnCode, properties = {} }: IConnackPacket): void {
    const { seams, settings, responseTopic, assigned } = this.#options;
    const code = reasonCode ?? returnCode ?? 0;
    if (code !== 0) {
      this.#connection?.end();
      this.#over("Error", `refused with code ${code}`);
      return;
    }
    const { clientId, keepAlive } = settings();
    const { assignedClientIdentifier } = properties;
    this.#accepted = properties;
    this.stats.note("BrokerConnectionEstablished", this.#options.clock.now());
    if (assignedClientIdentifier !== undefined) assigned(seams.keptClientId(clientId, assignedClientIdentifier));
    this.#connection?.pingAfter(seams.pingAfter(keepAlive, properties.serverKeepAlive));
    const wanted = this.#wanted();
    if (wanted.length > 0) this.#topics?.follow(wanted);
    else if (responseTopic() !== undefined && seams.onNoTopics() === "disable") {
      this.#leave();
      this.#status = "Error_Misconfigured";
    } else this.#up();
  }

  #wanted(): readonly TopicFilter[] {
    const { seams, place, configured, responseTopic } = this.#options;
    return seams.topicFilters({
      version: place.version,
      configured: configured(),
      offered: valuesOf(this.#accepted?.userProperties, "subscribe-topic"),
      responseInformation: this.#accepted?.responseInformation,
      responseTopic: responseTopic() ?? "",
    });
  }

  #subscribed(): void {
    if (this.filters.length > 0 || this.#options.seams.onRefusedTopics() === "stay") this.#up();
    else this.#giveUp("Error", "nothing could be subscribed to", 0);
  }

  #up(): void {
    this.#alarms.cancel("answer");
    this.#isUp = true;
    this.#status = "Connected";
    this.#retries = this.#options.seams.mqttRetriesAfterSuccess(this.#retries);
    // What became known while the broker was answering.
    this.follow();
    for (const user of [...this.#users]) user.opened();
  }

  #receive({ topic, payload, properties }: IPublishPacket): void {
    const { seams, place, clock } = this.#options;
    this.stats.count("PublishReceived");
    this.stats.note("LastPublishMessageReceived", clock.now());
    const { responseTopic, contentType } = properties ?? {};
    const incoming = { version: place.version, topic, responseTopic, contentType };
    if (!this.#isUp || !seams.isRecord(incoming)) return;
    const octets = Buffer.isBuffer(payload) ? payload : Buffer.from(payload);
    for (const user of [...this.#users]) user.received(octets, seams.answerTopic(incoming));
  }

  /** Gives a connection up that is of no use, and tries again later. @param code reason that the broker is told */
  #giveUp(status: ClientStatus, why: string, code: number | undefined): void {
    const wasUp = this.#isUp;
    if (code === undefined) this.#connection?.destroy();
    else this.#leave(code);
    this.#over(status, why, wasUp);
  }

  /** Closes the connection; there is no other one after it until somebody makes one. */
  #leave(reasonCode = 0): void {
    this.#alarms.cancelAll();
    this.#isUp = false;
    this.#connection?.end(this.#options.seams.saysDisconnect() ? { cmd: "disconnect", reasonCode } : undefined);
    this.#connection = undefined;
  }

  #over(status: ClientStatus, why: string, wasUp = this.#isUp): void {
    const { seams, random, log, settings } = this.#options;
    this.#isUp = false;
    this.#connection = undefined;
    this.#status = status;
    this.#alarms.cancelAll();
    this.stats.count("ConnectionErrors");
    log(`connection to the broker: ${why}`);
    if (this.#isOver || !seams.connectsAgain(wasUp ? "ended" : "failed")) return;
    this.#retries += 1;
    const { minimum, multiplier, maximum } = settings().retry;
    const seconds = seams.retryWait(seams.mqttRetryRange(this.#retries, minimum, multiplier, maximum), random());
    this.#alarms.set("retry", seconds * 1000, () => this.#connect());
  }
}

/** All values of a user property. */
function valuesOf(properties: UserProperties | undefined, name: string): readonly string[] {
  const value = properties?.[name];
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}
