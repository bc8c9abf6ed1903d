import type { Device } from "../device.ts";
import { type RpcArguments, refuse } from "./rpc-arguments.ts";
import type { Arg } from "./soap.ts";
import type { FileKind } from "./transfer-seams.ts";
import type { Transfers } from "./transfers.ts";

/** Download (TR-069 A.3.2.8). SuccessURL and FailureURL are for devices that have a browser open. */
export function downloadRpc(device: Device, transfers: Transfers, given: RpcArguments): readonly Arg[] {
  const seams = device.seams.transfer;
  const fileSize = given.unsigned("FileSize");
  const targetFileName = given.path("TargetFileName");
  given.path("SuccessURL");
  given.path("FailureURL");
  return queue(
    device,
    transfers,
    given,
    { direction: "download", fileSize, targetFileName },
    seams.downloadKind(given.text("FileType")),
  );
}

/** Upload (TR-069 A.4.1.5). */
export function uploadRpc(device: Device, transfers: Transfers, given: RpcArguments): readonly Arg[] {
  const kind = device.seams.transfer.uploadKind(given.text("FileType"));
  return queue(device, transfers, given, { direction: "upload", fileSize: 0, targetFileName: "" }, kind);
}

function queue(
  { clock, seams: { transfer: seams } }: Device,
  transfers: Transfers,
  given: RpcArguments,
  about: { direction: "download" | "upload"; fileSize: number; targetFileName: string },
  kind: FileKind | undefined,
): readonly Arg[] {
  const commandKey = given.key("CommandKey");
  const url = given.path("URL");
  const username = given.path("Username");
  const password = given.path("Password");
  const delay = given.unsigned("DelaySeconds");
  if (kind === undefined) refuse(seams.unknownFileType());
  if (!seams.acceptsUrl(url)) refuse(9003);
  if (URL.canParse(url) && !seams.supportsScheme(new URL(url).protocol)) refuse(seams.unsupportedScheme());
  refuse(seams.sizeFault(about.fileSize));
  if (transfers.isFull) refuse(seams.queueFullFault());
  const due = seams.due(clock.now(), delay);
  transfers.add({ ...about, commandKey, url, username, password, due, fileType: given.text("FileType") });
  return [
    { name: "Status", text: String(seams.responseStatus()) },
    { name: "StartTime", text: seams.responseTime() },
    { name: "CompleteTime", text: seams.responseTime() },
  ];
}

/** GetQueuedTransfers (TR-069 A.4.1.1). */
export function getQueuedTransfers({ state, seams: { transfer: seams } }: Device): readonly Arg[] {
  const members = seams.queued(state.transfers).map((transfer) => ({
    name: "QueuedTransferStruct",
    children: [
      { name: "CommandKey", text: transfer.commandKey },
      { name: "State", text: String(seams.queuedState(transfer)) },
    ],
  }));
  return [{ name: "TransferList", array: { type: "cwmp:QueuedTransferStruct", members } }];
}

/** GetAllQueuedTransfers (TR-069 A.4.1.7). */
export function getAllQueuedTransfers({ state, seams: { transfer: seams } }: Device): readonly Arg[] {
  const members = seams.queued(state.transfers).map((transfer) => ({
    name: "AllQueuedTransferStruct",
    children: [
      { name: "CommandKey", text: transfer.commandKey },
      { name: "State", text: String(seams.queuedState(transfer)) },
      { name: "IsDownload", text: transfer.direction === "download" ? "1" : "0" },
      { name: "FileType", text: transfer.fileType },
      { name: "FileSize", text: String(transfer.fileSize) },
      { name: "TargetFileName", text: transfer.targetFileName },
    ],
  }));
  return [{ name: "TransferList", array: { type: "cwmp:AllQueuedTransferStruct", members } }];
}
