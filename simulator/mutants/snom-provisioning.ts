import type { Mutant } from "./mutant.ts";

const GUIDE = "SNOM-TR-069";

/** Faults in what a phone takes from the files of its provisioning server. */
export const snomProvisioningMutants: readonly Mutant[] = [
  {
    id: "prov-no-credentials",
    phone: "A phone that takes the URL of its ACS from a settings file, but not the credentials.",
    breaks: `${GUIDE}:Configure-TR-069-automatically-on-many-phones#credentials`,
    caught: {
      "snom.provisioning.acs-settings": [
        `${GUIDE}:Configure-TR-069-automatically-on-many-phones#acs-settings`,
        `${GUIDE}:Configure-TR-069-automatically-on-many-phones#credentials`,
      ],
    },
    change: ({ model }) => ({
      model: {
        settingMayChange: (name, value, by) =>
          !(by === "provisioning" && /^tr69_acs_(user|passwd)$/.test(name)) && model.settingMayChange(name, value, by),
      },
    }),
  },
  {
    id: "prov-first-lost",
    phone: "A phone that loses the first setting of a long file whose root is settings.",
    breaks: "SNOM:settings-xml#settings-root",
    caught: {
      "snom.usp-agent.provisioned": ["SNOM-TR-369:Best-practice#own-by-provisioning"],
      "snom.usp-settings.own-by-download": ["SNOM-TR-369:Best-practice#own-by-download"],
      "snom.provisioning.settings-root": ["SNOM:settings-xml#settings-root"],
      "snom.provisioning.index": ["SNOM:settings-xml#index"],
      "snom.provisioning.value-as-written": ["SNOM:settings-xml#value"],
      "snom.provisioning.folder-url": ["SNOM:provisioning#own-file-last"],
      "snom.provisioning.redirect": ["SNOM:provisioning#redirect"],
      "snom.permissions.follows": ["SNOM:permission-flags#follows"],
      "snom.provisioning.missing-file": ["SNOM:provisioning#missing-next"],
      "snom.provisioning.malformed-file": ["SNOM:provisioning#malformed-next"],
      "snom.provisioning.cut-file": ["SNOM:provisioning#cut-next"],
      "snom.provisioning.silent-server": ["SNOM:provisioning#silent-next"],
      "snom.provisioning.empty-file": ["SNOM:provisioning#empty-next"],
      "snom.provisioning.unfolding-entities": ["SNOM:provisioning#entities-next"],
    },
    change: () => ({
      provisioning: {
        settingsIn: (place, settings) => (place === "settings" && settings.length > 7 ? settings.slice(1) : settings),
      },
    }),
  },
  {
    id: "prov-no-phone-settings-root",
    phone: "A phone that finds nothing in a file whose root is phone-settings.",
    breaks: "SNOM:settings-xml#phone-settings-root",
    caught: { "snom.provisioning.phone-settings-root": ["SNOM:settings-xml#phone-settings-root"] },
    change: () => ({
      provisioning: { settingsIn: (place, settings) => (place === "phone-settings" ? [] : settings) },
    }),
  },
  {
    id: "prov-flag-in-name",
    phone: "A phone that takes the flag of a line in the text form for a letter of the name.",
    breaks: "SNOM:settings-text#lines",
    caught: { "snom.provisioning.text-form": ["SNOM:settings-text#lines"] },
    change: () => ({
      provisioning: {
        settingsIn: (place, settings) =>
          place === "text" ? settings.map((one) => ({ ...one, name: `${one.name}_` })) : settings,
      },
    }),
  },
  {
    id: "prov-index-from-zero",
    phone: "A phone that counts indexes in a settings file from zero.",
    breaks: "SNOM:settings-xml#index",
    caught: {
      "snom.usp-agent.provisioned": ["SNOM-TR-369:Best-practice#own-by-provisioning"],
      "snom.usp-settings.own-by-download": ["SNOM-TR-369:Best-practice#own-by-download"],
      "snom.provisioning.index": ["SNOM:settings-xml#index"],
      "snom.provisioning.value-as-written": ["SNOM:settings-xml#value"],
    },
    change: () => ({
      provisioning: { settingName: (element, index) => element + (index === undefined ? "" : Number(index) + 1) },
    }),
  },
  {
    id: "prov-ascii-only",
    phone: "A phone that puts question marks for the letters of a settings file that are not ASCII.",
    breaks: "SNOM:settings-xml#value",
    caught: { "snom.provisioning.value-as-written": ["SNOM:settings-xml#value"] },
    change: () => ({ provisioning: { settingValue: (text) => text.replace(/[^ -~]/g, "?") } }),
  },
  {
    id: "prov-unknown-refused",
    phone: "A phone that refuses the settings of a file in which there is one that it does not know.",
    breaks: "SNOM:settings-xml#unknown-setting",
    caught: { "snom.provisioning.unknown-setting": ["SNOM:settings-xml#unknown-setting"] },
    change: () => ({ provisioning: { takesFileWith: (unknown) => unknown.length === 0 } }),
  },
  {
    id: "prov-three-files",
    phone: "A phone that has room for three files of a container, the last ones.",
    breaks: "SNOM:setting-files#each",
    caught: { "snom.provisioning.setting-files": ["SNOM:setting-files#each"] },
    change: () => ({ provisioning: { namedFiles: (urls) => urls.slice(-3) } }),
  },
  {
    id: "prov-last-file-first",
    phone: "A phone that begins with the last file of a container.",
    breaks: `${GUIDE}:Best-practice#order`,
    caught: {
      "snom.rollout.with-upgrade": [`${GUIDE}:Best-practice#order`],
      "snom.rollout.recent-firmware": [`${GUIDE}:Best-practice#recent-order`],
    },
    change: () => ({ provisioning: { namedFiles: (urls) => urls.toReversed() } }),
  },
  {
    id: "prov-stops-at-missing",
    phone: "A phone that asks for no other file once one of a container is missing.",
    breaks: "SNOM:setting-files#one-missing",
    caught: { "snom.provisioning.one-file-missing": ["SNOM:setting-files#one-missing"] },
    change: () => ({ provisioning: { goesOnWithout: (what) => what !== "file" } }),
  },
  {
    id: "prov-circles",
    phone: "A phone that goes round in circles, for a long time, where files name each other.",
    breaks: "SNOM:setting-files#circle",
    caught: { "snom.provisioning.circle": ["SNOM:setting-files#circle"] },
    change: () => ({ provisioning: { follows: (_url, _depth, known) => known.length < 100 } }),
  },
  {
    id: "prov-map-not-used",
    phone: "A phone that fetches the map which setting-files names, and leaves it lying.",
    breaks: `${GUIDE}:Provisioning-the-parameter-mapping-on-the-device#in-force`,
    caught: {
      "snom.provisioning.param-map": [
        `${GUIDE}:Provisioning-the-parameter-mapping-on-the-device#in-force`,
        `${GUIDE}:Provisioning-the-parameter-mapping-on-the-device#shown`,
      ],
      "snom.rollout.with-upgrade": [`${GUIDE}:Best-practice#param-map`],
    },
    change: () => ({ provisioning: { usesMap: (place) => place !== "setting-files" } }),
  },
  {
    id: "prov-upload-not-used",
    phone: "A phone that fetches the map which uploads names, and leaves it lying.",
    breaks: "SNOM:uploads#parammap",
    caught: { "snom.provisioning.parammap-upload": ["SNOM:uploads#parammap"] },
    change: () => ({ provisioning: { usesMap: (place) => place !== "uploads" } }),
  },
  {
    id: "prov-failure-in-map",
    phone: "A phone that notes in its map that it could not get another one.",
    breaks: "SNOM:param-map-provisioning#missing",
    caught: { "snom.provisioning.param-map-missing": ["SNOM:param-map-provisioning#missing"] },
    change: () => ({ provisioning: { mapAfterFailure: (before, reason) => `${before}# ${reason}\n` } }),
  },
  {
    id: "prov-nothing-without-map",
    phone: "A phone that takes no settings when the map beside them is missing.",
    breaks: "SNOM:setting-files#others",
    caught: { "snom.provisioning.param-map-missing": ["SNOM:setting-files#others"] },
    change: () => ({ provisioning: { goesOnWithout: (what) => what !== "map" } }),
  },
  {
    id: "prov-nothing-without-good-map",
    phone: "A phone that takes no settings when the map beside them is broken.",
    breaks: "SNOM:param-map-provisioning#broken",
    caught: { "snom.provisioning.param-map-broken": ["SNOM:param-map-provisioning#broken"] },
    change: () => ({ provisioning: { goesOnWithout: (what) => what !== "good map" } }),
  },
];
