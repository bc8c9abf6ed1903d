import type { Clock } from "../clock.ts";
import type { HttpSeams, PostKind, Redirect } from "../cwmp/http-seams.ts";
import type { Trust } from "../dial.ts";
import type { HostFinder } from "../dns/resolver.ts";
import { type HeldBack, type HttpConnection, type HttpRequest, openConnection } from "./connection.ts";
import type { Cookie } from "./cookies.ts";
import { type AuthFields, randomHex } from "./digest.ts";
import { encodeHead, type Field, type ResponseHead } from "./message.ts";
import type { ReadingRules, Response } from "./response.ts";

export interface AcsClientOptions {
  readonly clock: Clock;
  readonly seams: HttpSeams;
  readonly trust?: Trust;
  /** The ACS URL as configured. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Numbers in [0, 1), for client nonces. */
  random(): number;
  /** Finds where the ACS is; without it the system does. */
  readonly hosts?: HostFinder | undefined;
  /** A TCP connection was made, or could not be had. */
  dialled?(succeeded: boolean): void;
  /** What earlier sessions left behind; the correct phone leaves nothing. Hand the same object to every client of a phone. */
  readonly memory?: AcsMemory;
}

export interface AcsMemory {
  cookies: readonly Cookie[];
  /** Where some redirect from an ACS URL led to. */
  redirected: { readonly from: string; readonly to: string } | undefined;
  /** Connections that were made since the phone booted. */
  connections: number;
}

/** What came of a POST. A redirect or challenge that could be dealt with is not seen; every other status is an answer. */
export type Posted =
  | { readonly kind: "answer"; readonly status: number; readonly body: Buffer }
  | { readonly kind: "failed"; readonly reason: string };

interface Authentication {
  readonly challenge: AuthFields;
  /** How often the nonce was used. */
  count: number;
  /** Made anew for each connection (TR-069 3.4.5). */
  cnonce: string | undefined;
}

interface Message {
  readonly method: string;
  readonly text: string;
  readonly octets: Buffer;
  readonly kind: PostKind;
}

type Sent = { readonly kind: "response"; readonly response: Response } | { readonly kind: "failed"; readonly reason: string };

const LONGEST_BODY = 32 * 1024 * 1024;

const failed = (reason: string): { readonly kind: "failed"; readonly reason: string } => ({ kind: "failed", reason });

/** The phone's side of HTTP for one session with the ACS (TR-069 3.4): connection, cookies, redirects and credentials last as long as it does. */
export class AcsClient {
  readonly #options: AcsClientOptions;
  readonly #seams: HttpSeams;
  readonly #rules: ReadingRules;
  readonly #home: URL | undefined;
  #url: URL | undefined;
  #redirected: Redirect | undefined;
  #jar: readonly Cookie[];
  #connection: HttpConnection | undefined;
  #hadConnection = false;
  #authentication: Authentication | undefined;
  #over = false;

  constructor(options: AcsClientOptions) {
    this.#options = options;
    const seams = options.seams;
    this.#seams = seams;
    this.#rules = {
      framing: (head) => seams.framing(head),
      isInterim: (status) => seams.isInterim(status),
      fieldValue: (text) => seams.fieldValue(text),
      chunkSize: (line) => seams.chunkSize(line),
      gatherBody: (pieces) => seams.gatherBody(pieces),
      longestBody: LONGEST_BODY,
    };
    const { url, memory } = options;
    this.#home = parseUrl(memory?.redirected?.from === url ? memory.redirected.to : url);
    this.#url = this.#home;
    this.#jar = options.memory?.cookies ?? [];
  }

  /** Sends an envelope, or nothing for the kind `empty`, and waits for the answer. Redirects and challenges are dealt with here. Never throws. */
  async post(body: string, kind: PostKind): Promise<Posted> {
    let message: Message = {
      method: "POST",
      text: body,
      octets: body === "" ? this.#seams.emptyBody() : this.#seams.encodeBody(body),
      kind,
    };
    if (!this.#seams.redirectLasts()) this.#goTo(this.#home);
    let redirects = 0;
    let refusals = 0;
    for (;;) {
      const sent = await this.#send(message, refusals > 0);
      if (sent.kind === "failed") return sent;
      const { head, body: content } = sent.response;
      this.#storeCookies(head);
      if (head.status === 401) {
        refusals += 1;
        const refused = this.#challenged(head, refusals);
        if (refused !== undefined) return failed(refused);
      } else if (this.#seams.followsRedirect(head.status, kind, content.length)) {
        redirects += 1;
        refusals = 0;
        const refused =
          redirects > this.#seams.redirectLimit() ? `the ACS redirected ${redirects} times in a row` : this.#redirect(head);
        if (refused !== undefined) return failed(refused);
        message = {
          ...message,
          method: this.#seams.redirectedMethod(head.status),
          octets: this.#seams.redirectedBody(message.octets),
        };
      } else {
        return { kind: "answer", status: head.status, body: content };
      }
    }
  }

  /** The session is over, for good or ill: closes the connection and forgets cookies, redirects and credentials (TR-069 3.4.2). */
  close(session: "clean" | "failed" = "failed"): void {
    if (this.#over) return;
    this.#over = true;
    this.#connection?.close();
    const { url, memory } = this.#options;
    if (memory === undefined) return;
    memory.cookies = this.#seams.cookiesKept(this.#jar);
    if (this.#redirected === undefined) return;
    const to = this.#seams.redirectKept(this.#redirected, session);
    memory.redirected = to === undefined ? undefined : { from: url, to };
  }

  async #send(message: Message, challenged: boolean): Promise<Sent> {
    const url = this.#url;
    if (url === undefined) return failed(`"${this.#options.url}" is no http or https URL`);
    for (let unanswered = 0; ; unanswered += 1) {
      const connected = await this.#connect(url, message.kind);
      if (connected.kind === "failed") return connected;
      const exchanged = await connected.connection.exchange({
        ...this.#encode(message, url, challenged),
        rules: this.#rules,
        patience: this.#seams.responseTimeout(),
        behind: this.#behind(message, url),
      });
      if (exchanged.kind === "response") {
        const { head, closing } = exchanged.response;
        const { exchanges } = connected.connection;
        if (!this.#seams.keepsConnection({ status: head.status, closing, exchanges })) this.#disconnect();
        return exchanged;
      }
      this.#disconnect();
      if (unanswered > 0 || !this.#seams.repeatsUnanswered()) return failed(exchanged.reason);
    }
  }

  async #connect(
    url: URL,
    kind: PostKind,
  ): Promise<{ readonly kind: "connected"; readonly connection: HttpConnection } | { kind: "failed"; reason: string }> {
    const kept = this.#connection;
    if (kept !== undefined && (await kept.usable())) return { kind: "connected", connection: kept };
    if (this.#over) return failed("the session is over");
    if (this.#hadConnection && !this.#seams.continuesAfterClose(kind, kept === undefined))
      return failed("the ACS has closed the connection");
    this.#disconnect();
    const { clock, memory } = this.#options;
    if (memory !== undefined) memory.connections += 1;
    const localPort = this.#seams.localPort(memory?.connections ?? 0);
    const { trust, hosts, dialled } = this.#options;
    const connected = await openConnection(clock, url, { patience: this.#seams.connectTimeout(), trust, localPort, hosts });
    dialled?.(connected.kind === "connected");
    if (connected.kind === "failed") return connected;
    this.#connection = connected.connection;
    this.#hadConnection = true;
    if (this.#over) this.#disconnect();
    this.#renewCnonce();
    return connected;
  }

  #disconnect(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  /**
   * A new connection gets a new client nonce. The session key of a `-sess` algorithm is bound to the first one (RFC 2617 3.2.2.2), so
   * there the phone lets itself be challenged again.
   */
  #renewCnonce(): void {
    const authentication = this.#authentication;
    if (authentication === undefined || authentication.count === 0) return;
    const bound = authentication.challenge.parameters.get("algorithm")?.toLowerCase().endsWith("-sess") === true;
    if (bound) this.#authentication = undefined;
    else authentication.cnonce = undefined;
  }

  #encode(message: Message, url: URL, challenged: boolean): { head: Buffer; body: Buffer; heldBack: HeldBack | undefined } {
    const seams = this.#seams;
    const { method, text, octets, kind } = message;
    const target = seams.target(url);
    const chunks = octets.length === 0 ? undefined : seams.chunks(octets);
    const heldBack = seams.expectContinue(kind, octets);
    const optional: readonly (readonly [string, string | undefined])[] = [
      ["Host", seams.host(url)],
      ["User-Agent", seams.userAgent()],
      ["Content-Type", seams.contentType(kind)],
      ["SOAPAction", seams.soapAction(kind)],
      ["Cookie", seams.cookieHeader(this.#jar, this.#options.clock.now())],
      ["Authorization", this.#authorization(method, target, challenged)],
      ["Expect", heldBack === undefined ? undefined : "100-continue"],
      chunks === undefined ? ["Content-Length", String(seams.contentLength(octets, text))] : ["Transfer-Encoding", "chunked"],
    ];
    const fields = optional.filter((field): field is Field => field[1] !== undefined);
    const head = encodeHead(`${method} ${target} ${seams.version(kind)}`, seams.arrangeFields(fields));
    return { head, body: chunks === undefined ? octets : encodeChunks(chunks), heldBack };
  }

  /** The empty POST of a phone that does not wait for a response. */
  #behind(message: Message, url: URL): HttpRequest["behind"] {
    const milliseconds = this.#seams.hurries(message.kind);
    if (milliseconds === undefined) return undefined;
    const nothing: Message = { method: "POST", text: "", octets: Buffer.alloc(0), kind: "empty" };
    return { milliseconds, octets: this.#encode(nothing, url, false).head };
  }

  #authorization(method: string, uri: string, challenged: boolean): string | undefined {
    const { username, password, random } = this.#options;
    const authentication = this.#authentication;
    if (authentication === undefined) return this.#seams.authorizesUnasked() ? this.#seams.basic(username, password) : undefined;
    if (!challenged && !this.#seams.authorizesAhead()) return undefined;
    const { challenge } = authentication;
    if (challenge.scheme === "basic") return this.#seams.basic(username, password);
    authentication.cnonce ??= randomHex(random, 8);
    authentication.count = this.#seams.nonceCount(authentication.count);
    const { count, cnonce } = authentication;
    return this.#seams.digest({ challenge, username, password, method, uri, count, cnonce });
  }

  /** Takes up a challenge; gives the reason when that is not possible. */
  #challenged(head: ResponseHead, times: number): string | undefined {
    const challenges = this.#seams.readChallenges(this.#seams.readField(head, "WWW-Authenticate"));
    const challenge = this.#seams.chooseChallenge(challenges);
    if (challenge === undefined) {
      return `the ACS asks for authentication by ${challenges.map(({ scheme }) => scheme).join(", ") || "nothing that can be read"}`;
    }
    const stale = challenge.parameters.get("stale")?.toLowerCase() === "true";
    if (!this.#seams.answersChallenge({ times, stale })) return "the ACS refuses the phone's credentials";
    const before = this.#authentication;
    const sameNonce = before?.challenge.parameters.get("nonce") === challenge.parameters.get("nonce");
    this.#authentication = {
      challenge,
      count: sameNonce ? (before?.count ?? 0) : 0,
      cnonce: sameNonce ? before?.cnonce : undefined,
    };
    return undefined;
  }

  /** Goes on at the URL of a redirect; gives the reason when that is not possible. */
  #redirect(head: ResponseHead): string | undefined {
    const from = this.#url;
    const [location] = this.#seams.readField(head, "Location");
    if (from === undefined || location === undefined) return `the ACS redirected with ${head.status} and no Location`;
    const to = URL.canParse(location, from.href) ? parseUrl(this.#seams.redirectTarget(location, from)) : undefined;
    if (to === undefined) return `the ACS redirected to "${location}", which is no http or https URL`;
    this.#jar = this.#seams.cookiesAfterRedirect(this.#jar, from, to);
    this.#goTo(to);
    this.#redirected = { status: head.status, url: to.href };
    return undefined;
  }

  /** Another server gets another connection, and challenges of its own. */
  #goTo(url: URL | undefined): void {
    if (url?.origin !== this.#url?.origin) {
      this.#disconnect();
      this.#hadConnection = false;
      this.#authentication = undefined;
    }
    this.#url = url;
  }

  /** Set-Cookie2 comes second, because it replaces a cookie of the same name in Set-Cookie (RFC 2965 9.1). */
  #storeCookies(head: ResponseHead): void {
    const values = [...this.#seams.readField(head, "Set-Cookie"), ...this.#seams.readField(head, "Set-Cookie2")];
    for (const value of values) this.#jar = this.#seams.storeCookie(this.#jar, value, this.#options.clock.now());
  }
}

function parseUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : undefined;
}

/** A body in the chunked coding, without trailer (RFC 9112 7.1). */
function encodeChunks(chunks: readonly Buffer[]): Buffer {
  const framed = chunks
    .filter((chunk) => chunk.length > 0)
    .flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]);
  return Buffer.concat([...framed, Buffer.from("0\r\n\r\n")]);
}
