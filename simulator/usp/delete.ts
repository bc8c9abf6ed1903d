import type { Delete } from "../../schema/usp/msg_pb.ts";
import { type Answer, errorText, respond } from "./answer.ts";
import { CONTROLLER_TABLE, SUBSCRIPTION_TABLE } from "./schema.ts";
import { parentOf } from "./supported.ts";
import { isInstance, type Tools } from "./tools.ts";
import { errorsOf, type Failed } from "./write.ts";

/** An instance that was to be deleted and stays. */
interface Unaffected {
  readonly unaffectedPath: string;
  readonly errCode: number;
  readonly errMsg: string;
}

type Outcome =
  | {
      readonly kind: "done";
      readonly requestedPath: string;
      readonly gone: readonly string[];
      readonly stays: readonly Unaffected[];
    }
  | Failed;

/** Delete (TR-369 "The Delete Message"). */
export function deleteObjects(tools: Tools, { allowPartial, objPaths }: Delete): Answer {
  const { model, seams } = tools;
  const before = model.memento();
  const outcomes = seams.answered(objPaths).map((path) => deleteOne(tools, path));
  const failures = outcomes.flatMap((outcome): readonly Failed[] => {
    if (outcome.kind === "failed") return [outcome];
    return outcome.stays.map(({ unaffectedPath, errCode }) => ({
      kind: "failed",
      requestedPath: unaffectedPath,
      code: errCode,
      objects: [],
    }));
  });
  if (failures.length > 0 && seams.failsMessage(allowPartial, "delete")) {
    if (seams.undoes("message", "delete")) model.restore(before);
    return {
      kind: "error",
      code: seams.errorCode(failures.map(({ code }) => code)),
      params: seams.toldErrors(errorsOf(failures, true)),
    };
  }
  return respond({ case: "deleteResp", value: { deletedObjResults: outcomes.map((outcome) => resultOf(tools, outcome)) } });
}

function deleteOne(tools: Tools, requestedPath: string): Outcome {
  const { resolver, model, seams, rights } = tools;
  const failed = (code: number): Failed => ({ kind: "failed", requestedPath, code, objects: [] });
  const resolved = resolver.resolve(seams.withDot(requestedPath, "delete"));
  // What is not there is as it is wanted (R-DEL.2a).
  const absent = seams.absentCode("delete");
  if (resolved.kind === "missing") return absent === 0 ? { kind: "done", requestedPath, gone: [], stays: [] } : failed(absent);
  if (resolved.kind !== "found") return failed(seams.pathCode(resolved.kind, "delete"));
  const { shape, objects, leaf } = resolved;
  if (leaf.kind !== "object") return failed(seams.pathCode("unsupported", "delete"));
  if (!shape.isTable) return failed(seams.deleteCode("no table"));
  if (objects.length === 0 && absent !== 0) return failed(absent);
  if (objects.some((path) => !isInstance(path))) return failed(seams.deleteCode("table"));
  if (!shape.creatable) return failed(seams.deleteCode("not deletable"));
  const codes = objects.map((path) => [path, codeOf(tools, path)] as const);
  const gone = codes.flatMap(([path, code]) => (code === undefined ? path : []));
  const stays = codes.flatMap(([unaffectedPath, code]) =>
    code === undefined ? [] : { unaffectedPath, errCode: code, errMsg: errorText(code) },
  );
  const [first] = stays;
  if (gone.length === 0 && first !== undefined) return failed(first.errCode);
  for (const path of gone) {
    model.delete(path);
    if (parentOf(path) === CONTROLLER_TABLE) for (const one of seams.orphans(subscriptionsOf(tools, path))) model.delete(one);
  }
  return {
    kind: "done",
    requestedPath,
    gone: seams
      .toldGone(
        gone.filter((path) => rights.may("see gone", path)),
        requestedPath,
      )
      .map((path) => seams.told(path, requestedPath)),
    stays,
  };
}

/** Why an instance cannot be deleted; undefined when it can. */
function codeOf({ model, seams, rights }: Tools, path: string): number | undefined {
  if (!rights.may("delete", path)) return seams.deniedCode("delete");
  return seams.mayDelete(path, model.deliveredControllers) ? undefined : seams.deleteCode("not deletable");
}

/** Subscriptions for a controller. */
const subscriptionsOf = ({ model }: Tools, controller: string): readonly string[] =>
  model
    .instances(SUBSCRIPTION_TABLE)
    .map((number) => `${SUBSCRIPTION_TABLE}${number}.`)
    .filter((path) => model.value(`${path}Recipient`) === controller.slice(0, -1));

function resultOf({ rights }: Tools, outcome: Outcome) {
  const { requestedPath } = outcome;
  if (outcome.kind === "failed") {
    const value = { errCode: outcome.code, errMsg: errorText(outcome.code) };
    return { requestedPath, operStatus: { operStatus: { case: "operFailure" as const, value } } };
  }
  const stays = outcome.stays.filter(({ unaffectedPath }) => rights.may("see unaffected", unaffectedPath));
  const value = { affectedPaths: [...outcome.gone], unaffectedPathErrs: stays };
  return { requestedPath, operStatus: { operStatus: { case: "operSuccess" as const, value } } };
}
