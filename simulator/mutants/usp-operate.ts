import type { Mutant } from "./mutant.ts";
import { calling } from "./usp-answer.ts";

/** Phones that run commands wrongly, or tell wrongly what came of them (TR-369 "Defined Operations Mechanism"). */
export const uspOperateMutants: readonly Mutant[] = [
  {
    id: "usp-operate-reboot-ignored",
    phone: "A phone that answers Device.Reboot() and does not reboot.",
    breaks: "TP-469:1.61#reboots",
    caught: { "usp.operate.reboot": ["TP-469:1.61#reboots"], "usp.operate.reboot-silent": ["TP-469:1.61#reboots"] },
    change: ({ usp }) => ({ usp: { obeys: (command) => command !== "Device.Reboot()" && usp.obeys(command) } }),
  },
  {
    id: "usp-operate-relative-name",
    phone: "A phone that tells the name of an executed command without its object.",
    breaks: "TP-469:1.64#response",
    caught: {
      "usp.operate.factory-reset": ["TR-181:FactoryReset#response"],
      "usp.operate.reboot": ["TP-469:1.61#response"],
      "usp.operate.async": ["TP-469:1.64#response"],
      "usp.operate.unknown-argument": ["TR-369:R-OPR.6"],
      "usp.timer.runs-out": ["TP-469:9.11#response"],
      "usp.timer.cancelled": ["TP-469:9.8#cancel-response"],
      "usp.message.path-syntax": ["TR-369:R-ARC.7"],
    },
    change: calling((command) => command.replace(/^.*\./, "")),
  },
  {
    id: "usp-operate-always-answered",
    phone: "A phone that answers Operate although no answer is wanted.",
    breaks: "TR-369:R-OPR.4",
    caught: { "usp.operate.reboot-silent": ["TR-369:R-OPR.4"], "usp.operate.async-silent": ["TR-369:R-OPR.4"] },
    change: () => ({ usp: { answersOperate: () => true } }),
  },
  {
    id: "usp-operate-no-request",
    phone: "A phone that has no Request object for a command that runs.",
    breaks: "TR-369:R-OPR.0",
    caught: { "usp.operate.async": ["TR-369:R-OPR.0"], "usp.operate.arguments": ["TR-369:R-OPR.0"] },
    change: () => ({ usp: { keepsRequest: () => false } }),
  },
  {
    id: "usp-operate-request-stays",
    phone: "A phone that keeps the Request object of a command that has ended.",
    breaks: "TR-369:R-OPR.0",
    caught: {
      "usp.operate.async": ["TR-369:R-OPR.0"],
      "usp.operate.arguments": ["TR-369:R-OPR.0"],
      "usp.timer.cancelled": ["TP-469:9.8#request-over"],
    },
    change: () => ({ usp: { removesRequest: () => false } }),
  },
  {
    id: "usp-operate-end-untold",
    phone: "A phone that does not tell the end of a command.",
    breaks: "TP-469:1.64#operation-complete",
    caught: {
      "usp.operate.async": ["TP-469:1.64#operation-complete"],
      "usp.operate.async-silent": ["TP-469:1.64#operation-complete"],
      "usp.operate.arguments": ["TP-469:1.64#operation-complete"],
      "usp.operate.concurrent": ["TR-369:R-OPR.3"],
      "usp.timer.runs-out": ["TP-469:9.11#completion"],
      "usp.timer.cancelled": ["TP-469:9.8#cancelled-code"],
    },
    change: () => ({ usp: { tellsCompletion: () => false } }),
  },
  {
    id: "usp-operate-wants-known-arguments",
    phone: "A phone that refuses a command with an input argument that it does not know.",
    breaks: "TR-369:R-OPR.6",
    caught: { "usp.operate.unknown-argument": ["TR-369:R-OPR.6"] },
    change: () => ({ usp: { unknownArgument: () => 7027 } }),
  },
  {
    id: "usp-operate-makes-do",
    phone: "A phone that runs a command without its mandatory input argument.",
    breaks: "TR-369:R-OPR.5",
    caught: { "usp.operate.missing-argument": ["TR-369:R-OPR.5"] },
    change: () => ({ usp: { missingArgument: () => undefined } }),
  },
  {
    id: "usp-operate-cancels",
    phone: "A phone that cancels a running command when it is called again.",
    breaks: "TR-369:R-OPR.3",
    caught: { "usp.operate.concurrent": ["TR-369:R-OPR.3"] },
    change: () => ({ usp: { cancelsRunning: () => true } }),
  },
];
