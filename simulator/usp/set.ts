import type { Set_UpdateObject, Set as SetRequest } from "../../schema/usp/msg_pb.ts";
import { type Answer, errorText, respond } from "./answer.ts";
import type { Tools } from "./tools.ts";
import { errorsOf, type Failed, type Written, writeSettings } from "./write.ts";

type Outcome = { readonly kind: "done"; readonly requestedPath: string; readonly objects: readonly Written[] } | Failed;

/** Set (TR-369 "The Set Message"). */
export function set(tools: Tools, { allowPartial, updateObjs }: SetRequest): Answer {
  const { model, seams } = tools;
  const before = model.memento();
  const outcomes = updateObjs.map((update) => updateOne(tools, update));
  const failures = outcomes.filter((outcome) => outcome.kind === "failed");
  if (failures.length > 0 && seams.failsMessage(allowPartial, "set")) {
    if (seams.undoes("message", "set")) model.restore(before);
    return {
      kind: "error",
      code: seams.errorCode(failures.map(({ code }) => code)),
      params: seams.toldErrors(errorsOf(failures, false)),
    };
  }
  return respond({ case: "setResp", value: { updatedObjResults: outcomes.map((outcome) => resultOf(tools, outcome)) } });
}

function updateOne(tools: Tools, { objPath, paramSettings }: Set_UpdateObject): Outcome {
  const { resolver, model, seams } = tools;
  const failed = (code: number, objects: readonly Written[] = []): Failed => ({
    kind: "failed",
    requestedPath: objPath,
    code,
    objects,
  });
  const resolved = resolver.resolve(seams.withDot(objPath, "set"));
  if (resolved.kind !== "found") return failed(seams.pathCode(resolved.kind, "set"));
  const { shape, objects, leaf, isSearch } = resolved;
  if (leaf.kind !== "object") return failed(seams.pathCode("unsupported", "set"));
  if (shape.isTable && !isSearch && objects.some((path) => !/\.\d+\.$/.test(path)))
    return failed(seams.pathCode("missing", "set"));
  const absent = objects.length === 0 ? seams.absentCode("set") : 0;
  if (absent !== 0) return failed(absent);
  const before = model.memento();
  const written = objects.map((path) => writeSettings(tools, path, seams.settings(paramSettings, "set"), false));
  const fatal = written.find((one) => one.fatal !== undefined)?.fatal;
  if (fatal === undefined) return { kind: "done", requestedPath: objPath, objects: written };
  if (seams.undoes("path", "set")) model.restore(before);
  return failed(seams.objectCode("set", fatal), written);
}

function resultOf({ seams }: Tools, outcome: Outcome) {
  const { requestedPath } = outcome;
  if (outcome.kind === "failed") {
    const updatedInstFailures = outcome.objects
      .filter(({ fatal }) => fatal !== undefined)
      .map(({ path, failed }) => ({ affectedPath: seams.told(path, requestedPath), paramErrs: [...failed] }));
    const value = { errCode: outcome.code, errMsg: errorText(outcome.code), updatedInstFailures };
    return { requestedPath, operStatus: { operStatus: { case: "operFailure" as const, value } } };
  }
  const updatedInstResults = outcome.objects.map(({ path, failed, updated }) => ({
    affectedPath: seams.told(path, requestedPath),
    paramErrs: [...seams.toldFailures(failed, "set")],
    updatedParams: { ...seams.toldUpdates(updated) },
  }));
  return { requestedPath, operStatus: { operStatus: { case: "operSuccess" as const, value: { updatedInstResults } } } };
}
