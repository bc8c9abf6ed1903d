import type { IncomingMessage } from "node:http";
import type { Device } from "../device.ts";
import { isBasic, parseCredentials, randomHex, verifyDigest } from "../http/digest.ts";
import type { Brought } from "./forms.ts";
import { Lock } from "./lock.ts";
import { type Page, text } from "./page.ts";

const REALM = "snom";

/** Decides on who comes in to the web interface. */
export class Door {
  readonly #device: Device;
  readonly #nonce: string;
  readonly #lock: Lock;

  constructor(device: Device) {
    this.#device = device;
    this.#nonce = randomHex(device.random, 16);
    this.#lock = new Lock(device.clock, device.seams.web);
  }

  /** The page for one who is not let in; undefined for all others. */
  refusal(request: IncomingMessage, { values }: Brought): Page | undefined {
    const { state, seams } = this.#device;
    const { http_user: user = "", use_hidden_tags: hiddenTags = "" } = state.settings;
    if (this.#lock.isShut) return text(403, "Too many bad logins.");
    const isRight = this.#fits(request);
    if (isRight) this.#lock.good();
    else if (user !== "" && request.headers.authorization !== undefined) this.#lock.bad();
    if (!seams.web.admits(user, isRight)) return this.#challenge();
    if (!seams.web.seemsForged(hiddenTags, request.method ?? "", [...values].length > 0)) return undefined;
    return text(403, "This does not come from a page of the phone.");
  }

  #fits({ method = "", url: target = "", headers }: IncomingMessage): boolean {
    const { http_user: username = "", http_pass: password = "", http_scheme: scheme } = this.#device.state.settings;
    const given = headers.authorization === undefined ? undefined : parseCredentials(headers.authorization);
    if (given === undefined) return false;
    if (scheme === "on") return verifyDigest(given, { username, password, realm: REALM, method, target });
    return isBasic(given, { username, password });
  }

  #challenge(): Page {
    const value =
      this.#device.state.settings.http_scheme === "on"
        ? `Digest realm="${REALM}", qop="auth", algorithm=MD5, nonce="${this.#nonce}"`
        : `Basic realm="${REALM}"`;
    return { ...text(401, "Who are you?"), fields: { "WWW-Authenticate": value } };
  }
}
