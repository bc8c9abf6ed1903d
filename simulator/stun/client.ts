import { Alarms } from "../alarms.ts";
import type { Device } from "../device.ts";
import type { DatagramSocket, Endpoint, Network } from "../network.ts";
import type { Binding, Periods, Search } from "./binding-seams.ts";
import { decodeMessage } from "./message.ts";
import type { Purpose, SourcePort } from "./message-seams.ts";
import { NAT_DETECTED_NAME, type StunSettings, serverAddress, stunSettings, UDP_ADDRESS_NAME, writeBinding } from "./settings.ts";
import { Transactions } from "./transactions.ts";
import { type CallTaker, UdpCalls } from "./udp-calls.ts";

/** What the phone's CWMP agent does for the client. */
export interface StunAgent extends CallTaker {
  change(action: () => void): void;
  report(names: readonly string[], notification?: number): void;
}

export interface StunOptions {
  readonly device: Device;
  readonly network: Network;
  /** The phone's own address, as it is at the moment. */
  address(): string;
  readonly agent: StunAgent;
}

/** How many changes in a row are told before the next keep-alive, lest a mad NAT make the phone send without end. */
const ANNOUNCED_AT_MOST = 5;

/** Keeps a way through the NAT open for connection requests over UDP, and hears them: TR-069 Annex G, TR-111 part 2. */
export class StunClient {
  readonly #device: Device;
  readonly #network: Network;
  readonly #address: () => string;
  readonly #agent: StunAgent;
  readonly #alarms: Alarms;
  readonly #transactions: Transactions;
  readonly #calls: UdpCalls;
  #primary: DatagramSocket | undefined;
  #secondary: DatagramSocket | undefined;
  /** Which start of the client what is under way belongs to. */
  #life = 0;
  #settings: StunSettings | undefined;
  #server: Endpoint | undefined;
  #binding: Binding | undefined;
  /** Periods that were set when STUN began. */
  #periodsAtFirst: Periods = { minimum: 0, maximum: 0 };
  #search: Search = { lives: 0, gone: 0 };
  /** For how long the binding that is being tested was left alone, in seconds. */
  #waited = 0;
  /** When the primary port sent its last request. */
  #sentAt = 0;
  /** Requests with BINDING-CHANGE since the last keep-alive. */
  #announced = 0;
  #notifiedAt = Number.NEGATIVE_INFINITY;

  constructor({ device, network, address, agent }: StunOptions) {
    this.#device = device;
    this.#network = network;
    this.#address = address;
    this.#agent = agent;
    this.#alarms = new Alarms(device.clock);
    this.#calls = new UdpCalls(device, agent);
    this.#transactions = new Transactions(device, this.#alarms, {
      send: (octets, { source }, server) => this.#port(source)?.send(octets, server),
      answered: (purpose, mapped, port) => this.#answered(purpose, mapped, port),
      failed: (purpose) => this.#failed(purpose),
    });
  }

  /** Opens the port, this one if it is free, and begins. */
  async boot(port: number): Promise<void> {
    const { seams } = this.#device;
    if (seams.stun.presence(this.#device.kind) === "none") return;
    this.#life += 1;
    const life = this.#life;
    this.#calls.boot();
    const socket = await this.#open("primary", port).catch(() => this.#open("primary", 0));
    if (life !== this.#life) return socket.close();
    this.#primary = socket;
    this.#settings = stunSettings(this.#device);
    // What was shown before the start is shown until STUN has found out more.
    if (!this.#settings.enabled || this.#device.model.valueOf(UDP_ADDRESS_NAME) === "") this.#publish();
    if (this.#settings.enabled) await this.#discover();
  }

  /** Whether connection requests over TCP are refused at this moment. */
  get pausesTcp(): boolean {
    return this.#calls.pausesTcp;
  }

  /** Parameters may have been written. */
  follow(): void {
    const before = this.#settings;
    if (before === undefined) return;
    const now = stunSettings(this.#device);
    this.#settings = now;
    const { stun } = this.#device.seams;
    const isOther = (name: keyof StunSettings): boolean => before[name] !== now[name];
    if ((["enabled", "host", "port"] as const).some((name) => isOther(name) && stun.beginsAnewFor(name))) {
      if (now.enabled) {
        this.#stopSending();
        void this.#discover();
      } else this.#disable();
    } else if (now.enabled && (isOther("minimum") || isOther("maximum"))) this.#searchAnew();
  }

  /** The phone has another address than before: what the NAT had bound to that one is of no use. */
  moved(): void {
    if (this.#settings === undefined) return;
    if (this.#settings.enabled) {
      this.#stopSending();
      void this.#discover();
    } else this.#publish();
  }

  #disable(): void {
    this.#transactions.endAll();
    this.#binding = undefined;
    this.#publish();
    const seconds = this.#device.seams.stun.goesOnFor();
    if (seconds === 0) this.#stopSending();
    else this.#alarms.set("stop", seconds * 1000, () => this.#stopSending());
  }

  off(): void {
    this.#stopSending();
    this.#alarms.cancelAll();
    this.#life += 1;
    this.#primary?.close();
    this.#secondary?.close();
    this.#primary = undefined;
    this.#secondary = undefined;
    this.#settings = undefined;
  }

  get #periods(): Periods {
    return this.#device.seams.stun.periodsInForce(this.#settings ?? this.#periodsAtFirst, this.#periodsAtFirst);
  }

  get #local(): Endpoint {
    return { address: this.#address(), port: this.#primary?.port ?? 0 };
  }

  #port(source: SourcePort): DatagramSocket | undefined {
    return source === "primary" ? this.#primary : this.#secondary;
  }

  async #open(source: SourcePort, port: number): Promise<DatagramSocket> {
    const done = this.#device.clock.busy();
    try {
      return await this.#network.open({ port, received: (data, from) => this.#hear(data, from, source) });
    } finally {
      done();
    }
  }

  #stopSending(): void {
    this.#transactions.endAll();
    for (const name of ["keep-alive", "test", "stop"]) this.#alarms.cancel(name);
    this.#binding = undefined;
    this.#server = undefined;
  }

  /** Begins from the beginning: finds the server, and the binding through it (G.2.1.1). */
  async #discover(): Promise<void> {
    const settings = this.#settings;
    if (settings === undefined) return;
    const done = this.#device.clock.busy();
    const address = await serverAddress(settings.host, this.#device.hosts).finally(done);
    // The phone was switched off meanwhile, or told of another server.
    if (settings.host !== this.#settings?.host || !this.#settings.enabled) return;
    if (address === undefined) this.#device.log(`STUN server ${settings.host} is not known`);
    this.#server = address === undefined ? undefined : { address, port: settings.port };
    this.#announced = 0;
    this.#periodsAtFirst = this.#settings;
    this.#search = this.#device.seams.stun.searchBegins(this.#settings);
    this.#ask("keep-alive");
  }

  #ask(purpose: Purpose): void {
    const settings = this.#settings;
    const { stun } = this.#device.seams;
    const source = stun.sourceOf(purpose);
    if (source === "primary") {
      this.#sentAt = this.#device.clock.now();
      this.#arm();
    }
    if (settings === undefined || this.#server === undefined) return;
    const { username, password } = settings;
    const plan = { purpose, source, signed: false, username, mapped: this.#binding?.mapped };
    this.#transactions.begin(plan, { server: this.#server, username, password });
  }

  #answered(purpose: Purpose, mapped: Endpoint, port: SourcePort): void {
    const { stun } = this.#device.seams;
    const told = { mapped, translated: stun.isTranslated(this.#local, mapped) };
    const before = this.#binding;
    this.#binding = stun.bindingAfter(before, told, purpose === "probe" ? "probe" : "primary");
    // An answer to the secondary port does not show that the primary one can be reached.
    if (purpose === "probe") this.#tested(port === "primary");
    else if (this.#binding !== undefined) this.#found(before, this.#binding);
  }

  #found(before: Binding | undefined, now: Binding): void {
    const { stun } = this.#device.seams;
    this.#publish(before === undefined ? "first" : "later");
    if (now.translated !== before?.translated) this.#arm();
    if (!stun.announces(before, now, this.#announced) || this.#announced >= ANNOUNCED_AT_MOST) return;
    this.#announced += 1;
    this.#ask("change");
  }

  #failed(purpose: Purpose): void {
    const { stun } = this.#device.seams;
    if (purpose === "probe") this.#tested(false);
    else if (!stun.goesOnAfterFailure(purpose)) this.#stopSending();
    else if (purpose === "change" && stun.announcesAgain()) this.#ask("change");
  }

  /** The binding was found to live, or to be gone, after it was left alone (G.2.1.2). */
  #tested(alive: boolean): void {
    this.#search = this.#device.seams.stun.afterProbe(this.#search, this.#waited, alive, this.#periods);
    this.#keepAlive();
  }

  #keepAlive(): void {
    this.#announced = 0;
    this.#ask("keep-alive");
  }

  #searchAnew(): void {
    this.#search = this.#device.seams.stun.searchBegins(this.#periods);
    this.#arm();
  }

  /** Sets the alarm for what follows the last request of the primary port: the next one, or a test whose end is followed by it. */
  #arm(): void {
    const { stun } = this.#device.seams;
    for (const name of ["keep-alive", "test"]) this.#alarms.cancel(name);
    if (this.#settings === undefined) return;
    const set = (name: string, seconds: number, action: () => void): void =>
      this.#alarms.set(name, this.#sentAt + seconds * 1000 - this.#device.clock.now(), action);
    const seconds = stun.probeAfter(this.#search);
    if (stun.searches(this.#periods, this.#binding)) set("test", seconds, () => void this.#test(seconds));
    else set("keep-alive", stun.keepAliveAfter(this.#periods), () => this.#keepAlive());
  }

  async #test(seconds: number): Promise<void> {
    const life = this.#life;
    this.#waited = seconds;
    if (this.#secondary === undefined || this.#device.seams.stun.takesNewSecondary()) {
      this.#secondary?.close();
      this.#secondary = undefined;
      const socket = await this.#open("secondary", 0);
      if (life !== this.#life) return socket.close();
      this.#secondary = socket;
    }
    this.#ask("probe");
  }

  /** Shows what is known of the binding, and sees to it that the ACS learns of a change (G.2.1.3). */
  #publish(change: "first" | "later" = "first"): void {
    const { model, seams } = this.#device;
    const { stun } = seams;
    const changed = writeBinding(this.#device, (action) => this.#agent.change(action), {
      address: stun.requestAddress(this.#local, this.#binding, model.valueOf(UDP_ADDRESS_NAME)),
      natDetected: stun.natDetected(this.#binding, model.valueOf(NAT_DETECTED_NAME) === "true"),
    });
    this.#agent.report(changed.filter((name) => name !== UDP_ADDRESS_NAME));
    if (changed.includes(UDP_ADDRESS_NAME)) this.#notify(change);
  }

  #notify(change: "first" | "later"): void {
    const { clock, model, seams } = this.#device;
    const parameter = model.parameter(UDP_ADDRESS_NAME);
    if (parameter === undefined) return;
    const notification = seams.stun.notification(model.attributes(parameter).notification, change);
    const since = (clock.now() - this.#notifiedAt) / 1000;
    const limit = stunSettings(this.#device).notificationLimit;
    const delay = seams.stun.notificationDelay(since, limit, notification === 2);
    if (delay === undefined) return;
    this.#alarms.set("notify", delay * 1000, () => {
      this.#notifiedAt = clock.now();
      this.#agent.report([UDP_ADDRESS_NAME], notification);
    });
  }

  #hear(data: Buffer, from: Endpoint, port: SourcePort): void {
    const { stun } = this.#device.seams;
    switch (stun.kindOf(data)) {
      case "stun": {
        const message = decodeMessage(data);
        if (message !== undefined) this.#transactions.hear(message, port);
        break;
      }
      case "request":
        if (port === "primary") this.#hearRequest(data, from);
        break;
      case "garbage":
        if (!stun.survives(data)) this.off();
        break;
    }
  }

  #hearRequest(data: Buffer, from: Endpoint): void {
    const stun = { enabled: this.#settings?.enabled ?? false, translated: this.#binding?.translated ?? false };
    const reply = this.#calls.hear(data, stun);
    if (reply !== undefined) this.#primary?.send(Buffer.from(reply), from);
  }
}
