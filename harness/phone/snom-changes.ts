import { factoryValue, isHidden, isItsOwn, isMasked, MANAGEMENT, type Settings } from "./snom-settings.ts";

/** What a case found before it changed something, and when, in milliseconds of the run's clock. */
interface Found<T> {
  readonly was: T;
  readonly at: number;
}

/** What is to be put back after a case, and how. */
export interface PutBack {
  /** Text of the map, when another one may have been loaded. */
  readonly map: string | undefined;
  /** Values by setting that are known to be different, or may be, beside those that lead to the ACS. */
  readonly settings: ReadonlyMap<string, string>;
  /** Whether those that lead to the ACS are different, or may be. */
  readonly management: boolean;
  /** Settings that cannot be put back, because the phone does not show them. */
  readonly lost: readonly string[];
}

/**
 * What cases change on a Snom phone besides CWMP. A factory reset makes the phone another one: what was changed before it is not put
 * back any more.
 */
export class SnomChanges {
  readonly #settings = new Map<string, Found<string | undefined>[]>();
  #all: Found<Settings>[] = [];
  #maps: Found<string>[] = [];
  #resetAt = Number.NEGATIVE_INFINITY;

  /** Settings are about to be saved. */
  saving(names: readonly string[], before: Settings, at: number): void {
    for (const name of names) {
      const found = this.#settings.get(name) ?? [];
      if (!found.some((one) => one.at > this.#resetAt)) this.#settings.set(name, [...found, { was: before.get(name), at }]);
    }
  }

  /** Any setting may change from now on, as by what the phone fetches. */
  everything(before: Settings, at: number): void {
    if (!this.#all.some((one) => one.at > this.#resetAt)) this.#all.push({ was: before, at });
  }

  /** Another map is about to be loaded. */
  loading(before: string, at: number): void {
    if (!this.hasMap) this.#maps.push({ was: before, at });
  }

  /** Whether the map from before is known already. */
  get hasMap(): boolean {
    return this.#maps.some((one) => one.at > this.#resetAt);
  }

  /** Whether this setting's value from before is known already. */
  has(name: string): boolean {
    return this.#settings.get(name)?.some((one) => one.at > this.#resetAt) === true;
  }

  get isEmpty(): boolean {
    return this.#settings.size === 0 && this.#all.length === 0 && this.#maps.length === 0;
  }

  /** The phone was reset at that time. */
  reset(at: number): void {
    this.#resetAt = Math.max(this.#resetAt, at);
    const since = <T>(found: readonly Found<T>[]): Found<T>[] => found.filter((one) => one.at > this.#resetAt);
    this.#all = since(this.#all);
    this.#maps = since(this.#maps);
    for (const [name, found] of this.#settings) {
      const left = since(found);
      if (left.length === 0) this.#settings.delete(name);
      else this.#settings.set(name, left);
    }
  }

  clear(): void {
    this.#settings.clear();
    this.#all = [];
    this.#maps = [];
  }

  /**
   * @param now as the phone shows its settings at this moment
   * @param management values of the settings that lead to the ACS, whatever they were before
   */
  putBack(now: Settings, management: Readonly<Record<string, string>>): PutBack {
    const settings = new Map<string, string>();
    const lost: string[] = [];
    let moved = false;
    const before = new Map<string, string>();
    for (const [name, value] of this.#all[0]?.was ?? []) before.set(name, value);
    for (const [name, [first]] of this.#settings) before.set(name, first?.was ?? before.get(name) ?? factoryValue(name));
    for (const [name, was] of before) {
      const is = now.get(name) ?? "";
      const saved = this.#settings.has(name);
      if (MANAGEMENT.some((one) => one === name)) {
        // Whether BOOTSTRAP is to be sent is turned off by the phone itself.
        if (name !== "tr69_bootstrap") moved ||= is !== management[name] && (saved || !isHidden(name, is));
        continue;
      }
      if (isItsOwn(name) || (is === was && !(saved && isHidden(name, is)))) continue;
      if (isMasked(name, was)) lost.push(name);
      else settings.set(name, was);
    }
    return { map: this.#maps[0]?.was, settings, management: moved, lost };
  }
}
