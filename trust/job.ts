import { antagonists } from "../simulator/antagonists/index.ts";
import { mutants } from "../simulator/mutants/index.ts";
import { applyMutant } from "../simulator/mutants/mutant.ts";
import { reference } from "../simulator/seams.ts";
import { variants } from "../simulator/variants/index.ts";
import { applyVariant } from "../simulator/variants/variant.ts";
import { noting, type Reach } from "./coverage.ts";
import { type Examined, examine } from "./examine.ts";
import { DEFAULT_RIG, deviceOf, rigOf } from "./rig.ts";

/** One phone to be examined. */
export type Job =
  | { readonly kind: "reference"; readonly rig: string }
  /** `only`: the cases to run. */
  | { readonly kind: "mutant"; readonly id: string; readonly only: readonly string[] }
  /** One phone with the freedoms of all these. */
  | { readonly kind: "variants"; readonly ids: readonly string[]; readonly only: readonly string[] }
  | { readonly kind: "antagonist"; readonly id: string };

export interface JobResult {
  readonly job: Job;
  readonly cases: readonly Examined[];
  /** How often the phone called what the mutant replaced. */
  readonly reached?: number;
  /** Which cases each mutant and variant can change. */
  readonly reach?: Reach;
  readonly milliseconds: number;
  /** Set when the job itself failed: a fault of ours. */
  readonly fault?: string;
}

/** Runs the suite, or what the job concerns of it, against one phone. Never throws. */
export async function runJob(job: Job): Promise<JobResult> {
  const started = performance.now();
  try {
    const result = await examineFor(job);
    return { job: lean(job), milliseconds: performance.now() - started, ...result };
  } catch (error) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { job: lean(job), cases: [], milliseconds: performance.now() - started, fault };
  }
}

/** The job without what only its doing needs. */
const lean = (job: Job): Job => ("only" in job ? { ...job, only: [] } : job);

async function examineFor(job: Job): Promise<Pick<JobResult, "cases" | "reached" | "reach">> {
  switch (job.kind) {
    case "reference": {
      const rig = rigOf(job.rig);
      let caseId = "";
      const { seams, reach } = noting(
        [...mutants, ...variants].filter((one) => (one.rig ?? DEFAULT_RIG) === rig.id),
        () => caseId,
      );
      const examined = await examine(deviceOf(rig, seams), {
        rig,
        caseStarts: (id) => {
          caseId = id;
        },
      });
      return { cases: examined, reach: reach() };
    }
    case "mutant": {
      const mutant = named(mutants, job.id);
      const rig = rigOf(mutant.rig);
      const { seams, reached } = applyMutant(reference, mutant);
      const examined = await examine(deviceOf(rig, seams), { rig, only: new Set(job.only) });
      return { cases: examined, reached: reached() };
    }
    case "variants": {
      const bundle = job.ids.map((id) => named(variants, id));
      const rig = rigOf(bundle[0]?.rig);
      const seams = bundle.reduce(applyVariant, reference);
      return { cases: await examine(deviceOf(rig, seams), { rig, only: new Set(job.only) }) };
    }
    case "antagonist": {
      const antagonist = named(antagonists, job.id);
      const rig = rigOf(antagonist.rig);
      return { cases: await examine((clock) => antagonist.start(clock), { rig }) };
    }
  }
}

function named<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no ${id}; there are ${list.map((one) => one.id).join(", ")}`);
  return found;
}
