import { type ResponseBody, respond } from "../usp/answer.ts";
import type { Mutant } from "./mutant.ts";

type Kind = NonNullable<ResponseBody["case"]>;
type ValueOf<K extends Kind> = NonNullable<Extract<ResponseBody, { readonly case: K }>["value"]>;

/** Gives something else in place of the responses of one kind; `edit` may change what it is given. */
export const responding =
  <K extends Kind>(kind: K, edit: (value: ValueOf<K>) => ValueOf<K>): Mutant["change"] =>
  ({ usp }) => ({
    usp: {
      answer: (given, to) => {
        const answer = usp.answer(structuredClone(given), to);
        if (answer.kind !== "response" || answer.response.case !== kind) return answer;
        // The compiler does not see that case and value belong together when the case is a type parameter.
        return respond({ case: kind, value: edit(answer.response.value as ValueOf<K>) } as ResponseBody);
      },
    },
  });

/** Calls commands by other names in what it answers to Operate. */
export const calling = (rename: (command: string) => string): Mutant["change"] =>
  responding("operateResp", ({ operationResults = [] }) => ({
    operationResults: operationResults.map((one) => ({ ...one, executedCommand: rename(one.executedCommand ?? "") })),
  }));
