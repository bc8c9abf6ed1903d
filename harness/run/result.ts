import type { Disturbance } from "../core/case.ts";
import { planVerdict, type Verdict, type WeighedFinding, type Yardstick } from "../core/verdict.ts";

/** Names the shape of result.json; the number grows when a reader of the old shape would misread the new one. */
export const RESULT_SCHEMA = "cpe-assay/result@1";

/** What was examined. Text that is not known (yet) is empty. */
export interface TargetInfo {
  readonly kind: "simulator" | "device";
  readonly address: string;
  readonly profile: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly softwareVersion: string;
  readonly serialNumber: string;
  /** Its USP agent; absent when none came. */
  readonly agent?: AgentInfo;
}

/** What a USP agent is, as a certification request has to say. */
export interface AgentInfo {
  readonly endpointId: string;
  /** USP versions that it speaks. */
  readonly versions: readonly string[];
  /** How it was spoken to: `WebSocket`, `MQTT 5.0`, `MQTT 3.1.1`, with ` over TLS` where it was. */
  readonly mtps: readonly string[];
  /** Features for USP that its profile claims, or that it has shown, by the names of the profile. */
  readonly features: readonly string[];
  /** How many firmware images it shows; 0 without the profile Firmware:1. */
  readonly firmwareBanks: number;
}

/** An entry of the known-failures file that covers one bad finding of a case. */
export interface KnownMark {
  readonly requirement: string;
  readonly because: string;
  readonly owner: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string;
}

/** One case of a run, as result.json holds it. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  /** Second segment of the id, `get-parameter-values`. */
  readonly area: string;
  /** First segment of the id, `cwmp`. */
  readonly protocol: string;
  /** What the case proves (ids of ledger rows), then its cross-references. */
  readonly references: readonly string[];
  readonly verdict: Verdict;
  /** The verdict by the test plan TP-469; absent where the plan asks nothing of what the case judges. */
  readonly plan?: Verdict;
  /** There unless the verdict is pass or fail. */
  readonly reason?: string;
  /** Real milliseconds, whatever clock the phone lived by. */
  readonly durationMs: number;
  readonly findings: readonly WeighedFinding[];
  /** What the case said that it does, in order; absent when it said nothing. */
  readonly steps?: readonly string[];
  /** What the case used of the profile's values for USP, or of those that were learnt, by name; absent when it used none. */
  readonly uses?: Readonly<Record<string, string>>;
  /** Files, relative to the folder of the report. */
  readonly evidence: readonly string[];
  /** Only in a failed case whose every bad finding is known. */
  readonly known?: readonly KnownMark[];
}

/** A case that has come to its end, with what only the writers of this run want to know. Can be cloned between threads. */
export interface RanCase extends CaseResult {
  /** Milliseconds of the run's clock: what the case would have lasted on a phone whose time is real. */
  readonly clockMs: number;
  /** What the case, or the clean-up after it, wants a person to know. */
  readonly notes: readonly string[];
  /** Set when the phone did not answer any more after this case, or had been lost before it. */
  readonly lost?: { readonly inCase: string; readonly reason: string };
}

export interface Totals {
  readonly pass: number;
  /** All failed cases, the known ones among them. */
  readonly fail: number;
  readonly notApplicable: number;
  readonly inconclusive: number;
  /** How many of the failed cases are known failures. */
  readonly known: number;
}

/** What came of the tests in one section of the certification plan. */
export interface PlanTotals {
  /** `1` to `11`; `U` for the universal test metrics. */
  readonly section: string;
  readonly title: string;
  readonly pass: number;
  readonly fail: number;
  readonly inconclusive: number;
  /** They apply, and were not chosen, not allowed or not reached. */
  readonly notRun: number;
  /** They apply, and no case of this version runs them. */
  readonly notCovered: number;
  readonly notApplicable: number;
}

/** The whole run: the content of result.json. */
export interface RunResult {
  readonly schema: typeof RESULT_SCHEMA;
  readonly suite: { readonly version: string };
  readonly target: TargetInfo;
  readonly seed: number;
  /** By which the exit code was decided; both verdicts are in each case. */
  readonly yardstick: Yardstick;
  /** ISO 8601, UTC, real time. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly totals: Totals;
  /** How many tests of each section of TP-469 came to which verdict, by its own yardstick; absent when the run had none of its cases. */
  readonly planTotals?: readonly PlanTotals[];
  /** Ids of the cases that TR-369's requirements and TP-469 judge differently; absent when there is none. */
  readonly differences?: readonly string[];
  readonly cases: readonly CaseResult[];
  /** Entries of the known-failures file that do not hold (any more), one sentence each; absent when there is none. */
  readonly knownFailureErrors?: readonly string[];
  /** What went wrong with the harness outside of every case; absent when nothing did. */
  readonly harnessFaults?: readonly string[];
}

/** What may gate: bad MUST findings alone, or bad SHOULD findings too. */
export type Gate = "must" | "should";

/** What is known of a case without running it. */
export interface CaseFacts {
  readonly id: string;
  readonly title: string;
  readonly proves: readonly string[];
  readonly references?: readonly string[];
  readonly beyondPlan?: readonly string[];
  readonly disturbs?: Disturbance;
}

/** The part of a result that follows from the case alone. */
export function identityOf(facts: CaseFacts): Pick<CaseResult, "id" | "title" | "area" | "protocol" | "references"> {
  const [protocol = "", area = ""] = facts.id.split(".");
  return { id: facts.id, title: facts.title, area, protocol, references: [...facts.proves, ...(facts.references ?? [])] };
}

/** The result of a case that was never driven. */
export function withoutRun(facts: CaseFacts, verdict: "not-applicable" | "inconclusive", reason: string): RanCase {
  return {
    ...identityOf(facts),
    verdict,
    ...planVerdict(facts, verdict),
    reason,
    durationMs: 0,
    clockMs: 0,
    findings: [],
    evidence: [],
    notes: [],
  };
}

export function totalsOf(cases: readonly CaseResult[]): Totals {
  const count = (verdict: Verdict): number => cases.filter((one) => one.verdict === verdict).length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    notApplicable: count("not-applicable"),
    inconclusive: count("inconclusive"),
    known: cases.filter(isKnown).length,
  };
}

/** Failed, and every bad finding is covered by the known-failures file. */
export const isKnown = (one: CaseResult): boolean => one.verdict === "fail" && one.known !== undefined;

/** What decides whether a run is conformant. */
export interface Measure {
  readonly yardstick: Yardstick;
  /** Only by TR-369: the plan knows no SHOULD. */
  readonly gate: Gate;
}

/** Whether a case on its own makes a run not conformant. */
export function gates(one: CaseResult, { yardstick, gate }: Measure): boolean {
  if (isKnown(one)) return false;
  if (yardstick === "tp-469") return one.plan === "fail";
  if (one.verdict !== "fail") return false;
  return one.findings.some(({ ok, keyword }) => !ok && (keyword === "MUST" || (gate === "should" && keyword === "SHOULD")));
}

/** The verdict of a case by a yardstick; undefined where that asks nothing of it. */
export const verdictBy = (one: CaseResult, yardstick: Yardstick): Verdict | undefined =>
  yardstick === "tp-469" ? one.plan : one.verdict;

/** Cases that the two yardsticks judge differently, among those for which both have a verdict. */
export const differing = (cases: readonly CaseResult[]): readonly CaseResult[] =>
  cases.filter(({ verdict, plan }) => plan !== undefined && plan !== verdict);

/**
 * 0 conformant, 1 not conformant (or a known failure that does not hold), 2 could not tell. A run in which nothing at all was
 * judged, because no case applied, or in which the harness failed beside the cases, could not tell either.
 */
export function exitCode(result: RunResult, { gate }: { readonly gate: Gate }): 0 | 1 | 2 {
  const measure = { yardstick: result.yardstick, gate };
  if (result.cases.some((one) => gates(one, measure)) || (result.knownFailureErrors?.length ?? 0) > 0) return 1;
  const verdicts = result.cases.map((one) => verdictBy(one, result.yardstick));
  const wasJudged = verdicts.some((verdict) => verdict === "pass" || verdict === "fail");
  return verdicts.includes("inconclusive") || !wasJudged || (result.harnessFaults?.length ?? 0) > 0 ? 2 : 0;
}
