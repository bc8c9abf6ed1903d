import { acsMessagesMutants } from "./acs-messages.ts";
import { addObjectMutants } from "./add-object.ts";
import { connectionMutants } from "./connection.ts";
import { connectionRequestMutants } from "./connection-request.ts";
import { connectionRequestLoadMutants } from "./connection-request-load.ts";
import { cookiesMutants } from "./cookies.ts";
import { deleteObjectMutants } from "./delete-object.ts";
import { faultsMutants } from "./faults.ts";
import { getParameterNamesMutants } from "./get-parameter-names.ts";
import { getParameterNamesPathsMutants } from "./get-parameter-names-paths.ts";
import { getParameterValuesMutants } from "./get-parameter-values.ts";
import { getRpcMethodsMutants } from "./get-rpc-methods.ts";
import { httpResponsesMutants } from "./http-responses.ts";
import { httpRulesMutants } from "./http-rules.ts";
import { informMutants } from "./inform.ts";
import { malformedAnswersMutants } from "./malformed-answers.ts";
import type { Mutant } from "./mutant.ts";
import { objectPathsMutants } from "./object-paths.ts";
import { rebootMutants } from "./reboot.ts";
import { redirectsMutants } from "./redirects.ts";
import { scheduleInformMutants } from "./schedule-inform.ts";
import { setParameterValuesMutants } from "./set-parameter-values.ts";
import { setParameterValuesFaultsMutants } from "./set-parameter-values-faults.ts";
import { setParameterValuesTypesMutants } from "./set-parameter-values-types.ts";
import { soapRulesMutants } from "./soap-rules.ts";

/** Every phone with one thing wrong. */
export const mutants: readonly Mutant[] = [
  ...acsMessagesMutants,
  ...addObjectMutants,
  ...connectionRequestLoadMutants,
  ...connectionRequestMutants,
  ...connectionMutants,
  ...cookiesMutants,
  ...deleteObjectMutants,
  ...faultsMutants,
  ...getParameterNamesPathsMutants,
  ...getParameterNamesMutants,
  ...getParameterValuesMutants,
  ...getRpcMethodsMutants,
  ...httpResponsesMutants,
  ...httpRulesMutants,
  ...informMutants,
  ...malformedAnswersMutants,
  ...objectPathsMutants,
  ...rebootMutants,
  ...redirectsMutants,
  ...scheduleInformMutants,
  ...setParameterValuesFaultsMutants,
  ...setParameterValuesTypesMutants,
  ...setParameterValuesMutants,
  ...soapRulesMutants,
];
