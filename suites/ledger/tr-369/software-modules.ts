import type { Requirement } from "../../../harness/core/verdict.ts";
import { outOfScope } from "../rows.ts";

const NO_MODULES = "a phone installs no software modules, and no test of TP-469 asks for them";

/** Every numbered requirement of "Software Module Management". */
export const softwareModuleRequirements: readonly Requirement[] = [
  outOfScope("TR-369:R-SMM.0", "MUST", "keeps a deployment unit across reboots", NO_MODULES),
  outOfScope("TR-369:R-SMM.1", "MUST", "ends an installation within 24 hours, or reports its failure", NO_MODULES),
];
