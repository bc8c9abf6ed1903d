import { inWords } from "../acs/patience.ts";
import { Inconclusive } from "../core/case.ts";
import type { Access, Driver, Settled, UspAccess } from "./driver.ts";

export interface GenericOptions {
  /** Milliseconds that the first Inform may take. */
  readonly firstContact: number;
  note(text: string): void;
}

/** What a person has to set besides the address. */
function inPlainWords({ mtp, mqtt }: UspAccess): string {
  if (mtp === "websocket" || mqtt === undefined) return "WebSocket";
  const as = mqtt.credentials === undefined ? "" : `, as ${mqtt.credentials.username} with the password of the profile`;
  return `MQTT ${mqtt.version}, controller's topic ${mqtt.topic}${as}`;
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

  async start({ url, username, password, usp }: Access, point?: () => Promise<void>): Promise<void> {
    if (point !== undefined) return point();
    const upTo = inWords(this.#options.firstContact);
    if (usp !== undefined)
      this.#options.note(
        `point the device's USP agent to ${usp.url} (${inPlainWords(usp)}), where the controller ${usp.endpointId} is`,
      );
    if (url === "")
      return this.#options.note(`waiting up to ${upTo} for it to come; restart the device if it does not come by itself`);
    const as = username === "" ? "" : ` as ${username}${password === "" ? "" : " with the password of the profile"}`;
    this.#options.note(
      `point the device to ${url}${as}, and restart it if it does not come by itself; waiting up to ` +
        `${upTo} for its first Inform`,
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

  localReset(): Promise<void> {
    return Promise.reject(noWay("local-reset", "localReset"));
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
