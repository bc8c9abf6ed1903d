import type { ModelNode, ObjectNode } from "../data-model/tree.ts";
import { changeSeams } from "./rpc-change-seams.ts";

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
  "X-snom-Customize",
  "X-snom-Minibrowser",
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
  /** Fault for an argument that is missing or is no value of its type. */
  invalidArgument(): number {
    return 9003;
  },
  /** A boolean argument in any of its spellings (A.2.1); undefined when it is none. */
  booleanArgument(text: string): boolean | undefined {
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
  /** A key as it is kept. */
  keptKey(key: string): string {
    return key;
  },
  /** Whether a path fits: 256 characters. */
  pathFits(path: string): boolean {
    return [...path].length <= 256;
  },
  /** A path as the phone looks it up: exactly as given. `exists` tells whether the data model has one. */
  lookedUpPath(path: string, _exists: (path: string) => boolean): string {
    return path;
  },
  /** Fault for a name that the data model does not have, in all methods but SetParameterValues. Undefined passes over it. */
  unknownName(_method: string): number | undefined {
    return 9005;
  },
  /** Fault of GetParameterNames for the name of a parameter with NextLevel true (A.3.2.3). */
  nextLevelOfParameter(): number | undefined {
    return 9003;
  },
  /** Whether GetParameterNames with an empty path and NextLevel true lists the root object itself. */
  rootOnly(): boolean {
    return true;
  },
  /** What GetParameterNames lists of an object with NextLevel true: its children. */
  nextLevel({ children }: ObjectNode): readonly ModelNode[] {
    return children;
  },
  /** Whether GetParameterNames with NextLevel false begins with the object itself. */
  listsItself(): boolean {
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
  /** Whether GetParameterNames calls something writable. */
  listedWritable({ writable }: ModelNode): boolean {
    return writable;
  },
  /** All that GetParameterNames found, as it is answered. */
  listedNames(found: readonly ModelNode[]): readonly ModelNode[] {
    return found;
  },
  /** Most names in one answer; there is no limit (3.5). */
  namesLimit(): number {
    return Number.POSITIVE_INFINITY;
  },
  /** Fault of GetParameterValues for an object without parameters: none, the list is empty. */
  valuesOfEmptyObject(): number | undefined {
    return undefined;
  },
  /** Fault of GetParameterAttributes for an object without parameters: none, the list is empty (A.3.2.5). */
  attributesOfEmptyObject(): number | undefined {
    return undefined;
  },
  /** Parameters that an answer gives, of those that were asked for: all, each once. */
  answered<T>(asked: readonly T[]): readonly T[] {
    return [...new Set(asked)];
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
