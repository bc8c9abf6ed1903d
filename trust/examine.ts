import { join } from "node:path";
import type { CwmpBench } from "../harness/bench/bench.ts";
import { type RunningBench, startBench } from "../harness/bench/start.ts";
import { type AnyCase, DISTURBANCES, Inconclusive } from "../harness/core/case.ts";
import type { Verdict } from "../harness/core/verdict.ts";
import { VirtualClock } from "../harness/core/virtual-clock.ts";
import { isFeature } from "../harness/phone/features.ts";
import { loadProfile } from "../harness/phone/profile.ts";
import { planRun } from "../harness/run/plan.ts";
import type { RanCase } from "../harness/run/result.ts";
import { Runner } from "../harness/run/runner.ts";
import { Recording } from "../harness/trace/recording.ts";
import type { Clock } from "../simulator/clock.ts";
import { cases, requirements } from "../suites/index.ts";

/** What came of one case, as far as the proof wants to know. Can be sent between processes. */
export interface Examined {
  readonly id: string;
  readonly verdict: Verdict;
  readonly reason?: string;
  /** Requirements with at least one bad finding, sorted. */
  readonly bad: readonly string[];
  /** The first bad finding of each of them, for a person. */
  readonly details: readonly string[];
  /** What was left behind in the phone. */
  readonly notes: readonly string[];
}

export interface Examinee {
  readonly webPort: number;
  stop(): Promise<void>;
}

export interface ExaminationOptions {
  /** Cases to run; default all. Passive ones always run. */
  readonly only?: ReadonlySet<string>;
  /** Where all that goes over the wire is kept, for whoever wants to look at it afterwards. */
  readonly recording?: Recording;
  /** The way to one counterexample of the property that is run. */
  readonly path?: string;
  /** Called before each case. */
  caseStarts?(id: string): void;
}

const profile = loadProfile(join(import.meta.dirname, "../profiles/snom.yaml"));

/** Seed of all runs of the proof: they have to be the same each time. */
export const SEED = 1;

/**
 * Runs the suite against a phone that lives in this process by virtual time, without reports.
 *
 * @param start starts the phone by the given clock
 */
export async function examine(
  start: (clock: Clock) => Promise<Examinee>,
  { only, path, caseStarts, recording = new Recording() }: ExaminationOptions = {},
): Promise<readonly Examined[]> {
  const clock = new VirtualClock();
  const phone = await start(clock.phone);
  let bench: RunningBench | undefined;
  let unreachable: string | undefined;
  try {
    bench = await startBench({
      clock: clock.harness,
      profile,
      target: { host: "127.0.0.1", port: phone.webPort },
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
    const planned = planRun(chosen(only), {
      claims: (feature) => (bench === undefined || !isFeature(feature) ? true : bench.phone.claims(feature)),
      claimReason: (feature) => profile.claimReason(feature),
      allow: { disturbs: DISTURBANCES, slow: true },
    });
    if (bench === undefined) return planned.map(({ case: { id } }) => never(id, unreachable ?? "unreachable"));
    const runner = new Runner<CwmpBench>({ bench, requirements });
    const results: Examined[] = [];
    for (const one of planned) {
      caseStarts?.(one.case.id);
      results.push(examined(await runner.run(one)));
    }
    return results;
  } finally {
    await bench?.stop();
    await phone.stop();
  }
}

function chosen(only: ReadonlySet<string> | undefined): readonly AnyCase<CwmpBench>[] {
  return only === undefined ? cases : cases.filter(({ id, passive }) => passive === true || only.has(id));
}

const never = (id: string, reason: string): Examined => ({
  id,
  verdict: "inconclusive",
  reason,
  bad: [],
  details: [],
  notes: [],
});

function examined({ id, verdict, reason, findings, notes }: RanCase): Examined {
  const bad = new Map(findings.filter(({ ok }) => !ok).map((finding) => [finding.requirement, finding] as const));
  return {
    id,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    bad: [...bad.keys()].sort(),
    details: [...bad.values()].map(
      ({ requirement, expected, actual, where }) => `${requirement}: expected ${expected}, saw ${actual} (${where})`,
    ),
    notes,
  };
}
