import { accessListMutants } from "./access-list.ts";
import { acsMessagesMutants } from "./acs-messages.ts";
import { addObjectMutants } from "./add-object.ts";
import { bootEventsMutants } from "./boot-events.ts";
import { connectionMutants } from "./connection.ts";
import { connectionRequestMutants } from "./connection-request.ts";
import { connectionRequestLoadMutants } from "./connection-request-load.ts";
import { cookiesMutants } from "./cookies.ts";
import { deleteObjectMutants } from "./delete-object.ts";
import { eventDeliveryMutants } from "./event-delivery.ts";
import { faultsMutants } from "./faults.ts";
import { getParameterAttributesMutants } from "./get-parameter-attributes.ts";
import { getParameterNamesMutants } from "./get-parameter-names.ts";
import { getParameterNamesPathsMutants } from "./get-parameter-names-paths.ts";
import { getParameterValuesMutants } from "./get-parameter-values.ts";
import { getRpcMethodsMutants } from "./get-rpc-methods.ts";
import { holdRequestsMutants } from "./hold-requests.ts";
import { httpResponsesMutants } from "./http-responses.ts";
import { httpRulesMutants } from "./http-rules.ts";
import { informMutants } from "./inform.ts";
import { malformedAnswersMutants } from "./malformed-answers.ts";
import type { Mutant } from "./mutant.ts";
import { notificationMutants } from "./notification.ts";
import { notificationAttributeMutants } from "./notification-attribute.ts";
import { notificationDeliveryMutants } from "./notification-delivery.ts";
import { objectPathsMutants } from "./object-paths.ts";
import { rebootMutants } from "./reboot.ts";
import { redirectsMutants } from "./redirects.ts";
import { scheduleInformMutants } from "./schedule-inform.ts";
import { sessionMutants } from "./session.ts";
import { sessionEndMutants } from "./session-end.ts";
import { sessionFaultsMutants } from "./session-faults.ts";
import { setParameterAttributesMutants } from "./set-parameter-attributes.ts";
import { setParameterValuesMutants } from "./set-parameter-values.ts";
import { setParameterValuesFaultsMutants } from "./set-parameter-values-faults.ts";
import { setParameterValuesTypesMutants } from "./set-parameter-values-types.ts";
import { soapRulesMutants } from "./soap-rules.ts";

/** Every phone with one thing wrong. */
export const mutants: readonly Mutant[] = [
  ...accessListMutants,
  ...acsMessagesMutants,
  ...addObjectMutants,
  ...bootEventsMutants,
  ...connectionRequestLoadMutants,
  ...connectionRequestMutants,
  ...connectionMutants,
  ...cookiesMutants,
  ...deleteObjectMutants,
  ...eventDeliveryMutants,
  ...faultsMutants,
  ...getParameterAttributesMutants,
  ...getParameterNamesPathsMutants,
  ...getParameterNamesMutants,
  ...getParameterValuesMutants,
  ...getRpcMethodsMutants,
  ...holdRequestsMutants,
  ...httpResponsesMutants,
  ...httpRulesMutants,
  ...informMutants,
  ...malformedAnswersMutants,
  ...notificationAttributeMutants,
  ...notificationDeliveryMutants,
  ...notificationMutants,
  ...objectPathsMutants,
  ...rebootMutants,
  ...redirectsMutants,
  ...scheduleInformMutants,
  ...sessionEndMutants,
  ...sessionFaultsMutants,
  ...sessionMutants,
  ...setParameterAttributesMutants,
  ...setParameterValuesFaultsMutants,
  ...setParameterValuesTypesMutants,
  ...setParameterValuesMutants,
  ...soapRulesMutants,
];
