import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Request, ResponseSchema } from "../../schema/usp/msg_pb.ts";
import type { Clock } from "../clock.ts";
import { type RunningUspAntagonist, type Said, startScriptedAgent, type UspScript } from "./usp-shell.ts";

type Asked = Request["reqType"];
type ResponseBody = NonNullable<MessageInitShape<typeof ResponseSchema>["respType"]>;

/** An agent against which no USP case may pass. */
export interface UspAntagonist {
  readonly id: string;
  readonly phone: string;
  readonly rig: "generic";
  start(clock: Clock): Promise<RunningUspAntagonist>;
}

/** msg_type of the response to each request, and its field. */
const RESPONSES: Readonly<Record<string, readonly [type: number, field: string]>> = {
  get: [2, "getResp"],
  set: [5, "setResp"],
  operate: [7, "operateResp"],
  add: [9, "addResp"],
  delete: [11, "deleteResp"],
  getSupportedDm: [13, "getSupportedDmResp"],
  getInstances: [15, "getInstancesResp"],
  getSupportedProtocol: [18, "getSupportedProtocolResp"],
};

const error = (errCode: number): Said => ({ type: 0, body: { case: "error", value: { errCode, errMsg: "No" } } });

/** The response to what was asked with this content. */
function response(asked: Asked, value: object): Said {
  const [type, field] = RESPONSES[asked.case ?? ""] ?? [0, ""];
  const respType = { case: field, value } as ResponseBody;
  return { type, body: { case: "response", value: { respType } } };
}

/** The success of everything, whatever was asked. */
function claimed(asked: Asked): object {
  if (asked.case === "get") return { reqPathResults: asked.value.paramPaths.map(everythingFine) };
  if (asked.case === "set")
    return {
      updatedObjResults: asked.value.updateObjs.map(({ objPath, paramSettings }) => ({
        requestedPath: objPath,
        operStatus: success({
          updatedInstResults: [
            {
              affectedPath: objPath,
              updatedParams: Object.fromEntries(paramSettings.map(({ param, value }) => [param, value])),
            },
          ],
        }),
      })),
    };
  if (asked.case === "add")
    return {
      createdObjResults: asked.value.createObjs.map(({ objPath }) => ({
        requestedPath: objPath,
        operStatus: success({ instantiatedPath: `${objPath}1.`, uniqueKeys: { Alias: "cpe-1" } }),
      })),
    };
  if (asked.case === "delete")
    return {
      deletedObjResults: asked.value.objPaths.map((path) => ({
        requestedPath: path,
        operStatus: success({ affectedPaths: [path] }),
      })),
    };
  if (asked.case === "operate")
    return {
      operationResults: [
        {
          executedCommand: asked.value.command,
          operationResp: { case: "reqOutputArgs", value: { outputArgs: { Status: "Fine" } } },
        },
      ],
    };
  if (asked.case === "getInstances")
    return {
      reqPathResults: asked.value.objPaths.map((path) => ({
        requestedPath: path,
        currInsts: [{ instantiatedObjPath: `${path}1.`, uniqueKeys: { Alias: "cpe-1" } }],
      })),
    };
  if (asked.case === "getSupportedDm")
    return {
      reqObjResults: asked.value.objPaths.map((path) => ({
        reqObjPath: path,
        supportedObjs: [{ supportedObjPath: path, supportedParams: [{ paramName: "Everything", access: 1, valueType: 10 }] }],
      })),
    };
  return { agentSupportedProtocolVersions: "1.4" };
}

const success = (value: object): object => ({ operStatus: { case: "operSuccess", value } });

function everythingFine(path: string): object {
  const cut = path.lastIndexOf(".") + 1;
  const name = path.slice(cut) || "Everything";
  return { requestedPath: path, resolvedPathResults: [{ resolvedPath: path.slice(0, cut), resultParams: { [name]: "fine" } }] };
}

/** Octets that are no record: field 1 says that it is longer than what follows. */
const NO_RECORD = Buffer.from("0a7f312e33", "hex");

const agent = (id: string, phone: string, script: UspScript): UspAntagonist => ({
  id,
  phone,
  rig: "generic",
  start: async (clock) => startScriptedAgent(clock, script),
});

const blank = (asked: Asked): Said => response(asked, {});
const liar = (asked: Asked): Said => response(asked, claimed(asked));

/** Agents that are absent, mute, lying or babbling. */
export const uspAntagonists: readonly UspAntagonist[] = [
  {
    id: "usp-absent",
    phone: "A phone whose USP agent never comes.",
    rig: "generic",
    start: async () => ({ hands: { async start() {}, async factoryReset() {} }, async stop() {} }),
  },
  agent("usp-stunned", "A phone that comes to its controller and never answers.", { answer: () => "mute" }),
  agent("usp-hanger-up", "A phone that hangs up on every request.", { answer: () => "hang-up" }),
  agent("usp-babbler", "A phone that answers every request with octets that are no record.", {
    answer: () => ({ octets: NO_RECORD }),
  }),
  agent("usp-same-error", "A phone that answers every request with the same Error.", { answer: () => error(7000) }),
  agent("usp-refuser", "A phone that answers every request with the Error that most refusals have.", {
    answer: () => error(7004),
  }),
  agent("usp-blank", "A phone that answers every request with the empty response of its type.", { answer: blank }),
  agent("usp-liar", "A phone that says of everything that it has been done, and that it is fine.", { answer: liar }),
  agent("usp-swapped", "A phone that swaps from_id and to_id, and says of everything that it is fine.", {
    answer: liar,
    swapped: true,
  }),
  agent("usp-same-id", "A phone that gives all its answers one and the same msg_id.", { answer: liar, msgId: "1" }),
  agent("usp-unannounced", "A phone that never sends a Connect record, and says of everything that it is fine.", {
    answer: liar,
    greets: false,
  }),
];
