import { createHash, randomBytes } from "node:crypto";

/** A challenge of WWW-Authenticate. */
export interface Challenge {
  /** In lower case: `digest`, `basic`. */
  readonly scheme: string;
  /** Names in lower case, values without quotes. */
  readonly fields: Readonly<Record<string, string>>;
}

/** All challenges in the values of WWW-Authenticate fields; several may stand in one value. */
export function parseChallenges(values: readonly string[]): readonly Challenge[] {
  return values.flatMap((value) => {
    const starts = [...value.matchAll(/(?:^|,)\s*([A-Za-z][\w-]*)(?=\s+[^=\s,]|\s*$)(?!\s*=)/g)];
    return starts.map((start, index) => {
      const from = start.index + start[0].length;
      return {
        scheme: (start[1] as string).toLowerCase(),
        fields: parseFields(value.slice(from, starts[index + 1]?.index)),
      };
    });
  });
}

/** The fields of a challenge or of an Authorization value, quoted or not. */
export function parseFields(text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name, quoted, plain] of text.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/g))
    fields[(name as string).toLowerCase()] ??= quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "";
  return fields;
}

export interface DigestParts {
  readonly username: string;
  readonly password: string;
  readonly method: string;
  /** Request target, as in the request line. */
  readonly uri: string;
  readonly nc?: number;
  readonly cnonce?: string;
  /** Fields of the answer to falsify, after everything has been computed. */
  readonly tamper?: Readonly<Record<string, string>>;
}

const HASHES: Record<string, string> = { md5: "md5", "md5-sess": "md5", "sha-256": "sha256", "sha-256-sess": "sha256" };

export const isKnownAlgorithm = (algorithm: string | undefined): boolean => (algorithm ?? "MD5").toLowerCase() in HASHES;

/** The `response` of RFC 2617 3.2.2.1 and RFC 7616 3.4.1; without qop as RFC 2069 had it. */
export function digestOf(fields: Readonly<Record<string, string | undefined>>, password: string, method: string): string {
  const algorithm = (fields.algorithm ?? "MD5").toLowerCase();
  const hash = (text: string): string =>
    createHash(HASHES[algorithm] ?? "md5")
      .update(text, "utf8")
      .digest("hex");
  const { username = "", realm = "", nonce = "", uri = "", qop, nc = "", cnonce = "" } = fields;
  const secret = hash(`${username}:${realm}:${password}`);
  const a1 = algorithm.endsWith("-sess") ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const a2 = hash(`${method}:${uri}`);
  return hash(qop === undefined ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${nc}:${cnonce}:${qop}:${a2}`);
}

/** The Authorization value that answers a Digest challenge; qop `auth` is taken when it is offered. */
export function answerDigest(challenge: Challenge, parts: DigestParts): string {
  const { realm = "", nonce = "", algorithm, opaque } = challenge.fields;
  const qop = challenge.fields.qop?.split(/\s*,\s*/).includes("auth") === true ? "auth" : undefined;
  const nc = (parts.nc ?? 1).toString(16).padStart(8, "0");
  const cnonce = parts.cnonce ?? randomBytes(8).toString("hex");
  const given: Record<string, string | undefined> = { username: parts.username, realm, nonce, uri: parts.uri, algorithm };
  if (qop !== undefined || algorithm?.toLowerCase().endsWith("-sess") === true) Object.assign(given, { qop, nc, cnonce });
  const answer = { ...given, response: digestOf(given, parts.password, parts.method), opaque, ...parts.tamper };
  // These three are tokens, not quoted strings, in RFC 2617 3.2.2.
  const bare = new Set(["algorithm", "qop", "nc"]);
  const fields = Object.entries(answer).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${bare.has(name) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`}`],
  );
  return `Digest ${fields.join(", ")}`;
}

/**
 * The Authorization value that answers the challenges in WWW-Authenticate values: Digest where it is offered with an algorithm we
 * know, else Basic. Undefined when neither is.
 */
export function answerChallenges(challenges: readonly Challenge[], parts: DigestParts): string | undefined {
  const digest = challenges.find(({ scheme, fields }) => scheme === "digest" && isKnownAlgorithm(fields.algorithm));
  if (digest !== undefined) return answerDigest(digest, parts);
  return challenges.some(({ scheme }) => scheme === "basic") ? basic(parts.username, parts.password) : undefined;
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}
