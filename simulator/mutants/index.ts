import { acsMessagesMutants } from "./acs-messages.ts";
import { connectionMutants } from "./connection.ts";
import { cookiesMutants } from "./cookies.ts";
import { faultsMutants } from "./faults.ts";
import { getParameterNamesPathsMutants } from "./get-parameter-names-paths.ts";
import { getParameterNamesMutants } from "./get-parameter-names.ts";
import { getParameterValuesMutants } from "./get-parameter-values.ts";
import { getRpcMethodsMutants } from "./get-rpc-methods.ts";
import { httpResponsesMutants } from "./http-responses.ts";
import { httpRulesMutants } from "./http-rules.ts";
import { malformedAnswersMutants } from "./malformed-answers.ts";
import type { Mutant } from "./mutant.ts";
import { redirectsMutants } from "./redirects.ts";
import { setParameterValuesFaultsMutants } from "./set-parameter-values-faults.ts";
import { setParameterValuesTypesMutants } from "./set-parameter-values-types.ts";
import { setParameterValuesMutants } from "./set-parameter-values.ts";

/** Every phone with one thing wrong. */
export const mutants: readonly Mutant[] = [
  ...acsMessagesMutants,
  ...connectionMutants,
  ...cookiesMutants,
  ...faultsMutants,
  ...getParameterNamesPathsMutants,
  ...getParameterNamesMutants,
  ...getParameterValuesMutants,
  ...getRpcMethodsMutants,
  ...httpResponsesMutants,
  ...httpRulesMutants,
  ...malformedAnswersMutants,
  ...redirectsMutants,
  ...setParameterValuesFaultsMutants,
  ...setParameterValuesTypesMutants,
  ...setParameterValuesMutants,
];
