import type { Finding } from "./finding.ts";

export type Keyword = "MUST" | "SHOULD" | "MAY";

/** A row of a requirement ledger, as the runner needs it. */
export interface Requirement {
  /** `TR-069:A.3.2.2#unknown-name`: document, section, and a slug given once; TR-369 ids as printed there. */
  readonly id: string;
  readonly keyword: Keyword;
  /** Who must obey. */
  readonly who: "CPE" | "ACS" | "both";
  /** The requirement in one line of our own words. */
  readonly says: string;
  readonly status:
    | { readonly kind: "tested" }
    | { readonly kind: "untestable"; readonly reason: string }
    | { readonly kind: "out-of-scope"; readonly reason: string };
}

export type Verdict = "pass" | "fail" | "not-applicable" | "inconclusive";

/** A finding with the keyword of the requirement it judges. */
export interface WeighedFinding extends Finding {
  readonly keyword: Keyword;
}

/** By which text a run is judged: TR-369's own requirements, or the certification plan, which often asks for less. */
export type Yardstick = "tr-369" | "tp-469";

export const YARDSTICKS: readonly Yardstick[] = ["tr-369", "tp-469"];

/** What came of one case. `reason` is there unless the verdict is pass or fail. */
export interface Outcome {
  readonly verdict: Verdict;
  /** The verdict by the test plan TP-469 alone; absent where the plan asks nothing of what the case judges. */
  readonly plan?: Verdict;
  readonly reason?: string;
  readonly findings: readonly WeighedFinding[];
}

/**
 * The verdict over what a judge yielded: fail with one bad finding, pass when every requirement in `proves` has at least one
 * finding and all are good, inconclusive when something that was to be proven was never judged.
 */
export function verdictOf(
  proves: readonly string[],
  findings: readonly Finding[],
  keywordOf: (requirement: string) => Keyword,
): Outcome {
  const weighed = findings.map((finding) => ({ ...finding, keyword: keywordOf(finding.requirement) }));
  if (weighed.some(({ ok }) => !ok)) return { verdict: "fail", findings: weighed };
  const unjudged = proves.filter((id) => !findings.some(({ requirement }) => requirement === id));
  if (unjudged.length > 0)
    return { verdict: "inconclusive", reason: `nothing was seen to judge ${unjudged.join(", ")} on`, findings: weighed };
  return { verdict: "pass", findings: weighed };
}

/** What of a case the test plan has a say in. */
export interface PlanFacts {
  readonly proves: readonly string[];
  readonly references?: readonly string[];
  readonly beyondPlan?: readonly string[];
}

/** How a case refers to a test of the certification plan: `TP-469 1.24`. */
const PLAN_TEST = /^TP-469 (\S+)$/;

/** Numbers of the plan's tests that a case runs, or takes part in. */
export const planTestsOf = ({ references = [] }: Pick<PlanFacts, "references">): readonly string[] =>
  references.flatMap((reference) => PLAN_TEST.exec(reference)?.[1] ?? []);

/** Requirements of a case that the test plan asks for; none when it refers to no test of the plan. */
export function askedByPlan(facts: PlanFacts): readonly string[] {
  if (planTestsOf(facts).length === 0) return [];
  return facts.proves.filter((id) => facts.beyondPlan?.includes(id) !== true);
}

/**
 * Findings as the test plan has them: what it does not ask for is left out, and where it takes more for right it does. Empty when it asks
 * for nothing of the case.
 */
export function findingsByPlan<F extends Finding>(facts: PlanFacts, findings: readonly F[]): readonly F[] {
  const asked = askedByPlan(facts);
  if (asked.length === 0) return [];
  return findings.flatMap((finding) =>
    facts.beyondPlan?.includes(finding.requirement) === true ? [] : { ...finding, ok: finding.byPlan ?? finding.ok },
  );
}

/**
 * The verdict over the same findings by the test plan's words: what it asks for counts whatever the keyword is, because the plan knows no
 * SHOULD. Undefined when it asks for nothing of this case.
 */
export function verdictByPlan(facts: PlanFacts, findings: readonly Finding[]): Verdict | undefined {
  const asked = askedByPlan(facts);
  if (asked.length === 0) return undefined;
  return verdictOf(asked, findingsByPlan(facts, findings), () => "MUST").verdict;
}

/** The same verdict by the test plan, when the plan asks for anything of the case: where nothing was judged. */
export const planVerdict = (facts: PlanFacts, verdict: Verdict): Pick<Outcome, "plan"> =>
  askedByPlan(facts).length === 0 ? {} : { plan: verdict };
