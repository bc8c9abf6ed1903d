import type { Requirement } from "../../../harness/core/verdict.ts";
import { must, outOfScope, should, untestable } from "../rows.ts";

const INSIDE = "what an agent keeps inside, which nobody outside can see";
const BROKER = "binds brokers of a trusted environment; the suite's own is a test instrument";

const broker = (number: string, says: string, keyword: Requirement["keyword"] = "MUST"): Requirement =>
  outOfScope(`TR-369:R-SEC.${number}`, keyword, says, BROKER);

const OWN = "the suite's controller asks agents for no certificate, which TR-369 leaves to the controller";
const FIGURE =
  "a figure that brings other requirements together: R-SEC.0a to R-SEC.4, R-SEC.6, R-SEC.20, R-SEC.25 have what shows";

const agent = (number: string, says: string): Requirement => untestable(`TR-369:R-SEC.${number}`, "MUST", says, OWN);
const figure = (number: string, says: string, keyword: Requirement["keyword"] = "MUST"): Requirement =>
  untestable(`TR-369:R-SEC.${number}`, keyword, says, FIGURE);

/** Whom an agent believes. */
const identity: readonly Requirement[] = [
  untestable(
    "TR-369:R-SEC.0",
    "MUST",
    "processes messages of a controller whose certificate it has, over a protected connection",
    "an agent that is so could not be tested without TLS; what it makes of certificates is judged by R-SEC.2, R-SEC.3 and R-SEC.20",
  ),
  must("TR-369:R-SEC.0a", "processes no record whose from_id is not in the certificate of its sender"),
  must("TR-369:R-SEC.1", "does nothing for which a controller has no permission"),
  should("TR-369:R-SEC.1a", "shows the roles of its controllers"),
  must("TR-369:R-SEC.2", "knows trusted authorities, and accepts certificates that they have signed"),
  must("TR-369:R-SEC.3", "wants the Endpoint ID in a certificate that a trusted authority has signed"),
  must("TR-369:R-SEC.4", "gives a role by authority only to a controller whose certificate it knows, or that names it"),
  broker("4a", "knows the certificates of trusted brokers"),
  broker("4b", "lets clients log in by certificates of their own alone"),
  broker("4c", "sees to the right from_id in records of its clients"),
  agent("5", "puts its Endpoint ID into a certificate that it has signed itself"),
  must("TR-369:R-SEC.6", "gives the role untrusted to a controller with a certificate that it has signed itself"),
  must("TR-369:R-SEC.7", "lets somebody change the role of such a controller"),
  untestable(
    "TR-369:R-SEC.8",
    "MUST",
    "keeps to the certificate that it has once accepted of an Endpoint ID",
    "what an agent makes of another certificate of the same Endpoint ID is left to its policy",
  ),
];

/** How an agent shows who it is. */
const agents: readonly Requirement[] = [
  {
    ...outOfScope("TR-369:R-SEC.9", "MUST", "authenticates agents", "binds the controller, which the suite plays itself"),
    who: "ACS",
  },
  agent("10", "has a certificate that names its Endpoint ID"),
  {
    ...outOfScope(
      "TR-369:R-SEC.10a",
      "MUST",
      "checks the from_id of an agent by its certificate",
      "binds the controller, which the suite plays itself",
    ),
    who: "ACS",
  },
  agent("11", "has a wildcard in the name of a certificate that several agents share"),
  agent("12", "has wildcards in names of the permitted schemes alone"),
  outOfScope("TR-369:R-SEC.13", "MAY", "may have challenge values from the factory", "a freedom, not a duty"),
  untestable("TR-369:R-SEC.14", "MUST", "has a challenge value of its own", "one device cannot show what others have"),
  untestable(
    "TR-369:R-SEC.15",
    "MUST",
    "has a challenge value that nothing else gives away",
    "a secret has no test for its origin",
  ),
  must("TR-369:R-SEC.16", "limits the tries for a challenge"),
  should("TR-369:R-SEC.17", "locks challenges after too many tries"),
];

/** How an agent decides. */
const decisions: readonly Requirement[] = [
  untestable(
    "TR-369:R-SEC.19",
    "SHOULD",
    "waits for the right time before it goes to a controller, or disregards the dates of certificates",
    "takes an agent that cannot get the time, which the suite cannot keep from it",
  ),
  must("TR-369:R-SEC.20", "checks the dates of certificates once it has the right time"),
  untestable("TR-369:R-SEC.21", "MUST", "forgets sessions and roles in a reboot", INSIDE),
  figure("22", "takes and refuses records as the mandatory part of the decision flow has it"),
  figure("22a", "takes and refuses records as the optional part of the decision flow has it", "SHOULD"),
  figure("23", "sends records as the mandatory part of the decision flow has it"),
  figure("23a", "sends records as the optional part of the decision flow has it", "SHOULD"),
  figure("24", "finds the role of a controller as the mandatory part of the decision flow has it"),
  figure("24a", "finds the role of a controller as the optional part of the decision flow has it", "SHOULD"),
  must("TR-369:R-SEC.25", "takes the role of the first authority in the chain that it trusts"),
  broker("26", "believes a trusted broker as the mandatory part of the decision flow has it"),
  broker("26a", "believes a trusted broker as the optional part of the decision flow has it", "SHOULD"),
];

/** Every numbered requirement of "Authentication and Authorization". */
export const securityRequirements: readonly Requirement[] = [...identity, ...agents, ...decisions];
