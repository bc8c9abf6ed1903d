import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Attachment, Label, StepResult, TestResult } from "allure-js-commons";
import type { Requirement, WeighedFinding } from "../core/verdict.ts";
import { type CaseResult, isKnown, type TargetInfo } from "../run/result.ts";

export interface AllureContext {
  readonly target: TargetInfo;
  readonly seed: number;
  requirement(id: string): Requirement | undefined;
  command(caseId: string): string;
}

/** Findings shown one by one; a rule judged on a whole run may have thousands. */
const MOST = 60;

/** Octets of a passed case's transcript that the page shows; what is longer is read in a few cases, and makes half of the page. */
const SHOWN = 12_000;

const TYPES: Readonly<Record<string, string>> = {
  ".txt": "text/plain",
  ".svg": "image/svg+xml",
  ".pcapng": "application/vnd.tcpdump.pcap",
};
const NAMES: Readonly<Record<string, string>> = {
  "transcript.txt": "Transcript",
  "sequence.svg": "Sequence diagram",
  "capture.pcapng": "Capture for Wireshark",
  "fault.txt": "Fault of the harness",
};

/**
 * Writes one case into `allure-results` of the report's folder, in Allure's own file format, so that what was done is on disk even
 * if the run is killed. Inconclusive is Allure's `broken`, not applicable its `skipped`, a known failure is `failed`, marked known.
 *
 * @param stoppedAt real time, milliseconds
 */
export function writeAllureResult(folder: string, one: CaseResult, stoppedAt: number, context: AllureContext): void {
  const results = join(folder, "allure-results");
  mkdirSync(results, { recursive: true });
  const uuid = uuidOf(`${one.id}|${context.target.address}`);
  const attachments = attached(one).flatMap((path, index) => attach(folder, results, path, `${uuid}-${index}`, one.verdict));
  writeFileSync(join(results, `${uuid}-result.json`), JSON.stringify(allureResult(one, stoppedAt, context, attachments)));
}

/** Address of a case in `index.html`: Allure calls it by the hash of the uuid that its result was written with. */
export const inAllurePage = (caseId: string, { address }: TargetInfo): string =>
  `index.html#${md5(uuidOf(`${caseId}|${address}`))}`;

/**
 * The evidence that goes into the page. Captures are the bulk of it: those of cases that passed lie beside the page, and would make
 * it three times as large.
 */
function attached({ verdict, evidence }: CaseResult): readonly string[] {
  return verdict === "pass" ? evidence.filter((path) => extname(path) !== ".pcapng") : evidence;
}

/** What the report's front page tells about the run; written when all is known. */
export function writeAllureEnvironment(folder: string, facts: Readonly<Record<string, string>>): void {
  const results = join(folder, "allure-results");
  mkdirSync(results, { recursive: true });
  const escaped = (text: string): string => text.replace(/\\/g, "\\\\").replace(/[\r\n]+/g, " ");
  const lines = Object.entries(facts).filter(([, value]) => value !== "");
  const content = lines.map(([name, value]) => `${escaped(name).replace(/[ :=]/g, "\\$&")} = ${escaped(value)}\n`).join("");
  writeFileSync(join(results, "environment.properties"), content);
}

function allureResult(one: CaseResult, stop: number, context: AllureContext, attachments: Attachment[]): TestResult {
  const { target } = context;
  const device = [target.manufacturer, target.model, target.address].filter((part) => part !== "").join(" ") || target.kind;
  const keywords = [...new Set(one.findings.map(({ keyword }) => keyword))];
  const bad = one.findings.filter(({ ok }) => !ok);
  const labels: Label[] = [
    { name: "epic", value: protocolName(one.protocol) },
    { name: "feature", value: areaName(one.area) },
    { name: "parentSuite", value: protocolName(one.protocol) },
    { name: "suite", value: areaName(one.area) },
    { name: "severity", value: severityOf(bad.length > 0 ? bad : one.findings) },
    ...one.references.map((value) => ({ name: value.includes("#") ? "requirement" : "reference", value })),
    ...keywords.map((value) => ({ name: "keyword", value })),
    ...keywords.map((value) => ({ name: "tag", value })),
    { name: "host", value: device },
  ];
  return {
    uuid: uuidOf(`${one.id}|${target.address}`),
    historyId: md5(`${one.id}|${target.address}`),
    testCaseId: md5(one.id),
    fullName: one.id,
    name: one.title,
    titlePath: [protocolName(one.protocol), areaName(one.area)],
    status: statusOf(one) as NonNullable<TestResult["status"]>,
    statusDetails: statusDetails(one, bad),
    stage: "finished" as TestResult["stage"],
    description: description(one, context),
    labels,
    links: [],
    parameters: [
      { name: "device", value: device },
      { name: "seed", value: String(context.seed), excluded: true },
    ],
    steps: [...told(one.steps ?? [], stop), ...steps(one.findings, stop)],
    attachments,
    start: stop - one.durationMs,
    stop,
  };
}

function statusOf({ verdict }: CaseResult): string {
  return { pass: "passed", fail: "failed", "not-applicable": "skipped", inconclusive: "broken" }[verdict];
}

function statusDetails(one: CaseResult, bad: readonly WeighedFinding[]): TestResult["statusDetails"] {
  if (one.verdict === "pass") return {};
  const worst = bad.some(({ keyword }) => keyword === "MUST") ? "MUST violated" : "SHOULD not followed";
  const known = (one.known ?? []).map(({ because, owner, until }) => `known failure: ${because} (${owner}, until ${until})`);
  const head = one.verdict === "fail" ? (isKnown(one) ? known : [worst]) : [one.reason ?? ""];
  const lines = bad
    .slice(0, MOST)
    .map(({ requirement, expected, actual, where }) =>
      [requirement, `  expected  ${expected}`, `  actual    ${actual}`, `  where     ${where}`].join("\n"),
    );
  const details = { message: [...head, ...lines].join("\n") };
  const [first] = bad;
  return {
    ...details,
    ...(first === undefined ? {} : { expected: first.expected, actual: first.actual }),
    ...(isKnown(one) ? { known: true, muted: true } : {}),
  };
}

function description(one: CaseResult, { command, requirement }: AllureContext): string {
  const proven = [
    ...new Set([...one.references.filter((id) => id.includes("#")), ...one.findings.map((found) => found.requirement)]),
  ];
  const clauses = proven.map((id) => {
    const row = requirement(id);
    return `- \`${id}\`${row === undefined ? "" : ` **${row.keyword}** ${markdown(row.says)}`}`;
  });
  const rows = [...one.findings]
    .sort((a, b) => Number(a.ok) - Number(b.ok))
    .slice(0, MOST)
    .map(
      ({ ok, requirement: id, expected, actual, where }) =>
        `| ${ok ? "good" : "**bad**"} | ${[id, expected, actual, where].map(markdown).join(" | ")} |`,
    );
  return [
    `The phone **${markdown(one.title)}**.`,
    ...(one.reason === undefined ? [] : [`> ${markdown(one.reason)}`]),
    ...(clauses.length > 0 ? [clauses.join("\n")] : []),
    ...(rows.length > 0 ? [["| | requirement | expected | actual | where |", "|---|---|---|---|---|", ...rows].join("\n")] : []),
    ...(one.findings.length > MOST ? [`${one.findings.length - MOST} more findings are in result.json.`] : []),
    ...(one.evidence.length > 0 ? [`Evidence beside this page: ${one.evidence.map((path) => `\`${path}\``).join(", ")}`] : []),
    `This case alone:\n\n\`\`\`\n${command(one.id)}\n\`\`\``,
  ].join("\n\n");
}

/** What the case said that it does; whether that went well is for the findings to say. */
function told(texts: readonly string[], at: number): StepResult[] {
  return texts.slice(0, MOST).map((name) => ({
    name,
    status: "passed" as NonNullable<StepResult["status"]>,
    statusDetails: {},
    stage: "finished" as StepResult["stage"],
    steps: [],
    attachments: [],
    parameters: [],
    start: at,
    stop: at,
  }));
}

function steps(findings: readonly WeighedFinding[], at: number): StepResult[] {
  return findings.slice(0, MOST).map(({ ok, requirement, keyword, expected, actual, where }) => ({
    name: `${requirement} (${keyword})`,
    status: (ok ? "passed" : "failed") as NonNullable<StepResult["status"]>,
    statusDetails: ok ? {} : { message: `expected ${expected}, actual ${actual}` },
    stage: "finished" as StepResult["stage"],
    steps: [],
    attachments: [],
    parameters: [
      { name: "expected", value: expected },
      { name: "actual", value: actual },
      { name: "where", value: where },
    ],
    start: at,
    stop: at,
  }));
}

function attach(folder: string, results: string, path: string, name: string, verdict: CaseResult["verdict"]): Attachment[] {
  if (!existsSync(join(folder, path))) return [];
  const extension = extname(path);
  const source = `${name}-attachment${extension}`;
  if (verdict === "pass" && extension === ".txt") writeFileSync(join(results, source), beginningOf(folder, path));
  else copyFileSync(join(folder, path), join(results, source));
  const file = path.slice(path.lastIndexOf("/") + 1);
  return [{ name: NAMES[file] ?? file, type: TYPES[extension] ?? "application/octet-stream", source }];
}

/** A text up to the end of a line, and where the rest is. */
function beginningOf(folder: string, path: string): string {
  const text = readFileSync(join(folder, path), "utf8");
  if (text.length <= SHOWN) return text;
  const shown = text.slice(0, text.lastIndexOf("\n", SHOWN) + 1);
  const more = text.slice(shown.length).split("\n").length - 1;
  return `${shown}\n… ${more} more lines are in ${path}, beside this page\n`;
}

function severityOf(findings: readonly WeighedFinding[]): string {
  return findings.length === 0 || findings.some(({ keyword }) => keyword === "MUST") ? "critical" : "minor";
}

const protocolName = (protocol: string): string => (protocol === "tr111" ? "TR-111" : protocol.toUpperCase());

/** `get-rpc-methods` as a heading: `Get RPC methods`. */
function areaName(area: string): string {
  const words = area.replaceAll("-", " ").replace(/\b(?:acs|dhcp|http|rpc|soap|stun|udp)\b/g, (name) => name.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Text as it is, inside a cell of a table: nothing in it is taken for markup. */
const markdown = (text: string): string =>
  text
    .slice(0, 600)
    .replace(/[\\`*_{}[\]()#+!|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/\s+/g, " ");

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
const uuidOf = (text: string): string => md5(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
