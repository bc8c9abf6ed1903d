import { planTestsOf, type Verdict } from "../core/verdict.ts";
import type { FeatureName } from "../phone/features.ts";
import { groupBy } from "../report/group.ts";
import { type AgentInfo, type CaseResult, isKnown, type PlanTotals } from "./result.ts";

/** A feature by which agents say which conditional tests they have to pass. */
export interface PlanFeature {
  /** Its number in the plan. */
  readonly id: number;
  readonly says: string;
  /** Features of ours, any of which shows this one; with neither these nor `mtp` it cannot be claimed in this version. */
  readonly claims: readonly FeatureName[];
  /** Ways of messages that show it too, once they have been used in a run. */
  readonly mtp?: RegExp;
}

/** A test of the certification plan. */
export interface PlanTest {
  /** `1.24`, or `U1` for the first of the universal test metrics. */
  readonly number: string;
  readonly title: string;
  readonly tag: "mandatory" | "conditional" | "deprecated" | "unfinished";
  /** Feature ids, of which one list has to be supported as a whole; empty unless the test is conditional. */
  readonly features: readonly (readonly number[])[];
  /** Why no case runs it. */
  readonly uncovered?: string;
  /** Ids of the cases that run it, or a part of it. */
  readonly cases: readonly string[];
}

/** Something that tests of the plan need of a device, and for which another thing may stand in. */
export interface PlanElement {
  /** Name of the profile's value that stands for it, `asyncCommand`. */
  readonly value: string;
  readonly says: string;
  /** What the plan itself takes, with `{i}` for instance numbers. */
  readonly own: readonly string[];
}

export interface PlanSection {
  /** `1` to `11`, `U` for the universal test metrics. */
  readonly name: string;
  readonly title: string;
  readonly tests: readonly PlanTest[];
}

/** The test plan of a certification program, and which cases run its tests. */
export interface CertificationPlan {
  readonly name: string;
  readonly version: string;
  readonly features: readonly PlanFeature[];
  readonly elements: readonly PlanElement[];
  readonly sections: readonly PlanSection[];
}

/**
 * What came of a test of the plan. `not-run`: it applies, and a case of it was not chosen, not allowed or not reached. `not-covered`: it
 * applies, and no case of this version runs it. `given-up`: deprecated in the plan, or left for a later issue of it.
 */
export type TestVerdict = Verdict | "not-run" | "not-covered" | "given-up";

/** A case that took part in a test. */
export interface CertifiedCase {
  readonly id: string;
  readonly title: string;
  /** By the plan. */
  readonly verdict: Verdict | "not-run";
  /** By TR-369's own requirements. */
  readonly strict: Verdict | "not-run";
  readonly reason?: string;
  /** Files, relative to the folder of the report. */
  readonly evidence: readonly string[];
}

export interface CertifiedTest extends Omit<PlanTest, "cases" | "uncovered"> {
  readonly verdict: TestVerdict;
  /** There unless the verdict is pass or fail. */
  readonly reason?: string;
  /** It failed, and the file of known failures expects every bad finding. */
  readonly known?: true;
  readonly cases: readonly CertifiedCase[];
  /** What stood in for the elements that the plan takes itself. */
  readonly alternates: readonly Alternate[];
}

/** Something that stood in for an element of the plan. */
export interface Alternate {
  readonly says: string;
  readonly used: string;
  /** What the plan takes itself. */
  readonly instead: string;
}

export type SectionTotals = Readonly<Record<TestVerdict, number>>;

export interface CertifiedSection {
  readonly name: string;
  readonly title: string;
  readonly totals: SectionTotals;
  readonly tests: readonly CertifiedTest[];
}

/** What a run says about every test of a plan. */
export interface Certification {
  readonly plan: { readonly name: string; readonly version: string };
  readonly features: readonly { readonly id: number; readonly says: string; readonly supported: boolean }[];
  readonly sections: readonly CertifiedSection[];
}

/** Brings the results of a run into the order of the plan. @param agent absent when the device's agent never came */
export function certify(plan: CertificationPlan, cases: readonly CaseResult[], agent: AgentInfo | undefined): Certification {
  const results = new Map(cases.map((one) => [one.id, one]));
  const features = plan.features.map(({ id, says, claims, mtp }) => ({
    id,
    says,
    supported:
      claims.some((name) => agent?.features.includes(name) === true) || agent?.mtps.some((one) => mtp?.test(one)) === true,
  }));
  const supported = new Set(features.flatMap(({ id, supported: has }) => (has ? id : [])));
  return {
    plan: { name: plan.name, version: plan.version },
    features,
    sections: plan.sections.map(({ name, title, tests }) => {
      const known = { results, supported: agent === undefined ? undefined : supported, elements: plan.elements };
      const certified = tests.map((test) => certifyTest(test, known));
      return { name, title, totals: totalsOf(certified), tests: certified };
    }),
  };
}

/** Whether a run has anything to say about the plan at all. */
export const concernsPlan = (cases: readonly CaseResult[]): boolean =>
  cases.some((one) => one.plan !== undefined && planTestsOf(one).length > 0);

/** The totals by section as result.json has them; sections of which the plan has given up every test are left out. */
export const planTotals = ({ sections }: Certification): readonly PlanTotals[] =>
  sections
    .filter(({ tests }) => tests.some(({ verdict }) => verdict !== "given-up"))
    .map(({ name, title, totals }) => ({
      section: name,
      title,
      pass: totals.pass,
      fail: totals.fail,
      inconclusive: totals.inconclusive,
      notRun: totals["not-run"],
      notCovered: totals["not-covered"],
      notApplicable: totals["not-applicable"],
    }));

/** The totals of several sections together. */
export function sumOf(sections: readonly CertifiedSection[]): SectionTotals {
  return totalsOf(sections.flatMap(({ tests }) => tests));
}

/** A feature expression in words: `7 and 8`, `9 or 2`. */
export const inIds = (features: PlanTest["features"]): string => features.map((ids) => ids.join(" and ")).join(" or ");

function totalsOf(tests: readonly CertifiedTest[]): SectionTotals {
  const byVerdict = groupBy(tests, ({ verdict }) => verdict);
  const count = (verdict: TestVerdict): number => byVerdict.get(verdict)?.length ?? 0;
  return {
    pass: count("pass"),
    fail: count("fail"),
    inconclusive: count("inconclusive"),
    "not-run": count("not-run"),
    "not-covered": count("not-covered"),
    "not-applicable": count("not-applicable"),
    "given-up": count("given-up"),
  };
}

interface Known {
  readonly results: ReadonlyMap<string, CaseResult>;
  /** Feature ids; undefined when nothing is known of the agent: then every feature may be there. */
  readonly supported: ReadonlySet<number> | undefined;
  readonly elements: readonly PlanElement[];
}

function certifyTest({ uncovered, cases: ids, ...test }: PlanTest, { results, supported, elements }: Known): CertifiedTest {
  const chosen = ids.flatMap((id) => results.get(id) ?? []);
  const alternates = elements.flatMap((element) => alternatesOf(element, chosen));
  const cases = ids.map((id) => certifiedCase(id, results.get(id)));
  const outcome = (verdict: TestVerdict, reason?: string): CertifiedTest => ({
    ...test,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(verdict === "fail" && chosen.every((one) => one.plan !== "fail" || isKnown(one)) ? { known: true } : {}),
    cases,
    alternates,
  });
  if (test.tag === "deprecated") return outcome("given-up", "deprecated in the plan");
  if (test.tag === "unfinished") return outcome("given-up", "left for a later issue of the plan");
  const isMet = test.features.length === 0 || test.features.some((all) => all.every((id) => supported?.has(id) !== false));
  if (!isMet) return outcome("not-applicable", `needs feature ${inIds(test.features)}`);
  if (cases.length === 0) return outcome("not-covered", uncovered ?? "no case of this version runs it");
  return outcome(...verdictOver(cases));
}

function verdictOver(cases: readonly CertifiedCase[]): [verdict: TestVerdict, reason?: string | undefined] {
  const first = (verdict: CertifiedCase["verdict"]): CertifiedCase | undefined => cases.find((one) => one.verdict === verdict);
  if (first("fail") !== undefined) return ["fail"];
  const unclear = first("inconclusive");
  if (unclear !== undefined) return ["inconclusive", unclear.reason];
  if (first("not-run") !== undefined) return ["not-run", "a case of it was not chosen for this run"];
  if (first("pass") !== undefined) return ["pass"];
  // The plan says that the test applies: a case that could not be run is no reason to leave it out.
  return ["not-run", cases[0]?.reason];
}

function certifiedCase(id: string, result: CaseResult | undefined): CertifiedCase {
  if (result === undefined) return { id, title: "", verdict: "not-run", strict: "not-run", evidence: [] };
  const { title, verdict, plan, reason, evidence } = result;
  const isLeft = verdict === "inconclusive" && reason?.startsWith("not run") === true;
  return {
    id,
    title,
    verdict: isLeft ? "not-run" : (plan ?? verdict),
    strict: isLeft ? "not-run" : verdict,
    ...(reason === undefined ? {} : { reason }),
    evidence,
  };
}

function alternatesOf({ value, says, own }: PlanElement, cases: readonly CaseResult[]): readonly Alternate[] {
  const used = new Set(cases.flatMap(({ uses }) => uses?.[value] ?? []));
  const others = [...used].filter((what) => !own.includes(what.replace(/\.\d+(?=\.)/g, ".{i}")));
  return others.map((what) => ({ says, used: what, instead: own.join(" or ") }));
}
