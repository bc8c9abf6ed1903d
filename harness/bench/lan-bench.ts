import type { Session } from "../acs/session.ts";
import type { DhcpServer, HeardDhcp } from "../dhcp/dhcp.ts";
import type { DnsServer } from "../dns/dns.ts";
import type { MdnsPeer } from "../dns/mdns.ts";

/** The LAN that the phone is on, as cases see it: the bench is its gateway. */
export interface LanBench {
  readonly dhcp: DhcpServer;
  readonly dns: DnsServer;
  readonly mdns: MdnsPeer;
  /** The gateway's own address. */
  readonly address: string;
  /**
   * Makes the phone start anew, so that it asks for a lease from the beginning (DISCOVER, or REQUEST of the address that it had), by the RPC
   * Reboot. Resolves with the session in which it informs after that, after its empty POST.
   * @throws Inconclusive when it does not come, or asked for no lease on its way; `precondition` for a device without CWMP
   */
  restart(): Promise<Session>;
  /**
   * As `restart`, for devices with CWMP or without: resolves once the phone has a lease, or the answer to its DHCPINFORM, and has come back.
   * @returns the request that it was answered
   */
  startAnew(): Promise<HeardDhcp>;
  /**
   * The next renewal of the phone's lease, or its rebinding where it asks for none before. Where its lease is too long to wait for, it is
   * started anew first and given a short one.
   * @throws Inconclusive when it does not renew in time
   */
  renewed(): Promise<HeardDhcp>;
}
