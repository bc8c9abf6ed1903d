import { parseParamMap } from "../../schema/param-map.ts";
import { tr369States } from "../../schema/tr369-lines.ts";
import type { Request } from "../../schema/usp/msg_pb.ts";
import { Alarms } from "../alarms.ts";
import type { Device } from "../device.ts";
import type { BootCause } from "../state.ts";
import type { Answer } from "./answer.ts";
import { bootParameters } from "./boot-event.ts";
import { BulkData } from "./bulk.ts";
import { certificateHandlers } from "./certificates.ts";
import { Commands } from "./commands.ts";
import { type AgentLease, Discovery, vendorClassOption } from "./discovery.ts";
import { Firmware } from "./firmware.ts";
import { splitList } from "./lists.ts";
import { UspModel } from "./model.ts";
import { MqttClients } from "./mqtt-clients.ts";
import { onBoardRequest } from "./on-boarding.ts";
import { Peers } from "./peers.ts";
import { Resolver } from "./resolve.ts";
import { CONTROLLER_TABLE } from "./schema.ts";
import { serve } from "./serve.ts";
import { type Due, Subscriptions } from "./subscriptions.ts";
import { Timers } from "./timers.ts";
import type { Tools } from "./tools.ts";
import { configure } from "./trigger-config.ts";
import { assignUntrusted, rightsOf } from "./trust.ts";
import { Challenges } from "./trust-challenges.ts";

/** What the agent asks of the rest of the phone. */
export interface UspSurroundings {
  /** Performs a change, and sees to what follows from it. */
  change(action: () => void): void;
  /** Parameters changed by other hands than the ACS's. */
  report(names: readonly string[]): void;
  /** EndpointID; undefined for the one that the phone's identity makes. */
  readonly endpointId: string | undefined;
}

/** The phone as a USP agent. That of a Snom phone runs only with a param_map that has all lines for TR-369. */
export class UspAgent {
  readonly #device: Device;
  readonly #around: UspSurroundings;
  readonly #alarms: Alarms;
  readonly #model: UspModel;
  readonly #resolver: Resolver;
  readonly #subscriptions: Subscriptions;
  readonly #commands: Commands;
  readonly #challenges: Challenges;
  readonly #peers: Peers;
  readonly #brokers: MqttClients;
  readonly #timers: Timers;
  readonly #firmware: Firmware;
  readonly #bulk: BulkData;
  readonly #discovery: Discovery;
  #isOn = false;
  /** Whether the agent has looked after what a restart leaves of its tables. */
  #isAwake = false;
  /** A request is being served: what follows from it waits until it is answered. */
  #isServing = false;
  #afterwards: (() => void)[] = [];
  /** Answers that were put off. */
  #answers = 0;
  #boot: BootCause = { cause: "LocalReboot", commandKey: "" };
  #isFirmwareUpdated = false;
  /** Whether a map has all lines, by the map that was looked at last. */
  #complete = { map: "", is: false };

  constructor(device: Device, around: UspSurroundings) {
    this.#device = device;
    this.#around = around;
    const { seams } = device;
    this.#alarms = new Alarms(device.clock);
    this.#model = new UspModel(device, (path) => this.#live(path));
    this.#resolver = new Resolver(this.#model, seams.usp);
    this.#subscriptions = new Subscriptions(this.#model, this.#resolver, seams.usp);
    this.#discovery = new Discovery(device, {
      model: this.#model,
      change: (action) => around.change(action),
      endpointId: () => this.#endpointId,
      port: () => this.#peers.port,
      replyTo: (client) => this.#brokers.get(client)?.client.replyTo,
    });
    this.#brokers = new MqttClients(device, this.#model, () => this.#endpointId, this.#discovery.locate);
    this.#peers = new Peers(device, this.#model, this.#brokers, {
      endpointId: () => this.#endpointId,
      locate: this.#discovery.locate,
      listening: () => this.#discovery.follow(),
      serve: (controller, request, answered) => this.#serve(controller, request, answered),
      started: (controller) => this.#tellBoot(controller),
    });
    this.#timers = new Timers(device, this.#model, this.#alarms, {
      periodic: (controller) =>
        this.#deliver(this.#subscriptions.event("Device.LocalAgent.", "Periodic!", () => ({}), controller)),
      over: (subscription) => around.change(() => this.#model.delete(subscription)),
      board: (controller) => this.#board(controller),
      isServed: (controller) => this.#peers.has(controller),
    });
    this.#bulk = new BulkData(device, {
      tools: { model: this.#model, resolver: this.#resolver, seams: seams.usp },
      alarms: this.#alarms,
      endpointId: () => this.#endpointId,
      afterwards: (action) => this.#afterwards.push(action),
      push: (profile, args) => this.#deliver(this.#subscriptions.event(profile, "Push!", () => args)),
      publish: async (client, publication) => this.#brokers.publish(client, publication),
    });
    this.#firmware = new Firmware(device, {
      model: this.#model,
      alarms: this.#alarms,
      change: (action) => around.change(action),
      transferred: (args) => this.#deliver(this.#subscriptions.event("Device.LocalAgent.", "TransferComplete!", () => args)),
    });
    this.#challenges = new Challenges(device, this.#model);
    this.#commands = new Commands(device, {
      model: this.#model,
      alarms: this.#alarms,
      afterwards: (action) => this.#afterwards.push(action),
      change: (action) => around.change(action),
      completed: (completion) => this.#deliver(this.#subscriptions.complete(completion)),
      board: (controller) => {
        const isComplete = seams.usp.completeAfterRequest();
        around.change(() => this.#model.write(`${controller}OnBoardingComplete`, String(isComplete)));
        this.#board(controller);
      },
      handlers: {
        ...this.#firmware.handlers,
        ...certificateHandlers(device, this.#model),
        ...this.#challenges.handlers,
        ...this.#bulk.handlers,
        ...this.#brokers.handlers((action) => this.#afterwards.push(action)),
      },
    });
  }

  /** The phone has started. */
  boot(): void {
    const { state } = this.#device;
    this.#isOn = true;
    this.#isAwake = false;
    this.#boot = state.usp.boot;
    state.usp.boot = { cause: "LocalReboot", commandKey: "" };
    this.#isFirmwareUpdated = this.#firmware.boot();
    this.#peers.boot();
    this.#discovery.boot();
    this.follow();
    this.#device.save();
  }

  /** Options of a DHCP request at this step that are the agent's own business (R-DIS.1). */
  dhcpOptions(step: string): readonly { readonly code: number; readonly data: Buffer }[] {
    const vendorClass = this.#discovery.vendorClass(step);
    return vendorClass === undefined ? [] : [vendorClassOption(vendorClass)];
  }

  /** A DHCP server has given the device a lease, or renewed it; undefined when it is lost. */
  leased(lease: AgentLease | undefined): void {
    this.#discovery.leased(lease);
  }

  /** The phone goes off: to start again, or because its plug was pulled. */
  off(why: "restart" | "unplugged"): void {
    this.#isOn = false;
    this.#afterwards = [];
    this.#bulk.off();
    this.#alarms.cancelAll();
    this.#firmware.off();
    this.#discovery.off();
    this.#peers.off(why);
  }

  /** Settings or values may have changed: contacts the controllers that there are now, and no others. */
  follow(): void {
    if (!this.#isOn || this.#isServing) return;
    const isWhole = this.#hasAllLines();
    if (!isWhole && !this.#device.seams.usp.stopsWithoutLines()) return;
    const mayRun = isWhole && this.#hasControllers();
    if (mayRun) this.#wake();
    this.#peers.follow(mayRun);
    if (mayRun) this.#timers.follow();
    if (mayRun) this.#bulk.follow();
    this.#discovery.follow();
  }

  /** Something may have changed: notifies whoever subscribed to it. @param by whether it was the agent that changed it */
  look(by: "agent" | "others" = "others"): void {
    if (!this.#isOn || this.#isServing || this.#peers.isEmpty || !this.#device.seams.usp.looks(by)) return;
    this.#timers.follow();
    this.#deliverChanges(this.#subscriptions.look());
  }

  /** Commands, and subscriptions that are not to, do not outlive a restart. */
  #wake(): void {
    if (this.#isAwake) return;
    this.#isAwake = true;
    this.#model.boot();
    const { usp } = this.#device.seams;
    this.#commands.boot();
    this.#challenges.boot();
    this.#bulk.boot();
    for (const path of this.#subscriptions.paths)
      if (!usp.survivesBoot(this.#model.isOn(`${path}Persistent`))) this.#model.delete(path);
    this.#subscriptions.forget();
    this.#subscriptions.look();
  }

  /** Whether a controller may be switched on, as far as that shows without a look at the map. */
  #hasControllers(): boolean {
    const { kind, state } = this.#device;
    const { settings, usp } = state;
    if (kind === "generic") return (usp.tables[CONTROLLER_TABLE]?.instances.length ?? 0) > 0;
    const isOn = [1, 2].some((index) => /^(on|true|1|yes)$/.test(settings[`tr369_enable${index}`] ?? ""));
    return isOn || (usp.tables[CONTROLLER_TABLE]?.instances.length ?? 0) > 2;
  }

  get #endpointId(): string {
    const { endpointId } = this.#around;
    const { model, state, seams } = this.#device;
    if (endpointId !== undefined) return endpointId;
    return seams.usp.endpointId(`os::${model.valueOf("Device.DeviceInfo.ManufacturerOUI")}-${state.settings.mac ?? ""}`);
  }

  /** What a Snom phone has to have before its agent runs; other devices have no such duty. */
  #hasAllLines(): boolean {
    if (this.#device.kind === "generic") return true;
    const { paramMap } = this.#device.state;
    if (this.#complete.map !== paramMap) {
      const is = tr369States(parseParamMap(paramMap)).every(({ state }) => state.kind !== "missing");
      this.#complete = { map: paramMap, is };
    }
    return this.#complete.is;
  }

  #live(path: string): string | undefined {
    const { state, clock, running } = this.#device;
    switch (path) {
      case "Device.RootDataModelVersion":
        return "2.15";
      case "Device.DeviceInfo.ModelNumber":
        return state.settings.phone_type ?? "";
      case "Device.LocalAgent.EndpointID":
        return this.#endpointId;
      case "Device.LocalAgent.SoftwareVersion":
        return state.settings.firmware_version ?? "";
      case "Device.LocalAgent.UpTime":
        return String(Math.floor((clock.now() - running.bootedAt) / 1000));
    }
    return this.#peers.live(path) ?? this.#bulk.live(path) ?? this.#discovery.live(path);
  }

  #serve(controller: string, request: Request, answered: (answer: Answer) => void): void {
    const { seams } = this.#device;
    const written = new Map<string, string>();
    const { model, clock } = { model: this.#model, clock: this.#device.clock };
    assignUntrusted(model, seams.usp, controller);
    const rights = rightsOf(model, seams.usp, controller);
    const resolver = new Resolver(model, seams.usp, rights);
    const tools: Tools = { model, resolver, seams: seams.usp, clock, controller, rights, written };
    let answer: Answer = { kind: "none" };
    this.#isServing = true;
    try {
      this.#around.change(() => {
        const originator = model.value(`${controller}EndpointID`);
        answer = serve(tools, request, (call) => this.#commands.run(call, originator));
      });
    } finally {
      this.#isServing = false;
    }
    const actions = this.#afterwards.splice(0);
    const finish = (): void => {
      if (seams.usp.notifiesFirst()) this.look("agent");
      answered(answer);
      const changed = [...written].filter(([path, before]) => model.value(path) !== before);
      if (seams.usp.reportsToAcs()) this.#around.report(changed.map(([path]) => path));
      for (const action of [...actions, ...this.#afterwards.splice(0)]) action();
      this.follow();
      this.look("agent");
    };
    const delay = seams.usp.answerDelay();
    if (delay === 0) finish();
    else {
      this.#answers += 1;
      this.#alarms.set(`answer ${this.#answers}`, delay, finish);
    }
  }

  /** Tells a controller of the phone's start, the first time that it is contacted since. */
  #tellBoot(controller: string): void {
    const { usp } = this.#device.seams;
    if (!usp.tellsBoot()) return;
    const parameters = bootParameters({ model: this.#model, resolver: this.#resolver, seams: usp }, controller);
    const args = () => usp.bootArguments(this.#boot, parameters, this.#isFirmwareUpdated);
    this.#deliver(this.#subscriptions.event("Device.", "Boot!", args, controller));
  }

  #board(controller: string): void {
    const { usp } = this.#device.seams;
    this.#timers.boards(controller);
    if (!usp.boards(controller)) return;
    const notification = onBoardRequest(this.#model, usp);
    this.#peers.post(controller, {
      notification,
      expiration: 0,
      isWanted: () => true,
      confirmed: () => this.#timers.boarded(controller),
    });
  }

  #deliverChanges(dues: readonly Due[]): void {
    const delay = this.#device.seams.usp.notifyDelay();
    if (delay === 0) this.#deliver(dues);
    else if (dues.length > 0) this.#alarms.set("changes", delay, () => this.#deliver(dues));
  }

  #deliver(dues: readonly Due[]): void {
    const { usp } = this.#device.seams;
    for (const { subscription, id, controller, body } of dues) {
      const value = (name: string): string => this.#model.value(subscription + name);
      const { notifies, configures } = usp.triggered(value("TriggerAction"));
      if (notifies)
        this.#peers.post(controller, {
          notification: usp.notification({
            subscriptionId: id,
            sendResp: usp.asksForResponse(this.#model.isOn(`${subscription}NotifRetry`)),
            notification: body,
          }),
          subscription,
          expiration: Number(value("NotifExpiration")),
          isWanted: () => (this.#model.has(subscription) && this.#model.isOn(`${subscription}Enable`)) || usp.outlives(),
        });
      const tools = { model: this.#model, resolver: this.#resolver };
      if (configures) this.#around.change(() => configure(tools, splitList(value("TriggerConfigSettings"))));
    }
  }
}
