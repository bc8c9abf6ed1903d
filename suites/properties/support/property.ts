import fc from "fast-check";
import type { Reply, Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { cwmpCase } from "../../../harness/bench/cwmp-case.ts";
import type { PropertyRuns } from "../../../harness/bench/property-runs.ts";
import { type AnyCase, Inconclusive } from "../../../harness/core/case.ts";
import type { Clock } from "../../../harness/core/clock.ts";
import { type Finding, holds } from "../../../harness/core/finding.ts";
import type { FeatureName } from "../../../harness/phone/features.ts";
import { inSession } from "../../support/stage.ts";

/** Examples tried while one that failed is made smaller. Most counterexamples are at their smallest after a tenth of that. */
const SHRINKS = 400;

/** Characters of a counterexample in a finding; the rest is what the replay is for. */
const TOLD = 1_500;

/**
 * Something that holds for every example of a kind. The examples are made by chance, the same for the same seed; one that fails is
 * made smaller as long as it fails.
 */
export interface Property<Example, Seen> {
  readonly id: string;
  readonly title: string;
  readonly proves: readonly string[];
  readonly needs?: readonly FeatureName[];
  readonly disturbs?: "reboot" | "factory-reset";
  /** How many times as many runs as the profile says: less than 1 for runs that are dear. */
  readonly share?: number;
  /**
   * Makes the phone ready and calls `explore` with the examples and with what one run of them is; leaves the phone as it was, also
   * when that failed. A run begins in the same state each time: it puts back first what the one before may have left.
   */
  stage(bench: CwmpBench, explore: Explore<Example, Seen>): Promise<Explored<Example, Seen>>;
  /** Pure: what is good or bad about what was seen of an example. */
  judge(example: Example, seen: Seen): Iterable<Finding>;
  /** An example as a person reads it, a step each. */
  tell(example: Example, seen: Seen): readonly string[];
}

export type Explore<Example, Seen> = (
  examples: fc.Arbitrary<Example>,
  run: (example: Example) => Promise<Seen>,
) => Promise<Explored<Example, Seen>>;

/** The evidence of a property. */
export interface Explored<Example, Seen> {
  readonly runs: number;
  readonly seed: number;
  /** The smallest example that failed. */
  readonly counterexample?: {
    readonly example: Example;
    readonly seen: Seen;
    /** Of fast-check: which example, and which of its smaller ones at each step. */
    readonly path: string;
    readonly replay: string;
    /** Whether making it smaller came to its end. */
    readonly smallest: boolean;
  };
}

/** A property as a case among the others. */
export function property<Example, Seen>(one: Property<Example, Seen>): AnyCase<CwmpBench> {
  const { id, title, proves, needs = [], disturbs } = one;
  return cwmpCase<Explored<Example, Seen>>({
    id,
    title,
    proves,
    needs,
    ...(disturbs === undefined ? {} : { disturbs }),
    roams: true,
    drive: (bench) => one.stage(bench, (examples, run) => explore(one, bench, examples, run)),
    judge: (explored) => judgeExplored(one, explored),
  });
}

/**
 * Leaves the phone as it was, in a session of its own, after the last example. A phone that does not come any more must not hide
 * how the examples went; what it has kept shows in the comparison that follows each case.
 */
export async function afterwards(bench: Pick<CwmpBench, "acs">, tidy: (session: Session) => Promise<unknown>): Promise<void> {
  try {
    await inSession(bench, tidy);
  } catch (error) {
    if (!(error instanceof Inconclusive)) throw error;
  }
}

/**
 * A reply, whatever it says, of a phone that says something.
 * @throws Inconclusive `precondition` when it is mute: then no example is to blame, and none is made smaller
 */
export function heard(reply: Reply): Reply {
  if (reply.kind !== "closed" && reply.kind !== "silence") return reply;
  throw new Inconclusive("precondition", `in the middle of an example: ${reply.summary.value}`);
}

async function explore<Example, Seen>(
  { id, share = 1, judge }: Property<Example, Seen>,
  { clock, properties }: Pick<CwmpBench, "clock" | "properties">,
  examples: fc.Arbitrary<Example>,
  run: (example: Example) => Promise<Seen>,
): Promise<Explored<Example, Seen>> {
  const { seed, path } = properties;
  const budget = new Budget(clock, properties, path === undefined ? SHRINKS : 0);
  let counterexample: { readonly example: Example; readonly seen: Seen } | undefined;
  let failed: unknown;
  const holdsFor = async (example: Example): Promise<boolean> => {
    // An example that is not run any more counts as good: fast-check then comes to its end at once.
    if (failed !== undefined || !budget.take(counterexample !== undefined)) return true;
    try {
      const seen = await run(example);
      if ([...judge(example, seen)].every(({ ok }) => ok)) return true;
      counterexample = { example, seen };
      return false;
    } catch (error) {
      // Nothing can be said of this phone any more, and no smaller example would change that.
      failed = error;
      return true;
    }
  };
  // Without bias: of a few examples none is to be wasted on being short, and bounds are among the values anyhow.
  const outcome = await fc.check(fc.asyncProperty(fc.noBias(examples), holdsFor), {
    seed,
    numRuns: path === undefined ? Math.max(1, Math.round(properties.runs * share)) : 1,
    ...(path === undefined ? {} : { path, endOnFailure: true }),
  });
  if (failed !== undefined) throw failed;
  const { runs } = budget;
  const way = path ?? outcome.counterexamplePath;
  if (counterexample === undefined || way === null) return { runs, seed };
  const smallest = path === undefined && !budget.spent;
  const replay = replayCommand(id, properties, way);
  return { runs, seed, counterexample: { ...counterexample, path: way, replay, smallest } };
}

/** How many examples may still be run. */
class Budget {
  runs = 0;
  spent = false;
  readonly #clock: Clock;
  readonly #limit: number;
  #shrinks: number;
  #ends: number;
  #shrinking = false;

  constructor(clock: Clock, { limit }: PropertyRuns, shrinks: number) {
    this.#clock = clock;
    this.#limit = limit;
    this.#ends = clock.now() + limit;
    this.#shrinks = shrinks;
  }

  /** Takes one run, the first in any case; false when there is none left. */
  take(shrinking: boolean): boolean {
    if (shrinking && !this.#shrinking) this.#ends = this.#clock.now() + this.#limit;
    this.#shrinking = shrinking;
    if (shrinking) this.#shrinks -= 1;
    this.spent ||= this.#shrinks < 0 || (this.runs > 0 && this.#clock.now() > this.#ends);
    if (this.spent) return false;
    if (!shrinking) this.runs += 1;
    return true;
  }
}

/** What to type to see a counterexample again. */
const replayCommand = (id: string, { seed, flags }: PropertyRuns, path: string): string =>
  `npm test -- ${[`--case=${id}`, `--seed=${seed}`, `--path=${path}`, ...flags].join(" ")}`;

function* judgeExplored<Example, Seen>(
  { proves, judge, tell }: Property<Example, Seen>,
  { runs, seed, counterexample }: Explored<Example, Seen>,
): Iterable<Finding> {
  if (counterexample === undefined) {
    const times = runs === 1 ? "1 example" : `${runs} examples`;
    for (const requirement of proves)
      yield holds(requirement, true, {
        expected: "so in every example",
        actual: `so in ${times}`,
        where: `examples of seed ${seed}`,
      });
    return;
  }
  const { example, seen, replay, smallest } = counterexample;
  const steps = tell(example, seen).join("; ");
  const told = steps.length > TOLD ? `${steps.slice(0, TOLD)}…` : steps;
  const judged = new Set<string>();
  for (const finding of judge(example, seen)) {
    if (finding.ok || judged.has(finding.requirement)) continue;
    judged.add(finding.requirement);
    yield {
      ...finding,
      actual: `${finding.actual}; ${smallest ? "the smallest example" : "an example"}: ${told}; to see it again: ${replay}`,
    };
  }
}
