import type { Connection } from "../acs/connection.ts";
import type { AcsContext } from "../acs/context.ts";
import type { FrameRecord, UpgradeRecord } from "../trace/usp.ts";
import {
  closePayload,
  closeReason,
  encodeFrame,
  type Frame,
  FrameReader,
  type FrameToSend,
  isControl,
  OPCODE,
} from "../wire/websocket.ts";
import { LARGEST_RECORD } from "./framing.ts";
import { Mailbox } from "./mailbox.ts";
import { Signal } from "./signal.ts";
import type { AgentConnection, Closing, Framing } from "./websocket.ts";

/** Fragments that one message may come in. */
const MOST_FRAGMENTS = 100_000;

/** Frames of one connection that are kept for whoever asks for them. */
const MOST_FRAMES = 2_000;

export interface AgentConnectionParts {
  readonly context: Pick<AcsContext, "clock" | "recording" | "patience">;
  readonly connection: Connection;
  readonly upgrade: UpgradeRecord;
  /** A whole message has come, in whatever frames. */
  onMessage(octets: Buffer): void;
}

/**
 * The server's side of a WebSocket. It bears what it can read: what RFC 6455 does not allow is recorded with its frame, and only a
 * message that is too large ends the connection.
 */
export class OpenConnection implements AgentConnection {
  answersPings = true;
  readonly mtp = "websocket";
  readonly number: number;
  readonly upgrade: UpgradeRecord;
  readonly openedAt: number;
  readonly frames: FrameRecord[] = [];
  readonly #parts: AgentConnectionParts;
  readonly #reader = new FrameReader({ largest: LARGEST_RECORD, fromClient: true });
  readonly #incoming: Mailbox<FrameRecord>;
  readonly #ended = new Signal();
  /** Payloads of a message whose last fragment is still to come; undefined between messages. */
  #fragments: { readonly parts: Buffer[]; size: number } | undefined;
  #sentClose = false;
  #agentClose: FrameRecord | undefined;

  constructor(parts: AgentConnectionParts) {
    this.#parts = parts;
    const { context, connection, upgrade } = parts;
    this.number = connection.number;
    this.upgrade = upgrade;
    this.openedAt = context.clock.now();
    this.#incoming = new Mailbox(context.clock, MOST_FRAMES);
    connection.onClose(() => this.#ended.raise());
  }

  get eid(): string | undefined {
    return this.upgrade.eid;
  }

  get open(): boolean {
    return !this.#sentClose && this.#agentClose === undefined && !this.#parts.connection.closed;
  }

  get closing(): Closing | undefined {
    return this.#parts.connection.closed ? this.#closing() : undefined;
  }

  /** Octets that came. */
  feed(data: Buffer): void {
    if (this.#reader.lost || this.#parts.connection.closed) return;
    this.#parts.connection.heard(data, !this.#reader.inside);
    for (const frame of this.#reader.feed(data)) this.#received(frame);
    if (this.#reader.lost) void this.#tooLarge();
  }

  /** As between two cases. */
  settle(): void {
    this.answersPings = true;
    this.#incoming.clear();
  }

  send(octets: Buffer, { fragments = [], opcode = OPCODE.binary, between = [] }: Framing = {}): Promise<void> {
    const frames: FrameToSend[] = [];
    let offset = 0;
    for (let index = 0; index === 0 || offset < octets.length; index += 1) {
      const size = Math.max(1, fragments[Math.min(index, fragments.length - 1)] ?? octets.length);
      const payload = octets.subarray(offset, offset + size);
      offset += size;
      frames.push({ opcode: index === 0 ? opcode : OPCODE.continuation, payload, fin: offset >= octets.length });
      if (index === 0) frames.push(...between);
    }
    return this.#sendFrames(frames);
  }

  sendFrame(frame: FrameToSend): Promise<void> {
    return this.#sendFrames([frame]);
  }

  write(octets: Buffer): Promise<void> {
    return this.#parts.connection.write(octets);
  }

  async ping(payload: Buffer = Buffer.from("assay"), milliseconds?: number): Promise<FrameRecord | undefined> {
    await this.sendFrame({ opcode: OPCODE.ping, payload });
    const fits = ({ frame }: FrameRecord): boolean => frame.opcode === OPCODE.pong && frame.payload.equals(payload);
    return this.nextFrame(fits, milliseconds ?? this.#parts.context.patience.response);
  }

  nextFrame(fits: (frame: FrameRecord) => boolean, milliseconds: number): Promise<FrameRecord | undefined> {
    return this.#incoming.take(fits, milliseconds, this.#ended);
  }

  async close(code: number | false = 1000, reason = "", milliseconds?: number): Promise<Closing> {
    await this.sendFrame({ opcode: OPCODE.close, payload: closePayload(code === false ? undefined : code, reason) });
    if ((await this.closed(milliseconds ?? this.#parts.context.patience.sessionEnd)) === undefined) this.hangUp();
    return (await this.closed(this.#parts.context.patience.sessionEnd)) ?? this.#closing();
  }

  cut(): void {
    this.#parts.connection.reset();
  }

  hangUp(): void {
    this.#parts.connection.end();
  }

  async closed(milliseconds: number): Promise<Closing | undefined> {
    return (await this.#ended.within(this.#parts.context.clock, milliseconds)) ? this.#closing() : undefined;
  }

  async #sendFrames(frames: readonly FrameToSend[]): Promise<void> {
    const { connection } = this.#parts;
    if (connection.closed) return;
    const octets: Buffer[] = [];
    for (const { opcode, payload = Buffer.alloc(0), fin = true, rsv = 0, mask, length = payload.length } of frames) {
      if (opcode === OPCODE.close) this.#sentClose = true;
      this.#record("controller", { opcode, payload, fin, rsv, masked: mask !== undefined, length, faults: [] });
      octets.push(encodeFrame({ opcode, payload, fin, rsv, length, ...(mask === undefined ? {} : { mask }) }));
    }
    await connection.write(Buffer.concat(octets));
  }

  #received(frame: Frame): void {
    const { opcode, payload } = frame;
    const continues = opcode === OPCODE.continuation;
    const faults = [...frame.faults];
    if (continues && this.#fragments === undefined) faults.push("a continuation of nothing (5.4)");
    if (!continues && !isControl(frame) && this.#fragments !== undefined) faults.push("a message inside another one (5.4)");
    const record = this.#record("agent", { ...frame, faults });
    this.#incoming.deliver(record);
    if (opcode === OPCODE.ping && this.answersPings && this.open) void this.sendFrame({ opcode: OPCODE.pong, payload });
    else if (opcode === OPCODE.close) this.#receivedClose(record);
    else if (!isControl(frame) && opcode <= OPCODE.binary) this.#receivedData(frame);
  }

  #receivedData({ opcode, fin, payload }: Frame): void {
    const message = opcode === OPCODE.continuation ? this.#fragments : { parts: [], size: 0 };
    if (message === undefined) return;
    message.parts.push(payload);
    message.size += payload.length;
    this.#fragments = fin ? undefined : message;
    if (message.size > LARGEST_RECORD || message.parts.length > MOST_FRAGMENTS) void this.#tooLarge();
    else if (fin) this.#parts.onMessage(Buffer.concat(message.parts));
  }

  #receivedClose(record: FrameRecord): void {
    const first = this.#agentClose === undefined;
    this.#agentClose ??= record;
    if (!first) return;
    const { code } = closeReason(record.frame.payload);
    const answered = this.#sentClose ? Promise.resolve() : this.sendFrame({ opcode: OPCODE.close, payload: closePayload(code) });
    void answered.then(() => this.hangUp());
  }

  async #tooLarge(): Promise<void> {
    this.#fragments = undefined;
    await this.sendFrame({ opcode: OPCODE.close, payload: closePayload(1009, "too large") });
    this.hangUp();
  }

  #record(from: FrameRecord["from"], frame: Frame): FrameRecord {
    const { context, connection } = this.#parts;
    // What data frames carry is in the record that is made of them.
    const kept = isControl(frame) ? frame : { ...frame, payload: Buffer.alloc(0) };
    const record = context.recording.frame({ at: context.clock.now(), from, connection: connection.number, frame: kept });
    this.frames.push(record);
    if (this.frames.length > MOST_FRAMES) this.frames.shift();
    return record;
  }

  #closing(): Closing {
    const { connection, context, upgrade } = this.#parts;
    const frame = this.#agentClose;
    const { code } = closeReason(frame?.frame.payload ?? Buffer.alloc(0));
    const where = frame?.where ?? `connection ${connection.number}, opened by ${upgrade.where}`;
    const how = code === undefined ? "Close without a status code" : `Close ${code}`;
    return {
      at: connection.closedAt ?? context.clock.now(),
      by: connection.closedBy ?? "harness",
      frame,
      code: { value: code, where },
      summary: { value: frame === undefined ? "connection closed without a Close frame" : how, where },
    };
  }
}
