import { informValue } from "../../../harness/acs/read.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import type { Folder } from "../../../harness/files/server.ts";
import type { Settings } from "../../../harness/phone/snom-settings.ts";
import type { Exchange } from "../../../harness/trace/exchange.ts";
import { comes } from "../../support/contacts.ts";
import { entry, macOf, type Provisioning, settingsFile } from "./provisioning.ts";

/** A version such as 10.1.198.19 at the end of `firmware_version`. @throws Inconclusive `precondition` when there is none */
export function versionOf(settings: Settings): string {
  const text = settings.get("firmware_version") ?? "";
  const found = /\d+(?:\.\d+)+/.exec(text.replace(/^.*\s/, ""))?.[0];
  if (found === undefined) throw new Inconclusive("precondition", `firmware_version tells no version: ${JSON.stringify(text)}`);
  return found;
}

/** The version after this one. */
export const nextVersion = (version: string): string => version.replace(/\d+$/, (last) => String(Number(last) + 1));

/** An image that the simulated phone takes for firmware of this version. */
export const imageOf = (version: string): Buffer =>
  Buffer.concat([Buffer.from(`CPE-ASSAY-FIRMWARE ${version}\n`), Buffer.alloc(4096, 0x2e)]);

/** File name of an image, as the vendor names them. */
export const imageName = (settings: Settings, version: string): string =>
  `${settings.get("phone_type") ?? "snom"}-${version}-SIP-r.bin`;

/**
 * Puts an image and the file that names it into the folder, and gives the settings that lead the phone to it.
 * @param policy value of update_policy: what the phone does with new firmware
 */
export function offerFirmware(folder: Folder, name: string, image: Buffer | undefined, policy: string): readonly string[] {
  const url = image === undefined ? folder.url + name : folder.put(name, image);
  const file = ['<?xml version="1.0" encoding="utf-8"?>', "<firmware-settings>", `<firmware perm="">${url}</firmware>`];
  const status = folder.put("firmware.xml", [...file, "</firmware-settings>", ""].join("\n"));
  return [entry("firmware_status", status), entry("update_policy", policy)];
}

/** The SoftwareVersion that an Inform tells. */
export const softwareVersion = ({ phone }: CwmpBench, inform: Exchange | undefined) =>
  informValue(inform, phone.path("DeviceInfo.SoftwareVersion"));

/** Milliseconds for an image to be fetched and written, and for the start after that. */
const INSTALLED_WITHIN = 300_000;

/**
 * Has the phone install an image by its provisioning, and gives the Inform that tells the new version; undefined when none does. The
 * settings file leads to the ACS only once the image is fetched: a phone whose ACS is in charge need not look for firmware.
 */
export async function install(bench: CwmpBench, { folder, acs }: Provisioning, version: string, settings: Settings) {
  const name = imageName(settings, version);
  const firmware = offerFirmware(folder, name, imageOf(version), "auto_update");
  const file = `${macOf(settings, bench)}-firmware.xml`;
  folder.put(file, settingsFile(firmware));
  const session = await comes(bench.acs, {
    async trigger() {
      await bench.phone.snom.provisionFrom(`${folder.url}{mac}-firmware.xml`);
      await folder.next(INSTALLED_WITHIN, name);
      folder.put(file, settingsFile([...firmware, ...acs]));
    },
    accepts: (inform) => softwareVersion(bench, inform).value?.includes(version) === true,
    within: INSTALLED_WITHIN,
  });
  await session?.end();
  return session?.inform;
}

/** Gives the phone its firmware from before again, if it has another one now. */
export async function firmwareBack(bench: CwmpBench, server: Provisioning): Promise<void> {
  const version = versionOf(server.before);
  try {
    if (versionOf(await bench.phone.snom.settings()) !== version) await install(bench, server, version, server.before);
  } catch (error) {
    if (!(error instanceof Inconclusive)) throw error;
  }
}
