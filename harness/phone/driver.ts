import type { Credentials } from "./profile.ts";
import type { SnomPhone } from "./snom-phone.ts";
import type { LocalValue } from "./values.ts";

/** What a phone has to know to come to our ACS. */
export interface Access extends Credentials {
  readonly url: string;
  /** What our connection requests will carry. */
  readonly connectionRequest: Credentials;
}

/** What `settle` found and did. */
export interface Settled {
  /** Something was different from before, and has been put back: the phone may have to say so to its ACS. */
  readonly changed: boolean;
  /** What was put back makes the phone come by itself. */
  readonly comes: boolean;
  /** What could not be put back, a sentence each. */
  readonly left: readonly string[];
}

/** What has been done to a phone besides CWMP that takes it away from its ACS. */
export interface Away {
  /** When it was last done, in milliseconds of the run's clock. */
  readonly at: number;
  /** The phone was reset, then or before: everything in it is at its factory value. */
  readonly reset: boolean;
}

/** A way to reach a phone besides CWMP: its own web interface, or hands of the lab. */
export interface Driver {
  /** Whether the phone takes the credentials of `Access` from `start`; else they have to be set over CWMP. */
  readonly setsCredentials: boolean;
  /** Present when the phone is a Snom phone with a web interface that we may use. */
  readonly snom?: SnomPhone;
  /** Passwords that have been seen in the phone, for the redactor. */
  readonly secrets: readonly string[];
  can(way: "localChange" | "powerCycle"): boolean;
  /** Set when the phone was taken away from its ACS besides CWMP since the last `settle`. */
  readonly away?: Away | undefined;
  /**
   * Remembers how the phone is set up, and points it to our ACS.
   * @param point does the pointing in the driver's place
   * @throws Inconclusive `unreachable` when the phone cannot be reached, or does not take it
   */
  start(access: Access, point?: () => Promise<void>): Promise<void>;
  /** After a factory reset: gives the phone its ACS again once it can be reached. @throws Inconclusive */
  provisionAgain(): Promise<void>;
  /** @throws Inconclusive */
  changeLocally(local: LocalValue, value: string): Promise<void>;
  /** @throws Inconclusive */
  powerCycle(): Promise<void>;
  /**
   * Takes back what was changed besides CWMP, by `changeLocally` and by cases on Snom phones. Never throws.
   * @param resetAt when the phone was last reset over CWMP: what was changed before that is not put back
   */
  settle(resetAt?: number): Promise<Settled>;
  /** Sets the phone up as it was. Never throws; gives what could not be put back, a sentence each. */
  stop(): Promise<readonly string[]>;
}
