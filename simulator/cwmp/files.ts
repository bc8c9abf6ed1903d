import { parseParamMap } from "../../schema/param-map.ts";
import type { Device } from "../device.ts";
import { parseSettings, writeSettings } from "../web/settings-file.ts";
import type { FileKind } from "./transfer-seams.ts";

/**
 * A firmware image of the simulated phone is any file that begins with this, a version and a line end; the rest does not matter:
 * `CPE-ASSAY-FIRMWARE 10.1.200.1\n…`.
 */
const FIRMWARE = /^CPE-ASSAY-FIRMWARE ([\w.-]{1,32})\r?\n/;

/** What to do with a file that came in: apply it, then go on or start anew. `corrupt` when it is not what it should be. */
export type Installed =
  | { readonly kind: "applied"; readonly needsReboot: boolean }
  | { readonly kind: "corrupt"; readonly reason: string };

/** Puts a downloaded file to its use. `change` performs changes of settings. */
export function install(device: Device, kind: FileKind, content: Buffer, change: (action: () => void) => void): Installed {
  switch (kind) {
    case "firmware":
      return installFirmware(device, content);
    case "configuration":
      return installConfiguration(device, content, change);
    case "param-map":
      return installParamMap(device, content, change);
    case "log":
      return { kind: "corrupt", reason: "a log is not for the phone to take" };
  }
}

function installFirmware({ state, seams }: Device, content: Buffer): Installed {
  const version = FIRMWARE.exec(content.toString("latin1", 0, 80))?.[1];
  if (version === undefined) return { kind: "corrupt", reason: "no firmware image for this phone" };
  const name = `${state.settings.phone_type ?? ""}-SIP ${version}`;
  state.settings.firmware_version = seams.transfer.versionOf(name, state.settings.firmware_version ?? "");
  return { kind: "applied", needsReboot: true };
}

function installConfiguration({ state }: Device, content: Buffer, change: (action: () => void) => void): Installed {
  const settings = parseSettings(content);
  if (settings === undefined) return { kind: "corrupt", reason: "no settings file" };
  change(() => {
    for (const [name, value] of settings) state.settings[name] = value;
  });
  return { kind: "applied", needsReboot: false };
}

function installParamMap(device: Device, content: Buffer, change: (action: () => void) => void): Installed {
  const reason = useParamMap(device, content.toString("utf8"), change);
  return reason === undefined ? { kind: "applied", needsReboot: false } : { kind: "corrupt", reason };
}

/**
 * Takes another param_map. Values and attributes that were written over the old one go with it: they were kept in the file.
 * Gives the reason when the text is no param_map; then nothing changes.
 */
export function useParamMap({ state, model }: Device, text: string, change: (action: () => void) => void): string | undefined {
  const { lines } = parseParamMap(text);
  const broken = lines.find((line) => line.kind === "broken");
  if (broken?.kind === "broken") return `line ${broken.number}: ${broken.reason}`;
  if (!lines.some(({ kind }) => kind === "parameter")) return "no line of it is a parameter";
  change(() => {
    const inTable = (name: string): boolean => Object.keys(state.tables).some((table) => name.startsWith(table));
    const keep = <T>(byName: Record<string, T>): Record<string, T> =>
      Object.fromEntries(Object.entries(byName).filter(([name]) => inTable(name)));
    state.values = keep(state.values);
    state.attributes = keep(state.attributes);
    state.paramMap = text;
    model.rebuild();
  });
  return undefined;
}

/** The file that an Upload sends. */
export function fileFor({ state, running }: Device, kind: FileKind): { readonly content: Buffer; readonly contentType: string } {
  if (kind === "log") return { content: Buffer.from(running.log.join("\n"), "utf8"), contentType: "text/plain; charset=utf-8" };
  return { content: Buffer.from(writeSettings(state.settings), "utf8"), contentType: "text/xml; charset=utf-8" };
}
