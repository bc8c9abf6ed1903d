import { createHash, randomBytes } from "node:crypto";
import { digestOf, parseFields } from "../phone/digest.ts";
import type { Answer } from "./answer.ts";
import type { Authentication, AuthenticationRecord } from "./authentication.ts";
import { fieldValues, type Heard } from "./context.ts";

type Digest = Extract<Authentication, { scheme: "digest" }>;

/** What became of a request: let in, or to be asked for credentials with this answer. */
export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly challenge: Answer };

interface Judgement {
  readonly ok: boolean;
  readonly outcome: string;
  /** The credentials are right, only the nonce is too old. */
  readonly stale?: boolean;
}

/** Nonces that are remembered; only a flood of requests without credentials comes near it. */
const KEPT_NONCES = 10_000;
/** Records of authentications that are kept. */
const KEPT_RECORDS = 20_000;

const REALM = "assay";
const ADMITTED: Admission = { admitted: true };

/** Asks the phone for credentials and judges what it gives (RFC 7617, RFC 7616 and the RFC 2617 before it). */
export class Authenticator {
  readonly records: AuthenticationRecord[] = [];
  #required: Authentication;
  /** Nonces that we gave, each with the nonce counts that were used with it. */
  readonly #nonces = new Map<string, { expired: boolean; readonly counts: Set<string> }>();

  constructor(required: Authentication = { scheme: "none" }) {
    this.#required = required;
  }

  /** What is asked for now. The value itself tells a session whether it was admitted under it. */
  get required(): Authentication {
    return this.#required;
  }

  require(authentication: Authentication): void {
    this.#required = authentication;
  }

  expireNonces(): void {
    for (const nonce of this.#nonces.values()) nonce.expired = true;
  }

  /** `open`: the session was admitted already, so that a request without credentials, or with lapses in them, is let in. */
  admit(heard: Heard, where: string, open: boolean): Admission {
    const required = this.#required;
    const value = fieldValues(heard.headers, "authorization")[0];
    if (required.scheme === "none") {
      if (value !== undefined) this.#record(where, value, "not asked for");
      return ADMITTED;
    }
    const needed = !open || required.scope === "request";
    if (value === undefined) {
      if (!needed) return ADMITTED;
      this.#record(where, value, "no Authorization field");
      return this.#challenge(required, false);
    }
    const {
      ok,
      outcome,
      stale = false,
    } = required.scheme === "basic" ? judgeBasic(value, required) : this.#judgeDigest(value, required, heard);
    this.#record(where, value, outcome);
    return ok || !(needed || stale) ? ADMITTED : this.#challenge(required, stale);
  }

  #judgeDigest(value: string, required: Digest, { method, target, body }: Heard): Judgement {
    if (!/^digest\b/i.test(value)) return wrong("another scheme than Digest");
    const fields = parseFields(value.slice("digest".length));
    const { nonce = "", algorithm, qop, nc, uri = "", response = "" } = fields;
    const ours = required.algorithm ?? "MD5";
    const known = this.#nonces.get(nonce);
    if (known === undefined) return wrong("nonce not ours");
    if (fields.username !== required.username) return wrong("wrong username");
    if (fields.realm !== (required.realm ?? REALM)) return wrong("wrong realm");
    if (algorithm !== undefined && algorithm.toLowerCase() !== ours.toLowerCase())
      return wrong(`algorithm ${algorithm} not offered`);
    const offered = required.qop === "none" ? [] : (required.qop ?? "auth").split(",");
    if (qop !== undefined && !offered.includes(qop)) return wrong(`qop ${qop} not offered`);
    // With auth-int A2 ends in the hash of the body (RFC 7616 3.4.3), here as a part of the uri that only A2 uses.
    const hash = ours === "SHA-256" ? "sha256" : "md5";
    const hashed = qop === "auth-int" ? `${uri}:${createHash(hash).update(body).digest("hex")}` : uri;
    const right = digestOf({ ...fields, algorithm: ours, uri: hashed }, required.password, method);
    if (response.toLowerCase() !== right) return wrong("wrong response");
    if (known.expired) return { ok: false, outcome: "nonce expired", stale: true };
    const lapses: string[] = [];
    if (uri !== target) lapses.push(`uri ${JSON.stringify(uri)} is not the request target`);
    if (fields.opaque !== required.opaque) lapses.push("opaque not returned");
    if (nc !== undefined && known.counts.has(nc)) lapses.push(`nc ${nc} was used before`);
    if (nc !== undefined && known.counts.size < KEPT_NONCES) known.counts.add(nc);
    // Phones with such lapses are common; the session goes on, and a case can judge them.
    return { ok: true, outcome: lapses.length === 0 ? "accepted" : `accepted, but ${lapses.join(", ")}` };
  }

  #challenge(required: Exclude<Authentication, { scheme: "none" }>, stale: boolean): Admission {
    const { realm = REALM } = required;
    const value = required.scheme === "basic" ? `Basic realm=${quote(realm)}` : this.#digestChallenge(required, realm, stale);
    return { admitted: false, challenge: { status: 401, extra: [["WWW-Authenticate", value]] } };
  }

  #digestChallenge({ algorithm = "MD5", qop = "auth", opaque }: Digest, realm: string, stale: boolean): string {
    const nonce = randomBytes(16).toString("hex");
    this.#nonces.set(nonce, { expired: false, counts: new Set() });
    for (const oldest of this.#nonces.keys()) {
      if (this.#nonces.size <= KEPT_NONCES) break;
      this.#nonces.delete(oldest);
    }
    const fields = [
      `realm=${quote(realm)}`,
      ...(qop === "none" ? [] : [`qop="${qop}"`]),
      `algorithm=${algorithm}`,
      `nonce="${nonce}"`,
      ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
      ...(stale ? ["stale=true"] : []),
    ];
    return `Digest ${fields.join(", ")}`;
  }

  #record(where: string, value: string | undefined, outcome: string): void {
    const scheme = value?.trim().split(/\s/, 1)[0]?.toLowerCase();
    this.records.push({ where, scheme, fields: value === undefined ? {} : fieldsOf(value, scheme), outcome });
    if (this.records.length > KEPT_RECORDS) this.records.shift();
  }
}

const wrong = (outcome: string): Judgement => ({ ok: false, outcome });

const quote = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

function judgeBasic(value: string, { username, password }: { readonly username: string; readonly password: string }): Judgement {
  if (!/^basic\b/i.test(value)) return wrong("another scheme than Basic");
  const [user, given] = basicPair(value);
  if (given === undefined) return wrong("no username and password in base64");
  if (user !== username) return wrong("wrong username");
  return given === password ? { ok: true, outcome: "accepted" } : wrong("wrong password");
}

/** Username and password; the password may hold colons (RFC 7617 2). */
function basicPair(value: string): readonly [string, string | undefined] {
  const text = Buffer.from(value.slice("basic".length).trim(), "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** The fields of a Digest answer, or the username of Basic: what may be kept. */
function fieldsOf(value: string, scheme: string | undefined): Readonly<Record<string, string>> {
  if (scheme === "digest") return parseFields(value.slice("digest".length));
  const [username, password] = scheme === "basic" ? basicPair(value) : ["", undefined];
  return password === undefined ? {} : { username };
}
