import type { Profile } from "../phone/profile.ts";

/** How far properties are followed in this run. */
export interface PropertyRuns {
  /** Examples for each property; one that is dear, or cheap, takes its share of it. */
  readonly runs: number;
  /** Commands in one example, where it is a list of them. */
  readonly commands: number;
  /** Seed of all examples. It is that of the run, not what `random()` has come to: a case alone has to see the same ones. */
  readonly seed: number;
  /** Milliseconds of the clock for trying examples, and once more for making one that failed smaller; unlimited when time is virtual. */
  readonly limit: number;
  /** The way to one counterexample, as it was printed with it: that one alone is run. */
  readonly path: string | undefined;
  /** Flags, such as `--target=192.168.1.20`, with which a run like this one is started. */
  readonly flags: readonly string[];
}

/** What whoever starts a bench can say of them. */
export interface PropertyOptions {
  /** True when the phone's time is virtual, so that examples cost next to nothing. */
  readonly plenty?: boolean;
  readonly path?: string;
  readonly flags?: readonly string[];
}

/** A real phone takes seconds for a session, and minutes for a reboot. */
const FEW = { runs: 5, commands: 10 };
const PLENTY = { runs: 8, commands: 40 };

/** Milliseconds. With a run or two that begin just before its end, a case stays below what the runner allows. */
const LIMIT = 120_000;

export function propertyRuns(
  profile: Pick<Profile, "properties">,
  seed: number,
  { plenty = false, path, flags = [] }: PropertyOptions = {},
): PropertyRuns {
  const usual = plenty ? PLENTY : FEW;
  return { ...usual, ...profile.properties, seed, limit: plenty ? Number.POSITIVE_INFINITY : LIMIT, path, flags };
}
