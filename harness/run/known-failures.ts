import { z } from "zod";
import { closest } from "../core/closest.ts";
import type { WeighedFinding } from "../core/verdict.ts";
import { readYaml, schemaProblems } from "../core/yaml-place.ts";
import { globPattern } from "./plan.ts";
import type { CaseResult, KnownMark } from "./result.ts";

/** An expectation laid over a verdict: this case has this one bad finding, for this reason, until this day. */
export interface KnownFailure {
  /** Id of a case, or a glob. */
  readonly case: string;
  /** The requirement that is not met. */
  readonly finding: string;
  /** The wrong value, as the report prints it. */
  readonly actual: string;
  readonly because: string;
  readonly owner: string;
  /** Last day on which the failure is expected, `YYYY-MM-DD`. */
  readonly until: string;
  /** Where the entry stands: `known-failures.yaml, line 3`. */
  readonly where: string;
}

/** A known-failures file that cannot be taken; `problems` are a sentence each, with line and column. */
export class KnownFailuresError extends Error {
  override readonly name = "KnownFailuresError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

const words = (what: string) => z.string(`must be ${what}`).trim().min(1, `must be ${what}`);

const entrySchema = z.strictObject({
  case: words("the id of a case, or a glob"),
  finding: words("the id of a requirement, such as TR-069:A.3.2.2#unknown-name"),
  fingerprint: z.strictObject({
    actual: z.union([z.string(), z.number(), z.boolean()], "must be the wrong value, as the report prints it").transform(String),
  }),
  because: words("the reason, in words"),
  owner: words("the person who looks after it"),
  until: z.string("must be a day, YYYY-MM-DD").refine(isDay, "must be a day, YYYY-MM-DD"),
});

/**
 * Reads a known-failures file: a list of entries.
 *
 * @param file its name, as errors print it
 * @param caseIds every case of the suite: an entry that fits none is a mistake
 * @throws {KnownFailuresError}
 */
export function parseKnownFailures(yaml: string, file: string, caseIds: readonly string[]): readonly KnownFailure[] {
  const read = readYaml(yaml, file);
  if (read.broken.length > 0) throw new KnownFailuresError(read.broken);
  const list = z.array(entrySchema, "must be a list of entries, each beginning with `- case:`");
  const parsed = list.safeParse(read.content ?? []);
  if (!parsed.success)
    throw new KnownFailuresError(
      schemaProblems(parsed.error, read, {
        unknownField: (key) => `${key} is no field of an entry${meant(key)}`,
        wrongValue: (message, path) =>
          `${path.filter((step) => typeof step === "string").join(".") || "the file"} ${messageOf(message)}`,
      }),
    );
  const entries = parsed.data.map(
    ({ fingerprint, ...entry }, index): KnownFailure => ({
      ...entry,
      actual: fingerprint.actual,
      where: `${file}, line ${read.lineOf([index])}`,
    }),
  );
  const lost = entries.filter((entry) => !caseIds.some((id) => globPattern(entry.case).test(id)));
  if (lost.length > 0)
    throw new KnownFailuresError(
      lost.map((entry) => {
        const [suggestion] = closest(entry.case, caseIds, 1);
        return `${entry.where}: no case fits ${entry.case}${suggestion === undefined ? "" : `; did you mean ${suggestion}?`}`;
      }),
    );
  return entries;
}

export interface Expectations {
  /** The cases, those marked whose every bad finding is known. */
  readonly cases: readonly CaseResult[];
  /** Entries that do not hold: stale, overdue, or failing differently. A sentence each. */
  readonly errors: readonly string[];
}

/**
 * Lays the known failures over the results of a run. A failure is known when each of its bad findings is expected with the value it
 * had and is not overdue. Cases that did not come to a verdict, or were not chosen, prove nothing about an entry.
 *
 * @param today `YYYY-MM-DD`
 */
export function layOver(entries: readonly KnownFailure[], results: readonly CaseResult[], today: string): Expectations {
  const errors = entries.flatMap((entry) => errorOf(entry, results, today) ?? []);
  const cases = results.map((one): CaseResult => {
    const bad = one.findings.filter(({ ok }) => !ok);
    if (one.verdict !== "fail") return one;
    const covering = bad.map((finding) => entries.find((entry) => covers(entry, one, finding, today)));
    if (covering.some((entry) => entry === undefined)) return one;
    const known = [...new Set(covering)].flatMap((entry): KnownMark[] =>
      entry === undefined ? [] : [{ requirement: entry.finding, because: entry.because, owner: entry.owner, until: entry.until }],
    );
    return { ...one, known };
  });
  return { cases, errors };
}

/** The entry that would make a bad finding known, to be pasted and completed: without a reason it does not validate. */
export function suggestion(one: Pick<CaseResult, "id">, finding: WeighedFinding): string {
  return [
    `- case: ${one.id}`,
    `  finding: ${JSON.stringify(finding.requirement)}`,
    `  fingerprint: { actual: ${JSON.stringify(finding.actual)} }`,
    "  because: # why, and where it is tracked",
    "  owner: # who looks after it",
    "  until: # YYYY-MM-DD",
  ].join("\n");
}

function errorOf(entry: KnownFailure, results: readonly CaseResult[], today: string): string | undefined {
  const concerned = results.filter(({ id, verdict }) => verdict !== "inconclusive" && globPattern(entry.case).test(id));
  if (concerned.length === 0) return undefined;
  const failing = concerned.filter(({ findings }) =>
    findings.some(({ ok, requirement }) => !ok && requirement === entry.finding),
  );
  const about = `${entry.where}: ${entry.case}, ${entry.finding}`;
  if (failing.length === 0) {
    const undecided = results.some(({ id, verdict }) => verdict === "inconclusive" && globPattern(entry.case).test(id));
    if (undecided) return undefined;
    const states = [...new Set(concerned.map(({ verdict }) => verdict))].join(" and ");
    return `${about}: stale, the case is now ${states === "fail" ? "failing for other reasons only" : states}; remove the entry`;
  }
  if (entry.until < today) return `${about}: overdue since ${entry.until}; ask ${entry.owner}`;
  const different = failing
    .flatMap(({ findings }) => findings)
    .find((finding) => !finding.ok && finding.requirement === entry.finding && !sameActual(entry.actual, finding.actual));
  return different === undefined
    ? undefined
    : `${about}: fails differently, expected ${entry.actual} and saw ${different.actual}`;
}

function covers(entry: KnownFailure, one: CaseResult, finding: WeighedFinding, today: string): boolean {
  return (
    globPattern(entry.case).test(one.id) &&
    entry.finding === finding.requirement &&
    sameActual(entry.actual, finding.actual) &&
    entry.until >= today
  );
}

/** Literals are printed in quotes; the file may leave them out. */
const sameActual = (expected: string, actual: string): boolean => actual === expected || actual === JSON.stringify(expected);

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const FIELDS = ["case", "finding", "fingerprint", "actual", "because", "owner", "until"];
function meant(key: string): string {
  const [field] = closest(key, FIELDS, 1);
  return field === undefined ? ` (${FIELDS.join(", ")})` : `; did you mean ${field}?`;
}

const messageOf = (message: string): string => (message.startsWith("must") ? message : `is not right: ${message}`);
