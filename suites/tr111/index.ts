import type { Bench } from "../../harness/bench/usp-bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { associationCases } from "./association.ts";
import { deviceIdentityCases } from "./device-identity.ts";
import { deviceIdentityRules } from "./device-identity-rules.ts";
import { gatewayChangeCases } from "./gateway-changes.ts";
import { gatewayIdentityCases } from "./gateway-identity.ts";
import { gatewayInfoCases } from "./gateway-info.ts";
import { gatewayOptionCases } from "./gateway-option.ts";
import { malformedGatewayOptionCases } from "./gateway-option-malformed.ts";
import { gatewayValueCases } from "./gateway-values.ts";
import { stunCases } from "./stun.ts";
import { stunAddressCases } from "./stun-address.ts";
import { stunBindingCases } from "./stun-binding.ts";
import { stunIntegrityCases } from "./stun-integrity.ts";
import { stunKeepAliveCases } from "./stun-keep-alive.ts";
import { stunParametersCases } from "./stun-parameters.ts";
import { udpConnectionRequestCases } from "./udp-connection-request.ts";
import { udpConnectionRequestRefusedCases } from "./udp-connection-request-refused.ts";

/** Every case of TR-111, in the order of the standard. */
export const tr111Cases: readonly AnyCase<Bench>[] = [
  ...deviceIdentityCases,
  ...deviceIdentityRules,
  ...gatewayIdentityCases,
  ...gatewayOptionCases,
  ...malformedGatewayOptionCases,
  ...gatewayValueCases,
  ...gatewayInfoCases,
  ...gatewayChangeCases,
  ...associationCases,
  ...stunParametersCases,
  ...stunCases,
  ...stunIntegrityCases,
  ...stunKeepAliveCases,
  ...stunBindingCases,
  ...stunAddressCases,
  ...udpConnectionRequestCases,
  ...udpConnectionRequestRefusedCases,
];
