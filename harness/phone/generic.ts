import { inWords } from "../acs/patience.ts";
import { Inconclusive } from "../core/case.ts";
import type { Access, Driver, Settled } from "./driver.ts";

export interface GenericOptions {
  /** Milliseconds that the first Inform may take. */
  readonly firstContact: number;
  note(text: string): void;
}

/** Any device: a person points it to the ACS, and nothing but CWMP reaches it unless the profile has hooks. */
export class GenericDriver implements Driver {
  readonly setsCredentials = false;
  readonly secrets: readonly string[] = [];
  readonly #options: GenericOptions;

  constructor(options: GenericOptions) {
    this.#options = options;
  }

  can(): boolean {
    return false;
  }

  async start({ url, username, password }: Access, point?: () => Promise<void>): Promise<void> {
    if (point !== undefined) return point();
    const as = username === "" ? "" : ` as ${username}${password === "" ? "" : " with the password of the profile"}`;
    this.#options.note(
      `point the device to ${url}${as}, and restart it if it does not come by itself; waiting up to ` +
        `${inWords(this.#options.firstContact)} for its first Inform`,
    );
  }

  /** A device of which nothing is known keeps its ACS, or finds it again the way it has found it. */
  async provisionAgain(): Promise<void> {}

  changeLocally(): Promise<void> {
    return Promise.reject(noWay("local-change", "localChange"));
  }

  powerCycle(): Promise<void> {
    return Promise.reject(noWay("power-cycle", "powerCycle"));
  }

  async settle(): Promise<Settled> {
    return { changed: false, comes: false, left: [] };
  }

  async stop(): Promise<readonly string[]> {
    return [];
  }
}

/** For a way that nothing but a hook can offer. */
export const noWay = (feature: string, hook: string): Inconclusive =>
  new Inconclusive("precondition", `the profile claims ${feature} but names no command under reach.hooks.${hook}`);
