import type { UspReply } from "../../../harness/controller/controller.ts";
import { type Finding, few, holds } from "../../../harness/core/finding.ts";

/** Where an answer tells why something failed. */
const CODES = [
  "error/err_code",
  "error/param_errs/err_code",
  "response/add_resp/created_obj_results/oper_status/oper_failure/err_code",
  "response/set_resp/updated_obj_results/oper_status/oper_failure/err_code",
  "response/set_resp/updated_obj_results/oper_status/oper_failure/updated_inst_failures/param_errs/err_code",
  "response/delete_resp/deleted_obj_results/oper_status/oper_failure/err_code",
  "response/operate_resp/operation_results/cmd_failure/err_code",
];

const PERMISSION_DENIED = "7006";

/** That an answer gives as the reason of a failure, or as one of them, that the controller has no permission. */
export function isDenied(requirement: string, reply: UspReply): Finding {
  const codes = CODES.flatMap((path) => reply.all(path).flatMap(({ value = [] }) => value));
  return holds(requirement, codes.includes(PERMISSION_DENIED), {
    expected: `error ${PERMISSION_DENIED}`,
    actual: codes.length === 0 ? `${reply.summary.value}, without an error code` : few(codes),
    where: reply.summary.where,
  });
}
