import type { Difference } from "../schema/param-map-diff.ts";
import type { Problem } from "../schema/param-map-lint.ts";
import type { Tr369State } from "../schema/tr369-lines.ts";

/** How a text is coloured for the terminal; a file or a pipe gets none. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly good: (text: string) => string;
  readonly faint: (text: string) => string;
}

const painted =
  (code: number) =>
  (text: string): string =>
    `\u001b[${code}m${text}\u001b[0m`;
const plainly = (text: string): string => text;

export const COLOURED: Paint = { error: painted(31), warning: painted(33), good: painted(32), faint: painted(2) };
export const PLAIN: Paint = { error: plainly, warning: plainly, good: plainly, faint: plainly };

/** So much of a line is shown around the place that is meant. */
const SHOWN = 100;

/** A problem as a person reads it: place and message, the line with a mark below it, and the remedy. */
export function problemText(file: string, problem: Problem, line: string, paint: Paint): string {
  const { severity, rule, message, remedy, column } = problem;
  const place = `${file}:${problem.line}:${column}`;
  const characters = [...line];
  const from = Math.max(0, Math.min(column - 1 - SHOWN / 2, characters.length - SHOWN));
  const cut = characters.slice(from, from + SHOWN);
  const shown = `${from > 0 ? "…" : ""}${cut.join("")}${from + SHOWN < characters.length ? "…" : ""}`;
  const before = [...(from > 0 ? "…" : ""), ...cut.slice(0, column - 1 - from)];
  const mark = `${before.map((one) => (one === "\t" ? "\t" : " ")).join("")}^`;
  return [
    `${printable(place)} ${paint[severity](severity)}: ${printable(message)} ${paint.faint(`[${rule}]`)}`,
    ...(line === "" ? [] : [`  ${printable(shown)}`, `  ${paint[severity](mark)}`]),
    `  ${printable(remedy)}`,
    "",
    "",
  ].join("\n");
}

/** The line below all problems. */
export function countText(problems: readonly Problem[], files: number): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const of = files === 1 ? "1 file" : `${files} files`;
  return `${counted(errors, "error")}, ${counted(problems.length - errors, "warning")} in ${of}\n`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** One parameter that differs, as the lines that hold it. */
export function differenceText(difference: Difference, paint: Paint): string {
  const gone = (number: number, text: string): string => paint.error(printable(`- ${text}   (line ${number})`));
  const come = (number: number, text: string): string => paint.good(printable(`+ ${text}   (line ${number})`));
  switch (difference.kind) {
    case "removed":
      return `${gone(difference.before.number, difference.before.text)}\n`;
    case "added":
      return `${come(difference.after.number, difference.after.text)}\n`;
    case "changed":
      return `${gone(difference.before.number, difference.before.text)}\n${come(difference.after.number, difference.after.text)}\n`;
    case "broken": {
      const { side, line } = difference;
      return `${(side === "before" ? gone : come)(line.number, line.text)} is no parameter: ${printable(line.reason)}\n`;
    }
  }
}

/** A published line that a map does not have as it is. */
export function tr369Text(published: string, state: Tr369State, paint: Paint): string {
  switch (state.kind) {
    case "same":
      return "";
    case "missing":
      return `${paint.error("missing")}   ${published}\n`;
    case "adjusted":
      return `${paint.faint("adjusted")}  ${printable(state.line.text)}   (line ${state.line.number}, which an ACS may have written)\n`;
    case "differs":
      return (
        `${paint.warning("differs")}   ${printable(state.line.text)}   (line ${state.line.number}, in its ${state.in.join(" and ")})\n` +
        `          ${published}\n`
      );
  }
}

/** A text that does nothing to a terminal: control characters are shown as pictures of themselves. */
export const printable = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000A-\u001F\u007F-\u009F]/g, (one) =>
    one < " " ? String.fromCharCode(0x2400 + one.charCodeAt(0)) : one === "\u007F" ? "\u2421" : "\uFFFD",
  );
