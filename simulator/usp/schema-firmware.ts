import type { DeliveredInstance } from "./delivered-instance.ts";
import { alias, command, flag, type ObjectShape, object, text } from "./shape.ts";

export const FIRMWARE_TABLE = "Device.DeviceInfo.FirmwareImage.";

const IMAGE = `${FIRMWARE_TABLE}{i}.`;

/** Firmware images (TR-181, profile Firmware:1) and their commands (TR-369 Appendix I). */
export const firmwareObjects: readonly ObjectShape[] = [
  object("Device.DeviceInfo.", [
    text("ActiveFirmwareImage", "read", { refersTo: IMAGE }),
    text("BootFirmwareImage", "write", { refersTo: IMAGE }),
  ]),
  object(
    IMAGE,
    [
      alias,
      text("Name", "read", { limits: { length: 64 } }),
      text("Version", "read", { limits: { length: 64 } }),
      flag("Available", "write"),
      text("Status", "read", { initial: "NoImage" }),
      text("BootFailureLog", "read"),
    ],
    {
      keys: [["Alias"]],
      commands: [
        {
          ...command("Download()", true, ["URL", "AutoActivate"]),
          input: ["URL", "AutoActivate", "Username", "Password", "FileSize", "CheckSumAlgorithm", "CheckSum"],
        },
        {
          ...command("Activate()", true),
          input: ["Start", "End", "Mode", "UserMessage", "MaxRetries"].map((name) => `TimeWindow.{i}.${name}`),
        },
      ],
    },
  ),
  object("Device.LocalAgent.", [], {
    events: [
      {
        name: "TransferComplete!",
        args: [
          "Command",
          "CommandKey",
          "Requestor",
          "TransferType",
          "Affected",
          "TransferURL",
          "StartTime",
          "CompleteTime",
          "FaultCode",
          "FaultString",
        ],
      },
    ],
  }),
];

/** Room for two images; the first is the one that the device is delivered with. */
export const firmwareDelivered: readonly DeliveredInstance[] = [1, 2].map((instance) => ({ table: FIRMWARE_TABLE, instance }));
