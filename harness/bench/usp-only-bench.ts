import type { Acs } from "../acs/acs.ts";
import { Inconclusive } from "../core/case.ts";
import type { Driver } from "../phone/driver.ts";
import type { LiveUsp } from "./live-usp.ts";
import type { RunningBench } from "./running-bench.ts";
import { SharedBench, type SharedParts } from "./shared-bench.ts";
import type { UspBench } from "./usp-bench.ts";

export interface UspOnlyParts extends SharedParts {
  readonly usp: LiveUsp;
  readonly driver: Driver;
  readonly address: string;
  note(text: string): void;
}

/** The bench of a device that has a USP agent and no CWMP: it is brought back to where it was by USP and by whoever is at it. */
export class UspOnlyBench extends SharedBench implements RunningBench {
  readonly about: RunningBench["about"];
  readonly #parts: UspOnlyParts;

  constructor(parts: UspOnlyParts) {
    super(parts);
    this.#parts = parts;
    this.about = { address: parts.address, identity: parts.phone.identity };
  }

  get acs(): Acs {
    throw new Inconclusive("precondition", "the profile says that the device has no CWMP (claims: cwmp)");
  }

  get usp(): UspBench {
    return this.#parts.usp.of(this);
  }

  async settle(): Promise<readonly string[]> {
    const { usp, networks, driver } = this.#parts;
    this.files.settle();
    networks.answerAsUsual();
    const { resetAt } = usp;
    const isReset = resetAt !== undefined || driver.away?.reset === true;
    try {
      const { left } = await driver.settle(resetAt);
      return [...left, ...(await networks.settle()), ...(await usp.settle(isReset))];
    } catch (error) {
      return [`what this case left could not be looked at: ${error instanceof Error ? error.message : String(error)}`];
    }
  }

  probe(): ReturnType<RunningBench["probe"]> {
    return this.#parts.usp.probe();
  }

  protected override async end(): Promise<void> {
    const { usp, networks, driver, note } = this.#parts;
    for (const problem of await driver.stop()) note(problem);
    await Promise.allSettled([this.files.stop(), usp.stop(), networks.stop()]);
  }
}
