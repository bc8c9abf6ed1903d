import { columnAt } from "./map-line.ts";

/** Something that is wrong with a param_map, or that is hardly meant as it stands. */
export interface Problem {
  /** Counted from 1. */
  readonly line: number;
  /** The character, counted from 1. */
  readonly column: number;
  /** `error`: a phone refuses the line or does not do what it says. `warning`: it does, and that is hardly meant. */
  readonly severity: "error" | "warning";
  /** Name of the rule, in kebab case; docs/param-map.md tells each. */
  readonly rule: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Where in a map something stands: a line, and the index of a character in it. */
export interface Place {
  readonly line: { readonly number: number; readonly text: string };
  readonly index: number;
}

type Told = Pick<Problem, "rule" | "message" | "remedy">;

export const errorAt = ({ line, index }: Place, told: Told): Problem => ({
  line: line.number,
  column: columnAt(line.text, index),
  severity: "error",
  ...told,
});

export const warningAt = (place: Place, told: Told): Problem => ({ ...errorAt(place, told), severity: "warning" });
