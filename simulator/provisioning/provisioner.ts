import { Alarms } from "../alarms.ts";
import { installFirmware, useParamMap } from "../cwmp/files.ts";
import type { Device } from "../device.ts";
import { applySettings, type SettingsSurroundings } from "../settings.ts";
import type { SkinSetting } from "../state.ts";
import { lookForFirmware } from "./firmware.ts";
import { type FetchedMap, type Gathered, Gatherer } from "./gather.ts";
import type { Missing, Occasion } from "./seams.ts";

export interface ProvisionerOptions extends SettingsSurroundings {
  /** Whether an ACS is in charge. */
  isManaged(): boolean;
  /** The server that DHCP names, empty for none. A phone that is reset asks DHCP again. */
  serverByDhcp(): string;
  /** Loads what changes the phone's looks, and keeps its address in this setting. */
  loadSkin(setting: SkinSetting, url: string): void;
}

/** How a URL begins that says how to reach the server; DHCP may give the server's name alone. */
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** The phone as it looks after itself: while no ACS is in charge, it gets settings, maps and firmware from its provisioning server. */
export class Provisioner {
  readonly #device: Device;
  readonly #options: ProvisionerOptions;
  readonly #alarms: Alarms;
  readonly #gatherer: Gatherer;
  /** Which start of the phone a round belongs to. */
  #life = 0;
  #busy = false;
  /** The refresh timer that the alarm was set by. */
  #timer = "";
  /** Images that were installed one after the other without settings being used in between. */
  #inARow = 0;

  constructor(device: Device, options: ProvisionerOptions) {
    this.#device = device;
    this.#options = options;
    this.#alarms = new Alarms(device.clock);
    this.#gatherer = new Gatherer(device);
  }

  /** The phone has started. */
  boot(): void {
    this.#timer = this.#settings.settings_refresh_timer ?? "";
    void this.#round("boot");
  }

  off(): void {
    this.#life += 1;
    this.#busy = false;
    this.#alarms.cancelAll();
  }

  /** Settings may have changed, the refresh timer among them. */
  follow(): void {
    const timer = this.#settings.settings_refresh_timer ?? "";
    if (timer === this.#timer) return;
    this.#timer = timer;
    this.#armRefresh();
  }

  get #settings(): Readonly<Record<string, string>> {
    return this.#device.state.settings;
  }

  #isOn(occasion: Occasion): boolean {
    const { update_policy: policy = "", tr69_acs_url: acs = "" } = this.#settings;
    return this.#device.seams.provisioning.isOn(occasion, this.#options.isManaged(), policy, acs);
  }

  #armRefresh(): void {
    const seconds = this.#device.seams.provisioning.refresh(this.#timer);
    if (seconds === undefined) this.#alarms.cancel("round");
    else this.#alarms.set("round", seconds * 1000, () => void this.#round("refresh"));
  }

  async #round(occasion: Occasion): Promise<void> {
    this.#armRefresh();
    if (this.#busy || !this.#isOn(occasion)) return;
    this.#busy = true;
    const life = this.#life;
    const isOver = (): boolean => life !== this.#life || !this.#isOn(occasion);
    await this.#provision(occasion, isOver);
    if (life === this.#life) this.#busy = false;
  }

  async #provision(occasion: Occasion, isOver: () => boolean): Promise<void> {
    const { seams } = this.#device;
    const { provisioning } = seams;
    const server = provisioning.server(this.#settings, this.#options.serverByDhcp());
    if (server === "") return;
    const gathered = await this.#gatherer.gather(this.#filesOf(SCHEME.test(server) ? server : `http://${server}`));
    if (isOver()) return;
    if ("missing" in gathered) return this.#waitFor(server, gathered.missing, occasion);
    const found = await lookForFirmware(this.#device, this.#gatherer, gathered.settings, this.#inARow);
    if (isOver()) return;
    if (found.kind === "image") {
      this.#inARow += 1;
      installFirmware(this.#device, found.version);
      this.#device.save();
      return this.#device.restart();
    }
    this.#inARow = 0;
    if (found.look === "broken") this.#device.log("provisioning: no firmware image for this phone");
    this.#use({ ...gathered, settings: provisioning.usedSettings(found.look, gathered.settings) });
    const startsAnew = provisioning.startsAnewAfter(found.look);
    if (startsAnew !== undefined)
      this.#alarms.set("restart", startsAnew * 1000, () => this.#device.whenIdle(() => this.#device.restart()));
  }

  /** The server has nothing: it is asked again later. */
  #waitFor(server: string, missing: Missing, occasion: Occasion): void {
    const { provisioning } = this.#device.seams;
    this.#device.log(`provisioning: ${missing} at ${server}`);
    if (provisioning.asksAgain(missing)) this.#alarms.set("round", provisioning.pause(), () => void this.#round(occasion));
    else this.#device.state.settings.setting_server = "";
  }

  #use({ settings, paramMaps, skins }: Gathered): void {
    this.#device.whenIdle(() => {
      if (!paramMaps.every((map) => this.#useMap(map))) return;
      for (const { setting, url } of skins) this.#options.loadSkin(setting, url);
      applySettings(this.#device, settings, "provisioning", this.#options);
    });
  }

  /** Takes a map if it is one. Tells whether the rest of what came is of any use. */
  #useMap({ place, content }: FetchedMap): boolean {
    const { state, seams, model } = this.#device;
    const { provisioning } = seams;
    if (content !== undefined && !provisioning.usesMap(place)) return true;
    const reason =
      content === undefined ? "it is not there" : useParamMap(this.#device, content, (action) => this.#options.change(action));
    if (reason === undefined) return true;
    this.#device.log(`provisioning: no param_map: ${reason}`);
    state.paramMap = provisioning.mapAfterFailure(state.paramMap, reason);
    model.rebuild();
    return provisioning.goesOnWithout(content === undefined ? "map" : "good map");
  }

  /** URLs of the files to begin with. */
  #filesOf(server: string): readonly string[] {
    const { provisioning } = this.#device.seams;
    const expanded = provisioning.expanded(server, this.#settings);
    if (!URL.canParse(expanded)) return [];
    return provisioning.files(new URL(expanded), server.includes("{mac}"), this.#settings).map(({ href }) => href);
  }
}
