import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Job, JobResult } from "./job.ts";

/** Milliseconds after which a job is taken to hang; its process is ended and the job counts as a fault of ours. */
const LIMIT = 600_000;

/**
 * Processes that run jobs side by side: the phones share nothing, so that one that takes its process down takes no other with it.
 */
export class Pool {
  readonly #idle: ChildProcess[] = [];
  readonly #waiting: (() => void)[] = [];
  #size = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Runs a job as soon as a process is free. Never rejects. */
  async run(job: Job): Promise<JobResult> {
    const child = await this.#take();
    const started = performance.now();
    return new Promise((resolve) => {
      const done = (result: JobResult, reusable: boolean): void => {
        clearTimeout(timer);
        child.removeAllListeners("message").removeAllListeners("exit");
        if (reusable) this.#idle.push(child);
        else {
          child.kill("SIGKILL");
          this.#size -= 1;
        }
        this.#waiting.shift()?.();
        resolve(result);
      };
      const lost = (fault: string): void => done({ job, cases: [], milliseconds: performance.now() - started, fault }, false);
      const timer = setTimeout(() => lost(`did not end within ${LIMIT / 1000} s`), LIMIT);
      child.once("message", (result) => done(result as JobResult, true));
      child.once("exit", (code, signal) => lost(`its process ended (${signal ?? code})`));
      child.send(job);
    });
  }

  stop(): void {
    for (const child of this.#idle) child.disconnect();
  }

  async #take(): Promise<ChildProcess> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#size < this.#most) {
      this.#size += 1;
      return fork(join(import.meta.dirname, "worker.ts"), { execArgv: ["--import", "tsx"] });
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#take();
  }
}
