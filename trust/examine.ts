import { type RunningBench, startBench } from "../harness/bench/start.ts";
import type { Bench } from "../harness/bench/usp-bench.ts";
import { isTlsRun, mtpsOfRun } from "../harness/bench/usp-servers.ts";
import { type AnyCase, DISTURBANCES, Inconclusive } from "../harness/core/case.ts";
import { seeded } from "../harness/core/random.ts";
import { findingsByPlan, type PlanFacts, type Verdict } from "../harness/core/verdict.ts";
import { VirtualClock } from "../harness/core/virtual-clock.ts";
import { isFeature } from "../harness/phone/features.ts";
import { planRun } from "../harness/run/plan.ts";
import type { RanCase } from "../harness/run/result.ts";
import { Runner } from "../harness/run/runner.ts";
import { Recording } from "../harness/trace/recording.ts";
import { hostNetwork } from "../lan/host.ts";
import { openLan } from "../lan/lan.ts";
import type { Clock } from "../simulator/clock.ts";
import { startGateway } from "../simulator/gateway/gateway.ts";
import { cases, requirements } from "../suites/index.ts";
import { type Examinee, type Networks, type Rig, rigOf, SEED } from "./rig.ts";

/** What came of one case, as far as the proof wants to know. Can be sent between processes. */
export interface Examined {
  readonly id: string;
  readonly verdict: Verdict;
  /** By the certification plan; absent where that asks nothing of the case. */
  readonly plan?: Verdict;
  /** Whether a finding is bad by the certification plan. */
  readonly isBadByPlan?: true;
  readonly reason?: string;
  /** Requirements with at least one bad finding, sorted. */
  readonly bad: readonly string[];
  /** The first bad finding of each of them, for a person. */
  readonly details: readonly string[];
  /** What was left behind in the phone. */
  readonly notes: readonly string[];
}

export interface ExaminationOptions {
  /** Default: the usual one. */
  readonly rig?: Rig;
  /** Cases to run; default all. Passive ones always run. */
  readonly only?: ReadonlySet<string>;
  /** Where all that goes over the wire is kept, for whoever wants to look at it afterwards. */
  readonly recording?: Recording;
  /** The way to one counterexample of the property that is run. */
  readonly path?: string;
  /** Called before each case. */
  caseStarts?(id: string): void;
}

/**
 * Runs the suite against a phone that lives in this process by virtual time, without reports.
 *
 * @param start starts the phone by the given clock
 */
export async function examine(
  start: (clock: Clock, networks: Networks) => Promise<Examinee>,
  { rig = rigOf(), only, path, caseStarts, recording = new Recording() }: ExaminationOptions = {},
): Promise<readonly Examined[]> {
  const { profile } = rig;
  const clock = new VirtualClock();
  const host = rig.lan === true ? ownAddress() : "127.0.0.1";
  const udp = hostNetwork(clock.harness, host);
  const lan = rig.lan === true ? await openLan(clock.harness) : undefined;
  const phone = await start(clock.phone, { host, udp, ...(lan === undefined ? {} : { lan: lan.phone }) });
  let bench: RunningBench | undefined;
  let unreachable: string | undefined;
  try {
    bench = await startBench({
      clock: clock.harness,
      profile,
      ...("hands" in phone ? { target: { host }, hands: phone.hands } : { target: { host, port: phone.webPort } }),
      listen: host,
      usp: rig.usp,
      udp,
      gateway: (given) => startGateway({ ...given, clock: clock.phone, random: seeded(SEED) }),
      ...(lan === undefined ? {} : { lan: lan.gateway }),
      seed: SEED,
      properties: { plenty: true, ...(path === undefined ? {} : { path }) },
      recording,
      note() {},
      waitsFor() {},
    });
  } catch (error) {
    if (!(error instanceof Inconclusive)) throw error;
    unreachable = error.message;
  }
  try {
    const planned = planRun(chosen(rig, only), {
      claims: (feature) => (bench === undefined || !isFeature(feature) ? true : bench.phone.claims(feature)),
      claimReason: (feature) => profile.claimReason(feature),
      allow: { disturbs: DISTURBANCES, slow: true },
      mtps: mtpsOfRun(profile, rig.usp),
      tls: isTlsRun(profile, rig.usp),
      noLan: lan === undefined ? "the rig has no LAN" : undefined,
      mqttVersion: rig.usp.mqttVersion ?? profile.reach.usp.mqtt.version,
    });
    if (bench === undefined) return planned.map(({ case: { id } }) => never(id, unreachable ?? "unreachable"));
    const runner = new Runner<Bench>({ bench, requirements });
    const results: Examined[] = [];
    for (const one of planned) {
      caseStarts?.(one.case.id);
      results.push(examined(await runner.run(one), one.case));
    }
    return results;
  } finally {
    await bench?.stop();
    await phone.stop();
    await lan?.stop();
  }
}

/** Ports of STUN are the same on all machines: each process of the proof has an address of its own, so that none hears the phone of another. */
const ownAddress = (): string => `127.${64 + ((process.pid >> 16) & 63)}.${(process.pid >> 8) & 255}.${process.pid & 255}`;

function chosen({ runs }: Rig, only: ReadonlySet<string> | undefined): readonly AnyCase<Bench>[] {
  return cases.filter(({ id, passive }) => runs(id) && (only === undefined || passive === true || only.has(id)));
}

const never = (id: string, reason: string): Examined => ({
  id,
  verdict: "inconclusive",
  reason,
  bad: [],
  details: [],
  notes: [],
});

function examined({ id, verdict, plan, reason, findings, notes }: RanCase, facts: PlanFacts): Examined {
  const bad = new Map(findings.filter(({ ok }) => !ok).map((finding) => [finding.requirement, finding] as const));
  return {
    id,
    verdict,
    ...(plan === undefined ? {} : { plan }),
    ...(findingsByPlan(facts, findings).some(({ ok }) => !ok) ? { isBadByPlan: true } : {}),
    ...(reason === undefined ? {} : { reason }),
    bad: [...bad.keys()].sort(),
    details: [...bad.values()].map(
      ({ requirement, expected, actual, where }) => `${requirement}: expected ${expected}, saw ${actual} (${where})`,
    ),
    notes,
  };
}
