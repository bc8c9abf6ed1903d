import type { Requirement } from "../../../harness/core/verdict.ts";
import { acsMessagesRequirements } from "./acs-messages.ts";
import { connectionRequirements } from "./connection.ts";
import { connectionRequestRequirements } from "./connection-request.ts";
import { cookiesRequirements } from "./cookies.ts";
import { discoveryRequirements } from "./discovery.ts";
import { bootEventRequirements, bootstrapRequirements, eventDeliveryRequirements } from "./events.ts";
import { faultRequirements } from "./faults.ts";
import { getParameterAttributesRequirements } from "./get-parameter-attributes.ts";
import { getParameterNamesRequirements } from "./get-parameter-names.ts";
import { getParameterValuesRequirements } from "./get-parameter-values.ts";
import { getRPCMethodsRequirements } from "./get-rpc-methods.ts";
import { holdRequestsRequirements } from "./hold-requests.ts";
import { httpResponsesRequirements } from "./http-responses.ts";
import { httpRuleRequirements } from "./http-rules.ts";
import { informRequirements } from "./inform.ts";
import { informRuleRequirements } from "./inform-rules.ts";
import { malformedAnswersRequirements } from "./malformed-answers.ts";
import { notificationDeliveryRequirements, notificationRequirements } from "./notification.ts";
import { addObjectRequirements, deleteObjectRequirements } from "./objects.ts";
import { rebootRequirements } from "./reboot.ts";
import { redirectsRequirements } from "./redirects.ts";
import { sessionRequirements } from "./session.ts";
import { sessionEndRequirements } from "./session-end.ts";
import { sessionFaultsRequirements } from "./session-faults.ts";
import { sessionPatienceRequirements } from "./session-patience.ts";
import {
  accessListRequirements,
  notificationAttributeRequirements,
  setParameterAttributesRequirements,
} from "./set-parameter-attributes.ts";
import { setParameterValuesRequirements } from "./set-parameter-values.ts";
import { soapRuleRequirements } from "./soap-rules.ts";
import { versionsRequirements } from "./versions.ts";

/** Every requirement of TR-069, and of what it builds on, that the suite knows. */
export const tr069Requirements: readonly Requirement[] = [
  ...httpRuleRequirements,
  ...soapRuleRequirements,
  ...informRuleRequirements,
  ...informRequirements,
  ...sessionRequirements,
  ...sessionEndRequirements,
  ...holdRequestsRequirements,
  ...sessionFaultsRequirements,
  ...sessionPatienceRequirements,
  ...versionsRequirements,
  ...connectionRequirements,
  ...httpResponsesRequirements,
  ...cookiesRequirements,
  ...discoveryRequirements,
  ...redirectsRequirements,
  ...acsMessagesRequirements,
  ...malformedAnswersRequirements,
  ...faultRequirements,
  ...getRPCMethodsRequirements,
  ...getParameterNamesRequirements,
  ...getParameterValuesRequirements,
  ...setParameterValuesRequirements,
  ...getParameterAttributesRequirements,
  ...setParameterAttributesRequirements,
  ...notificationAttributeRequirements,
  ...accessListRequirements,
  ...notificationRequirements,
  ...notificationDeliveryRequirements,
  ...bootstrapRequirements,
  ...bootEventRequirements,
  ...eventDeliveryRequirements,
  ...addObjectRequirements,
  ...deleteObjectRequirements,
  ...connectionRequestRequirements,
  ...rebootRequirements,
];
