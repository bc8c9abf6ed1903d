import { expect, test } from "vitest";
import { byPlan, same } from "../core/finding.ts";
import { verdictByPlan, type WeighedFinding } from "../core/verdict.ts";
import { certificationPage } from "../report/certification-page.ts";
import { type CertificationPlan, certify, type PlanTest, planTotals } from "./certification.ts";
import {
  type AgentInfo,
  type CaseResult,
  differing,
  exitCode,
  identityOf,
  RESULT_SCHEMA,
  type RunResult,
  totalsOf,
} from "./result.ts";

const facts = { id: "usp.add.a", title: "adds a", proves: ["R:1", "R:2"], references: ["TP-469 1.3"] };
const seen = (value: string) => ({ value, where: "Record #1" });

test("by the plan a looser finding counts as it says, what is beyond does not count, and a SHOULD counts", () => {
  const exact = same("R:1", seen("7004"), 7011);
  const other = same("R:2", seen("yes"), "yes");
  expect(verdictByPlan(facts, [exact, other])).toBe("fail");
  expect(verdictByPlan(facts, [byPlan(exact, true), other])).toBe("pass");
  expect(verdictByPlan(facts, [byPlan(exact, false), other])).toBe("fail");
  expect(verdictByPlan({ ...facts, beyondPlan: ["R:1"] }, [exact, other])).toBe("pass");
  expect(verdictByPlan({ ...facts, beyondPlan: ["R:1"] }, [other, exact])).toBe("pass");
  // What the plan asks for and nobody judged is not passed.
  expect(verdictByPlan({ ...facts, beyondPlan: ["R:1"] }, [exact])).toBe("inconclusive");
  expect(verdictByPlan({ ...facts, references: ["GPV-006"] }, [exact, other])).toBeUndefined();
});

const result = (id: string, more: Partial<CaseResult>): CaseResult => ({
  ...identityOf({ ...facts, id }),
  verdict: "pass",
  plan: "pass",
  durationMs: 1,
  findings: [],
  evidence: [`evidence/${id}/transcript.txt`],
  ...more,
});
const bad: WeighedFinding = { ...byPlan(same("R:1", seen("7004"), 7011), true), keyword: "MUST" };

const run = (cases: readonly CaseResult[], yardstick: RunResult["yardstick"]): RunResult => ({
  schema: RESULT_SCHEMA,
  suite: { version: "1" },
  target: { kind: "device", address: "", profile: "", manufacturer: "", model: "", softwareVersion: "", serialNumber: "" },
  seed: 1,
  yardstick,
  startedAt: "2026-01-01T00:00:00.000Z",
  durationMs: 1,
  totals: totalsOf(cases),
  cases,
});

test("the chosen yardstick decides the exit code, and both verdicts are there", () => {
  const loose = result("usp.add.a", { verdict: "fail", findings: [bad] });
  expect(exitCode(run([loose], "tr-369"), { gate: "must" })).toBe(1);
  expect(exitCode(run([loose], "tp-469"), { gate: "must" })).toBe(0);
  expect(differing([loose, result("usp.add.b", {})])).toEqual([loose]);

  // A SHOULD that the plan asks for is no matter of taste to it.
  const should = result("usp.add.a", { verdict: "fail", plan: "fail", findings: [{ ...bad, keyword: "SHOULD" }] });
  expect(exitCode(run([should], "tr-369"), { gate: "must" })).toBe(0);
  expect(exitCode(run([should], "tp-469"), { gate: "must" })).toBe(1);

  const { plan: _, ...unasked } = result("cwmp.get.a", { verdict: "fail", findings: [bad] });
  expect(exitCode(run([unasked, result("usp.add.a", {})], "tp-469"), { gate: "must" })).toBe(0);
  expect(exitCode(run([unasked], "tp-469"), { gate: "must" })).toBe(2);
});

const listed = (number: string, more: Partial<PlanTest> = {}): PlanTest => ({
  number,
  title: `test ${number}`,
  tag: "mandatory",
  features: [],
  cases: [`usp.area.case-${number.replace(".", "-")}`],
  ...more,
});
const tests: readonly PlanTest[] = [
  listed("1.1"),
  listed("1.2"),
  listed("1.3", { tag: "conditional", features: [[3]] }),
  listed("1.4", { tag: "conditional", features: [[3], [1, 2]] }),
  listed("1.5", { cases: [], uncovered: "nobody can see it" }),
  listed("1.6", { tag: "deprecated" }),
  listed("1.7", { cases: ["usp.area.case-1-1", "usp.area.not-chosen"] }),
  listed("1.8"),
];
const plan: CertificationPlan = {
  name: "TP-469",
  version: "1.4.0",
  features: [
    { id: 1, says: "one", claims: ["usp-command"] },
    { id: 2, says: "two", claims: ["usp-reboot", "usp-periodic"] },
    { id: 3, says: "three", claims: [] },
  ],
  elements: [{ value: "nestedTable", says: "nested table", own: ["Device.A.{i}.B."] }],
  sections: [{ name: "1", title: "Messages", tests }],
};
const agent: AgentInfo = {
  endpointId: "os::000413-1",
  versions: ["1.3"],
  mtps: ["WebSocket"],
  features: ["usp-command", "usp-periodic"],
  firmwareBanks: 2,
};
const cases = [
  result("usp.area.case-1-1", { uses: { nestedTable: "Device.A.7.B." } }),
  result("usp.area.case-1-2", { verdict: "fail", plan: "fail", findings: [bad] }),
  result("usp.area.case-1-4", { uses: { nestedTable: "Device.X.1.Y." } }),
  result("usp.area.case-1-8", { verdict: "not-applicable", plan: "not-applicable", reason: "allow: reboot" }),
];

test("every test of the plan has a verdict, and the reason where it is neither passed nor failed", () => {
  const certified = certify(plan, cases, agent);
  const [section] = certified.sections;
  expect(section?.tests.map(({ number, verdict, reason }) => [number, verdict, reason])).toEqual([
    ["1.1", "pass", undefined],
    ["1.2", "fail", undefined],
    ["1.3", "not-applicable", "needs feature 3"],
    ["1.4", "pass", undefined],
    ["1.5", "not-covered", "nobody can see it"],
    ["1.6", "given-up", "deprecated in the plan"],
    ["1.7", "not-run", "a case of it was not chosen for this run"],
    // The plan says that it applies: that the run was not allowed to do it is no reason to leave it out.
    ["1.8", "not-run", "allow: reboot"],
  ]);
  expect(certified.features.map(({ id, supported }) => [id, supported])).toEqual([
    [1, true],
    [2, true],
    [3, false],
  ]);
  expect(planTotals(certified)).toEqual([
    { section: "1", title: "Messages", pass: 2, fail: 1, inconclusive: 0, notRun: 2, notCovered: 1, notApplicable: 1 },
  ]);
  // What is the plan's own element is no alternate.
  expect(section?.tests.flatMap(({ number, alternates }) => alternates.map(({ used }) => `${number} ${used}`))).toEqual([
    "1.4 Device.X.1.Y.",
  ]);
});

test("the page names what a certification request has to name, and shows nothing as it is that came from a device", () => {
  const device = { ...run(cases, "tp-469").target, manufacturer: "<b>snom</b>", model: "D785", softwareVersion: "10.1", agent };
  const whole = { ...run(cases, "tp-469"), target: device };
  const page = certificationPage(certify(plan, cases, agent), whole, { inReport: (id) => `index.html#${id}` });
  for (const text of ["10.1", "os::000413-1", "WebSocket", "1 of 6 applicable tests failed", "Device.X.1.Y.", "not covered"])
    expect(page).toContain(text);
  expect(page).toContain('<a href="evidence/usp.area.case-1-2/transcript.txt">transcript</a>');
  expect(page).toContain('<a href="index.html#usp.area.case-1-1"><code>usp.area.case-1-1</code></a>');
  expect(page).not.toContain("<b>snom");
  expect(page).not.toMatch(/(?:src|href)="https?:/);
});
