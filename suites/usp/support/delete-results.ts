import type { UspReply } from "../../../harness/controller/controller.ts";
import { type Finding, holds, same, sameSet } from "../../../harness/core/finding.ts";
import { inResponse } from "./answers.ts";
import { fittingCode } from "./codes.ts";

const RESULTS = "response/delete_resp/deleted_obj_results";

/** The path to the result for this path of the request. */
function resultFor(reply: UspReply, requested: string): string | undefined {
  const index = reply.all(`${RESULTS}/requested_path`).findIndex(({ value }) => value === requested);
  return index < 0 ? undefined : `${RESULTS}[${index + 1}]`;
}

/** That a DeleteResp has a result for each of these paths, and no others. */
export function* answersEach(requirement: string, reply: UspReply, paths: readonly string[]): Iterable<Finding> {
  yield* inResponse(requirement, reply, "DELETE_RESP", function* () {
    const value = reply.all(`${RESULTS}/requested_path`).flatMap((requested) => requested.value ?? []);
    yield sameSet(requirement, { value, where: reply.summary.where }, paths);
  });
}

/** That a DeleteResp says of a path that the Delete succeeded, and that just these instances are gone. */
export function* deletes(requirement: string, reply: UspReply, path: string, gone: readonly string[]): Iterable<Finding> {
  yield* inResponse(requirement, reply, "DELETE_RESP", function* () {
    const result = resultFor(reply, path);
    const success = `${result}/oper_status/oper_success`;
    const { where } = reply.at(result ?? RESULTS);
    const isDone = result !== undefined && reply.all(success).length > 0;
    yield holds(requirement, isDone, { expected: `oper_success for ${path}`, actual: isDone ? "so" : "none", where });
    if (!isDone) return;
    const affected = reply.all(`${success}/affected_paths`).flatMap(({ value = [] }) => value);
    yield sameSet(requirement, { value: affected, where }, gone);
  });
}

/** That a DeleteResp says of a path that the Delete failed, with a code for that. */
export function* fails(requirement: string, reply: UspReply, path: string): Iterable<Finding> {
  yield* inResponse(requirement, reply, "DELETE_RESP", function* () {
    const result = resultFor(reply, path);
    const failure = `${result}/oper_status/oper_failure`;
    const { where } = reply.at(result ?? RESULTS);
    const hasFailed = result !== undefined && reply.all(failure).length > 0;
    yield holds(requirement, hasFailed, { expected: `oper_failure for ${path}`, actual: hasFailed ? "so" : "none", where });
    if (hasFailed) yield fittingCode(requirement, reply.at(`${failure}/err_code`), "Delete");
  });
}

/** That an Error to a Delete tells one failure by path, of this one, with a code for that. */
export function* blames(requirement: string, reply: UspReply, path: string): Iterable<Finding> {
  const told = reply.all("error/param_errs/param_path");
  yield sameSet(requirement, { value: told.flatMap(({ value = [] }) => value), where: reply.summary.where }, [path]);
  for (const one of reply.all("error/param_errs/err_code")) yield fittingCode(requirement, one, "Delete");
  yield same(requirement, { value: reply.kind, where: reply.summary.where }, "error");
}
