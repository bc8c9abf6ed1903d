import type { CaseResult, RanCase, RunResult } from "../run/result.ts";

/** A case with exactly the fields of result.json, in their order. */
export function caseResult(ran: RanCase | CaseResult): CaseResult {
  return {
    id: ran.id,
    title: ran.title,
    area: ran.area,
    protocol: ran.protocol,
    references: ran.references,
    verdict: ran.verdict,
    ...(ran.reason === undefined ? {} : { reason: ran.reason }),
    durationMs: ran.durationMs,
    findings: ran.findings.map(({ requirement, keyword, ok, expected, actual, where }) => ({
      requirement,
      keyword,
      ok,
      expected,
      actual,
      where,
    })),
    ...(ran.steps === undefined ? {} : { steps: ran.steps }),
    evidence: ran.evidence,
    ...(ran.known === undefined ? {} : { known: ran.known }),
  };
}

/** The text of result.json. */
export const resultJson = (result: RunResult): string => `${JSON.stringify(result, undefined, 2)}\n`;
