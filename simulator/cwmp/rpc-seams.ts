import type { ModelNode, ObjectNode, ParameterNode } from "../data-model/nodes.ts";
import type { Attributes } from "../state.ts";
import { changeSeams } from "./rpc-change-seams.ts";
import type { Arg, OutgoingFault } from "./soap.ts";

/** Methods that the phone answers, in the order of GetRPCMethods. */
const METHODS: readonly string[] = [
  "GetRPCMethods",
  "SetParameterValues",
  "GetParameterValues",
  "GetParameterNames",
  "SetParameterAttributes",
  "GetParameterAttributes",
  "AddObject",
  "DeleteObject",
  "Reboot",
  "Download",
  "Upload",
  "ScheduleInform",
  "FactoryReset",
  "GetQueuedTransfers",
  "GetAllQueuedTransfers",
  "X_000413_Customize",
  "X_000413_Minibrowser",
];

/** What is asked of the data model, and how arguments are taken. */
const askSeams = {
  /** Methods that the phone carries out. */
  supported(): readonly string[] {
    return METHODS;
  },
  /** What GetRPCMethods lists: exactly those (A.3.1.1). */
  listedMethods(supported: readonly string[]): readonly string[] {
    return supported;
  },
  /** Fault for a method that the phone does not have (3.5). Undefined answers it as if it had been carried out. */
  unknownMethod(): number | undefined {
    return 9000;
  },
  /** A fault as it is answered to a method. */
  faultOf(_method: string, fault: OutgoingFault): OutgoingFault {
    return fault;
  },
  /** Arguments of the response that a method gives where it has to give this fault: none, the fault is given. */
  responseForFault(_method: string, _fault: OutgoingFault): readonly Arg[] | undefined {
    return undefined;
  },
  /** Fault for an argument that is missing or is no value of its type. */
  invalidArgument(): number {
    return 9003;
  },
  /** What stands in for an argument that is missing: nothing, the request is refused (A.2.2). */
  missingArgument(_name: string): string | undefined {
    return undefined;
  },
  /** A boolean argument in any of its spellings (A.2.1); undefined when it is none. */
  booleanArgument(text: string, _name: string): boolean | undefined {
    const trimmed = text.trim();
    if (trimmed === "1" || trimmed === "true") return true;
    return trimmed === "0" || trimmed === "false" ? false : undefined;
  },
  /** An unsignedInt argument; undefined when it is none. */
  unsignedArgument(text: string): number | undefined {
    const trimmed = text.trim();
    return /^\d+$/.test(trimmed) && Number(trimmed) <= 4_294_967_295 ? Number(trimmed) : undefined;
  },
  /** Whether a CommandKey or ParameterKey fits: 32 characters. */
  keyFits(key: string): boolean {
    return [...key].length <= 32;
  },
  /** The argument `name`, a key, as it is kept; undefined refuses it. `fits` is what `keyFits` says of it. */
  keptKey(key: string, fits: boolean, _name: string): string | undefined {
    return fits ? key : undefined;
  },
  /** Whether a path fits: 256 characters. */
  pathFits(path: string): boolean {
    return [...path].length <= 256;
  },
  /** Fault for a path that does not fit (A.2.1). */
  overLongPath(): number {
    return 9003;
  },
  /** What the phone looks up in place of a path that the data model does not have: nothing else. `exists` tells what it has. */
  lookedUpPath(path: string, _exists: (path: string) => boolean, _method: string): string {
    return path;
  },
  /**
   * Fault for a path that the data model does not have, one of `asked` in the request, in all methods but SetParameterValues.
   * Undefined passes over it.
   */
  unknownName(_method: string, _path: string, _asked: number): number | undefined {
    return 9005;
  },
  /** Fault for the empty path, which stands for the whole data model (A.3.2.2, A.3.2.3): none. */
  emptyPath(_method: string): number | undefined {
    return undefined;
  },
  /** Fault of GetParameterNames for the name of a parameter with NextLevel true (A.3.2.3). */
  nextLevelOfParameter(): number | undefined {
    return 9003;
  },
  /** Whether GetParameterNames with an empty path lists the root object alone: with NextLevel true. */
  rootOnly(nextLevel: boolean): boolean {
    return nextLevel;
  },
  /** Fault of GetParameterNames with NextLevel true for an object with nothing in it: none, the list is empty (A.3.2.3). */
  namesOfEmptyObject(_object: ObjectNode): number | undefined {
    return undefined;
  },
  /** What GetParameterNames lists of an object with NextLevel true: its children. */
  nextLevel({ children }: ObjectNode): readonly ModelNode[] {
    return children;
  },
  /** Whether GetParameterNames with NextLevel false begins with the object itself. */
  listsItself(_object: ObjectNode): boolean {
    return true;
  },
  /** Whether objects below are listed by themselves, beside what is in them. */
  listsObjects(_object: ObjectNode): boolean {
    return true;
  },
  /** A name as GetParameterNames writes it: an object's ends with a dot. */
  listedName({ name }: ModelNode): string {
    return name;
  },
  /** Whether GetParameterNames calls something writable; a parameter's attributes have no say in it. */
  listedWritable({ writable }: ModelNode, _attributes: Attributes | undefined): boolean {
    return writable;
  },
  /** All that GetParameterNames found for a path, as it is answered. */
  listedNames(found: readonly ModelNode[], _path: string): readonly ModelNode[] {
    return found;
  },
  /** Most names in one answer; there is no limit (3.5). */
  namesLimit(): number {
    return Number.POSITIVE_INFINITY;
  },
  /** Fault for a parameter that is there and is asked for by its full name: none. */
  cannotRead(_parameter: ParameterNode): number | undefined {
    return undefined;
  },
  /** Parameters that a partial path means, of those below it: all. */
  meantBy(_method: string, _path: string, below: readonly ParameterNode[]): readonly ParameterNode[] {
    return below;
  },
  /** Fault of GetParameterValues for an object without parameters: none, the list is empty. */
  valuesOfEmptyObject(): number | undefined {
    return undefined;
  },
  /** Fault of GetParameterAttributes for an object without parameters: none, the list is empty (A.3.2.5). */
  attributesOfEmptyObject(): number | undefined {
    return undefined;
  },
  /** Parameters that an answer gives, of those that the names `asked` for stand for: all, each once. */
  answered<T>(found: readonly T[], _asked: readonly string[]): readonly T[] {
    return [...new Set(found)];
  },
  /** Parameters that GetParameterAttributes gives, of those found: all. */
  answeredWithAttributes(found: readonly ParameterNode[], _asked: readonly string[]): readonly ParameterNode[] {
    return found;
  },
  /** The value in an answer. */
  answeredValue(_name: string, value: string): string {
    return value;
  },
  /** The type in an answer. */
  answeredType(_name: string, type: string): string {
    return type;
  },
  /** Most octets of a request that the phone takes; TR-069 3.5 asks for 32 KiB at least. */
  requestLimit(): number {
    return 4_194_304;
  },
};

export type RpcSeams = typeof askSeams & typeof changeSeams;

/** How the phone carries out the methods of TR-069 Annex A. */
export const rpcSeams: RpcSeams = { ...askSeams, ...changeSeams };
