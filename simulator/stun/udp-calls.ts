import type { Device } from "../device.ts";
import type { Credentials } from "../http/digest.ts";
import { isGood, readUdpRequest } from "./udp-connection-request.ts";
import type { UdpRecord } from "./udp-request.ts";

/** What follows from a connection request, whichever way it came (TR-069 3.2.2). */
export interface CallTaker {
  acceptConnectionRequest(): "accepted" | "busy";
  afterConnectionRequest(accept: string | undefined): void;
}

/** Hears connection requests over UDP: TR-069 G.2.1.4. */
export class UdpCalls {
  readonly #device: Device;
  readonly #agent: CallTaker;
  #record: UdpRecord = { ts: 0, id: "" };
  /** When requests were accepted, the last ones. */
  #accepted: readonly number[] = [];
  #credentialsAtFirst: Credentials = { username: "", password: "" };

  constructor(device: Device, agent: CallTaker) {
    this.#device = device;
    this.#agent = agent;
  }

  boot(): void {
    this.#record = this.#device.seams.stun.recordAfterBoot(this.#record);
    this.#credentialsAtFirst = this.#credentials;
  }

  /** Whether connection requests over TCP are refused at this moment. */
  get pausesTcp(): boolean {
    const last = this.#accepted.at(-1);
    return last !== undefined && this.#device.clock.now() < last + this.#device.seams.stun.pauseOfTcp() * 1000;
  }

  /** A datagram that is none of STUN's; gives what is to be sent back, if anything. */
  hear(data: Buffer, hears: { readonly enabled: boolean; readonly translated: boolean }): string | undefined {
    const { stun } = this.#device.seams;
    const request = readUdpRequest(data, stun);
    if (request === undefined || !stun.hearsRequests(hears)) return undefined;
    const good = isGood(request, this.#record, stun.udpCredentials(this.#credentials, this.#credentialsAtFirst), stun);
    this.#record = stun.recordAfter(this.#record, request, good);
    if (good) this.#follow();
    return stun.reply(good);
  }

  #follow(): void {
    const { seams, clock } = this.#device;
    if (!seams.connectionRequest.withinRate(this.#accepted, clock.now())) return;
    if (this.#agent.acceptConnectionRequest() === "busy") return;
    this.#accepted = [...this.#accepted.slice(-99), clock.now()];
    this.#agent.afterConnectionRequest(undefined);
  }

  /** ConnectionRequestUsername and ConnectionRequestPassword. */
  get #credentials(): Credentials {
    const { tr69_cnr_user: username = "", tr69_cnr_pass: password = "" } = this.#device.state.settings;
    return { username, password };
  }
}
