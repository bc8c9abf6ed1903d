import type { Mutant } from "./mutant.ts";

const MANUALLY = "SNOM-TR-069:Configure-TR-069-support-manually";

const withoutIndex = (name: string): string => name.replace(/\d$/, "");

/** Phones whose web interface reads, keeps or shows settings otherwise than it was told. */
export const snomSettingsPageMutants: readonly Mutant[] = [
  {
    id: "set-empty-null",
    phone: "A phone that keeps an empty setting of a line as (null).",
    breaks: `${MANUALLY}#saved`,
    caught: { "snom.settings.saved": [`${MANUALLY}#saved`] },
    change: ({ web }) => ({
      web: {
        savedValue: (name, value) => (value === "" && name.startsWith("user_") ? "(null)" : web.savedValue(name, value)),
      },
    }),
  },
  {
    id: "set-decoded-twice",
    phone: "A phone that decodes the values in a URL twice.",
    breaks: `${MANUALLY}#url-encoded`,
    caught: { "snom.settings.url-encoded": [`${MANUALLY}#url-encoded`] },
    change: () => ({
      web: {
        savedValue(_name, value) {
          const text = value.replaceAll("+", " ");
          return /%(?![0-9A-Fa-f]{2})/.test(text) ? text : decodeURIComponent(text);
        },
      },
    }),
  },
  {
    id: "set-latin-1",
    phone: "A phone that reads what is saved as ISO 8859-1.",
    breaks: "SNOM:settings#utf-8",
    caught: { "snom.settings.utf-8": ["SNOM:settings#utf-8"] },
    change: ({ web }) => ({
      web: { savedValue: (name, value) => Buffer.from(web.savedValue(name, value), "utf8").toString("latin1") },
    }),
  },
  {
    id: "set-one-of-each",
    phone: "A phone that saves one line's setting of several with the same name.",
    breaks: `${MANUALLY}#several`,
    caught: { "snom.settings.several": [`${MANUALLY}#several`] },
    change: () => ({
      web: { savedSettings: (settings) => [...new Map(settings.map((one) => [withoutIndex(one[0]), one])).values()] },
    }),
  },
  {
    id: "set-emptied-everywhere",
    phone: "A phone that empties a setting on all lines when it is saved empty on one.",
    breaks: "SNOM:settings#index",
    caught: { "snom.settings.index": ["SNOM:settings#index"] },
    change: () => ({
      web: {
        savedSettings: (settings) =>
          settings.flatMap(([name, value]) =>
            /^user_.*\d$/.test(name) && value === ""
              ? ["1", "2"].map((index) => [withoutIndex(name) + index, value] as const)
              : [[name, value] as const],
          ),
      },
    }),
  },
  {
    id: "set-saved-unasked",
    phone: "A phone that saves what any page brings along.",
    breaks: "SNOM:settings#save-only",
    caught: { "snom.settings.without-save": ["SNOM:settings#save-only"] },
    change: () => ({ web: { saves: (query) => query.size > 0 } }),
  },
  {
    id: "set-unknown-refused",
    phone: "A phone that saves nothing when it does not know one of the settings.",
    breaks: "SNOM:settings#unknown-name",
    caught: { "snom.settings.unknown-name": ["SNOM:settings#unknown-name"] },
    change: () => ({
      web: { savedSettings: (settings, isKnown) => (settings.every(([name]) => isKnown(name)) ? settings : []) },
    }),
  },
  {
    id: "set-on-a-page",
    phone: "A phone that offers its user a field for the URL of the ACS.",
    breaks: `${MANUALLY}#not-on-pages`,
    caught: { "snom.settings.not-on-pages": [`${MANUALLY}#not-on-pages`] },
    change: () => ({ web: { fields: () => ["tr69_acs_url"] } }),
  },
  {
    id: "set-shown-cut",
    phone: "A phone that cuts settings at 40 characters where a parameter shows them.",
    breaks: "SNOM:settings#same-as-cwmp",
    caught: {
      "snom.usp-agent.provisioned": ["SNOM-TR-369:Best-practice#own-by-provisioning"],
      "snom.usp-agent.mac": ["SNOM-TR-369:mac#websocket-uri"],
      "snom.settings.shown-by-cwmp": ["SNOM:settings#same-as-cwmp"],
    },
    change: ({ model }) => ({
      model: { shownSetting: (name, text, mac) => model.shownSetting(name, text, mac).slice(0, 40) },
    }),
  },
  {
    id: "set-lines-forgotten",
    phone: "A phone that forgets at a boot what was saved for its lines since the one before.",
    breaks: "SNOM:settings#kept-over-boot",
    caught: {
      "snom.settings.kept-over-boot": ["SNOM:settings#kept-over-boot"],
      "snom.local.after-boot": ["SNOM:local-change#kept-over-boot"],
    },
    change: () => ({
      model: {
        settingsAfterBoot: (settings, before) => ({
          ...settings,
          ...Object.fromEntries(Object.entries(before).filter(([name]) => name.startsWith("user_"))),
        }),
      },
    }),
  },
];
