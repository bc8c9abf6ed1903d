import { inWords } from "../acs/patience.ts";
import { Inconclusive } from "../core/case.ts";
import { pause } from "../core/clock.ts";
import type { Access, Away } from "./driver.ts";
import type { CallAnswer, Wire } from "./http.ts";
import { acsSettings } from "./snom-access.ts";
import type { SnomChanges } from "./snom-changes.ts";
import type { SnomPhone, SnomWays } from "./snom-phone.ts";
import type { Settings } from "./snom-settings.ts";
import { isDone, type SnomWeb } from "./snom-web.ts";

/** Milliseconds between two looks at a phone that is starting. */
export const LOOK_AGAIN = 2_000;
/** Milliseconds in which a phone that is told to start anew may still answer before it does. */
const STILL_THERE = 15_000;
/** Milliseconds that even the quickest phone takes to start anew. */
const SOONEST = 2_500;

export interface SnomPagesOptions {
  readonly web: SnomWeb;
  readonly wire: Wire;
  readonly changes: SnomChanges;
  /** Milliseconds for the phone to be back after a reboot or reset. */
  readonly reboot: number;
  /** Aborted by Ctrl-C: a case that still runs then changes nothing any more. */
  readonly signal: AbortSignal | undefined;
  /** The ACS of this run; throws when it is not known yet. */
  access(): Access;
  onSave(names: readonly string[]): void;
  onAway(away: Away): void;
}

/** What a restart that was asked for makes of the phone. */
export interface Restart {
  readonly at: number;
  /** `reset`: everything is at its factory value; `sent`: it has no ACS, and fetches its settings first. */
  readonly kind: "reboot" | "reset" | "sent";
}

/** The web interface as cases use it; everything that is to be put back is remembered. */
export class SnomPages implements SnomPhone {
  readonly #options: SnomPagesOptions;
  #restart: (Restart & { seenAway: boolean }) | undefined;

  constructor(options: SnomPagesOptions) {
    this.#options = options;
  }

  get ways(): SnomWays {
    return this.#options.web.ways;
  }

  get acsSettings(): Readonly<Record<string, string>> {
    return acsSettings(this.#options.access());
  }

  /** The last start that was asked for here. */
  get restart(): Restart | undefined {
    return this.#restart;
  }

  async settings(): Promise<Settings> {
    const seen = await this.#options.web.look();
    if (seen.kind === "settings") return seen.settings;
    const why = seen.kind === "locked" ? "it asks for a password" : seen.answer.summary;
    throw new Inconclusive("precondition", `the phone did not show its settings: ${why}`);
  }

  async save(settings: Readonly<Record<string, string>>): Promise<void> {
    const { changes, web, wire } = this.#options;
    const names = Object.keys(settings);
    this.#mayGoOn();
    if (!names.every((name) => changes.has(name))) changes.saving(names, await this.settings(), wire.clock.now());
    this.#options.onSave(names);
    this.#taken(await web.save(settings), `did not save ${names.join(", ")}`);
  }

  page(target: string): Promise<CallAnswer> {
    return this.#options.web.get(target);
  }

  async paramMap(): Promise<string> {
    const map = await this.#options.web.map();
    if (map !== undefined) return map;
    throw new Inconclusive("precondition", `the phone does not show its param_map at ${this.ways.mapPage} (snom.mapPage)`);
  }

  async loadParamMap(text: string): Promise<CallAnswer> {
    this.#mayGoOn();
    await this.mapWillChange();
    return this.#options.web.loadMap(text);
  }

  async mapWillChange(): Promise<void> {
    const { changes, wire } = this.#options;
    if (!changes.hasMap) changes.loading(await this.paramMap(), wire.clock.now());
  }

  async factoryReset(): Promise<void> {
    this.#mayGoOn();
    await this.#options.web.reset();
    this.#began("reset");
    this.#options.changes.reset(this.#options.wire.clock.now());
    this.#options.web.renew();
  }

  async reboot(): Promise<void> {
    this.#mayGoOn();
    await this.#options.web.reboot();
    this.#began("reboot");
  }

  async provisionFrom(url: string): Promise<void> {
    this.#mayGoOn();
    const { changes, web, wire } = this.#options;
    changes.everything(await this.settings(), wire.clock.now());
    const settings = { setting_server: url, tr69_use_acs: "off", tr69_acs_url: "", tr69_acs_user: "", tr69_acs_passwd: "" };
    this.#taken(await web.save(settings), `did not save ${Object.keys(settings).join(", ")}`);
    await web.reboot();
    this.#began("sent");
  }

  async answers(): Promise<void> {
    const { reboot, web } = this.#options;
    const { clock } = this.#options.wire;
    const until = clock.now() + reboot;
    for (;;) {
      const seen = await web.look();
      if (seen.kind !== "away" && !this.isStillToStart()) return;
      if (seen.kind === "away") this.sawAway();
      if (clock.now() >= until)
        throw new Inconclusive(
          "unreachable",
          `the phone's web interface at ${web.origin} does not answer for ${inWords(reboot)}`,
        );
      await pause(clock, LOOK_AGAIN);
    }
  }

  /** A start was asked for so short a time ago that the phone may still answer as it was. */
  isStillToStart(): boolean {
    const restart = this.#restart;
    const { clock, recording } = this.#options.wire;
    if (restart === undefined || restart.seenAway || clock.now() >= restart.at + STILL_THERE) return false;
    // It has come to one of our servers meanwhile.
    const last = recording.connections.findLast(({ openedBy }) => openedBy === "phone");
    return last === undefined || last.openedAt < restart.at + SOONEST;
  }

  sawAway(): void {
    if (this.#restart !== undefined) this.#restart.seenAway = true;
  }

  #mayGoOn(): void {
    if (this.#options.signal?.aborted === true) throw new Inconclusive("interrupted", "interrupted");
  }

  #began(kind: Restart["kind"]): void {
    const at = this.#options.wire.clock.now();
    this.#restart = { kind, at, seenAway: false };
    if (kind !== "reboot") this.#options.onAway({ at, reset: kind === "reset" });
  }

  #taken(answer: CallAnswer, refused: string): void {
    if (!isDone(answer)) throw new Inconclusive("precondition", `the phone ${refused}: ${answer.summary}`);
  }
}
