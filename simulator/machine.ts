import { readFileSync } from "node:fs";
import type { Cancel, Clock } from "./clock.ts";
import { Agent } from "./cwmp/agent.ts";
import { type ConnectionRequestServer, startConnectionRequestServer } from "./cwmp/connection-request.ts";
import { DEFAULT_SETTINGS, IDENTITY_SETTINGS } from "./data-model/default-settings.ts";
import { DataModel } from "./data-model/model.ts";
import type { Running } from "./data-model/special-values.ts";
import type { Device } from "./device.ts";
import { randomHex } from "./http/digest.ts";
import { download } from "./http/fetch.ts";
import type { Seams } from "./seams.ts";
import { openState, type PhoneState, type StateStore } from "./state.ts";
import { startWebServer, type WebServer } from "./web/server.ts";
import { parseSettings } from "./web/settings-file.ts";
import { User } from "./web/user.ts";

export interface MachineOptions {
  readonly clock: Clock;
  readonly seams: Seams;
  readonly settings: Readonly<Record<string, string>>;
  readonly paramMap?: string;
  readonly stateFolder?: string;
  readonly host: string;
  /** Address under which others reach the phone. */
  readonly address: string;
  readonly webPort: number;
  readonly connectionRequestPort: number;
  readonly rebootSeconds: number;
  random(): number;
}

const BUILT_IN_MAP = readFileSync(new URL("data-model/default-map.txt", import.meta.url), "utf8");

/** How long the phone waits before it asks an unreachable provisioning server again, in milliseconds. */
const PROVISIONING_PAUSE = 60_000;

const LOG_LINES = 50;

/** What a boot compares with, to tell what a phone with bad memory would have lost. */
type Memory = Pick<PhoneState, "settings" | "values" | "attributes" | "tables">;

/** The phone as a piece of hardware: on or off, with what it keeps, its servers, and its CWMP agent. */
export class Machine implements Device {
  readonly clock: Clock;
  readonly seams: Seams;
  readonly state: PhoneState;
  readonly model: DataModel;
  readonly running: Running;
  readonly random: () => number;
  readonly #options: MachineOptions;
  readonly #store: StateStore;
  readonly #agent: Agent;
  readonly #user: User;
  #memory: Memory;
  #web: WebServer | undefined;
  #ears: ConnectionRequestServer | undefined;
  #webPort: number;
  #stopped = false;
  #cancelWait: Cancel = () => {};
  #closing: Promise<unknown> = Promise.resolve();

  constructor(options: MachineOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.seams = options.seams;
    this.random = options.random;
    this.#webPort = options.webPort;
    this.#store = openState(options.stateFolder, () => this.#newState());
    this.state = this.#store.state;
    this.running = { clock: this.clock, bootedAt: this.clock.now(), connectionRequestURL: "", log: [] };
    this.model = new DataModel(this.state, this.running, this.seams.model);
    this.#memory = structuredClone(memoryOf(this.state));
    this.#agent = new Agent(this);
    this.#user = new User(this, this.#agent);
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
    this.#powerOff();
    await this.#closing;
  }

  save(): void {
    this.#store.save();
  }

  log(line: string): void {
    const { log } = this.running;
    log.push(`${new Date(this.clock.now()).toISOString()} ${line}`);
    if (log.length > LOG_LINES) log.shift();
  }

  restart(): void {
    if (this.#stopped) return;
    this.#powerOff();
    this.#cancelWait = this.clock.after(this.#options.rebootSeconds * 1000, () => {
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
    const { state, seams } = this;
    const fresh = this.#newState();
    const identity = Object.fromEntries(IDENTITY_SETTINGS.map((name) => [name, state.settings[name] ?? ""]));
    const factory = { ...DEFAULT_SETTINGS, setting_server: this.#options.settings.setting_server ?? "" };
    Object.assign(state, fresh, {
      settings: seams.model.settingsAfterReset(state.settings, factory, identity),
      values: seams.model.valuesAfterReset(state.values),
      attributes: seams.model.attributesAfterReset(state.attributes),
      tables: seams.model.tablesAfterReset(state.tables),
      parameterKey: seams.model.parameterKeyAfterReset(state.parameterKey),
      // The port stays, so that whoever looks after the phone finds it again; the path is another one.
      connectionRequest: { ...fresh.connectionRequest, port: state.connectionRequest.port },
    });
    this.#memory = structuredClone(memoryOf(state));
    this.save();
    this.restart();
  }

  async #powerOn(): Promise<void> {
    if (this.#stopped) return;
    const { state, seams, clock } = this;
    const { host, address } = this.#options;
    Object.assign(state, {
      settings: seams.model.settingsAfterBoot(state.settings, this.#memory.settings),
      values: seams.model.valuesAfterBoot(state.values, this.#memory.values),
      attributes: seams.model.attributesAfterBoot(state.attributes, this.#memory.attributes),
      tables: seams.model.tablesAfterBoot(state.tables, this.#memory.tables),
    });
    state.settings.ip_adr = address;
    this.#memory = structuredClone(memoryOf(state));
    this.model.rebuild();
    this.running.bootedAt = clock.now();
    this.log("started");
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
      accept: () => this.#agent.acceptConnectionRequest(),
      afterwards: (accept) => this.#agent.afterConnectionRequest(accept),
    });
    state.connectionRequest = { path, port: this.#ears.port };
    this.running.connectionRequestURL = `http://${address.includes(":") ? `[${address}]` : address}:${this.#ears.port}${path}`;
    this.#web = await startWebServer(this, this.#user, host, this.#webPort);
    this.#webPort = this.#web.port;
    // A plug pulled while the ports were being opened.
    if (this.#stopped) return this.#powerOff();
    this.#agent.boot();
    this.#provision();
  }

  #powerOff(): void {
    this.#cancelWait();
    this.#agent.off();
    const servers = [this.#web, this.#ears];
    this.#web = undefined;
    this.#ears = undefined;
    this.#closing = Promise.all([this.#closing, ...servers.map((server) => server?.close())]);
  }

  /** Fetches settings from the provisioning server, as long as no ACS is in charge. */
  #provision(): void {
    const { setting_server: url = "", tr69_use_acs: use } = this.state.settings;
    if (url === "" || use === "on" || use === "1") return;
    const { clock, random } = this;
    const ears = this.#ears;
    const fetched = download({ clock, seams: this.seams.transfer, url, username: "", password: "", random });
    void fetched.then((came) => {
      // The phone was switched off meanwhile.
      if (this.#ears !== ears) return;
      const settings = came.kind === "file" ? parseSettings(came.content) : undefined;
      if (settings !== undefined) this.#user.saveSettings(settings);
      else this.#cancelWait = clock.after(PROVISIONING_PAUSE, () => this.#provision());
    });
  }

  #newState(): PhoneState {
    const { settings, paramMap, connectionRequestPort } = this.#options;
    return {
      settings: { ...DEFAULT_SETTINGS, ...settings },
      paramMap: paramMap ?? BUILT_IN_MAP,
      values: {},
      attributes: {},
      tables: {},
      parameterKey: "",
      events: [],
      changes: [],
      changeSerial: 0,
      transfers: [],
      lastTransfer: 0,
      scheduled: [],
      reboots: [],
      retryCount: 0,
      connectionRequest: { port: connectionRequestPort, path: `/${randomHex(this.random, 8)}` },
      vendor: { skinUrl: "", minibrowser: "" },
    };
  }
}

const memoryOf = ({ settings, values, attributes, tables }: PhoneState): Memory => ({ settings, values, attributes, tables });
