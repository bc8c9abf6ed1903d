import type { UspAgent } from "../../../harness/bench/usp-bench.ts";
import type { UspReply } from "../../../harness/controller/controller.ts";
import { type Finding, few, holds, type Located, sameSet } from "../../../harness/core/finding.ts";
import { inResponse } from "./answers.ts";

/** What `tellsRelative` judges. */
export const RELATIVE = "TP-469:1.39#relative";

/** What a GetResp tells of one path of the request. */
export interface GetResult {
  readonly requested: Located;
  readonly errCode: Located;
  readonly objects: readonly GetObject[];
  /** The result as a whole. */
  readonly where: string;
}

/** An object of a GetResp. */
export interface GetObject {
  readonly path: Located;
  /** By name, relative to `path`. */
  readonly params: ReadonlyMap<string, Located>;
}

const RESULTS = "response/get_resp/req_path_results";

/** The results of a GetResp, in its order; none when the reply is none. */
export const getResults = (reply: UspReply): readonly GetResult[] =>
  reply.all(RESULTS).map(({ where }, place) => {
    const result = `${RESULTS}[${place + 1}]`;
    const objects = `${result}/resolved_path_results`;
    return {
      requested: reply.at(`${result}/requested_path`),
      errCode: reply.at(`${result}/err_code`),
      objects: reply.all(objects).map((_, at) => ({
        path: reply.at(`${objects}[${at + 1}]/resolved_path`),
        params: reply.entries(`${objects}[${at + 1}]/result_params`),
      })),
      where,
    };
  });

/** Paths of all objects that results of a Get tell of. */
export const objectsIn = (results: readonly GetResult[]): readonly string[] =>
  results.flatMap(({ objects }) => objects.flatMap(({ path }) => path.value ?? []));

/** Full paths of all parameters that results of a Get tell of. */
export const namesIn = (results: readonly GetResult[]): readonly string[] =>
  results.flatMap(({ objects }) =>
    objects.flatMap(({ path, params }) => [...params.keys()].map((name) => `${path.value}${name}`)),
  );

/** That these are the objects of a GetResp, in any order. */
export function* tells(requirement: string, reply: UspReply, objects: readonly string[]): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GET_RESP", function* () {
    yield sameSet(requirement, { value: objectsIn(getResults(reply)), where: reply.summary.where }, objects);
  });
}

/** That a GetResp has these parameters, whatever else it has. */
export function* tellsAll(requirement: string, reply: UspReply, parameters: readonly string[]): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GET_RESP", function* () {
    const told = new Set(namesIn(getResults(reply)));
    const missing = parameters.filter((name) => !told.has(name));
    const expected = `${parameters.length} parameters: ${few(parameters)}`;
    const actual = missing.length === 0 ? "all of them" : `missing ${few(missing)}`;
    yield holds(requirement, missing.length === 0, { expected, actual, where: reply.summary.where });
  });
}

/** Paths of a request that a GetResp has results for. */
export const requestedIn = (reply: UspReply): Located<readonly string[]> => ({
  value: getResults(reply).flatMap(({ requested }) => requested.value ?? []),
  where: reply.summary.where,
});

/** That the objects of a GetResp have this parameter and no other. */
export function* tellsOnly(requirement: string, reply: UspReply, name: string): Iterable<Finding> {
  yield* inResponse(requirement, reply, "GET_RESP", function* () {
    const names = getResults(reply).flatMap(({ objects }) => objects.flatMap(({ params }) => [...params.keys()]));
    yield sameSet(requirement, { value: [...new Set(names)], where: reply.summary.where }, [name]);
  });
}

/** That a GetResp names no parameter by a path from the root. */
export function* tellsRelative(reply: UspReply): Iterable<Finding> {
  yield* inResponse(RELATIVE, reply, "GET_RESP", function* () {
    const names = getResults(reply).flatMap(({ objects }) => objects.flatMap(({ params }) => [...params.keys()]));
    const full = names.filter((name) => name.startsWith("Device."));
    const actual = full.length === 0 ? `so in ${names.length} names` : few(full);
    const expected = "names relative to their object";
    yield holds(RELATIVE, full.length === 0, { expected, actual, where: reply.summary.where });
  });
}

/** Full paths of the parameters that the agent says it supports in an object, and that can be read. */
export function readable({ objects }: UspAgent, supported: string, instance: string): readonly string[] {
  const params = [...(objects.get(supported)?.params ?? [])];
  return params.flatMap(([name, { access }]) => (access === "PARAM_WRITE_ONLY" ? [] : instance + name));
}
