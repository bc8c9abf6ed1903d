import type { Mutant } from "./mutant.ts";

const RESET = "SNOM-TR-069:FactoryReset";
const OTHERS = "SNOM:factory-reset";

type Settings = Readonly<Record<string, string>>;

/** The settings after a reset, with those of before whose names match. */
const keeping =
  (names: RegExp) =>
  (settings: Settings, factory: Settings, identity: Settings): Record<string, string> => ({
    ...factory,
    ...identity,
    ...Object.fromEntries(Object.entries(settings).filter(([name]) => names.test(name))),
  });

/** Phones that a factory reset leaves with something that they ought to have lost, or without what they are. */
export const snomResetMutants: readonly Mutant[] = [
  {
    id: "reset-credentials-kept",
    phone: "A phone that keeps its credentials towards the ACS over a factory reset.",
    breaks: `${RESET}#acs-data`,
    caught: {
      "snom.factory-reset.acs-data": [`${RESET}#acs-data`, "SNOM-TR-069:TR-069-specific-phone-settings#defaults"],
      "snom.factory-reset.by-user": [`${OTHERS}#by-user-acs-data`],
    },
    change: () => ({ model: { settingsAfterReset: keeping(/^tr69_acs_(user|passwd)$/) } }),
  },
  {
    id: "reset-turned-on",
    phone: "A phone whose TR-069 is turned on after a factory reset, though it knows no ACS.",
    breaks: "SNOM-TR-069:TR-069-specific-phone-settings#defaults",
    caught: { "snom.factory-reset.acs-data": ["SNOM-TR-069:TR-069-specific-phone-settings#defaults"] },
    change: ({ model }) => ({
      model: {
        settingsAfterReset: (settings, factory, identity) => ({
          ...model.settingsAfterReset(settings, factory, identity),
          tr69_use_acs: "on",
        }),
      },
    }),
  },
  {
    id: "reset-acs-kept",
    phone: "A phone that contacts its ACS of before after a factory reset.",
    breaks: `${RESET}#no-contact`,
    caught: {
      "snom.factory-reset.silent": [`${RESET}#no-contact`],
      "snom.factory-reset.acs-data": [`${RESET}#acs-data`, "SNOM-TR-069:TR-069-specific-phone-settings#defaults"],
      "snom.factory-reset.by-user": [`${OTHERS}#by-user-acs-data`],
    },
    change: () => ({ model: { settingsAfterReset: keeping(/^tr69_(?!bootstrap)/) } }),
  },
  {
    id: "reset-events-kept",
    phone: "A phone that keeps undelivered events over a factory reset.",
    breaks: `${RESET}#events`,
    caught: { "snom.factory-reset.events": [`${RESET}#events`] },
    change: () => ({ events: { keptAtReset: (events) => [...events] } }),
  },
  {
    id: "reset-transfers-kept",
    phone: "A phone that keeps its queue of transfers over a factory reset.",
    breaks: `${RESET}#queued-transfers`,
    caught: { "snom.factory-reset.queued-transfers": [`${RESET}#queued-transfers`] },
    change: () => ({ transfer: { keptAtReset: (transfers) => [...transfers] } }),
  },
  {
    id: "reset-map-kept",
    phone: "A phone that keeps a param_map that was loaded over a factory reset.",
    breaks: `${RESET}#map`,
    caught: {
      "snom.factory-reset.delivered-state": [`${RESET}#map`, `${OTHERS}#delivered-map`],
      "snom.usp-lines.after-reset": ["SNOM-TR-369:Parameter-lines#after-reset"],
    },
    change: () => ({ model: { paramMapAfterReset: (map) => map } }),
  },
  {
    id: "reset-attributes-kept",
    phone: "A phone that keeps notifications that were set over a factory reset.",
    breaks: `${OTHERS}#attributes`,
    caught: { "snom.factory-reset.delivered-state": [`${OTHERS}#attributes`, `${OTHERS}#delivered-map`] },
    change: () => ({ model: { attributesAfterReset: (attributes) => ({ ...attributes }) } }),
  },
  {
    id: "reset-user-settings-kept",
    phone: "A phone that keeps the settings of its lines over a factory reset.",
    breaks: `${OTHERS}#settings`,
    caught: { "snom.factory-reset.delivered-state": [`${OTHERS}#settings`] },
    change: () => ({ model: { settingsAfterReset: keeping(/^user_/) } }),
  },
  {
    id: "reset-serial-lost",
    phone: "A phone that does not know its MAC address any more after a factory reset.",
    breaks: `${OTHERS}#identity`,
    caught: {
      "snom.factory-reset.identity": [`${OTHERS}#identity`],
      "cwmp.inform.device-id-fixed": ["TR-069:A.3.3.1#device-id-fixed"],
    },
    change: ({ model }) => ({
      model: {
        settingsAfterReset: (settings, factory, identity) => ({
          ...model.settingsAfterReset(settings, factory, identity),
          mac: "000413FFFFFF",
        }),
      },
    }),
  },
  {
    id: "reset-server-kept",
    phone: "A phone that goes on with the provisioning server of before after a factory reset.",
    breaks: `${RESET}#standard-provisioning`,
    caught: { "snom.factory-reset.setting-server": [`${RESET}#standard-provisioning`] },
    change: () => ({ model: { settingsAfterReset: keeping(/^setting_server$/) } }),
  },
];
