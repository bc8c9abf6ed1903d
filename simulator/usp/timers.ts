import type { Alarms } from "../alarms.ts";
import type { Device } from "../device.ts";
import type { UspModel } from "./model.ts";
import { CONTROLLER_TABLE, SUBSCRIPTION_TABLE } from "./schema.ts";

export interface TimerActions {
  /** Periodic! is due for a controller. */
  periodic(controller: string): void;
  /** A subscription has lived as long as it was to. */
  over(subscription: string): void;
  /** An OnBoardRequest is due for a controller. */
  board(controller: string): void;
  /** Whether the agent is in contact with a controller. */
  isServed(controller: string): boolean;
}

const UNKNOWN_TIME = "0001-01-01T00:00:00Z";

/** What the agent does by the clock: Periodic!, ends of subscriptions, repeated OnBoardRequests. */
export class Timers {
  readonly #device: Device;
  readonly #model: UspModel;
  readonly #alarms: Alarms;
  readonly #actions: TimerActions;
  /** By controller, what the wait for its next Periodic! was reckoned from. */
  readonly #periodic = new Map<string, string>();

  constructor(device: Device, model: UspModel, alarms: Alarms, actions: TimerActions) {
    this.#device = device;
    this.#model = model;
    this.#alarms = alarms;
    this.#actions = actions;
  }

  /** Sets alarms by the values as they are now. */
  follow(): void {
    for (const number of this.#model.instances(CONTROLLER_TABLE)) this.#followPeriodic(`${CONTROLLER_TABLE}${number}.`);
    for (const number of this.#model.instances(SUBSCRIPTION_TABLE)) this.#followLife(`${SUBSCRIPTION_TABLE}${number}.`);
  }

  /** A controller is sent an OnBoardRequest: one that was to follow waits for its confirmation. */
  boards(controller: string): void {
    this.#alarms.cancel(`board ${controller}`);
  }

  /** A controller has confirmed an OnBoardRequest. */
  boarded(controller: string): void {
    const { usp } = this.#device.seams;
    const restart = (): number => Number(this.#model.value(`${controller}OnBoardingRestartTime`));
    const again = (): boolean => usp.boardsAgain(this.#model.isOn(`${controller}OnBoardingComplete`), restart());
    if (!again()) return;
    this.#alarms.set(`board ${controller}`, usp.boardDelay(restart()), () => {
      if (again()) this.#actions.board(controller);
    });
  }

  #followPeriodic(controller: string): void {
    const name = `periodic ${controller}`;
    if (!this.#actions.isServed(controller)) {
      this.#periodic.delete(controller);
      this.#alarms.cancel(name);
      return;
    }
    const [interval, reference] = ["Interval", "Time"].map((what) => this.#model.value(`${controller}PeriodicNotif${what}`));
    const from = `${interval} ${reference}`;
    if (this.#periodic.get(controller) === from && this.#alarms.has(name)) return;
    this.#periodic.set(controller, from);
    const { seams, clock } = this.#device;
    const phase = reference === undefined || reference === UNKNOWN_TIME ? undefined : Date.parse(reference);
    const delay = seams.usp.periodicDelay(clock.now(), Number(interval), phase);
    this.#alarms.set(name, delay, () => {
      this.#followPeriodic(controller);
      this.#actions.periodic(controller);
    });
  }

  #followLife(subscription: string): void {
    const { state, seams, clock } = this.#device;
    const made = state.usp.made[subscription];
    const timeToLive = Number(this.#model.value(`${subscription}TimeToLive`));
    const name = `life ${subscription}`;
    this.#alarms.cancel(name);
    if (made === undefined || timeToLive === 0) return;
    this.#alarms.set(name, made + timeToLive * 1000 - clock.now(), () => {
      const age = (clock.now() - made) / 1000;
      if (this.#model.has(subscription) && seams.usp.isOver(age, timeToLive)) this.#actions.over(subscription);
    });
  }
}
