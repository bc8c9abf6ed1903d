import { create } from "@bufbuild/protobuf";
import {
  type AddResp_CreatedObjectResult as Created,
  AddResp_CreatedObjectResultSchema as CreatedSchema,
} from "../../schema/usp/msg_pb.ts";
import type { Mutant } from "./mutant.ts";
import { responding } from "./usp-answer.ts";

/** Changes the results of an AddResp. */
const results = (edit: (results: readonly Created[]) => readonly Created[]): Mutant["change"] =>
  responding("addResp", ({ createdObjResults = [] }) => ({
    createdObjResults: [...edit(createdObjResults.map((one) => create(CreatedSchema, one)))],
  }));

/** Changes the unique keys that an AddResp tells of each new object. */
const keys = (edit: (keys: Readonly<Record<string, string>>) => Record<string, string>): Mutant["change"] =>
  results((all) => {
    for (const { operStatus } of all)
      if (operStatus?.operStatus.case === "operSuccess")
        operStatus.operStatus.value.uniqueKeys = edit(operStatus.operStatus.value.uniqueKeys);
    return all;
  });

const without = (keys: Readonly<Record<string, string>>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(keys).filter(([key]) => key !== name));

/** Phones that do another thing than Add asks for (TR-369 "The Add Message"). */
export const uspAddMutants: readonly Mutant[] = [
  {
    id: "usp-add-required-alone",
    phone: "A phone that takes from an Add the parameters alone that are required.",
    breaks: "TP-469:1.1#values",
    caught: {
      "usp.add.creates-one": ["TP-469:1.1#created", "TP-469:1.1#values"],
      "usp.add.creates-one-partial": ["TR-369:R-ADD.0", "TP-469:1.1#values"],
      "usp.add.creates-several": ["TP-469:1.1#created", "TP-469:1.1#values"],
      "usp.add.inside-by-key": ["TP-469:1.10#created"],
      "usp.add.one-fails-partial": ["TR-369:R-ADD.0"],
      "usp.add.optional-fails": ["TR-369:R-ADD.4"],
      "usp.add.taken-key": ["TP-469:1.88#key-required"],
      "usp.add.invalid-key": ["TP-469:1.88#key-required"],
    },
    change: ({ usp }) => ({
      usp: {
        settings: (settings, request) => usp.settings(settings, request).filter(({ required }) => required || request !== "add"),
      },
    }),
  },
  {
    id: "usp-add-first-told",
    phone: "A phone that tells of one object in an AddResp, however many it was asked for.",
    breaks: "TP-469:1.1#created",
    caught: {
      "usp.add.creates-several": ["TP-469:1.1#created"],
      "usp.add.gives-keys": ["TR-369:R-ADD.5"],
      "usp.add.one-fails-partial": ["TP-469:1.8#failure"],
      "usp.add.search-path-fails-partial": ["TR-369:R-ADD.0"],
    },
    change: results((all) => all.slice(0, 1)),
  },
  {
    id: "usp-add-id-untold",
    phone: "A phone that does not tell the ID of a new subscription.",
    breaks: "TP-469:1.1#unique-keys",
    caught: {
      "usp.add.creates-one": ["TP-469:1.1#unique-keys"],
      "usp.add.creates-several": ["TP-469:1.1#unique-keys"],
      "usp.add.gives-keys": ["TR-369:R-ADD.5"],
    },
    change: keys((told) => without(told, "ID")),
  },
  {
    id: "usp-add-one-key-for-all",
    phone: "A phone that tells the same name of its own for all new objects.",
    breaks: "TP-469:1.81#unique",
    caught: { "usp.add.gives-keys": ["TP-469:1.81#unique"] },
    change: keys((told) => ({ ...told, Alias: "cpe-new" })),
  },
  {
    id: "usp-add-no-expressions",
    phone: "A phone that takes an expression in an Add for a path that is none.",
    breaks: "TP-469:1.10#created",
    caught: {
      "usp.add.inside-by-key": ["TP-469:1.10#created"],
      "usp.add.search-path": ["TP-469:1.95#created"],
      "usp.add.search-path-fails-partial": ["TR-369:R-ADD.0"],
      "usp.add.nothing-matches": ["TR-369:R-MSG.4a"],
    },
    change: ({ usp }) => ({
      usp: { withDot: (path, request) => (request === "add" && path.includes("[") ? "" : usp.withDot(path, request)) },
    }),
  },
  {
    id: "usp-add-always-partial",
    phone: "A phone that answers every Add as if allow_partial were set.",
    breaks: "TR-369:R-ADD.1",
    caught: {
      "usp.add.required-fails": ["TR-369:R-ADD.1"],
      "usp.add.unknown-object": ["TR-369:R-ADD.1"],
      "usp.add.one-unknown-object": ["TR-369:R-ADD.1"],
      "usp.add.one-required-fails": ["TR-369:R-ADD.1"],
      "usp.add.taken-key": ["TP-469:1.88#key-required"],
      "usp.add.invalid-key": ["TP-469:1.88#key-required"],
      "usp.add.search-path-fails": ["TR-369:R-ADD.2a"],
    },
    change: ({ usp }) => ({
      usp: { failsMessage: (allowPartial, request) => request !== "add" && usp.failsMessage(allowPartial, request) },
    }),
  },
  {
    id: "usp-add-all-or-nothing",
    phone: "A phone that answers every Add as if allow_partial were not set.",
    breaks: "TR-369:R-ADD.0",
    caught: {
      "usp.add.required-fails-partial": ["TP-469:1.8#failure"],
      "usp.add.one-fails-partial": ["TP-469:1.8#failure", "TR-369:R-ADD.0"],
      "usp.add.search-path-fails-partial": ["TR-369:R-ADD.0"],
    },
    change: ({ usp }) => ({
      usp: { failsMessage: (allowPartial, request) => request === "add" || usp.failsMessage(allowPartial, request) },
    }),
  },
  {
    id: "usp-add-half-done",
    phone: "A phone that refuses an Add and keeps the objects that it had made until then.",
    breaks: "TR-369:R-ADD.1",
    caught: {
      "usp.add.one-unknown-object": ["TR-369:R-ADD.1"],
      "usp.add.one-required-fails": ["TR-369:R-ADD.1"],
      "usp.add.search-path-fails": ["TR-369:R-ADD.2a"],
    },
    change: ({ usp }) => ({
      usp: { undoes: (what, request) => (what !== "message" || request !== "add") && usp.undoes(what, request) },
    }),
  },
  {
    id: "usp-add-required-ignored",
    phone: "A phone that creates an object although a required parameter of it fails.",
    breaks: "TR-369:R-ADD.3",
    caught: {
      "usp.add.required-fails": ["TR-369:R-ADD.1", "TR-369:R-ADD.3"],
      "usp.add.one-required-fails": ["TR-369:R-ADD.1"],
      "usp.add.required-fails-partial": ["TP-469:1.8#failure", "TR-369:R-ADD.3"],
      "usp.add.one-fails-partial": ["TP-469:1.8#failure", "TR-369:R-ADD.3"],
    },
    change: ({ usp }) => ({
      usp: { failsObject: (required, isKey, request) => usp.failsObject(required && request !== "add", isKey, request) },
    }),
  },
  {
    id: "usp-add-key-optional",
    phone: "A phone that gives a new object another key when it cannot have the one in the Add.",
    breaks: "TP-469:1.88#key-required",
    caught: {
      "usp.add.taken-key": ["TP-469:1.88#key-required"],
      "usp.add.invalid-key": ["TP-469:1.88#key-required"],
    },
    change: ({ usp }) => ({ usp: { failsObject: (required, _isKey, request) => usp.failsObject(required, false, request) } }),
  },
  {
    id: "usp-add-failed-untold",
    phone: "A phone that does not tell which parameters of a new object it could not set.",
    breaks: "TR-369:R-ADD.4",
    caught: { "usp.add.optional-fails": ["TR-369:R-ADD.4"] },
    change: ({ usp }) => ({
      usp: { toldFailures: (failed, request) => (request === "add" ? [] : usp.toldFailures(failed, request)) },
    }),
  },
  {
    id: "usp-add-object-in-error",
    phone: "A phone that names in the Error to an Add the object, and not the parameter, that failed.",
    breaks: "TP-469:1.3#param-errs",
    caught: {
      "usp.add.required-fails": ["TP-469:1.3#param-errs"],
      "usp.add.one-required-fails": ["TP-469:1.3#param-errs"],
    },
    change: ({ usp }) => ({
      usp: {
        answer: (given, to) => {
          const answer = usp.answer(structuredClone(given), to);
          if (answer.kind !== "error" || to !== "add") return answer;
          const params = answer.params.map((one) => ({ ...one, paramPath: one.paramPath.replace(/\w+$/, "") }));
          return { ...answer, params };
        },
      },
    }),
  },
  {
    id: "usp-add-unknown-as-absent",
    phone: "A phone that says of an object outside its data model that it does not exist now.",
    breaks: "TP-469:1.4#param-errs",
    caught: {
      "usp.add.unknown-object": ["TP-469:1.4#param-errs"],
      "usp.add.one-unknown-object": ["TP-469:1.4#param-errs"],
    },
    change: ({ usp }) => ({
      usp: { pathCode: (problem, request) => (request === "add" ? 7016 : usp.pathCode(problem, request)) },
    }),
  },
  {
    id: "usp-add-failure-of-set",
    phone: "A phone that says of an object that it could not create that it could not be updated.",
    breaks: "TP-469:1.8#failure",
    caught: {
      "usp.add.required-fails-partial": ["TP-469:1.8#failure"],
      "usp.add.one-fails-partial": ["TP-469:1.8#failure"],
    },
    change: ({ usp }) => ({ usp: { objectCode: (request, code) => (request === "add" ? 7020 : usp.objectCode(request, code)) } }),
  },
  {
    id: "usp-add-no-match-fails",
    phone: "A phone that tells a failure when the search path of an Add matches nothing.",
    breaks: "TR-369:R-MSG.4a",
    caught: { "usp.add.nothing-matches": ["TR-369:R-MSG.4a"] },
    change: ({ usp }) => ({ usp: { absentCode: (request) => (request === "add" ? 7016 : usp.absentCode(request)) } }),
  },
];
