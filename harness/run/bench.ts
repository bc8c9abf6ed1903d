import type { Clock } from "../core/clock.ts";
import type { Recording } from "../trace/recording.ts";

/** What the runner asks of a bench besides driving cases on it; a bench of any protocol can offer it. */
export interface RunnerBench {
  readonly clock: Clock;
  readonly recording: Recording;
  /**
   * Ends what a case left open (sessions, pending events, connections), so that nothing leaks into the next one.
   * @returns what was left behind and could not be undone, a sentence each
   */
  settle(): Promise<readonly string[]>;
  /** Finds out, in little time, whether the phone still answers at all. */
  probe(): Promise<Probe>;
}

export type Probe = { readonly answers: true } | { readonly answers: false; readonly reason: string };
