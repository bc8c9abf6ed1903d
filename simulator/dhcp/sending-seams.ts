import type { DeviceKind } from "../device-kind.ts";
import { type DhcpHeader, type DhcpOption, MESSAGE_TYPE } from "./message.ts";

/** Which message of a client it is; `request` answers an OFFER. */
export type DhcpStep = "discover" | "request" | "renewal" | "rebinding" | "init-reboot" | "inform";

/** Who the device is: parameters of DeviceInfo. */
export interface DeviceIdentity {
  readonly oui: string;
  readonly serialNumber: string;
  readonly productClass: string;
}

/** Enterprise number of the Broadband Forum. */
export const BROADBAND_FORUM = 3561;

/** What a phone asks for when it wants an address, and when it has one (settings `dhcp_options_on_…` of Snom phones). */
const SNOM_LISTS = {
  address: [1, 3, 4, 6, 12, 15, 42, 43, 51, 66, 67, 120, 125, 132, 133],
  inform: [43, 120, 125],
} as const;
const USUAL_LISTS = { address: [1, 3, 6, 15, 42, 43, 51, 58, 59, 125], inform: [6, 43, 125] } as const;

/** Seconds before what has no answer is sent again (RFC 2131 4.1). */
const FIRST_WAIT = 4;
const LONGEST_WAIT = 64;

/** What the phone's DHCP messages say. */
export const sendingSeams = {
  /** Sub-options of option 125 that say who the device is (TR-111 1.2.5); none for no option 125. */
  identity({ oui, serialNumber, productClass }: DeviceIdentity, _step: DhcpStep): readonly DhcpOption[] {
    return [
      { code: 1, data: Buffer.from(oui) },
      { code: 2, data: Buffer.from(serialNumber) },
      ...(productClass === "" ? [] : [{ code: 3, data: Buffer.from(productClass) }]),
    ];
  },
  /** A sub-option with its code and length (RFC 3925 4). */
  subOption({ code, data }: DhcpOption): Buffer {
    return Buffer.concat([Buffer.of(code, data.length), data]);
  },
  /** An enterprise number in network order (RFC 3925 4). */
  enterpriseOctets(enterprise: number): Buffer {
    const octets = Buffer.alloc(4);
    octets.writeUInt32BE(enterprise);
    return octets;
  },
  /** The length that stands before the sub-options of an enterprise. */
  blockLength(subOptions: Buffer): number {
    return subOptions.length;
  },
  /** Octets of option 125, from the block of the device's identity. */
  vendorIdentifying(block: Buffer, _step: DhcpStep): Buffer {
    return block;
  },
  /** What the phone asks for by option 55. */
  parameterRequestList(step: DhcpStep, kind: DeviceKind): readonly number[] {
    const lists = kind === "snom" ? SNOM_LISTS : USUAL_LISTS;
    return step === "inform" ? lists.inform : lists.address;
  },
  /** Option 60: the type of a Snom phone; what says that ACS discovery is understood (TR-069 3.1). None when empty. */
  vendorClass(_step: DhcpStep, kind: DeviceKind, productClass: string): string {
    return kind === "cwmp" ? "dslforum.org" : productClass;
  },
  /** Option 61: the hardware address with its type. */
  clientIdentifier(mac: string): Buffer {
    return Buffer.from(`01${mac.replaceAll(":", "")}`, "hex");
  },
  /** Option 57: the longest message that the phone takes, in octets. */
  maximumSize(): number {
    return 1500;
  },
  /** Option 53. */
  messageType(step: DhcpStep): number {
    return step === "discover" ? MESSAGE_TYPE.discover : step === "inform" ? MESSAGE_TYPE.inform : MESSAGE_TYPE.request;
  },
  /** Option 50: only where the address is not the phone's yet (RFC 2131 4.3.6). */
  requestedAddress(step: DhcpStep, address: string): string | undefined {
    return step === "request" || step === "init-reboot" ? address : undefined;
  },
  /** Option 54: only where an OFFER is chosen (RFC 2131 4.3.6). */
  serverIdentifier(step: DhcpStep, server: string): string | undefined {
    return step === "request" ? server : undefined;
  },
  /** The fixed part of a request. */
  header(fields: DhcpHeader, _step: DhcpStep): DhcpHeader {
    return fields;
  },
  /** Whether answers have to be broadcast: while the phone has no address (RFC 2131 4.1). */
  wantsBroadcast(hasAddress: boolean): boolean {
    return !hasAddress;
  },
  /** Where a request goes: to everybody, but for a renewal to the server of the lease. */
  destination(step: DhcpStep, server: string): string {
    return step === "renewal" && server !== "" ? server : "255.255.255.255";
  },
  /** The options as they go out: which, and in which order. */
  arranged(options: readonly DhcpOption[], _step: DhcpStep): readonly DhcpOption[] {
    return options;
  },
  /** An option as it goes out: one that is too long for its length octet in several (RFC 3396). */
  optionOctets({ code, data }: DhcpOption): Buffer {
    const pieces: Buffer[] = [];
    for (let at = 0; at === 0 || at < data.length; at += 255) {
      const piece = data.subarray(at, at + 255);
      pieces.push(Buffer.of(code, piece.length), piece);
    }
    return Buffer.concat(pieces);
  },
  /** A whole message as it goes out: never shorter than one of BOOTP was. */
  padded(message: Buffer): Buffer {
    return message.length >= 300 ? message : Buffer.concat([message, Buffer.alloc(300 - message.length)]);
  },
  /** Seconds until a message without an answer is sent again; `sent` counts how often it was (RFC 2131 4.1). */
  retransmission(sent: number, random: number): number {
    return Math.min(FIRST_WAIT * 2 ** (sent - 1), LONGEST_WAIT) + random * 2 - 1;
  },
  /** How often a message is sent before the phone gives it up. */
  attempts(step: DhcpStep): number {
    return step === "discover" ? Number.POSITIVE_INFINITY : step === "init-reboot" ? 2 : 4;
  },
  /**
   * Seconds until a renewal, or rebinding, is tried again: half of those that are `left` until its time is over (RFC 2131 4.4.5).
   * Undefined when that is too soon.
   */
  renewalWait(left: number): number | undefined {
    const half = left > 120 ? Math.max(left / 2, 60) : left / 2;
    return half < FIRST_WAIT ? undefined : half;
  },
};
