import type { Mutant } from "./mutant.ts";

/** Phones that are wrong about Reboot and FactoryReset: TR-069 A.3.2.9 and A.4.1.6. */
export const rebootMutants: readonly Mutant[] = [
  {
    id: "reboot-no-response",
    phone: "A phone that answers Reboot with an empty POST.",
    breaks: "TR-069:A.3.2.9#response",
    caught: { "cwmp.reboot.reboots": ["TR-069:A.3.2.9#response"] },
    change: () => ({ session: { posts: (method) => method !== "Reboot" } }),
  },
  {
    id: "reboot-never",
    phone: "A phone that accepts Reboot and goes on as before.",
    breaks: "TR-069:A.3.2.9#reboots",
    caught: { "cwmp.reboot.reboots": ["TR-069:A.3.2.9#reboots"] },
    change: () => ({ rpc: { reboots: () => false } }),
  },
  {
    id: "reboot-key-in-ascii",
    phone: "A phone that keeps the CommandKey of Reboot in ASCII.",
    breaks: "TR-069:A.3.2.9#command-key",
    caught: { "cwmp.reboot.command-key": ["TR-069:A.3.2.9#command-key"] },
    change: () => ({ rpc: { rebootKeys: (waiting, key) => [...waiting, key.replaceAll(/[^ -~]/g, "?")] } }),
  },
  {
    id: "reboot-empty-key-forgotten",
    phone: "A phone that takes an empty CommandKey for none.",
    breaks: "TR-069:A.3.2.9#empty-command-key",
    caught: { "cwmp.reboot.empty-command-key": ["TR-069:A.3.2.9#empty-command-key"] },
    change: () => ({ rpc: { rebootKeys: (waiting, key) => (key === "" ? [...waiting] : [...waiting, key]) } }),
  },
  {
    id: "reboot-key-cut-off",
    phone: "A phone that keeps the first 32 characters of a CommandKey.",
    breaks: "TR-069:A.3.2.9#long-command-key",
    caught: { "cwmp.reboot.long-command-key": ["TR-069:A.3.2.9#long-command-key"] },
    change: ({ rpc }) => ({
      rpc: {
        keptKey: (key, fits, name) => (name === "CommandKey" ? [...key].slice(0, 32).join("") : rpc.keptKey(key, fits, name)),
      },
    }),
  },
  {
    id: "reset-no-response",
    phone: "A phone that answers FactoryReset with an empty POST.",
    breaks: "TR-069:A.4.1.6#response",
    caught: { "cwmp.factory-reset.bootstrap": ["TR-069:A.4.1.6#response"] },
    change: () => ({ session: { posts: (method) => method !== "FactoryReset" } }),
  },
  {
    id: "reset-at-once",
    phone: "A phone that resets itself in the middle of the session.",
    breaks: "TR-069:A.4.1.6#after-session",
    caught: { "cwmp.factory-reset.bootstrap": ["TR-069:A.4.1.6#after-session"] },
    change: () => ({ session: { mayReset: () => true } }),
  },
  {
    id: "reset-without-bootstrap",
    phone: "A phone that greets with BOOTSTRAP only an ACS that takes the place of another one.",
    breaks: "TR-069:3.7.1.5#bootstrap-after-reset",
    quirk: "M32",
    caught: {
      "cwmp.factory-reset.bootstrap": ["TR-069:3.7.1.5#bootstrap-after-reset"],
      "snom.factory-reset.by-user": ["TR-069:3.7.1.5#bootstrap-after-reset"],
      "snom.rollout.with-upgrade": ["SNOM-TR-069:Best-practice#first-contact"],
      "snom.rollout.recent-firmware": ["SNOM-TR-069:Best-practice#recent-first-contact"],
      "snom.settings.bootstrap-on": ["SNOM-TR-069:TR-069-specific-phone-settings#bootstrap-on"],
      "snom.settings.bootstrap-digits": ["SNOM-TR-069:TR-069-specific-phone-settings#bootstrap-digits"],
      "snom.settings.documented-url": ["SNOM-TR-069:Configure-TR-069-support-manually#documented-url"],
    },
    change: ({ events }) => ({
      events: { atFirstContact: (owed, hadAcs) => (hadAcs ? events.atFirstContact(owed, hadAcs) : []) },
    }),
  },
  {
    id: "reset-parameter-key-null",
    phone: "A phone whose ParameterKey is (null) after a factory reset.",
    breaks: "TR-069:A.4.1.6#parameter-key",
    quirk: "M51",
    caught: {
      "cwmp.factory-reset.parameter-key": ["TR-069:A.4.1.6#parameter-key"],
      "snom.factory-reset.by-user": ["SNOM:factory-reset#by-user-values"],
    },
    change: () => ({ model: { parameterKeyAfterReset: () => "(null)" } }),
  },
  {
    id: "reset-parameter-key-kept",
    phone: "A phone that keeps its ParameterKey over a factory reset.",
    breaks: "TR-069:A.4.1.6#parameter-key",
    caught: {
      "cwmp.factory-reset.parameter-key": ["TR-069:A.4.1.6#parameter-key"],
      "snom.factory-reset.by-user": ["SNOM:factory-reset#by-user-values"],
    },
    change: () => ({ model: { parameterKeyAfterReset: (key) => key } }),
  },
  {
    id: "reset-values-kept",
    phone: "A phone that keeps values that are no settings of its own over a factory reset.",
    breaks: "TR-069:A.4.1.6#values",
    caught: {
      "cwmp.factory-reset.values": ["TR-069:A.4.1.6#values"],
      "snom.factory-reset.by-user": ["SNOM:factory-reset#by-user-values"],
      "snom.factory-reset.delivered-state": ["SNOM:factory-reset#delivered-map"],
    },
    change: () => ({ model: { valuesAfterReset: (values) => ({ ...values }) } }),
  },
  {
    id: "reset-instances-kept",
    phone: "A phone that keeps added objects over a factory reset.",
    breaks: "TR-069:A.4.1.6#instances",
    caught: { "cwmp.factory-reset.instances": ["TR-069:A.4.1.6#instances"] },
    change: () => ({ model: { tablesAfterReset: (tables) => ({ ...tables }) } }),
  },
];
