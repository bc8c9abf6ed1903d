import type { Endpoint } from "../core/network.ts";
import type { DhcpMessage } from "../wire/dhcp.ts";
import type { DnsMessage } from "../wire/dns.ts";
import type { StunMessage } from "../wire/stun.ts";

/** What a datagram says, as far as it could be read. */
export type DatagramContent =
  | { readonly kind: "dhcp"; readonly message: DhcpMessage }
  | { readonly kind: "dns" | "mdns"; readonly message: DnsMessage }
  | { readonly kind: "stun"; readonly message: StunMessage }
  | { readonly kind: "udp-connection-request" }
  /** It could not be read, or was not meant to be. */
  | { readonly kind: "unknown"; readonly problem: string };

/** A datagram between the phone and us, octet for octet. */
export interface DatagramRecord {
  /** Counts from 1 over the run, both directions together. */
  readonly number: number;
  /** As of a USP record. */
  readonly order: number;
  /** The last connection that was opened before it: what tells the order of things in the same millisecond. */
  readonly connection: number;
  /** Milliseconds of the run's clock. */
  readonly at: number;
  readonly caseId: string;
  readonly from: "phone" | "harness";
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly octets: Buffer;
  readonly content: DatagramContent;
  /** How a finding names it: `datagram #12 (DHCPREQUEST)`. */
  readonly where: string;
}
