import type { Clock } from "../clock.ts";

/** What has come lately, in the eyes of an agent that one has to go gently with. */
export interface LoadFacts {
  /** Octets of the record. */
  readonly size: number;
  /** Octets of the records of the last second, this one's among them. */
  readonly octets: number;
  /** Records of the last minute that could not be read, and messages that could not although their records could. */
  readonly brokenRecords: number;
  readonly brokenMessages: number;
}

const SECOND = 1_000;
const MINUTE = 60_000;

/** Counts what comes from one controller. */
export class Load {
  readonly #clock: Clock;
  #records: { readonly at: number; readonly size: number }[] = [];
  #broken: { readonly at: number; readonly what: "record" | "message" }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A record has come. */
  record(size: number): LoadFacts {
    const now = this.#clock.now();
    this.#records = [...this.#records.filter(({ at }) => at > now - SECOND), { at: now, size }];
    this.#broken = this.#broken.filter(({ at }) => at > now - MINUTE);
    const broken = (of: "record" | "message"): number => this.#broken.filter(({ what }) => what === of).length;
    const octets = this.#records.reduce((sum, record) => sum + record.size, 0);
    return { size, octets, brokenRecords: broken("record"), brokenMessages: broken("message") };
  }

  broken(what: "record" | "message"): void {
    this.#broken.push({ at: this.#clock.now(), what });
  }
}
