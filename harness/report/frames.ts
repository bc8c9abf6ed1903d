import type { Endpoint } from "../trace/exchange.ts";
import { addressOctets } from "../wire/octets.ts";

const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd };
const PROTOCOL = { tcp: 6, udp: 17 };
const PHONE_MAC = Buffer.from("020000000001", "hex");
const HARNESS_MAC = Buffer.from("020000000002", "hex");
const BROADCAST_MAC = Buffer.from("ffffffffffff", "hex");

/** Flags of a TCP segment. */
export const FLAG = { fin: 0x01, syn: 0x02, psh: 0x08, ack: 0x10 };

/** From where to where something goes, and from whom. */
export interface Way {
  readonly from: "phone" | "harness";
  readonly source: Endpoint;
  readonly target: Endpoint;
}

/** What a synthetic TCP segment holds. */
export interface Segment {
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly data: Buffer;
}

/** A TCP segment in IP in Ethernet, with right checksums. */
export function tcpFrame({ from, source, target }: Way, segment: Segment): Buffer {
  const [sourceIp, targetIp] = sameFamily(addressOctets(source.address), addressOctets(target.address));
  return ethernet(from, sourceIp, targetIp, PROTOCOL.tcp, tcpSegment(source, target, sourceIp, targetIp, segment));
}

/** A UDP datagram in IP in Ethernet, with right checksums. */
export function udpFrame({ from, source, target }: Way, data: Buffer): Buffer {
  const [sourceIp, targetIp] = sameFamily(addressOctets(source.address), addressOctets(target.address));
  const udp = Buffer.concat([Buffer.alloc(8), data]);
  udp.writeUInt16BE(source.port, 0);
  udp.writeUInt16BE(target.port, 2);
  udp.writeUInt16BE(udp.length, 4);
  // A checksum of zero would say that there is none (RFC 768).
  udp.writeUInt16BE(transportChecksum(sourceIp, targetIp, PROTOCOL.udp, udp) || 0xffff, 6);
  return ethernet(from, sourceIp, targetIp, PROTOCOL.udp, udp);
}

function ethernet(from: Way["from"], sourceIp: Buffer, targetIp: Buffer, protocol: number, payload: Buffer): Buffer {
  const [sourceMac, targetMac] = from === "phone" ? [PHONE_MAC, HARNESS_MAC] : [HARNESS_MAC, PHONE_MAC];
  const type = Buffer.alloc(2);
  type.writeUInt16BE(sourceIp.length === 4 ? ETHERTYPE.ipv4 : ETHERTYPE.ipv6);
  const header = sourceIp.length === 4 ? ipv4Header : ipv6Header;
  return Buffer.concat([
    groupMac(targetIp) ?? targetMac,
    sourceMac,
    type,
    header(sourceIp, targetIp, protocol, payload.length),
    payload,
  ]);
}

/** Hardware address of a broadcast or an IPv4 multicast group (RFC 1112 6.4). */
function groupMac(target: Buffer): Buffer | undefined {
  if (target.length !== 4) return undefined;
  if (target.equals(Buffer.alloc(4, 0xff))) return BROADCAST_MAC;
  const [first = 0, second = 0, third = 0, fourth = 0] = target;
  return first >= 224 && first < 240 ? Buffer.from([0x01, 0x00, 0x5e, second & 0x7f, third, fourth]) : undefined;
}

function ipv4Header(source: Buffer, target: Buffer, protocol: number, payload: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + payload, 2);
  header.writeUInt16BE(0x4000, 6); // do not fragment
  header.writeUInt8(64, 8);
  header.writeUInt8(protocol, 9);
  source.copy(header, 12);
  target.copy(header, 16);
  header.writeUInt16BE(checksum(header), 10);
  return header;
}

function ipv6Header(source: Buffer, target: Buffer, protocol: number, payload: number): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt32BE(0x60000000, 0);
  header.writeUInt16BE(payload, 4);
  header.writeUInt8(protocol, 6);
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
  tcp.writeUInt16BE(transportChecksum(sourceIp, targetIp, PROTOCOL.tcp, tcp), 16);
  return tcp;
}

/** Over the segment and the pseudo header of either version of IP, which give the same sum. */
function transportChecksum(sourceIp: Buffer, targetIp: Buffer, protocol: number, segment: Buffer): number {
  const pseudo = Buffer.alloc(8);
  pseudo.writeUInt32BE(segment.length, 0);
  pseudo.writeUInt32BE(protocol, 4);
  return checksum(Buffer.concat([sourceIp, targetIp, pseudo, segment]));
}

/** The Internet checksum of RFC 1071. */
function checksum(data: Buffer): number {
  let sum = 0;
  for (let index = 0; index + 1 < data.length; index += 2) sum += data.readUInt16BE(index);
  if (data.length % 2 === 1) sum += data.readUInt8(data.length - 1) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

function sameFamily(a: Buffer, b: Buffer): [Buffer, Buffer] {
  const wide = (ip: Buffer): Buffer => (ip.length === 16 ? ip : Buffer.concat([Buffer.alloc(10), Buffer.from([0xff, 0xff]), ip]));
  return a.length === b.length ? [a, b] : [wide(a), wide(b)];
}
