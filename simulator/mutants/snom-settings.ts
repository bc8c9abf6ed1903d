import type { Mutant } from "./mutant.ts";

const TABLE = "SNOM-TR-069:TR-069-specific-phone-settings";
const MANUALLY = "SNOM-TR-069:Configure-TR-069-support-manually";

/** Phones that do something else with what is saved at their web interface, or with the settings of TR-069. */
export const snomSettingsMutants: readonly Mutant[] = [
  {
    id: "set-bootstrap-ignored",
    phone: "A phone that greets with BOOTSTRAP only an ACS at another URL, whatever tr69_bootstrap says.",
    breaks: `${TABLE}#bootstrap-on`,
    caught: {
      "snom.settings.bootstrap-on": [`${TABLE}#bootstrap-on`],
      "snom.settings.bootstrap-digits": [`${TABLE}#bootstrap-digits`],
    },
    change: ({ events }) => ({
      events: { isSwitchedOn: (setting, text) => setting !== "tr69_bootstrap" && events.isSwitchedOn(setting, text) },
    }),
  },
  {
    id: "set-bootstrap-always",
    phone: "A phone that greets with BOOTSTRAP whenever TR-069 is turned on.",
    breaks: `${TABLE}#bootstrap-off`,
    caught: {
      "snom.settings.bootstrap-off": [`${TABLE}#bootstrap-off`],
      "snom.settings.bootstrap-digits": [`${TABLE}#bootstrap-digits`],
    },
    change: ({ events }) => ({
      events: { atFirstContact: (owed, hadAcs) => events.atFirstContact(owed || !hadAcs, hadAcs) },
    }),
  },
  {
    id: "set-bootstrap-word-only",
    phone: "A phone that knows tr69_bootstrap as on and off alone.",
    breaks: `${TABLE}#bootstrap-digits`,
    caught: { "snom.settings.bootstrap-digits": [`${TABLE}#bootstrap-digits`] },
    change: ({ events }) => ({
      events: {
        isSwitchedOn: (setting, text) => (setting === "tr69_bootstrap" ? text === "on" : events.isSwitchedOn(setting, text)),
      },
    }),
  },
  {
    id: "set-off-word-only",
    phone: "A phone that is only turned off by the word off.",
    breaks: `${TABLE}#use-acs-digits`,
    caught: { "snom.settings.use-acs-digits": [`${TABLE}#use-acs-digits`] },
    change: ({ events }) => ({
      events: {
        isSwitchedOn: (setting, text) => (setting === "tr69_use_acs" ? text !== "off" : events.isSwitchedOn(setting, text)),
      },
    }),
  },
  {
    id: "set-on-word-only",
    phone: "A phone that is only turned on by the word on.",
    breaks: `${TABLE}#use-acs-digits`,
    caught: { "snom.settings.use-acs-digits": [`${TABLE}#use-acs-digits`] },
    change: ({ events }) => ({
      events: {
        isSwitchedOn: (setting, text) => (setting === "tr69_use_acs" ? text === "on" : events.isSwitchedOn(setting, text)),
      },
    }),
  },
  {
    id: "set-off-periodic",
    phone: "A phone that goes on with its periodic Informs when it is turned off.",
    breaks: `${TABLE}#use-acs-off`,
    caught: { "snom.settings.use-acs-off": [`${TABLE}#use-acs-off`] },
    change: ({ session }) => ({
      session: { isInCharge: (on, cause) => cause === "periodic" || session.isInCharge(on, cause) },
    }),
  },
  {
    id: "set-off-called",
    phone: "A phone that comes for a connection request although it is turned off.",
    breaks: `${TABLE}#use-acs-off-called`,
    caught: {
      "snom.settings.use-acs-off-called": [`${TABLE}#use-acs-off-called`, "SNOM:settings#off-refuses-calls"],
      "snom.settings.use-acs-digits": [`${TABLE}#use-acs-digits`],
    },
    change: ({ session }) => ({
      session: { isInCharge: (on, cause) => cause === "call" || session.isInCharge(on, cause) },
    }),
  },
  {
    id: "set-off-booted",
    phone: "A phone that greets its ACS after every boot, also when it is turned off.",
    breaks: `${TABLE}#use-acs-off-boot`,
    caught: { "snom.settings.use-acs-off-after-boot": [`${TABLE}#use-acs-off-boot`] },
    change: ({ session }) => ({
      session: { isInCharge: (on, cause) => cause === "boot" || session.isInCharge(on, cause) },
    }),
  },
  {
    id: "set-on-waits",
    phone: "A phone that waits, turned on again, for an occasion to contact the ACS that it knows.",
    breaks: `${TABLE}#use-acs-on`,
    caught: { "snom.settings.use-acs-on": [`${TABLE}#use-acs-on`] },
    change: () => ({ events: { comesWhenTurnedOn: (owed) => owed } }),
  },
  {
    id: "set-user-lower-case",
    phone: "A phone that keeps tr69_acs_user in lower case.",
    breaks: `${TABLE}#acs-credentials`,
    caught: { "snom.settings.acs-credentials": [`${TABLE}#acs-credentials`] },
    change: ({ web }) => ({
      web: {
        savedValue: (name, value) => (name === "tr69_acs_user" ? value.toLowerCase() : web.savedValue(name, value)),
      },
    }),
  },
  {
    id: "set-caller-lower-case",
    phone: "A phone that keeps tr69_cnr_user in lower case.",
    breaks: `${TABLE}#connection-request-credentials`,
    caught: { "snom.settings.connection-request-credentials": [`${TABLE}#connection-request-credentials`] },
    change: ({ web }) => ({
      web: {
        savedValue: (name, value) => (name === "tr69_cnr_user" ? value.toLowerCase() : web.savedValue(name, value)),
      },
    }),
  },
  {
    id: "set-store-asked",
    phone: "A phone that saves nothing unless the URL has store_settings.",
    breaks: `${MANUALLY}#documented-url`,
    caught: { "snom.settings.documented-url": [`${MANUALLY}#documented-url`] },
    change: ({ web }) => ({ web: { saves: (query) => web.saves(query) && query.has("store_settings") } }),
  },
  {
    id: "set-events-locked",
    phone: "A phone that lets nobody clear tr69_events.",
    breaks: "SNOM:settings#events-cleared",
    caught: { "snom.settings.events-cleared": ["SNOM:settings#events-cleared"] },
    change: ({ model }) => ({
      model: { settingMayChange: (name, value, by) => name !== "tr69_events" && model.settingMayChange(name, value, by) },
    }),
  },
  {
    id: "set-internal-open",
    phone: "A phone that lets its ACS write the settings of the TR-069 stack through a line of the map.",
    breaks: "SNOM:settings#internal-refused",
    caught: { "snom.settings.internal": ["SNOM:settings#internal-read-only", "SNOM:settings#internal-refused"] },
    change: ({ model }) => ({
      model: {
        settingMayChange: (name, value, by) =>
          (by === "acs" && /^tr69_(events|params|download_status)$/.test(name)) || model.settingMayChange(name, value, by),
      },
    }),
  },
];
