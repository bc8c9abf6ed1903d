import type { DeviceKind } from "../device-kind.ts";
import { randomHex } from "../http/digest.ts";
import type { Endpoint } from "../network.ts";
import { type Attribute, integrityOf } from "./message.ts";

/** What a Binding Request is sent for: to find the binding or keep it, to tell that it changed, or to test whether it has timed out. */
export type Purpose = "keep-alive" | "change" | "probe";

/** The port on which UDP connection requests are heard, or the other one. */
export type SourcePort = "primary" | "secondary";

/** A Binding Request that is to be made. */
export interface Plan {
  readonly purpose: Purpose;
  readonly source: SourcePort;
  /** Whether the server has asked for MESSAGE-INTEGRITY, in this request. */
  readonly signed: boolean;
  /** Whether it has done so in any request since STUN began. */
  readonly wasAsked: boolean;
  /** STUNUsername. */
  readonly username: string;
  /** Where the primary port appears to others, as far as that is known. */
  readonly mapped: Endpoint | undefined;
}

/** How STUN messages are made and read: TR-069 G.2.1, RFC 3489. */
export const stunMessageSeams = {
  /** Whether there is a STUN client in the device, and whether parameters switch it. */
  presence(kind: DeviceKind): "none" | "by parameters" | "always on" {
    return kind === "cwmp" ? "by parameters" : "none";
  },
  /** Which port a request is sent from (G.2.1.1, G.2.1.2). */
  sourceOf(purpose: Purpose): SourcePort {
    return purpose === "probe" ? "secondary" : "primary";
  },
  /** Whether each probe is sent from a port of its own. */
  takesNewSecondary(): boolean {
    return false;
  },
  /** Transaction ID of a new request, so many of which there were since STUN began: 128 bits (RFC 3489 11.1). */
  transactionId(random: () => number, _number: number): Buffer {
    return Buffer.from(randomHex(random, 16), "hex");
  },
  /** Value of CONNECTION-REQUEST-BINDING, which is in all requests of the primary port and in no others (G.2.1.3). */
  connectionRequestBinding({ source }: Plan): string | undefined {
    return source === "primary" ? "dslforum.org/TR-111 " : undefined;
  },
  /** Value of BINDING-CHANGE, where it belongs. */
  bindingChange({ purpose }: Plan): string | undefined {
    return purpose === "change" ? "" : undefined;
  },
  /** Username of a request: that of the primary port has one whenever one is set, another where it is signed. */
  username({ source, signed, username }: Plan): string | undefined {
    return username !== "" && (source === "primary" || signed) ? username : undefined;
  },
  /** Value of USERNAME: its length is a multiple of 4 (G.2.1.3, RFC 3489 11.2.6). */
  usernameOctets(username: string): Buffer {
    const text = Buffer.from(username, "utf8");
    return Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, " ")]);
  },
  /** RESPONSE-ADDRESS: that of a probe is where the primary port appears (G.2.1.2). */
  responseAddress({ purpose, mapped }: Plan): Endpoint | undefined {
    return purpose === "probe" ? mapped : undefined;
  },
  /** What else stands in a request: nothing. */
  otherAttributes(_plan: Plan): readonly Attribute[] {
    return [];
  },
  /** Attributes in the order in which they are sent. */
  ordered(attributes: readonly Attribute[]): readonly Attribute[] {
    return attributes;
  },
  /** Whether a request has MESSAGE-INTEGRITY: only where the server has asked for it (G.2.1.1). */
  signs({ signed }: Plan): boolean {
    return signed;
  },
  /** The octets of a message as they are sent; so many requests were made before since STUN began. */
  asSent(octets: Buffer, _purpose: Purpose, _number: number): Buffer {
    return octets;
  },
  /** Value of MESSAGE-INTEGRITY. */
  integrity(over: Buffer, password: string): Buffer {
    return integrityOf(over, password);
  },
  /** Whether an answer with this transaction ID is one to a request with that. */
  isAnswerTo(answered: Buffer, asked: Buffer): boolean {
    return answered.equals(asked);
  },
  /** Whether a Binding Response counts: after a signed request only with a right MESSAGE-INTEGRITY (G.2.1.1). */
  believes(signed: boolean, integrity: "right" | "wrong" | "absent"): boolean {
    return !signed || integrity === "right";
  },
  /** What a Binding Error Response leads to: 401 to a signed request, if there are credentials and it was not signed already. */
  onError(code: number, { signed, credentials }: { readonly signed: boolean; readonly credentials: boolean }): "sign" | "fail" {
    return code === 401 && !signed && credentials ? "sign" : "fail";
  },
  /** When copies of an unanswered request are sent, and when it has failed, in milliseconds after it was sent first (RFC 3489 9.3). */
  schedule(purpose: Purpose): { readonly copies: readonly number[]; readonly failed: number } {
    // A test of the binding must not take longer than the binding may stay unrefreshed.
    if (purpose === "probe") return { copies: [100, 300, 700], failed: 1500 };
    return { copies: [100, 300, 700, 1500, 3100, 4700, 6300, 7900], failed: 9500 };
  },
  /** What a datagram is, by its first octet (G.2.1.4). */
  kindOf(octets: Buffer): "stun" | "request" | "garbage" {
    const first = octets[0] ?? -1;
    if (first === 0 || first === 1) return "stun";
    return /^[a-z]/i.test(String.fromCharCode(first)) ? "request" : "garbage";
  },
  /** Whether the phone hears on after a datagram that it could not read. */
  survives(_octets: Buffer): boolean {
    return true;
  },
};
