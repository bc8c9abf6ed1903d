import {
  type Certification,
  type CertifiedCase,
  type CertifiedSection,
  type CertifiedTest,
  inIds,
  sumOf,
  type TestVerdict,
} from "../run/certification.ts";
import { inWords } from "../run/plan.ts";
import type { RunResult } from "../run/result.ts";
import { STYLE } from "./certification-style.ts";
import { xmlText } from "./xml-text.ts";

/** Verdicts as the page words them, in the order of its totals. */
const WORDS: Readonly<Record<TestVerdict, string>> = {
  pass: "pass",
  fail: "fail",
  inconclusive: "inconclusive",
  "not-run": "not run",
  "not-covered": "not covered",
  "not-applicable": "not applicable",
  "given-up": "deprecated",
};
const VERDICTS = Object.keys(WORDS) as readonly TestVerdict[];

export interface PageContext {
  /** Address of a case in the full report, relative to the page; undefined when there is no such report. */
  inReport(caseId: string): string | undefined;
}

/**
 * The certification view as one page that needs nothing but itself: it can be printed and attached to a request. Links to evidence are
 * relative, and work beside the report's other files.
 */
export function certificationPage(certification: Certification, result: RunResult, context: PageContext): string {
  const { plan, sections } = certification;
  const { target } = result;
  const device = [target.manufacturer, target.model].filter((part) => part !== "").join(" ") || target.address;
  const title = `${plan.name} ${plan.version} · ${device}`;
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${xmlText(title)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    `<header><p class="eyebrow">USP Agent certification test plan ${xmlText(`${plan.name} ${plan.version}`)}</p>`,
    `<h1>${xmlText(device)}</h1>`,
    outcome(sections),
    "</header>",
    facts(certification, result),
    summary(sections),
    features(certification),
    alternates(sections),
    differences(result),
    ...sections.map((section) => sectionTable(section, context)),
    `<footer>CPE Assay ${xmlText(result.suite.version)} · seed ${result.seed} · ${xmlText(result.startedAt)}</footer>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** What a reader wants to know first, as one sentence. */
function outcome(sections: readonly CertifiedSection[]): string {
  const sum = sumOf(sections);
  const applicable = sum.pass + sum.fail + sum.inconclusive + sum["not-run"] + sum["not-covered"];
  const left = applicable - sum.pass;
  const said =
    sum.fail > 0
      ? `${sum.fail} of ${applicable} applicable tests failed`
      : left > 0
        ? `${sum.pass} of ${applicable} applicable tests passed, ${left} without a verdict`
        : `all ${applicable} applicable tests passed`;
  return `<p class="outcome ${sum.fail > 0 ? "fail" : left > 0 || applicable === 0 ? "inconclusive" : "pass"}">${said}</p>`;
}

function facts({ features: listed }: Certification, result: RunResult): string {
  const { target, startedAt, durationMs, seed, suite, yardstick } = result;
  const { agent } = target;
  const banks = agent?.firmwareBanks ?? 0;
  const supported = listed.flatMap(({ id, supported: has }) => (has ? id : []));
  const rows: readonly (readonly [string, string])[] = [
    ["Manufacturer", target.manufacturer],
    ["Model", target.model],
    ["Serial number", target.serialNumber],
    ["Software version", target.softwareVersion],
    ["Firmware banks", banks === 0 ? "none shown (no profile Firmware:1)" : String(banks)],
    ["Endpoint ID", agent?.endpointId ?? "the agent did not come"],
    ["USP versions", agent?.versions.join(", ") ?? ""],
    ["Message transfer", agent?.mtps.join(", ") ?? ""],
    ["Feature IDs", supported.join(", ") || "none"],
    ["Address", target.kind === "simulator" ? "simulated device of the suite" : target.address],
    ["Profile", target.profile],
    ["Test tool", `CPE Assay ${suite.version}, seed ${seed}`],
    ["Run", `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)} UTC, ${inWords(Math.round(durationMs / 1000))}`],
    ["Exit code by", yardstick === "tp-469" ? "this plan" : "TR-369's own requirements; the verdicts below are by this plan"],
  ];
  const shown = rows.filter(([, value]) => value !== "");
  return `<dl class="facts">${shown.map(([name, value]) => `<div><dt>${name}</dt><dd>${xmlText(value)}</dd></div>`).join("")}</dl>`;
}

function summary(sections: readonly CertifiedSection[]): string {
  const cells = (totals: CertifiedSection["totals"]): string =>
    VERDICTS.map((verdict) => `<td class="n ${totals[verdict] === 0 ? "zero" : verdict}">${totals[verdict] || "·"}</td>`).join(
      "",
    );
  return [
    "<h2>Totals</h2>",
    `<table class="totals"><thead><tr><th></th><th>Section</th>${VERDICTS.map((one) => `<th class="n">${WORDS[one]}</th>`).join("")}</tr></thead><tbody>`,
    ...sections.map(
      ({ name, title, totals }) =>
        `<tr><td>${name}</td><td><a href="#section-${name}">${xmlText(title)}</a></td>${cells(totals)}</tr>`,
    ),
    `</tbody><tfoot><tr><td></td><td>All sections</td>${cells(sumOf(sections))}</tr></tfoot></table>`,
  ].join("\n");
}

function features({ features: listed }: Certification): string {
  const items = listed.map(
    ({ id, says, supported }) =>
      `<li class="${supported ? "has" : "lacks"}"><span class="id">${id}</span> ${xmlText(says)}<span class="mark">${supported ? "yes" : "no"}</span></li>`,
  );
  return `<h2>Features</h2><ul class="features">${items.join("")}</ul>`;
}

function alternates(sections: readonly CertifiedSection[]): string {
  const byUse = new Map<string, { readonly cells: string; readonly tests: string[] }>();
  for (const { number, alternates: used } of sections.flatMap(({ tests }) => tests))
    for (const { says, used: what, instead } of used) {
      const cells = `<td>${xmlText(says)}</td><td><code>${xmlText(instead)}</code></td><td><code>${xmlText(what)}</code></td>`;
      const known = byUse.get(cells) ?? { cells, tests: [] };
      known.tests.push(number);
      byUse.set(cells, known);
    }
  if (byUse.size === 0) return "<h2>Alternate elements</h2><p>None: every test that ran used what the plan names.</p>";
  return [
    "<h2>Alternate elements</h2>",
    "<table><thead><tr><th>Element</th><th>of the plan</th><th>used</th><th>in tests</th></tr></thead><tbody>",
    ...[...byUse.values()].map(({ cells, tests }) => `<tr>${cells}<td>${tests.join(", ")}</td></tr>`),
    "</tbody></table>",
  ].join("\n");
}

function differences({ cases, differences: ids = [] }: RunResult): string {
  if (ids.length === 0) return "";
  const rows = ids.flatMap((id) => {
    const one = cases.find((other) => other.id === id);
    if (one === undefined) return [];
    return `<tr><td><code>${id}</code><br>${xmlText(one.title)}</td><td>${badge(one.plan ?? "not-covered")}</td><td>${badge(one.verdict)}</td></tr>`;
  });
  return [
    "<h2>Judged differently by TR-369</h2>",
    "<p>The requirements of TR-369 ask for more than the plan in these cases.</p>",
    `<table><thead><tr><th>Case</th><th>by the plan</th><th>by TR-369</th></tr></thead><tbody>${rows.join("\n")}</tbody></table>`,
  ].join("\n");
}

function sectionTable({ name, title, tests }: CertifiedSection, context: PageContext): string {
  return [
    `<section id="section-${name}"><h2>${name === "U" ? "" : `${name} `}${xmlText(title)}</h2>`,
    '<table class="tests"><thead><tr><th>Test</th><th></th><th>Asked of</th><th>Verdict</th><th>Cases and evidence</th></tr></thead><tbody>',
    ...tests.map((test) => testRow(test, context)),
    "</tbody></table></section>",
  ].join("\n");
}

function testRow(test: CertifiedTest, context: PageContext): string {
  const { number, title, verdict, reason, known, cases } = test;
  const notes = [
    ...(reason === undefined || verdict === "given-up" ? [] : [reason]),
    ...(known === true ? ["a known failure"] : []),
    ...test.alternates.map(({ says, used }) => `${says}: ${used}`),
  ];
  return [
    `<tr id="test-${number}" class="${verdict}"><td class="number">${number}</td>`,
    `<td>${xmlText(title)}${notes.map((note) => `<div class="note">${xmlText(note)}</div>`).join("")}</td>`,
    `<td>${asked(test)}</td><td>${badge(verdict)}</td>`,
    `<td class="cases">${verdict === "given-up" ? "" : cases.map((one) => caseLine(one, context)).join("")}</td></tr>`,
  ].join("");
}

function asked({ tag, features: ids }: CertifiedTest): string {
  if (tag === "mandatory") return "all";
  return tag === "conditional" ? `feature ${inIds(ids)}` : "nobody";
}

function caseLine(one: CertifiedCase, { inReport }: PageContext): string {
  const address = one.verdict === "not-run" ? undefined : inReport(one.id);
  const name = address === undefined ? `<code>${one.id}</code>` : `<a href="${xmlText(address)}"><code>${one.id}</code></a>`;
  const files = one.evidence.map((path) => `<a href="${xmlText(path)}">${xmlText(kindOf(path))}</a>`);
  const links = files.length === 0 ? "" : ` <span class="evidence">${files.join(" · ")}</span>`;
  return `<div class="case"><span class="dot ${one.verdict}" title="${WORDS[one.verdict]}"></span>${name}${links}</div>`;
}

/** `evidence/usp.get.object/transcript.txt` is a transcript. */
const kindOf = (path: string): string => path.replace(/^.*\//, "").replace(/\.[^.]*$/, "");

const badge = (verdict: TestVerdict): string => `<span class="badge ${verdict}">${WORDS[verdict]}</span>`;
