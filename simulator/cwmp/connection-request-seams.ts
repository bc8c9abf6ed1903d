import { type AuthFields, type Credentials, type DigestExpectation, verifyDigest } from "../http/digest.ts";
import type { Field } from "../http/message.ts";

/** What is known of the nonce in a request's credentials. */
export interface NonceState {
  /** This server gave it out, and not too long ago. */
  readonly known: boolean;
  /** Highest nonce count that was accepted with it; 0 when it was not used. */
  readonly used: number;
}

/** How the phone answers connection requests (TR-069 3.2.2). */
export interface ConnectionRequestSeams {
  /** Path of ConnectionRequestURL after a start, from the one before it. It must not change without an Inform that tells so. */
  pathAfterBoot(path: string): string;
  /** Whether a connection is taken beside so many that are open. */
  admitsConnection(open: number): boolean;
  /** How an ACS whose request has this Accept field has to authenticate itself. */
  scheme(accept: string | undefined): "digest" | "basic";
  /** The credentials that are right: those that are set now, not the first ones since the start. */
  credentials(now: Credentials, first: Credentials): Credentials;
  /** Realm of the challenge. */
  realm(): string;
  /** Value of WWW-Authenticate in a 401. */
  challenge(realm: string, nonce: string, stale: boolean): string;
  /** Whether the connection is closed behind a challenge. */
  closesAfterChallenge(): boolean;
  /** Whether requests with this method are looked at. */
  acceptsMethod(method: string): boolean;
  /** Status for other methods. */
  methodStatus(): number;
  /** Whether a request for this target means the phone's path. */
  acceptsTarget(target: string, path: string): boolean;
  /** Status for other targets. */
  targetStatus(): number;
  /** Whether a request is looked at that came to this port with such a Host. */
  acceptsHost(host: string | undefined, port: number | undefined): boolean;
  /** Whether a request with so many octets of data is looked at. */
  acceptsContent(octets: number): boolean;
  /** Whether the credentials, if there are any, are right. The nonce is judged by `acceptsNonce`. */
  authenticates(given: AuthFields | undefined, expected: DigestExpectation): boolean;
  /** Whether a nonce may be used with this nonce count. */
  acceptsNonce(state: NonceState, count: number): boolean;
  /** Milliseconds for which a nonce is good. */
  nonceLifetime(): number;
  /** Whether one more request is accepted after those accepted at these times (milliseconds). */
  withinRate(accepted: readonly number[], now: number): boolean;
  /** Status of a request that is rejected because of a session, or of the rate. */
  busyStatus(why: "session" | "rate"): number;
  /** Further fields of such an answer. */
  busyFields(): readonly Field[];
  /** Status of an accepted request; `accept` is its field of that name. */
  acceptedStatus(accept: string | undefined): number;
  /** Body of the answer to an accepted request. */
  acceptedBody(accept: string | undefined): string;
  /** Whether the answer is sent before the session starts; else it comes a second after the request. */
  answersFirst(accept: string | undefined): boolean;
  /** Milliseconds after which a silent connection is closed. */
  idleTimeout(): number;
}

/** A limit that floods meet, and nobody who waits for each session before the next request. */
const RATE_WINDOW = 2_000;
const RATE_LIMIT = 30;

export const connectionRequestSeams: ConnectionRequestSeams = {
  pathAfterBoot: (path) => path,
  admitsConnection: () => true,
  scheme: () => "digest",
  credentials: (now) => now,
  realm: () => "ConnectionRequest",
  challenge: (realm, nonce, stale) =>
    `Digest realm="${realm}", qop="auth", algorithm=MD5, nonce="${nonce}"${stale ? ", stale=true" : ""}`,
  closesAfterChallenge: () => false,
  acceptsMethod: (method) => method === "GET",
  methodStatus: () => 405,
  acceptsTarget: (target, path) => target === path,
  targetStatus: () => 404,
  // A gateway that maps a port leaves the Host of the address that the ACS has used.
  acceptsHost: () => true,
  acceptsContent: () => true,
  // As long as none are configured nobody has the right credentials: the clause leaves no way round authentication.
  authenticates: (given, expected) =>
    given !== undefined && (expected.username !== "" || expected.password !== "") && verifyDigest(given, expected),
  acceptsNonce: ({ known, used }, count) => known && count > used,
  nonceLifetime: () => 300_000,
  withinRate: (accepted, now) => accepted.filter((at) => at > now - RATE_WINDOW).length < RATE_LIMIT,
  busyStatus: () => 503,
  busyFields: () => [],
  acceptedStatus: () => 200,
  acceptedBody: () => "",
  answersFirst: () => true,
  idleTimeout: () => 60_000,
};
