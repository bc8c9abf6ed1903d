import type { DeviceKind } from "../device-kind.ts";
import type { DhcpOption } from "./message.ts";

/** What DHCP says of the ACS, as text (TR-069 3.1, Table 2); undefined where it says nothing. */
export interface AcsOptions {
  readonly url: string | undefined;
  readonly provisioningCode: string | undefined;
  readonly retryMinimumWait: string | undefined;
  readonly retryMultiplier: string | undefined;
}

/** How the ACS was found: by the first contact after a factory reset that was a success; empty before there was one. */
export type AcsOrigin = "" | "dhcp" | "other";

const END = 255;

/** How a device finds its ACS by DHCP (TR-069 3.1). */
export const discoverySeams = {
  /** Whether a device does that at all. */
  findsAcsByDhcp(kind: DeviceKind): boolean {
    return kind === "cwmp";
  },
  /** Options inside of option 43, which may be padded, and ended as a message is (RFC 2132 8.4). One that runs over the end spoils them all. */
  encapsulated(octets: Buffer): readonly DhcpOption[] {
    const options: DhcpOption[] = [];
    for (let at = 0; at < octets.length; ) {
      const code = octets[at] ?? END;
      if (code === END) break;
      if (code === 0) {
        at += 1;
        continue;
      }
      const start = at + 2;
      const end = start + (octets[at + 1] ?? 0);
      if (start > octets.length || end > octets.length) return [];
      options.push({ code, data: octets.subarray(start, end) });
      at = end;
    }
    return options;
  },
  /** Whether option 43 is meant for this device; `vendorClass` is the option 60 of the answer, which no clause asks of a server. */
  isForUs(_vendorClass: string | undefined): boolean {
    return true;
  },
  /** Text of one of them: a NUL at its end is not part of it. */
  acsText(octets: Buffer): string {
    return octets.toString("utf8").replace(/\0$/, "");
  },
  /** Which option is which (TR-069 3.1, Table 2). */
  acsOptions(text: (code: number) => string | undefined): AcsOptions {
    return { url: text(1), provisioningCode: text(2), retryMinimumWait: text(3), retryMultiplier: text(4) };
  },
  /** Whether this can be the URL of an ACS: absolute, of HTTP or HTTPS. */
  isAcsUrl(text: string): boolean {
    return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  },
  /** Whether the device looks for its ACS because it knows none. */
  asksWithoutUrl(): boolean {
    return true;
  },
  /**
   * Whether the device looks for its ACS because it cannot reach the one that it knows: only when that one's URL came by DHCP
   * (`isByDhcp`), or when the first one did.
   */
  asksWhenUnreachable(isByDhcp: boolean, origin: AcsOrigin): boolean {
    return isByDhcp || origin === "dhcp";
  },
  /** Milliseconds without a TCP connection after which an ACS is out of reach. */
  unreachableAfter(): number {
    return 300_000;
  },
  /** Milliseconds after which a device without a URL asks again. */
  askAgainAfter(): number {
    return 300_000;
  },
  /** The URL after an answer to a device that looked for its ACS. */
  urlAfter(before: string, found: string | undefined): string {
    return found ?? before;
  },
  /** Whether the answer to a DHCPDISCOVER or DHCPREQUEST is looked at for the ACS of a device that has a URL and can reach it. */
  takesUnasked(_url: string): boolean {
    return false;
  },
  /** How the ACS was found, once a contact was a success: what was kept since the last factory reset, else as it is now. */
  originAfterContact(kept: AcsOrigin, isByDhcp: boolean): AcsOrigin {
    return kept === "" ? (isByDhcp ? "dhcp" : "other") : kept;
  },
  /** What a device that starts anew remembers of it. */
  originAtBoot(kept: AcsOrigin): AcsOrigin {
    return kept;
  },
  /** The values besides the URL that are used. */
  usedValues(found: AcsOptions): Omit<AcsOptions, "url"> {
    return found;
  },
};
