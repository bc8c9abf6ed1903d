import { Alarms } from "../alarms.ts";
import { GATEWAY_INFO_NAMES, RETRY_MINIMUM_NAME, RETRY_MULTIPLIER_NAME } from "../data-model/standard.ts";
import type { Device } from "../device.ts";
import { AcsClient, type AcsMemory } from "../http/client.ts";
import type { QueuedEvent } from "../state.ts";
import { Calendar } from "./calendar.ts";
import { EventQueue } from "./event-queue.ts";
import { type Inform, makeInform } from "./inform.ts";
import { RpcServer } from "./rpc.ts";
import { Session } from "./session.ts";
import type { ContactCause } from "./session-seams.ts";
import { Transfers } from "./transfers.ts";

/** What, when it changes, changes what the phone does of its own accord. */
interface Watched {
  readonly managed: boolean;
  readonly url: string;
  readonly bootstrapOwed: boolean;
  readonly periodic: string;
}

/** The phone as a CPE: when it contacts its ACS, and what comes of it (TR-069 3.2.1, 3.7). */
export class Agent {
  readonly #device: Device;
  readonly #alarms: Alarms;
  readonly #queue: EventQueue;
  readonly #calendar: Calendar;
  readonly #transfers: Transfers;
  readonly #rpc: RpcServer;
  /** Kept by all sessions of the phone; a correct phone leaves nothing in it. */
  readonly #memory: AcsMemory = { cookies: [], redirected: undefined, connections: 0 };
  readonly #clients = new Set<AcsClient>();
  #on = false;
  /** Whether this start has been told to an ACS, or is about to be. */
  #startTold = false;
  /** Which start of the phone a session belongs to. */
  #life = 0;
  #sessions = 0;
  /** Row of the retry table that the last failure is waited for in. */
  #row = 0;
  /** Whether something has happened that no Inform has told yet. */
  #news = false;
  #messages = 0;
  #promised = 0;
  #wantsReboot = false;
  #wantsReset = false;
  /** Whether a connection request has come that the present session has not been asked about. */
  #called = false;
  /** Connection requests that get a session of their own after the present one. */
  #unjoined = 0;
  /** Inform of the last session, if that has failed. */
  #failed: Inform | undefined;
  #whenIdle: (() => void)[] = [];

  constructor(device: Device) {
    this.#device = device;
    this.#alarms = new Alarms(device.clock);
    this.#queue = new EventQueue(device.state, device.seams.events);
    this.#calendar = new Calendar(device, this.#alarms, (events) => this.#occur(events));
    this.#transfers = new Transfers(device, this.#alarms, {
      inSession: () => this.#sessions > 0,
      change: (action) => this.change(action),
      whenIdle: (action) => this.whenIdle(action),
      ended: (transfer) => this.#occur(device.seams.events.atTransferEnd(transfer)),
    });
    this.#rpc = new RpcServer(device, this.#transfers, {
      change: (action) => this.change(action),
      changed: (names) => this.report(names),
      reboot: () => {
        this.#wantsReboot = true;
      },
      factoryReset: () => {
        this.#wantsReset = true;
      },
      schedule: (delay, commandKey) => this.#calendar.schedule(delay, commandKey),
    });
  }

  /** The phone has started. */
  boot(): void {
    const { state, seams } = this.#device;
    const { events, retry, rpc } = seams;
    this.#on = true;
    this.#memory.connections = 0;
    this.#row = retry.rowAfterBoot(this.#row);
    state.retryCount = retry.countAfterBoot(state.retryCount);
    // A BOOTSTRAP that waits in the queue is not a new one, and discards nothing again.
    const bootstrapQueued = this.#queue.owesBootstrap;
    state.events = events.keptAtBoot(state.events);
    state.changes = events.changesKeptAtBoot(state.changes);
    const { bootstrapOwed } = this.#watched;
    const managed = this.#isManagedFor("boot");
    this.#startTold = managed;
    if (managed) {
      const owed = bootstrapOwed && !bootstrapQueued;
      const carriedOut = rpc.rebootsTogether(state.reboots);
      this.#occur([...events.atFirstContact(owed, true), ...events.atBoot(), ...events.atReboot(carriedOut)]);
      state.reboots = state.reboots.slice(carriedOut.length);
      this.#wantsReboot = state.reboots.length > 0;
    }
    if (managed) this.#calendar.armPeriodic();
    this.#calendar.armScheduled();
    this.#transfers.boot();
    this.#device.save();
  }

  /** The phone goes off: whatever is under way ends here. */
  off(): void {
    this.#on = false;
    this.#life += 1;
    this.#sessions = 0;
    this.#wantsReboot = false;
    this.#wantsReset = false;
    this.#promised = 0;
    this.#unjoined = 0;
    this.#failed = undefined;
    this.#whenIdle = [];
    this.#alarms.cancelAll();
    this.#transfers.off();
    this.#closeClients();
  }

  get inSession(): boolean {
    return this.#sessions > 0;
  }

  /** Whether an ACS is in charge of the phone. */
  get managed(): boolean {
    return this.#watched.managed;
  }

  /** Calls `action` now, or when the session that is going on is over (3.7.1.1). */
  whenIdle(action: () => void): void {
    if (this.#device.seams.session.showsLocalChange(this.inSession)) action();
    else this.#whenIdle.push(action);
  }

  /** Performs a change of settings or values, and sees to what follows from it. */
  change(action: () => void): void {
    const before = this.#watched;
    action();
    this.#follow(before, this.#watched);
    this.#device.followSettings();
    this.#device.save();
  }

  /** Parameters changed by other hands than the ACS's. They are reported as their attribute says, or as if it were `as`. */
  report(names: readonly string[], as?: number): void {
    const { state, model, seams } = this.#device;
    for (const name of names) {
      const parameter = model.parameter(name);
      if (parameter === undefined) continue;
      const notification = as ?? model.attributes(parameter).notification;
      if (!seams.model.isReported(notification, parameter)) continue;
      state.changeSerial += 1;
      state.changes = seams.model.changesWith(state.changes, { name, serial: state.changeSerial });
      if (seams.model.isReportedAtOnce(notification)) this.#wake();
    }
  }

  clearEvents(): void {
    this.#queue.clear();
  }

  /** A rightly authenticated connection request has come (3.2.2). */
  acceptConnectionRequest(): "accepted" | "busy" {
    if (!this.#isManagedFor("call")) return "busy";
    this.#called = this.inSession;
    const { answer, causesSession } = this.#device.seams.session.onConnectionRequest(this.inSession);
    if (causesSession) this.#promised += 1;
    if (this.inSession && this.#device.seams.session.endsForConnectionRequest()) this.#closeClients();
    return answer;
  }

  /** The answer to an accepted connection request is out. */
  afterConnectionRequest(accept: string | undefined): void {
    if (this.#promised === 0) return;
    this.#promised -= 1;
    if (this.#alarms.has("start") && !this.#device.seams.session.joinsConnectionRequests()) this.#unjoined += 1;
    else this.#call(accept);
  }

  /** The session that a connection request, with this Accept field, leads to. */
  #call(accept?: string): void {
    const { seams } = this.#device;
    this.#occur(seams.events.atConnectionRequest(accept), seams.session.connectionRequestDelay(accept));
  }

  get #watched(): Watched {
    const { state } = this.#device;
    const { tr69_acs_url: url = "", tr69_bootstrap: bootstrap = "" } = state.settings;
    const bootstrapOwed = this.#device.seams.events.isSwitchedOn("tr69_bootstrap", bootstrap);
    return { managed: this.#isManagedFor("event"), url, bootstrapOwed, periodic: this.#calendar.periodicSettings };
  }

  /** Whether an ACS is in charge, as far as it is for this that the phone would go there. */
  #isManagedFor(cause: ContactCause): boolean {
    const { state, seams } = this.#device;
    const { tr69_acs_url: url = "", tr69_use_acs: use = "" } = state.settings;
    return url !== "" && seams.session.isInCharge(seams.events.isSwitchedOn("tr69_use_acs", use), cause);
  }

  /** Whether an ACS is in charge as far as what is to be told concerns it. */
  #mayContact(): boolean {
    const causes = this.#device.state.events.map(({ code }) => CAUSES[code] ?? "event");
    return (causes.length === 0 ? (["event"] as const) : causes).some((cause) => this.#isManagedFor(cause));
  }

  #follow(before: Watched, after: Watched): void {
    const { state, seams } = this.#device;
    const otherAcs = seams.events.isBootstrap(before.url, after.url);
    if (otherAcs) {
      state.settings.tr69_bootstrap = "on";
      state.attributes = { ...seams.dhcp.attributesAtNewAcs(state.attributes, GATEWAY_INFO_NAMES) };
    }
    const owed = otherAcs || after.bootstrapOwed;
    if (this.#on && after.managed) {
      if (!before.managed) {
        const starts = seams.events.startsWhenTurnedOn(this.#device.kind, this.#startTold);
        this.#startTold = true;
        if (seams.events.comesWhenTurnedOn(owed))
          this.#occur([...seams.events.atFirstContact(owed, false), ...(starts ? seams.events.atBoot() : [])]);
      } else if (otherAcs || (owed && !before.bootstrapOwed)) this.#occur(seams.events.atFirstContact(true, true));
    }
    if (!after.managed) for (const name of ["start", "retry"]) this.#alarms.cancel(name);
    if (!this.#isManagedFor("periodic")) this.#calendar.stopPeriodic();
    else if (this.#on && (!before.managed || seams.events.followsPeriodicChange(before.periodic, after.periodic)))
      this.#calendar.armPeriodic();
  }

  #occur(events: readonly QueuedEvent[], delay = 0): void {
    this.#queue.occur(events);
    this.#device.save();
    this.#wake(delay);
  }

  /** There is news for the ACS: begins a session, at once or after a delay, or makes sure that one follows. */
  #wake(delay = 0): void {
    this.#news = true;
    const { seams } = this.#device;
    if (!seams.session.mayBegin(this.#sessions) || this.#alarms.has("start")) return;
    if (this.#alarms.has("retry") && !seams.retry.newEventCutsWait()) return;
    if (this.#alarms.has("retry")) this.#row = seams.retry.rowAfterNewEvent(this.#row);
    this.#alarms.set("start", delay, () => void this.#contact());
  }

  async #contact(): Promise<void> {
    const { state, seams, clock, trust, hosts, discovery, random } = this.#device;
    if (!this.#on || !this.#mayContact() || !seams.session.mayBegin(this.#sessions)) return;
    this.#alarms.cancel("start");
    this.#alarms.cancel("retry");
    if (!this.inSession) this.#closeClients();
    this.#sessions += 1;
    this.#called = false;
    this.#news = false;
    const life = this.#life;
    const { tr69_acs_url: url = "", tr69_acs_user: username = "", tr69_acs_passwd: password = "" } = state.settings;
    const client = new AcsClient({
      ...{ clock, trust, hosts, seams: seams.http, url, username, password, random, memory: this.#memory },
      dialled: (succeeded) => discovery?.dialled(succeeded),
    });
    this.#clients.add(client);
    const inform = makeInform(this.#device, this.#failed);
    const outcome = await new Session(this.#device, client, {
      inform,
      reports: this.#transfers.reports(),
      reportArgs: (transfer) => this.#transfers.reportArgs(transfer),
      serve: (request) => {
        if (this.#wantsReboot && seams.session.mayReboot("running")) this.#device.restart();
        if (this.#wantsReset && seams.session.mayReset("running")) this.#device.factoryReset();
        return this.#rpc.serve(request);
      },
      informed: () => this.#informed(inform),
      reported: (transfer) => {
        this.#transfers.reported(transfer);
        state.events = seams.events.afterTransferComplete(state.events, transfer.id);
        this.#device.save();
      },
      nextMessageId: () => {
        this.#messages += 1;
        return seams.inform.messageId(this.#messages);
      },
      wasCalled: () => {
        const called = this.#called;
        this.#called = false;
        return called;
      },
    }).run();
    if (life !== this.#life) return;
    if (seams.session.closesConnection(outcome)) {
      client.close(outcome);
      this.#clients.delete(client);
    }
    this.#failed = outcome === "failed" ? inform : undefined;
    if (this.#failed !== undefined) state.changes = seams.events.changesAfterFailure(state.changes, inform.changes);
    this.#sessions -= 1;
    this.#afterSession(outcome);
  }

  #informed({ events, changes }: Inform): void {
    const { state, seams } = this.#device;
    state.events = seams.events.afterInformResponse(state.events, events);
    state.changes = seams.events.changesAfterInformResponse(state.changes, changes);
    if (events.some(({ code }) => code === "0 BOOTSTRAP") && !this.#queue.owesBootstrap) state.settings.tr69_bootstrap = "off";
    this.#device.discovery?.informed();
    this.#device.save();
  }

  #afterSession(outcome: "clean" | "failed"): void {
    const { state, seams } = this.#device;
    const { retry, events, session } = seams;
    if (outcome === "clean") {
      state.retryCount = retry.countAfterSuccess(state.retryCount);
      this.#row = retry.rowAfterSuccess(this.#row);
    } else {
      state.retryCount = retry.countAfterFailure(state.retryCount);
      this.#row = retry.rowAfterFailure(this.#row);
      state.events = events.afterFailure(state.events);
    }
    const life = this.#life;
    for (const action of this.#whenIdle.splice(0)) action();
    this.#device.save();
    if (life !== this.#life) return;
    if (this.#wantsReset && session.mayReset(outcome)) this.#device.factoryReset();
    else if (this.#wantsReboot && session.mayReboot(outcome)) this.#device.restart();
    if (life !== this.#life) return;
    this.#transfers.goOn();
    if (this.#unjoined > 0) {
      this.#unjoined -= 1;
      this.#call();
    }
    if (session.continuesAtOnce(this.#news)) this.#wake();
    else if (outcome === "failed" && retry.goesOn(state.retryCount)) this.#armRetry(this.#row);
    // A session can end well with a TransferComplete still owed; it is tried again as after a first failure.
    else if (outcome === "clean" && state.events.length > 0) this.#armRetry(1);
  }

  #armRetry(row: number): void {
    const { seams, model, random } = this.#device;
    const minimum = Number(model.valueOf(RETRY_MINIMUM_NAME)) || 5;
    const multiplier = Number(model.valueOf(RETRY_MULTIPLIER_NAME)) || 2000;
    const seconds = seams.retry.wait(seams.retry.range(row, minimum, multiplier), random());
    this.#alarms.set("retry", seconds * 1000, () => void this.#contact());
  }

  #closeClients(): void {
    for (const client of this.#clients) client.close();
    this.#clients.clear();
  }
}

/** What takes the phone to its ACS, by the event that tells of it; all others are plain events. */
const CAUSES: Readonly<Record<string, ContactCause>> = {
  "1 BOOT": "boot",
  "2 PERIODIC": "periodic",
  "6 CONNECTION REQUEST": "call",
};
