import type { Credentials } from "./profile.ts";
import type { SnomPhone } from "./snom-phone.ts";
import type { LocalValue } from "./values.ts";

/** What a phone has to know to come to our ACS. */
export interface Access extends Credentials {
  readonly url: string;
  /** What our connection requests will carry. */
  readonly connectionRequest: Credentials;
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
  /**
   * Remembers how the phone is set up, and points it to our ACS.
   * @throws Inconclusive `unreachable` when the phone cannot be reached, or does not take it
   */
  start(access: Access): Promise<void>;
  /** After a factory reset: gives the phone its ACS again once it can be reached. @throws Inconclusive */
  provisionAgain(): Promise<void>;
  /** @throws Inconclusive */
  changeLocally(local: LocalValue, value: string): Promise<void>;
  /** @throws Inconclusive */
  powerCycle(): Promise<void>;
  /** Takes back what `changeLocally` did; true when there was something. Never throws. */
  settle(): Promise<boolean>;
  /** Sets the phone up as it was. Never throws; gives what could not be put back, a sentence each. */
  stop(): Promise<readonly string[]>;
}
