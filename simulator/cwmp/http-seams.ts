import type { HeldBack } from "../http/connection.ts";
import { type Cookie, cookieHeader, storeCookie } from "../http/cookies.ts";
import {
  type AuthFields,
  answerBasic,
  answerDigest,
  type DigestAnswer,
  parseChallenges,
  preferredChallenge,
} from "../http/digest.ts";
import { type Field, type Framing, fieldValues, type ResponseHead, USER_AGENT } from "../http/message.ts";
import { usualRules } from "../http/response.ts";

/** What a POST to the ACS carries: an envelope with the Inform, another request, a response or a fault; or nothing. */
export type PostKind = "inform" | "request" | "response" | "fault" | "empty";

/** A 401 as the client sees it. */
export interface Unauthorized {
  /** How many times this POST was answered with 401 in a row, this time included. */
  readonly times: number;
  /** The nonce was too old, the credentials may still be right. */
  readonly stale: boolean;
}

/** A redirect that was followed: its status, and where it led to. */
export interface Redirect {
  readonly status: number;
  readonly url: string;
}

/** How the phone speaks HTTP to the ACS (TR-069 3.4). */
export interface HttpSeams {
  /** Octets of an envelope on the wire. */
  encodeBody(text: string): Buffer;
  /** Protocol of the request line. */
  version(kind: PostKind): string;
  /** Target of the request line: path and query of the URL in use. */
  target(url: URL): string;
  /** Value of Host. */
  host(url: URL): string;
  /** Value of User-Agent, or none. */
  userAgent(): string | undefined;
  /** Value of Content-Type, or none. */
  contentType(kind: PostKind): string | undefined;
  /** Value of SOAPAction, or none; `""` is a field without value. */
  soapAction(kind: PostKind): string | undefined;
  /** Value of Content-Length. */
  contentLength(octets: Buffer, text: string): number;
  /** Octets of a POST that has nothing to say. */
  emptyBody(): Buffer;
  /** Chunks to send the body in with the chunked coding, or none to send it plainly with Content-Length. */
  chunks(octets: Buffer): readonly Buffer[] | undefined;
  /** How the body is held back behind a head with Expect: 100-continue, or none to send no such head. */
  expectContinue(kind: PostKind, octets: Buffer): HeldBack | undefined;
  /** Last look at the header before it is sent: order and spelling of the fields. */
  arrangeFields(fields: readonly Field[]): readonly Field[];
  /** The cookies after a Set-Cookie with this value was received. */
  storeCookie(jar: readonly Cookie[], value: string, now: number): readonly Cookie[];
  /** Value of Cookie, or none. */
  cookieHeader(jar: readonly Cookie[], now: number): string | undefined;
  /** Cookies that are still there when the next session begins. */
  cookiesKept(jar: readonly Cookie[]): readonly Cookie[];
  /** Whether a response with this status, and a body of so many octets, sends a POST of this kind elsewhere. */
  followsRedirect(status: number, kind: PostKind, length: number): boolean;
  /** Where a redirect leads to. */
  redirectTarget(location: string, from: URL): string;
  /** How many redirects in a row are followed. */
  redirectLimit(): number;
  /** The method that the message is sent with after a redirect. */
  redirectedMethod(status: number): string;
  /** Body that is sent after a redirect. */
  redirectedBody(octets: Buffer): Buffer;
  /** Whether a redirect is for the rest of the session, not for one message only. */
  redirectLasts(): boolean;
  /** The cookies that go along to another server. */
  cookiesAfterRedirect(jar: readonly Cookie[], from: URL, to: URL): readonly Cookie[];
  /** The redirected URL as it is remembered for the next session, or none. */
  redirectKept(redirect: Redirect, session: "clean" | "failed"): string | undefined;
  /** What the WWW-Authenticate fields of a 401 say. */
  readChallenges(values: readonly string[]): readonly AuthFields[];
  /** The challenge that is answered, if any can be. */
  chooseChallenge(challenges: readonly AuthFields[]): AuthFields | undefined;
  /** Whether the POST is sent once more, with credentials. */
  answersChallenge(refused: Unauthorized): boolean;
  /** Whether credentials are sent without a new challenge, once there was one. */
  authorizesAhead(): boolean;
  /** Whether credentials are sent in the clear before the ACS asked. */
  authorizesUnasked(): boolean;
  /** nonce count of the next use of a nonce. */
  nonceCount(before: number): number;
  /** Value of Authorization for a Digest challenge. */
  digest(answer: DigestAnswer): string | undefined;
  /** Value of Authorization for a Basic challenge. */
  basic(username: string, password: string): string;
  /** Whether the connection stays in use after a response; `exchanges` counts those that it has carried. */
  keepsConnection(response: { readonly status: number; readonly closing: boolean; readonly exchanges: number }): boolean;
  /** Whether the session goes on with this POST when the ACS has closed the connection before it, `announced` by Connection: close. */
  continuesAfterClose(kind: PostKind, announced: boolean): boolean;
  /** Whether a POST is sent once more when no response came. */
  repeatsUnanswered(): boolean;
  /** Local port of the connection that is the `nth` since the phone booted; 0 lets the system choose. */
  localPort(nth: number): number;
  /** Milliseconds after which a connection that cannot be made counts as failed. */
  connectTimeout(): number;
  /** Milliseconds without an octet of the response after which it counts as missing. */
  responseTimeout(): number;
  /** Milliseconds after which an empty POST is sent behind one whose response has not come; never, TR-069 3.4.6 forbids it. */
  hurries(kind: PostKind): number | undefined;
  /** Values of a field of the response. */
  readField(head: ResponseHead, name: string): readonly string[];
  /** Whether a response is only an interim one, with the final one to follow. */
  isInterim(status: number): boolean;
  /** How the end of a response's body is found. */
  framing(head: ResponseHead): Framing;
  /** Value of a header field from what stands behind its colon. */
  fieldValue(text: string): string;
  /** Octets in a chunk from the line before it; undefined when that tells none. */
  chunkSize(line: string): number | undefined;
  /** A body from the pieces in which it arrived. */
  gatherBody(pieces: readonly Buffer[]): Buffer;
}

/** TR-069 3.4.2 wants at least 30 s for either. */
const PATIENCE = 60_000;

export const httpSeams: HttpSeams = {
  encodeBody: (text) => Buffer.from(text, "utf8"),
  version: () => "HTTP/1.1",
  target: (url) => `${url.pathname}${url.search}`,
  host: (url) => url.host,
  userAgent: () => USER_AGENT,
  contentType: (kind) => (kind === "empty" ? undefined : "text/xml; charset=utf-8"),
  soapAction: (kind) => (kind === "empty" ? undefined : ""),
  contentLength: (octets) => octets.length,
  emptyBody: () => Buffer.alloc(0),
  chunks: () => undefined,
  expectContinue: () => undefined,
  arrangeFields: (fields) => fields,
  storeCookie,
  cookieHeader,
  cookiesKept: () => [],
  followsRedirect: (status) => status === 301 || status === 302 || status === 307 || status === 308,
  redirectTarget: (location, from) => new URL(location, from).href,
  redirectLimit: () => 20,
  redirectedMethod: () => "POST",
  redirectedBody: (octets) => octets,
  redirectLasts: () => true,
  cookiesAfterRedirect: (jar) => jar,
  redirectKept: () => undefined,
  readChallenges: parseChallenges,
  chooseChallenge: preferredChallenge,
  answersChallenge: ({ times, stale }) => times === 1 || (times === 2 && stale),
  authorizesAhead: () => true,
  authorizesUnasked: () => false,
  nonceCount: (before) => before + 1,
  digest: answerDigest,
  basic: (username, password) => answerBasic({ username, password }),
  keepsConnection: ({ closing }) => !closing,
  continuesAfterClose: () => true,
  repeatsUnanswered: () => false,
  localPort: () => 0,
  connectTimeout: () => PATIENCE,
  responseTimeout: () => PATIENCE,
  hurries: () => undefined,
  readField: (head, name) => fieldValues(head.fields, name),
  isInterim: usualRules.isInterim,
  framing: usualRules.framing,
  fieldValue: usualRules.fieldValue,
  chunkSize: usualRules.chunkSize,
  gatherBody: usualRules.gatherBody,
};
