import { inWords } from "../acs/patience.ts";
import type { Located } from "../core/finding.ts";
import type { UspRecordLog } from "../trace/usp.ts";
import type { UspMessage, UspRecord } from "../wire/usp.ts";
import type { UspReply } from "./controller.ts";

/** Whether a record cannot be read, or has no message where one belongs. */
export function isGarbage({ kind, record, message }: UspRecord): boolean {
  return record === undefined || kind === "none" || (kind === "no-session" && message?.msg === undefined);
}

/** Whether a message answers the request with this msg_id: it is no request of the agent's own. */
export const answers = (message: UspMessage | undefined, msgId: string): boolean =>
  message?.msgId.value === msgId && message.msg?.body?.msgBody.case !== "request";

/** The reply that a record is. */
export function replyOf(request: UspRecordLog, log: UspRecordLog): UspReply {
  const { message } = log.record;
  if (message?.msg === undefined) return without("garbage", "a record that holds no message", request, log);
  const isError = message.msg.body?.msgBody.case === "error";
  const errorCode: Located = isError ? message.at("error/err_code") : { value: undefined, where: log.where };
  return {
    kind: isError ? "error" : "response",
    summary: { value: isError ? `Error ${errorCode.value}` : message.msgType, where: log.where },
    request,
    log,
    message,
    errorCode,
    at: message.at,
    all: message.all,
    entries: message.entries,
  };
}

export const silentReply = (request: UspRecordLog, milliseconds: number): UspReply =>
  without("silence", `nothing within ${inWords(milliseconds)}`, request);

export const closedReply = (request: UspRecordLog): UspReply => without("closed", "connection closed", request);

function without(kind: UspReply["kind"], summary: string, request: UspRecordLog, log?: UspRecordLog): UspReply {
  const where = log?.where ?? `after ${request.where}`;
  const nothing: Located = { value: undefined, where };
  return {
    kind,
    summary: { value: summary, where },
    request,
    log,
    message: undefined,
    errorCode: nothing,
    at: () => nothing,
    all: () => [],
    entries: () => new Map(),
  };
}

/** Whether a message is a Notify. */
export const isNotify = (message: UspMessage | undefined): message is UspMessage =>
  message?.msg?.body?.msgBody.case === "request" && message.msg.body.msgBody.value.reqType.case === "notify";
