import { hasEvent } from "../acs/read.ts";
import type { Away } from "../phone/driver.ts";
import type { Exchange } from "../trace/exchange.ts";
import { decodeEnvelope } from "../wire/soap.ts";

/** What the ACS has asked a phone to change in a stretch of the recording, and what the phone still owes for it. */
export interface Touched {
  /** Names in SetParameterValues. */
  readonly parameters: ReadonlySet<string>;
  /** Names in SetParameterAttributes, partial paths included. */
  readonly attributes: ReadonlySet<string>;
  /** Tables in which AddObject or DeleteObject was tried. */
  readonly tables: ReadonlySet<string>;
  /** The phone was reset: nothing is as it was. */
  readonly reset: boolean;
  /** When FactoryReset was last accepted, in milliseconds of the run's clock. */
  readonly resetAt: number | undefined;
  /** The event whose Inform has not come yet, after a Reboot or FactoryReset. */
  readonly owes: "1 BOOT" | "0 BOOTSTRAP" | undefined;
  /** A session that did not come to its end, or a transfer: the phone may still have to say something about it. */
  readonly unfinished: boolean;
}

/** Requests that leave something behind. */
const CHANGING =
  /SetParameterValues|SetParameterAttributes|AddObject|DeleteObject|Reboot|FactoryReset|Download|Upload|ScheduleInform/;

/** @param away what has been done to the phone besides CWMP */
export function touchedIn(exchanges: readonly Exchange[], away?: Away): Touched {
  const parameters = new Set<string>();
  const attributes = new Set<string>();
  const tables = new Set<string>();
  const last = new Map<number, Exchange>();
  const asked = new Map<number, string>();
  let reset = away?.reset === true;
  let resetAt: number | undefined;
  let transfers = false;
  let owes: Touched["owes"];
  for (const exchange of exchanges) {
    const { session, request } = exchange;
    const answered = session === undefined ? "" : (asked.get(session) ?? "");
    const accepted = request.envelope?.method === `${answered}Response`;
    if (accepted && answered === "FactoryReset") {
      reset = true;
      resetAt = request.endedAt;
      owes = "0 BOOTSTRAP";
    } else if (accepted && answered === "Reboot") owes ??= "1 BOOT";
    if (owes !== undefined && request.envelope?.method === "Inform" && hasEvent(exchange, owes)) owes = undefined;
    if (session === undefined) continue;
    last.set(session, exchange);
    const ours = requestIn(exchange);
    asked.set(session, ours?.method ?? "");
    if (ours === undefined) continue;
    const texts = (path: string): readonly string[] => ours.all(path).flatMap(({ value = "" }) => value.trim() || []);
    for (const name of texts("SetParameterValues/ParameterList/ParameterValueStruct/Name")) parameters.add(name);
    for (const name of texts("SetParameterAttributes/ParameterList/SetParameterAttributesStruct/Name")) attributes.add(name);
    for (const name of texts("AddObject/ObjectName")) tables.add(name);
    for (const name of texts("DeleteObject/ObjectName")) tables.add(name.replace(/[^.]*\.?$/, ""));
    transfers ||= /^(?:Download|Upload|ScheduleInform)$/.test(ours.method);
  }
  const informedAt = exchanges.findLast(({ request }) => request.envelope?.method === "Inform")?.request.startedAt;
  // An Inform after it shows that the phone has been told again where its ACS is.
  if (away !== undefined && (informedAt === undefined || informedAt <= away.at)) owes = "0 BOOTSTRAP";
  const unfinished = transfers || [...last.values()].some((exchange) => !isFarewell(exchange));
  return { parameters, attributes, tables, reset, resetAt, owes, unfinished };
}

/** Our request in an answer; only those that change something are looked at. */
function requestIn({ response }: Exchange): ReturnType<typeof decodeEnvelope> | undefined {
  if (response === undefined || response.body.length === 0 || !CHANGING.test(response.body.toString("latin1"))) return undefined;
  return decodeEnvelope(response.body, "our request");
}

/** The empty answer with which the ACS ends a session. */
const isFarewell = ({ response }: Exchange): boolean =>
  response !== undefined && response.status < 300 && response.body.length === 0;
