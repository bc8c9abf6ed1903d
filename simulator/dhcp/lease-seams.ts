import type { Attributes } from "../state.ts";
import { type DhcpMessage, OPTION } from "./message.ts";

/** What a lease says of its own end, in seconds. */
export interface LeaseTimes {
  readonly lease: number;
  readonly renewal: number;
  readonly rebinding: number;
}

/** A lease that never ends (RFC 2131 3.3). */
const FOR_EVER = 0xff_ff_ff_ff;

/** How the phone comes to its address, and how long it keeps it. */
export const leaseSeams = {
  /** What a phone begins with that had an address before: as one that had none. */
  firstStep(_hadAddress: boolean): "discover" | "init-reboot" {
    return "discover";
  },
  /** Whether an OFFER is taken: the first one that has an address, and says whose it is. */
  takesOffer({ yiaddr, options }: DhcpMessage): boolean {
    return yiaddr !== "0.0.0.0" && options.some(({ code }) => code === OPTION.server);
  },
  /** Whether an ACK gives a lease, whatever stands in its option 125; `isVendorReadable` says whether that can be read. */
  takesAck(_isVendorReadable: boolean): boolean {
    return true;
  },
  /** When a lease is renewed, and when it ends (RFC 2131 4.4.5). What is missing, or out of order, is as usual. */
  times(lease: number | undefined, renewal: number | undefined, rebinding: number | undefined): LeaseTimes {
    const whole = lease === undefined || lease === FOR_EVER ? Number.POSITIVE_INFINITY : lease;
    const rebindsAt = rebinding !== undefined && rebinding < whole ? rebinding : whole * 0.875;
    const renewsAt = renewal !== undefined && renewal < rebindsAt ? renewal : Math.min(whole * 0.5, rebindsAt);
    return { lease: whole, renewal: renewsAt, rebinding: rebindsAt };
  },
  /** Seconds after which a phone whose address was refused begins anew. */
  pauseAfterNak(random: number): number {
    return 1 + random * 9;
  },
  /** Attributes of parameters once another ACS is in charge: those of GatewayInfo are notified as by default (TR-111 1.2.2). */
  attributesAtNewAcs(
    attributes: Readonly<Record<string, Attributes>>,
    ofGateway: readonly string[],
  ): Readonly<Record<string, Attributes>> {
    return Object.fromEntries(
      Object.entries(attributes).map(([name, set]) => [name, ofGateway.includes(name) ? { ...set, notification: 2 } : set]),
    );
  },
  /**
   * Options 66 and 67, in which DHCP names a provisioning server to a Snom phone; those that come inside of option 43 go before those of
   * the message itself.
   */
  provisioning(
    direct: (code: number) => Buffer | undefined,
    tunnelled: (code: number) => Buffer | undefined,
  ): { readonly server: Buffer | undefined; readonly file: Buffer | undefined } {
    const both = (code: number): Buffer | undefined => tunnelled(code) ?? direct(code);
    return { server: both(OPTION.serverName), file: both(OPTION.bootFile) };
  },
  /** Text of such an option, which may end with NUL. */
  provisioningText(data: Buffer | undefined): string {
    return (data?.toString("utf8") ?? "").replace(/\0+$/, "");
  },
  /** URL of what DHCP names: the file at the server, or the file alone when that is a URL by itself. */
  provisioningUrl(server: string, file: string): string {
    if (server === "" || file === "") return URL.canParse(file) ? file : server;
    return URL.canParse(file) ? file : `${server.replace(/\/$/, "")}/${file.replace(/^\//, "")}`;
  },
};
