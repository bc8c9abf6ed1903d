import type { UspReply } from "../../../harness/controller/controller.ts";
import { type Finding, holds, type Located, matches, oneOf, same, sameSet } from "../../../harness/core/finding.ts";
import { inResponse } from "./answers.ts";
import { errorCode, type FailingRequest, fittingCode } from "./codes.ts";

/** Responses that tell a result for each object of the request, and the field in which they do. */
const RESULTS = {
  ADD_RESP: "response/add_resp/created_obj_results",
  SET_RESP: "response/set_resp/updated_obj_results",
} as const;

type Kind = keyof typeof RESULTS;
type Outcome = "oper_success" | "oper_failure";

/** Which request each of them answers. */
const REQUEST: Readonly<Record<Kind, FailingRequest>> = { ADD_RESP: "Add", SET_RESP: "Set" };

/** Paths of the results for objects, counted from 1. */
const resultsIn = (reply: UspReply, kind: Kind): readonly string[] =>
  reply.all(RESULTS[kind]).map((_, index) => `${RESULTS[kind]}[${index + 1}]`);

/** Paths of the results with this outcome. */
export const resultsWith = (reply: UspReply, kind: Kind, outcome: Outcome): readonly string[] =>
  resultsIn(reply, kind).flatMap((path) => {
    const status = `${path}/oper_status/${outcome}`;
    return reply.at(status).value === undefined ? [] : status;
  });

/** That the reply is the response, and that its results are these, in any order. */
export function* outcomes(requirement: string, reply: UspReply, kind: Kind, ...expected: readonly Outcome[]): Iterable<Finding> {
  yield* inResponse(requirement, reply, kind, function* () {
    const value = resultsIn(reply, kind).map(
      (path) =>
        (["oper_success", "oper_failure"] as const).find((one) => reply.at(`${path}/oper_status/${one}`).value !== undefined) ??
        "no oper_status",
    );
    yield sameSet(requirement, { value, where: reply.summary.where }, expected);
  });
}

/** That each failure has a code that suits it. */
export function* suitable(requirement: string, reply: UspReply, kind: Kind): Iterable<Finding> {
  for (const path of resultsWith(reply, kind, "oper_failure"))
    yield fittingCode(requirement, reply.at(`${path}/err_code`), REQUEST[kind]);
}

/** An error by path, or by parameter, that an answer has to tell. */
export interface Told {
  readonly param: RegExp;
  /** What `param` asks, in words. */
  readonly says: string;
  /** The code that TR-369 has for this error. */
  readonly code: number;
  readonly request: FailingRequest;
}

/** That the list at `path` has one error, for this parameter and with this code. */
export function* tellsOne(requirement: string, reply: UspReply, path: string, told: Told): Iterable<Finding> {
  const errors = reply.all(path);
  yield same(requirement, { value: errors.length, where: reply.at(path).where }, 1);
  if (errors.length > 0) yield* tells(requirement, reply, `${path}[1]`, told);
}

/** That the error at `path` is for this parameter, and has this code. */
export function* tells(requirement: string, reply: UspReply, path: string, told: Told): Iterable<Finding> {
  const name: Located = reply.at(`${path}/${path.startsWith("error/") ? "param_path" : "param"}`);
  yield matches(requirement, name, told.param, told.says);
  yield errorCode(requirement, reply.at(`${path}/err_code`), told.code, told.request);
}

/** That an Error tells one failure by path; what is no Error is another finding. */
export function* errorTells(requirement: string, reply: UspReply, told: Told): Iterable<Finding> {
  if (reply.kind === "error") yield* tellsOne(requirement, reply, "error/param_errs", told);
}

/** That a result without fault tells no failed parameters. */
export function* tellsNone(requirement: string, reply: UspReply, path: string): Iterable<Finding> {
  const { where } = reply.at(path);
  const errors = reply.all(`${path}/param_errs`);
  yield holds(requirement, errors.length === 0, {
    expected: "no failed parameters",
    actual: errors.length === 0 ? "none" : `${errors.length} in param_errs`,
    where,
  });
}

/** Parameters that have to be told as updated, by instance. */
type Updates = ReadonlyMap<string, readonly string[]>;

/** That a SetResp tells success throughout, and that it has updated these parameters of these instances, and no others. */
export function* updates(requirement: string, reply: UspReply, expected: Updates): Iterable<Finding> {
  yield* inResponse(requirement, reply, "SET_RESP", function* () {
    const results = resultsIn(reply, "SET_RESP");
    const done = resultsWith(reply, "SET_RESP", "oper_success");
    const { where } = reply.summary;
    yield same(requirement, { value: done.length, where }, results.length);
    const instances = done.flatMap((path) => listed(reply, `${path}/updated_inst_results`));
    const told = instances.map((path) => reply.at(`${path}/affected_path`).value ?? "");
    yield sameSet(requirement, { value: told, where }, [...expected.keys()]);
    for (const path of instances) {
      const names = expected.get(reply.at(`${path}/affected_path`).value ?? "");
      if (names === undefined) continue;
      const updated = [...reply.entries(`${path}/updated_params`).keys()];
      yield sameSet(requirement, { value: updated, where: reply.at(path).where }, names);
    }
  });
}

/** That the failures of a SetResp tell these instances, or some of them, each with the one parameter that failed. */
export function* failuresTell(requirement: string, reply: UspReply, instances: readonly string[], told: Told): Iterable<Finding> {
  yield* inResponse(requirement, reply, "SET_RESP", function* () {
    const failed = resultsWith(reply, "SET_RESP", "oper_failure").flatMap((path) =>
      listed(reply, `${path}/updated_inst_failures`),
    );
    yield holds(requirement, failed.length > 0, {
      expected: "an instance that failed",
      actual: failed.length,
      where: reply.summary.where,
    });
    for (const path of failed) {
      yield oneOf(requirement, reply.at(`${path}/affected_path`), instances);
      yield* tellsOne(requirement, reply, `${path}/param_errs`, told);
    }
  });
}

const listed = (reply: UspReply, path: string): readonly string[] => reply.all(path).map((_, index) => `${path}[${index + 1}]`);
