import type { Change, RigId } from "../mutants/mutant.ts";
import type { Seams } from "../seams.ts";

/** A phone that uses a freedom which the standards leave. No case may fail it. */
export interface Variant {
  /** Kebab case, unique. */
  readonly id: string;
  /** "A phone that …" */
  readonly phone: string;
  /** The clause that leaves the freedom. */
  readonly clause: string;
  /** On which rig it is shown; default `snom`. */
  readonly rig?: RigId;
  /** What the phone does its own way; may be several behaviours. */
  change(seams: Seams): Change;
}

/** The phone of `variant`: `reference` with its replacements. */
export function applyVariant(reference: Seams, variant: Pick<Variant, "change">): Seams {
  const areas: Record<string, unknown> = { ...reference };
  for (const [area, changes] of Object.entries(variant.change(reference))) {
    areas[area] = { ...(areas[area] as Record<string, unknown>), ...changes };
  }
  return areas as unknown as Seams;
}
