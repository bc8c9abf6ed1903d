import { Alarms } from "../alarms.ts";
import type { Clock } from "../clock.ts";
import type { DatagramSocket, InterfaceAddress, LanPort } from "../network.ts";
import { isReadable, type Lease, readLease, timesOf } from "./lease.ts";
import { type DhcpMessage, decodeMessage, MESSAGE_TYPE, OPTION } from "./message.ts";
import { type About, makeRequest } from "./request.ts";
import type { DhcpSeams } from "./seams.ts";
import type { DhcpStep } from "./sending-seams.ts";

export interface DhcpClientOptions {
  readonly clock: Clock;
  readonly port: LanPort;
  readonly seams: DhcpSeams;
  /** In [0, 1). */
  random(): number;
  about(step: DhcpStep): About;
}

/** What the client tells the phone. Called while no datagram is waited for. */
export interface DhcpEvents {
  /** An ACK has come; `offered` is the OFFER before it, where there was one. */
  acked(lease: Lease, step: DhcpStep, offered: Lease | undefined): void;
  offered(offer: Lease): void;
  /** The address is gone. */
  lost(why: "expired" | "refused"): void;
  /** Nobody has answered a DHCPINFORM. */
  unanswered(): void;
}

/** How the phone comes to its address: by DHCP, or it has one and tells. */
export type Addressing =
  | { readonly kind: "dhcp"; readonly before: InterfaceAddress | undefined }
  | { readonly kind: "static"; readonly address: InterfaceAddress };

/** A question that is sent until it is answered, given up or overtaken. */
interface Exchange {
  readonly step: DhcpStep;
  readonly xid: number;
  /** When the phone began to ask, in milliseconds of the clock. */
  readonly since: number;
  readonly address: string;
  readonly server: string;
  readonly offer: Lease | undefined;
  /** What the answer to an OFFER repeats of the message that it was the answer to (RFC 2131 4.4.1). */
  readonly secs?: number;
  sent: number;
  /** When it was sent last, in milliseconds of the clock. */
  sentAt: number;
}

/** A question for an address, or one that only asks. */
type Slot = "lease" | "inform";

/** Alarms that go with a lease. */
const LEASE_ALARMS = ["renewal", "rebinding", "end"];

const CLIENT_PORT = 68;
const SERVER_PORT = 67;

/** A client of DHCP (RFC 2131 4.4). */
export class DhcpClient {
  readonly #options: DhcpClientOptions;
  readonly #events: DhcpEvents;
  readonly #alarms: Alarms;
  readonly #exchanges = new Map<Slot, Exchange>();
  #socket: DatagramSocket | undefined;
  /** Grows when the client is started or stopped: what was begun before is of no interest then. */
  #life = 0;
  #lease: Lease | undefined;
  /** When rebinding begins and when the lease ends, in milliseconds of the clock. */
  #ends = { rebinding: 0, lease: 0 };

  constructor(options: DhcpClientOptions, events: DhcpEvents) {
    this.#options = options;
    this.#events = events;
    this.#alarms = new Alarms(options.clock);
  }

  /** Begins to ask, after whatever it did before. Never throws. */
  async start(addressing: Addressing): Promise<void> {
    this.stop();
    const life = this.#life;
    const { port, seams } = this.#options;
    const isStatic = addressing.kind === "static";
    await this.#busy(async () => {
      await port.configure(isStatic ? addressing.address : undefined);
      const socket = await port.open({ port: CLIENT_PORT, received: (data) => this.#hear(data) });
      if (life === this.#life) this.#socket = socket;
      else socket.close();
    });
    if (life !== this.#life) return;
    if (isStatic) return this.#ask("inform", { step: "inform", address: addressing.address.address });
    const first = addressing.before === undefined ? "discover" : seams.firstStep(true);
    this.#ask("lease", { step: first, address: addressing.before?.address ?? "" });
  }

  stop(): void {
    this.#life += 1;
    this.#alarms.cancelAll();
    this.#exchanges.clear();
    this.#socket?.close();
    this.#socket = undefined;
    this.#lease = undefined;
  }

  /** Asks for what DHCP says besides the address, which stays as it is (RFC 2131 4.4.3). */
  inform(address: string): void {
    this.#ask("inform", { step: "inform", address });
  }

  async #busy(action: () => Promise<void>): Promise<void> {
    const done = this.#options.clock.busy();
    try {
      await action();
    } finally {
      done();
    }
  }

  #ask(slot: Slot, asked: Pick<Exchange, "step" | "address"> & Partial<Exchange>): void {
    const { clock, random } = this.#options;
    const xid = Math.floor(random() * 0x1_00_00_00_00);
    this.#exchanges.set(slot, { xid, since: clock.now(), server: "", offer: undefined, ...asked, sent: 0, sentAt: 0 });
    this.#send(slot);
  }

  #send(slot: Slot): void {
    const exchange = this.#exchanges.get(slot);
    if (exchange === undefined) return;
    const { clock, seams, random, about } = this.#options;
    const { step, server } = exchange;
    const { secs = (clock.now() - exchange.since) / 1000 } = exchange;
    const octets = makeRequest(seams, about(step), { ...exchange, secs });
    this.#socket?.send(octets, { address: seams.destination(step, server), port: SERVER_PORT });
    exchange.sent += 1;
    exchange.sentAt = clock.now();
    const end = step === "renewal" ? this.#ends.rebinding : step === "rebinding" ? this.#ends.lease : undefined;
    const wait =
      end === undefined
        ? seams.retransmission(exchange.sent, random())
        : seams.renewalWait(Math.max(0, (end - clock.now()) / 1000));
    if (wait === undefined) this.#alarms.cancel(slot);
    else this.#alarms.set(slot, wait * 1000, () => this.#unanswered(slot, exchange));
  }

  #unanswered(slot: Slot, { step, sent }: Exchange): void {
    if (step === "renewal" || step === "rebinding" || sent < this.#options.seams.attempts(step)) {
      this.#send(slot);
      return;
    }
    this.#exchanges.delete(slot);
    if (slot === "lease") this.#ask("lease", { step: "discover", address: "" });
    else this.#events.unanswered();
  }

  #settle(slot: Slot): void {
    this.#exchanges.delete(slot);
    this.#alarms.cancel(slot);
  }

  #hear(data: Buffer): void {
    const message = decodeMessage(data);
    if (message === undefined) return;
    const { seams, port } = this.#options;
    const type = message.options.find(({ code }) => code === OPTION.messageType)?.data[0];
    const mine = [...this.#exchanges].find(([, { xid }]) => seams.isMine(message, { xid, mac: port.mac }));
    if (mine !== undefined) this.#take(...mine, type, message);
  }

  #take(slot: Slot, exchange: Exchange, type: number | undefined, message: DhcpMessage): void {
    const { seams } = this.#options;
    if (exchange.step === "discover") {
      if (type === MESSAGE_TYPE.offer && seams.takesOffer(message)) this.#choose(exchange, message);
    } else if (type === MESSAGE_TYPE.nak && slot === "lease") this.#lose("refused");
    else if (type === MESSAGE_TYPE.ack) {
      const lease = readLease(seams, message, slot === "inform" ? exchange.address : message.yiaddr);
      if (!seams.takesAck(isReadable(seams, lease))) return;
      this.#settle(slot);
      if (slot === "inform") this.#events.acked(lease, "inform", undefined);
      else void this.#bind(exchange, lease);
    }
  }

  #choose({ xid, since, sentAt }: Exchange, message: DhcpMessage): void {
    const offer = readLease(this.#options.seams, message, message.yiaddr);
    this.#events.offered(offer);
    const secs = (sentAt - since) / 1000;
    this.#ask("lease", { step: "request", xid, since, secs, address: offer.address, server: offer.server, offer });
  }

  async #bind({ step, server, offer }: Exchange, acked: Lease): Promise<void> {
    const { clock, seams } = this.#options;
    const life = this.#life;
    // A server that does not say who it is, is the one that was asked.
    const lease = acked.server === "" ? { ...acked, server } : acked;
    const times = timesOf(seams, lease);
    const now = clock.now();
    const { address, prefix, router } = lease;
    const isOther = this.#lease?.address !== address || this.#lease.prefix !== prefix || this.#lease.router !== router;
    this.#lease = lease;
    const given = { address, prefix, ...(router === undefined ? {} : { router }) };
    const isUsable = !isOther || (await this.#canUse(given));
    if (life !== this.#life) return;
    if (!isUsable) {
      this.#lose("refused");
      return;
    }
    this.#ends = { rebinding: now + times.rebinding * 1000, lease: now + times.lease * 1000 };
    for (const name of LEASE_ALARMS) this.#alarms.cancel(name);
    this.#events.acked(lease, step, offer);
    if (life !== this.#life || times.lease === Number.POSITIVE_INFINITY) return;
    this.#alarms.set("renewal", times.renewal * 1000, () => this.#renew("renewal"));
    this.#alarms.set("rebinding", times.rebinding * 1000, () => this.#renew("rebinding"));
    this.#alarms.set("end", times.lease * 1000, () => this.#lose("expired"));
  }

  /** Puts an address on the interface, unless it is none for it. */
  async #canUse(address: InterfaceAddress): Promise<boolean> {
    try {
      await this.#busy(() => this.#options.port.configure(address));
      return true;
    } catch {
      return false;
    }
  }

  #renew(step: "renewal" | "rebinding"): void {
    const { address = "", server = "" } = this.#lease ?? {};
    this.#ask("lease", { step, address, server });
  }

  /** The address is not the phone's any more: it begins anew. */
  #lose(why: "expired" | "refused"): void {
    const hadLease = this.#lease !== undefined;
    const { port, seams, random } = this.#options;
    const life = this.#life;
    for (const name of LEASE_ALARMS) this.#alarms.cancel(name);
    this.#settle("lease");
    this.#settle("inform");
    this.#lease = undefined;
    if (hadLease) this.#events.lost(why);
    const again = (): void => {
      if (life === this.#life) this.#ask("lease", { step: "discover", address: "" });
    };
    const pause = why === "refused" ? seams.pauseAfterNak(random()) * 1000 : 0;
    void this.#busy(() => port.configure(undefined)).then(() => {
      if (life === this.#life) this.#alarms.set("lease", pause, again);
    });
  }
}
