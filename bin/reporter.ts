import { BroadcastChannel } from "node:worker_threads";
import type { Reporter, TestModule } from "vitest/node";
import { realClock, within } from "../harness/core/clock.ts";
import type { Report } from "../harness/report/writers.ts";
import type { RanCase } from "../harness/run/result.ts";
import type { FromWorker, ToWorker } from "./job.ts";

/** As the runner says it. */
const NOT_RUN = "not run: interrupted";

/** Real milliseconds for what the worker said last to arrive, after vitest says that it is done. */
const LATE = 2_000;

interface SerializedError {
  readonly message: string;
  readonly stack?: string;
}

/**
 * Hands on to the report what happens in the worker. What a case waits for cannot be told through vitest, and results come through
 * it in batches; so worker and main thread have a channel of their own, and vitest's way (`task.meta`) is the safety net.
 *
 * Allure's results are written case by case by the report itself. The allure-vitest reporter is not used: it writes everything at
 * the end, so that a killed run leaves nothing, and loses the reasons of skipped cases.
 */
export class AssayReporter implements Reporter {
  #report: Report | undefined;
  readonly #channel: BroadcastChannel;
  readonly #done = new Set<string>();
  readonly #faults: string[] = [];
  readonly #over: Promise<void>;
  #isOver: () => void = () => {};
  #begun = false;
  /** The case that runs; empty between two. */
  #running = "";
  #closed = false;
  #interrupted = false;

  constructor(channel: string) {
    this.#over = new Promise((resolve) => {
      this.#isOver = resolve;
    });
    this.#channel = new BroadcastChannel(channel);
    this.#channel.unref();
    this.#channel.onmessage = (message: unknown) => this.#hear((message as { readonly data: FromWorker }).data);
  }

  /** From now on everything is handed on to this report. */
  reportTo(report: Report): void {
    this.#report = report;
  }

  /** What went wrong outside of every case, a sentence each. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  /** Ends the running case and keeps the others from being run. */
  interrupt(): void {
    this.#interrupted = true;
    this.#tellInterrupt();
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    for (const module of modules) {
      for (const one of module.children.allTests()) {
        const { ran } = one.meta();
        if (ran !== undefined) this.#finished(ran);
        else for (const error of one.result().errors ?? []) this.#fault(error);
      }
    }
    for (const error of [...modules.flatMap((module) => module.errors()), ...errors]) this.#fault(error);
  }

  /** Waits for what the worker said last. */
  async close(): Promise<void> {
    await within(realClock, LATE, this.#over);
    this.#closed = true;
    this.#channel.close();
  }

  #hear(said: FromWorker): void {
    switch (said.kind) {
      case "ready":
        // Whoever interrupts before the worker listens is not heard.
        if (this.#interrupted) this.#tellInterrupt();
        break;
      case "about":
        this.#report?.about(said.target);
        break;
      case "started":
        this.#begun = true;
        if (!this.#interrupted) this.#runs(said.id);
        break;
      case "waits":
        // The bench waits too, before the first case and after the last.
        if (this.#running === "" && said.what !== "") this.#runs(this.#begun ? "end" : "start");
        this.#report?.waitsFor(said.what);
        break;
      case "note":
        this.#report?.note(said.text);
        break;
      case "done":
        this.#finished(said.ran);
        break;
      case "over":
        this.#isOver();
        break;
    }
  }

  #runs(what: string): void {
    this.#running = what;
    this.#report?.caseStarted(what);
  }

  #finished(ran: RanCase): void {
    this.#running = "";
    // Of an interrupted run only what was judged is told; the report says of the others that they were not run.
    if (this.#done.has(ran.id) || (this.#interrupted && ran.reason === NOT_RUN)) return;
    this.#done.add(ran.id);
    this.#report?.caseDone(ran);
  }

  #fault({ stack, message }: SerializedError): void {
    this.#faults.push(stack ?? message);
  }

  #tellInterrupt(): void {
    if (!this.#closed) this.#channel.postMessage({ kind: "interrupt" } satisfies ToWorker);
  }
}
