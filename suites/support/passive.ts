import { parameterList, parameterValues } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { FeatureName } from "../../harness/phone/features.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";

/** How many places of one fault are told one by one. */
const TOLD = 12;

/** A rule for every message of a run, judged once on all of them. */
export interface PassiveRule {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references?: readonly string[];
  readonly needs?: readonly FeatureName[];
  /**
   * What one request of the phone shows, nothing where the rule does not concern it.
   * @param before the exchange that preceded it in the same session, whose response it answers
   */
  judge(exchange: Exchange, before: Exchange | undefined): Iterable<Finding>;
}

/** A passive case over `rule`: each place that breaks it is a finding, and one finding stands for all the places that do not. */
export function passiveRule(rule: PassiveRule): AnyCase<CwmpBench> {
  return passiveCase({
    ...rule,
    *judge({ exchanges }) {
      const last = new Map<number, Exchange>();
      for (const exchange of exchanges) {
        const before = exchange.session === undefined ? undefined : last.get(exchange.session);
        yield* rule.judge(exchange, before);
        if (exchange.session !== undefined) last.set(exchange.session, exchange);
      }
    },
  });
}

/** What a rule on the whole run sees. */
export interface WholeRun {
  readonly exchanges: readonly Exchange[];
  /** Names of the phone's data model; empty when the phone would not tell them. */
  readonly model: ReadonlySet<string>;
}

/** A passive case that looks at all exchanges of the run at once. */
export function passiveCase(rule: Omit<PassiveRule, "judge"> & { judge(run: WholeRun): Iterable<Finding> }): AnyCase<CwmpBench> {
  const { id, title, requirement, references = [], needs = [] } = rule;
  return cwmpCase({
    id,
    title,
    proves: [requirement],
    references,
    needs,
    passive: true,
    async drive(bench): Promise<WholeRun> {
      await controlled(bench);
      return { exchanges: bench.recording.exchanges.slice(), model: new Set(bench.phone.model.keys()) };
    },
    *judge(run) {
      yield* folded(requirement, rule.judge(run));
    },
  });
}

/** Each place that breaks a rule is a finding, up to a dozen of them; one finding stands for all the places that do not. */
export function* folded(requirement: string, findings: Iterable<Finding>): Iterable<Finding> {
  let good: Finding | undefined;
  let goodOnes = 0;
  let badOnes = 0;
  for (const finding of findings) {
    if (finding.ok) {
      good = finding;
      goodOnes += 1;
    } else {
      badOnes += 1;
      if (badOnes <= TOLD) yield finding;
    }
  }
  if (badOnes > TOLD)
    yield holds(requirement, false, {
      expected: "the same",
      actual: `the same fault in ${badOnes - TOLD} more places`,
      where: "the rest of the run",
    });
  if (good !== undefined && badOnes === 0)
    yield { ...good, actual: `so in all ${goodOnes} places`, where: `the whole run, last in ${good.where}` };
}

const controls = new WeakMap<object, Promise<void>>();

/**
 * The control of every passive rule: the device answers two questions with what was asked for. Without it, a device that sends
 * one right Inform and then only pretends would earn a pass for each rule that its Inform happens to keep.
 */
function controlled(bench: CwmpBench): Promise<void> {
  const known = controls.get(bench.recording);
  if (known !== undefined) return known;
  const control = runControl(bench);
  controls.set(bench.recording, control);
  return control;
}

async function runControl({ acs }: CwmpBench): Promise<void> {
  const session = await acs.session();
  const names = parameterList(session.inform).map(({ name }) => name);
  for (const name of [names[0], names.at(-1)]) {
    if (name === undefined) throw new Inconclusive("control-failed", "the Inform lists no parameter to ask for");
    const reply = await session.getParameterValues([name]);
    if (!parameterValues(reply).has(name)) {
      await session.end();
      throw new Inconclusive(
        "control-failed",
        `asked for ${name}, which its Inform lists, the phone gave: ${reply.summary.value}`,
      );
    }
  }
  await session.end();
}
