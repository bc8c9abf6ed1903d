import { seeded } from "../harness/core/random.ts";
import { antagonists } from "../simulator/antagonists/index.ts";
import { mutants } from "../simulator/mutants/index.ts";
import { applyMutant } from "../simulator/mutants/mutant.ts";
import { startPhone } from "../simulator/phone.ts";
import { reference, type Seams } from "../simulator/seams.ts";
import { variants } from "../simulator/variants/index.ts";
import { applyVariant } from "../simulator/variants/variant.ts";
import { cases } from "../suites/index.ts";
import { affected, noting, type Reach } from "./coverage.ts";
import { type Examined, examine, SEED } from "./examine.ts";

/** One phone to be examined. */
export type Job =
  | { readonly kind: "reference" }
  | { readonly kind: "mutant"; readonly id: string; readonly reach: Reach | undefined }
  | { readonly kind: "variant" | "antagonist"; readonly id: string };

export interface JobResult {
  readonly job: Job;
  readonly cases: readonly Examined[];
  /** How often the phone called what the mutant replaced. */
  readonly reached?: number;
  /** Which cases each mutant can change. */
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
const lean = (job: Job): Job => (job.kind === "mutant" ? { ...job, reach: undefined } : job);

async function examineFor(job: Job): Promise<Pick<JobResult, "cases" | "reached" | "reach">> {
  switch (job.kind) {
    case "reference": {
      let caseId = "";
      const { seams, reach } = noting(mutants, () => caseId);
      const examined = await examine(phoneWith(seams), {
        caseStarts: (id) => {
          caseId = id;
        },
      });
      return { cases: examined, reach: reach() };
    }
    case "mutant": {
      const mutant = named(mutants, job.id);
      const { seams, reached } = applyMutant(reference, mutant);
      const examined = await examine(phoneWith(seams), { only: affected(mutant, job.reach, cases) });
      return { cases: examined, reached: reached() };
    }
    case "variant":
      return { cases: await examine(phoneWith(applyVariant(reference, named(variants, job.id)))) };
    case "antagonist":
      return { cases: await examine((clock) => named(antagonists, job.id).start(clock)) };
  }
}

const phoneWith =
  (seams: Seams): Parameters<typeof examine>[0] =>
  (clock) =>
    startPhone({ clock, seams, random: seeded(SEED) });

function named<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no ${id}; there are ${list.map((one) => one.id).join(", ")}`);
  return found;
}
