import type { Identity } from "../phone/phone.ts";
import type { Bench } from "./usp-bench.ts";

/** A bench with a phone that has come, as whoever runs cases on it holds it; the runner's `RunnerBench` is a part of it. */
export interface RunningBench extends Bench {
  /** What the phone said in its first contact, and where it is. */
  readonly about: { readonly address: string; readonly identity: Identity };
  /** Passwords of the profile, and those made up for this run. */
  readonly secrets: readonly string[];
  /** Ends what a case left open and puts back what it changed. @returns what was left behind, a sentence each */
  settle(): Promise<readonly string[]>;
  /** Finds out whether the phone still answers at all. */
  probe(): Promise<{ readonly answers: true } | { readonly answers: false; readonly reason: string }>;
  /** Puts the phone's settings back and closes everything. Never throws; every step has a deadline. */
  stop(): Promise<void>;
}
