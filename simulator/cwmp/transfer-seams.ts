import { type FetchSeams, fetchSeams } from "../http/fetch-seams.ts";
import type { Transfer } from "../state.ts";

/** What the phone can fetch or send. */
export type FileKind = "firmware" | "configuration" | "param-map" | "log";

const UNKNOWN_TIME = "0001-01-01T00:00:00Z";

/** When files are moved, what of, and what the ACS is told: TR-069 A.3.2.8, A.4.1.5, A.3.3.2. */
const ownSeams = {
  /** What a Download of this FileType brings; undefined when the phone has no use for it. */
  downloadKind(fileType: string): FileKind | undefined {
    if (fileType === "1 Firmware Upgrade Image") return "firmware";
    if (fileType === "3 Vendor Configuration File") return "configuration";
    return fileType === "X 000413 ParamMap" ? "param-map" : undefined;
  },
  /** What an Upload of this FileType takes. */
  uploadKind(fileType: string): FileKind | undefined {
    if (fileType === "1 Vendor Configuration File") return "configuration";
    return fileType === "2 Vendor Log File" ? "log" : undefined;
  },
  /** Fault for a FileType that the phone does not know. */
  unknownFileType(): number | undefined {
    return 9003;
  },
  /** Whether a URL is one at all, and without credentials in it. */
  acceptsUrl(url: string): boolean {
    return URL.canParse(url) && new URL(url).username === "" && new URL(url).password === "";
  },
  /** Fault for a protocol that the phone does not speak. */
  unsupportedScheme(): number {
    return 9013;
  },
  /** Fault for a FileSize, in octets; zero says nothing. */
  sizeFault(size: number): number | undefined {
    return size > 64_000_000 ? 9010 : undefined;
  },
  /** How many transfers may wait; TR-069 asks for three at least. */
  queueLimit(): number {
    return 10;
  },
  /** Fault when the queue is full. */
  queueFullFault(): number {
    return 9004;
  },
  /** Status of DownloadResponse and UploadResponse: 1, a TransferComplete will follow. */
  responseStatus(): number {
    return 1;
  },
  /** StartTime and CompleteTime of those responses: unknown as yet. */
  responseTime(): string {
    return UNKNOWN_TIME;
  },
  /** When a transfer is due. */
  due(now: number, delaySeconds: number): number {
    return now + delaySeconds * 1000;
  },
  /** Whether a transfer may begin now; those that a session asked for wait for its end. */
  mayBegin(inSession: boolean): boolean {
    return !inSession;
  },
  /** Which of the transfers that are due comes first. */
  nextOf(due: readonly Transfer[]): Transfer | undefined {
    return due.toSorted((a, b) => a.due - b.due)[0];
  },
  /** The fault that a failure on the way is reported with. */
  faultCode(code: number): number {
    return code;
  },
  /** The fault that a file which is no good is reported with. */
  corruptFault(): number {
    return 9018;
  },
  /** Whether a failed transfer is tried again unasked: never. */
  retries(_transfer: Transfer): boolean {
    return false;
  },
  /** How many TransferComplete requests one transfer gets. */
  reports(transfer: Transfer): Transfer[] {
    return [transfer];
  },
  /** CommandKey in TransferComplete. */
  completeCommandKey({ commandKey }: Transfer): string {
    return commandKey;
  },
  /** FaultString in TransferComplete; empty where nothing failed. */
  completeFaultString({ faultCode = 0, faultString = "" }: Transfer): string {
    return faultCode === 0 ? "" : faultString;
  },
  /** A time in TransferComplete, in UTC. */
  completeTime(at: number | undefined): string {
    return at === undefined ? UNKNOWN_TIME : new Date(at).toISOString().replace(/\.\d+/, "");
  },
  /** State in GetQueuedTransfers. */
  queuedState({ step }: Transfer): number {
    return { waiting: 1, running: 2, done: 3 }[step];
  },
  /** Which transfers GetQueuedTransfers lists: all that are not fully completed. */
  queued(transfers: readonly Transfer[]): readonly Transfer[] {
    return transfers.filter(({ step }) => step !== "done");
  },
  /** Transfers after a start of the phone: all of them, what was interrupted waits again. */
  keptAtBoot(transfers: readonly Transfer[]): Transfer[] {
    return transfers.map((transfer) => (transfer.step === "running" ? { ...transfer, step: "waiting" as const } : transfer));
  },
  /** Transfers that a factory reset leaves: none. */
  keptAtReset(_transfers: readonly Transfer[]): Transfer[] {
    return [];
  },
  /** Software version after a good image was installed. */
  versionOf(image: string, _before: string): string {
    return image;
  },
};

export type TransferSeams = typeof ownSeams & FetchSeams;

export const transferSeams: TransferSeams = { ...ownSeams, ...fetchSeams };
