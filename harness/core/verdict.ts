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

/** What came of one case. `reason` is there unless the verdict is pass or fail. */
export interface Outcome {
  readonly verdict: Verdict;
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
