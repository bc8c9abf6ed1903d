import type { Alarms } from "../alarms.ts";
import { PERIODIC_ENABLE_NAME, PERIODIC_INTERVAL_NAME, PERIODIC_TIME_NAME } from "../data-model/standard.ts";
import type { Device } from "../device.ts";
import type { QueuedEvent } from "../state.ts";

/** Periodic interval in seconds where a map gives none, or one that is no number of seconds. */
const HOUR = 3600;

/** Contacts that are due at a time: periodic ones, and those that the ACS has scheduled (TR-069 A.4.1.2). */
export class Calendar {
  readonly #device: Device;
  readonly #alarms: Alarms;
  readonly #occur: (events: readonly QueuedEvent[]) => void;

  constructor(device: Device, alarms: Alarms, occur: (events: readonly QueuedEvent[]) => void) {
    this.#device = device;
    this.#alarms = alarms;
    this.#occur = occur;
  }

  /** What, when it changes, moves the periodic contacts. */
  get periodicSettings(): string {
    const { model } = this.#device;
    return [PERIODIC_ENABLE_NAME, PERIODIC_INTERVAL_NAME, PERIODIC_TIME_NAME].map((name) => model.valueOf(name)).join();
  }

  stopPeriodic(): void {
    this.#alarms.cancel("periodic");
  }

  /** Sets the next periodic contact, if there is to be one. */
  armPeriodic(): void {
    const { model, seams, clock } = this.#device;
    this.stopPeriodic();
    if (!seams.events.isPeriodic(model.valueOf(PERIODIC_ENABLE_NAME))) return;
    const interval = Math.max(1, Number(model.valueOf(PERIODIC_INTERVAL_NAME)) || HOUR) * 1000;
    const delay = seams.events.periodicDelay(clock.now(), interval, referenceTime(model.valueOf(PERIODIC_TIME_NAME)));
    this.#alarms.set("periodic", delay, () => {
      this.armPeriodic();
      this.#occur(seams.events.atPeriodic());
    });
  }

  /** Adds a contact, `delay` seconds from now. */
  schedule(delay: number, commandKey: string): void {
    const { state, seams, clock } = this.#device;
    state.scheduled = seams.rpc.scheduleWith(state.scheduled, { due: seams.rpc.scheduledAt(clock.now(), delay), commandKey });
    this.armScheduled();
  }

  /** Sets the alarm for the first scheduled contact. One that was missed while the phone was off is due at once. */
  armScheduled(): void {
    const { state, seams, clock } = this.#device;
    if (state.scheduled.length === 0) return;
    const first = Math.min(...state.scheduled.map(({ due }) => due));
    this.#alarms.set("schedule", first - clock.now(), () => {
      const due = state.scheduled.filter((inform) => inform.due <= clock.now());
      state.scheduled = state.scheduled.filter((inform) => !due.includes(inform));
      this.armScheduled();
      this.#occur(due.flatMap(({ commandKey }) => seams.events.atSchedule(commandKey)));
    });
  }
}

/** PeriodicInformTime in milliseconds of the clock; undefined for the Unknown Time (TR-069 A.2.1). */
function referenceTime(text: string): number | undefined {
  if (/^0001-01-01T00:00:00(\.0+)?(Z|[+-]00:00)?$/.test(text)) return undefined;
  const time = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? undefined : time;
}
