import type { Mutant } from "./mutant.ts";

/** Phones that make the wrong thing of a line when its attributes are set. */
export const snomMapAttributesMutants: readonly Mutant[] = [
  {
    id: "map-active-stored-as-passive",
    phone: "A phone that puts = into its map for active notification.",
    breaks: "SNOM-TR-069:Modifiers#set-active",
    caught: {
      "snom.map-attributes.active": ["SNOM-TR-069:Modifiers#set-active"],
      "snom.map-attributes.dynamic": ["PARAM-MAP:writing#attributes-alone"],
      "snom.map-attributes.partial-path": ["SNOM-TR-069:Modifiers#set-below"],
      "snom.map-attributes.no-change": ["TR-069:A.3.2.4#notification-change"],
      "snom.map-attributes-kept.with-value": ["PARAM-MAP:writing#modifier-stays"],
      "snom.map-attributes-kept.reboot": ["PARAM-MAP:attributes#modifier-after-boot"],
      "snom.map-attributes-kept.access-list": ["PARAM-MAP:attributes#access-list"],
    },
    change: ({ model }) => ({
      model: {
        modifierAfter: (modifier, notification) => model.modifierAfter(modifier, Math.min(notification, 1)),
      },
    }),
  },
  {
    id: "map-passive-not-stored",
    phone: "A phone that leaves the modifier as it is for passive notification.",
    breaks: "SNOM-TR-069:Modifiers#set-passive",
    caught: { "snom.map-attributes.passive": ["SNOM-TR-069:Modifiers#set-passive"] },
    change: ({ model }) => ({
      model: {
        modifierAfter: (modifier, notification) => (notification === 1 ? modifier : model.modifierAfter(modifier, notification)),
      },
    }),
  },
  {
    id: "map-off-stored-as-read-only",
    phone: "A phone that puts != into its map when active notification is turned off.",
    breaks: "SNOM-TR-069:Modifiers#set-off",
    caught: { "snom.map-attributes.off": ["SNOM-TR-069:Modifiers#set-off"] },
    change: ({ model }) => ({
      model: {
        modifierAfter: (modifier, notification) =>
          modifier === "*=" && notification === 0 ? "!=" : model.modifierAfter(modifier, notification),
      },
    }),
  },
  {
    id: "map-notified-is-writable",
    phone: "A phone that stores a notification as nothing but a modifier, and so makes a read-only line writable.",
    breaks: "SNOM-TR-069:Modifiers#stays-read-only",
    caught: {
      "snom.map-attributes.read-only": ["TR-069:A.3.2.4#read-only-stays", "SNOM-TR-069:Modifiers#stays-read-only"],
      "snom.map-attributes.partial-path": ["SNOM-TR-069:Modifiers#set-below"],
      "snom.map-attributes-kept.read-only": ["TR-069:A.3.2.4#read-only-stays", "SNOM-TR-069:Modifiers#stays-read-only"],
    },
    change: ({ model }) => ({
      model: { modifierAfter: (modifier, notification) => model.modifierAfter(modifier === "!=" ? "=" : modifier, notification) },
    }),
  },
  {
    id: "map-active-text-writable",
    phone: "A phone that lets a value of text and placeholders be written once it notifies of it actively.",
    breaks: "TR-069:A.3.2.4#read-only-stays",
    caught: { "snom.map-attributes.mixed": ["TR-069:A.3.2.4#read-only-stays"] },
    change: ({ model }) => ({
      model: { isWritable: (modifier, shape) => (modifier === "*=" && shape === "mixed") || model.isWritable(modifier, shape) },
    }),
  },
  {
    id: "map-read-only-not-notified",
    phone: "A phone that refuses any notification for the vendor's own parameters that are read-only.",
    breaks: "TR-069:A.3.2.4#passive-always",
    caught: {
      "snom.map-attributes.read-only": ["TR-069:A.3.2.4#passive-always"],
      "snom.map-attributes.partial-path": ["SNOM-TR-069:Modifiers#set-below"],
    },
    change: ({ rpc }) => ({
      rpc: {
        refusesNotification: (node, notification, path) =>
          (node.modifier === "!=" && node.name.startsWith("Device.X_")) || rpc.refusesNotification(node, notification, path),
      },
    }),
  },
  {
    id: "map-value-resets-modifier",
    phone: "A phone that puts = before every value that it stores.",
    breaks: "PARAM-MAP:writing#modifier-stays",
    caught: {
      "snom.map-attributes-kept.with-value": ["PARAM-MAP:writing#modifier-stays"],
      "snom.map-modifiers.silent": ["SNOM-TR-069:Modifiers#disabled-is-writable"],
      "snom.map-modifiers.active": ["SNOM-TR-069:Modifiers#active-is-writable"],
    },
    change: ({ model }) => ({ model: { lineWith: (line, value) => model.lineWith({ ...line, modifier: "=" }, value) } }),
  },
  {
    id: "map-own-attributes-forgotten",
    phone: "A phone that forgets at boot what attributes the vendor's own parameters were given.",
    breaks: "PARAM-MAP:attributes#modifier-after-boot",
    caught: {
      "snom.map-attributes-kept.reboot": ["TR-069:A.3.2.4#persistent", "PARAM-MAP:attributes#modifier-after-boot"],
      "snom.map-attributes-kept.read-only": ["TR-069:A.3.2.4#persistent"],
      "snom.map-attributes-kept.access-list": ["TR-069:A.3.2.4#access-list"],
    },
    change: () => ({
      model: {
        attributesAfterBoot: (attributes) =>
          Object.fromEntries(Object.entries(attributes).filter(([name]) => !/^Device\.X_\D+$/.test(name))),
      },
    }),
  },
  {
    id: "map-access-list-forgotten",
    phone: "A phone that keeps of attributes over a boot what its map has a sign for.",
    breaks: "TR-069:A.3.2.4#access-list",
    caught: { "snom.map-attributes-kept.access-list": ["TR-069:A.3.2.4#access-list"] },
    change: ({ model }) => ({
      model: {
        attributesAfterBoot: (attributes, before) =>
          Object.fromEntries(
            Object.entries(model.attributesAfterBoot(attributes, before)).map(([name, { notification }]) => [
              name,
              { notification, accessList: model.defaultAccessList("=") },
            ]),
          ),
      },
    }),
  },
  {
    id: "map-attributes-outlive-it",
    phone: "A phone that keeps attributes when a map is loaded that has their lines as well.",
    breaks: "PARAM-MAP:loading#new-attributes",
    caught: { "snom.map-attributes-kept.loaded-again": ["PARAM-MAP:loading#new-attributes"] },
    change: ({ model }) => ({
      model: {
        keptAtLoad: (byName, inTable, inBoth) => ({
          ...model.keptAtLoad(byName, inTable, inBoth),
          ...Object.fromEntries(Object.entries(byName).filter(([name, kept]) => typeof kept === "object" && inBoth(name))),
        }),
      },
    }),
  },
];
