import type { IPublishPacket, Packet } from "mqtt-packet";
import type { UspAgentSeams } from "./seams.ts";

/** Publications over one connection and their confirmations (MQTT 5.0 4.3). */
export class MqttDelivery {
  readonly #seams: UspAgentSeams;
  readonly #send: (packet: Packet) => void;
  /** Packets of QoS 1 or 2 that are not through yet. */
  readonly #under = new Set<number>();
  /** Packets of QoS 2 that came and are not released yet. */
  readonly #unreleased = new Set<number>();
  #last = 0;

  constructor(seams: UspAgentSeams, send: (packet: Packet) => void) {
    this.#seams = seams;
    this.#send = send;
  }

  send(packet: IPublishPacket): void {
    if (packet.qos === 0) this.#send(packet);
    else this.#send({ ...packet, messageId: this.#nextId() });
  }

  /** Whether a publication has not been seen before. Asked once for each. */
  isNew({ qos, messageId = 0 }: IPublishPacket): boolean {
    if (qos < 2) return true;
    const isNew = !this.#unreleased.has(messageId);
    this.#unreleased.add(messageId);
    return isNew;
  }

  acknowledge({ qos, messageId = 0 }: IPublishPacket): void {
    if (qos > 0 && this.#seams.confirmsPublication(qos)) this.#send({ cmd: qos === 1 ? "puback" : "pubrec", messageId });
  }

  /** Takes a confirmation. */
  take({ cmd, messageId = 0 }: Packet): void {
    if (cmd === "puback" || cmd === "pubcomp") this.#under.delete(messageId);
    else if (cmd === "pubrec") this.#send({ cmd: "pubrel", messageId });
    else if (cmd === "pubrel") {
      this.#unreleased.delete(messageId);
      this.#send({ cmd: "pubcomp", messageId });
    }
  }

  /** Ids of these packets lie above those with which topics are subscribed to. */
  #nextId(): number {
    do this.#last = (this.#last % 32_767) + 1;
    while (this.#under.has(this.#last + 32_768));
    this.#under.add(this.#last + 32_768);
    return this.#last + 32_768;
  }
}
