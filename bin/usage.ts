import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { addressText } from "./address.ts";
import { flagTable, type Mistake } from "./argv.ts";
import { OWN_FLAGS, type Request } from "./flags.ts";
import { quoted } from "./npm.ts";
import { VITEST_FLAGS } from "./vitest-flags.ts";

/** Of runs against the embedded phone, so that two of them differ only where the suite does. */
export const EMBEDDED_SEED = 1;

/** Exit code of a run that was interrupted. */
export const INTERRUPTED = 130;

/** Exit code of a command line, profile or known-failures file that cannot be taken. */
export const WRONG_USAGE = 64;

/** Version of the suite, from package.json. */
export function suiteVersion(): string {
  const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, "../package.json"), "utf8")) as {
    readonly version: string;
  };
  return version;
}

/** `npm test -- --help`. */
export function helpText(): string {
  return `CPE Assay: conformance and interoperability suite for phones managed over TR-069 (CWMP)

  npm test                                  every case against the embedded simulated phone
  npm test -- --target=192.168.1.20         the same against a real phone
  npm run plan -- --profile=my-phone.yaml   what would run, what would not and why; nothing is sent
  npm run phone -- --help                   the simulated phone as a program of its own
  npm run check                             the project's own tests

Flags (behind --, or npm keeps them for itself)
${flagTable(OWN_FLAGS).join("\n")}

Flags of vitest that may stand behind them
${flagTable(VITEST_FLAGS.filter(({ refused }) => refused === undefined)).join("\n")}

Exit codes
  0    conformant in everything that was judged
  1    not conformant, or a known failure that does not hold
  2    could not tell: a case is inconclusive, or none applied
  64   wrong usage, an invalid profile or known-failures file: nothing was run
  130  interrupted
`;
}

/** What is printed instead of a run. */
export function wrongUsage({ message, instead }: Mistake): string {
  return `\nNothing was run: ${message}\n${instead === undefined ? "" : `\nType: ${instead}\n`}`;
}

/** What to type to run one case again as it was run. */
export function againCommand(request: Request, seed: number, caseId: string): string {
  const ofSeed = seed === EMBEDDED_SEED ? [] : [`--seed=${seed}`];
  return `npm test -- ${[`--case=${caseId}`, ...ofSeed, ...againFlags(request)].join(" ")}`;
}

/** The flags, beside those that choose cases and the seed, with which a run like this one is started. */
export function againFlags({ target, profile, listen, dhcp, usp, realTime }: Request): readonly string[] {
  return [
    ...(target === undefined ? [] : [`--target=${addressText(target)}`]),
    ...(profile === undefined ? [] : [`--profile=${quoted(profile)}`]),
    ...(listen === undefined ? [] : [`--listen=${listen}`]),
    ...(dhcp === undefined ? [] : [`--dhcp-interface=${quoted(dhcp.interface)}`]),
    ...(dhcp?.address === undefined ? [] : [`--dhcp-address=${dhcp.address}`]),
    ...(usp.mtp === undefined ? [] : [`--mtp=${usp.mtp === "mqtt" ? "mqtt" : "ws"}`]),
    ...(usp.mqttVersion === undefined ? [] : [`--mqtt-version=${usp.mqttVersion}`]),
    ...(usp.tls === true ? ["--tls"] : []),
    ...(realTime ? ["--real-time"] : []),
  ];
}
