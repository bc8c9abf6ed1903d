import type { MessageInitShape } from "@bufbuild/protobuf";
import type { NotifySchema } from "../../schema/usp/msg_pb.ts";
import type { BootCause } from "../state.ts";

/** A Notify as data. */
export type Notification = MessageInitShape<typeof NotifySchema>;

/** A subscription as far as it decides what is notified. */
export interface SubscriptionFacts {
  readonly notifType: string;
  readonly enable: boolean;
  /** Whether the controller that is to be told is in the table, and enabled. */
  readonly hasRecipient: boolean;
}

type Values = Readonly<Record<string, string>>;

/** When and what the agent notifies (TR-369 "Notifications and Subscription Mechanism"). */
export const notifySeams = {
  /** A Notify as it goes out. */
  notification(notification: Notification): Notification {
    return notification;
  },
  /** Whether changes are looked for that somebody has made. */
  looks(_by: "agent" | "others"): boolean {
    return true;
  },
  /** Whether the ACS is told of what a controller has changed. */
  reportsToAcs(): boolean {
    return true;
  },
  /** Whether the agent stops when the map has lost its lines. */
  stopsWithoutLines(): boolean {
    return true;
  },
  /** Whether a subscription is to be heeded. */
  isActive({ enable, hasRecipient }: SubscriptionFacts): boolean {
    return enable && hasRecipient;
  },
  /** Parameters whose values changed, of those subscribed to; one that was not there before has not changed. */
  changedValues(before: Values, now: Values): readonly string[] {
    return Object.keys(now).filter((path) => before[path] !== undefined && before[path] !== now[path]);
  },
  /** Objects in which a subscription looks for values, of those that a path in its ReferenceList names. */
  watchedObjects(objects: readonly string[]): readonly string[] {
    return objects;
  },
  /** Whether a subscription is heeded that is no longer there, or is switched off. */
  outlives(): boolean {
    return false;
  },
  /** Instances that came. */
  createdObjects(before: readonly string[], now: readonly string[]): readonly string[] {
    return now.filter((path) => !before.includes(path));
  },
  /** Instances that went. */
  deletedObjects(before: readonly string[], now: readonly string[]): readonly string[] {
    return before.filter((path) => !now.includes(path));
  },
  /** Whether an event or a command is one that a subscription names; `named` are the paths that its ReferenceList matches. */
  isNamed(named: readonly string[], path: string): boolean {
    return named.includes(path);
  },
  /** Whether a notification goes to a controller, of an event that concerns only the controller `concerned`. */
  isForRecipient(recipient: string, concerned: string | undefined): boolean {
    return concerned === undefined || recipient === concerned;
  },
  /** What a subscription does when it is triggered. */
  triggered(action: string): { readonly notifies: boolean; readonly configures: boolean } {
    return { notifies: action !== "Config", configures: action !== "Notify" };
  },
  /** Whether a Notify asks for a response (TR-369 "Responses to Notifications and Notification Retry"). */
  asksForResponse(notifRetry: boolean): boolean {
    return notifRetry;
  },
  /** Milliseconds between a change and its Notify (R-NOT.0a). */
  notifyDelay(): number {
    return 0;
  },
  /**
   * Number of the first retry of a notification; `last` is the number of the retry that the one before of the same subscription had
   * come to, before a restart or since; 0 for none (R-NOT.3, R-NOT.4).
   */
  firstRetry(_last: number, _hasRestarted: boolean): number {
    return 1;
  },
  /** Whether an OnBoardRequest is sent to a controller for which it was asked (R-NOT.5). */
  boards(_controller: string): boolean {
    return true;
  },
  /** Whether an OnBoardRequest asks for a response (R-NOT.6). */
  boardAsksForResponse(): boolean {
    return true;
  },
  /** Range of the wait before a retry, in seconds; `retry` counts from 1, `minimum` is m, `multiplier` k in thousandths (R-NOT.1). */
  notifyRange(retry: number, minimum: number, multiplier: number): readonly [number, number] {
    const factor = multiplier / 1000;
    const row = Math.min(retry, 10);
    return [minimum * factor ** (row - 1), minimum * factor ** row];
  },
  /** The wait in seconds, somewhere in its range. `random` is in [0, 1). */
  notifyWait([least, most]: readonly [number, number], random: number): number {
    return least + (most - least) * random;
  },
  /** Whether another notification is taken when so many wait for their responses. */
  hasRoom(_pending: number): boolean {
    return true;
  },
  /** Whether a notification is still retried, so many seconds after it was first sent; it never expires for 0. */
  goesOnNotifying(age: number, expiration: number): boolean {
    return expiration === 0 || age < expiration;
  },
  /** Whether a response confirms a notification. Its subscription does not matter (R-NOT.9). */
  confirms(messageId: string, responseTo: string, _isOfSubscription: boolean): boolean {
    return messageId === responseTo;
  },
  /** Whether a subscription has come to its end, so many seconds after it was made; it never does for 0. */
  isOver(age: number, timeToLive: number): boolean {
    return timeToLive > 0 && age >= timeToLive;
  },
  /** Whether a subscription is still there after a start of the agent. */
  survivesBoot(persistent: boolean): boolean {
    return persistent;
  },
  /** Arguments of Boot!; `parameters` are those of the recipient's BootParameter table. */
  bootArguments({ cause, commandKey }: BootCause, parameters: Values, firmwareUpdated: boolean): Values {
    return {
      CommandKey: commandKey,
      Cause: cause,
      FirmwareUpdated: String(firmwareUpdated),
      ParameterMap: JSON.stringify(parameters),
    };
  },
  /** Whether Boot! tells a parameter, by Enable in its BootParameter. */
  tellsBootParameter(isEnabled: boolean): boolean {
    return isEnabled;
  },
  /** Whether a controller that is set up is contacted. */
  isContacted(_controller: string): boolean {
    return true;
  },
  /** Whether a start of the agent is told. */
  tellsBoot(): boolean {
    return true;
  },
  /** Milliseconds until the next Periodic!: the interval in seconds, in phase with a reference time unless that is unknown. */
  periodicDelay(now: number, interval: number, reference: number | undefined): number {
    const period = interval * 1000;
    if (reference === undefined) return period;
    const behind = (now - reference) % period;
    return behind < 0 ? -behind : period - behind;
  },
  /** Whether another OnBoardRequest follows one that was confirmed (R-NOT.5). */
  boardsAgain(isComplete: boolean, restartSeconds: number): boolean {
    return !isComplete && restartSeconds > 0;
  },
  /** Milliseconds until it does, by OnBoardingRestartTime. */
  boardDelay(restartSeconds: number): number {
    return Math.max(restartSeconds, 1) * 1000;
  },
  /** OnBoardingComplete after an OnBoardRequest was asked for. */
  completeAfterRequest(): boolean {
    return false;
  },
};
