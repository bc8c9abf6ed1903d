import type { Requirement } from "../../harness/core/verdict.ts";
import { should } from "./rows.ts";

/**
 * "Authentication and Access Control": what section 2 of the test plan TP-469 asks for, and what TR-369 says of roles and challenges
 * ("Theory of Operations"), where no numbered requirement of TR-369 does.
 */
export const accessRequirements: readonly Requirement[] = [
  should("TP-469:2.1#own-id", "does not process a record that says it is from itself"),
  should("TP-469:2.9#untrusted", "gives the UntrustedRole to a controller that has been given no role"),
  should("TP-469:2.10#created", "creates roles"),
  should("TP-469:2.11#allowed", "does what the roles of a controller permit it"),
  should("TP-469:2.12#code", "tells that a permission was missing by error 7006"),
  should("TP-469:2.18#failure", "answers a command for which there is no permission by a failure with a fitting code"),
  should("TP-469:2.21#order", "goes by the permission with the highest Order where several are for the same"),
  should("TP-469:2.24#param-errs", "names in the Error to an Add, by error 7006, the place where there was no permission"),
  should("TP-469:2.25#default", "creates an object although there is no permission for a parameter that need not be set"),
  should("TP-469:2.27#hidden", "shows secured values as empty to controllers without a secured role"),
  should("TP-469:2.27#shown", "shows secured values to controllers with a secured role"),
  should("TR-369:SEC#union", "permits what any of the roles of a controller permits"),
  should("TR-369:SEC#inherited", "gives a controller the role of the credential that vouches for it"),
  should("TR-369:SEC#challenge", "gives a controller the role of a challenge that it meets"),
];
