import { connect, type Socket } from "node:net";
import mqttPacket from "mqtt-packet";
import { decodeMqtt, type MqttPacket, type MqttVersion } from "../wire/mqtt.ts";
import { MqttReader } from "../wire/mqtt-reader.ts";

type Packet = Parameters<typeof mqttPacket.generate>[0];

/** A client of the broker that does what the test says, its packets written by a library that is not ours. */
export class ScriptedClient {
  readonly socket: Socket;
  readonly heard: MqttPacket[] = [];
  readonly #version: MqttVersion;
  readonly #reader = new MqttReader(1_000_000);
  #told: () => void = () => {};
  closed = false;

  constructor(url: string, version: MqttVersion = "5.0") {
    const { hostname, port } = new URL(url);
    this.#version = version;
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.socket.on("data", (data: Buffer) => {
      for (const octets of this.#reader.feed(data))
        this.heard.push(decodeMqtt(octets, { version, from: "server", where: (type) => type }));
      this.#told();
    });
    this.socket.on("error", () => {});
    this.socket.on("close", () => {
      this.closed = true;
      this.#told();
    });
  }

  send(packet: Packet): void {
    this.write(mqttPacket.generate(packet, { protocolVersion: this.#version === "5.0" ? 5 : 4 }));
  }

  write(octets: Buffer): void {
    this.socket.write(octets);
  }

  connect(fields: object = {}): Promise<MqttPacket> {
    const properties = this.#version === "5.0" ? { properties: { requestResponseInformation: true } } : {};
    this.send({
      cmd: "connect",
      protocolId: "MQTT",
      protocolVersion: this.#version === "5.0" ? 5 : 4,
      clientId: "client",
      clean: true,
      keepalive: 60,
      ...properties,
      ...fields,
    });
    return this.next("CONNACK");
  }

  async subscribe(topic: string, qos: 0 | 1 | 2 = 1): Promise<MqttPacket> {
    this.send({ cmd: "subscribe", messageId: 7, subscriptions: [{ topic, qos }] });
    return this.next("SUBACK");
  }

  /** The next packet of this type; the test's own time limit ends a wait in vain. */
  async next(type: string): Promise<MqttPacket> {
    for (;;) {
      const index = this.heard.findIndex((packet) => packet.type === type);
      const found = index < 0 ? undefined : this.heard.splice(index, 1)[0];
      if (found !== undefined) return found;
      if (this.closed) throw new Error(`closed without ${type}`);
      await new Promise<void>((resolve) => {
        this.#told = resolve;
      });
    }
  }

  async gone(): Promise<void> {
    while (!this.closed)
      await new Promise<void>((resolve) => {
        this.#told = resolve;
      });
  }
}
