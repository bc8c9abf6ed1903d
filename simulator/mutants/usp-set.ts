import { create } from "@bufbuild/protobuf";
import {
  type SetResp_UpdatedObjectResult as Updated,
  SetResp_UpdatedObjectResultSchema as UpdatedSchema,
} from "../../schema/usp/msg_pb.ts";
import type { Mutant } from "./mutant.ts";
import { responding } from "./usp-answer.ts";

/** Changes the results of a SetResp. */
const results = (edit: (result: Updated["operStatus"]) => void): Mutant["change"] =>
  responding("setResp", ({ updatedObjResults = [] }) => {
    const edited = updatedObjResults.map((one) => create(UpdatedSchema, one));
    for (const { operStatus } of edited) edit(operStatus);
    return { updatedObjResults: edited };
  });

/** A parameter of subscriptions that the test plan writes. */
const isSwitch = (name: string): boolean => name === "NotifRetry";

/** Phones that do another thing than Set asks for (TR-369 "The Set Message"). */
export const uspSetMutants: readonly Mutant[] = [
  {
    id: "usp-set-values-untold",
    phone: "A phone that does not tell which parameters a Set has updated.",
    breaks: "TP-469:1.11#updated",
    caught: {
      "usp.set.updates-one": ["TP-469:1.11#updated"],
      "usp.set.updates-one-partial": ["TP-469:1.11#updated"],
      "usp.set.updates-several": ["TP-469:1.11#updated"],
      "usp.set.by-key": ["TP-469:1.11#updated"],
      "usp.set.wildcard": ["TP-469:1.11#updated"],
      "usp.set.expression": ["TP-469:1.11#updated"],
    },
    change: () => ({ usp: { toldUpdates: () => ({}) } }),
  },
  {
    id: "usp-set-first-told",
    phone: "A phone that tells one of the objects that a search path of a Set has matched.",
    breaks: "TP-469:1.11#updated",
    caught: { "usp.set.wildcard": ["TP-469:1.11#updated"] },
    change: results((result) => {
      if (result?.operStatus.case === "operSuccess") result.operStatus.value.updatedInstResults.splice(1);
    }),
  },
  {
    id: "usp-set-retry-stays-off",
    phone: "A phone that says it has turned NotifRetry on, and has not.",
    breaks: "TP-469:1.11#value",
    caught: {
      "usp.set.updates-one": ["TP-469:1.11#value"],
      "usp.set.updates-one-partial": ["TR-369:R-SET.0"],
      "usp.set.updates-several": ["TP-469:1.11#value"],
      "usp.set.one-fails-partial": ["TR-369:R-SET.0"],
      "usp.set.optional-fails-partial": ["TP-469:1.11#value"],
      "usp.set.optional-fails": ["TP-469:1.11#value"],
      "usp.set.by-key": ["TP-469:1.11#value"],
      "usp.set.wildcard": ["TP-469:1.11#value"],
      "usp.set.expression": ["TP-469:1.11#value"],
    },
    change: ({ usp }) => ({
      usp: {
        settings: (settings, request) =>
          usp
            .settings(settings, request)
            .map((one) => (request === "set" && isSwitch(one.param) ? { ...one, value: "false" } : one)),
      },
    }),
  },
  {
    id: "usp-set-always-partial",
    phone: "A phone that answers every Set as if allow_partial were set.",
    breaks: "TR-369:R-SET.1",
    caught: {
      "usp.set.required-fails": ["TR-369:R-SET.1"],
      "usp.set.one-required-fails": ["TR-369:R-SET.1"],
      "usp.set.unique-key": ["TR-369:R-KEY.1"],
      "usp.set.write-once": ["TP-469:1.104#write-once"],
      "usp.set.wildcard-fails": ["TR-369:R-SET.1"],
    },
    change: ({ usp }) => ({
      usp: { failsMessage: (allowPartial, request) => request !== "set" && usp.failsMessage(allowPartial, request) },
    }),
  },
  {
    id: "usp-set-all-or-nothing",
    phone: "A phone that answers every Set as if allow_partial were not set.",
    breaks: "TR-369:R-SET.0",
    caught: { "usp.set.one-fails-partial": ["TP-469:1.16#failure", "TR-369:R-SET.0"] },
    change: ({ usp }) => ({
      usp: { failsMessage: (allowPartial, request) => request === "set" || usp.failsMessage(allowPartial, request) },
    }),
  },
  {
    id: "usp-set-half-done",
    phone: "A phone that refuses a Set and keeps what it had updated until then.",
    breaks: "TR-369:R-SET.1",
    caught: { "usp.set.one-required-fails": ["TR-369:R-SET.1"] },
    change: ({ usp }) => ({
      usp: { undoes: (what, request) => (what !== "message" || request !== "set") && usp.undoes(what, request) },
    }),
  },
  {
    id: "usp-set-object-half-done",
    phone: "A phone that keeps what it had updated until a required parameter failed.",
    breaks: "TR-369:R-SET.2a",
    caught: {
      "usp.set.one-fails-partial": ["TR-369:R-SET.2"],
      "usp.set.wildcard-fails-partial": ["TR-369:R-SET.2a"],
    },
    change: ({ usp }) => ({ usp: { undoes: (what, request) => what !== "path" && usp.undoes(what, request) } }),
  },
  {
    id: "usp-set-required-ignored",
    phone: "A phone that updates an object although a required parameter of it fails.",
    breaks: "TR-369:R-SET.2",
    caught: {
      "usp.set.required-fails": ["TR-369:R-SET.1", "TR-369:R-SET.2"],
      "usp.set.one-required-fails": ["TR-369:R-SET.1"],
      "usp.set.one-fails-partial": ["TP-469:1.16#failure", "TR-369:R-SET.2"],
      "usp.set.unique-key": ["TR-369:R-KEY.1"],
      "usp.set.write-once": ["TP-469:1.104#write-once"],
      "usp.set.wildcard-fails": ["TR-369:R-SET.1"],
      "usp.set.wildcard-fails-partial": ["TR-369:R-SET.2a"],
    },
    change: ({ usp }) => ({
      usp: { failsObject: (required, isKey, request) => usp.failsObject(required && request !== "set", isKey, request) },
    }),
  },
  {
    id: "usp-set-unknown-as-path",
    phone: "A phone that says of a parameter outside its data model that its path is invalid.",
    breaks: "TP-469:1.14#param-errs",
    caught: {
      "usp.set.required-fails": ["TP-469:1.14#param-errs"],
      "usp.set.one-required-fails": ["TP-469:1.14#param-errs"],
      "usp.set.one-fails-partial": ["TP-469:1.16#failure"],
      "usp.set.optional-fails-partial": ["TP-469:1.17#param-errs"],
      "usp.set.optional-fails": ["TP-469:1.17#param-errs"],
      "usp.set.wildcard-fails": ["TP-469:1.14#param-errs"],
    },
    change: ({ usp }) => ({ usp: { paramCode: (code, name) => (code === 7010 ? 7026 : usp.paramCode(code, name)) } }),
  },
  {
    id: "usp-set-parameter-alone-in-error",
    phone: "A phone that names a parameter in the Error to a Set without its object.",
    breaks: "TP-469:1.14#param-errs",
    caught: {
      "usp.set.required-fails": ["TP-469:1.14#param-errs"],
      "usp.set.one-required-fails": ["TP-469:1.14#param-errs"],
      "usp.set.wildcard-fails": ["TP-469:1.14#param-errs"],
    },
    change: ({ usp }) => ({
      usp: {
        answer: (given, to) => {
          const answer = usp.answer(structuredClone(given), to);
          if (answer.kind !== "error" || to !== "set") return answer;
          return { ...answer, params: answer.params.map((one) => ({ ...one, paramPath: one.paramPath.replace(/^.*\./, "") })) };
        },
      },
    }),
  },
  {
    id: "usp-set-failures-untold",
    phone: "A phone that does not tell which objects a Set with allow_partial could not update.",
    breaks: "TP-469:1.16#failure",
    caught: {
      "usp.set.one-fails-partial": ["TP-469:1.16#failure"],
      "usp.set.wildcard-fails-partial": ["TR-369:R-SET.2a"],
    },
    change: results((result) => {
      if (result?.operStatus.case === "operFailure") result.operStatus.value.updatedInstFailures.splice(0);
    }),
  },
  {
    id: "usp-set-failed-untold",
    phone: "A phone that does not tell which parameters of an updated object it could not set.",
    breaks: "TP-469:1.17#param-errs",
    caught: {
      "usp.set.optional-fails-partial": ["TP-469:1.17#param-errs"],
      "usp.set.optional-fails": ["TP-469:1.17#param-errs"],
    },
    change: ({ usp }) => ({
      usp: { toldFailures: (failed, request) => (request === "set" ? [] : usp.toldFailures(failed, request)) },
    }),
  },
  {
    id: "usp-set-id-writable",
    phone: "A phone that lets a controller give a subscription another ID.",
    breaks: "TR-369:R-KEY.1",
    caught: { "usp.set.unique-key": ["TR-369:R-KEY.1"] },
    change: ({ usp }) => ({
      usp: { mayWrite: (access, isNew, name) => name === "ID" || usp.mayWrite(access, isNew, name) },
    }),
  },
  {
    id: "usp-set-alias-writable",
    phone: "A phone that lets a controller give an object another Alias.",
    breaks: "TP-469:1.104#write-once",
    caught: { "usp.set.write-once": ["TP-469:1.104#write-once"] },
    change: ({ usp }) => ({
      usp: { mayWrite: (access, isNew, name) => name === "Alias" || usp.mayWrite(access, isNew, name) },
    }),
  },
  {
    id: "usp-set-expression-as-wildcard",
    phone: "A phone that updates all objects of a table for which a Set has an expression.",
    breaks: "TP-469:1.22#only",
    caught: {
      "usp.set.by-key": ["TP-469:1.11#updated", "TP-469:1.11#value"],
      "usp.set.expression": ["TP-469:1.11#updated", "TP-469:1.22#only"],
    },
    change: ({ usp }) => ({
      usp: {
        withDot: (path, request) => usp.withDot(request === "set" ? path.replace(/\[[^\]]*\]/g, "*") : path, request),
      },
    }),
  },
  {
    id: "usp-set-no-match-fails",
    phone: "A phone that tells a failure when the search path of a Set matches nothing.",
    breaks: "TR-369:R-MSG.4a",
    caught: { "usp.set.nothing-matches": ["TR-369:R-MSG.4a"] },
    change: ({ usp }) => ({ usp: { absentCode: (request) => (request === "set" ? 7016 : usp.absentCode(request)) } }),
  },
];
