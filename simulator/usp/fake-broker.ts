import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { generate, type IConnackPacket, type IConnectPacket, type IPublishPacket, type Packet, parser } from "mqtt-packet";
import type { KeyAndCertificate } from "../web/certificate.ts";

/** How the broker answers. */
export interface BrokerManners {
  /** Default: accepted, without any property. */
  connack?(connect: IConnectPacket): Pick<IConnackPacket, "reasonCode" | "properties">;
  /** Code of the SUBACK for a topic. Default: the QoS that was asked for. */
  granted?(topic: string, qos: number): number;
  /** Packets that are not answered. */
  ignores?: readonly Packet["cmd"][];
}

/** The smallest broker, for tests: one client, whose packets it keeps. */
export class FakeBroker {
  readonly #manners: BrokerManners;
  readonly #server;
  readonly packets: Packet[] = [];
  /** Connections that ended. */
  ended = 0;
  /** Called with whatever comes. */
  heard: (packet: Packet | undefined) => void = () => {};
  #level: 4 | 5 = 5;
  #socket: Socket | undefined;
  #last = 0;

  constructor(manners: BrokerManners = {}, tls?: KeyAndCertificate) {
    this.#manners = manners;
    const serve = (socket: Socket): void => this.#serve(socket);
    this.#server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  }

  async listen(port = 0): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.drop();
    this.#server.close();
  }

  /** Breaks the connection. */
  drop(): void {
    this.#socket?.destroy();
  }

  /** All packets of a kind that came. */
  all<Kind extends Packet["cmd"]>(cmd: Kind): readonly Extract<Packet, { cmd: Kind }>[] {
    return this.packets.filter((packet): packet is Extract<Packet, { cmd: Kind }> => packet.cmd === cmd);
  }

  send(packet: Packet): void {
    this.#socket?.write(generate(packet, { protocolVersion: this.#level }));
  }

  publish(topic: string, payload: Buffer, properties: NonNullable<IPublishPacket["properties"]> = {}, qos: 0 | 1 | 2 = 1): void {
    this.#last += 1;
    this.send({ cmd: "publish", topic, payload, qos, dup: false, retain: false, messageId: this.#last, properties });
  }

  #serve(socket: Socket): void {
    this.#socket = socket;
    const read = parser();
    read.on("packet", (packet) => {
      this.packets.push(packet);
      if (this.#manners.ignores?.includes(packet.cmd) !== true) this.#answer(packet);
      this.heard(packet);
    });
    socket.on("data", (octets: Buffer) => read.parse(octets));
    socket.on("error", () => {});
    socket.on("close", () => {
      this.ended += 1;
      this.heard(undefined);
    });
  }

  #answer(packet: Packet): void {
    const { connack, granted = (_topic, qos) => qos } = this.#manners;
    const { messageId = 0 } = packet;
    if (packet.cmd === "connect") {
      this.#level = packet.protocolVersion === 5 ? 5 : 4;
      const { reasonCode = 0, properties = {} } = connack?.(packet) ?? {};
      this.send({ cmd: "connack", sessionPresent: false, reasonCode, returnCode: reasonCode, properties });
    } else if (packet.cmd === "subscribe")
      this.send({ cmd: "suback", messageId, granted: packet.subscriptions.map(({ topic, qos }) => granted(topic, qos)) });
    else if (packet.cmd === "unsubscribe")
      this.send({ cmd: "unsuback", messageId, granted: packet.unsubscriptions.map(() => 0) });
    else if (packet.cmd === "publish") {
      if (packet.qos > 0) this.send({ cmd: packet.qos === 1 ? "puback" : "pubrec", messageId });
    } else if (packet.cmd === "pingreq") this.send({ cmd: "pingresp" });
    else if (packet.cmd === "pubrel") this.send({ cmd: "pubcomp", messageId });
    else if (packet.cmd === "pubrec") this.send({ cmd: "pubrel", messageId });
  }
}
