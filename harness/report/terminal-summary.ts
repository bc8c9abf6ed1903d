import type { Yardstick } from "../core/verdict.ts";
import { inWords } from "../run/plan.ts";
import { type CaseResult, exitCode, type Gate, gates, isKnown, type RunResult } from "../run/result.ts";
import { groupBy } from "./group.ts";
import { cell, type Paint } from "./paint.ts";
import { planLines } from "./terminal-plan.ts";
import { wrap } from "./wrap.ts";

/** What is told at the end beside the result. */
export interface Ending {
  readonly report: string;
  readonly certification?: string;
  readonly notes: readonly string[];
  /** What ended the run before its time. */
  readonly interrupted?: string;
}

interface Style {
  readonly gate: Gate;
  readonly yardstick: Yardstick;
  readonly paint: Paint;
  readonly width: number;
}

/** The end of a run: areas, what could not be told and why, notes, where the report is, and the plain last line. */
export function summaryLines(result: RunResult, ending: Ending, style: Style): readonly string[] {
  const { bold, dim, yellow } = style.paint;
  const { notes, report, certification } = ending;
  return [
    "",
    ...areas(result, style.paint),
    "",
    ...planLines(result, style.paint),
    ...failed(result, style),
    ...reasons(result, style, { verdict: "inconclusive", heading: "Could not tell", mark: yellow("?") }),
    ...reasons(result, style, { verdict: "not-applicable", heading: "Not applicable", mark: dim("–") }),
    ...(notes.length === 0 ? [] : [bold("Notes"), ...notes.flatMap((note) => wrap(note, style.width, "  · ", "    ")), ""]),
    `Report  ${report}`,
    ...(certification === undefined ? [] : [`TP-469  ${certification}`]),
    `Result  ${meaning(result, ending, style)}`,
    "",
    lastLine(result),
  ];
}

/** `187 passed, 3 failed, 44 skipped`, and `, 2 inconclusive` if there are any. */
function lastLine({ totals }: Pick<RunResult, "totals">): string {
  const { pass, fail, notApplicable, inconclusive } = totals;
  return `${pass} passed, ${fail} failed, ${notApplicable} skipped${inconclusive > 0 ? `, ${inconclusive} inconclusive` : ""}`;
}

/** Real milliseconds, as a person says them. */
export const time = (milliseconds: number): string => inWords(Math.round(milliseconds / 100) / 10);

/** Failures, known ones and those that do not hold, each sort under its heading. */
function failed({ cases, knownFailureErrors = [] }: RunResult, style: Style): readonly string[] {
  const { bold, dim, red, yellow } = style.paint;
  const section = (heading: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [bold(heading), ...lines, ""];
  const unexpected = cases.filter((one) => one.verdict === "fail" && !isKnown(one));
  const because = ({ known = [] }: CaseResult): string =>
    known.map((mark) => `${mark.because} (${mark.owner}, until ${mark.until})`).join("; ");
  return [
    ...section(
      "Failed",
      unexpected.map((one) => `  ${red("✗")} ${one.id}  ${dim(one.title)}${withoutGate(one, style)}`),
    ),
    ...section(
      "Known failures",
      cases.filter(isKnown).map((one) => `  ${yellow("✗")} ${one.id}  ${dim(because(one))}`),
    ),
    ...section(
      "Known failures that do not hold",
      knownFailureErrors.map((error) => `  ${red("✗")} ${error}`),
    ),
  ];
}

function areas({ cases }: RunResult, paint: Paint): readonly string[] {
  const { bold, dim, green, red, yellow } = paint;
  const byArea = groupBy(cases, ({ protocol, area }) => `${protocol} ${area}`);
  const width = Math.max(...[...byArea.keys()].map((area) => area.length), 4);
  const header = ["passed", "failed", "unclear", "skipped"].map((name) => name.padStart(8)).join("");
  return [
    `${bold("Area".padEnd(width))}${dim(header)}`,
    ...[...byArea].map(([area, members]) => {
      const count = (verdict: CaseResult["verdict"]): number => members.filter((one) => one.verdict === verdict).length;
      return (
        area.padEnd(width) +
        cell(paint, count("pass"), green) +
        cell(paint, count("fail"), red) +
        cell(paint, count("inconclusive"), yellow) +
        cell(paint, count("not-applicable"), dim)
      );
    }),
  ];
}

interface Reasons {
  readonly verdict: CaseResult["verdict"];
  readonly heading: string;
  readonly mark: string;
}

function reasons({ cases }: RunResult, { paint, width }: Style, { verdict, heading, mark }: Reasons): readonly string[] {
  const concerned = cases.filter((one) => one.verdict === verdict);
  if (concerned.length === 0) return [];
  const groups = [...groupBy(concerned, ({ reason }) => reason ?? "")];
  return [
    paint.bold(heading),
    ...groups.flatMap(([reason, members]) => [
      ...wrap(reason, width, `  ${mark} `, "    "),
      paint.dim(`      ${members.length === 1 ? members[0]?.id : `${members.length} cases: ${sample(members)}`}`),
    ]),
    "",
  ];
}

function sample(members: readonly CaseResult[]): string {
  const names = members.slice(0, 3).map(({ id }) => id);
  return names.join(", ") + (members.length > names.length ? ", …" : "");
}

/** Says of a failure that it does not decide the exit code; nothing of one that does. */
function withoutGate(one: CaseResult, { yardstick, gate, paint }: Style): string {
  if (gates(one, { yardstick, gate: "must" })) return "";
  if (yardstick === "tp-469")
    return paint.yellow(one.plan === undefined ? "  TP-469 does not ask for it" : `  TP-469: ${one.plan}`);
  return paint.yellow(gate === "should" ? "  SHOULD" : "  SHOULD only, does not gate");
}

function meaning(result: RunResult, { interrupted }: Ending, { gate, yardstick, paint }: Style): string {
  if (interrupted !== undefined) return paint.yellow(`interrupted by ${interrupted}; what was judged stands (exit code 130)`);
  const words = {
    0: paint.green("conformant in everything that was judged (exit code 0)"),
    1: paint.red("not conformant (exit code 1)"),
    2: paint.yellow("could not tell (exit code 2)"),
  };
  const by = yardstick === "tp-469" ? " by TP-469" : "";
  return `${words[exitCode(result, { gate })]}${by}, in ${time(result.durationMs)}`;
}
