import { type RunningBench, startBench } from "../harness/bench/start.ts";
import type { Bench, UspAgent } from "../harness/bench/usp-bench.ts";
import { Inconclusive } from "../harness/core/case.ts";
import { realClock, within } from "../harness/core/clock.ts";
import { seeded } from "../harness/core/random.ts";
import { VirtualClock } from "../harness/core/virtual-clock.ts";
import { FEATURE_NAMES } from "../harness/phone/features.ts";
import type { Profile } from "../harness/phone/profile.ts";
import { Redactor } from "../harness/report/redact.ts";
import type { PlannedCase } from "../harness/run/plan.ts";
import { type RanCase, type TargetInfo, withoutRun } from "../harness/run/result.ts";
import { Runner } from "../harness/run/runner.ts";
import { mtpsOf } from "../harness/trace/mtps.ts";
import { DeviceAtHand } from "../simulator/at-hand.ts";
import { startGateway } from "../simulator/gateway/gateway.ts";
import { type SimulatedPhone, startPhone } from "../simulator/phone.ts";
import { requirements } from "../suites/index.ts";
import type { Address } from "./address.ts";
import { type FromWorker, isVirtual, type Job, planOf } from "./job.ts";
import { type Networks, openNetworks } from "./networks.ts";

/** Bench, runner and, when it is the embedded one, phone of a run, started and wired. */
export interface Lab {
  /** Runs a case to its verdict. Never throws. */
  run(planned: PlannedCase<Bench>): Promise<RanCase>;
  /** Puts the phone's settings back and closes everything. Never throws. */
  stop(): Promise<void>;
}

/** Real milliseconds for the phone's settings to be put back; the bench has limits of its own, this one is for its faults. */
const PUTTING_BACK = 5 * 60_000;

/**
 * Starts everything. Never throws: when the phone cannot be reached, or the bench does not start, every case comes out as
 * inconclusive with the reason.
 */
export async function openLab(job: Job, profile: Profile, say: (said: FromWorker) => void, signal: AbortSignal): Promise<Lab> {
  if (job.unreachable !== undefined) return deadLab(`the phone was never reached: ${job.unreachable}`, signal);
  const redactor = new Redactor(profile.secrets);
  const virtual = isVirtual(job.target) ? new VirtualClock() : undefined;
  const clock = virtual?.harness ?? realClock;
  let phone: SimulatedPhone | DeviceAtHand | undefined;
  const networks = await openNetworks(job, clock);
  try {
    if (job.target.kind === "simulator") {
      const { simulated: device = "snom" } = profile;
      const { udp, phone: lan } = networks;
      const wired = { udp, ...(lan === undefined ? {} : { lan }) };
      const options = { clock: virtual?.phone ?? realClock, device, random: seeded(job.seed), ...wired };
      phone = device === "snom" ? await startPhone(options) : new DeviceAtHand(options);
    }
    const bench = await startBench({
      clock,
      profile,
      seed: job.seed,
      properties: {
        plenty: virtual !== undefined,
        flags: job.flags,
        ...(job.path === undefined ? {} : { path: job.path }),
      },
      signal,
      ...addressed(job, phone),
      ...(phone instanceof DeviceAtHand ? { hands: phone } : {}),
      ...(job.listen === undefined ? {} : { listen: job.listen }),
      usp: job.usp,
      udp: networks.udp,
      gateway: (given) => startGateway({ ...given, clock: virtual?.phone ?? realClock, random: seeded(job.seed) }),
      ...(networks.gateway === undefined ? {} : { lan: networks.gateway }),
      ...(networks.problem === undefined ? {} : { noLan: networks.problem }),
      note: (text) => say({ kind: "note", text: redactor.text(text) }),
      waitsFor: (what = "") => say({ kind: "waits", what: redactor.text(what) }),
    });
    for (const secret of bench.secrets) redactor.add(secret);
    say({ kind: "about", target: aboutOf(bench) });
    return openedLab(job, profile, { bench, phone, networks, redactor, say, signal });
  } catch (error) {
    await phone?.stop();
    await networks.stop();
    if (error instanceof Inconclusive) return deadLab(`the phone was never reached: ${redactor.text(error.message)}`, signal);
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    say({ kind: "note", text: redactor.text(stack) });
    return deadLab(`harness fault: the bench did not start: ${redactor.text(message)}`, signal);
  }
}

interface Opened {
  readonly bench: RunningBench;
  readonly phone: SimulatedPhone | DeviceAtHand | undefined;
  readonly networks: Networks;
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
  say(said: FromWorker): void;
}

function openedLab(job: Job, profile: Profile, { bench, phone, networks, redactor, signal, say }: Opened): Lab {
  // A case may wait for a reboot that does not come a few times over before it has said all that it can say.
  const limit = 10 * 60_000 + 6 * profile.patience.reboot;
  // After a case the phone may have to come back from a reset, and be waited for once more where that went wrong.
  const afterwards = 3 * 60_000 + 4 * profile.patience.reboot;
  const { reportFolder } = job;
  const runner = new Runner<Bench>({ bench, requirements, redactor, reportFolder, signal, limit, afterwards });
  const known = planOf(job, profile, (feature) => bench.phone.claims(feature));
  const applicable = new Map(known.map((planned) => [planned.case.id, planned]));
  const mtps = new Set<string>();
  return {
    async run(planned) {
      const ran = await runner.run(applicable.get(planned.case.id) ?? planned);
      const before = mtps.size;
      for (const mtp of mtpsOf(bench.recording, ran.id)) mtps.add(mtp);
      if (mtps.size > before) say({ kind: "about", target: aboutOf(bench, [...mtps]) });
      return ran;
    },
    async stop() {
      const stopping = bench.stop().then(() => true);
      if ((await within(realClock, PUTTING_BACK, stopping)) === undefined)
        say({ kind: "note", text: "putting the phone's settings back did not come to an end: look at them" });
      await phone?.stop();
      await networks.stop();
    },
  };
}

/** A run that has no phone: every case that applies comes out as inconclusive, without being tried. */
function deadLab(reason: string, signal: AbortSignal): Lab {
  return {
    async run({ case: one, applicable }) {
      if (applicable !== true) return withoutRun(one, "not-applicable", applicable.reason);
      if (signal.aborted) return withoutRun(one, "inconclusive", "not run: interrupted");
      return { ...withoutRun(one, "inconclusive", reason), lost: { inCase: "", reason } };
    },
    async stop() {},
  };
}

function addressed({ target }: Job, phone: Opened["phone"]): { readonly target?: Address } {
  if (target.kind === "device") return target.address === undefined ? {} : { target: target.address };
  if (phone === undefined) return {};
  return { target: { host: "127.0.0.1", ...(phone instanceof DeviceAtHand ? {} : { port: phone.webPort }) } };
}

function aboutOf(bench: RunningBench, mtps: readonly string[] = []): Partial<TargetInfo> {
  const { address, identity } = bench.about;
  const { manufacturer, model, softwareVersion, serialNumber } = identity;
  const agent = agentOf(bench);
  const info = { address, manufacturer, model, softwareVersion, serialNumber };
  if (agent === undefined) return info;
  const { endpointId, versions, firmwareBanks } = agent;
  const features = FEATURE_NAMES.filter((name) => name.startsWith("usp") && bench.phone.claims(name));
  return { ...info, agent: { endpointId, versions, mtps, features, firmwareBanks } };
}

function agentOf(bench: RunningBench): UspAgent | undefined {
  try {
    return bench.usp.agent;
  } catch (error) {
    if (error instanceof Inconclusive) return undefined;
    throw error;
  }
}
