import type { Alarms } from "../alarms.ts";
import type { Device } from "../device.ts";
import type { BootCause } from "../state.ts";
import { errorText } from "./answer.ts";
import type { UspModel } from "./model.ts";
import type { Notification } from "./notify-seams.ts";
import type { CommandCall, CommandOutcome } from "./operate.ts";
import { REQUEST_TABLE } from "./schema.ts";

type Completion = Extract<NonNullable<Notification["notification"]>, { case: "operComplete" }>["value"];

/** What an asynchronous command came to. */
export type CommandEnd = { readonly output: Readonly<Record<string, string>> } | { readonly code: number };

/** How a command is run, as its handler sees it. */
export interface CommandRun {
  /** EndpointID of the controller that calls it. */
  readonly originator: string;
  done(output?: Readonly<Record<string, string>>): CommandOutcome;
  failed(code: number): CommandOutcome;
  /**
   * Makes an asynchronous command of it: `task` begins when the answer is out, and calls `end` once. `stop` is called when it is
   * cancelled before that.
   */
  start(task: (end: (how: CommandEnd) => void) => void, stop?: () => void): CommandOutcome;
}

/** Commands by their path in the supported data model, without `{i}.`: `Device.LocalAgent.Request.Cancel()`. */
export type CommandHandlers = Readonly<Record<string, (call: CommandCall, run: CommandRun) => CommandOutcome>>;

/** What commands do to the rest of the agent. */
export interface CommandSurroundings {
  readonly model: UspModel;
  readonly alarms: Alarms;
  /** Calls `action` when the answer to the present request is out. */
  afterwards(action: () => void): void;
  change(action: () => void): void;
  completed(completion: Completion): void;
  board(controller: string): void;
  /** Commands of other parts of the agent. */
  readonly handlers: CommandHandlers;
}

/** An asynchronous command that runs. */
interface Running {
  readonly call: CommandCall;
  stop(): void;
}

/** The agent's commands. */
export class Commands {
  readonly #device: Device;
  readonly #around: CommandSurroundings;
  /** By path of the instance in the Request table. */
  readonly #running = new Map<string, Running>();

  constructor(device: Device, around: CommandSurroundings) {
    this.#device = device;
    this.#around = around;
  }

  /** Commands do not outlive a restart. */
  boot(): void {
    const { model } = this.#around;
    this.#running.clear();
    for (const number of model.instances(REQUEST_TABLE)) model.delete(`${REQUEST_TABLE}${number}.`);
  }

  run(call: CommandCall, originator: string): CommandOutcome {
    const { seams } = this.#device;
    const run: CommandRun = {
      originator,
      done: (output = {}) => ({ kind: "done", output }),
      failed: (code) => ({ kind: "failed", code }),
      start: (task, stop) => this.#start(call, originator, task, stop),
    };
    const path = call.object.replace(/\.\d+(?=\.)/g, "") + call.shape.name;
    const handler = this.#around.handlers[path];
    if (handler !== undefined) return handler(call, run);
    switch (path) {
      case "Device.Reboot()":
        this.#restart({ cause: "RemoteReboot", commandKey: call.commandKey }, call, () => this.#device.restart());
        return run.done();
      case "Device.FactoryReset()":
        this.#restart({ cause: "RemoteFactoryReset", commandKey: call.commandKey }, call, () => this.#device.factoryReset());
        return run.done();
      case "Device.ScheduleTimer()": {
        const seconds = call.input.DelaySeconds ?? "0";
        const code = seams.usp.isOfType("unsignedInt", seconds) ? undefined : seams.usp.wrongArgument(call.shape.name);
        if (code !== undefined) return run.failed(code);
        return this.#startFor(call, originator, seams.usp.timerDelay(Number(seconds)), {});
      }
      case "Device.SelfTestDiagnostics()":
        return this.#startFor(call, originator, 2000, { Status: "Complete", Results: "All tests passed" });
      case "Device.LocalAgent.Controller.SendOnBoardRequest()":
        this.#around.afterwards(() => this.#around.board(call.object));
        return run.done();
      case "Device.LocalAgent.Request.Cancel()":
        this.#around.afterwards(() => this.#stop(call.object));
        return run.done();
      default:
        return run.failed(7022);
    }
  }

  #restart(boot: BootCause, { object, shape }: CommandCall, restart: () => void): void {
    const { state, seams } = this.#device;
    if (!seams.usp.obeys(object + shape.name)) return;
    this.#around.afterwards(() => {
      state.reboots = [...seams.usp.rebootsOfAcs(state.reboots, boot.commandKey)];
      restart();
      state.usp.boot = boot;
      this.#device.save();
    });
  }

  /** A command that is over after some time. */
  #startFor(
    call: CommandCall,
    originator: string,
    milliseconds: number,
    output: Readonly<Record<string, string>>,
  ): CommandOutcome {
    const { alarms } = this.#around;
    const name = `command ${call.object}${call.shape.name} ${call.commandKey} ${originator}`;
    return this.#start(
      call,
      originator,
      (end) => alarms.set(name, milliseconds, () => end({ output })),
      () => alarms.cancel(name),
    );
  }

  #start(
    call: CommandCall,
    originator: string,
    task: (end: (how: CommandEnd) => void) => void,
    stop: () => void = () => {},
  ): CommandOutcome {
    const { model, afterwards } = this.#around;
    const { seams, clock } = this.#device;
    const values = { Originator: originator, Command: call.object + call.shape.name, CommandKey: call.commandKey };
    const isSame = [...this.#running.keys()].some((path) =>
      Object.entries(values).every(([name, value]) => model.value(path + name) === value),
    );
    if (isSame) return { kind: "failed", code: seams.usp.sameRequest() };
    if (seams.usp.cancelsRunning()) this.#cancel(values.Command);
    const request = model.add(REQUEST_TABLE, clock.now());
    if (request === undefined) return { kind: "failed", code: seams.usp.addCode("full") };
    const number = Number(request.slice(REQUEST_TABLE.length, -1));
    for (const [name, value] of Object.entries({ ...values, Alias: seams.usp.ownKey(REQUEST_TABLE, number), Status: "Active" }))
      model.set(request + name, value);
    this.#running.set(request, { call, stop });
    afterwards(() => {
      if (this.#running.has(request)) task((how) => this.#end(request, how));
    });
    if (!seams.usp.keepsRequest()) model.delete(request);
    return { kind: "started", request };
  }

  #cancel(command: string): void {
    const running = [...this.#running].filter(([, { call }]) => call.object + call.shape.name === command);
    this.#around.afterwards(() => {
      for (const [request] of running) this.#stop(request);
    });
  }

  /** Ends a command before its time. */
  #stop(request: string): void {
    const { usp } = this.#device.seams;
    const running = this.#running.get(request);
    if (running === undefined || !usp.cancels(running.call.shape.name)) return;
    running.stop();
    this.#end(request, { code: usp.cancelledCode() });
  }

  #end(request: string, how: CommandEnd): void {
    const { model, change, completed } = this.#around;
    const { seams } = this.#device;
    const running = this.#running.get(request);
    if (running === undefined) return;
    this.#running.delete(request);
    change(() => {
      if (seams.usp.removesRequest("code" in how ? how.code : undefined)) model.delete(request);
    });
    const { call } = running;
    if (!seams.usp.tellsCompletion(call.shape.name)) return;
    completed({
      objPath: call.object,
      commandName: call.shape.name,
      commandKey: call.commandKey,
      operationResp:
        "code" in how
          ? { case: "cmdFailure", value: { errCode: how.code, errMsg: errorText(how.code) } }
          : { case: "reqOutputArgs", value: { outputArgs: { ...how.output } } },
    });
  }
}
