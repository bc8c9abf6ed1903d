import { createHash } from "node:crypto";

/** A challenge or a set of credentials: `Digest realm="x", nonce="y"`, taken apart. */
export interface AuthFields {
  /** In lower case. */
  readonly scheme: string;
  /** What stands behind the scheme without a name, as in Basic credentials. */
  readonly token: string | undefined;
  /** Names in lower case, values without quotes and escapes. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const TOKEN68 = /[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y;
const BLANKS = /[ \t]*/y;
const SEPARATORS = /[ \t,]*/y;

/** What a sticky `pattern` finds in `text` at `at`. */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const skip = (pattern: RegExp, text: string, at: number): number => at + (matchAt(pattern, text, at)?.[0].length ?? 0);

/** The challenges of all WWW-Authenticate fields, in order; a field may hold several (RFC 9110 11.6.1). What cannot be read ends its field. */
export function parseChallenges(values: readonly string[]): readonly AuthFields[] {
  return values.flatMap(parseAuthField);
}

/** Credentials of an Authorization field, `undefined` when it has none. */
export function parseCredentials(value: string): AuthFields | undefined {
  return parseAuthField(value)[0];
}

function parseAuthField(text: string): AuthFields[] {
  const found: { scheme: string; token: string | undefined; parameters: Map<string, string> }[] = [];
  let at = skip(SEPARATORS, text, 0);
  while (at < text.length) {
    const word = matchAt(TOKEN, text, at)?.[0];
    if (word === undefined) break;
    at = skip(BLANKS, text, at + word.length);
    const last = found.at(-1);
    if (text[at] === "=" && last !== undefined) {
      at = skip(BLANKS, text, at + 1);
      const quoted = matchAt(QUOTED, text, at);
      const value = quoted ?? matchAt(TOKEN, text, at);
      if (value === null) break;
      last.parameters.set(word.toLowerCase(), quoted === null ? value[0] : (quoted[1] ?? "").replaceAll(/\\([\s\S])/g, "$1"));
      at += value[0].length;
    } else {
      const token = matchAt(TOKEN68, text, at)?.[0];
      found.push({ scheme: word.toLowerCase(), token, parameters: new Map() });
      at += token?.length ?? 0;
    }
    at = skip(SEPARATORS, text, at);
  }
  return found;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const HASHES: Readonly<Record<string, string>> = { md5: "md5", "sha-256": "sha256" };

/** Hash function and session variant of a Digest algorithm; without one it is MD5 (RFC 2617 3.2.1). */
function algorithmOf(name: string | undefined): { hash(text: string): string; session: boolean } | undefined {
  const wanted = (name ?? "MD5").toLowerCase();
  const session = wanted.endsWith("-sess");
  const digest = HASHES[session ? wanted.slice(0, -"-sess".length) : wanted];
  if (digest === undefined) return undefined;
  return { hash: (text) => createHash(digest).update(text, "utf8").digest("hex"), session };
}

interface Computation extends Credentials {
  readonly realm: string;
  readonly nonce: string;
  readonly cnonce: string | undefined;
  /** Eight hexadecimal digits. */
  readonly nc: string | undefined;
  readonly qop: string | undefined;
  readonly method: string;
  readonly uri: string;
  readonly algorithm: string | undefined;
}

/** request-digest of RFC 2617 3.2.2.1, of RFC 2069 when there is no qop. */
function digestOf(given: Computation): string | undefined {
  const algorithm = algorithmOf(given.algorithm);
  if (algorithm === undefined) return undefined;
  const { hash } = algorithm;
  const secret = hash(`${given.username}:${given.realm}:${given.password}`);
  const first = algorithm.session ? hash(`${secret}:${given.nonce}:${given.cnonce ?? ""}`) : secret;
  const second = hash(`${given.method}:${given.uri}`);
  const middle = given.qop === undefined ? "" : `${given.nc ?? ""}:${given.cnonce ?? ""}:${given.qop}:`;
  return hash(`${first}:${given.nonce}:${middle}${second}`);
}

/** Whether `answerDigest` can answer this challenge: a known algorithm, and qop `auth` or none. */
function canAnswer(challenge: AuthFields): boolean {
  const { scheme, parameters } = challenge;
  if (scheme !== "digest" || parameters.get("nonce") === undefined || parameters.get("realm") === undefined) return false;
  return algorithmOf(parameters.get("algorithm")) !== undefined && (!parameters.has("qop") || offersAuth(challenge));
}

/** The challenge that a careful client answers: the first Digest that it can, else Basic. */
export function preferredChallenge(challenges: readonly AuthFields[]): AuthFields | undefined {
  return challenges.find(canAnswer) ?? challenges.find(({ scheme }) => scheme === "basic");
}

const offersAuth = ({ parameters }: AuthFields): boolean =>
  (parameters.get("qop") ?? "").split(",").some((option) => option.trim().toLowerCase() === "auth");

export interface DigestAnswer extends Credentials {
  readonly challenge: AuthFields;
  readonly method: string;
  /** The request target exactly as in the request line. */
  readonly uri: string;
  /** How often this nonce was used, this time included. */
  readonly count: number;
  readonly cnonce: string;
}

const quoted = (value: string): string => `"${value.replaceAll(/["\\]/g, "\\$&")}"`;

/** Value of an Authorization field that answers a Digest challenge (RFC 2617 3.2.2, RFC 7616 for SHA-256); `undefined` when it cannot. */
export function answerDigest(answer: DigestAnswer): string | undefined {
  const { challenge, username, password, method, uri, cnonce } = answer;
  if (!canAnswer(challenge)) return undefined;
  const realm = challenge.parameters.get("realm") ?? "";
  const nonce = challenge.parameters.get("nonce") ?? "";
  const algorithm = challenge.parameters.get("algorithm");
  const opaque = challenge.parameters.get("opaque");
  const qop = offersAuth(challenge) ? "auth" : undefined;
  const nc = answer.count.toString(16).padStart(8, "0");
  const response = digestOf({ username, password, realm, nonce, cnonce, nc, qop, method, uri, algorithm });
  if (response === undefined) return undefined;
  // A session variant cannot be verified without cnonce, so it is sent even where there is no qop to go with it.
  const needsCnonce = qop !== undefined || algorithm?.toLowerCase().endsWith("-sess") === true;
  return [
    `Digest username=${quoted(username)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response="${response}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(qop === undefined ? [] : [`qop=${qop}`, `nc=${nc}`]),
    ...(needsCnonce ? [`cnonce=${quoted(cnonce)}`] : []),
  ].join(", ");
}

/** Value of an Authorization field with Basic credentials (RFC 7617). */
export function answerBasic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}

/** Whether Basic credentials are those of `expected`. */
export function isBasic({ scheme, token }: AuthFields, { username, password }: Credentials): boolean {
  return scheme === "basic" && Buffer.from(token ?? "", "base64").toString("utf8") === `${username}:${password}`;
}

export interface DigestExpectation extends Credentials {
  readonly realm: string;
  readonly method: string;
  /** The request target as it stood in the request line. */
  readonly target: string;
}

/**
 * Whether Digest credentials are those of `expected`, for a server that offers MD5 with qop `auth`. Whether their nonce is a good
 * one is not looked at. Credentials without qop, as of RFC 2069, are taken too.
 */
export function verifyDigest(given: AuthFields, expected: DigestExpectation): boolean {
  const { scheme, parameters } = given;
  const algorithm = parameters.get("algorithm");
  const qop = parameters.get("qop");
  if (scheme !== "digest" || (algorithm ?? "MD5").toLowerCase() !== "md5" || (qop ?? "auth") !== "auth") return false;
  if (parameters.get("username") !== expected.username || parameters.get("realm") !== expected.realm) return false;
  if (parameters.get("uri") !== expected.target) return false;
  const nc = parameters.get("nc");
  const cnonce = parameters.get("cnonce");
  if (qop !== undefined && (cnonce === undefined || !/^[0-9a-f]{8}$/i.test(nc ?? ""))) return false;
  const nonce = parameters.get("nonce") ?? "";
  const { username, password, realm, method, target: uri } = expected;
  return (
    parameters.get("response")?.toLowerCase() ===
    digestOf({ username, password, realm, nonce, cnonce, nc, qop, method, uri, algorithm })
  );
}

/** `octets` random octets in hexadecimal, for nonces. */
export function randomHex(random: () => number, octets: number): string {
  return Array.from({ length: octets }, () =>
    Math.floor(random() * 256)
      .toString(16)
      .padStart(2, "0"),
  ).join("");
}
