import { Inconclusive } from "../core/case.ts";
import type { CallAnswer, Wire } from "./http.ts";
import type { Reach } from "./profile.ts";
import type { SnomWays } from "./snom-phone.ts";
import { parseSettings, type Settings, saveTarget } from "./snom-settings.ts";
import { WebInterface } from "./web.ts";

export interface SnomWebOptions {
  readonly wire: Wire;
  readonly target: { readonly host: string; readonly port?: number };
  readonly web: Reach["web"];
  readonly ways: SnomWays;
}

/** What a look at the phone's settings gives. */
export type Look =
  | { readonly kind: "settings"; readonly settings: Settings }
  /** It answers, but shows none: another page in their place, or a status. */
  | { readonly kind: "none"; readonly answer: CallAnswer }
  /** It asks for credentials that we do not have, or that it does not take. */
  | { readonly kind: "locked" }
  /** It does not answer, or is not ready yet. */
  | { readonly kind: "away"; readonly answer: CallAnswer };

/** The pages of a Snom phone's web interface that matter here, by what they are for. */
export class SnomWeb extends WebInterface {
  readonly ways: SnomWays;

  constructor({ wire, target, web, ways }: SnomWebOptions) {
    super(wire, target, web);
    this.ways = ways;
  }

  async look(): Promise<Look> {
    const answer = await this.get("/settings.xml");
    // 5xx is a phone that is not ready yet.
    if (answer.kind !== "status" || answer.status >= 500) return { kind: "away", answer };
    if (answer.status === 401) return { kind: "locked" };
    const settings = answer.status === 200 ? parseSettings(answer.body) : undefined;
    return settings === undefined ? { kind: "none", answer } : { kind: "settings", settings };
  }

  async settings(): Promise<Settings | undefined> {
    const seen = await this.look();
    return seen.kind === "settings" ? seen.settings : undefined;
  }

  save(settings: Readonly<Record<string, string>>): Promise<CallAnswer> {
    return this.get(saveTarget(settings, this.ways.store));
  }

  /** Text of the map; undefined when the phone does not show it. */
  async map(): Promise<string | undefined> {
    const answer = await this.get(this.ways.mapPage);
    return answer.status === 200 ? answer.body.toString("utf8") : undefined;
  }

  /** Uploads a map as the profile says: as the body itself, or as the file of a form. */
  loadMap(text: string): Promise<CallAnswer> {
    const { page, field } = this.ways.mapUpload;
    if (field === undefined) return this.post(page, "text/plain", text);
    let boundary = "assay";
    while (text.includes(boundary)) boundary += "-";
    const head = `Content-Disposition: form-data; name="${field}"; filename="param_map.txt"\r\nContent-Type: text/plain`;
    return this.post(
      page,
      `multipart/form-data; boundary=${boundary}`,
      `--${boundary}\r\n${head}\r\n\r\n${text}\r\n--${boundary}--\r\n`,
    );
  }

  /** @throws Inconclusive `precondition` when the page does not do it */
  reboot(): Promise<void> {
    return this.#press(this.ways.rebootPage, "did not reboot the phone");
  }

  /** @throws Inconclusive `precondition` when the page does not do it */
  reset(): Promise<void> {
    return this.#press(this.ways.resetPage, "did not reset the phone");
  }

  async #press(page: string, refused: string): Promise<void> {
    const answer = await this.get(page);
    // A phone that obeys at once does not live to answer.
    if (isDone(answer) || answer.kind === "closed") return;
    throw new Inconclusive("precondition", `the web interface ${refused}: ${answer.summary}`);
  }
}

export const isDone = ({ status }: CallAnswer): boolean => status >= 200 && status < 400;
