import type { DescEnum } from "@bufbuild/protobuf";
import {
  GetSupportedDMResp_CmdTypeSchema,
  GetSupportedDMResp_ObjAccessTypeSchema,
  GetSupportedDMResp_ParamAccessTypeSchema,
  GetSupportedDMResp_ParamValueTypeSchema,
  type GetSupportedDMResp_SupportedObjectResult,
  GetSupportedDMResp_ValueChangeTypeSchema,
} from "../../schema/usp/msg_pb.ts";
import type { Located } from "../core/finding.ts";
import type { UspReply } from "./controller.ts";

/** A parameter that a GetSupportedDM tells of; the words are those of the schema. */
export interface SupportedParam {
  /** `PARAM_READ_ONLY`, `PARAM_READ_WRITE` or `PARAM_WRITE_ONLY`. */
  readonly access: string;
  /** `PARAM_STRING` and so on. */
  readonly type: string;
  readonly valueChange: string;
}

export interface SupportedCommand {
  /** `CMD_SYNC` or `CMD_ASYNC`. */
  readonly type: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
}

export interface SupportedObject {
  /** With `{i}` for instances: `Device.LocalAgent.Subscription.{i}.`. */
  readonly path: string;
  /** `OBJ_READ_ONLY`, `OBJ_ADD_DELETE`, `OBJ_ADD_ONLY` or `OBJ_DELETE_ONLY`. */
  readonly access: string;
  readonly multiInstance: boolean;
  readonly params: ReadonlyMap<string, SupportedParam>;
  readonly commands: ReadonlyMap<string, SupportedCommand>;
  /** Names of their arguments. */
  readonly events: ReadonlyMap<string, readonly string[]>;
  readonly uniqueKeySets: readonly (readonly string[])[];
}

/** A message, or a reply that holds one. */
type Readable = Pick<UspReply, "at" | "all" | "entries">;

/** Members of a list of messages, as a path each. */
const members = (reply: Readable, path: string): readonly string[] => reply.all(path).map((_, index) => `${path}[${index + 1}]`);

const textsAt = (reply: Readable, path: string): readonly string[] => reply.all(path).flatMap(({ value = [] }) => value);
const textAt = (reply: Readable, path: string): string => reply.at(path).value ?? "";

/** Every member of a list inside every member of another one. */
const nested = (reply: Readable, outer: string, inner: string): readonly string[] =>
  members(reply, outer).flatMap((one) => members(reply, `${one}/${inner}`));

/** The objects of a GetSupportedDMResp by path; empty when the reply is none. */
export function supportedObjects({ message }: UspReply): ReadonlyMap<string, SupportedObject> {
  const body = message?.msg?.body?.msgBody;
  const response = body?.case === "response" ? body.value.respType : undefined;
  const results = response?.case === "getSupportedDmResp" ? response.value.reqObjResults : [];
  return new Map(
    results.flatMap(({ supportedObjs }) => supportedObjs.map((one) => [one.supportedObjPath, objectOf(one)] as const)),
  );
}

const objectOf = (one: GetSupportedDMResp_SupportedObjectResult): SupportedObject => ({
  path: one.supportedObjPath,
  access: nameIn(GetSupportedDMResp_ObjAccessTypeSchema, one.access),
  multiInstance: one.isMultiInstance,
  params: new Map(
    one.supportedParams.map(({ paramName, access, valueType, valueChange }) => [
      paramName,
      {
        access: nameIn(GetSupportedDMResp_ParamAccessTypeSchema, access),
        type: nameIn(GetSupportedDMResp_ParamValueTypeSchema, valueType),
        valueChange: nameIn(GetSupportedDMResp_ValueChangeTypeSchema, valueChange),
      },
    ]),
  ),
  commands: new Map(
    one.supportedCommands.map(({ commandName, commandType, inputArgNames: input, outputArgNames: output }) => [
      commandName,
      { type: nameIn(GetSupportedDMResp_CmdTypeSchema, commandType), input, output },
    ]),
  ),
  events: new Map(one.supportedEvents.map(({ eventName, argNames }) => [eventName, argNames])),
  uniqueKeySets: one.uniqueKeySets.map(({ keyNames }) => keyNames),
});

const nameIn = ({ value }: DescEnum, number: number): string => value[number]?.name ?? String(number);

/** The parameters of a GetResp by full path, each with its place; empty when the reply is none. */
export function parametersIn(reply: Readable): ReadonlyMap<string, Located> {
  const paths = nested(reply, "response/get_resp/req_path_results", "resolved_path_results");
  return new Map(
    paths.flatMap((path) =>
      [...reply.entries(`${path}/result_params`)].map(
        ([name, value]) => [textAt(reply, `${path}/resolved_path`) + name, value] as const,
      ),
    ),
  );
}

/** Instances that a GetInstancesResp names, `Device.LocalAgent.Subscription.1.`; empty when the reply is none. */
export const instancesIn = (reply: Readable): readonly string[] =>
  nested(reply, "response/get_instances_resp/req_path_results", "curr_insts").map((path) =>
    textAt(reply, `${path}/instantiated_obj_path`),
  );

/** Instances that an AddResp says are created, in its order; empty when the reply is none. */
export const createdIn = (reply: Readable): readonly string[] =>
  textsAt(reply, "response/add_resp/created_obj_results/oper_status/oper_success/instantiated_path");

/** Parameters that a SetResp says are updated, by full path; empty when the reply is none. */
export const updatedIn = (reply: Readable): readonly string[] =>
  nested(reply, "response/set_resp/updated_obj_results", "oper_status/oper_success/updated_inst_results").flatMap((path) =>
    [...reply.entries(`${path}/updated_params`).keys()].map((name) => textAt(reply, `${path}/affected_path`) + name),
  );

/** Instances that a DeleteResp says are gone; empty when the reply is none. */
export const deletedIn = (reply: Readable): readonly string[] =>
  textsAt(reply, "response/delete_resp/deleted_obj_results/oper_status/oper_success/affected_paths");

/** A path as GetSupportedDM writes it: `{i}` in place of instance numbers. */
export const supportedPath = (path: string): string => path.replace(/\.\d+(?=\.)/g, ".{i}");
