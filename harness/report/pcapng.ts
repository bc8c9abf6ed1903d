import type { ConnectionRecord, Endpoint, OctetsRecord } from "../trace/exchange.ts";
import { withoutMasks } from "../wire/websocket.ts";
import type { Redactor } from "./redact.ts";

/** Largest TCP payload of one synthetic segment, as on an Ethernet. */
const SEGMENT = 1460;
const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd };
const FLAG = { fin: 0x01, syn: 0x02, psh: 0x08, ack: 0x10 };
const TCP = 6;
const PHONE_MAC = Buffer.from("020000000001", "hex");
const HARNESS_MAC = Buffer.from("020000000002", "hex");

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

/**
 * A capture file of what was recorded: the octets as the programs saw them (inside TLS, where there is any), in synthetic
 * Ethernet, IP and TCP around them, so that Wireshark follows and decodes the streams. Secrets are masked octet by octet.
 */
export function pcapng(
  connections: readonly ConnectionRecord[],
  octets: readonly OctetsRecord[],
  redactor: Redactor,
  comment: string,
): Buffer {
  const captured = masked(connections, octets, redactor);
  const last = new Map(captured.map((one) => [one.connection.number, one]));
  const streams = new Map<number, Stream>();
  const blocks = [sectionHeader(comment), interfaceDescription()];
  const packet = (one: Captured, at: number, from: "phone" | "harness", flags: number, data: Buffer): void => {
    const stream = streams.get(one.connection.number);
    if (stream === undefined) return;
    const to = from === "phone" ? "harness" : "phone";
    const ack = (flags & FLAG.syn) !== 0 && (flags & FLAG.ack) === 0 ? 0 : stream.sent[to];
    blocks.push(enhancedPacket(at, frame(one.connection, from, { seq: stream.sent[from], ack, flags, data })));
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
  return Buffer.concat(blocks);
}

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

interface Segment {
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly data: Buffer;
}

function frame(connection: ConnectionRecord, from: "phone" | "harness", segment: Segment): Buffer {
  const [source, target] = from === "phone" ? [connection.phone, connection.harness] : [connection.harness, connection.phone];
  const [sourceMac, targetMac] = from === "phone" ? [PHONE_MAC, HARNESS_MAC] : [HARNESS_MAC, PHONE_MAC];
  const [sourceIp, targetIp] = sameFamily(addressOctets(source.address), addressOctets(target.address));
  const tcp = tcpSegment(source, target, sourceIp, targetIp, segment);
  const type = Buffer.alloc(2);
  type.writeUInt16BE(sourceIp.length === 4 ? ETHERTYPE.ipv4 : ETHERTYPE.ipv6);
  const ip = sourceIp.length === 4 ? ipv4Header(sourceIp, targetIp, tcp.length) : ipv6Header(sourceIp, targetIp, tcp.length);
  return Buffer.concat([targetMac, sourceMac, type, ip, tcp]);
}

function ipv4Header(source: Buffer, target: Buffer, payload: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + payload, 2);
  header.writeUInt16BE(0x4000, 6); // do not fragment
  header.writeUInt8(64, 8);
  header.writeUInt8(TCP, 9);
  source.copy(header, 12);
  target.copy(header, 16);
  header.writeUInt16BE(checksum(header), 10);
  return header;
}

function ipv6Header(source: Buffer, target: Buffer, payload: number): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32BE(0x60000000, 0);
  header.writeUInt16BE(payload, 4);
  header.writeUInt8(TCP, 6);
  header.writeUInt8(64, 7);
  source.copy(header, 8);
  target.copy(header, 24);
  return header;
}

function tcpSegment(source: Endpoint, target: Endpoint, sourceIp: Buffer, targetIp: Buffer, segment: Segment): Buffer {
  const tcp = Buffer.concat([Buffer.alloc(20), segment.data]);
  tcp.writeUInt16BE(source.port, 0);
  tcp.writeUInt16BE(target.port, 2);
  tcp.writeUInt32BE(segment.seq >>> 0, 4);
  tcp.writeUInt32BE(segment.ack >>> 0, 8);
  tcp.writeUInt8(0x50, 12);
  tcp.writeUInt8(segment.flags, 13);
  tcp.writeUInt16BE(0xffff, 14);
  const pseudo = Buffer.alloc(8);
  pseudo.writeUInt32BE(tcp.length, 0);
  pseudo.writeUInt32BE(TCP, 4);
  tcp.writeUInt16BE(checksum(Buffer.concat([sourceIp, targetIp, pseudo, tcp])), 16);
  return tcp;
}

/** The Internet checksum of RFC 1071. */
function checksum(data: Buffer): number {
  let sum = 0;
  for (let index = 0; index + 1 < data.length; index += 2) sum += data.readUInt16BE(index);
  if (data.length % 2 === 1) sum += data.readUInt8(data.length - 1) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** An address as 4 or 16 octets; what is no address (a name, nothing) becomes 0.0.0.0. */
function addressOctets(address: string): Buffer {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (/^\d+(\.\d+){3}$/.test(mapped)) return Buffer.from(mapped.split(".").map(Number));
  if (!mapped.includes(":")) return Buffer.alloc(4);
  const [head = "", tail] = mapped.split("::");
  const groups = (text: string): number[] => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const filled = [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => 0), ...right];
  return Buffer.from(filled.slice(0, 8).flatMap((group) => [(group >> 8) & 0xff, group & 0xff]));
}

function sameFamily(a: Buffer, b: Buffer): [Buffer, Buffer] {
  const wide = (ip: Buffer): Buffer => (ip.length === 16 ? ip : Buffer.concat([Buffer.alloc(10), Buffer.from([0xff, 0xff]), ip]));
  return a.length === b.length ? [a, b] : [wide(a), wide(b)];
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
