import { behaviourVariants } from "./behaviour.ts";
import { envelopeVariants } from "./envelopes.ts";
import { snomVariants } from "./snom.ts";
import { transportVariants } from "./transport.ts";
import type { Variant } from "./variant.ts";

/** Phones that use a freedom which the standards leave. */
export const variants: readonly Variant[] = [...envelopeVariants, ...transportVariants, ...behaviourVariants, ...snomVariants];
