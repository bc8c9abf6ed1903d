import { inWords } from "../acs/patience.ts";
import { Inconclusive } from "../core/case.ts";
import { type Clock, pause } from "../core/clock.ts";
import type { Access, Away, Driver, LocalWay, Settled, UspAccess } from "./driver.ts";
import { noWay } from "./generic.ts";
import type { Wire } from "./http.ts";
import type { Reach } from "./profile.ts";
import { acsSettings, uspSettings, uspTouches } from "./snom-access.ts";
import { SnomChanges } from "./snom-changes.ts";
import { LOOK_AGAIN, SnomPages } from "./snom-pages.ts";
import type { SnomPhone, SnomWays } from "./snom-phone.ts";
import { isHidden, isItsOwn, isPassword, lotsOf, restoration, type Settings, secretsIn } from "./snom-settings.ts";
import { isDone, SnomWeb } from "./snom-web.ts";
import type { LocalValue } from "./values.ts";

/** Looks at a web interface that does not answer, or not as it should, before that counts. */
const LOOKS = 3;

export interface SnomOptions {
  readonly wire: Wire;
  readonly target: { readonly host: string; readonly port?: number };
  readonly web: Reach["web"];
  readonly ways: SnomWays;
  /** Milliseconds for the phone to be back after a reset. */
  readonly reboot: number;
  /** Aborted by Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
  note(text: string): void;
}

/** A Snom phone, reached over its web interface: settings are saved through `dummy.htm`, as its guide to TR-069 has it. */
export class SnomDriver implements Driver {
  readonly setsCredentials = true;
  readonly #options: SnomOptions;
  readonly #clock: Clock;
  readonly #web: SnomWeb;
  readonly #pages: SnomPages;
  readonly #changes = new SnomChanges();
  /** Settings that differ, or may differ, from what was found; undefined for any. */
  #touched: Set<string> | undefined = new Set();
  #found: { settings: Settings | undefined; map: string | undefined } | undefined;
  #access: Access | undefined;
  #away: Away | undefined;
  /** Set once the phone is being put back: nothing may point it to the ACS any more. */
  #stopping = false;
  #pointing: Promise<unknown> = Promise.resolve();

  constructor(options: SnomOptions) {
    this.#options = options;
    this.#clock = options.wire.clock;
    this.#web = new SnomWeb(options);
    this.#pages = new SnomPages({
      web: this.#web,
      wire: options.wire,
      changes: this.#changes,
      reboot: options.reboot,
      signal: options.signal,
      access: () => this.#known(),
      onSave: (names) => this.#touch(names),
      onAway: ({ at, reset }) => {
        this.#away = { at, reset: reset || this.#away?.reset === true };
        this.#touched = undefined;
      },
    });
  }

  get snom(): SnomPhone {
    return this.#pages;
  }

  get away(): Away | undefined {
    return this.#away;
  }

  get secrets(): readonly string[] {
    return secretsIn(this.#found?.settings ?? new Map());
  }

  can(way: LocalWay): boolean {
    return way !== "localReset";
  }

  async start(access: Access, point?: () => Promise<void>): Promise<void> {
    this.#access = access;
    const settings = await this.#firstLook().catch((error: unknown) => {
      // Somebody else points the phone: its web interface is only needed to put things back.
      if (point === undefined) throw error;
      return undefined;
    });
    this.#found = { settings, map: await this.#web.map() };
    if (settings === undefined)
      this.#options.note("the phone does not show its settings, so they cannot be put back after the run");
    await (point ?? (() => this.#pointTo(access)))();
    const url = (await this.#web.settings())?.get("tr69_acs_url");
    if (point === undefined && url !== undefined && url !== access.url)
      throw new Inconclusive(
        "unreachable",
        `the phone took dummy.htm but kept ${JSON.stringify(url)} as tr69_acs_url; turn off use_hidden_tags on the phone, or let ` +
          "it fetch its settings: reach.driver: snom-provisioned in the profile",
      );
  }

  async provisionAgain(): Promise<void> {
    const access = this.#access;
    if (access === undefined) return;
    const until = this.#clock.now() + this.#options.reboot;
    let isSent = this.#pages.restart?.kind === "sent";
    this.#touched = undefined;
    this.#web.renew();
    let wasAway = false;
    for (;;) {
      const seen = await this.#web.look();
      const url = seen.kind === "settings" ? seen.settings.get("tr69_acs_url") : undefined;
      const answers = seen.kind !== "away";
      wasAway ||= !answers;
      if (!answers) this.#pages.sawAway();
      const late = this.#clock.now() >= until;
      // What it fetched has led it to us already: this is another reset then.
      if (url === access.url) isSent = false;
      if (isSent && answers && !this.#pages.isStillToStart()) return this.#pointTo(access);
      // As long as the phone names our ACS its reset is still to come; or its provisioning has been quicker than we are.
      if (!isSent && answers && url === access.url && late) return;
      if (!isSent && answers && (url === undefined ? wasAway || late : url !== access.url)) return this.#pointTo(access);
      if (late) throw this.#unreachable(`does not answer ${inWords(this.#options.reboot)} after a start`);
      await pause(this.#clock, LOOK_AGAIN);
    }
  }

  async pointAgent(usp?: UspAccess): Promise<void> {
    if (usp !== undefined && this.#access !== undefined) this.#access = { ...this.#access, usp };
    const wanted = uspSettings(this.#access?.usp);
    const now = await this.#web.settings();
    if (now === undefined || Object.entries(wanted).every(([name, value]) => now.get(name) === value)) return;
    this.#touch(uspTouches(this.#access?.usp));
    await this.#web.save(wanted);
  }

  changeLocally({ setting }: LocalValue, value: string): Promise<void> {
    return this.#pages.save({ [setting]: value });
  }

  localReset(): Promise<void> {
    return Promise.reject(noWay("local-reset", "localReset"));
  }

  powerCycle(): Promise<void> {
    return this.#pages.reboot();
  }

  async settle(resetAt?: number): Promise<Settled> {
    if (resetAt !== undefined) {
      this.#changes.reset(resetAt);
      this.#touched = undefined;
    }
    this.#away = undefined;
    if (this.#changes.isEmpty) return { changed: false, comes: false, left: [] };
    try {
      return await this.#putBackChanges();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { changed: true, comes: false, left: [`what was changed on the phone could not be put back: ${message}`] };
    }
  }

  async #putBackChanges(): Promise<Settled> {
    await this.#pages.answers();
    const access = this.#known();
    const left: string[] = [];
    const { map, settings, management, lost } = this.#changes.putBack(await this.#pages.settings(), acsSettings(access));
    if (map !== undefined && (await this.#web.map()) !== map) left.push(...(await this.#loadMap(map)));
    left.push(...(await this.#saveLots(lotsOf([...settings]))), ...(await this.#notSaved(settings)));
    if (lost.length > 0) left.push(`left ${lost.join(", ")} changed: the phone did not show what was there`);
    if (management) await this.#pointTo(access);
    this.#changes.clear();
    return { changed: true, comes: management, left };
  }

  async stop(): Promise<readonly string[]> {
    this.#stopping = true;
    await this.#pointing;
    const found = this.#found;
    if (found?.settings === undefined) return [];
    const now = await this.#settingsAtLast();
    if (now === undefined) return [`the phone's settings could not be put back: ${this.#web.origin} does not answer`];
    const problems: string[] = [];
    const map = found.map === undefined ? undefined : await this.#web.map();
    if (found.map !== undefined && map !== undefined && map !== found.map) problems.push(...(await this.#loadMap(found.map)));
    const { lots, lost } = restoration(found.settings, now, this.#touched);
    problems.push(...(await this.#saveLots(lots)));
    const wanted = lots.flatMap((lot) => Object.entries(lot)).filter(([name]) => !isItsOwn(name) && name !== "tr69_bootstrap");
    problems.push(...(await this.#notSaved(new Map(wanted))));
    if (lost.length > 0) problems.push(`set ${lost.join(", ")} anew: the phone did not show what was there`);
    return problems;
  }

  /** The settings; a phone that is on its way back is waited for. */
  async #settingsAtLast(): Promise<Settings | undefined> {
    const seen = await this.#web.look();
    if (seen.kind !== "away" && !this.#pages.isStillToStart()) return seen.kind === "settings" ? seen.settings : undefined;
    if (this.#pages.restart === undefined && this.#touched !== undefined) return undefined;
    await this.#pages.answers().catch(() => {});
    return this.#web.settings();
  }

  async #loadMap(text: string): Promise<readonly string[]> {
    const answer = await this.#web.loadMap(text);
    if (!isDone(answer)) return [`the phone's parameter map could not be put back: ${answer.summary}`];
    return (await this.#web.map()) === text
      ? []
      : ["the phone's parameter map is not what it was, though the phone took it back"];
  }

  async #saveLots(lots: readonly Readonly<Record<string, string>>[]): Promise<readonly string[]> {
    const problems: string[] = [];
    for (const lot of lots) {
      const answer = await this.#web.save(lot);
      if (!isDone(answer)) problems.push(`${Object.keys(lot).join(", ")} could not be put back: ${answer.summary}`);
    }
    return problems;
  }

  /** Says which settings the phone has not taken, though it was told to; one that is in a session takes them when that is over. */
  async #notSaved(wanted: Settings): Promise<readonly string[]> {
    if (wanted.size === 0) return [];
    for (let looks = 1; ; looks += 1) {
      const now = await this.#web.settings();
      const other = [...wanted].filter(([name, value]) => {
        const is = now?.get(name) ?? value;
        return is !== value && !isHidden(name, is);
      });
      if (other.length === 0) return [];
      if (looks === LOOKS)
        return other.map(([name, value]) => {
          const what = isPassword(name) ? " changed" : ` = ${JSON.stringify(now?.get(name))} (was ${JSON.stringify(value)})`;
          return `left ${name}${what}; the phone keeps it`;
        });
      await pause(this.#clock, LOOK_AGAIN);
    }
  }

  async #firstLook(): Promise<Settings | undefined> {
    for (let looks = 1; ; looks += 1) {
      const seen = await this.#web.look();
      if (seen.kind === "settings") return seen.settings;
      if (seen.kind === "locked")
        throw this.#unreachable(
          this.#web.hasCredentials
            ? "does not take the username and password of the profile (reach.web)"
            : "asks for a password; set username and password under reach.web in the profile",
        );
      const { answer } = seen;
      if (seen.kind === "none") {
        if (/<input\b[^>]*\btype\s*=\s*["']?password/i.test(answer.body.toString("latin1")))
          throw this.#unreachable(
            "shows a page for logging in, which the driver snom cannot; let the phone fetch its settings: reach.driver: " +
              "snom-provisioned in the profile",
          );
        return undefined;
      }
      if (looks === LOOKS)
        throw this.#unreachable(`does not answer: ${answer.summary}; is this the phone's address, and is it on?`);
      await pause(this.#clock, LOOK_AGAIN);
    }
  }

  async #pointTo(access: Access): Promise<void> {
    if (this.#stopping) throw new Inconclusive("interrupted", "the run is over");
    const pointing = this.#save(access);
    this.#pointing = pointing.catch(() => {});
    await pointing;
  }

  async #save(access: Access): Promise<void> {
    const usp = uspSettings(access.usp);
    this.#touch(uspTouches(access.usp));
    const answer = await this.#web.save({ ...acsSettings(access), ...usp, tr69_events: "" });
    if (!isDone(answer)) throw this.#unreachable(`did not save the address of our ACS: ${answer.summary}`);
  }

  #touch(names: readonly string[]): void {
    for (const name of names) this.#touched?.add(name);
  }

  #known(): Access {
    if (this.#access !== undefined) return this.#access;
    throw new Inconclusive("precondition", "the phone has not been given its ACS yet");
  }

  #unreachable(what: string): Inconclusive {
    return new Inconclusive("unreachable", `the phone's web interface at ${this.#web.origin} ${what}`);
  }
}
