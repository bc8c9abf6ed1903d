import { alias, command, flag, list, type ObjectShape, object, text } from "./shape.ts";

export const CERTIFICATE_TABLE = "Device.LocalAgent.Certificate.";

/** Certificates of controllers and brokers that the agent is given (TR-181 Device.LocalAgent.Certificate). */
export const certificateObjects: readonly ObjectShape[] = [
  object(
    "Device.LocalAgent.",
    [list("SupportedFingerprintAlgorithms", "read", { initial: "SHA-1,SHA-224,SHA-256,SHA-384,SHA-512" })],
    { commands: [{ ...command("AddCertificate()", false, ["Certificate"]), input: ["Alias", "Certificate"] }] },
  ),
  object(
    `${CERTIFICATE_TABLE}{i}.`,
    [
      alias,
      flag("Enable", "write", { initial: "true" }),
      text("SerialNumber", "read", { limits: { length: 64 } }),
      text("Issuer", "read", { limits: { length: 256 } }),
    ],
    {
      max: 16,
      keys: [["SerialNumber", "Issuer"], ["Alias"]],
      commands: [command("Delete()", false), command("GetFingerprint()", false, ["FingerprintAlgorithm"], ["Fingerprint"])],
    },
  ),
];
