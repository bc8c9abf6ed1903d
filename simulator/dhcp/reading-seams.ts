import type { DhcpMessage, DhcpOption } from "./message.ts";
import type { DhcpStep } from "./sending-seams.ts";
import { BROADBAND_FORUM } from "./sending-seams.ts";

/** Who the gateway is (Device.GatewayInfo.); empty where it has not said so. */
export interface GatewayInfo {
  readonly oui: string;
  readonly productClass: string;
  readonly serialNumber: string;
}

export const NO_GATEWAY: GatewayInfo = { oui: "", productClass: "", serialNumber: "" };

/** What one enterprise says in an option 125. */
export interface VendorBlock {
  readonly enterprise: number;
  readonly data: Buffer;
}

/** Longest values of GatewayInfo, by sub-option (TR-106). */
const LONGEST: Readonly<Record<number, number>> = { 4: 6, 5: 64, 6: 64 };

const BLOCK_HEAD = 5;

// What no parameter can hold: XML has no words for it.
const CONTROL = /[\u0000-\u001f\u007f]/;

/** How the phone reads what a DHCP server says of itself. */
export const readingSeams = {
  /** Whether a message is an answer to the phone's own, which had this xid. */
  isMine({ op, xid, mac }: DhcpMessage, own: { readonly xid: number; readonly mac: string }): boolean {
    return op === 2 && xid === own.xid && mac === own.mac;
  },
  /** An option that is there several times: its pieces, one after the other (RFC 3396). */
  joined(pieces: readonly Buffer[]): Buffer {
    return Buffer.concat(pieces);
  },
  /** The enterprises of an option 125 (RFC 3925 4). One whose lengths do not fit says nothing. */
  blocks(octets: Buffer): readonly VendorBlock[] {
    const blocks: VendorBlock[] = [];
    for (let at = 0; at < octets.length; ) {
      if (at + BLOCK_HEAD > octets.length) return [];
      const start = at + BLOCK_HEAD;
      const end = start + octets.readUInt8(at + 4);
      if (end > octets.length) return [];
      blocks.push({ enterprise: octets.readUInt32BE(at), data: octets.subarray(start, end) });
      at = end;
    }
    return blocks;
  },
  /** Whether a block is the Broadband Forum's. */
  isOurs(enterprise: number): boolean {
    return enterprise === BROADBAND_FORUM;
  },
  /** Sub-options of a block. One that runs over the end spoils them all. */
  subOptions(octets: Buffer): readonly DhcpOption[] {
    const options: DhcpOption[] = [];
    for (let at = 0; at < octets.length; ) {
      const start = at + 2;
      const end = start + (octets[at + 1] ?? 0);
      if (start > octets.length || end > octets.length) return [];
      options.push({ code: octets.readUInt8(at), data: octets.subarray(start, end) });
      at = end;
    }
    return options;
  },
  /** Of a sub-option that is there several times, the one that counts. */
  thatCounts(same: readonly Buffer[]): Buffer | undefined {
    return same[0];
  },
  /** Text of a sub-option that says who the gateway is; empty for what its parameter cannot hold. */
  gatewayValue(octets: Buffer, code: number): string {
    const end = octets.findLastIndex((octet) => octet !== 0) + 1;
    const text = octets.subarray(0, end).toString("utf8");
    const fits = end <= (LONGEST[code] ?? 0);
    return fits && Buffer.from(text).equals(octets.subarray(0, end)) && !CONTROL.test(text) ? text : "";
  },
  /** Which sub-option is which element (TR-111 1.2.5). What is not there is empty. */
  gatewayInfo(value: (code: number) => string): GatewayInfo {
    return { oui: value(4), serialNumber: value(5), productClass: value(6) };
  },
  /** GatewayInfo after an ACK: what the ACK says; `offered` is what the OFFER before it said, if there was one (TR-111 1.2.2). */
  recorded(heard: {
    readonly step: DhcpStep;
    readonly before: GatewayInfo;
    readonly acked: GatewayInfo;
    readonly offered: GatewayInfo | undefined;
  }): GatewayInfo {
    return heard.acked;
  },
  /** GatewayInfo after an OFFER: as it was, for an OFFER binds nobody. */
  recordedAtOffer(before: GatewayInfo, _offered: GatewayInfo): GatewayInfo {
    return before;
  },
  /** GatewayInfo once a lease has expired (TR-111 1.2.2). */
  infoAfterExpiry(_info: GatewayInfo): GatewayInfo {
    return NO_GATEWAY;
  },
  /** GatewayInfo once a server has taken the lease back. */
  infoAfterNak(_info: GatewayInfo): GatewayInfo {
    return NO_GATEWAY;
  },
  /** GatewayInfo of a phone whose DHCPINFORM nobody has answered. */
  infoWithoutAnswer(_info: GatewayInfo): GatewayInfo {
    return NO_GATEWAY;
  },
  /** GatewayInfo at a start of the phone, which the first answer is compared with: as it was kept. */
  infoAtBoot(kept: GatewayInfo): GatewayInfo {
    return kept;
  },
  /** Parameters that have changed, and are reported if the ACS wants to know (TR-111 1.2.2). */
  changedInfo(changed: readonly string[], _before: GatewayInfo, _after: GatewayInfo): readonly string[] {
    return changed;
  },
};
