import { reference } from "../simulator/seams.ts";
import type { Variant } from "../simulator/variants/variant.ts";
import { DEFAULT_RIG } from "./rig.ts";

/** More freedoms in one phone would hide which of them a case does not bear. */
const MOST = 3;

/**
 * Variants of one rig of which each changes something else, several at a time: a phone may use several freedoms at once, and a whole run
 * for each of them takes too long. Where a bundle fails, its variants are run one by one.
 */
export function bundlesOf(variants: readonly Variant[]): readonly (readonly Variant[])[] {
  const bundles: { readonly rig: string; readonly changed: Set<string>; readonly variants: Variant[] }[] = [];
  for (const variant of variants) {
    const { rig = DEFAULT_RIG } = variant;
    const changes = changedBy(variant);
    const free = bundles.find(
      (bundle) => bundle.rig === rig && bundle.variants.length < MOST && changes.every((name) => !bundle.changed.has(name)),
    );
    const bundle = free ?? { rig, changed: new Set(), variants: [] };
    if (free === undefined) bundles.push(bundle);
    bundle.variants.push(variant);
    for (const name of changes) bundle.changed.add(name);
  }
  return bundles.map((bundle) => bundle.variants);
}

const changedBy = ({ change }: Variant): readonly string[] =>
  Object.entries(change(reference)).flatMap(([area, functions]) => Object.keys(functions).map((name) => `${area}.${name}`));
