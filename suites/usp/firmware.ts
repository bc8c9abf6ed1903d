import { createHash } from "node:crypto";
import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { present } from "../../harness/core/finding.ts";
import {
  DOWNLOADED_WITHIN,
  download,
  ended,
  type FirmwareStage,
  runs,
  seeFirmware,
  transferred,
  updated,
  withFirmware,
} from "./support/firmware.ts";
import { hasValue } from "./support/instances.ts";
import { type Subscription, tellsCompletion, tellsEvent, withSubscription } from "./support/notifications.ts";

const TRANSFER = "TransferComplete!";

const FAILURE = "response/operate_resp/operation_results[1]/cmd_failure/err_code";

const needs = ["usp-firmware", "usp-firmware-file"] as const;

/** Firmware images, and a subscription to TransferComplete!. */
const withTransfers = <T>(
  bench: UspBench,
  name: string,
  use: (stage: FirmwareStage, transfers: Subscription) => Promise<T>,
): Promise<T> =>
  withFirmware(bench, name, (stage) =>
    withSubscription(
      bench,
      { name: `${name}-transfer`, type: "Event", references: `Device.LocalAgent.${TRANSFER}` },
      (transfers) => use(stage, transfers),
    ),
  );

/** Downloads into an image and starts it, and what is told of that. */
const activated = (bench: UspBench, name: string, imageOf: (stage: FirmwareStage) => string) =>
  withTransfers(bench, name, (stage, transfers) => {
    const { controller, patience } = bench;
    const image = imageOf(stage);
    const command = `${image}Download()`;
    return withSubscription(bench, { name, type: "OperationComplete", references: command }, async (ends) => {
      const reply = await download(bench, stage, image, { AutoActivate: "true" });
      const isRefused = reply.kind !== "response" || reply.at(FAILURE).value !== undefined;
      if (isRefused) return { image, command, reply, isRefused, file: stage.file };
      const end = await controller.next(tellsCompletion(ends), DOWNLOADED_WITHIN);
      const transfer = await controller.next(tellsEvent(transfers, TRANSFER), patience.contact);
      const boot = await controller.next(tellsEvent(stage.boots, "Boot!"), DOWNLOADED_WITHIN);
      return { image, command, reply, isRefused, file: stage.file, end, transfer, boot, seen: await seeFirmware(bench) };
    });
  });

/** Downloads into the image beside the one that runs, and does not start it. */
const fetched = (bench: UspBench, name: string, args: (stage: FirmwareStage) => Readonly<Record<string, string>>) =>
  withTransfers(bench, name, async (stage, transfers) => {
    const { controller } = bench;
    const image = stage.other;
    const reply = await download(bench, stage, image, args(stage));
    const transfer = await controller.next(tellsEvent(transfers, TRANSFER), DOWNLOADED_WITHIN);
    return { image, reply, transfer, seen: await controller.get([`${image}Status`]) };
  });

const sha1 = (content: Buffer): string => createHash("sha1").update(content).digest("hex");

/** Firmware that is downloaded (TR-369 Appendix I, "Getting the firmware image onto the device"). */
export const firmwareCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.firmware.auto-activate",
    title: "runs the firmware of a Download() with AutoActivate, and tells so in Boot!",
    proves: [
      "TP-469:9.3#operation-complete",
      "TP-469:9.3#transfer-complete",
      "TP-469:9.3#firmware-updated",
      "TP-469:9.3#running",
    ],
    references: ["TP-469 9.3"],
    needs,
    disturbs: "reboot",
    drive: (bench) => activated(bench, "firmware-auto", ({ other }) => other),
    *judge({ image, command, reply, file, end, transfer, boot, seen }) {
      const after = reply.request.where;
      yield* ended("TP-469:9.3#operation-complete", end, command, true, after);
      yield* transferred("TP-469:9.3#transfer-complete", transfer, true, after);
      yield* updated("TP-469:9.3#firmware-updated", boot, after);
      if (seen === undefined) yield present("TP-469:9.3#running", reply.at("response/operate_resp"), "OperateResp");
      else yield* runs("TP-469:9.3#running", seen, image, file.version);
    },
  }),
  uspCase({
    id: "usp.firmware.checksum",
    title: "fails a Download() whose file has not the checksum that it is given",
    proves: ["TP-469:9.6#transfer-complete", "TP-469:9.6#validation-failed"],
    references: ["TP-469 9.6"],
    needs,
    drive: (bench) =>
      fetched(bench, "firmware-checksum", ({ file }) => ({
        CheckSumAlgorithm: "SHA-1",
        CheckSum: sha1(Buffer.concat([file.content, Buffer.from("other")])),
      })),
    *judge({ image, reply, transfer, seen }) {
      yield* transferred("TP-469:9.6#transfer-complete", transfer, false, reply.request.where);
      yield hasValue("TP-469:9.6#validation-failed", seen, `${image}Status`, "ValidationFailed");
    },
  }),
  uspCase({
    id: "usp.firmware.right-checksum",
    title: "has firmware available that it downloaded with the right checksum",
    proves: ["TP-469:9.6#transfer-complete", "TP-469:9.6#available"],
    references: ["TP-469 9.6"],
    needs,
    drive: (bench) =>
      fetched(bench, "firmware-right-checksum", ({ file }) => ({ CheckSumAlgorithm: "SHA-1", CheckSum: sha1(file.content) })),
    *judge({ image, reply, transfer, seen }) {
      yield* transferred("TP-469:9.6#transfer-complete", transfer, true, reply.request.where);
      yield hasValue("TP-469:9.6#available", seen, `${image}Status`, "Available");
    },
  }),
  uspCase({
    id: "usp.firmware.missing-file",
    title: "tells that a Download() failed whose file is not there",
    proves: ["TP-469:9.6#transfer-complete", "TP-469:9.6#download-failed"],
    needs,
    drive: (bench) => fetched(bench, "firmware-missing", ({ file }) => ({ URL: `${file.url}.none`, FileSize: "0" })),
    *judge({ image, reply, transfer, seen }) {
      yield* transferred("TP-469:9.6#transfer-complete", transfer, false, reply.request.where);
      yield hasValue("TP-469:9.6#download-failed", seen, `${image}Status`, "DownloadFailed");
    },
  }),
  uspCase({
    id: "usp.firmware.over-running",
    title: "refuses a Download() over the image that runs, or goes through with it",
    proves: ["TP-469:9.7#refused-or-done"],
    references: ["TP-469 9.7"],
    needs,
    disturbs: "reboot",
    drive: (bench) => activated(bench, "firmware-over", ({ running }) => running),
    *judge({ reply, isRefused, transfer, boot }) {
      const requirement = "TP-469:9.7#refused-or-done";
      if (isRefused) yield present(requirement, reply.kind === "error" ? reply.errorCode : reply.at(FAILURE), "a failure");
      else {
        yield* transferred(requirement, transfer, true, reply.request.where);
        yield* updated(requirement, boot, reply.request.where);
      }
    },
  }),
];
