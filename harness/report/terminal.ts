import type { Requirement, WeighedFinding, Yardstick } from "../core/verdict.ts";
import { suggestion } from "../run/known-failures.ts";
import { type CaseResult, type Gate, isKnown, type RanCase, type RunResult, type TargetInfo } from "../run/result.ts";
import { type Paint, painter } from "./paint.ts";
import { type Ending, summaryLines, time } from "./terminal-summary.ts";
import { wrap } from "./wrap.ts";
import { visible } from "./xml-text.ts";

export interface Screen {
  write(text: string): void;
  readonly color: boolean;
  /** Whether one status line may be rewritten in place. */
  readonly live: boolean;
  readonly columns: number;
}

export interface TerminalContext {
  /** Folder of the report, as it is shortest to type. */
  readonly folder: string;
  readonly gate: Gate;
  readonly yardstick: Yardstick;
  requirement(id: string): Requirement | undefined;
  command(caseId: string): string;
}

/** Findings of one case that are shown in full. */
const MOST = 5;
/** Without a live line, a sign of life is printed every so many cases. */
const EVERY = 25;
/** Real milliseconds after which a wait is worth a line of its own, where there is no live line. */
const LONG_WAIT = 10_000;

/** What a person at a terminal, or the reader of a CI log, sees of a run. */
export class Terminal {
  readonly #screen: Screen;
  readonly #context: TerminalContext;
  readonly #paint: Paint;
  readonly #total: number;
  #done = 0;
  #running = "";
  #waits = "";
  #waitsSince = 0;
  #waitTold = false;
  #status = "";
  #last = "-";
  #lossTold = false;
  readonly #elapsed: () => number;

  /**
   * @param total how many cases the run will drive
   * @param elapsed real milliseconds since the run began
   */
  constructor(screen: Screen, total: number, elapsed: () => number, context: TerminalContext) {
    this.#screen = screen;
    this.#context = context;
    this.#paint = painter(screen.color);
    this.#total = total;
    this.#elapsed = elapsed;
  }

  opening(version: string, target: TargetInfo, seed: number, notApplicable: number): void {
    const { bold, dim } = this.#paint;
    const who = target.kind === "simulator" ? "the embedded simulated phone" : target.address;
    const left = notApplicable === 0 ? "" : `, ${notApplicable} not applicable`;
    this.#lines(
      "",
      `${bold("CPE Assay")} ${version}  examines ${bold(who)}`,
      dim(`${casesOf(this.#total)}${left} · profile ${target.profile || "none"} · seed ${seed}`),
      "",
    );
  }

  started(id: string): void {
    this.#running = id;
    this.#waits = "";
    this.#refresh();
  }

  waitsFor(what: string): void {
    if (what === this.#waits) return;
    this.#waits = what;
    this.#waitsSince = this.#elapsed();
    this.#waitTold = false;
    this.#refresh();
  }

  /** Called once a second: redraws the status line, or says, where there is none, what has been waited for so long. */
  tick(): void {
    this.#refresh();
    if (this.#screen.live || this.#waits === "" || this.#waitTold || this.#elapsed() - this.#waitsSince < LONG_WAIT) return;
    this.#waitTold = true;
    this.#lines(this.#paint.dim(`      ${this.#running || "the run"} waits for ${this.#waits}`));
  }

  ended(ran: RanCase | CaseResult): void {
    if (ran.verdict === "not-applicable") return;
    this.#done += 1;
    const lost = "lost" in ran ? ran.lost : undefined;
    if (lost !== undefined && !this.#lossTold) this.#tellLoss(ran, lost.reason);
    else if (ran.verdict === "fail") this.#tellFailure(ran);
    else if (ran.verdict === "inconclusive" && lost === undefined) this.#tellInconclusive(ran);
    if (!this.#screen.live && lost === undefined && (this.#done % EVERY === 0 || this.#done === this.#total))
      this.#lines(this.#paint.dim(`      ${this.#done} of ${casesOf(this.#total)}, ${time(this.#elapsed())}`));
    this.#running = "";
    this.#refresh();
  }

  note(text: string): void {
    this.#lines(...wrap(text, this.#width(), "  · ", "    "));
  }

  /** The end: areas, what could not be told and why, notes, where the report is, and the plain last line. */
  closing(result: RunResult, ending: Ending): void {
    this.#clear();
    this.#running = ""; // an interrupted case has no end of its own, and the last line must stay the last
    this.#lines(...summaryLines(result, ending, { ...this.#context, paint: this.#paint, width: this.#width() }));
  }

  #tellFailure(ran: RanCase | CaseResult): void {
    const { bold, dim, red, yellow, green } = this.#paint;
    const bad = ran.findings.filter(({ ok }) => !ok);
    const mark = isKnown(ran) ? yellow("✗") : red("✗");
    this.#lines(
      "",
      ...wrap(`${ran.id}   ${ran.title}`, this.#width(), `${mark} `, "    ").map((line, index) =>
        index === 0 ? bold(line) : line,
      ),
    );
    for (const finding of bad.slice(0, MOST)) {
      const says = this.#context.requirement(finding.requirement)?.says;
      this.#lines(
        "",
        `    ${finding.requirement}  ${finding.keyword === "MUST" ? red(finding.keyword) : yellow(finding.keyword)}`,
        ...(says === undefined ? [] : wrap(says, this.#width(), "    ", "    ").map(dim)),
        ...this.#field("expected", finding.expected, green),
        ...this.#field("actual", finding.actual, red),
        ...this.#field("where", finding.where, (text) => text),
      );
    }
    if (bad.length > MOST) this.#lines("", `    and ${bad.length - MOST} more findings, all in result.json`);
    for (const mark of isKnown(ran) ? (ran.known ?? []) : [])
      this.#lines("", yellow(`    known: ${mark.because} (${mark.owner}, until ${mark.until})`));
    const [transcript] = ran.evidence;
    this.#lines(
      "",
      ...(transcript === undefined ? [] : [dim(`    read   ${this.#context.folder}/${transcript}`)]),
      dim(`    again  ${this.#context.command(ran.id)}`),
      "",
    );
  }

  #tellLoss(ran: RanCase | CaseResult, reason: string): void {
    const { bold, yellow } = this.#paint;
    this.#lossTold = true;
    const never = ran.reason === reason || ran.reason?.startsWith("the phone was never reached");
    this.#lines(
      "",
      `${yellow("?")} ${bold(never ? "The phone cannot be reached." : `The phone stopped answering in ${ran.id}.`)}`,
      ...wrap(reason, this.#width(), "    ", "    "),
      "    The cases after it are inconclusive unless the phone is heard of again.",
      "",
    );
  }

  #tellInconclusive(ran: RanCase | CaseResult): void {
    this.#lines(`${this.#paint.yellow("?")} ${ran.id}`, ...wrap(ran.reason ?? "", this.#width(), "    ", "    "));
  }

  #field(name: string, value: string, paint: (text: string) => string): string[] {
    const [first = "", ...more] = wrap(
      visible(value).slice(0, 1200),
      this.#width(),
      `        ${name.padEnd(8)}  `,
      " ".repeat(18),
    );
    return [first.slice(0, 18) + paint(first.slice(18)), ...more.map((line) => line.slice(0, 18) + paint(line.slice(18)))];
  }

  #lines(...lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#clear();
    for (const line of lines) {
      if (line === "" && this.#last === "") continue; // one blank line is enough anywhere
      this.#screen.write(`${line}\n`);
      this.#last = line;
    }
    this.#refresh();
  }

  #refresh(): void {
    if (!this.#screen.live || this.#running === "") return;
    const place = `case ${Math.min(this.#done + 1, this.#total)} of ${this.#total} · ${time(this.#elapsed())} · ${this.#running}`;
    const line = cut(`${place}${this.#waits === "" ? "" : ` · waits for ${this.#waits}`}`, this.#screen.columns - 1);
    this.#clear();
    this.#screen.write(this.#paint.dim(line));
    this.#status = line;
  }

  #clear(): void {
    if (this.#status !== "") this.#screen.write("\r\u001b[2K");
    this.#status = "";
  }

  #width(): number {
    return Math.min(Math.max(this.#screen.columns, 60), 120);
  }
}

/** What to paste into the known-failures file, for all unexpected failures of a run. */
export function suggestions(cases: readonly CaseResult[]): string {
  const failed = cases.filter((one) => one.verdict === "fail" && !isKnown(one));
  const bad = (one: CaseResult): readonly WeighedFinding[] => one.findings.filter(({ ok }) => !ok);
  return failed.flatMap((one) => bad(one).map((finding) => suggestion(one, finding))).join("\n");
}

const casesOf = (count: number): string => `${count} ${count === 1 ? "case" : "cases"}`;
const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1))}…`);
