import { expect, test } from "vitest";
import type { WeighedFinding } from "../core/verdict.ts";
import { KnownFailuresError, layOver, parseKnownFailures, suggestion } from "./known-failures.ts";
import { type CaseResult, exitCode, identityOf, RESULT_SCHEMA, type RunResult, totalsOf } from "./result.ts";

const yaml = `# what we know
- case: cwmp.get.a
  finding: "T:1#a"
  fingerprint: { actual: 7004 }
  because: fixed in 4.3
  owner: ana@acme.example
  until: 2027-03-31
`;
const ids = ["cwmp.get.a", "cwmp.get.b"];
const parse = (text: string) => parseKnownFailures(text, "known.yaml", ids);

const bad = (actual: string, requirement = "T:1#a", keyword: WeighedFinding["keyword"] = "MUST"): WeighedFinding => ({
  requirement,
  ok: false,
  expected: '"7026"',
  actual,
  where: "POST #2",
  keyword,
});
const result = (verdict: CaseResult["verdict"], findings: readonly WeighedFinding[] = []): CaseResult => ({
  ...identityOf({ id: "cwmp.get.a", title: "does a", proves: ["T:1#a"] }),
  verdict,
  durationMs: 1,
  findings,
  evidence: [],
});
const run = (cases: readonly CaseResult[], errors: readonly string[] = []): RunResult => ({
  schema: RESULT_SCHEMA,
  suite: { version: "1" },
  target: { kind: "device", address: "", profile: "", manufacturer: "", model: "", softwareVersion: "", serialNumber: "" },
  seed: 1,
  yardstick: "tr-369",
  startedAt: "2026-01-01T00:00:00.000Z",
  durationMs: 1,
  totals: totalsOf(cases),
  cases,
  ...(errors.length > 0 ? { knownFailureErrors: errors } : {}),
});

test("verdict × expectation gives the exit code of the table in docs/verdicts.md", () => {
  const entries = parse(yaml);
  const verdictOf = (one: CaseResult, laid = entries, today = "2026-11-24") => {
    const { cases, errors } = layOver(laid, [one], today);
    return [
      exitCode(run(cases, errors), { gate: "must" }),
      errors.map((error) => /stale|differently|overdue/.exec(error)?.[0]).join(),
    ];
  };
  expect(verdictOf(result("fail", [bad('"7004"')]), [])).toEqual([1, ""]);
  expect(verdictOf(result("fail", [bad('"7004"')]))).toEqual([0, ""]);
  expect(verdictOf(result("fail", [bad('"7000"')]))).toEqual([1, "differently"]);
  expect(verdictOf(result("fail", [bad('"7004"')]), entries, "2027-04-01")).toEqual([1, "overdue"]);
  expect(verdictOf(result("fail", [bad('"7004"'), bad("x", "T:1#b")]))).toEqual([1, ""]);
  expect(verdictOf(result("fail", [bad("x", "T:1#b")]))).toEqual([1, "stale"]);
  expect(verdictOf(result("pass"))).toEqual([1, "stale"]);
  expect(verdictOf(result("not-applicable"))).toEqual([1, "stale"]);
  expect(verdictOf(result("inconclusive"))).toEqual([2, ""]);
});

test("a failure of SHOULD findings alone gates only when told to", () => {
  const one = run([result("fail", [bad("x", "T:1#a", "SHOULD")])]);
  expect([exitCode(one, { gate: "must" }), exitCode(one, { gate: "should" })]).toEqual([0, 1]);
  expect(one.totals).toEqual({ pass: 0, fail: 1, notApplicable: 0, inconclusive: 0, known: 0 });
});

test("mistakes in the file are told with their place and a remedy", () => {
  const problems = (text: string): readonly string[] => {
    try {
      return parse(text).map(({ where }) => where);
    } catch (error) {
      return error instanceof KnownFailuresError ? error.problems : [String(error)];
    }
  };
  expect(problems(yaml)).toEqual(["known.yaml, line 2"]);
  expect(problems("")).toEqual([]);
  expect(problems(yaml.replace("2027-03-31", "2027-02-31"))).toEqual([
    "known.yaml, line 7, column 10: until must be a day, YYYY-MM-DD",
  ]);
  expect(problems(yaml.replace("because:", "becuase:"))).toEqual([
    "known.yaml, line 2, column 3: because must be the reason, in words",
    "known.yaml, line 5, column 3: becuase is no field of an entry; did you mean because?",
  ]);
  expect(problems(yaml.replace("get.a", "get.aa"))).toEqual([
    "known.yaml, line 2: no case fits cwmp.get.aa; did you mean cwmp.get.a?",
  ]);
  expect(problems("- case: [")[0]).toMatch(/^known.yaml, line 1, column \d+: /);
});

test("a suggested entry is right but for the reason, the owner and the day", () => {
  const text = suggestion(result("fail"), bad('"70\\04"'));
  expect(() => parse(text)).toThrow("because must be the reason");
  const completed = text
    .replace(/because: .*/, "because: x")
    .replace(/owner: .*/, "owner: y")
    .replace(/until: .*/, "until: 2027-01-01");
  expect(parse(completed)).toMatchObject([{ case: "cwmp.get.a", finding: "T:1#a", actual: '"70\\04"' }]);
});
