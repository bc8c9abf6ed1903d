import type { Acs } from "../acs/acs.ts";
import type { Patience } from "../acs/patience.ts";
import type { Clock } from "../core/clock.ts";
import type { FileServer } from "../files/server.ts";
import type { Phone } from "../phone/phone.ts";
import type { StunBench } from "../stun/stun.ts";
import type { Recording } from "../trace/recording.ts";
import type { GatewayBench } from "./gateway-bench.ts";
import type { LanBench } from "./lan-bench.ts";
import type { PropertyRuns } from "./property-runs.ts";

/** What a CWMP case drives: our servers and the phone, started and wired. */
export interface CwmpBench {
  readonly acs: Acs;
  readonly phone: Phone;
  readonly files: FileServer;
  /** The LAN that the phone is on. Throws `Inconclusive` without one; cases with it need `lan`. */
  readonly lan: LanBench;
  /** The phone's gateway as a device that an ACS manages. Throws `Inconclusive` as `lan`. */
  readonly gateway: GatewayBench;
  /** The STUN server of the ACS. Throws `Inconclusive` where it cannot be heard. */
  readonly stun: StunBench;
  readonly clock: Clock;
  readonly recording: Recording;
  /** Time limits, in milliseconds of the clock. */
  readonly patience: Patience;
  /** How far properties are followed; for cases in `suites/properties` only. */
  readonly properties: PropertyRuns;
  /** Says in the report, between the messages, what happens at this moment: `the phone is reset`. */
  step(text: string): void;
  /** The next number in [0, 1) of this run's seed. */
  random(): number;
}
