import type { Requirement } from "../../../harness/core/verdict.ts";
import { must, outOfScope, should, untestable } from "../rows.ts";

const NAMES = "a rule for whoever gives out Endpoint IDs; on the wire any name is as good as another";

/** "Endpoints": how they are called. */
const endpoints: readonly Requirement[] = [
  outOfScope("TR-369:R-ARC.0", "MAY", "may have the Endpoint ID of a controller", "a freedom, not a duty"),
  untestable(
    "TR-369:R-ARC.1",
    "MUST",
    "bears a controller elsewhere that has its own Endpoint ID",
    "what an agent never hears of cannot disturb it; R-ARC.2 has the case in which it does",
  ),
  must("TR-369:R-ARC.2", "does not communicate with a controller that has its own Endpoint ID"),
  must("TR-369:R-ARC.2a", "follows the rules of the authority scheme of its Endpoint ID"),
  outOfScope("TR-369:R-ARC.3", "MUST", "does not use the numbers of the Broadband Forum", NAMES),
  outOfScope("TR-369:R-ARC.4", "MUST", "uses the schemes proto and doc nowhere in production", NAMES),
  untestable(
    "TR-369:R-ARC.4a",
    "MUST",
    "has its name in its certificate when its Endpoint ID is one of the scheme fqdn",
    "phones and the agents at hand have no Endpoint ID of this scheme, which is for servers with a public name",
  ),
  must("TR-369:R-ARC.5", "has an Endpoint ID of the permitted characters"),
  must("TR-369:R-ARC.6", "has an Endpoint ID whose last part is no longer than 50 characters"),
];

/** "Path Names". */
const paths: readonly Requirement[] = [
  must("TR-369:R-ARC.7", "knows the syntax of paths as TR-106 has it"),
  must("TR-369:R-ARC.8", "keeps the number of an instance until the instance is deleted, across reboots too"),
  must("TR-369:R-ARC.9", "finds all instances that a search expression describes"),
  should("TR-369:R-ARC.9a", "bears blanks around the operator of a search expression"),
  {
    ...outOfScope(
      "TR-369:R-ARC.9b",
      "SHOULD",
      "puts no blanks around operators",
      "binds the controller, which the suite plays itself",
    ),
    who: "ACS",
  },
  must("TR-369:R-ARC.10", "finds all instances of a table for a wildcard"),
  must("TR-369:R-ARC.11", "takes unique keys in place of instance numbers in the values of references"),
  must("TR-369:R-ARC.12", "treats strong and weak references as each of them is to be treated"),
];

/** The numbered requirements of "Architecture". */
export const architectureRequirements: readonly Requirement[] = [...endpoints, ...paths];
