import type { Disturbance } from "../core/case.ts";
import type { Verdict, WeighedFinding } from "../core/verdict.ts";

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
  /** There unless the verdict is pass or fail. */
  readonly reason?: string;
  /** Real milliseconds, whatever clock the phone lived by. */
  readonly durationMs: number;
  readonly findings: readonly WeighedFinding[];
  /** What the case said that it does, in order; absent when it said nothing. */
  readonly steps?: readonly string[];
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

/** The whole run: the content of result.json. */
export interface RunResult {
  readonly schema: typeof RESULT_SCHEMA;
  readonly suite: { readonly version: string };
  readonly target: TargetInfo;
  readonly seed: number;
  /** ISO 8601, UTC, real time. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly totals: Totals;
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
  readonly disturbs?: Disturbance;
}

/** The part of a result that follows from the case alone. */
export function identityOf(facts: CaseFacts): Pick<CaseResult, "id" | "title" | "area" | "protocol" | "references"> {
  const [protocol = "", area = ""] = facts.id.split(".");
  return { id: facts.id, title: facts.title, area, protocol, references: [...facts.proves, ...(facts.references ?? [])] };
}

/** The result of a case that was never driven. */
export function withoutRun(facts: CaseFacts, verdict: "not-applicable" | "inconclusive", reason: string): RanCase {
  return { ...identityOf(facts), verdict, reason, durationMs: 0, clockMs: 0, findings: [], evidence: [], notes: [] };
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

/** Whether a case on its own makes a run not conformant under `gate`. */
export function gates(one: CaseResult, gate: Gate): boolean {
  if (one.verdict !== "fail" || isKnown(one)) return false;
  return one.findings.some(({ ok, keyword }) => !ok && (keyword === "MUST" || (gate === "should" && keyword === "SHOULD")));
}

/**
 * 0 conformant, 1 not conformant (or a known failure that does not hold), 2 could not tell. A run in which nothing at all was
 * judged, because no case applied, or in which the harness failed beside the cases, could not tell either.
 */
export function exitCode(result: RunResult, { gate }: { readonly gate: Gate }): 0 | 1 | 2 {
  if (result.cases.some((one) => gates(one, gate)) || (result.knownFailureErrors?.length ?? 0) > 0) return 1;
  const { inconclusive, pass, fail } = result.totals;
  return inconclusive > 0 || pass + fail === 0 || (result.harnessFaults?.length ?? 0) > 0 ? 2 : 0;
}
