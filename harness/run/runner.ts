import { Inconclusive } from "../core/case.ts";
import { realClock } from "../core/clock.ts";
import {
  type Keyword,
  type Outcome,
  type PlanFacts,
  planVerdict,
  type Requirement,
  verdictByPlan,
  verdictOf,
} from "../core/verdict.ts";
import { writeEvidence } from "../report/evidence.ts";
import { Redactor } from "../report/redact.ts";
import { secretsIn } from "../wire/usp-view.ts";
import type { RunnerBench } from "./bench.ts";
import type { PlannedCase } from "./plan.ts";
import { identityOf, type RanCase, withoutRun } from "./result.ts";

export interface RunnerOptions<Bench> {
  readonly bench: Bench & RunnerBench;
  readonly requirements: ReadonlyMap<string, Requirement>;
  readonly redactor?: Redactor;
  /** Folder of the report, in which `evidence/<case id>/` is written; without it no evidence is kept. */
  readonly reportFolder?: string;
  /** Aborted by Ctrl-C: the running case ends, the others are not run. */
  readonly signal?: AbortSignal;
  /** Real milliseconds after which a case is taken to hang; default ten minutes, over and above what it waits by design. */
  readonly limit?: number;
  /**
   * Real milliseconds for the clean-up and for the probe after a case; default three minutes. They have deadlines of their own, this
   * one is for their faults.
   */
  readonly afterwards?: number;
}

const LIMIT = 10 * 60_000;
const AFTERWARDS = 3 * 60_000;

/** What a phone that does not speak any more looks like in a finding. */
const SILENT = /nothing within|connection (?:was )?(?:closed|reset|refused)|no (?:session|contact|answer|Inform)\b/i;

/** How a drive ended. */
type Driven =
  | { readonly kind: "evidence"; readonly evidence: unknown }
  | { readonly kind: "inconclusive"; readonly cause: Inconclusive }
  | { readonly kind: "fault"; readonly error: unknown };

type Judged = Outcome & { readonly fault?: string; readonly cause?: Inconclusive["kind"] };

/**
 * Runs planned cases one after another on a bench. Never throws for anything a case, a judge or the phone does: each case comes
 * to a verdict, and a phone that is lost makes it, and those after it, inconclusive.
 */
export class Runner<Bench> {
  readonly #options: RunnerOptions<Bench>;
  readonly #redactor: Redactor;
  #lost: { inCase: string; reason: string; heard: number } | undefined;

  constructor(options: RunnerOptions<Bench>) {
    this.#options = options;
    this.#redactor = options.redactor ?? new Redactor();
  }

  /** Says that the phone could not be reached before the first case: all are then inconclusive, with this reason. */
  unreachable(reason: string): void {
    this.#lose("", reason);
  }

  /** Runs one case to its verdict; strings in the result are redacted. */
  async run(planned: PlannedCase<Bench>): Promise<RanCase> {
    const one = planned.case;
    if (planned.applicable !== true) return withoutRun(one, "not-applicable", planned.applicable.reason);
    if (this.#options.signal?.aborted === true) return withoutRun(one, "inconclusive", "not run: interrupted");
    const lost = this.#stillLost();
    if (lost !== undefined && one.passive !== true) return this.#clean(lostBefore(planned, lost));
    const { bench } = this.#options;
    const started = { real: realClock.now(), clock: bench.clock.now() };
    bench.recording.startCase(one.id);
    const driven = await this.#drive(planned);
    let outcome = driven.kind === "evidence" ? this.#judge(planned, driven.evidence) : fromDrive(driven, one);
    const notes: string[] = [];
    let lostHere: RanCase["lost"];
    if (one.passive !== true) {
      notes.push(...(await this.#settle()));
      if (this.#looksLost(outcome)) {
        const reason = await this.#probe(outcome);
        if (reason !== undefined) {
          this.#lose(one.id, reason);
          lostHere = { inCase: one.id, reason };
          if (bench.recording.heard > 0)
            outcome = { ...outcome, ...unclear(one, `the phone stopped answering during this case: ${reason}`) };
        }
      }
    }
    const { fault, cause: _cause, ...verdict } = outcome;
    const steps = bench.recording.steps.flatMap(({ caseId, text }) => (caseId === one.id ? [text] : []));
    const uses = bench.recording.usedBy(one.id);
    const ran: RanCase = {
      ...identityOf(one),
      ...verdict,
      durationMs: Math.round(realClock.now() - started.real),
      clockMs: Math.round(bench.clock.now() - started.clock),
      ...(steps.length === 0 ? {} : { steps }),
      ...(uses === undefined ? {} : { uses }),
      evidence: [],
      notes,
      ...(lostHere === undefined ? {} : { lost: lostHere }),
    };
    return this.#withEvidence(ran, started.clock, fault);
  }

  async #drive({ case: one }: PlannedCase<Bench>): Promise<Driven> {
    const { bench, limit = LIMIT, signal } = this.#options;
    const allowed = limit + (one.waits ?? 0) * 1000;
    const driving = Promise.resolve()
      .then(() => one.drive(bench))
      .then((evidence): Driven => ({ kind: "evidence", evidence }))
      .catch(
        (error: unknown): Driven =>
          error instanceof Inconclusive ? { kind: "inconclusive", cause: error } : { kind: "fault", error },
      );
    const hung: Driven = {
      kind: "fault",
      error: new Error(`the case did not end within ${Math.round(allowed / 1000)} s of real time`),
    };
    const interrupted: Driven = { kind: "inconclusive", cause: new Inconclusive("interrupted", "interrupted") };
    return bounded(
      driving,
      allowed,
      () => hung,
      signal,
      () => interrupted,
    );
  }

  #judge({ case: one }: PlannedCase<Bench>, evidence: unknown): Judged {
    try {
      const findings = [...one.judge(evidence)];
      const outcome = verdictOf(one.proves, findings, (requirement) => this.#keyword(requirement));
      const plan = verdictByPlan(one, findings);
      return { ...outcome, ...(plan === undefined ? {} : { plan }) };
    } catch (error) {
      return faulted(error, one);
    }
  }

  #keyword(requirement: string): Keyword {
    const row = this.#options.requirements.get(requirement);
    if (row === undefined) throw new Error(`no ledger has the requirement ${requirement}`);
    return row.keyword;
  }

  async #settle(): Promise<readonly string[]> {
    try {
      const settling = this.#options.bench.settle();
      return await bounded(settling, this.#options.afterwards ?? AFTERWARDS, () => [
        "the clean-up after this case did not come to an end",
      ]);
    } catch (error) {
      return [`the clean-up after this case failed: ${messageOf(error)}`];
    }
  }

  #looksLost({ verdict, cause, findings }: Judged): boolean {
    if (this.#options.signal?.aborted === true) return false;
    if (verdict === "inconclusive") return cause === "unreachable" || cause === "control-failed" || cause === "precondition";
    return verdict === "fail" && findings.some(({ ok, actual }) => !ok && SILENT.test(actual));
  }

  /** Why the phone is taken to be lost, or undefined when it still answers. */
  async #probe(outcome: Judged): Promise<string | undefined> {
    // A phone that has never been heard is not asked again: its first case has waited for it already.
    if (this.#options.bench.recording.heard === 0 && outcome.cause === "unreachable") return outcome.reason;
    const { afterwards = AFTERWARDS, signal } = this.#options;
    const answer = await bounded(
      this.#options.bench.probe().catch((error: unknown) => ({ answers: false as const, reason: messageOf(error) })),
      afterwards,
      () => ({ answers: false as const, reason: "the probe did not come to an end" }),
      signal,
      () => ({ answers: true as const }),
    );
    return answer.answers ? undefined : answer.reason;
  }

  #lose(inCase: string, reason: string): void {
    const heard = this.#options.bench.recording.heard;
    this.#lost = { inCase: heard === 0 ? "" : inCase, reason, heard };
  }

  /** The loss, unless the phone has been heard of since. */
  #stillLost(): { inCase: string; reason: string } | undefined {
    if (this.#lost !== undefined && this.#options.bench.recording.heard > this.#lost.heard) this.#lost = undefined;
    return this.#lost;
  }

  #withEvidence(ran: RanCase, startedAt: number, fault: string | undefined): RanCase {
    const { reportFolder, bench } = this.#options;
    if (reportFolder === undefined) return ran;
    const trace = bench.recording.ofCase(ran.id);
    for (const { request, response } of trace.exchanges)
      for (const body of [request.body, response?.body]) if (body !== undefined) this.#redactor.learn(body.toString("utf8"));
    for (const { record } of trace.usp) for (const secret of secretsIn(record)) this.#redactor.add(secret);
    for (const { content } of trace.datagrams)
      if (content.kind === "stun") this.#redactor.add(content.message.at("PASSWORD").value ?? "");
    for (const { packet } of trace.mqtt) this.#redactor.add(packet.buffer("password").toString("utf8"));
    const clean = this.#clean(ran);
    try {
      const evidence = writeEvidence(clean, trace, {
        folder: reportFolder,
        startedAt,
        redactor: this.#redactor,
        ...(fault === undefined ? {} : { fault }),
      });
      bench.recording.release(ran.id);
      return { ...clean, evidence };
    } catch (error) {
      return { ...clean, notes: [...clean.notes, `the evidence could not be written: ${messageOf(error)}`] };
    }
  }

  #clean(ran: RanCase): RanCase {
    const redact = (text: string): string => this.#redactor.text(text);
    return {
      ...ran,
      ...(ran.reason === undefined ? {} : { reason: redact(ran.reason) }),
      findings: ran.findings.map((one) => ({
        ...one,
        expected: redact(one.expected),
        actual: redact(one.actual),
        where: redact(one.where),
      })),
      ...(ran.steps === undefined ? {} : { steps: ran.steps.map(redact) }),
      notes: ran.notes.map(redact),
    };
  }
}

function lostBefore<Bench>({ case: one }: PlannedCase<Bench>, { inCase, reason }: { inCase: string; reason: string }): RanCase {
  const why =
    inCase === ""
      ? `the phone was never reached: ${reason}`
      : `not run: the phone stopped answering in ${inCase} and has not been heard of since`;
  return { ...withoutRun(one, "inconclusive", why), lost: { inCase, reason } };
}

function fromDrive(driven: Exclude<Driven, { kind: "evidence" }>, one: PlanFacts): Judged {
  if (driven.kind === "fault") return faulted(driven.error, one);
  return { ...unclear(one, driven.cause.message), cause: driven.cause.kind, findings: [] };
}

/** A fault of ours says nothing about the phone. */
function faulted(error: unknown, one: PlanFacts): Judged {
  const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { ...unclear(one, `harness fault: ${messageOf(error)}`), findings: [], fault };
}

/** Inconclusive by either yardstick. */
const unclear = (one: PlanFacts, reason: string): Pick<Outcome, "verdict" | "reason" | "plan"> => ({
  verdict: "inconclusive",
  reason,
  ...planVerdict(one, "inconclusive"),
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The promise's value, or `late()` after so many real milliseconds, or `aborted()` at the signal, whichever is first. */
async function bounded<T>(
  work: Promise<T>,
  milliseconds: number,
  late: () => T,
  signal?: AbortSignal,
  aborted: () => T = late,
): Promise<T> {
  let end: (value: T) => void = () => {};
  const bound = new Promise<T>((resolve) => {
    end = resolve;
  });
  const onAbort = (): void => end(aborted());
  const cancel = realClock.after(milliseconds, () => end(late()));
  signal?.addEventListener("abort", onAbort, { once: true });
  work.catch(() => {}); // what is given up may still fail later, and nobody waits for it then
  try {
    return await Promise.race([work, bound]);
  } finally {
    cancel();
    signal?.removeEventListener("abort", onAbort);
  }
}
