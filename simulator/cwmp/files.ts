import { allSettings } from "../data-model/internal-settings.ts";
import { namesIn, readMapFile } from "../data-model/phone-map.ts";
import { isInTable } from "../data-model/tables.ts";
import type { Device } from "../device.ts";
import { readProvisioningFile } from "../provisioning/file.ts";
import { applySettings } from "../settings.ts";
import { writeSettings } from "../web/settings-file.ts";
import type { FileKind } from "./transfer-seams.ts";

/**
 * A firmware image of the simulated phone is any file that begins with this, a version and a line end; the rest does not matter:
 * `CPE-ASSAY-FIRMWARE 10.1.200.1\n…`.
 */
const FIRMWARE = /^CPE-ASSAY-FIRMWARE ([\w.-]{1,32})\r?\n/;

/** Version of a firmware image; undefined when it is none. */
export const firmwareVersion = (content: Buffer): string | undefined => FIRMWARE.exec(content.toString("latin1", 0, 80))?.[1];

/** What to do with a file that came in: apply it, then go on or start anew. `corrupt` when it is not what it should be. */
export type Installed =
  | { readonly kind: "applied"; readonly needsReboot: boolean }
  | { readonly kind: "corrupt"; readonly reason: string };

/** Puts a downloaded file to its use. `change` performs changes of settings. */
export function install(device: Device, kind: FileKind, content: Buffer, change: (action: () => void) => void): Installed {
  switch (kind) {
    case "firmware": {
      const version = firmwareVersion(content);
      if (version === undefined) return { kind: "corrupt", reason: "no firmware image for this phone" };
      installFirmware(device, version);
      return { kind: "applied", needsReboot: true };
    }
    case "configuration":
      return installConfiguration(device, content, change);
    case "param-map":
      return installParamMap(device, content, change);
    case "log":
      return { kind: "corrupt", reason: "a log is not for the phone to take" };
  }
}

/** Makes firmware of this version the one that the phone starts with. */
export function installFirmware({ state, seams }: Device, version: string): void {
  const name = `${state.settings.phone_type ?? ""}-SIP ${version}`;
  state.settings.firmware_version = seams.transfer.versionOf(name, state.settings.firmware_version ?? "");
}

function installConfiguration(device: Device, content: Buffer, change: (action: () => void) => void): Installed {
  const settings = readProvisioningFile(content, device.seams.provisioning)?.settings ?? [];
  if (settings.length === 0) return { kind: "corrupt", reason: "no settings file" };
  applySettings(device, settings, "acs", { change, report() {}, clearEvents() {} });
  return { kind: "applied", needsReboot: false };
}

function installParamMap(device: Device, content: Buffer, change: (action: () => void) => void): Installed {
  const reason = useParamMap(device, content, change);
  return reason === undefined ? { kind: "applied", needsReboot: false } : { kind: "corrupt", reason };
}

/**
 * Takes another param_map from a file. Values and attributes that were written over the old one go with it: they were kept in the
 * file. A file is no change of a parameter: what the new one says is not reported. Gives the reason when the file is no param_map;
 * then nothing changes.
 */
export function useParamMap(
  { state, model, seams }: Device,
  content: Buffer,
  change: (action: () => void) => void,
): string | undefined {
  const map = readMapFile(content, seams.model);
  if ("reason" in map) {
    state.values = seams.model.keptAtRefusal(state.values);
    state.attributes = seams.model.keptAtRefusal(state.attributes);
    return map.reason;
  }
  change(() => {
    const before = namesIn(state.paramMap);
    const now = namesIn(map.text);
    const inBoth = (name: string): boolean => before.has(name) && now.has(name);
    state.values = seams.model.keptAtLoad(state.values, isInTable, inBoth);
    state.attributes = seams.model.keptAtLoad(state.attributes, isInTable, inBoth);
    Object.assign(state.settings, seams.model.settingsAtLoad(state.settings));
    state.paramMap = seams.model.loadedMap(map.text, state.paramMap);
    model.rebuild();
    state.changes = state.changes.filter(({ name }) => model.has(name));
  });
  return undefined;
}

/** The file that an Upload sends. */
export function fileFor({ state, running }: Device, kind: FileKind): { readonly content: Buffer; readonly contentType: string } {
  if (kind === "log") return { content: Buffer.from(running.log.join("\n"), "utf8"), contentType: "text/plain; charset=utf-8" };
  return {
    content: Buffer.from(writeSettings(allSettings(state), state.permissions), "utf8"),
    contentType: "text/xml; charset=utf-8",
  };
}
