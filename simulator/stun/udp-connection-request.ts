import type { Credentials } from "../http/digest.ts";
import type { StunSeams } from "./seams.ts";
import type { UdpRecord, UdpRequest } from "./udp-request.ts";

/** A field, or a further line of the one before (RFC 2616 2.2). */
const FIELD = /^(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+[ \t]*:|[ \t])[^\r\n]*$/;

/** Reads a datagram as an HTTP request; undefined when it does not look like one. */
export function readUdpRequest(octets: Buffer, { argumentsIn }: Pick<StunSeams, "argumentsIn">): UdpRequest | undefined {
  const text = octets.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [line = "", ...fields] = text.slice(0, end).split("\r\n");
  const [method = "", target = "", version = "", ...more] = line.split(" ");
  if (method === "" || more.length > 0) return undefined;
  return {
    method,
    target,
    version,
    hosts: fields.filter((field) => /^host[ \t]*:/i.test(field)).length,
    broken: fields.filter((field) => !FIELD.test(field)).length,
    fields: fields.length,
    body: text.length - end - 4,
    query: argumentsIn(target.includes("?") ? target.slice(target.indexOf("?") + 1) : ""),
  };
}

/** Whether a request is both valid and authentic (G.2.1.4). */
export function isGood(request: UdpRequest, record: UdpRecord, credentials: Credentials, seams: StunSeams): boolean {
  const { method, target, body, query } = request;
  return (
    seams.acceptsForm(request) &&
    seams.acceptsUdpMethod(method) &&
    seams.acceptsUdpTarget(target) &&
    seams.acceptsBody(body) &&
    seams.acceptsTimestamp(query.ts, record.ts) &&
    seams.acceptsMessageId(query.id, record.id) &&
    seams.acceptsUdpUsername(query.un, credentials.username) &&
    seams.acceptsSignature(query.sig, seams.signedText(query), credentials)
  );
}
