import type { Clock } from "../clock.ts";
import type { WebSeams } from "./seams.ts";

/** Keeps away who tries passwords: after some bad logins the web interface is shut for a while, each time for longer. */
export class Lock {
  readonly #clock: Clock;
  readonly #seams: WebSeams;
  #bad = 0;
  /** How often in a row it was shut. */
  #times = 0;
  #until = 0;

  constructor(clock: Clock, seams: WebSeams) {
    this.#clock = clock;
    this.#seams = seams;
  }

  get isShut(): boolean {
    return this.#clock.now() < this.#until;
  }

  good(): void {
    this.#bad = 0;
    this.#times = 0;
  }

  bad(): void {
    this.#bad += 1;
    if (this.#bad < this.#seams.badLogins()) return;
    this.#bad = 0;
    this.#until = this.#clock.now() + this.#seams.shutFor(this.#times) * 1000;
    this.#times += 1;
  }
}
