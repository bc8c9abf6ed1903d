import type { Requirement } from "../../../harness/core/verdict.ts";
import { snomDhcpRequirements } from "./dhcp.ts";
import { factoryResetRequirements } from "./factory-reset.ts";
import { localChangeRequirements } from "./local-change.ts";
import { mapBrokenRequirements, mapLineRequirements } from "./map-lines.ts";
import { mapLoadingRequirements } from "./map-loading.ts";
import { mapAttributeRequirements, mapModifierRequirements } from "./map-modifiers.ts";
import { mapTypeRequirements } from "./map-types.ts";
import { mapSafetyRequirements, mapValueRequirements } from "./map-values.ts";
import { provisioningRequirements } from "./provisioning.ts";
import { rolloutRequirements } from "./rollout.ts";
import { settingsRequirements } from "./settings.ts";
import { uspAgentRequirements } from "./usp-agent.ts";
import { uspLineRequirements } from "./usp-lines.ts";
import { uspSettingsRequirements } from "./usp-settings.ts";
import { vendorMethodRequirements } from "./vendor-methods.ts";

/**
 * What the vendor's two documents ask of its phones, `SNOM-TR-069:<section>#<slug>` and `SNOM-TR-369:<section>#<slug>`, and what is
 * decided where they are silent, `PARAM-MAP:<topic>#<slug>` (docs/param-map.md).
 */
export const snomRequirements: readonly Requirement[] = [
  ...mapAttributeRequirements,
  ...mapModifierRequirements,
  ...mapTypeRequirements,
  ...mapSafetyRequirements,
  ...mapValueRequirements,
  ...factoryResetRequirements,
  ...localChangeRequirements,
  ...settingsRequirements,
  ...uspSettingsRequirements,
  ...vendorMethodRequirements,
  ...provisioningRequirements,
  ...snomDhcpRequirements,
  ...rolloutRequirements,
  ...mapLineRequirements,
  ...mapBrokenRequirements,
  ...mapLoadingRequirements,
  ...uspLineRequirements,
  ...uspAgentRequirements,
];
