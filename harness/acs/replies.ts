import type { Located } from "../core/finding.ts";
import type { Exchange, GarbageRecord } from "../trace/exchange.ts";
import { isBlank } from "./context.ts";
import { inWords } from "./patience.ts";
import { messageOf } from "./read.ts";
import type { Reply } from "./session.ts";

/** What a POST of the phone is, seen from the session. */
export function kindOf({ request }: Exchange): Exclude<Reply["kind"], "closed" | "silence"> {
  if (request.method !== "POST") return "garbage";
  if (request.envelope === undefined) return isBlank(request.body) ? "empty" : "garbage";
  const { method } = request.envelope;
  if (method === "") return "garbage";
  if (method === "Fault") return "fault";
  if (method === "Inform") return "inform";
  return method.endsWith("Response") ? "response" : "request";
}

/** The reply that a request of the phone is. */
export function replyOf(exchange: Exchange): Reply {
  const kind = kindOf(exchange);
  const message = messageOf(exchange);
  const code = message.at("Fault/detail/Fault/FaultCode");
  const faultCode: Located = kind === "fault" ? { value: code.value?.trim(), where: code.where } : nothingAt(exchange.where);
  return {
    kind,
    exchange,
    summary: { value: inShort(exchange, kind, faultCode.value), where: exchange.where },
    faultCode,
    at: message.at,
    all: (path) => exchange.request.envelope?.all(path) ?? [],
    element: message.element,
    elements: message.elements,
    place: message.place,
  };
}

function inShort({ request }: Exchange, kind: Reply["kind"], faultCode: string | undefined): string {
  if (kind === "empty") return "empty POST";
  if (kind === "fault") return faultCode === undefined ? "Fault without FaultCode" : `Fault ${faultCode}`;
  if (kind !== "garbage") return request.envelope?.method ?? "";
  return request.method === "POST" ? "a body without a SOAP message" : `${request.method} request`;
}

/** `where` names the place after which nothing came. */
export const closedReply = (where: string): Reply => withoutMessage("closed", "connection closed", where);

export const silentReply = (milliseconds: number, where: string): Reply =>
  withoutMessage("silence", `nothing within ${inWords(milliseconds)}`, where);

export const garbageReply = ({ reason, where }: GarbageRecord): Reply => withoutMessage("garbage", reason, where);

function withoutMessage(kind: Reply["kind"], summary: string, where: string): Reply {
  return {
    kind,
    exchange: undefined,
    summary: { value: summary, where },
    faultCode: nothingAt(where),
    at: () => nothingAt(where),
    all: () => [],
    element: () => undefined,
    elements: () => [],
    place: () => where,
  };
}

const nothingAt = (where: string): Located => ({ value: undefined, where });
