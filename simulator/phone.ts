import { networkInterfaces } from "node:os";
import type { Clock } from "./clock.ts";
import type { DeviceKind } from "./device-kind.ts";
import { Machine } from "./machine.ts";
import type { LanPort, Network } from "./network.ts";
import { reference, type Seams } from "./seams.ts";
import { readBrokerUrl } from "./usp/broker-url.ts";

export interface PhoneOptions {
  readonly clock: Clock;
  /** What it is. Default `snom`. Devices of no vendor have no web interface; the generic one needs no lines of a map to be a USP agent. */
  readonly device?: DeviceKind;
  /** Default: the correct phone, `reference` of seams.ts. */
  readonly seams?: Seams;
  /** Settings as a user would have made them before the first start, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Settings that the phone is delivered with, and has again after a reset to its factory state, by name. */
  readonly delivered?: Readonly<Record<string, string>>;
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
  /** Called in place of starting anew, when it reboots: for a device whose process ends then. */
  readonly endsAtReboot?: () => void;
  /** How long a reboot lasts, in seconds of the clock. Default 3. */
  readonly rebootSeconds?: number;
  /**
   * Certificates in PEM of authorities that it believes besides the usual ones, when a server shows a certificate. Without any, it
   * goes by the usual ones for CWMP and files, and takes any certificate of a USP controller or broker.
   */
  readonly authorities?: string;
  /**
   * Its interface of a LAN: it gets its address there by DHCP before it goes anywhere. Where it listens at every address, that is the one
   * by which it says that it is reached. Default: none, and no DHCP.
   */
  readonly lan?: LanPort;
  /** Where a device that has a STUN client opens its UDP sockets (TR-069 Annex G). Default: none, and no STUN. */
  readonly udp?: Network;
  /** The phone as a USP agent, besides what its settings `tr369_*` say. */
  readonly usp?: {
    /** Default: the one that its identity makes, `os::000413-` and its MAC address. */
    readonly endpointId?: string;
    /**
     * URL of its controller (`ws:`, `wss:`), or of its broker as `readBrokerUrl` has it: at index 2 of a Snom phone, whose settings are
     * made for it, at index 1 of a generic device.
     */
    readonly controllerUrl?: string;
    /** EndpointID of that controller. Default: `self::controller`. */
    readonly controllerId?: string;
  };
  /** Numbers in [0, 1) for what the standard wants random. Default Math.random. */
  readonly random?: () => number;
}

export interface SimulatedPhone {
  readonly webPort: number;
  /** Pulls the plug, and puts it in again after so many milliseconds. */
  powerCycle(milliseconds: number): void;
  /** Resets it to its factory state, as by a key on its back. */
  reset(): void;
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
    device: options.device ?? "snom",
    seams: options.seams ?? reference,
    settings: { ...((options.device ?? "snom") === "snom" ? uspSettings(options.usp) : {}), ...options.settings },
    host,
    address: addressFor(host),
    addressByDhcp: options.lan !== undefined && isEverywhere(host),
    webPort: options.webPort ?? 0,
    connectionRequestPort: options.connectionRequestPort ?? 0,
    rebootSeconds: options.rebootSeconds ?? 3,
    random: options.random ?? Math.random,
  });
  await machine.start();
  return {
    webPort: machine.webPort,
    powerCycle: (milliseconds) => machine.powerCycle(milliseconds),
    reset: () => machine.factoryReset(),
    stop: () => machine.stop(),
  };
}

/** Settings of a phone that has a controller at index 2, which is the customer's. */
function uspSettings({ controllerUrl, controllerId = "self::controller" }: PhoneOptions["usp"] = {}): Record<string, string> {
  if (controllerUrl === undefined) return {};
  const broker = readBrokerUrl(controllerUrl, controllerId);
  return {
    tr369_enable2: "true",
    ...(broker === undefined
      ? { tr369_mtp_protocol2: "WebSocket", tr369_websocket_uri2: controllerUrl }
      : {
          tr369_mtp_protocol2: "MQTT",
          tr369_mqtt_hostport2: `${broker.host.includes(":") ? `[${broker.host}]` : broker.host}:${broker.port}`,
          tr369_mqtt_transport2: broker.secured ? "TLS" : "TCP/IP",
          tr369_mqtt_version2: broker.version,
          tr369_mqtt_username2: broker.username,
          tr369_mqtt_password2: broker.password,
          tr369_mqtt_topic2: broker.agentTopic === "" ? "usp/endpoints/{mac}" : broker.agentTopic,
        }),
    tr369_controller_endpointid2: controllerId,
    tr369_controller_subscriptionid2: "boot",
  };
}

const isEverywhere = (host: string): boolean => host === "0.0.0.0" || host === "::";

/** The address under which others reach what listens on `host`. */
function addressFor(host: string): string {
  if (!isEverywhere(host)) return host;
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return own.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1";
}
