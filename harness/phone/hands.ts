import type { Clock } from "../core/clock.ts";
import type { Access, Driver, UspAccess } from "./driver.ts";
import type { LocalValue } from "./values.ts";

/** What may be done at a device besides the management that is examined: by a person's hand, a command of the lab, or a program. */
export interface Hands {
  /** Points the device to our ACS, and its USP agent to our controller. */
  start?(access: Access): Promise<void>;
  /** Switches it off and on. */
  powerCycle?(access: Access): Promise<void>;
  /** After it was told to reboot: starts it again, where it does not do that itself. */
  reboot?(access: Access): Promise<void>;
  /** After it was told to reset itself: points it to us again; absent where `start` does that too. */
  factoryReset?(access: Access): Promise<void>;
  /** Resets it to its factory state, as its user would, and points it to us again. */
  localReset?(access: Access): Promise<void>;
  /** The run is over: ends what was started for it. */
  stop?(access: Access): Promise<void>;
  /** Changes a parameter as its user would. */
  localChange?(access: Access, local: LocalValue, value: string): Promise<void>;
}

/** Lets `hands` do what they can; everything else is left to `driver`. */
export function withHands(driver: Driver, hands: Hands | undefined, { now }: Pick<Clock, "now">): Driver {
  if (hands === undefined) return driver;
  let access: Access | undefined;
  let resetAt: number | undefined;
  /** What a hand does, or else the driver. */
  const by = async (hand: ((access: Access) => Promise<void>) | undefined, otherwise: () => Promise<void>): Promise<void> => {
    if (hand === undefined) return otherwise();
    if (access === undefined) throw new Error("the device was not started yet");
    await hand.call(hands, access);
  };
  return {
    setsCredentials: hands.start === undefined && driver.setsCredentials,
    get secrets() {
      return driver.secrets;
    },
    get away() {
      return driver.away ?? (resetAt === undefined ? undefined : { at: resetAt, reset: true });
    },
    ...(driver.snom === undefined ? {} : { snom: driver.snom }),
    can: (way) => hands[way] !== undefined || driver.can(way),
    async start(given) {
      access = given;
      await driver.start(given, hands.start === undefined ? undefined : async () => hands.start?.(given));
    },
    ...(hands.reboot === undefined ? {} : { startAgain: () => by(hands.reboot, async () => {}) }),
    provisionAgain: () => by(hands.factoryReset ?? hands.start, () => driver.provisionAgain()),
    ...(driver.pointAgent === undefined ? {} : { pointAgent: async (usp?: UspAccess) => driver.pointAgent?.(usp) }),
    changeLocally: (local, value) =>
      by(hands.localChange && ((told) => hands.localChange?.(told, local, value) ?? Promise.resolve()), () =>
        driver.changeLocally(local, value),
      ),
    powerCycle: () => by(hands.powerCycle, () => driver.powerCycle()),
    localReset() {
      if (hands.localReset !== undefined) resetAt = now();
      return by(hands.localReset, () => driver.localReset());
    },
    settle(wasResetAt) {
      resetAt = undefined;
      return driver.settle(wasResetAt);
    },
    async stop() {
      const left = await driver.stop();
      if (access === undefined) return left;
      try {
        await hands.stop?.(access);
        return left;
      } catch (error) {
        return [...left, error instanceof Error ? error.message : String(error)];
      }
    },
  };
}
