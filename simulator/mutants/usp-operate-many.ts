import type { Mutant } from "./mutant.ts";

/** Devices that go wrong when one Operate calls the commands of several objects. */
export const uspOperateManyMutants: readonly Mutant[] = [
  {
    id: "usp-operate-many-error",
    rig: "generic",
    phone: "A phone that answers an Operate on several objects by an Error when it fails on one of them.",
    breaks: "TR-369:R-OPR.1",
    caught: { "usp.operate.many-fail": ["TR-369:R-OPR.1"] },
    change: () => ({
      usp: {
        answer(answer) {
          if (answer.kind !== "response" || answer.response.case !== "operateResp") return answer;
          const { operationResults = [] } = answer.response.value;
          const fails = operationResults.some(({ operationResp }) => operationResp?.case === "cmdFailure");
          return fails && operationResults.length > 1 ? { kind: "error", code: 7022, params: [] } : answer;
        },
      },
    }),
  },
  {
    id: "usp-operate-many-one-request",
    rig: "generic",
    phone: "A phone that tells one Request object for all objects on which a command runs.",
    breaks: "TR-369:R-OPR.2",
    caught: { "usp.operate.many-requests": ["TR-369:R-OPR.2"] },
    change: () => ({
      usp: {
        answer(answer) {
          if (answer.kind !== "response" || answer.response.case !== "operateResp") return answer;
          const { operationResults = [] } = answer.response.value;
          const [first] = operationResults;
          const same = operationResults.map(({ executedCommand = "" }) => ({
            executedCommand,
            operationResp: first?.operationResp ?? { case: undefined },
          }));
          return { kind: "response", response: { case: "operateResp", value: { operationResults: same } } };
        },
      },
    }),
  },
];
