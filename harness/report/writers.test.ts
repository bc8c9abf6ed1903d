import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { WeighedFinding } from "../core/verdict.ts";
import { identityOf, type RanCase } from "../run/result.ts";
import { withoutAnalytics } from "./html.ts";
import { openReport, type ReportMeta } from "./writers.ts";

const facts = ["pass", "fail", "na", "lost", "never"].map((name) => ({
  id: `cwmp.get.${name}`,
  title: `answers ${name}`,
  proves: ["T:1#a"],
  ...(name === "na" ? { notApplicable: "claims.upload is false" } : {}),
}));
const finding: WeighedFinding = {
  requirement: "T:1#a",
  ok: false,
  expected: '"1"',
  actual: '"2"',
  where: "POST #1, line 4 column 7",
  keyword: "MUST",
};

function ran(index: number, more: Partial<RanCase>): RanCase {
  const one = facts[index] as (typeof facts)[number];
  return { ...identityOf(one), verdict: "pass", durationMs: 12, clockMs: 1200, findings: [], evidence: [], notes: [], ...more };
}

function open(folder: string, more: Partial<ReportMeta> = {}) {
  let said = "";
  const report = openReport(folder, {
    suiteVersion: "0.1.0",
    target: {
      kind: "device",
      address: "192.168.1.20",
      profile: "p.yaml",
      manufacturer: "",
      model: "",
      softwareVersion: "",
      serialNumber: "",
    },
    seed: 7,
    cases: facts,
    requirement: (id) => ({ id, keyword: "MUST", who: "CPE", says: "answers with one", status: { kind: "tested" } }),
    knownFailures: [],
    gate: "must",
    yardstick: "tr-369",
    command: (id) => `npm test -- --case=${id} --target=192.168.1.20`,
    terminal: { write: (text) => (said += text), color: false, live: false, columns: 100 },
    ...more,
  });
  return { report, said: () => said };
}

const runAll = (folder: string, more: Partial<ReportMeta> = {}) => {
  const opened = open(folder, more);
  mkdirSync(join(folder, "evidence/cwmp.get.fail"), { recursive: true });
  writeFileSync(join(folder, "evidence/cwmp.get.fail/transcript.txt"), "POST / HTTP/1.1");
  opened.report.caseDone(ran(0, {}));
  const evidence = ["evidence/cwmp.get.fail/transcript.txt"];
  opened.report.caseDone(ran(1, { verdict: "fail", findings: [finding], steps: ["the phone is reset"], evidence }));
  opened.report.about({ manufacturer: "snom", model: "D785" });
  return opened;
};

test("a run leaves every report, and the terminal ends in the plain line", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-report-"));
  writeFileSync(join(folder, "result.json"), "old");
  const { report, said } = runAll(folder);
  report.caseDone(
    ran(3, {
      verdict: "inconclusive",
      reason: "the phone stopped answering during this case: x",
      lost: { inCase: "cwmp.get.lost", reason: "x" },
    }),
  );
  const result = await report.finish({ interrupted: "SIGINT" });
  expect(result.totals).toEqual({ pass: 1, fail: 1, notApplicable: 1, inconclusive: 2, known: 0 });
  expect(result.cases.map(({ reason }) => reason)).toEqual([
    undefined,
    undefined,
    "claims.upload is false",
    "the phone stopped answering during this case: x",
    "not run: interrupted",
  ]);
  expect(readdirSync(folder).toSorted()).toEqual([
    "allure-results",
    "evidence",
    "index.html",
    "junit.xml",
    "known-failures.suggested.yaml",
    "result.json",
  ]);
  expect(JSON.parse(readFileSync(join(folder, "result.json"), "utf8"))).toEqual(result);
  const page = readFileSync(join(folder, "index.html"), "utf8");
  expect(page).not.toContain("googletagmanager");
  expect(page).toContain("<title> CPE Assay: snom D785 (192.168.1.20) </title>");
  expect(said()).toContain("cwmp.get.fail   answers fail");
  expect(said()).toContain("        where     POST #1, line 4 column 7");
  expect(said()).toContain("again  npm test -- --case=cwmp.get.fail --target=192.168.1.20");
  expect(said().split("\n").slice(-2)).toEqual(["1 passed, 1 failed, 1 skipped, 2 inconclusive", ""]);
  rmSync(folder, { recursive: true });
});

test("of a long transcript the page has the beginning when the case passed, and all of it when it did not", () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-allure-"));
  const line = `${"x".repeat(99)}\n`;
  const path = "evidence/cwmp.get.fail/transcript.txt";
  const { report } = open(folder, { html: false });
  mkdirSync(join(folder, "evidence/cwmp.get.fail"), { recursive: true });
  writeFileSync(join(folder, path), line.repeat(200));
  report.caseDone(ran(0, { evidence: [path] }));
  report.caseDone(ran(1, { verdict: "fail", findings: [finding], evidence: [path] }));
  const results = join(folder, "allure-results");
  const shown = readdirSync(results)
    .filter((name) => name.endsWith(".txt"))
    .map((name) => readFileSync(join(results, name), "utf8"));
  const beginning = `${line.repeat(120)}\n… 80 more lines are in ${path}, beside this page\n`;
  expect(new Set(shown)).toEqual(new Set([beginning, line.repeat(200)]));
  rmSync(folder, { recursive: true });
});

test("each case is on disk when it is done, in a form that Allure reads, with a history that outlives the run", () => {
  const read = () => {
    const folder = mkdtempSync(join(tmpdir(), "assay-allure-"));
    runAll(folder, { html: false });
    const results = join(folder, "allure-results");
    const all = readdirSync(results).filter((name) => name.endsWith("-result.json"));
    const parsed = all.map((name) => JSON.parse(readFileSync(join(results, name), "utf8")) as Record<string, unknown>);
    const failed = parsed.find(({ fullName }) => fullName === "cwmp.get.fail") ?? {};
    const [attachment] = failed.attachments as { source: string }[];
    expect(readFileSync(join(results, attachment?.source ?? ""), "utf8")).toBe("POST / HTTP/1.1");
    rmSync(folder, { recursive: true });
    return parsed.length === 2 ? failed : {};
  };
  const failed = read();
  expect(failed).toMatchObject({ status: "failed", name: "answers fail", statusDetails: { expected: '"1"', actual: '"2"' } });
  expect(failed.labels).toContainEqual({ name: "requirement", value: "T:1#a" });
  expect(failed.steps).toMatchObject([
    { name: "the phone is reset", status: "passed" },
    { name: "T:1#a (MUST)", status: "failed" },
  ]);
  expect(failed.description).toContain("npm test -- --case=cwmp.get.fail --target=192.168.1.20");
  expect(read().historyId).toBe(failed.historyId);
});

test("a known failure is listed as known and leaves the run conformant; the live line is wiped before anything is printed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-known-"));
  const known = {
    case: "cwmp.get.fail",
    finding: "T:1#a",
    actual: "2",
    because: "until 4.3",
    owner: "ana",
    until: "2999-01-01",
    where: "k, line 1",
  };
  let said = "";
  const terminal = { write: (text: string) => (said += text), color: false, live: true, columns: 80 };
  const { report } = open(folder, { html: false, knownFailures: [known], cases: facts.slice(0, 2), terminal });
  report.caseStarted("cwmp.get.pass");
  report.waitsFor("an Inform");
  report.caseDone(ran(0, {}));
  report.caseStarted("cwmp.get.fail");
  report.caseDone(ran(1, { verdict: "fail", findings: [finding] }));
  const result = await report.finish();
  expect(result.totals.known).toBe(1);
  expect(said).toContain("case 1 of 2 · 0 ms · cwmp.get.pass · waits for an Inform");
  expect(said).toContain("Known failures\n  ✗ cwmp.get.fail  until 4.3 (ana, until 2999-01-01)");
  expect(said).toContain("conformant in everything that was judged (exit code 0)");
  // After every status line comes the wiping sequence, never text on the same line.
  expect(
    said
      .split("\r\u001b[2K")
      .slice(0, -1)
      .every((part) => !part.endsWith("\n")),
  ).toBe(true);
  rmSync(folder, { recursive: true });
});

test("a page that still asks the network is refused", () => {
  const analytics = `<script async src="https://www.googletagmanager.com/gtag/js?id=G"></script>\n<script>gtag('config', 'G')</script>`;
  expect(withoutAnalytics(`<html>${analytics}</html>`)).toBe("<html></html>");
  expect(() => withoutAnalytics("<html></html>")).toThrow("asks something of the network");
  expect(() => withoutAnalytics(`${analytics}<img src="https://x/">`)).toThrow("asks something of the network");
});
