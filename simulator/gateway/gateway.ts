import { Alarms } from "../alarms.ts";
import type { Clock } from "../clock.ts";
import { type ConnectionRequestServer, startConnectionRequestServer } from "../cwmp/connection-request.ts";
import { connectionRequestSeams } from "../cwmp/connection-request-seams.ts";
import { httpSeams } from "../cwmp/http-seams.ts";
import { type Arg, encodeFault, encodeMessage, type IncomingMessage, parseIncoming } from "../cwmp/soap.ts";
import { soapSeams } from "../cwmp/soap-seams.ts";
import { valueStruct } from "../cwmp/structs.ts";
import { AcsClient, type AcsMemory } from "../http/client.ts";
import type { Credentials } from "../http/digest.ts";
import { FORCED, type GatewayState, type Identity, parametersOf, withDevice, withoutDevice } from "./model.ts";
import { PortForwarder } from "./port-mappings.ts";
import { serve } from "./rpc.ts";

export interface GatewayOptions {
  readonly clock: Clock;
  /** ACS URL, and what the gateway authenticates itself with there. */
  readonly acs: { readonly url: string } & Credentials;
  /** What the ACS authenticates itself with when it makes a connection request. */
  readonly connectionRequest: Credentials;
  /** The identity that its DHCP server tells, which is another program. */
  readonly identity: Identity;
  /** Address of the WAN: where the ACS reaches it, and what is mapped to devices. */
  readonly host: string;
  /** Numbers in [0, 1), for nonces. */
  random(): number;
}

/** A gateway that takes part in device-gateway association (TR-111 Part 1, 1.2.1), as its ACS sees it. */
export interface SimulatedGateway {
  /** A device that has told who it is has been given this address, or has it already. */
  leased(device: Identity, address: string): void;
  /** The address is nobody's any more. */
  released(address: string): void;
  stop(): Promise<void>;
}

const NAMESPACE = "urn:dslforum-org:cwmp-1-2";
const CONNECTION_REQUEST_PATH = "/gateway";
/** Milliseconds after which a session that failed is tried again. */
const RETRY = 5_000;

/** Starts a gateway, which contacts its ACS at once. @throws Error when a port cannot be had */
export async function startGateway(options: GatewayOptions): Promise<SimulatedGateway> {
  const gateway = new Gateway(options);
  await gateway.start();
  return gateway;
}

/** A small CWMP client: it informs, serves requests about its own data model, and hears connection requests. */
class Gateway implements SimulatedGateway {
  readonly #options: GatewayOptions;
  readonly #state: GatewayState;
  readonly #alarms: Alarms;
  readonly #forwarder: PortForwarder;
  readonly #memory: AcsMemory = { cookies: [], redirected: undefined, connections: 0 };
  #ears: ConnectionRequestServer | undefined;
  #events: readonly string[] = ["0 BOOTSTRAP", "1 BOOT"];
  #client: AcsClient | undefined;
  #retries = 0;
  #messages = 0;
  #stopped = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#alarms = new Alarms(options.clock);
    this.#forwarder = new PortForwarder(options.clock, options.host);
    this.#state = {
      identity: options.identity,
      externalAddress: options.host,
      connectionRequestURL: "",
      parameterKey: "",
      management: { ...options.acs },
      connectionRequest: { ...options.connectionRequest },
      notificationLimit: 0,
      devices: [],
      mappings: [],
      highest: { device: 0, mapping: 0 },
    };
  }

  async start(): Promise<void> {
    const { clock, host, random } = this.#options;
    this.#ears = await startConnectionRequestServer({
      clock,
      seams: connectionRequestSeams,
      host,
      port: 0,
      path: CONNECTION_REQUEST_PATH,
      random,
      credentials: () => this.#state.connectionRequest,
      accept: () => (this.#client === undefined ? "accepted" : "busy"),
      afterwards: () => this.#occur("6 CONNECTION REQUEST"),
    });
    this.#state.connectionRequestURL = `http://${host}:${this.#ears.port}${CONNECTION_REQUEST_PATH}`;
    this.#wake(0);
  }

  leased(device: Identity, address: string): void {
    withDevice(this.#state, device, address);
  }

  released(address: string): void {
    withoutDevice(this.#state, address);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarms.cancelAll();
    this.#client?.close();
    await Promise.all([this.#ears?.close(), this.#forwarder.stop()]);
  }

  #occur(event: string): void {
    this.#events = [...new Set([...this.#events, event])];
    this.#wake(0);
  }

  #wake(delay: number): void {
    if (this.#client === undefined && !this.#stopped) this.#alarms.set("session", delay, () => void this.#contact());
  }

  async #contact(): Promise<void> {
    const { clock, random } = this.#options;
    const events = this.#events;
    const client = new AcsClient({ clock, seams: httpSeams, ...this.#state.management, random, memory: this.#memory });
    this.#client = client;
    const informed = await this.#session(client, events);
    client.close();
    this.#client = undefined;
    if (informed) this.#events = this.#events.filter((event) => !events.includes(event));
    this.#retries = informed ? 0 : this.#retries + 1;
    if (this.#events.length > 0) this.#wake(informed ? 0 : RETRY);
  }

  /** One session; tells whether the ACS has confirmed the Inform. */
  async #session(client: AcsClient, events: readonly string[]): Promise<boolean> {
    this.#messages += 1;
    const inform = { method: "Inform", args: this.#inform(events), id: String(this.#messages) };
    let heard = await this.#post(client, encodeMessage(soapSeams, NAMESPACE, inform), "inform");
    if (heard?.method !== "InformResponse") return false;
    heard = await this.#post(client, "", "empty");
    while (heard !== undefined) {
      const { id } = heard;
      const answer = await serve(this.#state, heard, () => this.#forwarder.follow(this.#state.mappings));
      const body =
        answer.kind === "fault"
          ? encodeFault(soapSeams, NAMESPACE, id, answer)
          : encodeMessage(soapSeams, NAMESPACE, { method: `${heard.method}Response`, args: answer.args, id });
      heard = await this.#post(client, body, answer.kind);
    }
    return true;
  }

  /** The message that a POST was answered with, if any. */
  async #post(client: AcsClient, body: string, kind: Parameters<AcsClient["post"]>[1]): Promise<IncomingMessage | undefined> {
    const posted = await client.post(body, kind);
    if (posted.kind === "failed" || posted.status !== 200 || posted.body.length === 0) return undefined;
    const incoming = parseIncoming(posted.body, soapSeams);
    return incoming.kind === "message" ? incoming : undefined;
  }

  #inform(events: readonly string[]): readonly Arg[] {
    const { oui, productClass, serial } = this.#state.identity;
    const members = events.map((code) => ({
      name: "EventStruct",
      children: [
        { name: "EventCode", text: code },
        { name: "CommandKey", text: "" },
      ],
    }));
    const told = parametersOf(this.#state).filter(({ name }) => FORCED.includes(name));
    return [
      {
        name: "DeviceId",
        children: [
          { name: "Manufacturer", text: "Gateways" },
          { name: "OUI", text: oui },
          { name: "ProductClass", text: productClass },
          { name: "SerialNumber", text: serial },
        ],
      },
      { name: "Event", array: { type: "cwmp:EventStruct", members } },
      { name: "MaxEnvelopes", text: "1" },
      { name: "CurrentTime", text: `${new Date(this.#options.clock.now()).toISOString().slice(0, 19)}Z` },
      { name: "RetryCount", text: String(this.#retries) },
      {
        name: "ParameterList",
        array: {
          type: "cwmp:ParameterValueStruct",
          members: told.map(({ name, value, type }) => valueStruct(name, value, type)),
        },
      },
    ];
  }
}
