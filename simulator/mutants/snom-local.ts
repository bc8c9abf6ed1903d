import type { Mutant } from "./mutant.ts";

/** Phones that tell of other changes by their user than they ought to, or let the ACS do nothing about them. */
export const snomLocalMutants: readonly Mutant[] = [
  {
    id: "local-read-only-told",
    phone: "A phone that notifies of read-only lines without being asked to.",
    breaks: "PARAM-MAP:local-change#read-only-silent",
    caught: {
      "snom.local.read-only": ["PARAM-MAP:local-change#read-only-silent"],
      "snom.map-modifiers.notification": ["PARAM-MAP:modifiers#read-only-notification"],
      "snom.map-attributes-kept.loaded-again": ["PARAM-MAP:loading#new-attributes"],
    },
    change: ({ model }) => ({
      model: {
        defaultNotification: (modifier, name) => (modifier === "!=" ? 1 : model.defaultNotification(modifier, name)),
      },
    }),
  },
  {
    id: "local-read-only-never",
    phone: "A phone that never notifies of a read-only line.",
    breaks: "TR-069:A.3.2.4#active",
    caught: { "snom.local.read-only-active": ["TR-069:A.3.2.4#active"] },
    change: ({ model }) => ({
      model: {
        isReported: (notification, parameter) => parameter.modifier !== "!=" && model.isReported(notification, parameter),
      },
    }),
  },
  {
    id: "local-unsupported-as-passive",
    phone: "A phone that takes a line with &= that names a setting for one with =.",
    breaks: "SNOM-TR-069:Modifiers#unsupported-unnamed",
    caught: { "snom.local.unsupported": ["SNOM-TR-069:Modifiers#unsupported-unnamed"] },
    change: ({ model }) => ({
      model: {
        lineModifier(line) {
          const modifier = model.lineModifier(line);
          return modifier === "&=" && line.value.startsWith("{") ? "=" : modifier;
        },
      },
    }),
  },
  {
    id: "local-mixed-never",
    phone: "A phone that does not notice a change in the middle of a mixed value.",
    breaks: "PARAM-MAP:local-change#mixed",
    caught: { "snom.local.mixed": ["PARAM-MAP:local-change#mixed"] },
    change: ({ model }) => ({
      model: {
        isReported: (notification, parameter) => parameter.source.kind !== "mixed" && model.isReported(notification, parameter),
      },
    }),
  },
  {
    id: "local-first-parameter",
    phone: "A phone that notifies of the first parameter alone that shows a setting.",
    breaks: "PARAM-MAP:local-change#each-parameter",
    caught: { "snom.local.several-parameters": ["PARAM-MAP:local-change#each-parameter"] },
    change: ({ model }) => ({
      model: { reportedOf: (setting, parametersOf) => model.reportedOf(setting, parametersOf).slice(0, 1) },
    }),
  },
  {
    id: "local-every-line",
    phone: "A phone that notifies of a setting on all lines when it has changed on one.",
    breaks: "PARAM-MAP:local-change#index",
    caught: { "snom.local.index": ["PARAM-MAP:local-change#index"] },
    change: ({ model }) => ({
      model: {
        reportedOf: (setting, parametersOf) =>
          /^user_.*\d$/.test(setting)
            ? ["1", "2"].flatMap((index) => parametersOf(setting.replace(/\d$/, index)))
            : model.reportedOf(setting, parametersOf),
      },
    }),
  },
  {
    id: "local-last-change",
    phone: "A phone that remembers the last changed parameter alone.",
    breaks: "SNOM:local-change#every-setting",
    caught: {
      "snom.local.several-settings": ["SNOM:local-change#every-setting"],
      "snom.local.several-parameters": ["PARAM-MAP:local-change#each-parameter"],
    },
    change: () => ({ model: { changesWith: (_changes, change) => [change] } }),
  },
  {
    id: "local-saved-is-changed",
    phone: "A phone that takes every setting of a line that is saved for changed.",
    breaks: "SNOM:local-change#same-value",
    caught: { "snom.local.same-value": ["SNOM:local-change#same-value"] },
    change: ({ model }) => ({
      model: { isChange: (name, before, after) => name.startsWith("user_") || model.isChange(name, before, after) },
    }),
  },
  {
    id: "local-setting-words",
    phone: "A phone that notifies of a boolean in the words of its setting.",
    breaks: "PARAM-MAP:local-change#value-form",
    caught: { "snom.local.value-form": ["PARAM-MAP:local-change#value-form"] },
    change: ({ inform }) => ({
      inform: {
        value: (name, value, events) =>
          value === "true" && events.some(({ code }) => code === "4 VALUE CHANGE") ? "on" : inform.value(name, value, events),
      },
    }),
  },
  {
    id: "local-correction-beside",
    phone: "A phone that keeps what the ACS sets for a line beside what its user has saved.",
    breaks: "SNOM-TR-069:TR-069-introduction#corrected",
    caught: {
      "snom.local.corrected": ["SNOM-TR-069:TR-069-introduction#corrected"],
      "snom.map-values.indexed-written": ["SNOM-TR-069:Values#indexed-written"],
    },
    change: () => ({ model: { writesThrough: (setting) => !setting.startsWith("user_") } }),
  },
  {
    id: "local-forgotten-at-boot",
    phone: "A phone that forgets at a restart which settings its user had changed.",
    breaks: "SNOM:local-change#kept-over-boot",
    caught: { "snom.local.after-boot": ["SNOM:local-change#kept-over-boot"] },
    change: () => ({ events: { changesKeptAtBoot: () => [] } }),
  },
];
