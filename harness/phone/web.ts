import { answerChallenges, type Challenge, parseChallenges } from "./digest.ts";
import { type CallAnswer, call, urlHost, type Wire } from "./http.ts";
import type { Reach } from "./profile.ts";

/** Milliseconds for one answer of a web interface; a phone takes seconds to write out all its settings. */
const WEB_ANSWER = 20_000;

/** A phone's web interface, used as a person with a browser would: Basic or Digest as asked, over to HTTPS where it is sent there. */
export class WebInterface {
  readonly #wire: Wire;
  readonly #credentials: { readonly username: string; readonly password: string } | undefined;
  #origin: string;
  #challenges: readonly Challenge[] = [];
  #uses = 0;

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

  get(target: string): Promise<CallAnswer> {
    return this.#request("GET", target);
  }

  post(target: string, contentType: string, body: string): Promise<CallAnswer> {
    return this.#request("POST", target, { contentType, body });
  }

  async #request(method: string, target: string, content?: { contentType: string; body: string }): Promise<CallAnswer> {
    const first = await this.#authenticated(method, target, content);
    const elsewhere = this.#redirect(first);
    if (elsewhere === undefined) return first;
    this.#origin = elsewhere;
    return this.#authenticated(method, target, content);
  }

  async #authenticated(method: string, target: string, content?: { contentType: string; body: string }): Promise<CallAnswer> {
    const send = (): Promise<CallAnswer> => {
      const authorization = this.#authorization(method, target);
      return call(this.#wire, {
        url: new URL(target, this.#origin),
        method,
        headers: [
          // Some firmware hangs up on requests without it.
          ["Connection", "keep-alive"],
          ...(content === undefined ? [] : [["Content-Type", content.contentType] as const]),
          ...(authorization === undefined ? [] : [["Authorization", authorization] as const]),
        ],
        ...(content === undefined ? {} : { body: content.body }),
        within: WEB_ANSWER,
        purpose: "web",
      });
    };
    const first = await send();
    if (first.status !== 401 || this.#credentials === undefined) return first;
    this.#challenges = parseChallenges(first.header("www-authenticate"));
    this.#uses = 0;
    // One try only: phones lock their web interface after three bad ones.
    return this.#challenges.length === 0 ? first : send();
  }

  #authorization(method: string, target: string): string | undefined {
    if (this.#credentials === undefined || this.#challenges.length === 0) return undefined;
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
