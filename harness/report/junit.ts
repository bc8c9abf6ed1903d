import { type CaseResult, isKnown, type RunResult } from "../run/result.ts";
import { groupBy } from "./group.ts";
import { xmlText } from "./xml-text.ts";

/**
 * The run as JUnit XML, one suite an area. What it cannot say: an inconclusive case is an `error`, one that is not applicable and
 * a known failure are `skipped` with a message (the known one with the property `known`), and the keyword stands in the text only.
 */
export function junit(result: RunResult): string {
  const byArea = groupBy(result.cases, ({ protocol, area }) => `${protocol}.${area}`);
  const device = [result.target.manufacturer, result.target.model].filter((part) => part !== "").join(" ");
  const name = `CPE Assay: ${device || result.target.address || result.target.kind}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xmlText(name)}" ${counts(result.cases)} time="${seconds(result.durationMs)}">`,
    ...[...byArea].map(([area, cases]) => suite(area, cases, result)),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(area: string, cases: readonly CaseResult[], { startedAt, seed, target, suite: { version } }: RunResult): string {
  const duration = cases.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const properties = {
    device: target.address,
    profile: target.profile,
    softwareVersion: target.softwareVersion,
    seed: String(seed),
    version,
  };
  return [
    `  <testsuite name="${xmlText(area)}" ${counts(cases)} time="${seconds(duration)}" timestamp="${startedAt.slice(0, 19)}">`,
    "    <properties>",
    ...Object.entries(properties).map(([name, value]) => property(name, value, 6)),
    "    </properties>",
    ...cases.map((one) => testcase(one)),
    "  </testsuite>",
  ].join("\n");
}

function testcase(one: CaseResult): string {
  const attributes =
    `name="${xmlText(`${one.id} ${one.title}`)}" classname="${xmlText(`${one.protocol}.${one.area}`)}" ` +
    `time="${seconds(one.durationMs)}"`;
  const properties = [
    ...one.references.map((reference) => property("reference", reference, 8)),
    ...one.evidence.map((path) => property("evidence", path, 8)),
    ...(one.known ?? []).map(({ because, owner, until }) => property("known", `${because} (${owner}, until ${until})`, 8)),
  ];
  const inside = [
    ...(properties.length > 0 ? ["      <properties>", ...properties, "      </properties>"] : []),
    ...outcome(one),
  ];
  if (inside.length === 0) return `    <testcase ${attributes}/>`;
  return [`    <testcase ${attributes}>`, ...inside, "    </testcase>"].join("\n");
}

function outcome(one: CaseResult): string[] {
  if (one.verdict === "pass") return [];
  if (one.verdict === "not-applicable") return [`      <skipped message="${xmlText(one.reason ?? "")}"/>`];
  if (isKnown(one)) {
    const reasons = (one.known ?? []).map(({ because }) => because).join("; ");
    return [`      <skipped message="${xmlText(`known failure: ${reasons}`)}"/>`];
  }
  const bad = one.findings.filter(({ ok }) => !ok);
  const text = bad
    .map(({ requirement, keyword, expected, actual, where }) =>
      [`${requirement} (${keyword})`, `  expected  ${expected}`, `  actual    ${actual}`, `  where     ${where}`].join("\n"),
    )
    .join("\n");
  const tag = one.verdict === "fail" ? "failure" : "error";
  const message = one.reason ?? bad.map(({ requirement, actual }) => `${requirement}: ${actual}`).join("; ");
  return [`      <${tag} type="${one.verdict}" message="${xmlText(message)}">${xmlText(text)}</${tag}>`];
}

function counts(cases: readonly CaseResult[]): string {
  const known = cases.filter(isKnown).length;
  const count = (verdict: CaseResult["verdict"]): number => cases.filter((one) => one.verdict === verdict).length;
  return (
    `tests="${cases.length}" failures="${count("fail") - known}" errors="${count("inconclusive")}" ` +
    `skipped="${count("not-applicable") + known}"`
  );
}

const property = (name: string, value: string, depth: number): string =>
  `${" ".repeat(depth)}<property name="${xmlText(name)}" value="${xmlText(value)}"/>`;

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
