import type { Get, GetInstances } from "../../schema/usp/msg_pb.ts";
import { type Answer, errorText, respond } from "./answer.ts";
import type { PathProblem } from "./message-seams.ts";
import type { UspModel } from "./model.ts";
import { tableOf } from "./supported.ts";
import { toldValue } from "./told.ts";
import { isInstance, type Tools, visibleKeys } from "./tools.ts";

/** Get (TR-369 "The Get Message"). */
export function get(tools: Tools, { paramPaths, maxDepth }: Get): Answer {
  const { resolver, model, seams, rights } = tools;
  const failure = (requestedPath: string, problem: PathProblem) => {
    const errCode = seams.pathCode(problem, "get");
    return { requestedPath, errCode, errMsg: errorText(errCode) };
  };
  const reqPathResults = seams.answered(paramPaths).map((requestedPath) => {
    const resolved = resolver.resolve(requestedPath);
    if (resolved.kind !== "found") return failure(requestedPath, resolved.kind);
    const { leaf, objects, isSearch } = resolved;
    if (leaf.kind === "command" || leaf.kind === "event") return failure(requestedPath, "unsupported");
    const named = leaf.kind === "parameter" ? leaf.name : undefined;
    // What a controller may not read is for it not there (R-GET.1).
    const seen = objects.filter((path) => isSeen(path, named));
    if (seen.length === 0 && objects.length > 0) return failure(requestedPath, "unsupported");
    const below = seen.flatMap((path) => (named === undefined ? objectsBelow(model, path, seams.depth(maxDepth)) : path));
    const all = below.filter((path) => isSeen(path, undefined));
    const resolvedPathResults = seams.toldObjects(all).flatMap((object) => {
      const own = model.names(object);
      const shown = named === undefined ? seams.toldParameters(own, object) : seams.namedParameters(named, own);
      const names = shown.filter((name) => model.isThere(object + name) && rights.may("read value", object + name));
      if (names.length === 0) return [];
      const resultParams = Object.fromEntries(names.map((name) => [name, toldValue(tools, object + name)]));
      return [{ resolvedPath: seams.told(seams.resolvedPath(object, named), requestedPath), resultParams }];
    });
    const errCode = resolvedPathResults.length > 0 ? 0 : isSearch ? seams.absentCode("get") : seams.emptyCode();
    return { requestedPath, errCode, errMsg: errorText(errCode), resolvedPathResults };
  });
  return respond({ case: "getResp", value: { reqPathResults } });

  function isSeen(object: string, parameter: string | undefined): boolean {
    return rights.may("see object", object) && (parameter === undefined || rights.may("read value", object + parameter));
  }
}

/** An object and all inside it, down to `depth` levels; a table and its instances are one level. */
export function objectsBelow(model: UspModel, path: string, depth = Number.POSITIVE_INFINITY): readonly string[] {
  const shape = model.shape(path);
  if (shape === undefined || depth < 1 || !model.isThere(path)) return [];
  if (shape.isTable && !isInstance(path))
    return model.instances(path).flatMap((number) => objectsBelow(model, `${path}${number}.`, depth));
  return [
    path,
    ...shape.children.flatMap((child) => objectsBelow(model, path + tableOf(child.path).slice(shape.path.length), depth - 1)),
  ];
}

/** GetInstances (TR-369 "The GetInstances Message"). */
export function getInstances(tools: Tools, { objPaths, firstLevelOnly }: GetInstances): Answer {
  const { resolver, model, seams, rights } = tools;
  const reqPathResults = seams.answered(objPaths).map((requestedPath) => {
    const resolved = resolver.resolve(seams.withDot(requestedPath, "getInstances"));
    const problem =
      resolved.kind !== "found"
        ? seams.pathCode(resolved.kind, "getInstances")
        : resolved.leaf.kind !== "object"
          ? seams.pathCode("unsupported", "getInstances")
          : resolved.shape.isTable
            ? 0
            : seams.addCode("no table");
    if (problem !== 0 || resolved.kind !== "found") return { requestedPath, errCode: problem, errMsg: errorText(problem) };
    const instances = resolved.objects.flatMap((path) => instancesIn(path)).filter(isSeen);
    const currInsts = instances.map((path) => ({
      instantiatedObjPath: seams.told(path, requestedPath),
      uniqueKeys: { ...seams.toldKeys(visibleKeys(tools, path), path) },
    }));
    const errCode = currInsts.length === 0 && resolved.isSearch ? seams.absentCode("getInstances") : 0;
    return { requestedPath, errCode, errMsg: errorText(errCode), currInsts };
  });
  return respond({ case: "getInstancesResp", value: { reqPathResults } });

  /** Whether a controller may see an instance, and all those that it is in (R-GIN.0). */
  function isSeen(path: string): boolean {
    const instances = [...path.matchAll(/\.\d+\./g)].map(({ index, 0: number }) => path.slice(0, index + number.length));
    return instances.every((instance) => rights.may("see instance", instance));
  }

  function instancesIn(path: string): readonly string[] {
    const own = isInstance(path) ? [path] : model.instances(path).map((number) => `${path}${number}.`);
    if (!seams.goesInside(firstLevelOnly)) return own;
    return own.flatMap((instance) => objectsBelow(model, instance).filter(isInstance));
  }
}
