import type { Exchange } from "../../harness/trace/exchange.ts";
import { decodeEnvelope, type Envelope } from "../../harness/wire/soap.ts";

const decoded = new WeakMap<Exchange, Envelope | undefined>();

/** What the ACS sent as answer in this exchange, when that was an envelope. */
export function sentIn(exchange: Exchange): Envelope | undefined {
  if (!decoded.has(exchange)) {
    const body = exchange.response?.body;
    decoded.set(exchange, body === undefined || body.length === 0 ? undefined : decodeEnvelope(body, "our message"));
  }
  return decoded.get(exchange);
}

/** The phone's message in an exchange when its XML could be read strictly; others are the business of one rule alone. */
export function messageOf(exchange: Exchange): Envelope | undefined {
  const { envelope } = exchange.request;
  return envelope === undefined || envelope.malformed !== undefined || envelope.root === undefined ? undefined : envelope;
}

/** The request of the ACS that the phone's message answers: what we sent in the exchange before, when that was well-formed. */
export function requestAnswered(exchange: Exchange, before: Exchange | undefined): Envelope | undefined {
  const answer = messageOf(exchange);
  const asked = before === undefined ? undefined : sentIn(before);
  if (answer === undefined || asked === undefined || asked.malformed !== undefined) return undefined;
  // What was sent before the request went out answers another one.
  if (exchange.request.startedAt < (before?.response?.startedAt ?? 0)) return undefined;
  if (asked.method === "" || asked.method === "Fault" || asked.method.endsWith("Response")) return undefined;
  return answer.method === "Fault" || answer.method.endsWith("Response") ? asked : undefined;
}
