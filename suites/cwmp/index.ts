import type { CwmpBench } from "../../harness/bench/bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { accessListCases } from "./access-list.ts";
import { acsMessagesCases } from "./acs-messages.ts";
import { addObjectCases } from "./add-object.ts";
import { bootEventCases } from "./boot-events.ts";
import { bootstrapCases } from "./bootstrap.ts";
import { connectionCases } from "./connection.ts";
import { connectionRequestCases } from "./connection-request.ts";
import { connectionRequestAuthenticationCases } from "./connection-request-authentication.ts";
import { connectionRequestLoadCases } from "./connection-request-load.ts";
import { cookiesCases } from "./cookies.ts";
import { deleteObjectCases } from "./delete-object.ts";
import { discoveryCases } from "./discovery.ts";
import { discoveryDnsCases } from "./discovery-dns.ts";
import { discoveryOriginCases } from "./discovery-origin.ts";
import { eventDeliveryCases } from "./event-delivery.ts";
import { factoryResetCases } from "./factory-reset.ts";
import { faultCases } from "./faults.ts";
import { getParameterAttributesCases } from "./get-parameter-attributes.ts";
import { getParameterNamesCases } from "./get-parameter-names.ts";
import { getParameterNamesModelCases } from "./get-parameter-names-model.ts";
import { getParameterNamesPathCases } from "./get-parameter-names-paths.ts";
import { getParameterValuesCases } from "./get-parameter-values.ts";
import { getParameterValuesNameCases } from "./get-parameter-values-names.ts";
import { getParameterValuesTypeCases } from "./get-parameter-values-types.ts";
import { getRPCMethodsCases } from "./get-rpc-methods.ts";
import { holdRequestsCases } from "./hold-requests.ts";
import { httpResponsesCases } from "./http-responses.ts";
import { httpRules } from "./http-rules.ts";
import { informCases } from "./inform.ts";
import { informRules } from "./inform-rules.ts";
import { malformedAnswersCases } from "./malformed-answers.ts";
import { notificationCases } from "./notification.ts";
import { notificationAttributeCases } from "./notification-attribute.ts";
import { notificationDeliveryCases } from "./notification-delivery.ts";
import { objectLimitCases } from "./object-limit.ts";
import { objectParameterKeyCases } from "./object-parameter-key.ts";
import { objectPathCases } from "./object-paths.ts";
import { rebootCases } from "./reboot.ts";
import { redirectsCases } from "./redirects.ts";
import { scheduleInformCases } from "./schedule-inform.ts";
import { sessionCases } from "./session.ts";
import { sessionEndCases } from "./session-end.ts";
import { sessionFaultsCases } from "./session-faults.ts";
import { sessionPatienceCases } from "./session-patience.ts";
import { setParameterAttributesCases } from "./set-parameter-attributes.ts";
import { setParameterValuesCases } from "./set-parameter-values.ts";
import { setParameterValuesFaultCases } from "./set-parameter-values-faults.ts";
import { setParameterValuesTypeCases } from "./set-parameter-values-types.ts";
import { soapRules } from "./soap-rules.ts";
import { versionsCases } from "./versions.ts";

/**
 * Every case on CWMP, in the order of the standard, but for those that answer a phone with errors, silence or nonsense: a fragile
 * one may not survive them, and then everything else has been said.
 */
export const cwmpCases: readonly AnyCase<CwmpBench>[] = [
  ...httpRules,
  ...soapRules,
  ...informRules,
  ...informCases,
  ...sessionCases,
  ...sessionEndCases,
  ...versionsCases,
  ...connectionCases,
  ...httpResponsesCases,
  ...cookiesCases,
  ...acsMessagesCases,
  ...faultCases,
  ...getRPCMethodsCases,
  ...getParameterNamesCases,
  ...getParameterNamesPathCases,
  ...getParameterNamesModelCases,
  ...getParameterValuesCases,
  ...getParameterValuesNameCases,
  ...getParameterValuesTypeCases,
  ...setParameterValuesCases,
  ...setParameterValuesTypeCases,
  ...setParameterValuesFaultCases,
  ...getParameterAttributesCases,
  ...setParameterAttributesCases,
  ...accessListCases,
  ...notificationCases,
  ...notificationAttributeCases,
  ...addObjectCases,
  ...deleteObjectCases,
  ...objectPathCases,
  ...objectParameterKeyCases,
  ...objectLimitCases,
  ...bootEventCases,
  ...scheduleInformCases,
  ...connectionRequestCases,
  ...connectionRequestAuthenticationCases,
  ...connectionRequestLoadCases,
  ...rebootCases,
  ...factoryResetCases,
  ...holdRequestsCases,
  ...redirectsCases,
  ...notificationDeliveryCases,
  ...eventDeliveryCases,
  ...bootstrapCases,
  ...discoveryCases,
  ...discoveryOriginCases,
  ...discoveryDnsCases,
  ...sessionPatienceCases,
  ...sessionFaultsCases,
  ...malformedAnswersCases,
];
