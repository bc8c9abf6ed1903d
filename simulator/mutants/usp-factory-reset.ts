import type { Mutant } from "./mutant.ts";

/** Phones that go wrong with Device.FactoryReset(). */
export const uspFactoryResetMutants: readonly Mutant[] = [
  {
    id: "usp-reset-ignored",
    phone: "A phone that answers Device.FactoryReset() and does nothing.",
    breaks: "TR-181:FactoryReset#forgets",
    caught: { "usp.operate.factory-reset": ["TR-181:FactoryReset#forgets"] },
    change: ({ usp }) => ({ usp: { obeys: (command) => command !== "Device.FactoryReset()" && usp.obeys(command) } }),
  },
  {
    id: "usp-reset-unanswered",
    phone: "A phone that resets itself before it answers Device.FactoryReset().",
    breaks: "TR-181:FactoryReset#response",
    caught: { "usp.operate.factory-reset": ["TR-181:FactoryReset#response"] },
    change: () => ({
      usp: {
        answer(answer) {
          const [first] =
            answer.kind === "response" && answer.response.case === "operateResp"
              ? (answer.response.value.operationResults ?? [])
              : [];
          return first?.executedCommand === "Device.FactoryReset()" ? { kind: "none" } : answer;
        },
      },
    }),
  },
];
