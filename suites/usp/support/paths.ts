import type { Located } from "../../../harness/core/finding.ts";
import type { UspMessage } from "../../../harness/wire/usp.ts";

/**
 * Fields in which an agent reports paths of its instantiated data model; not those that repeat what was asked, nor those of failures,
 * which may.
 */
export const REPORTED_PATHS: readonly string[] = [
  "response/get_resp/req_path_results/resolved_path_results/resolved_path",
  "response/get_instances_resp/req_path_results/curr_insts/instantiated_obj_path",
  "response/add_resp/created_obj_results/oper_status/oper_success/instantiated_path",
  "response/set_resp/updated_obj_results/oper_status/oper_success/updated_inst_results/affected_path",
  "response/set_resp/updated_obj_results/oper_status/oper_failure/updated_inst_failures/affected_path",
  "response/delete_resp/deleted_obj_results/oper_status/oper_success/affected_paths",
  "response/delete_resp/deleted_obj_results/oper_status/oper_success/unaffected_path_errs/unaffected_path",
  "response/operate_resp/operation_results/executed_command",
  "response/operate_resp/operation_results/req_obj_path",
  "request/notify/event/obj_path",
  "request/notify/value_change/param_path",
  "request/notify/obj_creation/obj_path",
  "request/notify/obj_deletion/obj_path",
  "request/notify/oper_complete/obj_path",
];

const SUPPORTED = "response/get_supported_dm_resp/req_obj_results/supported_objs";

/** Names may have hyphens: TR-106 makes vendors' names of domains. */
const NAME = "[A-Za-z_][\\w-]*";
/** Of an object, parameter, command or event that is there; the last dot may be left out, as examples of TR-369 do. */
const INSTANTIATED = new RegExp(`^${NAME}\\.(?:(?:${NAME}|[1-9]\\d*)\\.)*(?:${NAME}(?:\\(\\)|!)?|[1-9]\\d*)?$`);
const SUPPORTED_OBJECT = new RegExp(`^${NAME}\\.(?:(?:${NAME}|\\{i\\}|[1-9]\\d*)\\.)*$`);
const PARAMETER = new RegExp(`^${NAME}$`);
const COMMAND = new RegExp(`^${NAME}\\(\\)$`);
const EVENT = new RegExp(`^${NAME}!$`);

/** A path or a name that an agent tells, and how such ones are formed. */
export interface ToldPath {
  readonly seen: Located;
  readonly form: RegExp;
  readonly says: string;
}

const FORMS: readonly (readonly [path: string, form: RegExp, says: string])[] = [
  ...REPORTED_PATHS.map((path) => [path, INSTANTIATED, "the path of something that is there"] as const),
  [`${SUPPORTED}/supported_obj_path`, SUPPORTED_OBJECT, "the path of a supported object"],
  [`${SUPPORTED}/supported_params/param_name`, PARAMETER, "the name of a parameter"],
  [`${SUPPORTED}/supported_commands/command_name`, COMMAND, "the name of a command, name()"],
  [`${SUPPORTED}/supported_events/event_name`, EVENT, "the name of an event, name!"],
];

/** All paths and names of the data model that a message of an agent tells by itself. */
export function* pathsIn(message: UspMessage): Iterable<ToldPath> {
  for (const [path, form, says] of FORMS) for (const seen of message.all(path)) yield { seen, form, says };
}
