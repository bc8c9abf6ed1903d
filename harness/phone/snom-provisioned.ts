import { inWords } from "../acs/patience.ts";
import { Inconclusive } from "../core/case.ts";
import type { Clock } from "../core/clock.ts";
import { type FileServer, type Offer, startFileServer } from "../files/server.ts";
import type { Recording } from "../trace/recording.ts";
import type { Access, Driver, Settled } from "./driver.ts";
import { noWay } from "./generic.ts";
import type { Reach } from "./profile.ts";
import { acsSettings, settingsFile, uspSettings } from "./snom-access.ts";

/** Milliseconds for a phone to fetch the file that takes it away from our ACS, when a run is over. */
const LAST_FETCH = 15_000;

/** Milliseconds between two requests of one visit: a phone asks for several names, one after another. */
const SAME_VISIT = 5_000;

export interface ProvisionedOptions {
  readonly clock: Clock;
  readonly recording: Recording;
  readonly provisioning: Reach["provisioning"];
  /** Milliseconds that the phone may take to come for its settings at first. */
  readonly firstContact: number;
  /** Milliseconds for the phone to be back after a reset. */
  readonly reboot: number;
  note(text: string): void;
}

/**
 * A Snom phone whose web interface takes no settings, as those of the D8xx series: it fetches them from us. Whatever name it asks
 * for, it gets the same file, which leads it to our ACS. Enabling TR-069 turns a phone's provisioning off, so after that it comes
 * for a file only when it has been reset.
 */
export class SnomProvisionedDriver implements Driver {
  readonly setsCredentials = true;
  readonly secrets: readonly string[] = [];
  readonly #options: ProvisionedOptions;
  #server: { readonly files: FileServer; readonly visits: Pick<Offer, "next"> } | undefined;
  #content = "";
  /** What switches the USP agent off again. */
  #uspOff: Readonly<Record<string, string>> = {};
  /** When the last request of a visit came. */
  #visitedAt = Number.NEGATIVE_INFINITY;
  #isManaged = false;

  constructor(options: ProvisionedOptions) {
    this.#options = options;
  }

  can(): boolean {
    return false;
  }

  async start(access: Access, point?: () => Promise<void>): Promise<void> {
    const { firstContact, note } = this.#options;
    this.#content = settingsFile({ ...acsSettings(access), ...uspSettings(access.usp) });
    if (access.usp !== undefined) this.#uspOff = { tr369_enable2: "false" };
    const url = await this.#serve(new URL(access.url).hostname);
    const how =
      `let the phone fetch its settings from ${url}: as DHCP option 66, or as its setting server (setting_server); then restart ` +
      `or reset it; waiting up to ${inWords(firstContact)} for it`;
    if (point === undefined) note(how);
    else await point();
    await this.#fetched(firstContact, how);
  }

  async provisionAgain(): Promise<void> {
    await this.#fetched(this.#options.reboot, "after a reset it has to find its provisioning server by DHCP option 66");
  }

  changeLocally(): Promise<void> {
    return Promise.reject(noWay("local-change", "localChange"));
  }

  localReset(): Promise<void> {
    return Promise.reject(noWay("local-reset", "localReset"));
  }

  powerCycle(): Promise<void> {
    return Promise.reject(noWay("power-cycle", "powerCycle"));
  }

  async settle(): Promise<Settled> {
    return { changed: false, comes: false, left: [] };
  }

  async stop(): Promise<readonly string[]> {
    const server = this.#server;
    if (server === undefined) return [];
    this.#content = settingsFile({ tr69_use_acs: "off", tr69_acs_url: "", ...this.#uspOff });
    const isAway = !this.#isManaged || (await this.#visited(LAST_FETCH));
    await server.files.stop();
    if (isAway) return [];
    return [
      "the phone still has the address of this run's ACS, for it fetches no settings while an ACS is in charge: reset it, or let " +
        "your provisioning server give it tr69_use_acs off",
    ];
  }

  /** @returns the URL that the phone has to be given */
  async #serve(host: string): Promise<string> {
    const { clock, recording, provisioning } = this.#options;
    const { host: own = "0.0.0.0", port } = provisioning.listen;
    const advertise = provisioning.advertise ?? host.replace(/^\[|\]$/g, "");
    const listening = { clock, recording, host: own, advertise, ...(port === undefined ? {} : { port }) };
    const files = await startFileServer(listening).catch((error: unknown) => {
      const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
      throw new Inconclusive(
        "unreachable",
        `settings cannot be served at ${own}:${port ?? ""} (reach.provisioning.listen): ${why}`,
      );
    });
    this.#server = { files, visits: files.everything(() => this.#content, { contentType: "application/xml" }) };
    return `${files.url}/`;
  }

  async #fetched(within: number, otherwise: string): Promise<void> {
    this.#isManaged = await this.#visited(within);
    if (!this.#isManaged)
      throw new Inconclusive("unreachable", `the phone did not fetch its settings within ${inWords(within)}; ${otherwise}`);
  }

  /** Whether the phone comes for its settings, or has come and nobody has waited for it. */
  async #visited(within: number): Promise<boolean> {
    const { clock } = this.#options;
    const until = clock.now() + within;
    for (;;) {
      const request = await this.#server?.visits.next(until - clock.now());
      if (request === undefined) return false;
      const isAnother = request.at - this.#visitedAt > SAME_VISIT;
      this.#visitedAt = request.at;
      if (isAnother) return true;
    }
  }
}
