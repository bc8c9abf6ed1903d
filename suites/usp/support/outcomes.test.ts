import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { UspReply } from "../../../harness/controller/controller.ts";
import { replyOf } from "../../../harness/controller/replies.ts";
import type { Finding } from "../../../harness/core/finding.ts";
import type { UspRecordLog } from "../../../harness/trace/usp.ts";
import { decodeRecord } from "../../../harness/wire/usp.ts";
import { errorTells, failuresTell, outcomes, resultsWith, suitable, tellsNone, tellsOne, updates } from "./outcomes.ts";

const folder = join(import.meta.dirname, "../../../../shared/vectors/usp");
const there = existsSync(folder);
if (!there) console.warn("There are no records of other programs in ../shared/vectors/usp: results are not held against them.");

/** What an independent agent answered. */
function answered(name: string): UspReply {
  const octets = Buffer.from(readFileSync(join(folder, `${name}_response.hex`), "utf8").trim(), "hex");
  const record = decodeRecord(octets, name);
  const log: UspRecordLog = {
    number: 1,
    order: 1,
    at: 0,
    from: "agent",
    mtp: "websocket",
    connection: 1,
    caseId: "",
    record,
    where: name,
  };
  return replyOf(log, log);
}

const bad = (findings: Iterable<Finding>): readonly string[] =>
  [...findings].filter(({ ok }) => !ok).map(({ expected, actual }) => `${expected}: ${actual}`);

const R = "TR-369:R-SET.0";
const CONTROLLER = "Device.LocalAgent.Controller.1.";
const unknown = { param: /NoSuchParam$/, says: "NoSuchParam", code: 7010, request: "Set" } as const;
const success = (reply: UspReply, kind: "ADD_RESP" | "SET_RESP"): string => resultsWith(reply, kind, "oper_success")[0] ?? "";

test.runIf(there)("what an independent agent tells of an Add is read as it was meant", () => {
  const added = answered("add_success");
  expect(bad(outcomes(R, added, "ADD_RESP", "oper_success"))).toEqual([]);
  expect(bad(tellsNone(R, added, success(added, "ADD_RESP")))).toEqual([]);
  expect(bad(outcomes(R, added, "SET_RESP", "oper_success"))).toEqual(['"SET_RESP": "ADD_RESP"']);

  const failed = answered("add_failure_required_parameter");
  expect(bad(outcomes(R, failed, "ADD_RESP", "oper_failure"))).toEqual([]);
  expect([...suitable(R, failed, "ADD_RESP")].map(({ ok }) => ok)).toEqual([true]);

  const refused = answered("add_failure_required_parameter_no_partial");
  expect(bad(errorTells(R, refused, { param: /\.NotifType$/, says: "NotifType", code: 7012, request: "Add" }))).toEqual([]);
  const taken = answered("add_failure_duplicate_unique_key");
  expect(bad(errorTells(R, taken, { param: /\.ID$/, says: "ID", code: 7025, request: "Add" }))).toEqual([]);
  expect(bad(errorTells(R, taken, { param: /\.Enable$/, says: "Enable", code: 7011, request: "Add" }))).toHaveLength(2);
});

test.runIf(there)("what an independent agent tells of a Set is read as it was meant", () => {
  for (const name of ["set_success", "set_search_expression"]) {
    const set = answered(name);
    expect(bad(updates(R, set, new Map([[CONTROLLER, ["ProvisioningCode"]]])))).toEqual([]);
    expect(bad(updates(R, set, new Map([[CONTROLLER, ["Enable"]]])))).toHaveLength(1);
    expect(bad(updates(R, set, new Map()))).toHaveLength(1);
  }
  const some = answered("set_allow_partial_parameter_not_required");
  expect(bad(tellsOne(R, some, `${success(some, "SET_RESP")}/updated_inst_results/param_errs`, unknown))).toEqual([]);

  const both = answered("set_allow_partial_both");
  expect(bad(outcomes(R, both, "SET_RESP", "oper_success", "oper_failure"))).toEqual([]);
  expect(bad(suitable(R, both, "SET_RESP"))).toEqual([]);
  expect(bad(failuresTell(R, both, [CONTROLLER], unknown))).toEqual([]);
  expect(bad(failuresTell(R, both, [], unknown))).toHaveLength(1);

  const refused = answered("set_failure_unknown_parameter");
  expect(bad(errorTells(R, refused, unknown))).toEqual([]);
});
