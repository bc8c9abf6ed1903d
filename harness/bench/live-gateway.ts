import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import type { RunningAcs } from "../acs/acs.ts";
import type { Patience } from "../acs/patience.ts";
import { informValue } from "../acs/read.ts";
import { startAcs } from "../acs/server.ts";
import type { Session } from "../acs/session.ts";
import { Inconclusive } from "../core/case.ts";
import type { Clock } from "../core/clock.ts";
import type { DhcpServer, GatewayIdentity, HeardDhcp } from "../dhcp/dhcp.ts";
import { connectionRequest } from "../phone/connection-request.ts";
import { Recording } from "../trace/recording.ts";
import { BROADBAND_FORUM, DEVICE } from "../wire/dhcp-names.ts";
import { readText, subOptionOf, vendorInformationOf } from "../wire/dhcp-vendor.ts";
import type { GatewayBench, GatewayDevice, StartGateway } from "./gateway-bench.ts";

/** It runs on this machine. */
const HOST = "127.0.0.1";
const ACS_CREDENTIALS = { username: "gateway", password: "gateway-of-the-run" };
const CONNECTION_REQUEST_CREDENTIALS = { username: "acs", password: "acs-of-the-gateway" };

export interface LiveGatewayOptions {
  readonly clock: Clock;
  readonly patience: Patience;
  readonly dhcp: DhcpServer;
  readonly start: StartGateway;
}

interface Presence {
  readonly device: Required<GatewayIdentity>;
  readonly address: string;
}

/** The gateway and an ACS of its own, with a recording of its own: what it says is not the phone's. It is started when a case asks for it. */
export class LiveGateway implements GatewayBench {
  readonly root = "InternetGatewayDevice.";
  readonly #options: LiveGatewayOptions;
  readonly #recording = new Recording();
  #running: Promise<{ readonly acs: RunningAcs; readonly device: GatewayDevice }> | undefined;
  #present: Presence | undefined;

  constructor(options: LiveGatewayOptions) {
    this.#options = options;
  }

  async session(): Promise<Session> {
    this.#running ??= this.#start();
    const { acs, device } = await this.#running;
    this.#tellLeases(device);
    return acs.session().catch((error: unknown) => {
      throw new Inconclusive("precondition", `the gateway of the run does not come: ${String(error)}`);
    });
  }

  async freePort(): Promise<number> {
    const server = createServer();
    const done = this.#options.clock.busy();
    await new Promise<void>((resolve) => {
      server.listen(0, HOST, resolve);
    });
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    done();
    return port;
  }

  /** Between two cases. */
  async settle(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    await running?.acs.settle();
  }

  async stop(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    await running?.device.stop();
    await running?.acs.stop();
  }

  async #start(): Promise<{ readonly acs: RunningAcs; readonly device: GatewayDevice }> {
    const { clock, patience, dhcp, start } = this.#options;
    const acs = await startAcs({
      clock,
      recording: this.#recording,
      patience,
      host: HOST,
      authentication: { scheme: "digest", ...ACS_CREDENTIALS },
      trigger: () => this.#call(acs),
    });
    const given = {
      acs: { url: acs.url, ...ACS_CREDENTIALS },
      connectionRequest: CONNECTION_REQUEST_CREDENTIALS,
      identity: dhcp.gateway,
      host: HOST,
    };
    let device: GatewayDevice | undefined;
    const first = await acs.session({
      trigger: async () => {
        device = await start(given);
      },
    });
    await first.end();
    if (device === undefined) throw new Inconclusive("precondition", "the gateway of the run does not start");
    return { acs, device };
  }

  #call(acs: RunningAcs): Promise<unknown> {
    const { clock, patience } = this.#options;
    const inform = acs.latestInform;
    const url =
      inform === undefined ? "" : (informValue(inform, `${this.root}ManagementServer.ConnectionRequestURL`).value ?? "");
    const right = { url, ...CONNECTION_REQUEST_CREDENTIALS, within: patience.contact };
    return connectionRequest({ clock, recording: this.#recording }, right);
  }

  /** A gateway that takes part in the association has an entry for each device as long as it is on the LAN (TR-111 Part 1, 1.2.1). */
  #tellLeases(device: GatewayDevice): void {
    const now = presentIn(this.#options.dhcp);
    if (this.#present !== undefined) device.released(this.#present.address);
    if (now !== undefined) device.leased(now.device, now.address);
    this.#present = now;
  }
}

/** Who is on the LAN by the last exchange that was completed. */
function presentIn({ heard, lease }: DhcpServer): Presence | undefined {
  const last = heard.findLast(({ reply }) => reply?.content.kind === "dhcp" && reply.content.message.type === "ACK");
  if (last === undefined || (last.step !== "inform" && lease === undefined)) return undefined;
  const device = identityIn(last);
  const address = lease?.address ?? last.message.ciaddr;
  return device === undefined ? undefined : { device, address };
}

function identityIn({ message }: HeardDhcp): Required<GatewayIdentity> | undefined {
  const information = vendorInformationOf(message);
  if (information === undefined) return undefined;
  const told = (code: number): string | undefined => {
    const found = subOptionOf(information, BROADBAND_FORUM, code);
    return found === undefined ? undefined : readText(found.value).text;
  };
  const oui = told(DEVICE.oui);
  const serial = told(DEVICE.serial);
  return oui === undefined || serial === undefined ? undefined : { oui, serial, productClass: told(DEVICE.productClass) ?? "" };
}
