import type { Mutant } from "./mutant.ts";

/** Devices that tell a wrong cause when somebody at them has started them anew. */
export const uspBootByHandMutants: readonly Mutant[] = [
  {
    id: "usp-boot-power-cycle-remote",
    phone: "A phone that tells every reboot as one that its controller wanted.",
    breaks: "TR-181:Boot#local-reboot",
    rig: "generic",
    caught: { "usp.boot.power-cycle": ["TR-181:Boot#local-reboot"] },
    change: ({ usp }) => ({
      usp: {
        bootArguments: (boot, ...rest) =>
          usp.bootArguments({ ...boot, cause: boot.cause === "LocalReboot" ? "RemoteReboot" : boot.cause }, ...rest),
      },
    }),
  },
  {
    id: "usp-boot-local-reset-as-reboot",
    phone: "A phone that tells the start after a reset by its user as any other one.",
    breaks: "TR-181:Boot#local-reset",
    rig: "generic",
    caught: { "usp.boot.local-reset": ["TR-181:Boot#local-reset"] },
    change: ({ usp }) => ({
      usp: {
        bootArguments: (boot, ...rest) =>
          usp.bootArguments({ ...boot, cause: boot.cause === "LocalFactoryReset" ? "LocalReboot" : boot.cause }, ...rest),
      },
    }),
  },
];
