import type { ListenOptions } from "../acs/acs.ts";
import { type RunningController, startController } from "../controller/usp-controller.ts";
import { type KeyAndCertificate, makeCertificate } from "../core/certificate.ts";
import type { Clock } from "../core/clock.ts";
import { seeded } from "../core/random.ts";
import type { Credentials, Profile } from "../phone/profile.ts";
import type { Recording } from "../trace/recording.ts";
import type { Mtp } from "../trace/usp.ts";
import type { UspChoice } from "./bench-options.ts";

export interface UspServerOptions {
  readonly clock: Clock;
  readonly recording: Recording;
  readonly profile: Profile;
  readonly host: string;
  /** Host name or address that the agent shall use, where the profile has none. */
  readonly advertise: string;
  readonly choice: UspChoice;
  /** Signs the certificate of this run, where the profile has none. */
  readonly authority: KeyAndCertificate;
  /** What the broker wants to be shown, where the profile does not say; nothing without. */
  readonly credentials?: Credentials;
}

/**
 * The MTPs of a run. A phone that is pointed from here comes over WebSocket first, and over MQTT for the cases that are about it; all others
 * come over the one that somebody has set.
 */
export function mtpsOfRun({ reach }: Profile, { mtp }: UspChoice): readonly Mtp[] {
  const one = mtp ?? reach.usp.mtp;
  if (one !== undefined) return [one];
  return reach.driver === "snom" ? ["websocket", "mqtt"] : ["websocket"];
}

/** Whether USP messages travel over TLS. */
export const isTlsRun = ({ reach }: Profile, { tls }: UspChoice): boolean => tls ?? reach.usp.tls !== undefined;

/**
 * Starts the controller with the servers of the run's MTPs.
 * @throws Error when a port cannot be had
 */
export async function startUspServers(options: UspServerOptions): Promise<RunningController> {
  const { clock, recording, profile, host, advertise, choice, authority, credentials } = options;
  const { listen, mqtt, tls: given, mtp: _, ...reach } = profile.reach.usp;
  const { listen: brokerListen, version, username = credentials?.username, password = credentials?.password, ...topics } = mqtt;
  const own = given === true ? undefined : given;
  const certificate = async () => own ?? (await certificateFor(clock, reach.advertise ?? advertise, authority));
  const tls = isTlsRun(profile, choice) ? { ...(await certificate()), lenient: true as const } : undefined;
  return startController({
    context: { clock, recording, patience: profile.patience },
    host,
    advertise,
    ...reach,
    ...listen,
    ...(tls === undefined ? {} : { tls }),
    mtps: mtpsOfRun(profile, choice),
    mqtt: {
      ...brokerListen,
      ...topics,
      version: choice.mqttVersion ?? version,
      ...(username === undefined ? {} : { credentials: { username, password: password ?? "" } }),
    },
  });
}

/** An authority that signs the certificates of one run, for a device that can be told to believe it. */
export const makeAuthority = (clock: Clock): Promise<KeyAndCertificate> =>
  makeCertificate(clock, { commonName: "CPE Assay, authority of one run", isAuthority: true });

/** A certificate for this run, with the host's name or address, and those of this machine for itself. */
export function certificateFor(
  clock: Clock,
  host: string,
  issuer: KeyAndCertificate,
): Promise<NonNullable<ListenOptions["tls"]>> {
  const isAddress = /^[\d.]+$|:/.test(host);
  return makeCertificate(clock, {
    commonName: host,
    issuer,
    names: [
      { type: isAddress ? "ip" : "dns", value: host },
      { type: "dns", value: "localhost" },
      { type: "ip", value: "127.0.0.1" },
    ],
  });
}

const ALPHABET = "abcdefghijkmnopqrstuvwxyz23456789";

/** Credentials for the broker, of a phone that can be told them. */
export function madeBrokerCredentials(seed: number): Credentials {
  // Another stream than those of cases and ACS, so that none disturbs the others.
  const random = seeded(seed + 2);
  const word = (length: number): string =>
    Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join("");
  return { username: `assay-${word(8)}`, password: word(20) };
}
