import type { Acs } from "../acs/acs.ts";
import { inWords, type Patience } from "../acs/patience.ts";
import type { Session } from "../acs/session.ts";
import { Inconclusive } from "../core/case.ts";
import type { Clock } from "../core/clock.ts";
import type { GatewayPort } from "../core/network.ts";
import type { GatewayIdentity, HeardDhcp } from "../dhcp/dhcp.ts";
import { type GatewayDhcpServer, startDhcpServer } from "../dhcp/server.ts";
import { type GatewayDnsServer, startDnsServer } from "../dns/dns-server.ts";
import { type GatewayMdnsPeer, startMdnsPeer } from "../dns/mdns-peer.ts";
import type { Recording } from "../trace/recording.ts";
import { type DhcpMessage, optionOf } from "../wire/dhcp.ts";
import { ACS, OPTION } from "../wire/dhcp-names.ts";
import { writeEncapsulated } from "../wire/dhcp-vendor.ts";
import type { LanBench } from "./lan-bench.ts";

/** Who the gateway is by default; the OUI is one that IANA has for documents (RFC 7042 2.1). */
const GATEWAY: Required<GatewayIdentity> = { oui: "00005E", serial: "ASSAY-GW-0001", productClass: "CpeAssayGateway" };

/** Milliseconds to T1 up to which a renewal is waited for. */
const WORTH_WAITING = 60_000;

/** Milliseconds in which a client without a lease asks again, however long it has been silent before (RFC 2131 4.1: 64 s, give or take). */
const ASKS_AGAIN = 90_000;

const ASKING: readonly HeardDhcp["step"][] = ["discover", "request", "inform"];
const EXTENDING: readonly HeardDhcp["step"][] = ["renewal", "rebinding"];

export interface LanOptions {
  readonly port: GatewayPort;
  readonly clock: Clock;
  readonly recording: Recording;
}

/** How a device is made to start anew. */
export interface LanManagement {
  readonly patience: Patience;
  /** Absent for a device without CWMP. */
  readonly acs?: Acs;
  /** Makes a device without CWMP start anew; resolves when it has been told, or is back. */
  restart?(): Promise<unknown>;
}

/**
 * Starts what a gateway has: DHCP, DNS and multicast DNS. It answers from now on, so that a phone has a lease before anything is known of it.
 * @throws Error with the code of the system when a port cannot be had
 */
export async function startLan(options: LanOptions): Promise<LiveLan> {
  const { port, ...wire } = options;
  const dhcp = await startDhcpServer({ ...options, gateway: GATEWAY });
  const dns = await startDnsServer({ ...wire, network: port });
  const mdns = await startMdnsPeer({ ...wire, network: port });
  return new LiveLan(options, { dhcp, dns, mdns });
}

interface Services {
  readonly dhcp: GatewayDhcpServer;
  readonly dns: GatewayDnsServer;
  readonly mdns: GatewayMdnsPeer;
}

/** The gateway of a run, and the ways to make the phone ask it. */
export class LiveLan implements LanBench {
  readonly dhcp: GatewayDhcpServer;
  readonly dns: GatewayDnsServer;
  readonly mdns: GatewayMdnsPeer;
  readonly address: string;
  readonly #clock: Clock;
  #management: LanManagement | undefined;

  constructor({ port, clock }: Pick<LanOptions, "port" | "clock">, { dhcp, dns, mdns }: Services) {
    this.dhcp = dhcp;
    this.dns = dns;
    this.mdns = mdns;
    this.address = port.address;
    this.#clock = clock;
  }

  /** Enough is known of the phone to make it start anew. */
  manage(management: LanManagement): void {
    this.#management = management;
  }

  /** Every client is told this ACS from now on (TR-069 3.1), where a case does not say otherwise. */
  tellAcs(url: string): void {
    this.dhcp.tells = [{ code: OPTION.vendorSpecific, octets: writeEncapsulated([{ code: ACS.url, value: url }]) }];
  }

  async restart(): Promise<Session> {
    const { acs, patience } = this.#managed();
    if (acs === undefined) throw new Inconclusive("precondition", "a device without CWMP cannot be told to reboot by an ACS");
    const session = await acs.session();
    const reply = await session.reboot("assay");
    if (reply.kind !== "response") {
      await session.end();
      throw new Inconclusive("control-failed", `the phone answered Reboot with: ${reply.summary.value ?? "nothing"}`);
    }
    const mark = this.#latest();
    const back = await acs.session({ trigger: () => session.end(), event: "1 BOOT", within: patience.reboot });
    // Some bring CWMP up before they ask.
    const asked = await this.#heardAfter(mark, patience.contact, ({ step }) => ASKING.includes(step));
    if (asked !== undefined) return back;
    await back.end();
    throw new Inconclusive("control-failed", "the phone has started anew, and did not ask for a lease on its way");
  }

  async startAnew(): Promise<HeardDhcp> {
    const { acs, patience, restart } = this.#managed();
    const mark = this.#latest();
    if (acs !== undefined) await (await this.restart()).end();
    else if (restart !== undefined) await restart();
    else throw new Inconclusive("precondition", "there is no way to make the device start anew");
    const granted = await this.#heardAfter(mark, patience.reboot, (one) => ASKING.includes(one.step) && isAck(one));
    if (granted !== undefined) return granted;
    throw new Inconclusive("control-failed", `the phone has got no lease within ${inWords(patience.reboot)} of its start`);
  }

  async renewed(): Promise<HeardDhcp> {
    if (this.#untilRenewal() > WORTH_WAITING) {
      this.dhcp.shortLeases = true;
      await this.startAnew();
    }
    const { lease } = this.dhcp;
    if (lease === undefined) throw new Inconclusive("precondition", "the phone has no lease that it could renew");
    const left = lease.since + lease.seconds * 1000 - this.#clock.now();
    const heard = await this.dhcp.next(EXTENDING, left);
    if (heard !== undefined) return heard;
    throw new Inconclusive("control-failed", `the phone let its lease of ${lease.seconds} s run out without asking for more`);
  }

  /** A case is over: everything answers as by default again. */
  answerAsUsual(): void {
    for (const service of [this.dhcp, this.dns, this.mdns]) service.settle();
  }

  /**
   * Waits until the phone has heard the usual answers, where the last ones were others, and helps it to where it does not ask.
   * @returns what was left behind, a sentence each
   */
  async settle(): Promise<readonly string[]> {
    try {
      await this.#makeGood();
    } catch (error) {
      if (!(error instanceof Inconclusive)) throw error;
      return [`the phone does not know its gateway as before: ${error.message}`];
    }
    return this.dhcp.owes === "nothing"
      ? []
      : ["the phone has not asked for its lease again, and may not know its gateway as before"];
  }

  stop(): void {
    for (const service of [this.dhcp, this.dns, this.mdns]) service.stop();
  }

  async #makeGood(): Promise<void> {
    const { owes } = this.dhcp;
    if (owes === "nothing" || this.#management === undefined) return;
    if (owes === "inform" || (owes === "renewal" && this.#untilRenewal() > WORTH_WAITING)) {
      await this.startAnew();
      return;
    }
    const { acs, patience } = this.#management;
    const steps = owes === "lease" ? ASKING : [...EXTENDING, ...ASKING];
    const before = this.dhcp.heard.findLast(isAck);
    const again = await this.#heardAfter(this.#latest(), ASKS_AGAIN, (one) => steps.includes(one.step) && isAck(one));
    if (again === undefined) await this.startAnew();
    // It tells the ACS at once that its gateway is another one.
    else if (vendorOption(again) !== vendorOption(before))
      await (await acs?.contact({ trigger: "none", within: patience.contact }).catch(() => undefined))?.end();
  }

  /** Milliseconds until the phone renews its lease by itself; infinite where it has none. */
  #untilRenewal(): number {
    const { lease } = this.dhcp;
    return lease === undefined ? Number.POSITIVE_INFINITY : lease.since + lease.seconds * 500 - this.#clock.now();
  }

  #managed(): LanManagement {
    if (this.#management === undefined) throw new Inconclusive("precondition", "nothing is known of the phone yet");
    return this.#management;
  }

  /** A mark for `heardAfter`. */
  #latest(): number {
    return this.dhcp.heard.at(-1)?.record.number ?? 0;
  }

  /** The first message of the phone after a mark that fits, or the next one. */
  async #heardAfter(mark: number, within: number, fits: (heard: HeardDhcp) => boolean): Promise<HeardDhcp | undefined> {
    const deadline = this.#clock.now() + within;
    for (;;) {
      const found = this.dhcp.heard.find((one) => one.record.number > mark && fits(one));
      const left = deadline - this.#clock.now();
      if (found !== undefined || left <= 0) return found;
      await this.dhcp.next([...ASKING, ...EXTENDING], left);
    }
  }
}

const replyOf = (heard: HeardDhcp | undefined): DhcpMessage | undefined =>
  heard?.reply?.content.kind === "dhcp" ? heard.reply.content.message : undefined;

const isAck = (heard: HeardDhcp): boolean => replyOf(heard)?.type === "ACK";

/** What the gateway said of itself. */
function vendorOption(heard: HeardDhcp | undefined): string | undefined {
  const reply = replyOf(heard);
  return reply && optionOf(reply, OPTION.vendorIdentifyingInformation)?.octets.toString("hex");
}
