import type { Socket } from "node:net";
import { generate, type Packet, type Parser, parser } from "mqtt-packet";
import { Alarms } from "../alarms.ts";
import type { Clock } from "../clock.ts";
import { dial, type Place, type TlsRange, type Trust } from "../dial.ts";
import type { MqttVersion } from "./mqtt-seams.ts";
import type { MqttStats } from "./mqtt-stats.ts";

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly place: Place;
  readonly trust: Trust | "anyone";
  readonly tls: TlsRange;
  readonly version: MqttVersion;
  readonly stats: MqttStats;
}

export interface ConnectionEvents {
  /** Packets can be sent. */
  ready(): void;
  packet(packet: Packet): void;
  /** What came is no packet of MQTT. */
  malformed(why: string): void;
  /** The connection is no more; called once, and not after `end` or `destroy`. */
  over(why: string): void;
}

/** Connects, and closes at once. */
export function lookAt(clock: Clock, place: Place): void {
  const { tcp } = dial(clock, { ...place, secured: false }, undefined);
  tcp.on("error", () => {});
  tcp.once("connect", () => tcp.end());
}

/** How long a broker has to close after DISCONNECT, in milliseconds. */
const CLOSE_WITHIN = 5000;

/** How long a broker has to answer a ping, in milliseconds. */
const PONG_WITHIN = 20_000;

/** What a client counts of the packets that it sends, besides counting all. */
const COUNTED: Readonly<Partial<Record<Packet["cmd"], string>>> = { subscribe: "SubscribeSent", unsubscribe: "UnSubscribeSent" };

/** A network connection to a broker, with MQTT packets on it. */
export class MqttConnection {
  readonly #clock: Clock;
  readonly #alarms: Alarms;
  readonly #events: ConnectionEvents;
  readonly #stats: MqttStats;
  readonly #socket: Socket;
  readonly #level: { readonly protocolVersion: 4 | 5 };
  #isOver = false;
  /** Seconds without a packet of the client's after which it pings; undefined for never. */
  #pingAfter: number | undefined;

  constructor({ clock, place, trust, tls, version, stats }: ConnectionOptions, events: ConnectionEvents) {
    this.#clock = clock;
    this.#alarms = new Alarms(clock);
    this.#events = events;
    this.#stats = stats;
    this.#level = { protocolVersion: version === "5.0" ? 5 : 4 };
    const { tcp, socket, ready } = dial(clock, place, trust, tls);
    this.#socket = socket;
    const read: Parser = parser(this.#level);
    const unlessOver = (action: () => void): void => {
      if (!this.#isOver) action();
    };
    read.on("packet", (packet) => unlessOver(() => this.#take(packet)));
    read.on("error", (error: Error) => unlessOver(() => events.malformed(error.message)));
    socket.once(ready, () => unlessOver(() => events.ready()));
    socket.on("data", (octets: Buffer) => unlessOver(() => read.parse(octets)));
    let why = "closed by the broker";
    for (const end of new Set([socket, tcp]))
      end.on("error", (error) => {
        why = error.message;
      });
    socket.once("close", () => this.#close(why));
  }

  send(packet: Packet): void {
    if (this.#isOver) return;
    const counted = COUNTED[packet.cmd];
    if (counted !== undefined) this.#stats.count(counted);
    this.#stats.count("MQTTMessagesSent");
    this.#socket.write(generate(packet, this.#level));
    this.#armPing();
  }

  pingAfter(seconds: number | undefined): void {
    this.#pingAfter = seconds;
    this.#armPing();
  }

  /** Closes the connection, with a last packet if there is one. */
  end(last?: Packet): void {
    if (this.#isOver) return;
    if (last !== undefined) this.send(last);
    this.#isOver = true;
    this.#alarms.cancelAll();
    this.#socket.end();
    const cancel = this.#clock.after(CLOSE_WITHIN, () => this.#socket.destroy());
    this.#socket.once("close", cancel);
  }

  /** Drops the connection at once. */
  destroy(): void {
    this.#isOver = true;
    this.#alarms.cancelAll();
    this.#socket.destroy();
  }

  #take(packet: Packet): void {
    this.#stats.count("MQTTMessagesReceived");
    if (packet.cmd === "pingresp") this.#alarms.cancel("pong");
    else this.#events.packet(packet);
  }

  #armPing(): void {
    this.#alarms.cancel("ping");
    if (this.#pingAfter === undefined || this.#isOver) return;
    this.#alarms.set("ping", this.#pingAfter * 1000, () => {
      this.send({ cmd: "pingreq" });
      this.#alarms.set("pong", PONG_WITHIN, () => this.#close("no answer to a ping"));
    });
  }

  #close(why: string): void {
    if (this.#isOver) return;
    this.destroy();
    this.#events.over(why);
  }
}
