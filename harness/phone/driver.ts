import type { Mtp } from "../trace/usp.ts";
import type { MqttVersion } from "../wire/mqtt.ts";
import type { Credentials } from "./profile.ts";
import type { SnomPhone } from "./snom-phone.ts";
import type { LocalValue } from "./values.ts";

/** What a phone has to know to come to our USP controller. */
export interface UspAccess {
  readonly mtp: Mtp;
  /** `ws://192.0.2.1:4711/usp`, or `mqtt://192.0.2.1:1883` of the broker; `wss:` and `mqtts:` over TLS. */
  readonly url: string;
  /** EndpointID of the controller. */
  readonly endpointId: string;
  /** What it has to know besides, over MQTT. */
  readonly mqtt?: {
    readonly version: MqttVersion;
    /** The controller's topic. */
    readonly topic: string;
    /** What the broker wants to be shown; nothing without. */
    readonly credentials?: Credentials;
    /** The agent's own topic; without it a usual one is given where one is needed. */
    readonly agentTopic?: string;
  };
}

/** What a phone has to know to come to our ACS. */
export interface Access extends Credentials {
  /** Of the ACS; empty for a device that has no CWMP, or is told it by DHCP. */
  readonly url: string;
  /** Present when the phone has a USP agent that is to come too. */
  readonly usp?: UspAccess;
  /** Certificate in PEM of the authority that signs those of our servers, for a device that can be told to believe it. */
  readonly authority?: string;
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

/** What only somebody at the phone can do to it. */
export type LocalWay = "localChange" | "powerCycle" | "localReset";

/** A way to reach a phone besides CWMP: its own web interface, or hands of the lab. */
export interface Driver {
  /** Whether the phone takes the credentials of `Access` from `start`; else they have to be set over CWMP. */
  readonly setsCredentials: boolean;
  /** Present when the phone is a Snom phone with a web interface that we may use. */
  readonly snom?: SnomPhone;
  /** Passwords that have been seen in the phone, for the redactor. */
  readonly secrets: readonly string[];
  can(way: LocalWay): boolean;
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
  /**
   * Points the USP agent to the controller again, where it has been pointed elsewhere; absent where only a person can. Never throws.
   * @param usp from now on, in place of what was in the `Access`
   */
  pointAgent?(usp?: UspAccess): Promise<void>;
  /** @throws Inconclusive */
  changeLocally(local: LocalValue, value: string): Promise<void>;
  /** @throws Inconclusive */
  powerCycle(): Promise<void>;
  /** Resets the phone to its factory state as its user would, and points it to us again. @throws Inconclusive */
  localReset(): Promise<void>;
  /** The phone was told to reboot, and is gone: starts it, where it does not come back by itself. @throws Inconclusive */
  startAgain?(): Promise<void>;
  /**
   * Takes back what was changed besides CWMP, by `changeLocally` and by cases on Snom phones. Never throws.
   * @param resetAt when the phone was last reset over CWMP: what was changed before that is not put back
   */
  settle(resetAt?: number): Promise<Settled>;
  /** Sets the phone up as it was. Never throws; gives what could not be put back, a sentence each. */
  stop(): Promise<readonly string[]>;
}
