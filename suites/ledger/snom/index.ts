import type { Requirement } from "../../../harness/core/verdict.ts";
import { mapTypeRequirements } from "./map-types.ts";

/**
 * What the vendor's two documents ask of its phones, `SNOM-TR-069:<section>#<slug>` and `SNOM-TR-369:<section>#<slug>`, and what is
 * decided where they are silent, `PARAM-MAP:<topic>#<slug>` (docs/param-map.md).
 */
export const snomRequirements: readonly Requirement[] = [...mapTypeRequirements];
