import { firmwareVersion } from "../cwmp/files.ts";
import type { Device } from "../device.ts";
import type { SettingEntry } from "../setting-entry.ts";
import { allowedSettings } from "../settings.ts";
import { readProvisioningFile } from "./file.ts";
import type { Gatherer } from "./gather.ts";
import type { FirmwareLook } from "./seams.ts";

/** An image that is to be installed, or what a look for one came to. */
export type Found =
  | { readonly kind: "image"; readonly version: string }
  | { readonly kind: "nothing to install"; readonly look: FirmwareLook };

/** Where the version stands in the name of an image: `snomD785-10.1.198.19-SIP-r.bin`. */
const VERSION = /\d+(?:\.\d+){2,3}/;

/**
 * Looks for the firmware that `firmware_status` leads to, as it will be once `entries` are in force.
 * @param inARow how many images were installed one after the other without the phone getting any further
 */
export async function lookForFirmware(
  device: Device,
  gatherer: Gatherer,
  entries: readonly SettingEntry[],
  inARow: number,
): Promise<Found> {
  const { seams, state } = device;
  const { provisioning } = seams;
  const nothing = (look: FirmwareLook): Found => ({ kind: "nothing to install", look });
  const to = new Map(allowedSettings(device, entries, "provisioning").map(({ name, value }) => [name, value]));
  const setting = (name: string): string => to.get(name) ?? state.settings[name] ?? "";
  if (!provisioning.looksForFirmware(setting("update_policy")) || setting("firmware_status") === "") return nothing("none");
  const [address] = gatherer.resolved(setting("firmware_status"));
  const file = address === undefined ? undefined : await gatherer.fetch(address);
  const [image] = file === undefined ? [] : (readProvisioningFile(file, provisioning)?.firmware ?? []);
  const [url] = image === undefined ? [] : gatherer.resolved(image, address);
  if (url === undefined) return nothing("missing");
  const running = (state.settings.firmware_version ?? "").split(" ").at(-1) ?? "";
  const isOther = (version: string | undefined): boolean => provisioning.isOtherFirmware(version, running, inARow);
  const named = VERSION.exec(new URL(url).pathname)?.[0];
  if (!isOther(named)) return nothing("same");
  const content = await gatherer.fetch(url);
  if (content === undefined) return nothing("missing");
  const version = provisioning.imageVersion(firmwareVersion(content), named);
  if (version === undefined) return nothing("broken");
  return isOther(version) ? { kind: "image", version } : nothing("same");
}
