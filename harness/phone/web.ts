import { answerChallenges, type Challenge, parseChallenges } from "./digest.ts";
import { type CallAnswer, call, urlHost, type Wire } from "./http.ts";
import type { Reach } from "./profile.ts";

/** Milliseconds for one answer of a web interface; a phone takes seconds to write out all its settings. */
const WEB_ANSWER = 20_000;

interface Content {
  readonly type: string;
  readonly body: string;
}

/** A phone's web interface, used as a person with a browser would: Basic or Digest as asked, over to HTTPS where it is sent there. */
export class WebInterface {
  readonly #wire: Wire;
  readonly #credentials: { readonly username: string; readonly password: string } | undefined;
  #origin: string;
  #challenges: readonly Challenge[] = [];
  #uses = 0;
  /** The credentials have been refused: they are not sent any more, because phones lock their web interface after three bad ones. */
  #refused = false;
  /** Some firmware hangs up on requests without keep-alive, and some stalls on some pages with it. */
  #connection: "keep-alive" | "close" = "keep-alive";

  constructor(wire: Wire, target: { readonly host: string; readonly port?: number }, web: Reach["web"]) {
    this.#wire = wire;
    const port = target.port ?? web.port;
    this.#origin = `${web.scheme}://${urlHost(target.host)}${port === undefined ? "" : `:${port}`}`;
    if (web.username !== undefined || web.password !== undefined)
      this.#credentials = { username: web.username ?? "", password: web.password ?? "" };
  }

  /** Scheme, host and port, as one would type them. */
  get origin(): string {
    return this.#origin;
  }

  /** Whether there are credentials for the case that it asks for some. */
  get hasCredentials(): boolean {
    return this.#credentials !== undefined;
  }

  async get(target: string): Promise<CallAnswer> {
    const answer = await this.#request("GET", target);
    // What a page with a query does it may have done already: only pages that show something are asked once more.
    if (answer.kind !== "silence" || target.includes("?")) return answer;
    this.#connection = this.#connection === "close" ? "keep-alive" : "close";
    const again = await this.#request("GET", target);
    if (again.kind !== "status") this.#connection = "keep-alive";
    return again;
  }

  post(target: string, type: string, body: string): Promise<CallAnswer> {
    return this.#request("POST", target, { type, body });
  }

  /** The phone has become another one, by a reset: what it does not take now it may take then, once. */
  renew(): void {
    this.#refused = false;
  }

  async #request(method: string, target: string, content?: Content): Promise<CallAnswer> {
    const first = await this.#authenticated(method, target, content);
    const elsewhere = this.#redirect(first);
    if (elsewhere === undefined) return first;
    this.#origin = elsewhere;
    return this.#authenticated(method, target, content);
  }

  async #authenticated(method: string, target: string, content: Content | undefined): Promise<CallAnswer> {
    const first = await this.#send(method, target, content);
    if (first.status !== 401 || this.#credentials === undefined || this.#refused) return first;
    this.#refused = /^Basic /.test(first.authorization ?? "");
    if (this.#refused) return first;
    // Asked for the first time; or a nonce has become stale, for which the password is not to blame.
    this.#challenges = parseChallenges(first.header("www-authenticate"));
    this.#uses = 0;
    if (this.#challenges.length === 0) return first;
    const second = await this.#send(method, target, content);
    this.#refused = second.status === 401;
    return second;
  }

  #send(method: string, target: string, content: Content | undefined): Promise<CallAnswer> {
    const authorization = this.#authorization(method, target);
    return call(this.#wire, {
      url: new URL(target, this.#origin),
      method,
      headers: [
        ["Connection", this.#connection],
        ...(content === undefined ? [] : [["Content-Type", content.type] as const]),
        ...(authorization === undefined ? [] : [["Authorization", authorization] as const]),
      ],
      ...(content === undefined ? {} : { body: content.body }),
      within: WEB_ANSWER,
      purpose: "web",
    });
  }

  #authorization(method: string, target: string): string | undefined {
    if (this.#credentials === undefined || this.#challenges.length === 0 || this.#refused) return undefined;
    this.#uses += 1;
    const url = new URL(target, this.#origin);
    return answerChallenges(this.#challenges, {
      ...this.#credentials,
      method,
      uri: `${url.pathname}${url.search}`,
      nc: this.#uses,
    });
  }

  /** The origin that a redirect leads to, when that is the same host on another scheme or port. */
  #redirect({ status, header }: CallAnswer): string | undefined {
    const location = header("location")[0];
    if (![301, 302, 307, 308].includes(status) || location === undefined || !URL.canParse(location, this.#origin))
      return undefined;
    const to = new URL(location, this.#origin);
    return to.hostname === new URL(this.#origin).hostname && to.origin !== new URL(this.#origin).origin ? to.origin : undefined;
  }
}
