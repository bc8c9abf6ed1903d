import type { Acs } from "../../harness/acs/acs.ts";
import { escapeXml, message, methodElement, type Speech, tag } from "../../harness/acs/messages.ts";
import type { Args, Session } from "../../harness/acs/session.ts";
import type { RawHeaders } from "../../harness/trace/exchange.ts";

/** ID of requests that cases write themselves. */
const ID = "assay-1";

/** A request of ours as text, for cases that change what `session.request` would send. */
export const requestText = (speech: Speech, method: string, args: string): string =>
  message(speech, { id: ID, body: methodElement(speech, method, args) });

/** GetParameterValues of one name as text. */
export const getValueText = ({ speech }: Acs, name: string): string => {
  const { enc, xsd } = speech.prefixes;
  const list = `<ParameterNames ${enc}:arrayType="${xsd}:string[1]"><string>${escapeXml(name)}</string></ParameterNames>`;
  return requestText(speech, "GetParameterValues", list);
};

/** The InformResponse to the Inform of `session` as text. */
export function informResponseText({ speech }: Acs, { inform }: Session): string {
  const body = methodElement(speech, "InformResponse", tag("MaxEnvelopes", 1));
  return message(speech, { id: inform.request.envelope?.id.value, body });
}

/** The header fields that a body of ours needs, and no others. */
export const bareHeaders = (body: Buffer): RawHeaders => [
  ["Content-Type", 'text/xml; charset="utf-8"'],
  ["Content-Length", String(body.length)],
];

/** The header that keeps the phone from sending requests of its own; its values are 0 and 1 (TR-069 Table 4). */
export const holdRequests =
  (value: string): Args =>
  ({ cwmp, soap }) =>
    `<${cwmp}:HoldRequests ${soap}:mustUnderstand="1">${value}</${cwmp}:HoldRequests>`;
