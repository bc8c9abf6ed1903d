/** Names that a form sends along with settings, and that are none. */
const NO_SETTINGS = /^(?:settings|store_settings|reboot|reset)$/i;

/** How the phone's web interface takes what its user does. */
export const webSeams = {
  /**
   * What the web interface speaks, by the setting `webserver_type`. HTTPS beside HTTP is only offered where a port was given for it
   * (`hasPort`), for it makes every start slower.
   */
  offers(type: string, hasPort: boolean): { readonly http: boolean; readonly https: boolean } {
    return { http: type !== "https", https: type === "https" || (type === "http_https" && hasPort) };
  },
  /** Whether a request may come in: with credentials that fit, or while the phone has none. */
  admits(user: string, fits: boolean): boolean {
    return user === "" || fits;
  },
  /** Bad logins after which the web interface is shut for a while. */
  badLogins(): number {
    return 3;
  },
  /** For how many seconds, when it was shut `times` times in a row already. */
  shutFor(times: number): number {
    return 60 * 2 ** Math.min(times, 10);
  },
  /** Whether a request is taken for one that another page has forged, by the setting `use_hidden_tags`. */
  seemsForged(hiddenTags: string, method: string, carriesValues: boolean): boolean {
    return (hiddenTags === "on" || hiddenTags === "1") && (method === "POST" || carriesValues);
  },
  /** Status of a page that is not there. */
  unknownPage(): number {
    return 404;
  },
  /** Whether a saved page changes settings. */
  saves(query: URLSearchParams): boolean {
    return [...query].some(([name, value]) => /^settings$/i.test(name) && /^save$/i.test(value));
  },
  /** Whether a name in a saved page is that of a setting. */
  isSetting(name: string): boolean {
    return !NO_SETTINGS.test(name);
  },
  /** A setting's new value, as it is kept. */
  savedValue(_name: string, value: string): string {
    return value;
  },
  /** What is saved, of the settings in one request; `isKnown` tells which of them the phone has. */
  savedSettings(
    settings: readonly (readonly [string, string])[],
    _isKnown: (name: string) => boolean,
  ): readonly (readonly [string, string])[] {
    return settings;
  },
  /** Settings that the pages offer to the phone's user: those of TR-069 on purpose not. */
  fields(): readonly string[] {
    return [];
  },
  /** Whether what is saved lasts longer than until the next reboot. The phone does not ask to be told so by `store_settings`. */
  saveLasts(_query: URLSearchParams): boolean {
    return true;
  },
  /** Whether what was saved before, until the next reboot, is to last from now on. */
  storesAll(query: URLSearchParams): boolean {
    return query.get("store_settings")?.toLowerCase() === "save";
  },
  /** Whether a setting's value is shown. */
  shows(_name: string): boolean {
    return true;
  },
  /** Whether the button that reboots the phone works. */
  reboots(query: URLSearchParams): boolean {
    return query.get("reboot") === "Reboot";
  },
  /** Whether the button that resets the phone works. */
  resets(query: URLSearchParams): boolean {
    return query.get("reset") === "Reset";
  },
};

export type WebSeams = typeof webSeams;
