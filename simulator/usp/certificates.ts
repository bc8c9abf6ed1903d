import { createHash, X509Certificate } from "node:crypto";
import type { Device } from "../device.ts";
import type { CommandHandlers } from "./commands.ts";
import type { UspModel } from "./model.ts";
import { CERTIFICATE_TABLE } from "./schema-certificates.ts";

/** Where the octets of a certificate are kept beside its parameters, in base 64. */
const KEPT = "octets";

/** FingerprintAlgorithm as `node:crypto` calls it. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  "SHA-1": "sha1",
  "SHA-224": "sha224",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

const INVALID_ARGUMENTS = 7027;

/** The certificates that controllers give the agent. */
export function certificateHandlers(device: Device, model: UspModel): CommandHandlers {
  const { usp } = device.seams;
  const failure = (name: string): number => usp.wrongArgument(name) ?? INVALID_ARGUMENTS;
  return {
    "Device.LocalAgent.AddCertificate()": ({ input, shape }, run) => {
      const certificate = read(input.Certificate ?? "");
      if (!usp.isCertificate(certificate !== undefined)) return run.failed(failure(shape.name));
      const alias = usp.certificateAlias(input.Alias ?? "");
      const values = {
        SerialNumber: usp.serialNumber(certificate?.serialNumber ?? ""),
        Issuer: (certificate?.issuer ?? "").split("\n").join(", ").slice(0, 256),
      };
      const all = model.instances(CERTIFICATE_TABLE).map((number) => `${CERTIFICATE_TABLE}${number}.`);
      const isThere = all.some(
        (path) =>
          model.value(`${path}Alias`) === alias ||
          Object.entries(values).every(([name, value]) => model.value(path + name) === value),
      );
      if (isThere) return run.failed(7025);
      if (!usp.keepsCertificate()) return run.done();
      const path = model.add(CERTIFICATE_TABLE, device.clock.now());
      if (path === undefined) return run.failed(7005);
      const number = Number(path.slice(CERTIFICATE_TABLE.length, -1));
      const kept = { ...values, Alias: alias || usp.ownKey(CERTIFICATE_TABLE, number), [KEPT]: octetsOf(certificate) };
      for (const [name, value] of Object.entries(kept)) model.set(path + name, value);
      return run.done();
    },
    "Device.LocalAgent.Certificate.Delete()": ({ object }, run) => {
      if (usp.deletesCertificate()) model.delete(object);
      return run.done();
    },
    "Device.LocalAgent.Certificate.GetFingerprint()": ({ object, input, shape }, run) => {
      const algorithm = ALGORITHMS[input.FingerprintAlgorithm ?? ""];
      if (algorithm === undefined) return run.failed(failure(shape.name));
      const octets = octetsIn(device, object);
      const digest = createHash(algorithm).update(octets).digest("hex").toUpperCase();
      return run.done({ Fingerprint: usp.fingerprint(digest.replace(/(..)(?!$)/g, "$1:")) });
    },
  };
}

/** The octets of a certificate that the agent has been given; none when it has not. */
export const octetsIn = ({ state }: Device, path: string): Buffer => Buffer.from(state.usp.values[path + KEPT] ?? "", "base64");

const octetsOf = (certificate: X509Certificate | undefined): string => certificate?.raw.toString("base64") ?? "";

function read(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}
