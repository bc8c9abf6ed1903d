import type { Clock } from "../core/clock.ts";
import type { GatewayPort, Network } from "../core/network.ts";
import type { Hands } from "../phone/hands.ts";
import type { Profile } from "../phone/profile.ts";
import type { Recording } from "../trace/recording.ts";
import type { Mtp } from "../trace/usp.ts";
import type { MqttVersion } from "../wire/mqtt.ts";
import type { StartGateway } from "./gateway-bench.ts";
import type { PropertyOptions } from "./property-runs.ts";

/** How USP messages travel in a run; what is absent is as the profile has it. */
export interface UspChoice {
  /** Over this one alone. */
  readonly mtp?: Mtp;
  readonly mqttVersion?: MqttVersion;
  readonly tls?: boolean;
}

export interface BenchOptions {
  readonly clock: Clock;
  readonly profile: Profile;
  /** Where the phone is; for the driver `snom` the port is that of its web interface. */
  readonly target?: { readonly host: string; readonly port?: number };
  /** `host:port`, host or port of the ACS; overrides the profile. */
  readonly listen?: string;
  readonly usp?: UspChoice;
  readonly seed: number;
  readonly properties?: PropertyOptions;
  /** Our end of the LAN that the phone is on, where we are its gateway. */
  readonly lan?: GatewayPort;
  /** Starts the CWMP client of that gateway. */
  readonly gateway?: StartGateway;
  /** Why we are not, though it was asked for. */
  readonly noLan?: string;
  /** For STUN and UDP connection requests. */
  readonly udp?: Network;
  /** Somebody at the device, in place of the profile's hooks: whoever runs the device too. */
  readonly hands?: Hands;
  readonly recording?: Recording;
  /** Aborted by Ctrl-C. */
  readonly signal?: AbortSignal;
  /** Something a person should know; never a secret. */
  note(text: string): void;
  /** What is waited for at this moment, for a progress line; undefined when that is over. */
  waitsFor(what: string | undefined): void;
}
