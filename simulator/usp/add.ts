import type { Add, Add_CreateObject } from "../../schema/usp/msg_pb.ts";
import { type Answer, errorText, respond } from "./answer.ts";
import { SUBSCRIPTION_TABLE } from "./schema.ts";
import { BULK_PROFILES } from "./schema-bulk.ts";
import { isPermissionTable } from "./schema-trust.ts";
import { isInstance, type Tools, visibleKeys } from "./tools.ts";
import { errorsOf, type Failed, type Written, writeSettings } from "./write.ts";

/** `object` is absent when a search path matched no table. */
type Outcome = { readonly kind: "done"; readonly requestedPath: string; readonly object: Written | undefined } | Failed;

/** Add (TR-369 "The Add Message"). */
export function add(tools: Tools, { allowPartial, createObjs }: Add): Answer {
  const { model, seams } = tools;
  const before = model.memento();
  const outcomes = createObjs.flatMap((create) => createOne(tools, create));
  const failures = outcomes.filter((outcome) => outcome.kind === "failed");
  if (failures.length > 0 && seams.failsMessage(allowPartial, "add")) {
    if (seams.undoes("message", "add")) model.restore(before);
    return {
      kind: "error",
      code: seams.errorCode(failures.map(({ code }) => code)),
      params: seams.toldErrors(errorsOf(failures, true)),
    };
  }
  return respond({ case: "addResp", value: { createdObjResults: outcomes.map((outcome) => resultOf(tools, outcome)) } });
}

function createOne(tools: Tools, { objPath, paramSettings }: Add_CreateObject): readonly Outcome[] {
  const { resolver, seams } = tools;
  const failed = (code: number): readonly Failed[] => [{ kind: "failed", requestedPath: objPath, code, objects: [] }];
  const resolved = resolver.resolve(seams.withDot(objPath, "add"));
  if (resolved.kind !== "found") return failed(seams.pathCode(resolved.kind, "add"));
  const { shape, objects, leaf } = resolved;
  if (leaf.kind !== "object") return failed(seams.pathCode("unsupported", "add"));
  if (!shape.isTable || objects.some(isInstance)) return failed(seams.addCode("no table"));
  if (!shape.creatable) return failed(seams.addCode("not creatable"));
  const absent = objects.length === 0 ? seams.absentCode("add") : 0;
  if (absent !== 0) return failed(absent);
  if (objects.length === 0) return [{ kind: "done", requestedPath: objPath, object: undefined }];
  return objects.map((table) => createIn(tools, table, { objPath, paramSettings }));
}

function createIn(
  tools: Tools,
  table: string,
  { objPath: requestedPath, paramSettings }: Pick<Add_CreateObject, "objPath" | "paramSettings">,
): Outcome {
  const { model, seams, clock, rights } = tools;
  const failed = (code: number, objects: readonly Written[] = []): Failed => ({
    kind: "failed",
    requestedPath,
    code,
    objects,
    place: table,
  });
  if (!rights.may("create", table)) return failed(seams.deniedCode("create"));
  const before = model.memento();
  const path = model.add(table, clock.now());
  if (path === undefined) return failed(seams.addCode("full"));
  if (table === SUBSCRIPTION_TABLE) {
    model.set(`${path}Recipient`, tools.controller.slice(0, -1));
    model.set(`${path}CreationDate`, new Date(clock.now()).toISOString().replace(/\.\d+/, ""));
  }
  if (table === BULK_PROFILES) model.set(`${path}Controller`, seams.bulkOwner(tools.controller.slice(0, -1)));
  const written = writeSettings(tools, path, seams.settings(paramSettings, "add"), true);
  if (written.fatal !== undefined) {
    if (seams.undoes("object", "add")) model.restore(before);
    return failed(seams.objectCode("add", written.fatal), [written]);
  }
  giveKeys(tools, table, path);
  giveOrder(tools, table, path, written);
  return { kind: "done", requestedPath, object: written };
}

/** Keys that a controller did not give (R-ADD.5): those of which the agent can make up a value. */
function giveKeys({ model, seams }: Tools, table: string, path: string): void {
  const own = Number(path.slice(table.length, -1));
  for (const name of ["Alias", ...(table === SUBSCRIPTION_TABLE ? ["ID"] : [])]) {
    if (model.parameter(path + name) === undefined || model.value(path + name) !== "") continue;
    const taken = model.instances(table).map((number) => model.value(`${table}${number}.${name}`));
    let number = own;
    while (taken.includes(seams.ownKey(table, number))) number += 1;
    model.set(path + name, seams.ownKey(table, number));
  }
}

/** An Order for a permission that is given none: it comes before all others of its role. */
function giveOrder({ model, seams }: Tools, table: string, path: string, { updated }: Written): void {
  if (!isPermissionTable(table) || updated.Order !== undefined) return;
  const others = model.instances(table).filter((number) => `${table}${number}.` !== path);
  model.set(`${path}Order`, String(seams.nextOrder(others.map((number) => Number(model.value(`${table}${number}.Order`))))));
}

function resultOf(tools: Tools, outcome: Outcome) {
  const { seams } = tools;
  const { requestedPath } = outcome;
  if (outcome.kind === "failed") {
    const value = { errCode: outcome.code, errMsg: errorText(outcome.code) };
    return { requestedPath, operStatus: { operStatus: { case: "operFailure" as const, value } } };
  }
  const { object } = outcome;
  const value =
    object === undefined
      ? {}
      : {
          instantiatedPath: seams.told(object.path, requestedPath),
          paramErrs: [...seams.toldFailures(object.failed, "add")],
          uniqueKeys: { ...seams.toldKeys(visibleKeys(tools, object.path), object.path) },
        };
  return { requestedPath, operStatus: { operStatus: { case: "operSuccess" as const, value } } };
}
