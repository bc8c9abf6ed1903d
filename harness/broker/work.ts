import { afterTurns, type Cancel, type Clock } from "../core/clock.ts";

/**
 * Turns of the event loop without a sign of Aedes after which it has nothing left to do. It keeps everything in memory, so that each
 * of its steps takes one turn at most, and its longest chain without a sign (a CONNECT that takes over another one's session) some ten.
 */
const QUIET_TURNS = 32;

/** Keeps the time of a run from passing while Aedes works, which no socket shows. */
export class Work {
  readonly #clock: Clock;
  #done: Cancel | undefined;
  #stop: Cancel = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Octets have gone to Aedes, or have come from it. */
  sign(): void {
    this.#done ??= this.#clock.busy();
    this.#stop();
    this.#stop = afterTurns(QUIET_TURNS, () => this.end());
  }

  end(): void {
    this.#stop();
    this.#done?.();
    this.#done = undefined;
  }
}
