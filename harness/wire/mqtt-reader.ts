import { readVariableInteger } from "./mqtt-cursor.ts";

/** Finds the control packets in a stream, wherever it is cut. A length that cannot be, or is too large, ends it. */
export class MqttReader {
  readonly #largest: number;
  #parts: Buffer[] = [];
  #size = 0;
  /** Octets that the next step needs. */
  #needs = 2;
  #lost: string | undefined;

  /** @param largest octets of one packet that are taken */
  constructor(largest: number) {
    this.#largest = largest;
  }

  /** True between the first octet of a packet and its last. */
  get inside(): boolean {
    return this.#size > 0;
  }

  /** Why what follows cannot be read. */
  get lost(): string | undefined {
    return this.#lost;
  }

  /** Octets of a packet that is not complete. */
  get rest(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** The packets that these octets complete. */
  feed(data: Buffer): readonly Buffer[] {
    if (this.#lost !== undefined) return [];
    this.#parts.push(data);
    this.#size += data.length;
    if (this.#size < this.#needs) return [];
    let octets = Buffer.concat(this.#parts);
    const packets: Buffer[] = [];
    for (let length = this.#lengthOf(octets); length !== undefined; length = this.#lengthOf(octets)) {
      packets.push(octets.subarray(0, length));
      octets = octets.subarray(length);
    }
    this.#parts = [octets];
    this.#size = octets.length;
    return packets;
  }

  /** Length of the packet that these octets begin with, when it is there as a whole. */
  #lengthOf(octets: Buffer): number | undefined {
    this.#needs = 2;
    const read = readVariableInteger(octets, 1, octets.length);
    if (read.kind === "too-long") this.#lost = "a remaining length of more than four octets (1.5.5)";
    if (read.kind === "truncated") this.#needs = octets.length + 1;
    if (read.kind !== "read") return undefined;
    const length = read.next + read.value;
    if (length > this.#largest) this.#lost = `a packet of ${length} octets`;
    this.#needs = length;
    return this.#lost === undefined && octets.length >= length ? length : undefined;
  }
}
