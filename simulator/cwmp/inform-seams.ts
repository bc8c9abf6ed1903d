import type { Change, QueuedEvent } from "../state.ts";
import type { Arg } from "./soap.ts";

export interface DeviceId {
  readonly manufacturer: string;
  readonly oui: string;
  readonly productClass: string;
  readonly serialNumber: string;
}

/** What an Inform says: TR-069 A.3.3.1. `events` are those that it lists. */
export const informSeams = {
  /** DeviceId, from the parameters of the same names. */
  deviceId(identity: DeviceId, _events: readonly QueuedEvent[]): DeviceId {
    return identity;
  },
  /** How many envelopes the ACS may put into one HTTP response: always 1. */
  maxEnvelopes(_events: readonly QueuedEvent[]): number {
    return 1;
  },
  /** CurrentTime, with its zone (A.2.1). */
  currentTime(now: number, _events: readonly QueuedEvent[]): string {
    return new Date(now).toISOString().replace(/\.\d+/, "");
  },
  /** RetryCount: how often in a row a session has failed before this one. */
  retryCount(failures: number): number {
    return failures;
  },
  /** Events of the Inform, from what is queued and whether changes are reported; `failures` is how often the last session has failed. */
  events(queue: readonly QueuedEvent[], valueChange: boolean, _failures = 0): QueuedEvent[] {
    return valueChange ? [...queue, { code: "4 VALUE CHANGE", commandKey: "" }] : [...queue];
  },
  /** Order of the events: by their number, then the `M …`. */
  ordered(events: readonly QueuedEvent[]): QueuedEvent[] {
    const place = ({ code }: QueuedEvent): number => (code.startsWith("M ") ? 99 : Number.parseInt(code, 10));
    return events.toSorted((a, b) => place(a) - place(b));
  },
  /** EventCode as it is written. */
  eventCode({ code }: QueuedEvent): string {
    return code;
  },
  /** CommandKey of an event: empty where no command caused it. */
  commandKey({ code, commandKey }: QueuedEvent): string {
    return code.startsWith("M ") ? commandKey : "";
  },
  /** Changes that this Inform reports: all there are. */
  reported(changes: readonly Change[]): Change[] {
    return [...changes];
  },
  /** Whether 4 VALUE CHANGE is due: exactly when a change is reported. */
  hasValueChange(reported: readonly Change[]): boolean {
    return reported.length > 0;
  },
  /** Names that every Inform lists, as far as the phone has them (TR-106 3.5). */
  forced(names: readonly string[], _events: readonly QueuedEvent[]): readonly string[] {
    return names;
  },
  /** Names in the ParameterList: the forced ones and the changed ones, each once. */
  parameterNames(forced: readonly string[], changed: readonly string[]): string[] {
    return [...forced, ...changed.filter((name) => !forced.includes(name))];
  },
  /** Name of a listed parameter as it is written. */
  parameterName(name: string, _events: readonly QueuedEvent[]): string {
    return name;
  },
  /** The value of a listed parameter: the same that GetParameterValues gives. */
  value(_name: string, value: string, _events: readonly QueuedEvent[]): string {
    return value;
  },
  /** What an Inform says after a session has failed whose Inform said `failed`: what is true now (A.3.3.1). */
  afterFailure(args: readonly Arg[], _failed: readonly Arg[] | undefined): readonly Arg[] {
    return args;
  },
  /** ID of the Inform's envelope; `count` grows with every message of the phone's own. */
  messageId(count: number): string {
    return String(count);
  },
};

export type InformSeams = typeof informSeams;
