import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn, supportedPath } from "../../harness/controller/read.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds, matches, same } from "../../harness/core/finding.ts";
import { folded } from "../support/passive.ts";

const LEXICAL = "TR-369:R-ENC.6";

/** Lexical forms by type (TR-106 Appendix I.4, which takes those of SOAP and XML Schema). */
const FORMS: Readonly<Record<string, RegExp>> = {
  PARAM_BASE_64: /^(?:[A-Za-z0-9+/\s]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  PARAM_BOOLEAN: /^(?:true|false|1|0)$/,
  PARAM_DATE_TIME: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/,
  PARAM_DECIMAL: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/,
  PARAM_HEX_BINARY: /^(?:[0-9A-Fa-f]{2})*$/,
  PARAM_INT: /^[+-]?\d+$/,
  PARAM_LONG: /^[+-]?\d+$/,
  PARAM_UNSIGNED_INT: /^\+?\d+$/,
  PARAM_UNSIGNED_LONG: /^\+?\d+$/,
};

export const valueCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.values.lexical-forms",
    title: "gives values in the lexical forms of their types",
    proves: [LEXICAL],
    async drive({ controller, agent }) {
      const reply = await controller.get(["Device.LocalAgent."]);
      const typed = [...parametersIn(reply)].flatMap(([path, seen]) => {
        const cut = path.lastIndexOf(".") + 1;
        const type = agent.objects.get(supportedPath(path.slice(0, cut)))?.params.get(path.slice(cut))?.type ?? "";
        return FORMS[type] === undefined ? [] : [{ path, type, seen }];
      });
      return { reply, typed };
    },
    *judge({ reply, typed }) {
      yield same(LEXICAL, reply.summary, "GET_RESP");
      yield holds(LEXICAL, typed.length > 0, {
        expected: "values of parameters whose type the agent tells",
        actual: `${typed.length} values`,
        where: reply.summary.where,
      });
      yield* folded(
        LEXICAL,
        typed.map(({ path, type, seen }) => {
          // A text that was sent empty is absent.
          const value = seen.value ?? "";
          return matches(LEXICAL, { ...seen, value }, FORMS[type] ?? /^/, `${path} as ${type.replace("PARAM_", "")}`);
        }),
      );
    },
  }),
];
