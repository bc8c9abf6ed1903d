import type { Endpoint } from "../core/network.ts";
import type { StunMessage } from "../wire/stun.ts";
import { LAST_MANDATORY } from "../wire/stun-names.ts";
import { addressAttribute, attribute, encodeStun, errorCodeAttribute, padded } from "../wire/stun-write.ts";
import type { HeardStun, StunCredentials, StunReply } from "./stun.ts";

/** Phrases of the error codes that the server gives (RFC 3489 11.2.9). */
const PHRASES: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  420: "Unknown Attribute",
  430: "Stale Credentials",
  431: "Integrity Check Failure",
  432: "Missing Username",
  500: "Server Error",
};

/** What a server that follows RFC 3489 8.1 says of itself, and asks for no MESSAGE-INTEGRITY. */
export function usualReply({ message }: HeardStun, credentials: StunCredentials | undefined): StunReply {
  if (message.name !== "BindingRequest") return { kind: "silence" };
  // Codes beside 401 go for a request that claims to have a secret; nobody has one without credentials.
  if (message.has("MESSAGE-INTEGRITY")) {
    if (!message.has("USERNAME")) return { kind: "error", code: 432 };
    if (credentials === undefined || message.at("USERNAME").value !== padded(credentials.username).toString())
      return { kind: "error", code: 430 };
    // One that is not padded is a fault that a case tells of; the phone is served all the same, so that nothing else fails for it.
    if (!/^(?:valid|not padded)$/.test(message.integrity(credentials.password))) return { kind: "error", code: 431 };
  }
  return message.attributes.some(({ name, type }) => name.startsWith("0x") && type <= LAST_MANDATORY)
    ? { kind: "error", code: 420 }
    : { kind: "response" };
}

/** A server that wants MESSAGE-INTEGRITY, and says so by 401 (TR-111 2.2.2.1). */
export const demandingReply = (heard: HeardStun, credentials: StunCredentials | undefined): StunReply =>
  heard.message.name === "BindingRequest" && !heard.message.has("MESSAGE-INTEGRITY")
    ? { kind: "error", code: 401 }
    : usualReply(heard, credentials);

/**
 * The datagram that the server answers with; undefined for none.
 * @param server its own address, which it has but one of (TR-111 2.2.2.1)
 */
export function writeAnswer(
  heard: HeardStun,
  reply: StunReply,
  server: Endpoint,
  credentials: StunCredentials | undefined,
): Buffer | undefined {
  if (reply.kind === "silence") return undefined;
  if (reply.kind === "octets") return reply.octets;
  const { message } = heard;
  const asked = Buffer.from(message.transactionId, "hex");
  if (reply.kind === "error")
    return encodeStun({
      name: "BindingErrorResponse",
      transactionId: asked,
      attributes: [errorCodeAttribute(reply.code, reply.phrase ?? PHRASES[reply.code] ?? ""), ...unknownIn(message, reply.code)],
    });
  const integrity = reply.integrity ?? (message.has("MESSAGE-INTEGRITY") ? "right" : "none");
  // A key that nobody has: random ones could, once in 2^160, be the right one.
  const key = integrity === "right" ? credentials?.password : integrity === "wrong" ? `not ${credentials?.password}` : undefined;
  return encodeStun({
    name: "BindingResponse",
    transactionId: reply.transactionId ?? asked,
    attributes: [
      addressAttribute("MAPPED-ADDRESS", reply.mapped ?? heard.seen),
      addressAttribute("SOURCE-ADDRESS", server),
      addressAttribute("CHANGED-ADDRESS", server),
      ...(message.has("RESPONSE-ADDRESS") ? [addressAttribute("REFLECTED-FROM", heard.seen)] : []),
      ...(reply.extra ?? []),
    ],
    ...(key === undefined ? {} : { key }),
  });
}

function unknownIn({ attributes }: StunMessage, code: number) {
  if (code !== 420) return [];
  const types = attributes.filter(({ name, type }) => name.startsWith("0x") && type <= LAST_MANDATORY).map(({ type }) => type);
  // An odd number of types is filled up with one of them (RFC 3489 11.2.10).
  const even = types.length % 2 === 0 ? types : [...types, ...types.slice(-1)];
  return [attribute("UNKNOWN-ATTRIBUTES", Buffer.from(even.flatMap((type) => [type >> 8, type & 0xff])))];
}
