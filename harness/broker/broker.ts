import type { EventEmitter } from "node:events";
import { Aedes, type AedesPublishPacket } from "aedes";
import type { ListenOptions } from "../acs/acs.ts";
import type { Connection } from "../acs/connection.ts";
import type { AcsContext } from "../acs/context.ts";
import { Door } from "../acs/door.ts";
import { Mailbox } from "../controller/mailbox.ts";
import { urlHost } from "../phone/http.ts";
import type { MqttPacketRecord } from "../trace/mqtt.ts";
import type { InnerStream } from "./inner-stream.ts";
import type { MqttAnswers, MqttConnection } from "./mqtt-control.ts";
import { Tap } from "./tap.ts";
import { Work } from "./work.ts";

export interface BrokerOptions {
  readonly context: Pick<AcsContext, "clock" | "recording" | "patience">;
  /** Local address to bind to. */
  readonly host: string;
  /** Default: any free one. */
  readonly port?: number;
  readonly tls?: ListenOptions["tls"];
  /** Host name or address that the agent shall use; default `host`. */
  readonly advertise?: string;
}

/** Who is told what happens at the broker. */
export interface BrokerListener {
  /** A connection is accepted. */
  opened(connection: MqttConnection): void;
  /** A connection has had a subscription granted. */
  subscribed(connection: MqttConnection): void;
  /** A client has published something, and Aedes has taken it. @param topic with a Topic Alias resolved */
  published(topic: string, payload: Buffer, packet: MqttPacketRecord, connection: MqttConnection): void;
  closed(connection: MqttConnection): void;
  /** Whether it is the agent's: others may use the broker too. */
  isOurs(connection: MqttConnection): boolean;
}

/** Something to publish, as Aedes takes it. */
export interface Publication {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly properties?: NonNullable<AedesPublishPacket["properties"]>;
}

/** An MQTT broker: Aedes, with a tap between it and each of its clients. */
export class Broker {
  answers: MqttAnswers = {};
  readonly #options: BrokerOptions;
  readonly #listener: BrokerListener;
  readonly #aedes: Aedes;
  readonly #work: Work;
  readonly #taps = new Set<Tap>();
  readonly #byStream = new WeakMap<object, Tap>();
  readonly #attempts: Mailbox<MqttPacketRecord>;
  readonly #dials: Mailbox<number>;
  readonly #openings: Mailbox<MqttConnection>;
  readonly #subscribings: Mailbox<MqttConnection>;
  readonly #heard: Mailbox<MqttPacketRecord>;
  /** Subscriptions of sessions that outlive their connection, by Client Identifier. */
  readonly #sessions = new Map<string, ReadonlyMap<string, number>>();
  #door: Door | undefined;
  #isUsual = true;
  #port: number;
  #clients = 0;

  constructor(options: BrokerOptions, listener: BrokerListener) {
    const { clock } = options.context;
    this.#options = options;
    this.#listener = listener;
    this.#port = options.port ?? 0;
    this.#work = new Work(clock);
    this.#attempts = new Mailbox(clock);
    this.#dials = new Mailbox(clock);
    this.#openings = new Mailbox(clock);
    this.#subscribings = new Mailbox(clock);
    this.#heard = new Mailbox(clock);
    this.#aedes = new Aedes({
      // Timers of its own would run in real time: a client is ended by what the tap sees, or not at all.
      drainTimeout: 0,
      concurrency: 1000,
      queueLimit: 10_000,
      published: (packet, client, done) => {
        if (client !== null) this.#published(packet, this.#byStream.get(client.conn));
        done();
      },
    });
    // Aedes ends a client that is at fault itself. Its types do not know this event.
    const events: EventEmitter = this.#aedes;
    events.on("error", () => {});
  }

  /** @throws Error when the port cannot be had */
  async start(): Promise<void> {
    const done = this.#options.context.clock.busy();
    try {
      await this.#aedes.listen();
      await this.up();
    } finally {
      done();
    }
  }

  async stop(): Promise<void> {
    await this.down();
    if (this.#aedes.closed) return;
    const done = this.#options.context.clock.busy();
    await new Promise<void>((resolve) => this.#aedes.close(() => resolve()));
    this.#work.end();
    done();
  }

  get url(): string {
    const { host, advertise = host, tls } = this.#options;
    return `${tls === undefined ? "mqtt" : "mqtts"}://${urlHost(advertise)}:${this.#port}`;
  }

  get current(): MqttConnection | undefined {
    return this.connections.at(-1);
  }

  get connections(): readonly MqttConnection[] {
    return [...this.#taps].filter((one) => one.open && this.#listener.isOurs(one));
  }

  attempt(
    milliseconds: number,
    fits: (connect: MqttPacketRecord) => boolean = () => true,
  ): Promise<MqttPacketRecord | undefined> {
    return this.#attempts.take(fits, milliseconds);
  }

  dialled(milliseconds: number): Promise<number | undefined> {
    return this.#dials.take(() => true, milliseconds);
  }

  opened(milliseconds: number): Promise<MqttConnection | undefined> {
    return this.#openings.take(() => true, milliseconds);
  }

  subscribed(milliseconds: number): Promise<MqttConnection | undefined> {
    return this.#subscribings.take(() => true, milliseconds);
  }

  packet(fits: (packet: MqttPacketRecord) => boolean, milliseconds: number): Promise<MqttPacketRecord | undefined> {
    return this.#heard.take(fits, milliseconds);
  }

  /** Publishes as a client of the broker; resolves when it is written to everybody who is there and has subscribed. */
  async publish(publication: Publication): Promise<void> {
    const done = this.#options.context.clock.busy();
    this.#work.sign();
    try {
      await new Promise<void>((resolve) => {
        this.#aedes.publish({ cmd: "publish", dup: false, ...publication }, () => resolve());
      });
    } finally {
      done();
    }
  }

  async down(how: "hang-up" | "reset" = "hang-up"): Promise<void> {
    const door = this.#door;
    this.#door = undefined;
    if (how === "reset") for (const tap of this.#taps) tap.cut();
    await door?.close();
  }

  async up(newest?: "TLSv1.2"): Promise<void> {
    if (this.#door !== undefined) return;
    const { context, host, tls } = this.#options;
    this.#isUsual = newest === undefined;
    this.#door = await Door.open({
      context,
      purpose: "mqtt",
      host,
      port: this.#port,
      ...(tls === undefined ? {} : { tls: { ...tls, ...(newest === undefined ? {} : { maxVersion: newest }) } }),
      attach: (connection) => this.#attach(connection),
      refused: (connection, reason) => {
        const { clock, recording } = context;
        const where = `connection ${connection.number}`;
        recording.refused({
          connection: connection.number,
          session: undefined,
          at: clock.now(),
          reason,
          raw: Buffer.alloc(0),
          where,
        });
      },
    });
    this.#port = this.#door.port;
  }

  /** As between two cases: of the agent's connections only the one that was opened last stays. */
  async settle(): Promise<void> {
    this.answers = {};
    for (const box of [this.#attempts, this.#openings, this.#subscribings, this.#heard]) box.clear();
    this.#dials.clear();
    const { current } = this;
    for (const tap of this.#taps) {
      tap.settle();
      // One that was never answered, or that a later one has replaced.
      if (tap !== current && (!tap.open || this.#listener.isOurs(tap))) tap.hangUp();
    }
    if (!this.#isUsual) await this.down();
    await this.up();
  }

  #attach(connection: Connection): (data: Buffer) => void {
    const { clock } = this.#options.context;
    this.#dials.deliver(clock.now());
    const { accept } = this.answers;
    if (accept !== undefined) {
      if (accept === "reset") connection.reset();
      else connection.end();
      return () => {};
    }
    const tap = new Tap(connection, {
      context: this.#options.context,
      answers: () => this.answers,
      freshClientId: () => {
        this.#clients += 1;
        return `assay-${this.#clients}`;
      },
      topicFor: ({ packet }) => {
        const id = packet.at("properties/user/usp-endpoint-id").value ?? packet.text("clientId");
        return `usp/agents/${id || "unknown"}`;
      },
      serve: (inner: InnerStream) => {
        this.#byStream.set(inner, tap);
        this.#aedes.handle(inner);
      },
      sign: () => this.#work.sign(),
      attempted: (connect) => {
        this.#taps.add(tap);
        this.#attempts.deliver(connect);
      },
      opened: () => {
        if (!this.#listener.isOurs(tap)) return;
        this.#openings.deliver(tap);
        this.#listener.opened(tap);
      },
      subscribed: () => {
        if (!this.#listener.isOurs(tap)) return;
        this.#subscribings.deliver(tap);
        this.#listener.subscribed(tap);
      },
      heard: (packet) => {
        if (this.#listener.isOurs(tap)) this.#heard.deliver(packet);
      },
      session: (clientId) => this.#sessions.get(clientId) ?? new Map(),
      closed: () => {
        if (tap.clientId !== "") this.#sessions.set(tap.clientId, tap.subscriptions);
        if (this.#taps.delete(tap)) this.#listener.closed(tap);
      },
    });
    return (data) => tap.feed(data);
  }

  /** Aedes has taken a PUBLISH of a client: finds the packet that it was. */
  #published({ topic, payload }: AedesPublishPacket, tap: Tap | undefined): void {
    this.#work.sign();
    if (tap === undefined) return;
    const octets = Buffer.isBuffer(payload) ? payload : Buffer.from(payload);
    const index = tap.unpublished.findIndex(({ packet }) => packet.buffer("payload").equals(octets));
    // Not always in the order in which they came: one of QoS 2 is stored before it is taken.
    const [found] = index < 0 ? [] : tap.unpublished.splice(index, 1);
    if (found !== undefined) this.#listener.published(topic, octets, found, tap);
  }
}
