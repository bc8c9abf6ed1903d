import type { Mutant } from "./mutant.ts";

const DELETED = "TP-469:1.24#deleted";
const PARAM_ERRS = "TP-469:1.26#param-errs";
const FAILURE = "TP-469:1.30#failure";
const PARTIAL = "TR-369:R-DEL.0";
const HOLISTIC = "TR-369:R-DEL.1";
const NOTHING = "TR-369:R-DEL.2a";

/** Phones that answer Delete wrongly (TR-369 "The Delete Message"). */
export const uspDeleteMutants: readonly Mutant[] = [
  {
    id: "usp-delete-untold",
    phone: "A phone that does not tell what it has deleted.",
    breaks: DELETED,
    caught: {
      "usp.delete.instance": [DELETED],
      "usp.delete.several": [DELETED],
      "usp.delete.several-with-unknown-partial": [PARTIAL],
      "usp.delete.several-with-absent": [PARTIAL],
      "usp.delete.unique-key": ["TR-369:R-MSG.3"],
      "usp.delete.wildcard": ["TR-369:R-ARC.10"],
      "usp.delete.search": ["TR-369:R-ARC.9"],
    },
    change: () => ({ usp: { toldGone: () => [] } }),
  },
  {
    id: "usp-delete-told-as-asked",
    phone: "A phone that tells an instance that it has deleted by the path that it was asked for.",
    breaks: "TR-369:R-MSG.3",
    caught: {
      "usp.delete.unique-key": ["TR-369:R-MSG.3"],
      "usp.message.instance-numbers": ["TR-369:R-MSG.3"],
      "usp.message.path-syntax": ["TR-369:R-ARC.7"],
    },
    change: ({ usp }) => ({
      usp: { toldGone: (paths, asked) => (paths.length === 1 ? [asked] : usp.toldGone(paths, asked)) },
    }),
  },
  {
    id: "usp-delete-absent-error",
    phone: "A phone that fails to delete what is not there.",
    breaks: NOTHING,
    caught: {
      "usp.delete.absent-instance": ["TP-469:1.25#absent"],
      "usp.delete.absent-instance-partial": [NOTHING],
      "usp.delete.several-with-absent": [NOTHING],
      "usp.delete.unmatched-search": [NOTHING],
    },
    change: ({ usp }) => ({ usp: { absentCode: (request) => (request === "delete" ? 7016 : usp.absentCode(request)) } }),
  },
  {
    id: "usp-delete-always-partial",
    phone: "A phone that deletes what it can without allow_partial too.",
    breaks: HOLISTIC,
    caught: {
      "usp.delete.unknown-object": [HOLISTIC, PARAM_ERRS],
      "usp.delete.several-with-unknown": [HOLISTIC, PARAM_ERRS],
      "usp.delete.fixed-instance": [HOLISTIC],
      "usp.delete.table": [HOLISTIC],
    },
    change: ({ usp }) => ({
      usp: { failsMessage: (allowPartial, request) => request !== "delete" && usp.failsMessage(allowPartial, request) },
    }),
  },
  {
    id: "usp-delete-never-partial",
    phone: "A phone that deletes all or nothing with allow_partial too.",
    breaks: PARTIAL,
    caught: {
      "usp.delete.unknown-object-partial": [FAILURE],
      "usp.delete.several-with-unknown-partial": [PARTIAL, FAILURE],
    },
    change: ({ usp }) => ({
      usp: { failsMessage: (allowPartial, request) => request === "delete" || usp.failsMessage(allowPartial, request) },
    }),
  },
  {
    id: "usp-delete-half-done",
    phone: "A phone that leaves deleted what came before the path that made a Delete fail.",
    breaks: HOLISTIC,
    caught: { "usp.delete.several-with-unknown": [HOLISTIC] },
    change: ({ usp }) => ({
      usp: { undoes: (what, request) => request !== "delete" && usp.undoes(what, request) },
    }),
  },
  {
    id: "usp-delete-error-without-path",
    phone: "A phone that does not tell which path made a Delete fail.",
    breaks: PARAM_ERRS,
    caught: { "usp.delete.unknown-object": [PARAM_ERRS], "usp.delete.several-with-unknown": [PARAM_ERRS] },
    change: ({ usp }) => ({
      usp: {
        answer(given, to) {
          const answer = usp.answer(given, to);
          return answer.kind === "error" && to === "delete" ? { ...answer, params: [] } : answer;
        },
      },
    }),
  },
  {
    id: "usp-delete-unknown-7010",
    phone: "A phone that fails to delete what is not in its data model as if it were a parameter.",
    breaks: FAILURE,
    caught: {
      "usp.delete.unknown-object": [PARAM_ERRS],
      "usp.delete.several-with-unknown": [PARAM_ERRS],
      "usp.delete.unknown-object-partial": [FAILURE],
      "usp.delete.several-with-unknown-partial": [FAILURE],
    },
    change: ({ usp }) => ({
      usp: { pathCode: (problem, request) => (request === "delete" ? 7010 : usp.pathCode(problem, request)) },
    }),
  },
];
