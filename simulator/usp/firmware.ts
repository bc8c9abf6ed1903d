import type { Alarms } from "../alarms.ts";
import { firmwareVersion } from "../cwmp/files.ts";
import type { Device } from "../device.ts";
import { download } from "../http/fetch.ts";
import type { BootCause } from "../state.ts";
import type { CommandEnd, CommandHandlers, CommandRun } from "./commands.ts";
import type { ImageState, TimeWindow } from "./firmware-seams.ts";
import type { UspModel } from "./model.ts";
import type { CommandCall, CommandOutcome } from "./operate.ts";
import { FIRMWARE_TABLE } from "./schema-firmware.ts";

type Values = Readonly<Record<string, string>>;

/** What firmware images ask of the rest of the agent. */
export interface FirmwareSurroundings {
  readonly model: UspModel;
  readonly alarms: Alarms;
  change(action: () => void): void;
  /** TransferComplete! has happened. */
  transferred(args: Values): void;
}

const ACTIVE = "Device.DeviceInfo.ActiveFirmwareImage";
const BOOT = "Device.DeviceInfo.BootFirmwareImage";
/** Milliseconds for what is to be told before the device starts anew. */
const LAST_WORDS = 1_000;
const MODES = ["AnyTime", "Immediately", "WhenIdle", "ConfirmationNeeded"];
const LONGEST_LIST = 5;
const COMMAND_FAILURE = 7022;

/** The images in the device's memory: one that runs, and room for another. */
export class Firmware {
  readonly #device: Device;
  readonly #around: FirmwareSurroundings;
  /** Which start of the device a download belongs to; a later one does not want to hear of it. */
  #life = 0;

  constructor(device: Device, around: FirmwareSurroundings) {
    this.#device = device;
    this.#around = around;
  }

  readonly handlers: CommandHandlers = {
    "Device.DeviceInfo.FirmwareImage.Download()": (call, run) => this.#download(call, run),
    "Device.DeviceInfo.FirmwareImage.Activate()": (call, run) => this.#activate(call, run),
  };

  /** The device has started: with which image, and whether that is another version than before. */
  boot(): boolean {
    const { state, seams } = this.#device;
    this.#life += 1;
    if (this.#images.length > 0) this.#startImage();
    const [before, now] = [state.usp.version, state.settings.firmware_version ?? ""];
    state.usp.version = now;
    return seams.usp.isFirmwareUpdated(before, now);
  }

  off(): void {
    this.#life += 1;
  }

  get #images(): readonly string[] {
    return this.#around.model.instances(FIRMWARE_TABLE).map((number) => `${FIRMWARE_TABLE}${number}.`);
  }

  #startImage(): void {
    const { model } = this.#around;
    const { settings } = this.#device.state;
    const { usp } = this.#device.seams;
    const first = this.#images[0]?.slice(0, -1) ?? "";
    const active = model.value(ACTIVE) || first;
    const wanted = model.value(BOOT) || active;
    const image = usp.imageToStart(wanted, active, this.#isGood(`${wanted}.`));
    const running = settings.firmware_version ?? "";
    const version = model.value(`${image}.Version`);
    if (version !== "" && image !== active) settings.firmware_version = usp.runningVersion(version, running);
    if (version === "") this.#describe(`${image}.`, running, "Available");
    model.set(ACTIVE, image);
    model.set(BOOT, wanted);
  }

  /** Whether an image can be started. */
  #isGood(image: string): boolean {
    const { model } = this.#around;
    return model.has(image) && model.isOn(`${image}Available`) && model.value(`${image}Version`) !== "";
  }

  #describe(image: string, version: string, state: ImageState): void {
    const { model } = this.#around;
    model.set(`${image}Version`, version);
    model.set(`${image}Name`, version === "" ? "" : `firmware ${version}`.slice(0, 64));
    model.set(`${image}Available`, String(state === "Available"));
    model.set(`${image}Status`, this.#device.seams.usp.imageStatus(state));
  }

  #download(call: CommandCall, run: CommandRun): CommandOutcome {
    const { model } = this.#around;
    const { usp } = this.#device.seams;
    const { AutoActivate = "" } = call.input;
    if (!usp.isOfType("boolean", AutoActivate)) return run.failed(usp.wrongArgument(call.shape.name) ?? COMMAND_FAILURE);
    const isRunning = `${model.value(ACTIVE)}.` === call.object;
    const fate = isRunning ? usp.overRunning(this.#images.length) : "done";
    if (fate === "refused") return run.failed(COMMAND_FAILURE);
    if (fate === "forgotten") return run.start(() => {});
    if (model.value(`${call.object}Status`) === "Downloading") return run.failed(7005);
    let isStopped = false;
    const life = this.#life;
    return run.start(
      (end) => {
        const isWanted = (): boolean => !isStopped && life === this.#life;
        void this.#fetch(call, run.originator, isWanted, end);
      },
      () => {
        isStopped = true;
        this.#describe(call.object, "", "DownloadFailed");
      },
    );
  }

  async #fetch(
    { object, input, commandKey, shape }: CommandCall,
    originator: string,
    isWanted: () => boolean,
    end: (how: CommandEnd) => void,
  ): Promise<void> {
    const { clock, trust, random, seams } = this.#device;
    const { change, model } = this.#around;
    const { URL: url = "", Username: username = "", Password: password = "", CheckSum = "", CheckSumAlgorithm = "" } = input;
    const startTime = clock.now();
    change(() => model.set(`${object}Status`, "Downloading"));
    const came = await download({ clock, trust, seams: seams.transfer, url, username, password, random: () => random() });
    if (!isWanted()) return;
    const content = came.kind === "file" ? came.content : undefined;
    const version = content === undefined ? undefined : firmwareVersion(content);
    const isGood = version !== undefined && content !== undefined && seams.usp.hasChecksum(content, CheckSumAlgorithm, CheckSum);
    const state = content === undefined ? "DownloadFailed" : isGood ? "Available" : "ValidationFailed";
    change(() => this.#describe(object, isGood ? version : "", state));
    end(isGood ? { output: {} } : { code: COMMAND_FAILURE });
    const time = (at: number): string => new Date(at).toISOString().replace(/\.\d+/, "");
    const args = seams.usp.transferArguments({
      Command: object + shape.name,
      CommandKey: commandKey,
      Requestor: originator,
      TransferType: "Download",
      Affected: object,
      TransferURL: url,
      StartTime: time(startTime),
      CompleteTime: time(clock.now()),
      FaultCode: isGood ? "0" : String(COMMAND_FAILURE),
      FaultString: isGood
        ? ""
        : came.kind === "failed"
          ? came.text
          : "The file is no firmware image, or another one than was meant",
    });
    if (args !== undefined) this.#around.transferred(args);
    const startsAtOnce = seams.usp.startsAtOnce(/^(?:true|1)$/.test(input.AutoActivate ?? ""));
    if (isGood && startsAtOnce) this.#change(object, "Download()", { cause: "RemoteReboot", commandKey });
  }

  #activate(call: CommandCall, run: CommandRun): CommandOutcome {
    const { alarms } = this.#around;
    const { seams, random } = this.#device;
    const windows = windowsIn(call.input, (text) => seams.usp.isOfType("unsignedInt", text));
    if (windows === undefined) return run.failed(seams.usp.wrongArgument(call.shape.name) ?? COMMAND_FAILURE);
    if (!this.#isGood(call.object)) return run.failed(COMMAND_FAILURE);
    const name = `activate ${call.object} ${call.commandKey} ${run.originator}`;
    const delays = windows.map((window) => seams.usp.activationDelay(window, random())).filter((delay) => delay !== undefined);
    const [delay] = delays;
    const last = Math.max(...windows.map((window) => window.end)) * 1000;
    return run.start(
      (end) =>
        alarms.set(name, delay ?? last, () => {
          end(delay === undefined ? { code: COMMAND_FAILURE } : { output: {} });
          if (delay !== undefined)
            this.#change(call.object, "Activate()", { cause: "RemoteReboot", commandKey: call.commandKey });
        }),
      () => alarms.cancel(name),
    );
  }

  /** Starts the device anew, with this image. */
  #change(image: string, by: "Activate()" | "Download()", boot: BootCause): void {
    const { model, alarms, change } = this.#around;
    const { state, seams } = this.#device;
    if (!seams.usp.activates(by)) return;
    change(() => model.set(BOOT, image.slice(0, -1)));
    alarms.set("firmware", LAST_WORDS, () => {
      this.#device.restart();
      state.usp.boot = boot;
      this.#device.save();
    });
  }
}

/** The time windows of Activate(); one that is open now when there are none; undefined when they are none. */
function windowsIn(input: Values, isCount: (text: string) => boolean): readonly TimeWindow[] | undefined {
  const numbers = Object.keys(input).flatMap((name) => /^TimeWindow\.(\d+)\./.exec(name)?.[1] ?? []);
  const windows = [...new Set(numbers)].map((number) => {
    const [start = "", end = "", mode = ""] = ["Start", "End", "Mode"].map((name) => input[`TimeWindow.${number}.${name}`]);
    return isCount(start) && isCount(end) && MODES.includes(mode) ? { start: Number(start), end: Number(end), mode } : undefined;
  });
  if (windows.length === 0) return [{ start: 0, end: 0, mode: "Immediately" }];
  const good = windows.filter((window) => window !== undefined).toSorted((one, other) => one.start - other.start);
  const isApart = good.every(({ start, end }, place) => end >= start && start >= (good[place - 1]?.end ?? 0));
  return good.length === windows.length && isApart && good.length <= LONGEST_LIST ? good : undefined;
}
