import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, matches, same } from "../../harness/core/finding.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import { ended, filledImage, runs, seeFirmware, updated, withFirmware } from "./support/firmware.ts";
import { notNotified, tellsCompletion, tellsEvent, withSubscription } from "./support/notifications.ts";

const REQUESTS = "Device.LocalAgent.Request.";
const RESULT = "response/operate_resp/operation_results[1]";

interface Window {
  /** In seconds from the command on. */
  readonly start: number;
  readonly end: number;
  readonly mode: "AnyTime" | "Immediately";
}

const argumentsOf = ({ start, end, mode }: Window): Readonly<Record<string, string>> => ({
  "TimeWindow.1.Start": String(start),
  "TimeWindow.1.End": String(end),
  "TimeWindow.1.Mode": mode,
});

/** Activates an image in a time window, and what is told of that. */
const activated = (bench: UspBench, name: string, window: Window) =>
  withFirmware(bench, name, async (stage) => {
    const { controller } = bench;
    const image = await filledImage(bench, stage);
    const command = `${image}Activate()`;
    return withSubscription(bench, { name, type: "OperationComplete", references: command }, async (ends) => {
      const reply = await controller.operate(command, argumentsOf(window), { commandKey: "assay-activate" });
      const end = await controller.next(tellsCompletion(ends), (window.end + 60) * 1000);
      const boot = await controller.next(tellsEvent(stage.boots, "Boot!"), (window.end + 300) * 1000);
      return { image, command, window, file: stage.file, reply, end, boot, seen: await seeFirmware(bench) };
    });
  });

/** The end of a command comes so many seconds after the call, from the first to the second. */
function within(
  requirement: string,
  reply: UspReply,
  end: UspRecordLog | undefined,
  [from, to]: readonly [number, number],
): Finding {
  const waited = end === undefined ? undefined : (end.at - reply.request.at) / 1000;
  return holds(requirement, waited !== undefined && waited >= from && waited <= to, {
    expected: `OperationComplete from ${from} s to ${to} s after ${reply.request.where}`,
    actual: waited === undefined ? "none" : `${waited.toFixed(1)} s after it`,
    where: end?.where ?? "until the deadline",
  });
}

const needs = ["usp-firmware", "usp-firmware-file", "usp-firmware-activate"] as const;

/** Firmware that is there and is started (TR-369 Appendix I, "Switching firmware images"). */
export const firmwareActivationCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.firmware.immediately",
    title: "starts an image at the beginning of a time window of the mode Immediately",
    proves: ["TP-469:9.4#at-once", "TP-469:9.4#firmware-updated", "TP-469:9.4#running"],
    references: ["TP-469 9.4"],
    needs,
    disturbs: "reboot",
    drive: (bench) => activated(bench, "firmware-immediately", { start: 1, end: 100, mode: "Immediately" }),
    *judge({ image, command, file, reply, end, boot, seen }) {
      yield* ended("TP-469:9.4#at-once", end, command, true, reply.request.where);
      yield within("TP-469:9.4#at-once", reply, end, [0, 5]);
      yield* updated("TP-469:9.4#firmware-updated", boot, reply.request.where);
      yield* runs("TP-469:9.4#running", seen, image, file.version);
    },
  }),
  uspCase({
    id: "usp.firmware.any-time",
    title: "starts an image within a time window of the mode AnyTime",
    proves: ["TP-469:9.5#in-window", "TP-469:9.4#firmware-updated", "TP-469:9.4#running"],
    references: ["TP-469 9.5"],
    needs,
    disturbs: "reboot",
    waits: 120,
    drive: (bench) => activated(bench, "firmware-any-time", { start: 0, end: 120, mode: "AnyTime" }),
    *judge({ image, command, file, reply, end, boot, seen }) {
      yield* ended("TP-469:9.5#in-window", end, command, true, reply.request.where);
      // An agent may need a moment to tell; the plan grants none beyond the window.
      yield within("TP-469:9.5#in-window", reply, end, [0, 125]);
      yield* updated("TP-469:9.4#firmware-updated", boot, reply.request.where);
      yield* runs("TP-469:9.4#running", seen, image, file.version);
    },
  }),
  uspCase({
    id: "usp.firmware.later",
    title: "does not start an image before its time window begins",
    proves: ["TP-469:9.5#in-window"],
    needs,
    disturbs: "reboot",
    waits: 150,
    drive: (bench) => activated(bench, "firmware-later", { start: 60, end: 90, mode: "AnyTime" }),
    *judge({ command, reply, end }) {
      yield* ended("TP-469:9.5#in-window", end, command, true, reply.request.where);
      yield within("TP-469:9.5#in-window", reply, end, [60, 95]);
    },
  }),
  uspCase({
    id: "usp.firmware.boot-image",
    title: "starts the image that BootFirmwareImage names when it is rebooted",
    proves: ["TP-469:9.4#firmware-updated", "TP-469:9.4#running"],
    needs: ["usp-firmware", "usp-firmware-file", "usp-reboot"],
    disturbs: "reboot",
    drive: (bench) =>
      withFirmware(bench, "firmware-boot-image", async (stage) => {
        const { controller, patience } = bench;
        const image = await filledImage(bench, stage);
        const params = [{ name: "BootFirmwareImage", value: image.slice(0, -1), required: true }];
        const reply = await controller.set([{ path: "Device.DeviceInfo.", params }]);
        if (reply.kind !== "response")
          throw new Inconclusive("precondition", `writing BootFirmwareImage: the agent gave ${reply.summary.value}`);
        await controller.operate("Device.Reboot()", {}, { commandKey: "assay-firmware" });
        const boot = await controller.next(tellsEvent(stage.boots, "Boot!"), patience.reboot);
        return { image, reply, boot, file: stage.file, seen: await seeFirmware(bench) };
      }),
    *judge({ image, reply, boot, file, seen }) {
      yield* updated("TP-469:9.4#firmware-updated", boot, reply.request.where);
      yield* runs("TP-469:9.4#running", seen, image, file.version);
    },
  }),
  uspCase({
    id: "usp.firmware.cancelled",
    title: "does not start an image whose Activate() was cancelled",
    proves: ["TP-469:9.8#request", "TP-469:9.8#no-boot", "TP-469:9.8#request-over"],
    references: ["TP-469 9.8"],
    needs: [...needs, "usp-cancel"],
    disturbs: "reboot",
    waits: 500,
    drive: (bench) =>
      withFirmware(bench, "firmware-cancelled", async (stage) => {
        const { controller } = bench;
        const command = `${await filledImage(bench, stage)}Activate()`;
        const window: Window = { start: 120, end: 500, mode: "AnyTime" };
        const reply = await controller.operate(command, argumentsOf(window), { commandKey: "assay-cancelled" });
        const request = reply.at(`${RESULT}/req_obj_path`).value?.replace(/\.?$/, ".");
        if (request !== undefined) await controller.operate(`${request}Cancel()`, {}, { commandKey: "assay-cancel" });
        const boot = await controller.silence((window.end + 5) * 1000, tellsEvent(stage.boots, "Boot!"));
        return { command, reply, request, boot, after: await controller.get([REQUESTS]) };
      }),
    *judge({ command, reply, request, boot, after }) {
      yield same("TP-469:9.8#request", reply.at(`${RESULT}/executed_command`), command);
      yield matches(
        "TP-469:9.8#request",
        reply.at(`${RESULT}/req_obj_path`),
        /^Device\.LocalAgent\.Request\.\d+\.?$/,
        `req_obj_path in ${REQUESTS}`,
      );
      yield notNotified("TP-469:9.8#no-boot", boot, "Boot!", reply.request.where);
      const status = parametersIn(after).get(`${request}Status`);
      yield holds("TP-469:9.8#request-over", after.kind === "response" && (status === undefined || isOver(status.value)), {
        expected: `no ${request ?? "Request"}, or one that is cancelled`,
        actual: after.kind === "response" ? (status?.value ?? "none") : after.summary.value,
        where: status?.where ?? after.summary.where,
      });
    },
  }),
];

/** The plan spells both with two l, TR-181 with one. */
const isOver = (status: string | undefined): boolean => /^Cancell?(?:ed|ing)$/.test(status ?? "");
