import { hasEvent } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, type Located } from "../../harness/core/finding.ts";
import type { Settings } from "../../harness/phone/snom-settings.ts";
import { passBy } from "../support/contacts.ts";
import { gatherInforms } from "../support/failures.ts";
import {
  firmwareBack,
  imageName,
  imageOf,
  install,
  nextVersion,
  offerFirmware,
  softwareVersion,
  versionOf,
} from "./support/firmware.ts";
import {
  another,
  contacted,
  entry,
  HARMLESS,
  isSet,
  type Provisioned,
  provisioning,
  settingsFile,
} from "./support/provisioning.ts";

/** Milliseconds in which a phone that wants to install an image does, or starts anew another time. */
const WATCHED = 180_000;

/** What a phone was seen to do with an image that it should not install. */
interface Watched {
  readonly after: Provisioned;
  /** SoftwareVersion at the end. */
  readonly version: Located;
  readonly before: string;
  /** Boots that the phone told of. */
  readonly boots: number;
  /** tone_scheme in the same file. */
  readonly tone: string;
}

/** Provisions the phone with an image and this update_policy beside a setting, and watches it for a while. */
const watch = (
  bench: CwmpBench,
  policy: string,
  image: (before: Settings) => { readonly name: string; readonly content: Buffer | undefined },
) =>
  provisioning(bench, async (server): Promise<Watched> => {
    const { folder, before, acs, start } = server;
    const tone = another(before, "tone_scheme", HARMLESS.tone_scheme);
    const { name, content } = image(before);
    const firmware = offerFirmware(folder, name, content, policy);
    folder.put("settings.xml", settingsFile([...firmware, entry("tone_scheme", tone), ...acs]));
    const informs = gatherInforms(bench.acs);
    try {
      const after = await start("settings.xml");
      const until = bench.clock.now() + WATCHED;
      for (let left = WATCHED; left > 0; left = until - bench.clock.now()) await (await bench.acs.silence(left))?.end();
      const last = await passBy(bench.acs);
      const boots = informs.seen.filter((inform) => hasEvent(inform, "1 BOOT")).length;
      return { after, version: softwareVersion(bench, last), before: versionOf(before), boots, tone };
    } finally {
      informs.stop();
      await firmwareBack(bench, server);
    }
  });

const newer = (before: Settings) => {
  const version = nextVersion(versionOf(before));
  return { name: imageName(before, version), content: imageOf(version) };
};

const keepsVersion = (requirement: string, { version, before }: Watched): Finding =>
  holds(requirement, version.value?.includes(before) === true, {
    expected: `${before} in SoftwareVersion, as before`,
    actual: version.value ?? "absent",
    where: version.where,
  });

/** A newer image is offered under a policy that lets the phone install none. */
const installsNothing = (policy: "settings_only" | "never_update", slug: string): AnyCase<CwmpBench> =>
  cwmpCase({
    id: `snom.firmware.${slug}`,
    title: `installs no firmware while update_policy is ${policy}`,
    proves: [`SNOM:firmware#${slug}`],
    needs: ["snom", "provisioning", "firmware-provisioning"],
    disturbs: "reboot",
    waits: WATCHED / 1000,
    drive: (bench) => watch(bench, policy, newer),
    *judge(seen) {
      yield keepsVersion(`SNOM:firmware#${slug}`, seen);
    },
  });

/** Firmware from the provisioning server, with images that only the simulated phone takes. */
export const provisioningFirmwareCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "snom.firmware.installed",
    title: "installs the firmware that firmware_status leads to, and starts with it",
    proves: ["SNOM:firmware#installed"],
    needs: ["snom", "provisioning", "firmware-provisioning"],
    disturbs: "reboot",
    drive: (bench) =>
      provisioning(bench, async (server) => {
        const version = nextVersion(versionOf(server.before));
        try {
          return { version, inform: await install(bench, server, version, server.before) };
        } finally {
          await firmwareBack(bench, server);
        }
      }),
    *judge({ version, inform }) {
      yield holds("SNOM:firmware#installed", inform !== undefined, {
        expected: `an Inform with ${version} in SoftwareVersion`,
        actual: inform === undefined ? "none" : "so",
        where: inform?.where ?? "after provisioning",
      });
    },
  }),
  installsNothing("settings_only", "settings-only"),
  installsNothing("never_update", "never-update"),
  cwmpCase({
    id: "snom.firmware.same-version",
    title: "does not install and start anew for a firmware that it has already",
    proves: ["SNOM:firmware#same-version"],
    needs: ["snom", "provisioning", "firmware-provisioning"],
    disturbs: "reboot",
    waits: WATCHED / 1000,
    drive: (bench) =>
      watch(bench, "auto_update", (before) => {
        const version = versionOf(before);
        return { name: imageName(before, version), content: imageOf(version) };
      }),
    *judge({ boots, version }) {
      yield holds("SNOM:firmware#same-version", boots === 1, {
        expected: `one Inform with 1 BOOT within ${WATCHED / 1000} s`,
        actual: `${boots}`,
        where: version.where,
      });
    },
  }),
  cwmpCase({
    id: "snom.firmware.broken-image",
    title: "stays alive with its firmware when the image is none",
    proves: ["SNOM:firmware#broken-image", "SNOM:firmware#broken-image-calm"],
    needs: ["snom", "provisioning", "firmware-provisioning"],
    disturbs: "reboot",
    waits: WATCHED / 1000,
    drive: (bench) => watch(bench, "auto_update", (before) => ({ ...newer(before), content: Buffer.alloc(4096, 0x2a) })),
    *judge(seen) {
      yield keepsVersion("SNOM:firmware#broken-image", seen);
      yield holds("SNOM:firmware#broken-image-calm", seen.boots === 1, {
        expected: `one Inform with 1 BOOT within ${WATCHED / 1000} s`,
        actual: `${seen.boots}`,
        where: seen.version.where,
      });
    },
  }),
  cwmpCase({
    id: "snom.firmware.missing-image",
    title: "takes the settings of its file when the firmware is not on the server",
    proves: ["SNOM:firmware#missing-image"],
    needs: ["snom", "provisioning", "firmware-provisioning"],
    disturbs: "reboot",
    waits: WATCHED / 1000,
    drive: (bench) => watch(bench, "auto_update", (before) => ({ ...newer(before), content: undefined })),
    *judge({ after, tone }) {
      yield contacted("SNOM:firmware#missing-image", after, "an Inform at the ACS of the same file");
      yield isSet("SNOM:firmware#missing-image", after.settings, "tone_scheme", tone);
    },
  }),
];
