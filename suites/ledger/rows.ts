import type { Requirement } from "../../harness/core/verdict.ts";

/** A row for a MUST (REQUIRED, SHALL) that a CPE has to obey and that at least one case judges. */
export const must = (id: string, says: string): Requirement => ({
  id,
  keyword: "MUST",
  who: "CPE",
  says,
  status: { kind: "tested" },
});

/** A row for a SHOULD (RECOMMENDED), or for a freedom whose common use the field relies on; it gates only with `--gate=should`. */
export const should = (id: string, says: string): Requirement => ({ ...must(id, says), keyword: "SHOULD" });

/** A row that no case judges, and why. */
export const untestable = (id: string, keyword: Requirement["keyword"], says: string, reason: string): Requirement => ({
  id,
  keyword,
  who: "CPE",
  says,
  status: { kind: "untestable", reason },
});

/** A row that lies outside what this suite judges, and why. */
export const outOfScope = (id: string, keyword: Requirement["keyword"], says: string, reason: string): Requirement => ({
  ...untestable(id, keyword, says, reason),
  status: { kind: "out-of-scope", reason },
});
