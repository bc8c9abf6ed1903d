import { type AnyCase, type Case, erase } from "../core/case.ts";
import type { FeatureName } from "../phone/features.ts";
import type { CwmpBench } from "./bench.ts";

/** A case on the CWMP bench: `needs` takes only features that exist. */
export interface CwmpCase<Evidence> extends Case<CwmpBench, Evidence> {
  readonly needs?: readonly FeatureName[];
}

/**
 * Takes a case into a list of cases; the evidence type, inferred from `drive`, is checked against `judge` here and then hidden. It
 * needs `cwmp` by itself.
 */
export const cwmpCase = <Evidence>(one: CwmpCase<Evidence>): AnyCase<CwmpBench> =>
  erase<CwmpBench, Evidence>({ ...one, needs: ["cwmp", ...(one.needs ?? [])] });
