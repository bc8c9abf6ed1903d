import { byPlan, type Finding, holds, type Located, oneOf } from "../../../harness/core/finding.ts";

/** Requests to an agent that can fail. */
export type FailingRequest = "Add" | "Set" | "Delete" | "Get" | "GetInstances" | "GetSupportedDM" | "Operate";

/**
 * Error codes that suit each request: those that its own section lists ("… Message Supported Error Codes"), and those that the table
 * of error codes gives for it or for any message. Codes of the data model and of vendors suit every request.
 */
const ALWAYS = /^7(?:00[0-8]|016|026|2\d\d|[89]\d\d)$/;
const SUITABLE: Readonly<Record<FailingRequest, RegExp>> = {
  Add: /^70(?:0\d|1\d|2[156])$/,
  Set: /^70(?:0\d|1[0-6]|2[0156])$/,
  Delete: /^70(?:15|18|24)$/,
  Get: /^7010$/,
  GetInstances: /^7018$/,
  GetSupportedDM: /^(?!)/,
  Operate: /^70(?:22|23|27)$/,
};

/** Whether a code is one that the tables of TR-369 have for a request: all that TP-469 means by "an appropriate error code". */
export const suits = (request: FailingRequest, code: string | undefined): boolean =>
  code !== undefined && (ALWAYS.test(code) || SUITABLE[request].test(code));

/**
 * That a request failed with the code that TR-369 has for this failure (or one of them, where it leaves a choice). TP-469 takes any code
 * that suits the request.
 */
export const errorCode = (
  requirement: string,
  seen: Located,
  exact: number | readonly number[],
  request: FailingRequest,
): Finding => byPlan(oneOf(requirement, seen, [exact].flat()), suits(request, seen.value));

/** That a request failed with a code that suits it, where TR-369 has no single one for the failure. */
export const fittingCode = (requirement: string, { value, where }: Located, request: FailingRequest): Finding =>
  holds(requirement, suits(request, value), { expected: `a code that suits a failed ${request}`, actual: value, where });
