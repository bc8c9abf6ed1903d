import type { Mutant } from "./mutant.ts";

const ROLLOUT = "SNOM-TR-069:Best-practice";

/** All that is required of a rollout with new firmware on the way. */
export const ROLLED_OUT_WITH_UPGRADE: readonly string[] = [
  `${ROLLOUT}#order`,
  `${ROLLOUT}#firmware`,
  `${ROLLOUT}#settings`,
  `${ROLLOUT}#param-map`,
  `${ROLLOUT}#first-contact`,
  `${ROLLOUT}#managed`,
];

/** Faults in how a phone comes to other firmware by provisioning, and in what permission flags do. */
export const snomFirmwareMutants: readonly Mutant[] = [
  {
    id: "prov-no-firmware",
    phone: "A phone that does not look for firmware.",
    breaks: "SNOM:firmware#installed",
    caught: {
      "snom.firmware.installed": ["SNOM:firmware#installed"],
      "snom.rollout.with-upgrade": ROLLED_OUT_WITH_UPGRADE,
    },
    change: () => ({ provisioning: { looksForFirmware: () => false } }),
  },
  {
    id: "prov-updates-settings-only",
    phone: "A phone that installs firmware although it is told to load settings only.",
    breaks: "SNOM:firmware#settings-only",
    caught: { "snom.firmware.settings-only": ["SNOM:firmware#settings-only"] },
    change: ({ provisioning }) => ({
      provisioning: { looksForFirmware: (policy) => policy === "settings_only" || provisioning.looksForFirmware(policy) },
    }),
  },
  {
    id: "prov-updates-never",
    phone: "A phone that installs firmware although it is told never to.",
    breaks: "SNOM:firmware#never-update",
    caught: { "snom.firmware.never-update": ["SNOM:firmware#never-update"] },
    change: ({ provisioning }) => ({
      provisioning: { looksForFirmware: (policy) => policy === "never_update" || provisioning.looksForFirmware(policy) },
    }),
  },
  {
    id: "prov-restarts-for-same",
    phone: "A phone that starts anew once it has found that its firmware is the right one.",
    breaks: "SNOM:firmware#same-version",
    caught: { "snom.firmware.same-version": ["SNOM:firmware#same-version"] },
    change: () => ({ provisioning: { startsAnewAfter: (look) => (look === "same" ? 20 : undefined) } }),
  },
  {
    id: "prov-installs-same",
    phone: "A phone that installs firmware once more that it has already.",
    breaks: `${ROLLOUT}#no-upgrade`,
    caught: { "snom.rollout.recent-firmware": [`${ROLLOUT}#no-upgrade`] },
    change: ({ provisioning }) => ({
      provisioning: {
        isOtherFirmware: (version, running, inARow) => inARow === 0 || provisioning.isOtherFirmware(version, running, inARow),
      },
    }),
  },
  {
    id: "prov-version-by-name",
    phone: "A phone that goes by the name of an image, and installs whatever is in it.",
    breaks: "SNOM:firmware#broken-image",
    caught: { "snom.firmware.broken-image": ["SNOM:firmware#broken-image"] },
    change: () => ({ provisioning: { imageVersion: (_version, named) => named } }),
  },
  {
    id: "prov-restarts-for-broken",
    phone: "A phone that starts anew over an image that is none.",
    breaks: "SNOM:firmware#broken-image-calm",
    caught: { "snom.firmware.broken-image": ["SNOM:firmware#broken-image-calm"] },
    change: () => ({ provisioning: { startsAnewAfter: (look) => (look === "broken" ? 20 : undefined) } }),
  },
  {
    id: "prov-nothing-without-image",
    phone: "A phone that takes nothing but the address of its ACS when it cannot get the image that it is to have.",
    breaks: "SNOM:firmware#missing-image",
    caught: { "snom.firmware.missing-image": ["SNOM:firmware#missing-image"] },
    change: () => ({
      provisioning: {
        usedSettings: (look, settings) =>
          look === "missing" ? settings.filter(({ name }) => name.startsWith("tr69_")) : settings,
      },
    }),
  },
  {
    id: "prov-blank-unlocked",
    phone: "A phone that lets its user change a setting with a blank as its permission.",
    breaks: "SNOM:permission-flags#locked",
    caught: { "snom.permissions.locked": ["SNOM:permission-flags#locked"] },
    change: ({ provisioning }) => ({
      provisioning: { userMayChange: (permission) => permission === " " || provisioning.userMayChange(permission) },
    }),
  },
  {
    id: "prov-dollar-locked",
    phone: "A phone that lets no user change a setting with $ as its permission.",
    breaks: "SNOM:permission-flags#open",
    caught: { "snom.permissions.open": ["SNOM:permission-flags#open"] },
    change: ({ provisioning }) => ({
      provisioning: { userMayChange: (permission) => permission !== "$" && provisioning.userMayChange(permission) },
    }),
  },
  {
    id: "prov-empty-kept",
    phone: "A phone that keeps what its user has changed in a setting with an empty permission.",
    breaks: "SNOM:permission-flags#overwritten",
    caught: { "snom.permissions.overwritten": ["SNOM:permission-flags#overwritten"] },
    change: ({ provisioning }) => ({
      provisioning: {
        overwrites: (permission, byUser) => !(byUser && permission === "") && provisioning.overwrites(permission, byUser),
      },
    }),
  },
  {
    id: "prov-kept-locked",
    phone: "A phone that lets no user change a setting with ! as its permission.",
    breaks: "SNOM:permission-flags#user-may-change",
    caught: { "snom.permissions.kept": ["SNOM:permission-flags#user-may-change", "SNOM:permission-flags#kept"] },
    change: ({ provisioning }) => ({
      provisioning: { userMayChange: (permission) => permission !== "!" && provisioning.userMayChange(permission) },
    }),
  },
  {
    id: "prov-all-overwritten",
    phone: "A phone that overwrites every setting when it is provisioned.",
    breaks: "SNOM:permission-flags#kept",
    caught: { "snom.permissions.kept": ["SNOM:permission-flags#kept"] },
    change: () => ({ provisioning: { overwrites: () => true } }),
  },
  {
    id: "prov-once-only",
    phone: "A phone that never overwrites a setting with ! as its permission, its user's or not.",
    breaks: "SNOM:permission-flags#follows",
    caught: { "snom.permissions.follows": ["SNOM:permission-flags#follows"] },
    change: ({ provisioning }) => ({
      provisioning: {
        overwrites: (permission, byUser) => permission !== "!" && provisioning.overwrites(permission, byUser),
      },
    }),
  },
];
