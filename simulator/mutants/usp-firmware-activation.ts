import type { Mutant } from "./mutant.ts";

/** Devices that go wrong when they change to another firmware image (TR-369 Appendix I). */
export const uspFirmwareActivationMutants: readonly Mutant[] = [
  {
    id: "usp-firmware-old-version",
    rig: "generic",
    phone: "A phone that shows its first version whichever image runs.",
    breaks: "TP-469:9.4#running",
    caught: {
      "usp.firmware.auto-activate": ["TP-469:9.3#firmware-updated", "TP-469:9.3#running"],
      "usp.firmware.immediately": ["TP-469:9.4#firmware-updated", "TP-469:9.4#running"],
      "usp.firmware.any-time": ["TP-469:9.4#firmware-updated", "TP-469:9.4#running"],
      "usp.firmware.boot-image": ["TP-469:9.4#firmware-updated", "TP-469:9.4#running"],
    },
    change: () => ({ usp: { runningVersion: (_version, before) => before } }),
  },
  {
    id: "usp-firmware-activate-ignored",
    rig: "generic",
    phone: "A phone that says Activate() is done and goes on with the image that runs.",
    breaks: "TP-469:9.4#running",
    caught: {
      "usp.firmware.immediately": ["TP-469:9.4#firmware-updated", "TP-469:9.4#running"],
      "usp.firmware.any-time": ["TP-469:9.4#firmware-updated", "TP-469:9.4#running"],
    },
    change: () => ({ usp: { activates: (by) => by !== "Activate()" } }),
  },
  {
    id: "usp-firmware-not-at-once",
    rig: "generic",
    phone: "A phone that starts an image at the end of its window although it is to do so immediately.",
    breaks: "TP-469:9.4#at-once",
    caught: { "usp.firmware.immediately": ["TP-469:9.4#at-once"] },
    change: ({ usp }) => ({
      usp: {
        activationDelay: (window, random) =>
          window.mode === "Immediately" ? window.end * 1000 : usp.activationDelay(window, random),
      },
    }),
  },
  {
    id: "usp-firmware-too-late",
    rig: "generic",
    phone: "A phone that starts an image half a minute after its time window.",
    breaks: "TP-469:9.5#in-window",
    caught: {
      "usp.firmware.any-time": ["TP-469:9.5#in-window"],
      "usp.firmware.later": ["TP-469:9.5#in-window"],
    },
    change: ({ usp }) => ({
      usp: {
        activationDelay: (window, random) =>
          window.mode === "AnyTime" ? (window.end + 30) * 1000 : usp.activationDelay(window, random),
      },
    }),
  },
  {
    id: "usp-firmware-too-early",
    rig: "generic",
    phone: "A phone that starts an image before its time window.",
    breaks: "TP-469:9.5#in-window",
    caught: { "usp.firmware.later": ["TP-469:9.5#in-window"] },
    change: () => ({ usp: { activationDelay: ({ start }) => start * 500 } }),
  },
  {
    id: "usp-firmware-not-cancelled",
    rig: "generic",
    phone: "A phone that starts an image although that was cancelled.",
    breaks: "TP-469:9.8#no-boot",
    caught: { "usp.firmware.cancelled": ["TP-469:9.8#no-boot"] },
    change: () => ({ usp: { cancels: (name) => name !== "Activate()" } }),
  },
  {
    id: "usp-firmware-request-stays",
    rig: "generic",
    phone: "A phone that shows a cancelled command as one that is under way.",
    breaks: "TP-469:9.8#request-over",
    caught: { "usp.timer.cancelled": ["TP-469:9.8#request-over"], "usp.firmware.cancelled": ["TP-469:9.8#request-over"] },
    change: () => ({ usp: { removesRequest: (code) => code !== 7023 } }),
  },
  {
    id: "usp-firmware-request-unnamed",
    rig: "generic",
    phone: "A phone that answers Activate() as if it were done at once.",
    breaks: "TP-469:9.8#request",
    caught: {
      "usp.operate.many-requests": ["TR-369:R-OPR.2"],
      "usp.firmware.cancelled": ["TP-469:9.8#request", "TP-469:9.8#no-boot"],
    },
    change: () => ({
      usp: {
        answer(answer) {
          if (answer.kind !== "response" || answer.response.case !== "operateResp") return answer;
          const operationResults = (answer.response.value.operationResults ?? []).map(
            ({ executedCommand = "", operationResp }) =>
              executedCommand.endsWith("Activate()")
                ? { executedCommand, operationResp: { case: "reqOutputArgs" as const, value: {} } }
                : { executedCommand, operationResp: operationResp ?? { case: undefined } },
          );
          return { kind: "response", response: { case: "operateResp", value: { operationResults } } };
        },
      },
    }),
  },
];
