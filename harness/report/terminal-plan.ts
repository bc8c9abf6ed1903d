import type { RunResult } from "../run/result.ts";
import { cell, type Paint } from "./paint.ts";

/** Ids that are named; there may be many for a device that has its own idea of error codes. */
const MOST = 12;

/** What a run says about the certification plan, by its own yardstick: totals by section, and where TR-369 judges differently. */
export function planLines({ planTotals = [], differences = [], cases }: RunResult, paint: Paint): readonly string[] {
  if (planTotals.length === 0) return [];
  const { bold, dim, green, red, yellow } = paint;
  const nameOf = ({ section, title }: (typeof planTotals)[number]): string => `${section.padStart(2)}  ${title}`;
  const width = Math.max(...planTotals.map((one) => nameOf(one).length));
  const header = ["passed", "failed", "unclear", "not run", "no case", "n/a"].map((name) => name.padStart(8)).join("");
  const judged = new Map(cases.map((one) => [one.id, one]));
  return [
    `${bold("TP-469".padEnd(width))}${dim(header)}`,
    ...planTotals.map(
      (one) =>
        nameOf(one).padEnd(width) +
        cell(paint, one.pass, green) +
        cell(paint, one.fail, red) +
        cell(paint, one.inconclusive, yellow) +
        cell(paint, one.notRun, yellow) +
        cell(paint, one.notCovered, yellow) +
        cell(paint, one.notApplicable, dim),
    ),
    "",
    ...(differences.length === 0 ? [] : [bold("Judged differently by TR-369 and TP-469")]),
    ...differences.slice(0, MOST).flatMap((id) => {
      const one = judged.get(id);
      return one === undefined ? [] : [`  ${yellow("≠")} ${id}  ${dim(`TR-369 ${one.verdict}, TP-469 ${one.plan}`)}`];
    }),
    ...(differences.length > MOST ? [dim(`      and ${differences.length - MOST} more, all in result.json`)] : []),
    ...(differences.length === 0 ? [] : [""]),
  ];
}
