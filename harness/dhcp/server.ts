import type { Clock } from "../core/clock.ts";
import type { Endpoint, GatewayPort } from "../core/network.ts";
import { Upcoming } from "../core/upcoming.ts";
import type { DatagramContent, DatagramRecord } from "../trace/datagram.ts";
import { Kept } from "../trace/kept.ts";
import { type DatagramName, openRecorded, type RecordedSocket } from "../trace/recorded-socket.ts";
import type { Recording } from "../trace/recording.ts";
import { type DhcpMessage, type DhcpOption, decodeDhcp, numberOctets } from "../wire/dhcp.ts";
import { BROADBAND_FORUM, DEVICE } from "../wire/dhcp-names.ts";
import { subOptionOf, vendorInformationOf } from "../wire/dhcp-vendor.ts";
import type { DhcpReply, DhcpServer, DhcpStep, GatewayIdentity, HeardDhcp, Lease } from "./dhcp.ts";
import { type Answer, answerTo, gatewayOption, nakTo } from "./replies.ts";
import { isStep, stepOf, wantedAddress } from "./steps.ts";

/** Ports of servers and clients (RFC 2131 4.1). */
const PORT = { server: 67, client: 68 };
const BROADCAST: Endpoint = { address: "255.255.255.255", port: PORT.client };
const NOWHERE = "0.0.0.0";

/**
 * Seconds of a lease: as a home gateway's, and one that a case can see renewed. In a lab the phone has to find its way back to the router
 * of its LAN soon after we have gone.
 */
const LEASE = { long: 7 * 86_400, lab: 3600, short: 60 };

/** Messages of the phone that are kept for cases. */
const KEPT_HEARD = 10_000;

const USUAL: Answer = { kind: "answer" };
const ALL_USUAL: Readonly<Record<DhcpStep, DhcpReply>> = {
  discover: USUAL,
  request: USUAL,
  renewal: USUAL,
  rebinding: USUAL,
  inform: USUAL,
};

export interface DhcpServerOptions {
  readonly port: GatewayPort;
  readonly clock: Clock;
  readonly recording: Recording;
  /** Who the gateway is by default. */
  readonly gateway: Required<GatewayIdentity>;
}

/** Starts a server on port 67 of the gateway. @throws Error with the code of the system, EADDRINUSE or EACCES */
export async function startDhcpServer(options: DhcpServerOptions): Promise<GatewayDhcpServer> {
  const server = new GatewayDhcpServer(options);
  await server.start();
  return server;
}

/**
 * A DHCPv4 server as in a gateway that takes part in device-gateway association (TR-111 Part 1, 1.2.1). It leases one address, and
 * never throws for what a client sends.
 */
export class GatewayDhcpServer implements DhcpServer {
  readonly gateway: Required<GatewayIdentity>;
  /** Whether leases are short enough to be seen renewed, where a reply does not say how long. */
  shortLeases = false;
  /** Options beside those of a lease that every client is told, where a reply has none of the same code. */
  tells: readonly DhcpOption[] = [];
  readonly #options: DhcpServerOptions;
  readonly #heard = new Kept<HeardDhcp>(KEPT_HEARD);
  readonly #upcoming: Upcoming<HeardDhcp>;
  /** Hardware addresses of clients that have told who they are: all later responses to them tell who the gateway is (TR-111 1.2.1). */
  readonly #identified = new Set<string>();
  readonly #known = new Map<string, string>();
  #replies = ALL_USUAL;
  #lease: Lease | undefined;
  #lastAck: { readonly step: DhcpStep; readonly usual: boolean } | undefined;
  #others = 0;
  /** Messages are answered one after the other, in the order in which they came. */
  #work: Promise<void> = Promise.resolve();
  #socket: RecordedSocket | undefined;

  constructor(options: DhcpServerOptions) {
    this.#options = options;
    this.gateway = options.gateway;
    this.#upcoming = new Upcoming(options.clock);
  }

  async start(): Promise<void> {
    const { port } = this.#options;
    const only = port.onlyClient?.replaceAll(":", "").toLowerCase();
    this.#socket = await openRecorded(port, this.#options, {
      port: PORT.server,
      decode: readDatagram,
      drops: (octets) => {
        // Octet 28 begins the hardware address of the client.
        const isOther = only !== undefined && octets.toString("hex", 28, 34) !== only;
        if (isOther) this.#others += 1;
        return isOther;
      },
      received: (record) => this.#received(record),
    });
  }

  stop(): void {
    this.#socket?.close();
    this.#socket = undefined;
  }

  get heard(): readonly HeardDhcp[] {
    return this.#heard.all;
  }

  /** Messages that came from clients which are not the phone, and were neither answered nor recorded. */
  get others(): number {
    return this.#others;
  }

  get lease(): Lease | undefined {
    const held = this.#lease;
    return held !== undefined && this.#options.clock.now() < held.since + held.seconds * 1000 ? held : undefined;
  }

  /** What the phone has to ask for until it is as by default again: its lease, where it has lost it, or what the last ACK told otherwise. */
  get owes(): "nothing" | "lease" | "renewal" | "inform" {
    const last = this.#lastAck;
    if (last === undefined) return "nothing";
    if (last.step === "inform") return last.usual ? "nothing" : "inform";
    if (this.lease === undefined) return "lease";
    return last.usual ? "nothing" : "renewal";
  }

  answers(replies: Partial<Record<DhcpStep, DhcpReply>>): void {
    for (const reply of Object.values(replies)) {
      if (reply.kind !== "answer") continue;
      // What cannot be written is the case's mistake, and has to show there.
      gatewayOption(reply.gateway ?? {});
      numberOctets(reply.lease ?? 0, 4);
    }
    this.#replies = { ...this.#replies, ...replies };
  }

  /** Between two cases: it answers as by default again. */
  settle(): void {
    this.#replies = ALL_USUAL;
  }

  next(steps: readonly HeardDhcp["step"][], within: number): Promise<HeardDhcp | undefined> {
    return this.#upcoming.next(({ step }) => steps.includes(step), within);
  }

  #received(record: DatagramRecord): void {
    if (record.content.kind !== "dhcp" || record.content.message.op !== 1) return;
    const { message } = record.content;
    const done = this.#options.clock.busy();
    this.#work = this.#work.then(() => this.#handle(record, message)).finally(done);
  }

  async #handle(record: DatagramRecord, message: DhcpMessage): Promise<void> {
    const step = stepOf(message, record, this.#options.port.address, this.lease?.address);
    if (step === "decline" || step === "release" || step === "discover") this.#lease = undefined;
    if (tellsIdentity(message)) this.#identified.add(message.chaddr);
    const reply = isStep(step) ? await this.#answer(step, record, message) : undefined;
    this.#upcoming.tell(this.#heard.append({ step, message, record, reply }));
  }

  async #answer(step: DhcpStep, record: DatagramRecord, request: DhcpMessage): Promise<DatagramRecord | undefined> {
    const { port, clock } = this.#options;
    const reply = this.#replies[step];
    const wanted = wantedAddress(step, request, port.address);
    if (reply.kind === "silence" || wanted.kind === "other-server") return undefined;
    if (reply.kind === "nak" || (wanted.kind === "address" && wanted.address !== port.phoneAddress)) {
      this.#lease = undefined;
      return this.#socket?.send(nakTo(request, port.address), BROADCAST);
    }
    const lease = step === "inform" ? undefined : (reply.lease ?? LEASE[this.#usualLease]);
    const gateway = this.#identified.has(request.chaddr) ? this.gateway : {};
    const type = step === "discover" ? "OFFER" : "ACK";
    const octets = answerTo(request, type, reply, {
      port,
      address: port.phoneAddress,
      lease,
      gateway,
      tells: this.tells,
    });
    const sent = this.#socket?.send(octets, await this.#addressFor(step, record, request));
    if (type === "ACK") this.#lastAck = { step, usual: Object.keys(reply).length === 1 };
    if (type === "ACK" && lease !== undefined) this.#lease = { address: port.phoneAddress, seconds: lease, since: clock.now() };
    return sent;
  }

  get #usualLease(): keyof typeof LEASE {
    if (this.shortLeases) return "short";
    return this.#options.port.onlyClient === undefined ? "long" : "lab";
  }

  /** Where an OFFER or ACK goes (RFC 2131 4.1). There are no relay agents here: giaddr tells nothing. */
  async #addressFor(step: DhcpStep, { source }: DatagramRecord, request: DhcpMessage): Promise<Endpoint> {
    const has = step === "inform" && request.ciaddr === NOWHERE ? source.address : request.ciaddr;
    if (has === NOWHERE && (request.broadcast || step === "inform")) return BROADCAST;
    const address = has === NOWHERE ? this.#options.port.phoneAddress : has;
    if (!/^([\da-f]{2}:){5}[\da-f]{2}$/i.test(request.chaddr)) return BROADCAST;
    if (this.#known.get(address) !== request.chaddr) {
      this.#known.set(address, request.chaddr);
      // Without it the datagram may be lost, as on any network.
      await this.#options.port.know(address, request.chaddr).catch(() => this.#known.delete(address));
    }
    return { address, port: PORT.client };
  }
}

/** Whether a request holds a device identity (TR-111 1.2.1): its OUI or its serial number is enough. */
function tellsIdentity(message: DhcpMessage): boolean {
  const information = vendorInformationOf(message);
  if (information === undefined) return false;
  return [DEVICE.oui, DEVICE.serial].some((code) => subOptionOf(information, BROADBAND_FORUM, code) !== undefined);
}

/** What is too short, or has another cookie, is no DHCP message; those who speak BOOTP alone are not served either. */
function readDatagram(octets: Buffer, name: DatagramName): DatagramContent {
  const message = decodeDhcp(octets, name);
  const wrong =
    message.type === undefined ? message.problems.find(({ kind }) => kind === "cookie" || kind === "truncated") : undefined;
  return wrong === undefined ? { kind: "dhcp", message } : { kind: "unknown", problem: wrong.text };
}
