/** How the phone's web interface takes what its user does. */
export const webSeams = {
  /** Whether a request may come in: with credentials that fit, or while the phone has none. */
  admits(user: string, fits: boolean): boolean {
    return user === "" || fits;
  },
  /** Status of a page that is not there. */
  unknownPage(): number {
    return 404;
  },
  /** Whether a saved page changes settings. */
  saves(query: URLSearchParams): boolean {
    return query.get("settings")?.toLowerCase() === "save";
  },
  /** A setting's new value, as it is kept. */
  savedValue(_name: string, value: string): string {
    return value;
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
