import type { Certification } from "../run/certification.ts";
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
    ...(ran.plan === undefined ? {} : { plan: ran.plan }),
    ...(ran.reason === undefined ? {} : { reason: ran.reason }),
    durationMs: ran.durationMs,
    findings: ran.findings.map(({ requirement, keyword, ok, byPlan, expected, actual, where }) => ({
      requirement,
      keyword,
      ok,
      ...(byPlan === undefined || byPlan === ok ? {} : { byPlan }),
      expected,
      actual,
      where,
    })),
    ...(ran.steps === undefined ? {} : { steps: ran.steps }),
    ...(ran.uses === undefined ? {} : { uses: ran.uses }),
    evidence: ran.evidence,
    ...(ran.known === undefined ? {} : { known: ran.known }),
  };
}

/** The text of result.json. */
export const resultJson = (result: RunResult): string => `${JSON.stringify(result, undefined, 2)}\n`;

/** Names the shape of tp-469.json. */
const CERTIFICATION_SCHEMA = "cpe-assay/tp-469@1";

/** The text of tp-469.json: what the certification view shows. */
export function certificationJson(certification: Certification, result: RunResult): string {
  const { suite, target, seed, yardstick, startedAt, durationMs, differences = [] } = result;
  const head = { schema: CERTIFICATION_SCHEMA, suite, target, seed, yardstick, startedAt, durationMs, differences };
  return `${JSON.stringify({ ...head, ...certification }, undefined, 2)}\n`;
}
