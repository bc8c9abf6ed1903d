import type { PlanTest } from "../../../harness/run/certification.ts";

/** A test as the plan has it; which cases run it follows from their references. */
export type Listed = Omit<PlanTest, "cases">;

/** A test that every agent has to pass. */
export const mandatory = (number: string, title: string): Listed => ({ number, title, tag: "mandatory", features: [] });

/**
 * A test that agents have to pass that support a feature.
 * @param anyOf feature ids of the plan, one of which is enough; of a list within, all are needed
 */
export const conditional = (number: string, title: string, ...anyOf: readonly (number | readonly number[])[]): Listed => ({
  number,
  title,
  tag: "conditional",
  features: anyOf.map((ids) => [ids].flat()),
});

/** A test that the plan has given up. */
export const deprecated = (number: string, title: string): Listed => ({ number, title, tag: "deprecated", features: [] });

/** A test whose number the plan keeps for later. */
export const unfinished = (number: string, title: string): Listed => ({ number, title, tag: "unfinished", features: [] });

/** A test that no case runs, and why. */
export const without = (reason: string, test: Listed): Listed => ({ ...test, uncovered: reason });
