import type { ConnectionRecord, OctetsRecord } from "../trace/exchange.ts";
import type { Trace } from "../trace/recording.ts";
import { withoutMasks } from "../wire/websocket.ts";
import { FLAG, tcpFrame, udpFrame, type Way } from "./frames.ts";
import type { Redactor } from "./redact.ts";

/** Largest TCP payload of one synthetic segment, as on an Ethernet. */
const SEGMENT = 1460;

interface Captured {
  /** Milliseconds. */
  readonly at: number;
  readonly connection: ConnectionRecord;
  readonly from: "phone" | "harness";
  readonly data: Buffer;
  /** Octets after these that were not kept: a gap in the sequence numbers. */
  readonly omitted: number;
}

/** What one connection has said so far, as octet counts. */
interface Stream {
  readonly sent: { phone: number; harness: number };
}

interface Frame {
  /** Milliseconds. */
  readonly at: number;
  /** That it went over, or that was the last one before it. */
  readonly connection: number;
  readonly octets: Buffer;
}

/**
 * A capture file of what was recorded: the octets as the programs saw them (inside TLS, where there is any), in synthetic
 * Ethernet, IP and TCP or UDP around them, so that Wireshark follows and decodes them. Secrets are masked octet by octet.
 */
export function pcapng(
  { connections, octets, datagrams }: Pick<Trace, "connections" | "octets" | "datagrams">,
  redactor: Redactor,
  comment: string,
): Buffer {
  // The sort is stable: what happened in the same millisecond stays in the order of the recording.
  const segments = streamed(masked(connections, octets, redactor)).toSorted((a, b) => a.at - b.at);
  const frames = merged(
    segments,
    datagrams.map((one) => datagram(one, redactor)),
  );
  return Buffer.concat([
    ...[sectionHeader(comment), interfaceDescription()],
    ...frames.map((frame) => enhancedPacket(frame.at, frame.octets)),
  ]);
}

function datagram({ at, from, source, destination, connection, octets }: Trace["datagrams"][number], redactor: Redactor): Frame {
  return { at, connection, octets: udpFrame({ from, source, target: destination }, redactor.octets(octets)) };
}

/** Both in one order: a datagram stands before whatever goes over connections that were opened after it. */
function merged(segments: readonly Frame[], datagrams: readonly Frame[]): Frame[] {
  const frames: Frame[] = [];
  let told = 0;
  for (const segment of segments) {
    for (let next = datagrams[told]; next !== undefined && isBefore(next, segment); next = datagrams[told]) {
      frames.push(next);
      told += 1;
    }
    frames.push(segment);
  }
  return [...frames, ...datagrams.slice(told)];
}

const isBefore = (one: Frame, other: Frame): boolean =>
  one.at < other.at || (one.at === other.at && one.connection < other.connection);

/** What went over connections, as TCP segments; each connection is opened and closed as far as it was. */
function streamed(captured: readonly Captured[]): Frame[] {
  const last = new Map(captured.map((one) => [one.connection.number, one]));
  const streams = new Map<number, Stream>();
  const frames: Frame[] = [];
  const packet = (one: Captured, at: number, from: "phone" | "harness", flags: number, data: Buffer): void => {
    const stream = streams.get(one.connection.number);
    if (stream === undefined) return;
    const to = from === "phone" ? "harness" : "phone";
    const ack = (flags & FLAG.syn) !== 0 && (flags & FLAG.ack) === 0 ? 0 : stream.sent[to];
    const { number } = one.connection;
    frames.push({
      at,
      connection: number,
      octets: tcpFrame(wayOf(one.connection, from), { seq: stream.sent[from], ack, flags, data }),
    });
    stream.sent[from] += data.length + ((flags & (FLAG.syn | FLAG.fin)) !== 0 ? 1 : 0);
  };
  for (const one of captured) {
    const opener = one.connection.openedBy;
    const other = opener === "phone" ? "harness" : "phone";
    if (!streams.has(one.connection.number)) {
      streams.set(one.connection.number, { sent: { phone: 0, harness: 0 } });
      const opened = Math.min(one.at, one.connection.openedAt);
      packet(one, Math.max(opened, captured[0]?.at ?? opened), opener, FLAG.syn, Buffer.alloc(0));
      packet(one, Math.max(opened, captured[0]?.at ?? opened), other, FLAG.syn | FLAG.ack, Buffer.alloc(0));
      packet(one, Math.max(opened, captured[0]?.at ?? opened), opener, FLAG.ack, Buffer.alloc(0));
    }
    for (let start = 0; start < one.data.length; start += SEGMENT)
      packet(one, one.at, one.from, FLAG.psh | FLAG.ack, one.data.subarray(start, start + SEGMENT));
    const stream = streams.get(one.connection.number);
    if (stream !== undefined) stream.sent[one.from] += one.omitted;
    const { closedAt, closedBy } = one.connection;
    if (last.get(one.connection.number) === one && closedAt !== undefined) {
      const first = closedBy ?? "harness";
      const second = first === "phone" ? "harness" : "phone";
      packet(one, Math.max(one.at, closedAt), first, FLAG.fin | FLAG.ack, Buffer.alloc(0));
      packet(one, Math.max(one.at, closedAt), second, FLAG.fin | FLAG.ack, Buffer.alloc(0));
      packet(one, Math.max(one.at, closedAt), first, FLAG.ack, Buffer.alloc(0));
    }
  }
  return frames;
}

const wayOf = ({ phone, harness }: ConnectionRecord, from: "phone" | "harness"): Way =>
  from === "phone" ? { from, source: phone, target: harness } : { from, source: harness, target: phone };

/**
 * The octets in the order in which they were recorded, masked. Each direction of each connection is masked as one text, because a
 * secret may be cut anywhere by the pieces it came in.
 */
function masked(connections: readonly ConnectionRecord[], octets: readonly OctetsRecord[], redactor: Redactor): Captured[] {
  const clean = new Map<OctetsRecord, Buffer>();
  for (const connection of connections)
    for (const from of ["phone", "harness"] as const) {
      const pieces = octets.filter((one) => one.connection === connection.number && one.from === from);
      const said = Buffer.concat(pieces.map(({ data }) => data));
      const stream = connection.purpose === "usp" ? maskedWebSocket(said, redactor) : redactor.octets(said);
      let offset = 0;
      for (const piece of pieces) {
        clean.set(piece, stream.subarray(offset, offset + piece.data.length));
        offset += piece.data.length;
      }
    }
  const byNumber = new Map(connections.map((connection) => [connection.number, connection]));
  return octets.flatMap((piece) => {
    const connection = byNumber.get(piece.connection);
    const data = clean.get(piece);
    return connection === undefined || data === undefined
      ? []
      : [{ at: piece.at, connection, from: piece.from, data, omitted: piece.omitted }];
  });
}

/** A secret in a WebSocket of the phone's is hidden by the frame's own mask, which everybody can take off: where there is one, it goes. */
function maskedWebSocket(said: Buffer, redactor: Redactor): Buffer {
  const head = Math.max(0, said.indexOf("\r\n\r\n") + 4);
  const open = Buffer.concat([said.subarray(0, head), withoutMasks(said.subarray(head))]);
  const clean = redactor.octets(open);
  return clean.equals(open) ? said : clean;
}

function block(type: number, body: Buffer): Buffer {
  const length = 12 + body.length;
  const out = Buffer.alloc(length);
  out.writeUInt32LE(type, 0);
  out.writeUInt32LE(length, 4);
  body.copy(out, 8);
  out.writeUInt32LE(length, length - 4);
  return out;
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
}

/** Section Header Block with the comment as its option 1. */
function sectionHeader(comment: string): Buffer {
  const fixed = Buffer.alloc(16);
  fixed.writeUInt32LE(0x1a2b3c4d, 0); // byte order
  fixed.writeUInt16LE(1, 4); // version 1.0
  fixed.writeBigInt64LE(-1n, 8); // length of the section: not stated
  const text = Buffer.from(comment, "utf8");
  const option = Buffer.alloc(4);
  option.writeUInt16LE(1, 0);
  option.writeUInt16LE(text.length, 2);
  return block(0x0a0d0d0a, Buffer.concat([fixed, option, padded(text), Buffer.alloc(4)]));
}

/** Interface Description Block: Ethernet, no limit on packet length, microseconds. */
function interfaceDescription(): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(1, 0);
  return block(1, body);
}

function enhancedPacket(milliseconds: number, data: Buffer): Buffer {
  const micros = BigInt(Math.round(milliseconds * 1000));
  const head = Buffer.alloc(20);
  head.writeUInt32LE(Number(micros >> 32n), 4);
  head.writeUInt32LE(Number(micros & 0xffffffffn), 8);
  head.writeUInt32LE(data.length, 12);
  head.writeUInt32LE(data.length, 16);
  return block(6, Buffer.concat([head, padded(data)]));
}
