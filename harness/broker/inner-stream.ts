import { Duplex } from "node:stream";
import { MqttReader } from "../wire/mqtt-reader.ts";

/** The longest control packet that can be (2.1.4), in octets with its head. */
const LONGEST = 268_435_455 + 5;

export interface InnerStreamOptions {
  /** A whole packet of the broker for its client. */
  packet(octets: Buffer): void;
  /** The broker has ended the connection. */
  ended(): void;
}

/** The connection that Aedes sees: it carries what the tap lets through. */
export class InnerStream extends Duplex {
  readonly #options: InnerStreamOptions;
  readonly #reader = new MqttReader(LONGEST);

  constructor(options: InnerStreamOptions) {
    super({ highWaterMark: LONGEST });
    this.#options = options;
  }

  /** Octets of the client. */
  feed(octets: Buffer): void {
    if (!this.destroyed) this.push(octets);
  }

  override _read(): void {}

  override _write(octets: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    for (const packet of this.#reader.feed(octets)) this.#options.packet(packet);
    done();
  }

  override _destroy(_: Error | null, done: (error?: Error | null) => void): void {
    this.#options.ended();
    // Nobody has to be told of an error: the connection is over.
    done();
  }
}
