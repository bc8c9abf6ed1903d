import type { RunningAcs } from "../acs/acs.ts";
import type { Authentication } from "../acs/authentication.ts";
import { startAcs } from "../acs/server.ts";
import type { Session } from "../acs/session.ts";
import { Inconclusive } from "../core/case.ts";
import type { Clock } from "../core/clock.ts";
import { type FileServer, startFileServer } from "../files/server.ts";
import type { Profile } from "../phone/profile.ts";
import { parseListen } from "../phone/profile-schema.ts";
import type { Recording } from "../trace/recording.ts";
import { anyLocalAddress, localAddressTowards } from "./local-address.ts";

export interface ServerOptions {
  readonly clock: Clock;
  readonly recording: Recording;
  readonly profile: Profile;
  /** Host of the phone, when it is known. */
  readonly target: string | undefined;
  /** Overrides the profile's `reach.acs.listen`. */
  readonly listen: string | undefined;
  readonly authentication: Authentication;
  trigger(): Promise<unknown>;
  farewell(session: Session): Promise<void>;
  onWait(what: string | undefined): void;
}

/**
 * Starts the ACS and the file server at an address that the phone can reach.
 * @throws Inconclusive `unreachable` when the port is taken or the address is not this machine's
 */
export async function startServers(options: ServerOptions): Promise<{ readonly acs: RunningAcs; readonly files: FileServer }> {
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
    throw unusable(host, undefined, error);
  });
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
    return { acs, files };
  } catch (error) {
    await files.stop();
    throw unusable(host, chosen.port, error);
  }
}

function unusable(host: string, port: number | undefined, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const at = port === undefined ? host : `${host}:${port}`;
  if (code === "EADDRINUSE")
    return new Inconclusive(
      "unreachable",
      `the ACS cannot listen on ${at}: another program does; end it, or choose another port with --listen`,
    );
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new Inconclusive(
      "unreachable",
      `the ACS cannot listen on ${at}: that is no address of this machine; choose one with --listen`,
    );
  if (code === "EACCES")
    return new Inconclusive("unreachable", `the ACS may not listen on ${at}; choose a port above 1023 with --listen`);
  return error;
}
