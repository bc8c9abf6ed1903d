import type { UspReply } from "../../../harness/controller/controller.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { type Finding, holds, same } from "../../../harness/core/finding.ts";

/** What `judge` finds in the response of this type, `GET_RESP`; anything else that came is one bad finding. */
export function* inResponse(
  requirement: string,
  { summary }: UspReply,
  type: string,
  judge: () => Iterable<Finding>,
): Iterable<Finding> {
  if (summary.value === type) yield* judge();
  else yield same(requirement, summary, type);
}

/** That the reply is an Error, whatever its code. */
export const refuses = (requirement: string, { kind, summary: { value, where } }: UspReply): Finding =>
  holds(requirement, kind === "error", { expected: "an Error", actual: value, where });

/** Whether a Get of the agent's EndpointID was answered with one: a sign of life. Under which path it is told, other cases judge. */
export const tellsEndpointId = (reply: UspReply): boolean =>
  [...parametersIn(reply)].some(([name, { value = "" }]) => name.endsWith("EndpointID") && value !== "");
