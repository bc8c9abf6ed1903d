import { inWords } from "../acs/patience.ts";
import { Inconclusive } from "../core/case.ts";
import { pause } from "../core/clock.ts";
import type { Access, Driver } from "./driver.ts";
import type { CallAnswer, Wire } from "./http.ts";
import type { Reach } from "./profile.ts";
import { parseSettings, restoration, type Settings, saveTarget, secretsIn } from "./snom-settings.ts";
import type { LocalValue } from "./values.ts";
import { WebInterface } from "./web.ts";

/** Milliseconds between two looks at a phone that is starting. */
const LOOK_AGAIN = 2_000;
/** Looks at a web interface that does not answer before it counts as not there. */
const FIRST_LOOKS = 3;

export interface SnomOptions {
  readonly wire: Wire;
  readonly target: { readonly host: string; readonly port?: number };
  readonly web: Reach["web"];
  /** Milliseconds for the phone to be back after a reset. */
  readonly reboot: number;
  note(text: string): void;
}

/** A Snom phone, reached over its web interface: settings are saved through `dummy.htm`, as its guide to TR-069 has it. */
export class SnomDriver implements Driver {
  readonly setsCredentials = true;
  readonly #options: SnomOptions;
  readonly #web: WebInterface;
  readonly #changed = new Set<string>();
  #found: { settings: Settings | undefined; map: string | undefined } | undefined;
  #access: Access | undefined;
  #wasReset = false;
  /** Set once the phone is being put back: nothing may point it to the ACS any more. */
  #stopping = false;
  #pointing: Promise<unknown> = Promise.resolve();

  constructor(options: SnomOptions) {
    this.#options = options;
    this.#web = new WebInterface(options.wire, options.target, options.web);
  }

  get secrets(): readonly string[] {
    return secretsIn(this.#found?.settings ?? new Map());
  }

  can(): boolean {
    return true;
  }

  async start(access: Access): Promise<void> {
    this.#access = access;
    const settings = await this.#firstLook();
    const map = await this.#web.get("/param_map");
    this.#found = { settings, map: map.status === 200 ? map.body.toString("utf8") : undefined };
    if (settings === undefined)
      this.#options.note("the phone does not show its settings, so they cannot be put back after the run");
    await this.#pointTo(access);
    const { url } = await this.#look();
    if (url !== undefined && url !== access.url)
      throw new Inconclusive(
        "unreachable",
        `the phone took dummy.htm but kept ${JSON.stringify(url)} as tr69_acs_url; give it ${access.url} by its provisioning file, ` +
          "under reach.hooks.start in the profile",
      );
  }

  async provisionAgain(): Promise<void> {
    const access = this.#access;
    if (access === undefined) return;
    const { clock } = this.#options.wire;
    const until = clock.now() + this.#options.reboot;
    this.#wasReset = true;
    let wasAway = false;
    for (;;) {
      const { answers, url } = await this.#look();
      wasAway ||= !answers;
      const late = clock.now() >= until;
      // As long as the phone names our ACS its reset is still to come; or its provisioning has been quicker than we are.
      if (answers && url === access.url && late) return;
      if (answers && (url === undefined ? wasAway || late : url !== access.url)) return this.#pointTo(access);
      if (late) throw this.#unreachable(`does not answer ${inWords(this.#options.reboot)} after a factory reset`);
      await pause(clock, LOOK_AGAIN);
    }
  }

  async changeLocally({ setting }: LocalValue, value: string): Promise<void> {
    const answer = await this.#web.get(saveTarget({ [setting]: value }));
    if (!isDone(answer)) throw new Inconclusive("precondition", `the phone did not save ${setting}: ${answer.summary}`);
    this.#changed.add(setting);
  }

  async powerCycle(): Promise<void> {
    const answer = await this.#web.get("/advanced_update.htm?reboot=Reboot");
    // A phone that reboots at once does not live to answer.
    if (isDone(answer) || answer.kind === "closed") return;
    throw new Inconclusive("precondition", `the web interface did not reboot the phone: ${answer.summary}`);
  }

  async settle(): Promise<boolean> {
    const back = [...this.#changed].flatMap((name) => {
      const value = this.#found?.settings?.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    if (back.length === 0) return false;
    const answer = await this.#web.get(saveTarget(Object.fromEntries(back)));
    if (isDone(answer)) this.#changed.clear();
    return true;
  }

  async stop(): Promise<readonly string[]> {
    this.#stopping = true;
    await this.#pointing;
    const found = this.#found;
    if (found?.settings === undefined) return [];
    const now = await this.#settings();
    if (now === undefined) return [`the phone's settings could not be put back: ${this.#web.origin} does not answer`];
    const problems: string[] = [];
    const map = found.map === undefined ? undefined : await this.#web.get("/param_map");
    if (found.map !== undefined && map?.status === 200 && map.body.toString("utf8") !== found.map) {
      const answer = await this.#web.post("/param_map", "text/plain", found.map);
      if (!isDone(answer)) problems.push(`the phone's parameter map could not be put back: ${answer.summary}`);
    }
    const { lots, lost } = restoration(found.settings, now, this.#wasReset ? undefined : this.#changed);
    for (const lot of lots) {
      const answer = await this.#web.get(saveTarget(lot));
      if (!isDone(answer)) problems.push(`${Object.keys(lot).join(", ")} could not be put back: ${answer.summary}`);
    }
    if (lost.length > 0) problems.push(`set ${lost.join(", ")} anew: the phone did not show what was there`);
    return problems;
  }

  async #firstLook(): Promise<Settings | undefined> {
    for (let looks = 1; ; looks += 1) {
      const answer = await this.#web.get("/settings.xml");
      if (answer.status === 200) return parseSettings(answer.body);
      if (answer.status === 401)
        throw this.#unreachable(
          this.#web.hasCredentials
            ? "does not take the username and password of the profile (reach.web)"
            : "asks for a password; set username and password under reach.web in the profile",
        );
      if (answer.kind === "status") return undefined;
      if (looks === FIRST_LOOKS)
        throw this.#unreachable(`does not answer: ${answer.summary}; is this the phone's address, and is it on?`);
      await pause(this.#options.wire.clock, LOOK_AGAIN);
    }
  }

  async #settings(): Promise<Settings | undefined> {
    const answer = await this.#web.get("/settings.xml");
    return answer.status === 200 ? parseSettings(answer.body) : undefined;
  }

  /** Whether the web interface answers, and which ACS the phone has; undefined when it does not show that. */
  async #look(): Promise<{ readonly answers: boolean; readonly url: string | undefined }> {
    const answer = await this.#web.get("/settings.xml");
    const settings = answer.status === 200 ? parseSettings(answer.body) : undefined;
    // 5xx is a phone that is not ready yet.
    return { answers: answer.kind === "status" && answer.status < 500, url: settings?.get("tr69_acs_url") };
  }

  async #pointTo(access: Access): Promise<void> {
    if (this.#stopping) throw new Inconclusive("interrupted", "the run is over");
    const pointing = this.#save(access);
    this.#pointing = pointing.catch(() => {});
    await pointing;
  }

  async #save({ url, username, password, connectionRequest }: Access): Promise<void> {
    const answer = await this.#web.get(
      saveTarget({
        tr69_acs_url: url,
        tr69_acs_user: username,
        tr69_acs_passwd: password,
        tr69_use_acs: "on",
        tr69_bootstrap: "on",
        tr69_cnr_user: connectionRequest.username,
        tr69_cnr_pass: connectionRequest.password,
        tr69_events: "",
      }),
    );
    if (!isDone(answer)) throw this.#unreachable(`did not save the address of our ACS: ${answer.summary}`);
  }

  #unreachable(what: string): Inconclusive {
    return new Inconclusive("unreachable", `the phone's web interface at ${this.#web.origin} ${what}`);
  }
}

const isDone = ({ status }: CallAnswer): boolean => status >= 200 && status < 400;
