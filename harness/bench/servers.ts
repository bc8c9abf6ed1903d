import type { RunningAcs } from "../acs/acs.ts";
import type { Authentication } from "../acs/authentication.ts";
import { startAcs } from "../acs/server.ts";
import type { Session } from "../acs/session.ts";
import { BulkDataCollector, type RunningCollector } from "../collector/server.ts";
import type { RunningController } from "../controller/usp-controller.ts";
import { Inconclusive } from "../core/case.ts";
import type { KeyAndCertificate } from "../core/certificate.ts";
import type { Clock } from "../core/clock.ts";
import { type FileServer, startFileServer } from "../files/server.ts";
import type { Credentials, Profile } from "../phone/profile.ts";
import { parseListen } from "../phone/profile-schema.ts";
import type { Recording } from "../trace/recording.ts";
import type { UspChoice } from "./bench-options.ts";
import { anyLocalAddress, localAddressTowards } from "./local-address.ts";
import { certificateFor, makeAuthority, startUspServers } from "./usp-servers.ts";

export interface ServerOptions {
  readonly clock: Clock;
  readonly recording: Recording;
  readonly profile: Profile;
  /** Host of the phone, when it is known. */
  readonly target: string | undefined;
  /** Overrides the profile's `reach.acs.listen`. */
  readonly listen: string | undefined;
  readonly authentication: Authentication;
  readonly usp: UspChoice;
  /** For the broker, where the profile has none. */
  readonly broker: Credentials | undefined;
  trigger(): Promise<unknown>;
  farewell(session: Session): Promise<void>;
  onWait(what: string | undefined): void;
}

export interface Servers {
  /** Absent when the profile disclaims CWMP. */
  readonly acs: RunningAcs | undefined;
  readonly files: FileServer;
  /** Absent when the profile disclaims USP. */
  readonly controller: RunningController | undefined;
  /** Listens once a case opens a place at it. */
  readonly collector: RunningCollector;
  /** Certificate in PEM of the authority that signs those of this run. */
  readonly authority: string;
}

/**
 * Starts the file server, the ACS unless the profile disclaims CWMP, and the controller unless it disclaims USP, at an address that the phone can reach.
 * @throws Inconclusive `unreachable` when the port is taken or the address is not this machine's
 */
export async function startServers(options: ServerOptions): Promise<Servers> {
  const { clock, recording, profile, target, authentication, trigger, farewell, onWait } = options;
  const { path, tls, advertise, listen: own } = profile.reach.acs;
  const chosen = options.listen === undefined ? own : parseListen(options.listen);
  if (chosen === undefined) throw new Inconclusive("unreachable", `--listen=${options.listen} is no host:port`);
  const towards = target === undefined ? undefined : await localAddressTowards(target, clock);
  const host = chosen.host ?? towards ?? (target === undefined ? "0.0.0.0" : undefined);
  if (host === undefined)
    throw new Inconclusive("unreachable", `this machine knows no way to ${target}; is it in the phone's network?`);
  const everywhere = host === "0.0.0.0" || host === "::";
  const advertised = advertise ?? (everywhere ? (towards ?? anyLocalAddress()) : host);
  const shared = { clock, recording, host, advertise: advertised };
  const files = await startFileServer(shared).catch((error: unknown) => {
    throw unusable("file server", host, undefined, error);
  });
  const authority = await makeAuthority(clock);
  const collector = collectorFor(options, { host, advertise: advertised, authority });
  let controller: RunningController | undefined;
  try {
    const { usp: choice, broker } = options;
    const shown = broker === undefined ? {} : { credentials: broker };
    const wanted = { clock, recording, profile, host, advertise: advertised, choice, authority, ...shown };
    controller = profile.claims("usp") === false ? undefined : await startUspServers(wanted);
  } catch (error) {
    await files.stop();
    throw unusable("USP controller", profile.reach.usp.listen.host ?? host, profile.reach.usp.listen.port, error);
  }
  if (profile.claims("cwmp") === false) return { acs: undefined, files, controller, collector, authority: authority.cert };
  try {
    const acs = await startAcs({
      ...shared,
      ...(chosen.port === undefined ? {} : { port: chosen.port }),
      ...(tls === undefined ? {} : { tls }),
      patience: profile.patience,
      path,
      speech: profile.speak,
      authentication,
      trigger,
      farewell,
      onWait,
    });
    return { acs, files, controller, collector, authority: authority.cert };
  } catch (error) {
    await Promise.all([files.stop(), controller?.stop()]);
    throw unusable("ACS", host, chosen.port, error);
  }
}

interface CollectorPlace {
  readonly host: string;
  readonly advertise: string;
  readonly authority: KeyAndCertificate;
}

/** Over HTTPS it shows the certificate that the profile has for our servers, if there is one: that is what the device believes. */
function collectorFor(
  { clock, recording, profile }: ServerOptions,
  { host, advertise, authority }: CollectorPlace,
): RunningCollector {
  const { tls: given } = profile.reach.usp;
  return new BulkDataCollector({
    context: { clock, recording, patience: profile.patience },
    host,
    advertise,
    tls: async (isKnown) => {
      if (!isKnown) return certificateFor(clock, advertise, await makeAuthority(clock));
      return typeof given === "object" ? given : certificateFor(clock, advertise, authority);
    },
  });
}

function unusable(who: string, host: string, port: number | undefined, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const place = who === "USP controller" ? "under reach.usp.listen in the profile" : "with --listen";
  const at = port === undefined ? host : `${host}:${port}`;
  if (code === "EADDRINUSE")
    return new Inconclusive(
      "unreachable",
      `the ${who} cannot listen on ${at}: another program does; end it, or choose another port ${place}`,
    );
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new Inconclusive(
      "unreachable",
      `the ${who} cannot listen on ${at}: that is no address of this machine; choose one ${place}`,
    );
  if (code === "EACCES")
    return new Inconclusive("unreachable", `the ${who} may not listen on ${at}; choose a port above 1023 ${place}`);
  return error;
}
