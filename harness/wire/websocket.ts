import { isUtf8 } from "node:buffer";

/** Opcodes of RFC 6455 5.2. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const NAMES: Readonly<Record<number, string>> = { 0: "continuation", 1: "text", 2: "binary", 8: "Close", 9: "Ping", 10: "Pong" };

/** A WebSocket frame as it stood in the stream. */
export interface Frame {
  readonly fin: boolean;
  /** The three reserved bits, 0 to 7. */
  readonly rsv: number;
  readonly opcode: number;
  readonly masked: boolean;
  /** Octets of payload that its head announces. */
  readonly length: number;
  /** Without its mask; empty when the frame is larger than what is taken. */
  readonly payload: Buffer;
  /** What RFC 6455 does not allow in a frame by itself, a few words each. */
  readonly faults: readonly string[];
}

/** `binary`, `Ping`, `opcode 3`. */
export const frameName = ({ opcode }: Pick<Frame, "opcode">): string => NAMES[opcode] ?? `opcode ${opcode}`;

export const isControl = ({ opcode }: Pick<Frame, "opcode">): boolean => opcode >= 8;

/** Status code and reason of a Close frame's payload (RFC 6455 5.5.1); the code is undefined when there is none. */
export function closeReason(payload: Buffer): { readonly code: number | undefined; readonly reason: string } {
  return payload.length < 2
    ? { code: undefined, reason: "" }
    : { code: payload.readUInt16BE(0), reason: payload.toString("utf8", 2) };
}

/** Finds the frames in a stream, wherever it is cut. It judges and goes on: only a frame that is too large ends it. */
export class FrameReader {
  readonly #largest: number;
  readonly #fromClient: boolean;
  #parts: Buffer[] = [];
  #size = 0;
  /** Octets that the next step needs. */
  #needs = 2;
  #lost = false;

  /**
   * @param largest octets of payload that are taken
   * @param fromClient whether the sender has to mask its frames
   */
  constructor({ largest, fromClient }: { readonly largest: number; readonly fromClient: boolean }) {
    this.#largest = largest;
    this.#fromClient = fromClient;
  }

  /** True between the first octet of a frame and its last. */
  get inside(): boolean {
    return this.#size > 0;
  }

  /** A frame was too large: what follows is not read. */
  get lost(): boolean {
    return this.#lost;
  }

  /** The frames that these octets complete. */
  feed(data: Buffer): readonly Frame[] {
    if (this.#lost || data.length === 0) return [];
    this.#parts.push(data);
    this.#size += data.length;
    if (this.#size < this.#needs) return [];
    const octets = Buffer.concat(this.#parts);
    const frames: Frame[] = [];
    let offset = 0;
    while (!this.#lost && octets.length - offset >= this.#needs) {
      const step = this.#step(octets.subarray(offset));
      offset += step.taken;
      this.#needs = step.needs;
      if (step.frame !== undefined) frames.push(step.frame);
    }
    this.#parts = [octets.subarray(offset)];
    this.#size = octets.length - offset;
    return frames;
  }

  #step(octets: Buffer): { readonly taken: number; readonly needs: number; readonly frame?: Frame } {
    const [first = 0, second = 0] = octets;
    const masked = (second & 0x80) !== 0;
    const short = second & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    const head = 2 + extended + (masked ? 4 : 0);
    if (octets.length < head) return { taken: 0, needs: head };
    const length = extended === 0 ? short : extended === 2 ? octets.readUInt16BE(2) : Number(octets.readBigUInt64BE(2));
    this.#lost = length > this.#largest;
    if (!this.#lost && octets.length < head + length) return { taken: 0, needs: head + length };
    const payload = this.#lost ? Buffer.alloc(0) : Buffer.from(octets.subarray(head, head + length));
    if (masked) unmask(payload, octets.subarray(head - 4, head));
    const frame = { fin: (first & 0x80) !== 0, rsv: (first >> 4) & 7, opcode: first & 15, masked, length, payload };
    const minimal = extended === 0 || (extended === 2 ? length > 125 : length > 0xffff);
    return { taken: head + payload.length, needs: 2, frame: { ...frame, faults: this.#faultsOf(frame, minimal) } };
  }

  #faultsOf(frame: Omit<Frame, "faults">, minimal: boolean): readonly string[] {
    const { fin, rsv, opcode, masked, length, payload } = frame;
    const faults: string[] = [];
    if (rsv !== 0) faults.push("a reserved bit is set (5.2)");
    if (NAMES[opcode] === undefined) faults.push(`opcode ${opcode} is reserved (5.2)`);
    if (masked !== this.#fromClient) faults.push(masked ? "masked by a server (5.1)" : "not masked (5.1)");
    if (!minimal) faults.push("its length is not in the shortest form (5.2)");
    if (isControl(frame) && !fin) faults.push("a control frame in fragments (5.4)");
    if (isControl(frame) && length > 125) faults.push("a control frame of more than 125 octets (5.5)");
    if (this.#lost) faults.push(`${length} octets, more than the ${this.#largest} that are taken`);
    if (opcode === OPCODE.close) faults.push(...closeFaults(payload));
    return faults;
  }
}

function closeFaults(payload: Buffer): readonly string[] {
  if (payload.length === 1) return ["a status code of one octet (5.5.1)"];
  const { code } = closeReason(payload);
  const faults = code === undefined || isSendable(code) ? [] : [`status code ${code}, which is never sent (7.4)`];
  return isUtf8(payload.subarray(2)) ? faults : [...faults, "a reason that is not UTF-8 (5.5.1)"];
}

/** Status codes that may stand in a Close frame: registered ones, and those of libraries and applications (7.4.2). */
const isSendable = (code: number): boolean =>
  (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code <= 4999);

/**
 * The same frames with a mask of zeros, so that their payload can be read where it stands. Octets at the end that are no whole frame
 * are taken for the beginning of one.
 */
export function withoutMasks(stream: Buffer): Buffer {
  const plain = Buffer.from(stream);
  for (let offset = 0; offset + 2 <= plain.length; ) {
    const second = plain[offset + 1] ?? 0;
    const short = second & 0x7f;
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
    const masked = (second & 0x80) !== 0;
    const payload = offset + 2 + extended + (masked ? 4 : 0);
    if (payload > plain.length) break;
    const length = extended === 0 ? short : plain.readUIntBE(offset + (extended === 2 ? 2 : 4), extended === 2 ? 2 : 6);
    const end = Math.min(plain.length, payload + length);
    if (masked) {
      unmask(plain.subarray(payload, end), Buffer.from(plain.subarray(payload - 4, payload)));
      plain.fill(0, payload - 4, payload);
    }
    offset = end;
  }
  return plain;
}

function unmask(payload: Buffer, key: Buffer): void {
  for (let index = 0; index < payload.length; index += 1) payload[index] = (payload[index] ?? 0) ^ (key[index & 3] ?? 0);
}

/** A frame to be written, legal or not. */
export interface FrameToSend {
  readonly opcode: number;
  readonly payload?: Buffer;
  /** Default true. */
  readonly fin?: boolean;
  /** Default 0. */
  readonly rsv?: number;
  /** Four octets; a server sends none. */
  readonly mask?: Buffer;
  /** The length that the head announces; default the right one. */
  readonly length?: number;
}

/** The octets of a frame, its length in the shortest form. */
export function encodeFrame({ opcode, payload = Buffer.alloc(0), fin = true, rsv = 0, mask, ...more }: FrameToSend): Buffer {
  const { length = payload.length } = more;
  const head = Buffer.alloc(length > 0xffff ? 10 : length > 125 ? 4 : 2);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (mask === undefined ? 0 : 0x80) | (length > 0xffff ? 127 : length > 125 ? 126 : length);
  if (length > 0xffff) head.writeBigUInt64BE(BigInt(length), 2);
  else if (length > 125) head.writeUInt16BE(length, 2);
  if (mask === undefined) return Buffer.concat([head, payload]);
  const hidden = Buffer.from(payload);
  unmask(hidden, mask);
  return Buffer.concat([head, mask, hidden]);
}

/** The payload of a Close frame. */
export function closePayload(code: number | undefined, reason = ""): Buffer {
  if (code === undefined) return Buffer.alloc(0);
  const octets = Buffer.alloc(2);
  octets.writeUInt16BE(code & 0xffff);
  return Buffer.concat([octets, Buffer.from(reason, "utf8")]);
}
