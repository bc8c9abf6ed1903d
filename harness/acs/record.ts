import { gunzipSync, inflateSync } from "node:zlib";
import type { Exchange, RawHeaders } from "../trace/exchange.ts";
import { KEPT_PER_MESSAGE, type Recording } from "../trace/recording.ts";
import { decodeEnvelope, type Envelope } from "../wire/soap.ts";
import type { Connection } from "./connection.ts";
import { fieldValues, type Heard, isBlank } from "./context.ts";
import { LARGEST_BODY } from "./reader.ts";

/**
 * Records a request.
 *
 * @param sessionOf finds the session of the request from the method of its envelope, `""` when there is none; called once
 */
export function record(
  recording: Recording,
  heard: Heard,
  connection: Connection,
  sessionOf: (method: string) => number | undefined,
): Exchange {
  const { method: verb, target, version, headers, body, message, startedAt, endedAt } = heard;
  // Most bodies stand in the message as they are; they are not kept twice.
  const inMessage = message.raw.subarray(message.bodyAt);
  const kept = inMessage.equals(body) ? inMessage : body.subarray(0, KEPT_PER_MESSAGE);
  return recording.exchange((number) => {
    let session: number | undefined;
    const place = (method: string): string => {
      session = sessionOf(method);
      const what = verb !== "POST" ? "" : ` (${method !== "" ? method : isBlank(body) ? "empty" : "no SOAP message"})`;
      return `${verb} #${number}${what}${session === undefined ? "" : `, session ${session}`}`;
    };
    const content = decoded(heard);
    const envelope: Envelope | undefined = isBlank(content) ? undefined : decodeEnvelope(content, place);
    const where = envelope?.where ?? place("");
    const { raw, omitted } = message;
    return {
      connection: connection.number,
      session,
      where,
      request: { method: verb, target, version, headers, body: kept, raw, omitted, startedAt, endedAt, envelope },
    };
  });
}

/** The body without its Content-Encoding; as it is when that cannot be undone, so that it counts as malformed. */
const decoded = ({ headers, body }: Heard): Buffer => uncoded(headers, body) ?? body;

/** A body without its Content-Encoding; undefined when that cannot be undone. */
export function uncoded(headers: RawHeaders, body: Buffer): Buffer | undefined {
  const coding = fieldValues(headers, "content-encoding").join(",").trim().toLowerCase();
  try {
    // Bounded, as a few octets may stand for gigabytes.
    if (/^(x-)?gzip$/.test(coding)) return gunzipSync(body, { maxOutputLength: LARGEST_BODY });
    if (coding === "deflate") return inflateSync(body, { maxOutputLength: LARGEST_BODY });
  } catch {
    return undefined;
  }
  return coding === "" || coding === "identity" ? body : undefined;
}
