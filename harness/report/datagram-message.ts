import type { DatagramContent, DatagramRecord } from "../trace/datagram.ts";
import type { Shown } from "./datagram-text.ts";
import { dhcpLines } from "./dhcp-lines.ts";
import { dnsLines } from "./dns-lines.ts";
import type { Message } from "./message.ts";
import { stunLines } from "./stun-lines.ts";

/** A datagram as transcript and sequence diagram show it. */
export function datagramMessage({
  at,
  connection,
  order,
  from,
  source,
  destination,
  octets,
  content,
  where,
}: DatagramRecord): Message {
  const { role, label, lines, mood } = shown(content, octets);
  const end = ({ address, port }: DatagramRecord["source"]): string => `${address}:${port}`;
  const text = content.kind === "unknown" ? octets : Buffer.from(lines.join("\n"), "utf8");
  return {
    ...{ kind: "message", at, connection, order, from, role, where, label, mood, omitted: 0 },
    head: `UDP from ${end(source)} to ${end(destination)}, ${octets.length} octets`,
    body: text,
  };
}

function shown(content: DatagramContent, octets: Buffer): Shown {
  switch (content.kind) {
    case "dhcp":
      return dhcpLines(content.message);
    case "dns":
      return { role: "DNS server", ...dnsLines(content.message) };
    case "mdns":
      return { role: "mDNS peer", ...dnsLines(content.message) };
    case "stun":
      return stunLines(content.message);
    case "udp-connection-request": {
      const lines = octets.toString("latin1").trimEnd().split("\r\n");
      return { role: "ACS", label: "UDP connection request", lines, mood: "ordinary" };
    }
    case "unknown":
      return { role: "gateway", label: `datagram that could not be read: ${content.problem}`, lines: [], mood: "refused" };
  }
}
