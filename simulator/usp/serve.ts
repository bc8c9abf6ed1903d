import type { Request } from "../../schema/usp/msg_pb.ts";
import { add } from "./add.ts";
import { type Answer, respond } from "./answer.ts";
import { deleteObjects } from "./delete.ts";
import { type CommandCall, type CommandOutcome, operate } from "./operate.ts";
import { get, getInstances } from "./read.ts";
import { set } from "./set.ts";
import { getSupportedDm } from "./supported-dm.ts";
import type { Tools } from "./tools.ts";

/** Answers a request of a controller. `run` runs one command of one object. */
export function serve(tools: Tools, { reqType }: Request, run: (call: CommandCall) => CommandOutcome): Answer {
  const { seams } = tools;
  switch (reqType.case) {
    case "get":
      return seams.answer(get(tools, reqType.value), "get");
    case "getInstances":
      return seams.answer(getInstances(tools, reqType.value), "getInstances");
    case "getSupportedDm":
      return seams.answer(getSupportedDm(tools, reqType.value), "getSupportedDm");
    case "set":
      return seams.answer(set(tools, reqType.value), "set");
    case "add":
      return seams.answer(add(tools, reqType.value), "add");
    case "delete":
      return seams.answer(deleteObjects(tools, reqType.value), "delete");
    case "operate":
      return seams.answer(operate(tools, reqType.value, run), "operate");
    case "getSupportedProtocol": {
      const value = { agentSupportedProtocolVersions: seams.protocolVersions() };
      return seams.answer(respond({ case: "getSupportedProtocolResp", value }), "getSupportedProtocol");
    }
    case "notify":
    case "register":
    case "deregister":
    case undefined:
      return { kind: "none" };
  }
}
