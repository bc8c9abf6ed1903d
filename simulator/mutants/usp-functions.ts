import type { Mutant } from "./mutant.ts";
import { calling } from "./usp-answer.ts";

/** Phones that go wrong with timers, Boot! and controllers that were added (TP-469 section 9). */
export const uspFunctionMutants: readonly Mutant[] = [
  {
    id: "usp-timer-unanswered-name",
    phone: "A phone that calls ScheduleTimer() by another name in its answer.",
    breaks: "TP-469:9.11#response",
    caught: {
      "usp.timer.runs-out": ["TP-469:9.11#response"],
      "usp.operate.unknown-argument": ["TR-369:R-OPR.6"],
    },
    change: calling((command) => command.replace("ScheduleTimer()", "Timer()")),
  },
  {
    id: "usp-timer-early",
    phone: "A phone whose timer runs out after half of the time.",
    breaks: "TP-469:9.11#delay",
    caught: { "usp.timer.runs-out": ["TP-469:9.11#delay"] },
    change: () => ({ usp: { timerDelay: (seconds) => seconds * 500 } }),
  },
  {
    id: "usp-timer-untold",
    phone: "A phone that does not tell the end of ScheduleTimer().",
    breaks: "TP-469:9.11#completion",
    caught: {
      "usp.timer.runs-out": ["TP-469:9.11#completion"],
      "usp.timer.cancelled": ["TP-469:9.8#cancelled-code"],
      "usp.operate.arguments": ["TP-469:1.64#operation-complete"],
    },
    change: () => ({ usp: { tellsCompletion: (name) => name !== "ScheduleTimer()" } }),
  },
  {
    id: "usp-cancel-other-code",
    phone: "A phone that tells of a cancelled command only that it failed.",
    breaks: "TP-469:9.8#cancelled-code",
    caught: { "usp.timer.cancelled": ["TP-469:9.8#cancelled-code"] },
    change: () => ({ usp: { cancelledCode: () => 7022 } }),
  },
  {
    id: "usp-cancel-ignored",
    phone: "A phone that answers Cancel() and goes on with the command.",
    breaks: "TP-469:9.8#request-over",
    caught: { "usp.timer.cancelled": ["TP-469:9.8#cancelled-code", "TP-469:9.8#request-over"] },
    change: () => ({ usp: { cancels: () => false } }),
  },
  {
    id: "usp-cancel-relative-name",
    phone: "A phone that answers Cancel() without the object that it belongs to.",
    breaks: "TP-469:9.8#cancel-response",
    caught: {
      "usp.timer.cancelled": ["TP-469:9.8#cancel-response"],
      "usp.message.path-syntax": ["TR-369:R-ARC.7"],
    },
    change: calling((command) => command.replace(/^.*\.(?=Cancel\(\)$)/, "")),
  },
  {
    id: "usp-boot-untold",
    phone: "A phone that does not tell that it has started.",
    breaks: "TP-469:9.10#event",
    caught: {
      "snom.two-protocols.firmware": ["SNOM-TR-369:Two-protocols#firmware"],
      "usp.boot.parameters": ["TP-469:9.10#event"],
    },
    change: () => ({ usp: { tellsBoot: () => false } }),
  },
  {
    id: "usp-boot-local-cause",
    phone: "A phone that takes every reboot for one of its user's.",
    breaks: "TP-469:9.10#cause",
    caught: { "usp.boot.parameters": ["TP-469:9.10#cause"] },
    change: ({ usp }) => ({
      usp: {
        bootArguments: (_boot, parameters, isUpdated) =>
          usp.bootArguments({ cause: "LocalReboot", commandKey: "" }, parameters, isUpdated),
      },
    }),
  },
  {
    id: "usp-boot-no-parameters",
    phone: "A phone that tells no parameters in Boot!.",
    breaks: "TP-469:9.10#parameter-map",
    caught: { "usp.boot.parameters": ["TP-469:9.10#parameter-map", "TP-469:9.10#value"] },
    change: ({ usp }) => ({ usp: { bootArguments: (boot, _parameters, isUpdated) => usp.bootArguments(boot, {}, isUpdated) } }),
  },
  {
    id: "usp-boot-no-values",
    phone: "A phone that tells the names of its Boot! parameters and no values.",
    breaks: "TP-469:9.10#value",
    caught: { "usp.boot.parameters": ["TP-469:9.10#value"] },
    change: ({ usp }) => ({
      usp: {
        bootArguments: (boot, parameters, isUpdated) =>
          usp.bootArguments(boot, Object.fromEntries(Object.keys(parameters).map((name) => [name, ""])), isUpdated),
      },
    }),
  },
  {
    id: "usp-boot-all-parameters",
    phone: "A phone that tells Boot! parameters that are not enabled.",
    breaks: "TP-469:9.10#enabled-only",
    caught: { "usp.boot.parameters": ["TP-469:9.10#enabled-only"] },
    change: () => ({ usp: { tellsBootParameter: () => true } }),
  },
  {
    id: "usp-new-controller-untold",
    phone: "A phone that sends its OnBoardRequest to no controller but its first one.",
    breaks: "TP-469:9.9#on-board-request",
    caught: { "usp.on-board.new-controller": ["TP-469:9.9#on-board-request"] },
    change: () => ({ usp: { boards: (controller) => /^Device\.LocalAgent\.Controller\.[12]\.$/.test(controller) } }),
  },
  {
    id: "usp-new-controller-left",
    phone: "A phone that does not come to controllers that were added.",
    breaks: "TP-469:9.9#session",
    caught: { "usp.mtp.certificate": ["TR-369:R-WS.22"], "usp.on-board.new-controller": ["TP-469:9.9#session"] },
    change: () => ({ usp: { isContacted: (controller) => /^Device\.LocalAgent\.Controller\.[12]\.$/.test(controller) } }),
  },
];
