import { createHash } from "node:crypto";

type Values = Readonly<Record<string, string>>;

/** What became of a file that was to be firmware. */
export type ImageState = "Available" | "DownloadFailed" | "ValidationFailed";

/** When an image is to be started, in seconds from the command on. */
export interface TimeWindow {
  readonly start: number;
  readonly end: number;
  readonly mode: string;
}

/** CheckSumAlgorithm as `node:crypto` calls it. */
const ALGORITHMS: Values = {
  "SHA-1": "sha1",
  "SHA-224": "sha224",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/** How firmware images are fetched and started (TR-369 Appendix I, TR-181 Device.DeviceInfo.FirmwareImage). */
export const firmwareSeams = {
  /** Whether a downloaded file has the checksum that the controller gave, which may be none. */
  hasChecksum(content: Uint8Array, algorithm: string, checksum: string): boolean {
    const hash = ALGORITHMS[algorithm];
    if (checksum === "") return true;
    return hash !== undefined && createHash(hash).update(content).digest("hex") === checksum.toLowerCase();
  },
  /** Status of an image after a download. */
  imageStatus(state: ImageState): string {
    return state;
  },
  /** Whether an image is started as soon as it is there. */
  startsAtOnce(autoActivate: boolean): boolean {
    return autoActivate;
  },
  /** What becomes of a Download() over the image that runs, by how many images there is room for. */
  overRunning(images: number): "refused" | "done" | "forgotten" {
    return images === 1 ? "done" : "refused";
  },
  /** Milliseconds until an image is started; undefined when the window brings no start. `random` is in [0, 1). */
  activationDelay({ start, end, mode }: TimeWindow, random: number): number | undefined {
    if (mode === "ConfirmationNeeded") return undefined;
    return (mode === "AnyTime" ? start + (end - start) * random : start) * 1000;
  },
  /** Whether an image that has been activated is the one to run from now on. */
  activates(_by: "Activate()" | "Download()"): boolean {
    return true;
  },
  /** The image that runs after a start: the one that BootFirmwareImage names if it can, else the one from before. */
  imageToStart(wanted: string, active: string, isGood: boolean): string {
    return isGood ? wanted : active;
  },
  /** The version that the agent shows once an image runs. */
  runningVersion(version: string, _before: string): string {
    return version;
  },
  /** Whether Boot! tells that the firmware is another one. */
  isFirmwareUpdated(before: string, now: string): boolean {
    return before !== "" && before !== now;
  },
  /** Arguments of TransferComplete!; undefined when it is not told. */
  transferArguments(args: Values): Values | undefined {
    return args;
  },
};
