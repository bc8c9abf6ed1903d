import { join } from "node:path";
import type { UspChoice } from "../harness/bench/bench-options.ts";
import { seeded } from "../harness/core/random.ts";
import type { Hands } from "../harness/phone/hands.ts";
import { loadProfile, type Profile } from "../harness/phone/profile.ts";
import { DeviceAtHand } from "../simulator/at-hand.ts";
import type { Clock } from "../simulator/clock.ts";
import type { DeviceKind } from "../simulator/device-kind.ts";
import type { RigId } from "../simulator/mutants/mutant.ts";
import type { LanPort, Network } from "../simulator/network.ts";
import { startPhone } from "../simulator/phone.ts";
import type { Seams } from "../simulator/seams.ts";

/** What is examined, and how: a simulated device and the profile that is right for it. */
export interface Rig {
  readonly id: RigId;
  readonly device: DeviceKind;
  readonly profile: Profile;
  /** How USP messages travel. */
  readonly usp: UspChoice;
  /** Whether the device is on a LAN whose gateway is the bench. */
  readonly lan?: true;
  /** Whether a case is run on it. */
  runs(caseId: string): boolean;
}

/** Something to examine: a phone that is there before the bench, or one that somebody at it starts when the bench is there. */
export type Examinee = { readonly webPort: number; stop(): Promise<void> } | { readonly hands: Hands; stop(): Promise<void> };

/** Seed of all runs of the proof: they have to be the same each time. */
export const SEED = 1;

const profileOf = (name: string): Profile => loadProfile(join(import.meta.dirname, `../profiles/${name}.yaml`));

/** Cases of USP, and those of Snom phones that are about it alone. */
const isUsp = (caseId: string): boolean => /^(?:usp|snom\.usp-(?:agent|settings))\./.test(caseId);

const PROFILES: Readonly<Record<DeviceKind, Profile>> = {
  snom: profileOf("snom"),
  cwmp: profileOf("lan-cwmp"),
  generic: profileOf("generic-usp"),
};

/** How USP messages travel on the rigs of one device, by what is added to its name. */
const WAYS: readonly (readonly [string, UspChoice])[] = [
  ["-mqtt", { mtp: "mqtt", mqttVersion: "5.0" }],
  ["-mqtt311", { mtp: "mqtt", mqttVersion: "3.1.1" }],
  ["-tls", { mtp: "websocket", tls: true }],
  ["-mqtt-tls", { mtp: "mqtt", mqttVersion: "5.0", tls: true }],
  ["-mqtt311-tls", { mtp: "mqtt", mqttVersion: "3.1.1", tls: true }],
];

const rigsOf = (device: DeviceKind): readonly Rig[] =>
  WAYS.map(([suffix, usp]) => ({ id: `${device}${suffix}` as RigId, device, profile: PROFILES[device], usp, runs: isUsp }));

/** Which cases are about a device on a LAN: what is of TR-111, and how it finds who manages it. */
const ABOUT_LAN: Readonly<Record<DeviceKind, RegExp>> = {
  snom: /^(?:tr111|snom\.dhcp|usp\.discovery)\./,
  cwmp: /^(?:tr111|cwmp\.discovery)\./,
  generic: /^(?:tr111|usp\.discovery)\./,
};

const onLan = (device: DeviceKind): Rig => ({
  id: `${device}-lan`,
  device,
  profile: PROFILES[device],
  usp: { mtp: "websocket" },
  lan: true,
  runs: (caseId) => ABOUT_LAN[device].test(caseId),
});

/** Every rig, the usual one first: there all cases run, on the others those of USP, or of a LAN. */
export const RIGS: readonly Rig[] = [
  // Without a word it would come over MQTT too, for the cases about that: they have rigs of their own.
  { id: "snom", device: "snom", profile: PROFILES.snom, usp: { mtp: "websocket" }, runs: () => true },
  { id: "generic", device: "generic", profile: PROFILES.generic, usp: {}, runs: isUsp },
  ...rigsOf("snom"),
  ...rigsOf("generic"),
  onLan("snom"),
  onLan("cwmp"),
  // It knows no ACS of its own: the bench tells it by DHCP, as its profile wants.
  {
    ...onLan("cwmp"),
    id: "cwmp-found-lan",
    profile: profileOf("dhcp-cwmp"),
    runs: (caseId) => caseId.startsWith("cwmp.discovery."),
  },
  onLan("generic"),
  { ...onLan("generic"), id: "generic-mqtt-lan", usp: { mtp: "mqtt", mqttVersion: "5.0" } },
];

export const DEFAULT_RIG: RigId = "snom";

/** @throws Error when there is none of this name */
export function rigOf(id: string = DEFAULT_RIG): Rig {
  const rig = RIGS.find((one) => one.id === id);
  if (rig === undefined) throw new Error(`there is no rig ${id}; there are ${RIGS.map((one) => one.id).join(", ")}`);
  return rig;
}

/** Networks that a device is put on. */
export interface Networks {
  /** Its own address. */
  readonly host: string;
  readonly lan?: LanPort;
  readonly udp: Network;
}

/** Makes the device of a rig, with these behaviours. */
export const deviceOf =
  ({ device }: Rig, seams: Seams) =>
  async (clock: Clock, networks: Networks): Promise<Examinee> => {
    const options = { clock, seams, device, random: seeded(SEED), ...networks };
    if (device === "snom") return startPhone(options);
    const atHand = new DeviceAtHand(options);
    return { hands: atHand, stop: () => atHand.stop() };
  };
