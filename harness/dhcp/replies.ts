import type { GatewayPort } from "../core/network.ts";
import { addressOctets, type DhcpMessage, type DhcpOption, encodeDhcp, numberOctets, optionOf } from "../wire/dhcp.ts";
import { BROADBAND_FORUM, GATEWAY, OPTION } from "../wire/dhcp-names.ts";
import { writeVendorInformation } from "../wire/dhcp-vendor.ts";
import type { DhcpReply, GatewayIdentity } from "./dhcp.ts";

export type Answer = Extract<DhcpReply, { kind: "answer" }>;

/** Whose lease it is, and what the server says of itself. */
export interface Offer {
  readonly port: Pick<GatewayPort, "address" | "prefix">;
  /** Address that the client has, or is given. */
  readonly address: string;
  /** Seconds of the lease; undefined in the answer to a DHCPINFORM, which gives none (RFC 2131 4.3.5). */
  readonly lease: number | undefined;
  /** Who the gateway is, told where the answer does not say otherwise. */
  readonly gateway: GatewayIdentity;
  /** What every client is told besides. */
  readonly tells: readonly DhcpOption[];
}

/** Option 125 of a gateway; undefined when it tells nothing. @throws RangeError for a value that no sub-option can hold */
export function gatewayOption({ oui, serial, productClass }: GatewayIdentity): DhcpOption | undefined {
  const told = [
    { code: GATEWAY.oui, value: oui },
    { code: GATEWAY.serial, value: serial },
    { code: GATEWAY.productClass, value: productClass },
  ];
  const subOptions = told.flatMap(({ code, value }) => (value === undefined ? [] : [{ code, value }]));
  if (subOptions.length === 0) return undefined;
  return {
    code: OPTION.vendorIdentifyingInformation,
    octets: writeVendorInformation([{ enterprise: BROADBAND_FORUM, subOptions }]),
  };
}

/** A DHCPOFFER or DHCPACK to this request (RFC 2131 4.3.1, Table 3). */
export function answerTo(request: DhcpMessage, type: "OFFER" | "ACK", answer: Answer, offer: Offer): Buffer {
  const { options = [], omits = [], tail } = answer;
  const replaced = new Set([...omits, ...options.map(({ code }) => code)]);
  const own = ownOptions(request, answer, offer).filter(({ code }) => !replaced.has(code));
  return encodeDhcp({
    ...headOf(request),
    type,
    ciaddr: type === "ACK" ? request.ciaddr : "0.0.0.0",
    yiaddr: offer.lease === undefined ? "0.0.0.0" : offer.address,
    options: [...own, ...options, ...(tail === undefined ? [] : [tail])],
    end: tail === undefined,
  });
}

/** A DHCPNAK to this request. */
export function nakTo(request: DhcpMessage, server: string): Buffer {
  const options = [{ code: OPTION.serverIdentifier, octets: addressOctets(server) }, ...echoed(request)];
  return encodeDhcp({ ...headOf(request), type: "NAK", options });
}

const headOf = ({ xid, chaddr, broadcast }: DhcpMessage) => ({ op: 2, xid, chaddr, broadcast }) as const;

function ownOptions(request: DhcpMessage, answer: Answer, { port, lease, gateway, tells }: Offer): DhcpOption[] {
  const identity = gatewayOption("gateway" in answer ? (answer.gateway ?? {}) : gateway);
  return [
    { code: OPTION.serverIdentifier, octets: addressOctets(port.address) },
    ...(lease === undefined ? [] : timesOf(lease)),
    { code: OPTION.subnetMask, octets: maskOctets(port.prefix) },
    { code: OPTION.router, octets: addressOctets(port.address) },
    { code: OPTION.dnsServers, octets: addressOctets(port.address) },
    ...echoed(request),
    ...(identity === undefined ? [] : [identity]),
    ...tells,
  ];
}

/** The client identifier goes back as it came (RFC 6842 section 3). */
function echoed(request: DhcpMessage): DhcpOption[] {
  const found = optionOf(request, OPTION.clientIdentifier);
  return found === undefined ? [] : [{ code: OPTION.clientIdentifier, octets: found.octets }];
}

/** T1 and T2 at a half and at seven eighths, as by default (RFC 2131 4.4.5). */
function timesOf(lease: number): DhcpOption[] {
  return [
    { code: OPTION.leaseTime, octets: numberOctets(lease, 4) },
    { code: OPTION.renewalTime, octets: numberOctets(Math.floor(lease / 2), 4) },
    { code: OPTION.rebindingTime, octets: numberOctets(Math.floor((lease * 7) / 8), 4) },
  ];
}

function maskOctets(prefix: number): Buffer {
  return numberOctets(prefix === 0 ? 0 : (0xffff_ffff << (32 - prefix)) >>> 0, 4);
}
