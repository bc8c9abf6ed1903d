import type { Acs } from "../acs/acs.ts";
import type { Patience } from "../acs/patience.ts";
import { Inconclusive } from "../core/case.ts";
import type { Clock } from "../core/clock.ts";
import type { FileServer } from "../files/server.ts";
import type { Driver } from "../phone/driver.ts";
import type { Phone } from "../phone/phone.ts";
import type { StunBench } from "../stun/stun.ts";
import type { Recording } from "../trace/recording.ts";
import type { GatewayBench } from "./gateway-bench.ts";
import type { LanBench } from "./lan-bench.ts";
import type { LiveNetworks } from "./live-networks.ts";
import type { LiveUsp } from "./live-usp.ts";
import type { PropertyRuns } from "./property-runs.ts";
import type { RunningBench } from "./running-bench.ts";
import type { UspBench } from "./usp-bench.ts";

export interface UspOnlyParts {
  readonly clock: Clock;
  readonly recording: Recording;
  readonly patience: Patience;
  readonly properties: PropertyRuns;
  readonly files: FileServer;
  readonly usp: LiveUsp;
  readonly networks: LiveNetworks;
  readonly driver: Driver;
  readonly phone: Phone;
  readonly address: string;
  readonly secrets: readonly string[];
  random(): number;
  note(text: string): void;
}

/** The bench of a device that has a USP agent and no CWMP: it is brought back to where it was by USP and by whoever is at it. */
export class UspOnlyBench implements RunningBench {
  readonly clock: Clock;
  readonly recording: Recording;
  readonly patience: Patience;
  readonly properties: PropertyRuns;
  readonly files: FileServer;
  readonly phone: Phone;
  readonly about: RunningBench["about"];
  readonly secrets: readonly string[];
  readonly #parts: UspOnlyParts;
  #stopped: Promise<void> | undefined;

  constructor(parts: UspOnlyParts) {
    this.#parts = parts;
    this.clock = parts.clock;
    this.recording = parts.recording;
    this.patience = parts.patience;
    this.properties = parts.properties;
    this.files = parts.files;
    this.phone = parts.phone;
    this.about = { address: parts.address, identity: parts.phone.identity };
    this.secrets = parts.secrets;
  }

  get acs(): Acs {
    throw new Inconclusive("precondition", "the profile says that the device has no CWMP (claims: cwmp)");
  }

  get usp(): UspBench {
    return this.#parts.usp.of(this);
  }

  get lan(): LanBench {
    return this.#parts.networks.lan;
  }

  get gateway(): GatewayBench {
    return this.#parts.networks.gateway;
  }

  get stun(): StunBench {
    return this.#parts.networks.stun;
  }

  random(): number {
    return this.#parts.random();
  }

  step(text: string): void {
    this.recording.step(this.clock.now(), text);
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

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const { usp, networks, driver, note } = this.#parts;
    for (const problem of await driver.stop()) note(problem);
    await Promise.allSettled([this.files.stop(), usp.stop(), networks.stop()]);
  }
}
