import type { Mutant } from "./mutant.ts";

/** Every phone with one thing wrong. */
export const mutants: readonly Mutant[] = [];
