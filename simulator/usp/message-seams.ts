import type { Answer } from "./answer.ts";
import type { UspType } from "./shape.ts";

/** Requests of a controller, by the names of their fields. */
export type RequestKind =
  | "get"
  | "getSupportedDm"
  | "getInstances"
  | "set"
  | "add"
  | "delete"
  | "operate"
  | "getSupportedProtocol"
  | "notify"
  | "register"
  | "deregister";

/** Why a path names nothing: it is none, nothing in the supported data model is called so, or the instance is not there. */
export type PathProblem = "syntax" | "unsupported" | "missing";

/** Why a table takes no new instance. */
export type AddProblem = "no table" | "not creatable" | "full";

/** Why an instance cannot be deleted. */
export type DeleteProblem = "table" | "no table" | "not deletable";

/** Settings in Add and Set. */
export interface Setting {
  readonly param: string;
  readonly value: string;
  readonly required: boolean;
}

const PATH_CODES: Readonly<Record<PathProblem, number>> = { syntax: 7008, unsupported: 7026, missing: 7016 };

/** How the agent answers (TR-369 "Messages"). */
export const messageSeams = {
  /** The answer to a request, as it goes out. */
  answer(answer: Answer, _to: RequestKind): Answer {
    return answer;
  },
  /** Milliseconds between a request and its answer. */
  answerDelay(): number {
    return 0;
  },
  /** Whether what a request changes is notified of before its answer. */
  notifiesFirst(): boolean {
    return false;
  },
  /** Code for a path that names nothing. Get tells no difference between what is not there and what cannot be (R-GET.0). */
  pathCode(problem: PathProblem, request: RequestKind): number {
    return request === "get" && problem === "missing" ? PATH_CODES.unsupported : PATH_CODES[problem];
  },
  /** Paths of a request in the order in which they are answered: all, as they came. */
  answered(paths: readonly string[]): readonly string[] {
    return paths;
  },
  /** How deep Get goes: to all depths for 0 (R-GET.5). */
  depth(maxDepth: number): number {
    return maxDepth === 0 ? Number.POSITIVE_INFINITY : maxDepth;
  },
  /** Code for a search path that matches nothing (R-MSG.4a), or for an instance that Delete does not find (R-DEL.2a): 0, for success. */
  absentCode(_request: RequestKind): number {
    return 0;
  },
  /** Code for the path of an object with nothing in it: 0, for success (R-GET.1b). */
  emptyCode(): number {
    return 0;
  },
  /** The path that Get tells of what it found in an object: the object's (R-GET.2). */
  resolvedPath(object: string, _parameter: string | undefined): string {
    return object;
  },
  /** Parameters that Get tells for the path of one, of those that its object has (R-GET.3). */
  namedParameters(name: string, _all: readonly string[]): readonly string[] {
    return [name];
  },
  /** A value as Get tells it (R-ENC.6). */
  toldValue(value: string, _type: UspType): string {
    return value;
  },
  /** Names of the parameters that Get tells of an object. */
  toldParameters(names: readonly string[], _object: string): readonly string[] {
    return names;
  },
  /** Objects that Get tells of, of those that it found; those without parameters are left out. */
  toldObjects(objects: readonly string[]): readonly string[] {
    return objects;
  },
  /** Whether GetInstances goes on to the tables inside an instance. */
  goesInside(firstLevelOnly: boolean): boolean {
    return !firstLevelOnly;
  },
  /** Keys and values that are told of an instance. */
  toldKeys(keys: Readonly<Record<string, string>>, _path: string): Readonly<Record<string, string>> {
    return keys;
  },
  /** Code of a parameter that Add or Set cannot write. */
  paramCode(code: number, _name: string): number {
    return code;
  },
  /** Whether an object fails because of a parameter; a key of a new object counts as required (R-ADD.3, R-SET.2). */
  failsObject(required: boolean, isKeyOfNew: boolean, _request: RequestKind, _code?: number): boolean {
    return required || isKeyOfNew;
  },
  /** Parameters that could not be written, of an object that was made or changed all the same (R-ADD.4). */
  toldFailures<T>(failed: readonly T[], _request: RequestKind): readonly T[] {
    return failed;
  },
  /** Parameters that a Set has written, with their values. */
  toldUpdates(updated: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return updated;
  },
  /** Code of an object that fails because of a parameter, by the code of the first parameter that made it fail. */
  objectCode(request: "add" | "set", code: number): number {
    if (code === 7006 || code === 7025) return code;
    return request === "add" ? 7017 : 7021;
  },
  /** Whether a message fails as a whole because part of it did (R-ADD.1, R-SET.1, R-DEL.1). */
  failsMessage(allowPartial: boolean, _request: RequestKind): boolean {
    return !allowPartial;
  },
  /** Whether what was done is undone: of a message, of a new object, or of all objects that a search path matched (R-SET.2a). */
  undoes(_what: "message" | "object" | "path", _request: RequestKind): boolean {
    return true;
  },
  /** Errors by path in an Error message. */
  toldErrors(errors: Extract<Answer, { kind: "error" }>["params"]): Extract<Answer, { kind: "error" }>["params"] {
    return errors;
  },
  /** Code of an Error message, by the codes of what failed, the first one first. */
  errorCode(codes: readonly number[]): number {
    return codes[0] ?? 7000;
  },
  /** What Add or Set writes, of the settings for each object. */
  settings(settings: readonly Setting[], _request: RequestKind): readonly Setting[] {
    return settings;
  },
  addCode(problem: AddProblem): number {
    return { "no table": 7018, "not creatable": 7019, full: 7005 }[problem];
  },
  deleteCode(problem: DeleteProblem): number {
    return { table: 7008, "no table": 7018, "not deletable": 7024 }[problem];
  },
  /** Whether an instance of a table that Delete works on may go: all but the first controllers, with which the device is delivered. */
  mayDelete(path: string, delivered: number): boolean {
    const [, controller] = /^Device\.LocalAgent\.Controller\.(\d+)\.(?:MTP\.1\.)?$/.exec(path) ?? [];
    return controller === undefined || Number(controller) > delivered;
  },
  /** Instances that a Delete of `asked` tells to be gone, of those that are. */
  toldGone(paths: readonly string[], _asked: string): readonly string[] {
    return paths;
  },
  /**
   * Whether two instances may not be, because of the keys of one set that they have in common, of which an Add or a Set has given the
   * first one. A key that is empty is none yet (R-KEY.2).
   */
  isDuplicate(one: readonly string[], other: readonly string[], _by: "add" | "set"): boolean {
    return one.every((value, place) => value !== "" && value === other[place]);
  },
  /** Subscriptions that go with the controller that they were for. */
  orphans(subscriptions: readonly string[]): readonly string[] {
    return subscriptions;
  },
  /** USP versions that the agent speaks. */
  protocolVersions(): string {
    return "1.0,1.1,1.2,1.3,1.4";
  },
};
