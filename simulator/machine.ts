import type { Cancel, Clock } from "./clock.ts";
import { Agent } from "./cwmp/agent.ts";
import { type ConnectionRequestServer, startConnectionRequestServer } from "./cwmp/connection-request.ts";
import { DataModel } from "./data-model/model.ts";
import type { Running } from "./data-model/special-values.ts";
import { CONNECTION_REQUEST_URL_NAME } from "./data-model/standard.ts";
import type { Device } from "./device.ts";
import type { DeviceKind } from "./device-kind.ts";
import type { AcsDiscovery } from "./dhcp/acs-discovery.ts";
import { LanSide } from "./dhcp/lan-side.ts";
import { NO_GATEWAY } from "./dhcp/reading-seams.ts";
import { type Trust, trustIn } from "./dial.ts";
import type { HostFinder } from "./dns/resolver.ts";
import { type Delivery, factoryState, stateAfterReset } from "./factory.ts";
import type { LanPort, Network } from "./network.ts";
import { Provisioner } from "./provisioning/provisioner.ts";
import type { Seams } from "./seams.ts";
import { settingsFromMemory } from "./settings.ts";
import { openState, type PhoneState, type StateStore } from "./state.ts";
import { StunClient } from "./stun/client.ts";
import { UspAgent } from "./usp/agent.ts";
import type { Told } from "./usp/delivered-generic.ts";
import { Minibrowser } from "./vendor-methods/minibrowser.ts";
import { Skins } from "./vendor-methods/skins.ts";
import { startWebServer, type WebServer } from "./web/server.ts";
import { User } from "./web/user.ts";

export interface MachineOptions {
  readonly device: DeviceKind;
  readonly clock: Clock;
  readonly seams: Seams;
  readonly settings: Readonly<Record<string, string>>;
  readonly delivered?: Readonly<Record<string, string>>;
  readonly paramMap?: string;
  readonly provisioningServer?: string;
  readonly stateFolder?: string;
  readonly host: string;
  /** Address under which others reach the phone. */
  readonly address: string;
  /** Once it has had a lease, that says which address it is. */
  readonly addressByDhcp?: boolean;
  readonly webPort: number;
  readonly httpsPort?: number;
  readonly connectionRequestPort: number;
  readonly rebootSeconds: number;
  readonly endsAtReboot?: () => void;
  readonly authorities?: string;
  readonly lan?: LanPort;
  readonly udp?: Network;
  /** As {@link Told}, with the EndpointID of the device's own. */
  readonly usp?: Told & { readonly endpointId?: string };
  random(): number;
}

/** Milliseconds from a reboot to the end of the process, where the process ends. */
const LAST_WORDS = 300;

const LOG_LINES = 50;

/** What a boot compares with, to tell what a phone with bad memory would have lost. */
type Memory = Pick<PhoneState, "settings" | "paramMap" | "values" | "attributes" | "tables">;

/** The phone as a piece of hardware: on or off, with what it keeps, its servers, and its CWMP agent. */
export class Machine implements Device {
  readonly kind: DeviceKind;
  readonly clock: Clock;
  readonly seams: Seams;
  readonly state: PhoneState;
  readonly model: DataModel;
  readonly running: Running;
  readonly skins: Skins;
  readonly minibrowser: Minibrowser;
  readonly random: () => number;
  readonly trust: Trust;
  readonly lan: LanPort | undefined;
  readonly #options: MachineOptions;
  readonly #store: StateStore;
  readonly #agent: Agent;
  readonly #usp: UspAgent;
  readonly #user: User;
  readonly #provisioner: Provisioner;
  readonly #lan: LanSide | undefined;
  readonly #stun: StunClient | undefined;
  #memory: Memory;
  #web: WebServer | undefined;
  #ears: ConnectionRequestServer | undefined;
  #webPort: number;
  #httpsPort: number | undefined;
  #stopped = false;
  #cancelWait: Cancel = () => {};
  #closing: Promise<unknown> = Promise.resolve();

  constructor(options: MachineOptions) {
    this.#options = options;
    this.kind = options.device;
    this.clock = options.clock;
    this.seams = options.seams;
    this.random = options.random;
    this.trust = trustIn(options.authorities);
    this.lan = options.lan;
    this.#webPort = options.webPort;
    this.#httpsPort = options.httpsPort;
    this.#store = openState(options.stateFolder, () => this.#newState());
    this.state = this.#store.state;
    this.running = { clock: this.clock, bootedAt: this.clock.now(), connectionRequestURL: "", log: [] };
    this.model = new DataModel(this.state, this.running, this.seams.model);
    this.#memory = structuredClone(memoryOf(this.state));
    const agent = new Agent(this);
    this.#agent = agent;
    this.#usp = new UspAgent(this, {
      change: (action) => agent.change(action),
      report: (names) => agent.report(names),
      endpointId: options.usp?.endpointId,
    });
    this.#user = new User(this, agent);
    this.skins = new Skins(this, (action) => agent.change(action));
    this.minibrowser = new Minibrowser(this);
    this.#provisioner = new Provisioner(this, {
      change: (action) => agent.change(action),
      report: (names) => agent.report(names),
      clearEvents: () => agent.clearEvents(),
      isManaged: () => agent.managed,
      loadSkin: (setting, url) => this.skins.load(setting, url),
      serverByDhcp: () => this.#lan?.provisioningServer ?? options.provisioningServer ?? "",
    });
    if (options.lan !== undefined)
      this.#lan = new LanSide(this, options.lan, {
        change: (action) => agent.change(action),
        report: (names) => agent.report(names),
        whenIdle: (action) => agent.whenIdle(action),
        options: (step) => this.#usp.dhcpOptions(step),
        leased: (lease) => {
          this.#move();
          this.#usp.leased(lease);
        },
      });
    if (options.udp !== undefined)
      this.#stun = new StunClient({ device: this, network: options.udp, address: () => this.#address, agent });
  }

  get hosts(): HostFinder | undefined {
    return this.#lan?.resolver;
  }

  get discovery(): AcsDiscovery | undefined {
    return this.#lan?.discovery;
  }

  get webPort(): number {
    return this.#webPort;
  }

  async start(): Promise<void> {
    try {
      await this.#powerOn();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#powerOff("unplugged");
    await this.#closing;
  }

  save(): void {
    this.#store.save();
    this.#usp.look();
  }

  log(line: string): void {
    const { log } = this.running;
    log.push(`${new Date(this.clock.now()).toISOString()} ${line}`);
    if (log.length > LOG_LINES) log.shift();
  }

  restart(): void {
    const { endsAtReboot } = this.#options;
    if (endsAtReboot !== undefined) {
      this.#powerOff("restart");
      // What it has said last is on its way still: inside TLS it is not out at once.
      this.clock.after(LAST_WORDS, endsAtReboot);
    } else this.#offFor("restart", this.#options.rebootSeconds * 1000);
  }

  /** Pulls the plug for a while. */
  powerCycle(milliseconds: number): void {
    this.#offFor("unplugged", milliseconds);
  }

  #offFor(why: "restart" | "unplugged", milliseconds: number): void {
    if (this.#stopped) return;
    this.#powerOff(why);
    this.#cancelWait = this.clock.after(milliseconds, () => {
      const done = this.clock.busy();
      void this.#closing.then(() => this.#startAgain()).finally(done);
    });
  }

  /** Another program may have been given one of the phone's ports for a moment. */
  async #startAgain(): Promise<void> {
    try {
      await this.#powerOn();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      this.restart();
    }
  }

  factoryReset(): void {
    Object.assign(this.state, stateAfterReset(this.state, this.#delivery, this.seams));
    this.#memory = structuredClone(memoryOf(this.state));
    this.save();
    this.restart();
  }

  whenIdle(action: () => void): void {
    this.#agent.whenIdle(action);
  }

  followSettings(): void {
    this.#provisioner.follow();
    this.skins.follow();
    this.#usp.follow();
    this.#stun?.follow();
    this.#lan?.follow();
  }

  async #powerOn(): Promise<void> {
    if (this.#stopped) return;
    const { state, seams, clock } = this;
    Object.assign(state, {
      settings: seams.model.settingsAfterBoot(settingsFromMemory(state.settings, state.passing), this.#memory.settings),
      permissions: seams.provisioning.permissionsAfterBoot(state.permissions),
      passing: {},
      paramMap: seams.model.mapAfterBoot(state.paramMap, this.#memory.paramMap),
      values: seams.model.valuesAfterBoot(state.values, this.#memory.values),
      attributes: seams.model.attributesAfterBoot(state.attributes, this.#memory.attributes),
      tables: seams.model.tablesAfterBoot(state.tables, this.#memory.tables),
    });
    state.settings.ip_adr = this.#address;
    // Without a LAN nobody says who the gateway is.
    if (this.#lan === undefined) state.lan.gateway = NO_GATEWAY;
    this.#memory = structuredClone(memoryOf(state));
    this.model.rebuild();
    this.running.bootedAt = clock.now();
    this.log("started");
    if (this.kind !== "generic") await this.#openServers();
    await this.#stun?.boot(state.connectionRequest.port);
    // A plug pulled while the ports were being opened.
    if (this.#stopped) return this.#powerOff("unplugged");
    if (this.#lan === undefined) this.#boot();
    else this.#lan.boot(() => this.#boot());
  }

  /** Goes to whoever manages the phone. */
  #boot(): void {
    this.#agent.boot();
    this.skins.boot();
    this.#provisioner.boot();
    this.#usp.boot();
  }

  /** Connection request server and, of a phone that has one, web interface. */
  async #openServers(): Promise<void> {
    const { state, seams, clock } = this;
    const { host } = this.#options;
    const { port } = state.connectionRequest;
    const path = seams.connectionRequest.pathAfterBoot(state.connectionRequest.path);
    this.#ears = await startConnectionRequestServer({
      clock,
      seams: seams.connectionRequest,
      host,
      port,
      path,
      random: this.random,
      credentials: () => ({ username: state.settings.tr69_cnr_user ?? "", password: state.settings.tr69_cnr_pass ?? "" }),
      accept: () => (this.#stun?.pausesTcp === true ? "busy" : this.#agent.acceptConnectionRequest()),
      afterwards: (accept) => this.#agent.afterConnectionRequest(accept),
    });
    state.connectionRequest = { path, port: this.#ears.port };
    this.#showConnectionRequestURL();
    if (this.kind !== "snom") return;
    this.#web = await startWebServer(this, this.#user, host, { http: this.#webPort, https: this.#httpsPort });
    this.#webPort = this.#web.port;
    this.#httpsPort = this.#web.securePort ?? this.#httpsPort;
  }

  get #address(): string {
    const { address, addressByDhcp } = this.#options;
    return (addressByDhcp === true ? this.state.lan.address?.address : undefined) ?? address;
  }

  #showConnectionRequestURL(): void {
    if (this.#ears === undefined) return;
    const host = this.#address.includes(":") ? `[${this.#address}]` : this.#address;
    this.running.connectionRequestURL = `http://${host}:${this.#ears.port}${this.state.connectionRequest.path}`;
  }

  /** The phone may have another address than before, of which the ACS has to hear (TR-069 3.2.2). */
  #move(): void {
    const { settings } = this.state;
    if (settings.ip_adr === this.#address) return;
    settings.ip_adr = this.#address;
    this.#showConnectionRequestURL();
    this.save();
    this.#stun?.moved();
    this.#agent.report([CONNECTION_REQUEST_URL_NAME, "Device.LAN.IPAddress"]);
  }

  #powerOff(why: "restart" | "unplugged"): void {
    this.#cancelWait();
    this.#usp.off(why);
    this.#agent.off();
    this.skins.off();
    this.minibrowser.off();
    this.#provisioner.off();
    this.#stun?.off();
    this.#lan?.off();
    const servers = [this.#web, this.#ears];
    this.#web = undefined;
    this.#ears = undefined;
    this.#closing = Promise.all([this.#closing, ...servers.map((server) => server?.close())]);
  }

  get #delivery(): Delivery {
    const { device, delivered: settings, paramMap, connectionRequestPort, usp } = this.#options;
    return { device, settings, paramMap, connectionRequestPort, usp, random: this.random };
  }

  #newState(): PhoneState {
    const state = factoryState(this.#delivery);
    return { ...state, settings: { ...state.settings, ...this.#options.settings } };
  }
}

const memoryOf = ({ settings, paramMap, values, attributes, tables }: PhoneState): Memory => ({
  settings,
  paramMap,
  values,
  attributes,
  tables,
});
