import {
  GetSupportedDMResp_CmdType as CmdType,
  GetSupportedDMResp_ObjAccessType as ObjAccessType,
  GetSupportedDMResp_ParamAccessType as ParamAccessType,
  GetSupportedDMResp_ParamValueType as ParamValueType,
  GetSupportedDMResp_ValueChangeType as ValueChangeType,
} from "../../schema/usp/msg_pb.ts";
import type { Access, UspType } from "./shape.ts";

const TYPES: Readonly<Record<UspType, ParamValueType>> = {
  boolean: ParamValueType.PARAM_BOOLEAN,
  dateTime: ParamValueType.PARAM_DATE_TIME,
  int: ParamValueType.PARAM_INT,
  string: ParamValueType.PARAM_STRING,
  unsignedInt: ParamValueType.PARAM_UNSIGNED_INT,
};

/** What GetSupportedDM asks for besides objects. */
export interface Wanted {
  readonly commands: boolean;
  readonly events: boolean;
  readonly parameters: boolean;
  readonly keys: boolean;
}

/** What the agent tells of its supported data model (TR-369 "The GetSupportedDM Message"). */
export const supportedSeams = {
  /** URI of the data model. */
  dataModelUri(): string {
    return "urn:broadband-forum-org:tr-181-2-15-0";
  },
  /** ParamValueType of a parameter. */
  valueType(type: UspType): ParamValueType {
    return TYPES[type];
  },
  /** ParamAccessType of a parameter; one that is written once is writable. */
  paramAccess(access: Access): ParamAccessType {
    return access === "read" ? ParamAccessType.PARAM_READ_ONLY : ParamAccessType.PARAM_READ_WRITE;
  },
  /** ObjAccessType of an object. */
  objectAccess(creatable: boolean): ObjAccessType {
    return creatable ? ObjAccessType.OBJ_ADD_DELETE : ObjAccessType.OBJ_READ_ONLY;
  },
  /** ValueChangeType of a parameter. */
  valueChange(restless: boolean): ValueChangeType {
    return restless ? ValueChangeType.VALUE_CHANGE_WILL_IGNORE : ValueChangeType.VALUE_CHANGE_ALLOWED;
  },
  /** CmdType of a command. */
  commandType(isAsync: boolean): CmdType {
    return isAsync ? CmdType.CMD_ASYNC : CmdType.CMD_SYNC;
  },
  /** What is told of an object: of the one asked for, what is wanted; of those right below it, with `first_level_only`, only keys. */
  toldMembers(wanted: Wanted, isChild: boolean): Wanted {
    return isChild ? { commands: false, events: false, parameters: false, keys: wanted.keys } : wanted;
  },
  /** Paths of the objects that are told of, of those that there are. */
  toldSupported(paths: readonly string[]): readonly string[] {
    return paths;
  },
  /** Names that are told of an object's parameters, commands, events, or of arguments. */
  toldNames(
    names: readonly string[],
    _of: "parameters" | "commands" | "events" | "input" | "output" | "args",
  ): readonly string[] {
    return names;
  },
  /** Keys of a table. */
  toldKeySets(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
    return sets;
  },
};
