import { SECRET_NAME as secretName } from "../core/secret-name.ts";

/** What stands in a text where a secret stood. */
export const REDACTED = "[redacted]";

/** Secrets of this length are looked for everywhere; shorter ones only as whole words, for "0000" occurs in many a number. */
const LONG = 8;
/** Shorter than this, a secret is only taken out of the fields that carry secrets. */
const SHORTEST = 4;

/**
 * Most octets of a value, or between a name and its value. A password of 256 characters fits in any escaping; without a bound,
 * four megabytes of unclosed tags would keep these patterns busy for minutes.
 */
const MOST = 2048;

/** What stands in a param_map for the value of a setting: it tells nothing, and is what a reader wants to see. */
const placeholder = "\\{[\\w|]{1,64}\\}";
/** Opening tag of an element, any prefix; the qualified name is kept as group `as`. */
const opening = (local: string, as: string): string => `<(?<${as}>(?:[\\w.\\-]+:)?${local})(?:\\s[^<>]*)?>`;

/** A ParameterValueStruct whose name ends like a password: the value. */
const passwordParameter = new RegExp(
  `(?<before>${opening("Name", "name")}[^<]*${secretName}\\s*<\\/\\k<name>\\s*>` +
    `(?:(?!<(?:[\\w.\\-]+:)?(?:Name|Value)[\\s>])[\\s\\S]){0,${MOST}}${opening("Value", "value")})(?<secret>[\\s\\S]{0,${MOST}}?)(?=<\\/\\k<value>\\s*>)`,
  "gi",
);

/** Places that are made for secrets: `before` stays, `secret` goes. */
const places: readonly RegExp[] = [
  /(?<before>\bBasic\s+)(?<secret>[A-Za-z0-9+/_-]{2,}={0,2})/g,
  /(?<before>\b(?:response|cnonce|rspauth)\s*=\s*"?)(?<secret>[A-Za-z0-9+/=_-]{8,})/g,
  /(?<before>:\/\/[^\s/@:"'<>]*:)(?<secret>[^\s/@"'<>]+)(?=@)/g,
  // A line of a param_map, to its end; a setting in a query.
  new RegExp(
    `(?<before>^[a-z]{1,12}:[\\w.\\-]{0,256}${secretName}[!&$*]?=)(?!${placeholder}\\r?$)(?<secret>[^\\r\\n]{1,${MOST}})`,
    "gim",
  ),
  new RegExp(`(?<before>\\b[\\w.\\-]{0,64}${secretName}[!&$*]?=)(?!${placeholder})(?<secret>[^&\\s"'<>]+)`, "gi"),
  // A setting in a file, XML or the older text form; a password of Download and Upload.
  new RegExp(
    `(?<before>${opening(`(?:[\\w\\-]{0,64}${secretName}|Username)`, "name")})(?<secret>[\\s\\S]{0,${MOST}}?)(?=<\\/\\k<name>\\s*>)`,
    "gi",
  ),
  new RegExp(`(?<before>^[a-z\\d_]{0,64}${secretName}[!&$]?: ?)(?<secret>[^\\s][^\\r\\n]{0,${MOST}})`, "gm"),
  passwordParameter,
];

/**
 * Takes secrets out of everything that a run leaves behind: those it was told, in all their spellings, and whatever stands in a
 * place that is made for secrets (Authorization fields, passwords of Download and Upload, parameters named like a password).
 */
export class Redactor {
  readonly #secrets = new Set<string>();
  #pattern: RegExp | undefined;

  /** @param secrets passwords and the like, known when the run starts */
  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** One more secret, generated or learnt on the way. */
  add(secret: string): void {
    if (secret.length < SHORTEST || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    this.#pattern = undefined;
  }

  /** Remembers the values of password parameters in a message, so that they are found wherever else they are repeated. */
  learn(message: string): void {
    if (!/pass|presharedkey/i.test(message)) return;
    for (const { groups } of message.matchAll(passwordParameter)) {
      const value = unescapeXml(groups?.secret ?? "");
      if (value.length >= LONG && !/^(?:password|\*+)$/i.test(value)) this.add(value);
    }
  }

  /** The text with `[redacted]` wherever a secret stood. */
  text(text: string): string {
    return this.#replace(text, () => REDACTED);
  }

  /** The octets, each octet of a secret replaced by one asterisk, so that lengths stay right. */
  octets(data: Buffer): Buffer {
    const masked = this.#replace(data.toString("latin1"), (secret) => "*".repeat(secret.length));
    return Buffer.from(masked, "latin1");
  }

  /** The value with every string in it redacted, at any depth. */
  deep<T>(value: T): T {
    if (typeof value === "string") return this.text(value) as T;
    if (Array.isArray(value)) return value.map((member: unknown) => this.deep(member)) as T;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.deep(member)])) as T;
  }

  #replace(text: string, by: (secret: string) => string): string {
    let clean = text;
    for (const place of places)
      clean = clean.replace(place, (...found: unknown[]) => {
        const { before, secret } = found.at(-1) as { before: string; secret: string };
        return before + (secret === "" ? "" : by(secret));
      });
    this.#pattern ??= patternOf(this.#secrets);
    return clean.replace(this.#pattern, by);
  }
}

function patternOf(secrets: Iterable<string>): RegExp {
  const spellings = new Set([...secrets].flatMap(spellingsOf));
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const alternatives = longestFirst.map((spelling) => {
    const literal = spelling.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
    return spelling.length >= LONG ? literal : `(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])`;
  });
  return alternatives.length === 0 ? /(?!)/g : new RegExp(alternatives.join("|"), "g");
}

/** A secret as itself and as base64, percent-encoded, XML-escaped and JSON-escaped text; also as the UTF-8 octets seen as latin1. */
function spellingsOf(secret: string): string[] {
  const xml = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const percent = encodeURIComponent(secret);
  const text = [
    secret,
    xml,
    xml.replaceAll(">", "&gt;"),
    xml.replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&apos;"),
    xml.replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
    JSON.stringify(secret).slice(1, -1),
    percent,
    percent.replaceAll("%20", "+"),
    percent.replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`),
    percent.replace(/%../g, (code) => code.toLowerCase()),
    Buffer.from(secret, "utf8").toString("base64"),
  ];
  return [...text, ...text.map((spelling) => Buffer.from(spelling, "utf8").toString("latin1"))];
}

function unescapeXml(text: string): string {
  return text
    .replace(/^<!\[CDATA\[([\s\S]*)\]\]>$/, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
