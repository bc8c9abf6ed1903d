import { randomInt, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join, relative, resolve } from "node:path";
import type { CwmpBench } from "../harness/bench/bench.ts";
import { loadProfile, type Profile, ProfileError } from "../harness/phone/profile.ts";
import { type KnownFailure, KnownFailuresError, parseKnownFailures } from "../harness/run/known-failures.ts";
import { NothingSelected, type PlannedCase } from "../harness/run/plan.ts";
import { lanProblem } from "../lan/probe.ts";
import { cases } from "../suites/index.ts";
import { addressText } from "./address.ts";
import type { Command, Request, Selection } from "./flags.ts";
import { type Job, type LanChoice, listOf, planOf, type Target } from "./job.ts";
import { knock, resolves } from "./knock.ts";
import { againFlags, EMBEDDED_SEED } from "./usage.ts";

/** Everything that a run, or its plan, needs: read, checked, and nothing sent yet. */
export interface Prepared {
  readonly request: Request;
  readonly profile: Profile;
  readonly job: Job;
  readonly planned: readonly PlannedCase<CwmpBench>[];
}

type Wrong = Command & { readonly kind: "wrong" };

const ROOT = resolve(import.meta.dirname, "..");

/**
 * Reads the files that a request names and plans the run.
 *
 * @param purpose for a plan, a profile without a target stands for a phone that has it, not for the embedded one
 */
export function prepare(request: Request, purpose: "plan" | "run"): Prepared | Wrong {
  try {
    const file = request.profile ?? relative(process.cwd(), join(ROOT, "profiles/snom.yaml"));
    const profile = loadProfile(file);
    checkGlobs(request.selection);
    const target = targetOf(request, profile, purpose);
    const { selection, listen, path, usp } = request;
    const lan = lanOf(request, target);
    if (lan.kind === "interface" && !(lan.interface in networkInterfaces()))
      return { kind: "wrong", message: noSuchInterface(lan.interface) };
    const planned = planOf({ selection, target, usp, lan }, profile);
    const other = path === undefined ? undefined : planned.find((one) => planned.length > 1 || one.case.roams !== true);
    if (other !== undefined) return { kind: "wrong", message: notOneProperty(other.case.id, planned.length) };
    if (planned.length === 0) throw new NothingSelected(`--shard=${selection.shard?.index}/${selection.shard?.count}`, []);
    const job: Job = {
      target,
      profile: file,
      selection,
      ...(listen === undefined ? {} : { listen }),
      usp,
      lan,
      ...(path === undefined ? {} : { path }),
      flags: againFlags(request),
      seed: request.seed ?? (target.kind === "simulator" ? EMBEDDED_SEED : randomInt(2 ** 32)),
      reportFolder: resolve(request.reportFolder),
      knownFailures: knownFailures(request.knownFailures),
      channel: `cpe-assay ${randomUUID()}`,
    };
    return { request, profile, job, planned };
  } catch (error) {
    return mistake(error);
  }
}

/** The cases that fit, for `--list`. */
export function list(selection: Selection): ReturnType<typeof listOf> | Wrong {
  try {
    checkGlobs(selection);
    return listOf(selection);
  } catch (error) {
    return mistake(error);
  }
}

/** Looks whether there is somebody at the target, before anything is started or sent. */
export async function reach({ job, profile }: Pick<Prepared, "job" | "profile">): Promise<Wrong | Pick<Job, "unreachable">> {
  if (job.target.kind === "simulator" || job.target.address === undefined) return {};
  const { address } = job.target;
  const { driver, web } = profile.reach;
  const port = address.port ?? web.port ?? (web.scheme === "https" ? 443 : 80);
  const found = driver === "snom" ? await knock(address.host, port) : await resolves(address.host);
  if (found.kind === "open") return {};
  if (found.kind === "nowhere")
    return {
      kind: "wrong",
      message: `--target=${addressText(address)} cannot be reached: ${found.reason}. Check the address, and whether this machine is in the phone's network.`,
    };
  return {
    unreachable:
      `nothing answers at ${addressText({ ...address, port })}, where the phone's web interface should be (${found.reason}). Check that the phone ` +
      `is switched on, that this is its address (its display shows it) and that its web interface is enabled; if it has another port, ` +
      `type --target=${addressText({ ...address, port: 8080 })}`,
  };
}

function targetOf(
  { target, profile: chosen, realTime }: Request,
  { reach: { driver }, simulated = driver === "snom" ? "snom" : undefined }: Profile,
  purpose: "plan" | "run",
): Target {
  if (target !== undefined) return { kind: "device", address: target };
  // Nothing but the web interface of a Snom phone is visited: other devices come by themselves, and need no address.
  if (simulated === undefined || (purpose === "plan" && chosen !== undefined)) return { kind: "device" };
  return { kind: "simulator", realTime };
}

function lanOf({ dhcp }: Request, { kind }: Target): LanChoice {
  if (dhcp !== undefined) return { kind: "interface", ...dhcp };
  if (kind === "device") return { kind: "none", because: NO_INTERFACE };
  const problem = lanProblem();
  return problem === undefined ? { kind: "namespaces" } : { kind: "none", because: `it needs a LAN, and ${problem}` };
}

const NO_INTERFACE =
  "it needs the bench to be the gateway of the phone's LAN: name the interface that leads there with --dhcp-interface=eth1 (docs/lab.md)";

const noSuchInterface = (name: string): string =>
  `--dhcp-interface=${name} is no interface of this machine; there are ${Object.keys(networkInterfaces()).join(", ")}. Our DHCP server listens ` +
  `on the one that you name and nowhere else, because a second DHCP server harms the LAN that it is on.`;

const notOneProperty = (id: string, count: number): string =>
  count > 1
    ? `--path is the way to a counterexample of one property, and --case chooses ${count} cases.`
    : `--path is the way to a counterexample of a property, and ${id} is none: it does the same each time.`;

/** One glob that fits nothing is a mistake even when another one fits. */
function checkGlobs({ caseGlob }: Selection): void {
  for (const glob of caseGlob) listOf({ caseGlob: [glob] });
}

function knownFailures(file: string | undefined): readonly KnownFailure[] {
  if (file === undefined) return [];
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new KnownFailuresError([`${file}: cannot be read; the path is relative to ${process.cwd()}`]);
  }
  return parseKnownFailures(
    text,
    file,
    cases.map(({ id }) => id),
  );
}

function mistake(error: unknown): Wrong {
  const problems = (name: string, told: readonly string[]): Wrong => ({
    kind: "wrong",
    message: `the ${name} is not valid.\n${told.map((one) => `  ${one}`).join("\n")}`,
  });
  if (error instanceof ProfileError) return problems("profile", error.problems);
  if (error instanceof KnownFailuresError) return problems("known-failures file", error.problems);
  if (error instanceof NothingSelected) return { kind: "wrong", message: `${error.message}.` };
  throw error;
}
