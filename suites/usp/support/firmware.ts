import { readFileSync } from "node:fs";
import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import type { UspReply } from "../../../harness/controller/controller.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds, type Located, matches, same } from "../../../harness/core/finding.ts";
import type { UspRecordLog } from "../../../harness/trace/usp.ts";
import { instancesOf, tidily } from "./instances.ts";
import { notified, type Subscription, tellsCompletion, tellsEvent, withSubscription } from "./notifications.ts";

export const IMAGES = "Device.DeviceInfo.FirmwareImage.";
const ACTIVE = "Device.DeviceInfo.ActiveFirmwareImage";
const BOOT = "Device.DeviceInfo.BootFirmwareImage";
const VERSION = "Device.DeviceInfo.SoftwareVersion";
const EVENT = "request/notify/event";

/** Milliseconds for an image to be fetched, checked and written. */
export const DOWNLOADED_WITHIN = 300_000;

/** Firmware images, and what is told of a start with one of them. */
export interface FirmwareStage {
  /** The image that runs, `Device.DeviceInfo.FirmwareImage.1.`. */
  readonly running: string;
  /** Another one. @throws Inconclusive `precondition` when the device has no more than one */
  readonly other: string;
  readonly count: number;
  /** To Boot!, kept over a start. */
  readonly boots: Subscription;
  /** The bench's firmware: where it is, how long it is, and the SoftwareVersion that it has. */
  readonly file: { readonly url: string; readonly content: Buffer; readonly version: string };
}

/**
 * What the bench has for firmware of this device, on its file server. Without a file it is what the simulated device takes for some:
 * a line with the version, and nothing that could run.
 */
function offered({ agent, files }: UspBench): FirmwareStage["file"] {
  const { file, version } = agent.values.firmware;
  const own = [Buffer.from(`CPE-ASSAY-FIRMWARE ${version}\n`), Buffer.alloc(4096, 0x2e)];
  const content = file === undefined ? Buffer.concat(own) : readFileSync(file);
  return { url: files.offer("assay-firmware.bin", content).url, content, version };
}

/** Lets `use` change the firmware; the device runs the image from before again afterwards. */
export async function withFirmware<T>(bench: UspBench, name: string, use: (stage: FirmwareStage) => Promise<T>): Promise<T> {
  const { controller } = bench;
  const images = await instancesOf(controller, IMAGES);
  const running = await runningImage(bench);
  if (!images.includes(running))
    throw new Inconclusive("precondition", `${ACTIVE} names no image of the device: ${JSON.stringify(running)}`);
  const [other] = images.filter((image) => image !== running);
  const settings = { Persistent: "true" };
  const wanted = { name: `${name}-boot`, type: "Event", references: "Device.Boot!", settings } as const;
  return withSubscription(bench, wanted, async (boots) => {
    try {
      return await use({
        running,
        get other() {
          if (other !== undefined) return other;
          throw new Inconclusive("precondition", "the device has one firmware image, and no room for another one beside it");
        },
        count: images.length,
        boots,
        file: offered(bench),
      });
    } finally {
      await tidily(() => runAgain(bench, running, boots));
    }
  });
}

async function runningImage({ controller }: UspBench): Promise<string> {
  const reply = await controller.get([ACTIVE]);
  return (parametersIn(reply).get(ACTIVE)?.value ?? "").replace(/\.?$/, ".");
}

/** Has the device start with this image, unless it runs. */
async function runAgain(bench: UspBench, image: string, boots: Subscription): Promise<void> {
  const { controller, agent, patience } = bench;
  if ((await runningImage(bench)) === image) return;
  controller.forget();
  if (agent.supports(BOOT) && agent.supports("Device.Reboot()")) {
    const params = [{ name: "BootFirmwareImage", value: image.slice(0, -1), required: true }];
    await controller.set([{ path: "Device.DeviceInfo.", params }]);
    await controller.operate("Device.Reboot()", {}, { sendResp: false, within: 1_000 });
  } else await controller.operate(`${image}Activate()`, {}, { sendResp: false, within: 1_000 });
  await controller.next(tellsEvent(boots, "Boot!"), patience.reboot);
}

/** Calls Download() of an image, with the bench's firmware unless `args` say otherwise. */
export const download = (
  { controller }: UspBench,
  { file }: FirmwareStage,
  image: string,
  args: Readonly<Record<string, string>> = {},
): Promise<UspReply> =>
  controller.operate(
    `${image}Download()`,
    { URL: file.url, AutoActivate: "false", FileSize: String(file.content.length), ...args },
    { commandKey: "assay-firmware" },
  );

/**
 * An image beside the one that runs, with the bench's firmware in it.
 * @throws Inconclusive `precondition` when the device has no room for one, or does not take the firmware
 */
export async function filledImage(bench: UspBench, stage: FirmwareStage): Promise<string> {
  const { controller } = bench;
  const { other, file } = stage;
  const shown = parametersIn(await controller.get([`${other}Status`, `${other}Version`]));
  const is = (name: string, value: string): boolean => shown.get(other + name)?.value === value;
  if (is("Status", "Available") && is("Version", file.version)) return other;
  const wanted = { name: "firmware-filled", type: "OperationComplete", references: `${other}Download()` } as const;
  return withSubscription(bench, wanted, async (subscription) => {
    const reply = await download(bench, stage, other);
    const log = await controller.next(tellsCompletion(subscription), DOWNLOADED_WITHIN);
    const failure = log?.record.message?.at("request/notify/oper_complete/cmd_failure/err_code").value;
    if (log !== undefined && failure === undefined) return other;
    const how = log === undefined ? `no end of it (${reply.summary.value})` : `failure ${failure}`;
    throw new Inconclusive("precondition", `downloading ${file.url} into ${other}: the device tells ${how}`);
  });
}

/** Which image runs, and what version the device shows. */
export const seeFirmware = ({ controller }: UspBench): Promise<UspReply> => controller.get([ACTIVE, VERSION]);

/** That the device shows this image as the one that runs, with the version of the bench's firmware. */
export function* runs(requirement: string, reply: UspReply, image: string, version: string): Iterable<Finding> {
  const shown = parametersIn(reply);
  const seen = (name: string): Located => shown.get(name) ?? { value: undefined, where: reply.summary.where };
  const active = seen(ACTIVE);
  yield same(requirement, { ...active, value: active.value?.replace(/\.?$/, ".") }, image);
  yield same(requirement, seen(VERSION), version);
}

/** That Boot! is told, with FirmwareUpdated true. @param after what began it */
export function* updated(requirement: string, log: UspRecordLog | undefined, after: string): Iterable<Finding> {
  yield notified(requirement, log, "Boot!", after);
  const message = log?.record.message;
  if (message !== undefined)
    yield matches(requirement, message.at(`${EVENT}/params/FirmwareUpdated`), /^(?:true|1)$/, "FirmwareUpdated true");
}

/** That TransferComplete! is told, of a Download() that went well or of one that failed. @param after what began it */
export function* transferred(
  requirement: string,
  log: UspRecordLog | undefined,
  isGood: boolean,
  after: string,
): Iterable<Finding> {
  yield notified(requirement, log, "TransferComplete!", after);
  const message = log?.record.message;
  if (message === undefined) return;
  yield matches(requirement, message.at(`${EVENT}/params/Command`), /Download\(\)$/, "the path of Download() as Command");
  const fault = message.at(`${EVENT}/params/FaultCode`);
  yield holds(requirement, fault.value !== undefined && /^0+$/.test(fault.value) === isGood, {
    expected: isGood ? "FaultCode 0" : "a FaultCode other than 0",
    actual: fault.value,
    where: fault.where,
  });
}

/** That the end of a command is told, without a failure or with one. @param after what began it */
export function* ended(
  requirement: string,
  log: UspRecordLog | undefined,
  command: string,
  isGood: boolean,
  after: string,
): Iterable<Finding> {
  yield notified(requirement, log, `OperationComplete of ${command}`, after);
  const message = log?.record.message;
  if (message === undefined) return;
  const complete = "request/notify/oper_complete";
  const [object, name] = [message.at(`${complete}/obj_path`), message.at(`${complete}/command_name`)];
  yield same(requirement, { value: `${object.value ?? ""}${name.value ?? ""}`, where: object.where }, command);
  const failure = message.at(`${complete}/cmd_failure/err_code`);
  yield holds(requirement, (failure.value === undefined) === isGood, {
    expected: isGood ? "no cmd_failure" : "a cmd_failure",
    actual: failure.value ?? "none",
    where: failure.where,
  });
}
