import { unpackTar } from "modern-tar";
import type { Device } from "../device.ts";
import { ownFetch } from "../own-fetch.ts";
import type { SkinSetting } from "../state.ts";
import type { SkinOutcome } from "./seams.ts";

const SETTINGS: readonly SkinSetting[] = ["upload_gui", "upload_web"];

/** What came of a tarball. `problem` says what is wrong with one that is not good. */
type Came = { readonly outcome: Exclude<SkinOutcome, "passed over">; readonly problem?: string };

/** How the phone looks: tarballs are fetched after the session that asked for them, one after the other, and put on if they are good. */
export class Skins {
  readonly #device: Device;
  readonly #change: (action: () => void) => void;
  /** Which start of the phone a load belongs to. */
  #life = 0;
  #busy = false;
  /** What came of the last tarball since the phone was made. */
  #last: SkinOutcome | undefined;

  /** `change` performs a change of settings, and sees to what follows from it. */
  constructor(device: Device, change: (action: () => void) => void) {
    this.#device = device;
    this.#change = change;
  }

  /** Takes up what was left when the phone went off. */
  boot(): void {
    const { state, seams } = this.#device;
    state.vendor.skin = seams.vendor.skinAfterBoot(state.vendor.skin);
    this.follow();
    this.#goOn();
  }

  off(): void {
    this.#life += 1;
    this.#busy = false;
  }

  /** Settings may have changed: another address in one of those that keep one is fetched from. */
  follow(): void {
    const { state, seams } = this.#device;
    for (const setting of SETTINGS) {
      const url = state.settings[setting] ?? "";
      if (url === (state.vendor.seen[setting] ?? "")) continue;
      state.vendor.seen[setting] = url;
      if (url === "") state.vendor.skin = "";
      else if (seams.vendor.followsSetting(setting)) this.load(setting, url);
    }
  }

  /** Fetches a tarball when no session is going on. If it is good, `setting` keeps its address. */
  load(setting: SkinSetting, url: string): void {
    const { state, seams } = this.#device;
    if (!seams.vendor.loadsAfter(this.#last)) {
      this.#last = "passed over";
      return;
    }
    state.vendor.awaited = [...state.vendor.awaited, { setting, url }];
    this.#device.save();
    this.#device.whenIdle(() => this.#goOn());
  }

  /** An address was no address. */
  refuse(url: string): void {
    this.#device.whenIdle(() => this.#fail("upload_gui", url, "no address"));
  }

  #goOn(): void {
    const [next] = this.#device.state.vendor.awaited;
    if (next === undefined || this.#busy) return;
    this.#busy = true;
    const life = this.#life;
    void this.#fetch(next.url).then((came) => {
      if (life === this.#life) this.#device.whenIdle(() => this.#finish(next.setting, next.url, came));
    });
  }

  #finish(setting: SkinSetting, url: string, { outcome, problem = "" }: Came): void {
    const { state, seams } = this.#device;
    const { vendor } = state;
    const life = this.#life;
    this.#busy = false;
    this.#last = outcome;
    vendor.awaited = vendor.awaited.slice(1);
    if (outcome === "good") {
      vendor.skin = seams.vendor.skinAfterSuccess(vendor.skin, nameOf(url));
      this.#keepAddress(setting, seams.vendor.addressAfterSuccess(state.settings[setting] ?? "", url));
    } else {
      this.#device.log(`skin: ${url}: ${problem}`);
      vendor.skin = seams.vendor.skinAfterFailure(vendor.skin);
      this.#fail(setting, url, outcome);
    }
    this.#device.save();
    if (life === this.#life) this.#goOn();
  }

  #fail(setting: SkinSetting, url: string, outcome: SkinOutcome | "no address"): void {
    const { state, seams } = this.#device;
    this.#keepAddress(setting, seams.vendor.addressAfterFailure(state.settings[setting] ?? "", url));
    if (seams.vendor.restartsAfter(outcome)) this.#device.restart();
  }

  /** Writes down where the skin is from, without fetching it once more. */
  #keepAddress(setting: SkinSetting, url: string): void {
    const { state } = this.#device;
    if (state.settings[setting] === url) return;
    state.vendor.seen[setting] = url;
    this.#change(() => {
      state.settings[setting] = url;
    });
  }

  /** Never throws. */
  async #fetch(url: string): Promise<Came> {
    const { clock, seams } = this.#device;
    const came = await ownFetch(this.#device, url);
    if (came.kind === "failed") return { outcome: "not there", problem: came.text };
    const done = clock.busy();
    try {
      const entries = await unpackTar(came.content, { strict: true });
      const files = entries.flatMap(({ header, data }) => (header.type === "file" && data !== undefined ? [header.name] : []));
      return seams.vendor.isSkin(files)
        ? { outcome: "good" }
        : { outcome: "no skin", problem: "nothing in it is for the phone's looks" };
    } catch (error) {
      return { outcome: "no tarball", problem: `it is no tarball: ${(error as Error).message}` };
    } finally {
      done();
    }
  }
}

/** Name of the file at `url`, without its ending. */
const nameOf = (url: string): string => (new URL(url).pathname.split("/").at(-1) ?? "").replace(/\.tar$/i, "");
