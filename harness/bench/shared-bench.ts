import type { Patience } from "../acs/patience.ts";
import type { Clock } from "../core/clock.ts";
import type { FileServer } from "../files/server.ts";
import type { Phone } from "../phone/phone.ts";
import type { StunBench } from "../stun/stun.ts";
import type { Recording } from "../trace/recording.ts";
import type { GatewayBench } from "./gateway-bench.ts";
import type { LanBench } from "./lan-bench.ts";
import type { LiveNetworks } from "./live-networks.ts";
import type { PropertyRuns } from "./property-runs.ts";

/** What every bench is made of. */
export interface SharedParts {
  readonly clock: Clock;
  readonly recording: Recording;
  readonly patience: Patience;
  readonly properties: PropertyRuns;
  readonly files: FileServer;
  readonly networks: LiveNetworks;
  readonly phone: Phone;
  readonly secrets: readonly string[];
  random(): number;
}

/** What cases find on every bench, whatever the device is managed over. */
export abstract class SharedBench {
  readonly clock: Clock;
  readonly recording: Recording;
  readonly patience: Patience;
  readonly properties: PropertyRuns;
  readonly files: FileServer;
  readonly phone: Phone;
  readonly secrets: readonly string[];
  readonly #networks: LiveNetworks;
  readonly #random: () => number;
  #stopped: Promise<void> | undefined;

  constructor(parts: SharedParts) {
    this.clock = parts.clock;
    this.recording = parts.recording;
    this.patience = parts.patience;
    this.properties = parts.properties;
    this.files = parts.files;
    this.phone = parts.phone;
    this.secrets = parts.secrets;
    this.#networks = parts.networks;
    this.#random = () => parts.random();
  }

  get lan(): LanBench {
    return this.#networks.lan;
  }

  get gateway(): GatewayBench {
    return this.#networks.gateway;
  }

  get stun(): StunBench {
    return this.#networks.stun;
  }

  random(): number {
    return this.#random();
  }

  step(text: string): void {
    this.recording.step(this.clock.now(), text);
  }

  /** Ends it once, however often it is asked to. */
  stop(): Promise<void> {
    this.#stopped ??= this.end();
    return this.#stopped;
  }

  protected abstract end(): Promise<void>;
}
