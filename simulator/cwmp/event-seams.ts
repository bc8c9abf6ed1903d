import type { DeviceKind } from "../device-kind.ts";
import type { Change, QueuedEvent, ScheduledInform, Transfer } from "../state.ts";

const event = (code: string, commandKey = ""): QueuedEvent => ({ code, commandKey });

/** Events whose delivery only a TransferCompleteResponse confirms (TR-069 3.7.1.5, Table 7). */
const OF_TRANSFERS: ReadonlySet<string> = new Set(["7 TRANSFER COMPLETE", "M Download", "M Upload"]);

/** Which events occur when, and what becomes of them: TR-069 3.7.1.5 and its Table 7. */
export const eventSeams = {
  /** The queue with one more event. A single one is never there twice, a multiple one (`M …`) as often as it occurred. */
  queueWith(queue: readonly QueuedEvent[], occurred: QueuedEvent): QueuedEvent[] {
    const single = !occurred.code.startsWith("M ");
    return [...queue.filter(({ code }) => !single || code !== occurred.code), occurred];
  },
  /** What BOOTSTRAP leaves of the other events: nothing. */
  keptOnBootstrap(_queue: readonly QueuedEvent[]): QueuedEvent[] {
    return [];
  },
  /** Changes are discarded together with the event 4 VALUE CHANGE. */
  changesKeptOnBootstrap(_changes: readonly Change[]): Change[] {
    return [];
  },
  /** Whether another ACS URL is one that BOOTSTRAP has to greet: any modification. */
  isBootstrap(urlBefore: string, urlAfter: string): boolean {
    return urlBefore !== urlAfter;
  },
  /** Whether a setting that turns something on says so: both spellings of the vendor's guide, and CWMP's own. */
  isSwitchedOn(_setting: "tr69_use_acs" | "tr69_bootstrap", text: string): boolean {
    return text === "on" || text === "1" || text === "true";
  },
  /** Whether the phone contacts its ACS as soon as it is turned on; `owed` says that none has been told of the bootstrap. */
  comesWhenTurnedOn(_owed: boolean): boolean {
    return true;
  },
  /** Whether being turned on counts as a start: always of a Snom phone, else when no ACS was told of the start of the device. */
  startsWhenTurnedOn(kind: DeviceKind, isTold: boolean): boolean {
    return kind === "snom" || !isTold;
  },
  /** Events of the first contact with an ACS; `owed` says that none has been told of the bootstrap, `hadAcs` that there was one before. */
  atFirstContact(owed: boolean, _hadAcs: boolean): QueuedEvent[] {
    return owed ? [event("0 BOOTSTRAP")] : [];
  },
  /** Events of every start of the phone. */
  atBoot(): QueuedEvent[] {
    return [event("1 BOOT")];
  },
  /** Events that a factory reset leaves in the queue: none. */
  keptAtReset(_events: readonly QueuedEvent[]): QueuedEvent[] {
    return [];
  },
  /** Scheduled Informs that a factory reset leaves: none. */
  scheduledAfterReset(_scheduled: readonly ScheduledInform[]): ScheduledInform[] {
    return [];
  },
  /** What a start leaves of older events: all but the BOOT of the start before. */
  keptAtBoot(queue: readonly QueuedEvent[]): QueuedEvent[] {
    return queue.filter(({ code }) => code !== "1 BOOT" && code !== "6 CONNECTION REQUEST");
  },
  /** What a start leaves of changes: all. */
  changesKeptAtBoot(changes: readonly Change[]): Change[] {
    return [...changes];
  },
  /** Events of a start that Reboot requests have caused: one for each request. */
  atReboot(commandKeys: readonly string[]): QueuedEvent[] {
    return commandKeys.map((key) => event("M Reboot", key));
  },
  /** Events of a periodic Inform. */
  atPeriodic(): QueuedEvent[] {
    return [event("2 PERIODIC")];
  },
  /** Events of a connection request (3.2.2) with this Accept field. */
  atConnectionRequest(_accept?: string): QueuedEvent[] {
    return [event("6 CONNECTION REQUEST")];
  },
  /** Events of a time that ScheduleInform has set: always the pair. */
  atSchedule(commandKey: string): QueuedEvent[] {
    return [event("3 SCHEDULED"), event("M ScheduleInform", commandKey)];
  },
  /** Events of a transfer that has ended, well or not. */
  atTransferEnd({ id, direction, commandKey }: Pick<Transfer, "id" | "direction" | "commandKey">): QueuedEvent[] {
    const method = direction === "download" ? "M Download" : "M Upload";
    return [event("7 TRANSFER COMPLETE"), { ...event(method, commandKey), transfer: id }];
  },
  /** What is left when a successful InformResponse has come; `sent` are the events of that Inform. */
  afterInformResponse(queue: readonly QueuedEvent[], sent: readonly QueuedEvent[]): QueuedEvent[] {
    return queue.filter((queued) => OF_TRANSFERS.has(queued.code) || !sent.includes(queued));
  },
  /** Changes left when an Inform that reported `sent` was answered. */
  changesAfterInformResponse(changes: readonly Change[], sent: readonly Change[]): Change[] {
    return changes.filter((change) => !sent.some(({ serial }) => serial === change.serial));
  },
  /** Changes left to report when a session has failed whose Inform reported `sent`: those that are left anyway. */
  changesAfterFailure(changes: readonly Change[], _sent: readonly Change[]): Change[] {
    return [...changes];
  },
  /** What is left when a TransferCompleteResponse has come; 7 TRANSFER COMPLETE goes with the last transfer. */
  afterTransferComplete(queue: readonly QueuedEvent[], transfer: number): QueuedEvent[] {
    const left = queue.filter((queued) => queued.transfer !== transfer);
    return left.some((queued) => queued.transfer !== undefined)
      ? left
      : left.filter(({ code }) => code !== "7 TRANSFER COMPLETE");
  },
  /** What is left to deliver when a session has failed: a connection request is not made good for. */
  afterFailure(queue: readonly QueuedEvent[]): QueuedEvent[] {
    return queue.filter(({ code }) => code !== "6 CONNECTION REQUEST");
  },
  /** The queue cut to the 64 events that an Inform can hold; the oldest `M …` go first. */
  limited(queue: readonly QueuedEvent[]): QueuedEvent[] {
    const excess = queue.length - 64;
    if (excess <= 0) return [...queue];
    const dropped = new Set(queue.filter(({ code }) => code.startsWith("M ")).slice(0, excess));
    return queue.filter((queued) => !dropped.has(queued));
  },
  /** Whether PeriodicInformEnable, as it reads, calls for periodic Informs. */
  isPeriodic(enabled: string): boolean {
    return enabled === "true" || enabled === "1";
  },
  /** Whether other periodic settings than before take effect at once. */
  followsPeriodicChange(before: string, after: string): boolean {
    return before !== after;
  },
  /**
   * Milliseconds until the next periodic Inform. `reference` (PeriodicInformTime, milliseconds of the clock) sets the phase;
   * undefined is the Unknown Time, with which the phase is free.
   */
  periodicDelay(now: number, interval: number, reference: number | undefined): number {
    if (reference === undefined) return interval;
    const sinceReference = (((now - reference) % interval) + interval) % interval;
    return interval - sinceReference;
  },
};

export type EventSeams = typeof eventSeams;
