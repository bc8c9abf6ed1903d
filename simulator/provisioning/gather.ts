import type { Device } from "../device.ts";
import { ownFetch } from "../own-fetch.ts";
import type { SettingEntry } from "../setting-entry.ts";
import { type ProvisioningFile, readProvisioningFile } from "./file.ts";
import type { Missing } from "./seams.ts";

/** What a round of provisioning has brought. */
export interface Gathered {
  readonly settings: readonly SettingEntry[];
  readonly paramMaps: readonly FetchedMap[];
  /** URLs in full. */
  readonly skins: ProvisioningFile["skins"];
}

/** A map that a file names, and what came of it. */
export interface FetchedMap {
  readonly place: "setting-files" | "uploads";
  readonly content: Buffer | undefined;
}

/** Fetches the server's files with all that they lead to. */
export class Gatherer {
  readonly #device: Device;

  constructor(device: Device) {
    this.#device = device;
  }

  /** All that these files hold and lead to. When there is nothing to begin with, it tells why. Never throws. */
  async gather(urls: readonly string[]): Promise<Gathered | { readonly missing: Missing }> {
    const { provisioning } = this.#device.seams;
    const settings: SettingEntry[] = [];
    const paramMaps: FetchedMap[] = [];
    const skins: ProvisioningFile["skins"][number][] = [];
    const known: string[] = [];
    let missing: Missing | undefined;
    let found = 0;
    // What a file names comes right behind it.
    const queue = urls.map((url) => ({ url, depth: 0 }));
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { url, depth } = next;
      if (!provisioning.follows(url, depth, known)) continue;
      known.push(url);
      const content = await this.fetch(url);
      const file = content === undefined ? undefined : readProvisioningFile(content, provisioning);
      if (file === undefined) {
        missing ??= content === undefined ? "nothing" : content.length === 0 ? "empty" : "unreadable";
        if (depth > 0 && !provisioning.goesOnWithout("file")) queue.length = 0;
        continue;
      }
      if (depth === 0) found += 1;
      settings.push(...this.#known(file.settings));
      const named = (other: string): string[] => this.resolved(other, url);
      skins.push(...file.skins.flatMap(({ setting, url: to }) => named(to).map((full) => ({ setting, url: full }))));
      for (const { place, url: to } of file.paramMaps)
        for (const full of named(to)) paramMaps.push({ place, content: await this.fetch(full) });
      const more = provisioning.namedFiles(file.files).flatMap(named);
      queue.unshift(...more.map((to) => ({ url: to, depth: depth + 1 })));
    }
    return found === 0 ? { missing: missing ?? "nothing" } : { settings, paramMaps, skins };
  }

  #known(settings: readonly SettingEntry[]): readonly SettingEntry[] {
    const { model, seams } = this.#device;
    const unknown = settings.filter(({ name }) => !model.knowsSetting(name)).map(({ name }) => name);
    return seams.provisioning.takesFileWith(unknown) ? settings : [];
  }

  /** A URL that stands in the file at `base`, in full; none when it is no URL. */
  resolved(url: string, base?: string): string[] {
    const expanded = this.#device.seams.provisioning.expanded(url.trim(), this.#device.state.settings);
    return URL.canParse(expanded, base) ? [new URL(expanded, base).href] : [];
  }

  /** A file; undefined when it is not to be had. */
  async fetch(url: string): Promise<Buffer | undefined> {
    const { http_client_user: username = "", http_client_pass: password = "" } = this.#device.state.settings;
    const came = await ownFetch(this.#device, url, { username, password });
    if (came.kind === "file") return came.content;
    this.#device.log(`provisioning: ${url}: ${came.text}`);
    return undefined;
  }
}
