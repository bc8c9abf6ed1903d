import { Header_MsgType } from "../../schema/usp/msg_pb.ts";
import type { UspMessage } from "../wire/usp.ts";
import { encodeMsg } from "../wire/usp-write.ts";
import type { RequestBody, RequestOptions, Requests, UspObject, UspReply } from "./controller.ts";

/** USP versions that the suite speaks. */
export const VERSIONS = "1.0,1.1,1.2,1.3,1.4";

/** The requests of a controller, each made of its arguments. */
export function requestsBy(request: (body: RequestBody, options?: RequestOptions) => Promise<UspReply>): Requests {
  return {
    get: (paths, maxDepth = 0, options) => request({ case: "get", value: { paramPaths: [...paths], maxDepth } }, options),
    set: (objects, allowPartial = false, options) =>
      request({ case: "set", value: { allowPartial, updateObjs: objects.map(withSettings) } }, options),
    add: (objects, allowPartial = false, options) =>
      request({ case: "add", value: { allowPartial, createObjs: objects.map(withSettings) } }, options),
    delete: (paths, allowPartial = false, options) =>
      request({ case: "delete", value: { allowPartial, objPaths: [...paths] } }, options),
    operate: (command, inputArgs = {}, { sendResp = true, commandKey = "assay", ...options } = {}) =>
      request({ case: "operate", value: { command, commandKey, sendResp, inputArgs } }, options),
    getInstances: (paths, firstLevelOnly = false, options) =>
      request({ case: "getInstances", value: { objPaths: [...paths], firstLevelOnly } }, options),
    getSupportedDM: (paths, what = {}, options) => {
      const { firstLevelOnly = false, commands = false, events = false, params = false, uniqueKeySets = false } = what;
      const returns = {
        returnCommands: commands,
        returnEvents: events,
        returnParams: params,
        returnUniqueKeySets: uniqueKeySets,
      };
      return request({ case: "getSupportedDm", value: { objPaths: [...paths], firstLevelOnly, ...returns } }, options);
    },
    getSupportedProtocol: (controllerSupportedProtocolVersions = VERSIONS, options) =>
      request({ case: "getSupportedProtocol", value: { controllerSupportedProtocolVersions } }, options),
  };
}

const withSettings = ({ path, params }: UspObject) => ({
  objPath: path,
  paramSettings: params.map(({ name, value, required = false }) => ({ param: name, value, required })),
});

/** The octets of a message with a Request. */
export const requestMessage = (body: RequestBody, msgId: string): Buffer =>
  encodeMsg({
    header: { msgId, msgType: TYPES[body.case] },
    body: { msgBody: { case: "request", value: { reqType: body } } },
  });

const TYPES: Readonly<Record<RequestBody["case"], Header_MsgType>> = {
  get: Header_MsgType.GET,
  getSupportedDm: Header_MsgType.GET_SUPPORTED_DM,
  getInstances: Header_MsgType.GET_INSTANCES,
  set: Header_MsgType.SET,
  add: Header_MsgType.ADD,
  delete: Header_MsgType.DELETE,
  operate: Header_MsgType.OPERATE,
  notify: Header_MsgType.NOTIFY,
  getSupportedProtocol: Header_MsgType.GET_SUPPORTED_PROTO,
  register: Header_MsgType.REGISTER,
  deregister: Header_MsgType.DEREGISTER,
};

/** The message that answers a Notify. */
export function notifyResponseTo(notify: UspMessage): Buffer {
  const subscriptionId = notify.at("request/notify/subscription_id").value ?? "";
  return encodeMsg({
    header: { msgId: notify.msgId.value ?? "", msgType: Header_MsgType.NOTIFY_RESP },
    body: { msgBody: { case: "response", value: { respType: { case: "notifyResp", value: { subscriptionId } } } } },
  });
}
