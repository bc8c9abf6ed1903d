import type { Requirement } from "../../../harness/core/verdict.ts";
import { associationRequirements } from "./association.ts";
import { deviceIdentityRequirements } from "./device-identity.ts";
import { gatewayIdentityRequirements } from "./gateway-identity.ts";
import { gatewayInfoRequirements } from "./gateway-info.ts";
import { stunRequirements } from "./stun.ts";
import { udpConnectionRequestRequirements } from "./udp-connection-request.ts";

/** Every requirement of TR-111, and of what it builds on, that the suite knows. */
export const tr111Requirements: readonly Requirement[] = [
  ...deviceIdentityRequirements,
  ...gatewayIdentityRequirements,
  ...gatewayInfoRequirements,
  ...associationRequirements,
  ...stunRequirements,
  ...udpConnectionRequestRequirements,
];
