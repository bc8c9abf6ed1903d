import { networkInterfaces } from "node:os";
import type { Clock } from "./clock.ts";
import { Machine } from "./machine.ts";
import { reference, type Seams } from "./seams.ts";

export interface PhoneOptions {
  readonly clock: Clock;
  /** Default: the correct phone, `reference` of seams.ts. */
  readonly seams?: Seams;
  /** Settings as a user would have made them before the first start, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Text of the param_map that the phone is delivered with. Default: the built-in one. */
  readonly paramMap?: string;
  /** The provisioning server that DHCP names to the phone (options 66 and 67), which a factory reset does not change. Default: none. */
  readonly provisioningServer?: string;
  /** Folder in which the phone keeps what survives its end; without it, memory. */
  readonly stateFolder?: string;
  /** Address that web interface and connection request server listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Port of the web interface; 0, the default, takes any. */
  readonly webPort?: number;
  /**
   * Port on which the web interface speaks HTTPS as well, with a certificate that it signs itself; 0 takes any. Without it the phone
   * speaks HTTPS only when its setting `webserver_type` is `https`.
   */
  readonly httpsPort?: number;
  /** Port of the connection request server; 0, the default, takes any at first and keeps it from then on. */
  readonly connectionRequestPort?: number;
  /** How long a reboot lasts, in seconds of the clock. Default 3. */
  readonly rebootSeconds?: number;
  /** Numbers in [0, 1) for what the standard wants random. Default Math.random. */
  readonly random?: () => number;
}

export interface SimulatedPhone {
  readonly webPort: number;
  /** Pulls the plug: closes everything at once. What was kept stays kept. */
  stop(): Promise<void>;
}

/**
 * Starts a simulated phone. It contacts an ACS only when `settings`, or what it kept in `stateFolder`, name one and switch
 * `tr69_use_acs` on; else it waits to be set up through its web interface.
 *
 * @throws Error when a port cannot be had, or the kept state cannot be read
 */
export async function startPhone(options: PhoneOptions): Promise<SimulatedPhone> {
  const host = options.host ?? "127.0.0.1";
  const machine = new Machine({
    ...options,
    seams: options.seams ?? reference,
    settings: options.settings ?? {},
    host,
    address: addressFor(host),
    webPort: options.webPort ?? 0,
    connectionRequestPort: options.connectionRequestPort ?? 0,
    rebootSeconds: options.rebootSeconds ?? 3,
    random: options.random ?? Math.random,
  });
  await machine.start();
  return { webPort: machine.webPort, stop: () => machine.stop() };
}

/** The address under which others reach what listens on `host`. */
function addressFor(host: string): string {
  if (host !== "0.0.0.0" && host !== "::") return host;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return own.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1";
}
