import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Cancel, realClock } from "../core/clock.ts";
import type { Requirement, Yardstick } from "../core/verdict.ts";
import { type Certification, type CertificationPlan, certify, concernsPlan, planTotals } from "../run/certification.ts";
import { type KnownFailure, layOver } from "../run/known-failures.ts";
import {
  type CaseFacts,
  type CaseResult,
  differing,
  type Gate,
  type RanCase,
  RESULT_SCHEMA,
  type RunResult,
  type TargetInfo,
  totalsOf,
  withoutRun,
} from "../run/result.ts";
import { inAllurePage, writeAllureEnvironment, writeAllureResult } from "./allure.ts";
import { certificationPage } from "./certification-page.ts";
import { writeHtml } from "./html.ts";
import { junit } from "./junit.ts";
import { Redactor } from "./redact.ts";
import { caseResult, certificationJson, resultJson } from "./result-json.ts";
import { type Screen, suggestions, Terminal } from "./terminal.ts";

export interface ReportMeta {
  readonly suiteVersion: string;
  readonly target: TargetInfo;
  readonly seed: number;
  /** Every chosen case in running order; those that are not applicable with the reason. */
  readonly cases: readonly (CaseFacts & { readonly notApplicable?: string })[];
  requirement(id: string): Requirement | undefined;
  readonly knownFailures: readonly KnownFailure[];
  readonly gate: Gate;
  readonly yardstick: Yardstick;
  /** The certification plan, for runs with cases that it asks for. */
  readonly certification?: CertificationPlan;
  /** What to type to run this case alone. */
  command(caseId: string): string;
  readonly terminal: Screen;
  /** Knows the secrets that notes may hold; results come redacted from the runner. */
  readonly redactor?: Redactor;
  /** False leaves out index.html. */
  readonly html?: boolean;
}

export interface Report {
  /** What turned out about the phone after the start. */
  about(target: Partial<TargetInfo>): void;
  caseStarted(id: string): void;
  /** What the running case waits for; shown beside its progress. */
  waitsFor(what: string): void;
  caseDone(ran: RanCase): void;
  /** Something about the run as a whole that a person has to know. */
  note(text: string): void;
  /** Writes everything that is left. Cases without a result become not applicable, or inconclusive: `not run: <why>`. */
  finish(ending?: Ending): Promise<RunResult>;
}

export interface Ending {
  /** What interrupted the run, `Ctrl-C`. */
  readonly interrupted?: string;
  /** What went wrong with the harness outside of every case. */
  readonly faults?: readonly string[];
}

/** What a report consists of; what an earlier run left of it is removed. */
const PARTS = [
  "allure-results",
  "evidence",
  "index.html",
  "junit.xml",
  "result.json",
  "known-failures.suggested.yaml",
  "tp-469.html",
  "tp-469.json",
];

/** Opens the report in `folder`. Each finished case is on disk at once; the summaries are written by `finish`. */
export function openReport(folder: string, meta: ReportMeta): Report {
  mkdirSync(folder, { recursive: true });
  for (const part of PARTS) rmSync(join(folder, part), { recursive: true, force: true });
  return new OpenReport(folder, meta);
}

class OpenReport implements Report {
  readonly #folder: string;
  readonly #meta: ReportMeta;
  readonly #terminal: Terminal;
  readonly #redactor: Redactor;
  readonly #startedAt = realClock.now();
  readonly #done = new Map<string, CaseResult>();
  readonly #notes: string[] = [];
  #target: TargetInfo;
  #stopTicking: Cancel = () => {};

  constructor(folder: string, meta: ReportMeta) {
    this.#folder = folder;
    this.#meta = meta;
    this.#target = meta.target;
    this.#redactor = meta.redactor ?? new Redactor();
    const skipped = meta.cases.filter(({ notApplicable }) => notApplicable !== undefined).length;
    const elapsed = (): number => realClock.now() - this.#startedAt;
    const { gate, yardstick, requirement, command } = meta;
    const context = { folder: shown(folder), gate, yardstick, requirement, command };
    this.#terminal = new Terminal(meta.terminal, meta.cases.length - skipped, elapsed, context);
    this.#terminal.opening(meta.suiteVersion, meta.target, meta.seed, skipped);
    this.#tick();
  }

  about(target: Partial<TargetInfo>): void {
    this.#target = { ...this.#target, ...target };
  }

  caseStarted(id: string): void {
    this.#terminal.started(id);
  }

  waitsFor(what: string): void {
    this.#terminal.waitsFor(this.#redactor.text(what));
  }

  caseDone(ran: RanCase): void {
    const [laid = ran] = layOver(this.#meta.knownFailures, [caseResult(ran)], this.#today()).cases;
    this.#done.set(ran.id, caseResult(laid));
    this.#writeAllure(laid, realClock.now());
    this.#terminal.ended({ ...ran, ...laid });
    for (const note of ran.notes) this.#notes.push(`${ran.id}: ${note}`);
  }

  note(text: string): void {
    const clean = this.#redactor.text(text);
    this.#notes.push(clean);
    this.#terminal.note(clean);
  }

  async finish({ interrupted, faults = [] }: Ending = {}): Promise<RunResult> {
    this.#stopTicking();
    for (const fault of faults) this.note(`harness fault: ${fault}`);
    const { result, certification } = this.#result(interrupted, faults);
    this.#write("result.json", resultJson(result));
    this.#write("junit.xml", junit(result));
    const toPaste = suggestions(result.cases);
    if (toPaste !== "") this.#write("known-failures.suggested.yaml", `${toPaste}\n`);
    const page = await this.#writeHtml(result);
    const view = certification === undefined ? undefined : this.#writeCertification(certification, result);
    this.#terminal.closing(result, {
      report: page,
      ...(view === undefined ? {} : { certification: view }),
      notes: this.#notes,
      ...(interrupted === undefined ? {} : { interrupted }),
    });
    return result;
  }

  #result(
    interrupted: string | undefined,
    faults: readonly string[],
  ): { readonly result: RunResult; readonly certification: Certification | undefined } {
    const results = this.#meta.cases.map((facts): CaseResult => {
      const done = this.#done.get(facts.id);
      if (done !== undefined) return done;
      const why = interrupted === undefined ? "not run: the run ended before it" : "not run: interrupted";
      const ran =
        facts.notApplicable === undefined
          ? withoutRun(facts, "inconclusive", why)
          : withoutRun(facts, "not-applicable", this.#redactor.text(facts.notApplicable));
      return caseResult(ran);
    });
    const { cases, errors } = layOver(this.#meta.knownFailures, results, this.#today());
    const { certification: plan, yardstick } = this.#meta;
    const certification = plan !== undefined && concernsPlan(cases) ? certify(plan, cases, this.#target.agent) : undefined;
    const differences = differing(cases).map(({ id }) => id);
    const result: RunResult = {
      schema: RESULT_SCHEMA,
      suite: { version: this.#meta.suiteVersion },
      target: this.#target,
      seed: this.#meta.seed,
      yardstick,
      startedAt: new Date(this.#startedAt).toISOString(),
      durationMs: realClock.now() - this.#startedAt,
      totals: totalsOf(cases),
      ...(certification === undefined ? {} : { planTotals: planTotals(certification) }),
      ...(differences.length > 0 ? { differences } : {}),
      cases,
      ...(errors.length > 0 ? { knownFailureErrors: errors } : {}),
      ...(faults.length > 0 ? { harnessFaults: faults.map((fault) => this.#redactor.text(fault)) } : {}),
    };
    return { result, certification };
  }

  /** Gives the path of the certification view. */
  #writeCertification(certification: Certification, result: RunResult): string {
    this.#write("tp-469.json", certificationJson(certification, result));
    const hasReport = existsSync(join(this.#folder, "index.html"));
    const inReport = (id: string): string | undefined => (hasReport ? inAllurePage(id, result.target) : undefined);
    this.#write("tp-469.html", certificationPage(certification, result, { inReport }));
    return shown(join(this.#folder, "tp-469.html"));
  }

  /** Gives the path of what a person opens first; a page that could not be made costs nothing but itself. */
  async #writeHtml(result: RunResult): Promise<string> {
    const fallback = shown(join(this.#folder, "result.json"));
    for (const one of result.cases) if (!this.#done.has(one.id)) this.#writeAllure(one, this.#startedAt + result.durationMs);
    if (this.#meta.html === false) return fallback;
    try {
      writeAllureEnvironment(this.#folder, {
        Target: result.target.address,
        Manufacturer: result.target.manufacturer,
        Model: result.target.model,
        Software: result.target.softwareVersion,
        "Serial number": result.target.serialNumber,
        Profile: result.target.profile,
        Seed: String(result.seed),
        "CPE Assay": result.suite.version,
      });
      await writeHtml(this.#folder, titleOf(result.target));
      return shown(join(this.#folder, "index.html"));
    } catch (error) {
      this.note(
        `index.html could not be made; everything else is there. ${error instanceof Error ? error.message : String(error)}`,
      );
      return fallback;
    }
  }

  #writeAllure(one: CaseResult, stoppedAt: number): void {
    const { seed, requirement, command } = this.#meta;
    try {
      writeAllureResult(this.#folder, one, stoppedAt, { target: this.#target, seed, requirement, command });
    } catch (error) {
      this.note(`the Allure result of ${one.id} could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Written beside and renamed, so that a reader never sees half a file. */
  #write(name: string, content: string): void {
    const unfinished = join(this.#folder, `.${name}`);
    writeFileSync(unfinished, content);
    renameSync(unfinished, join(this.#folder, name));
  }

  #tick(): void {
    this.#stopTicking = realClock.after(1000, () => {
      this.#terminal.tick();
      this.#tick();
    });
  }

  #today(): string {
    return new Date(this.#startedAt).toISOString().slice(0, 10);
  }
}

function titleOf({ kind, manufacturer, model, address }: TargetInfo): string {
  const phone = [manufacturer, model].filter((part) => part !== "").join(" ");
  const where = kind === "simulator" ? "simulated phone" : address;
  return `CPE Assay: ${phone === "" ? where : `${phone} (${where})`}`;
}

/** A path as it is shortest to type. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
