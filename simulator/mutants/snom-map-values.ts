import type { Mutant } from "./mutant.ts";

/** Phones that find the values of map lines elsewhere than they are, or keep them elsewhere. */
export const snomMapValuesMutants: readonly Mutant[] = [
  {
    id: "map-same-length-same-value",
    phone: "A phone that does not notice that a text of several words has changed when it is as long as before.",
    breaks: "SNOM-TR-069:Values#static",
    caught: {
      "snom.map-values.static": ["SNOM-TR-069:Values#static"],
      "snom.map-values.static-persistent": ["TR-069:A.3.2.1#persistent"],
      "snom.map-modifiers.passive": ["SNOM-TR-069:Modifiers#read-write"],
      "snom.map-modifiers.silent": ["SNOM-TR-069:Modifiers#disabled-is-writable"],
      "snom.map-modifiers.active": ["SNOM-TR-069:Modifiers#active-is-writable"],
      "snom.map-attributes-kept.with-value": ["PARAM-MAP:writing#modifier-stays"],
    },
    change: ({ model }) => ({
      model: {
        writtenValue: (inLine, written) =>
          inLine.includes(" ") && inLine.length === written.length ? inLine : model.writtenValue(inLine, written),
      },
    }),
  },
  {
    id: "map-same-length-not-stored",
    phone: "A phone that does not store its map when that is as long as before.",
    breaks: "SNOM-TR-069:Values#static-stored",
    caught: {
      "snom.map-values.static": ["SNOM-TR-069:Values#static-stored"],
      "snom.map-modifiers.passive": ["SNOM-TR-069:Modifiers#read-write"],
      "snom.map-modifiers.silent": ["SNOM-TR-069:Modifiers#disabled-is-writable"],
      "snom.map-modifiers.active": ["SNOM-TR-069:Modifiers#active-is-writable"],
      "snom.map-attributes-kept.with-value": ["PARAM-MAP:writing#modifier-stays"],
    },
    change: ({ model }) => ({
      model: { lineWith: (line, value) => (value.length === line.value.length ? line.text : model.lineWith(line, value)) },
    }),
  },
  {
    id: "map-edited-lines-last",
    phone: "A phone that moves a line that it has changed to the end of the file.",
    breaks: "PARAM-MAP:writing#other-lines",
    caught: {
      "snom.map-values.other-lines": ["PARAM-MAP:writing#other-lines"],
      "snom.map-attributes.dynamic": ["PARAM-MAP:writing#attributes-alone"],
    },
    change: () => ({
      model: {
        shownLines: (lines, edited) => [...lines.filter((line) => !edited(line)), ...lines.filter((line) => edited(line))],
      },
    }),
  },
  {
    id: "map-blank-lines-dropped",
    phone: "A phone that drops the blank lines of the file when it changes a line.",
    breaks: "PARAM-MAP:writing#other-lines",
    caught: {
      "snom.map-values.other-lines": ["PARAM-MAP:writing#other-lines"],
      "snom.map-attributes.dynamic": ["PARAM-MAP:writing#attributes-alone"],
    },
    change: () => ({
      model: {
        shownLines: (lines, edited) =>
          lines.some((line) => edited(line)) ? lines.filter(({ kind }) => kind !== "blank") : lines,
      },
    }),
  },
  {
    id: "map-own-values-forgotten",
    phone: "A phone that forgets at boot what was written to the vendor's own parameters.",
    breaks: "TR-069:A.3.2.1#persistent",
    caught: { "snom.map-values.static-persistent": ["TR-069:A.3.2.1#persistent"] },
    change: () => ({
      model: {
        valuesAfterBoot: (values) => Object.fromEntries(Object.entries(values).filter(([name]) => !/^Device\.X_\D+$/.test(name))),
      },
    }),
  },
  {
    id: "map-values-outlive-it",
    phone: "A phone that keeps written values when a map is loaded that has their lines as well.",
    breaks: "PARAM-MAP:loading#new-values",
    caught: { "snom.map-values.loaded-again": ["PARAM-MAP:loading#new-values"] },
    change: ({ model }) => ({
      model: {
        keptAtLoad: (byName, inTable, inBoth) => ({
          ...model.keptAtLoad(byName, inTable, inBoth),
          ...Object.fromEntries(Object.entries(byName).filter(([name, kept]) => typeof kept === "string" && inBoth(name))),
        }),
      },
    }),
  },
  {
    id: "map-read-only-server-is-text",
    phone: "A phone that takes the name of a server's setting in a read-only line for text.",
    breaks: "SNOM-TR-069:Values#dynamic",
    caught: {
      "snom.map-values.dynamic": ["SNOM-TR-069:Values#dynamic"],
      "snom.map-modifiers.read-only-setting": ["SNOM-TR-069:Modifiers#read-only-setting"],
    },
    change: ({ model }) => ({
      model: {
        lineValue: (line) => {
          const value = model.lineValue(line);
          return line.modifier === "!=" ? value.replace(/^\{([a-z]+_server)\}$/, "$1") : value;
        },
      },
    }),
  },
  {
    id: "map-servers-kept-in-line",
    phone: "A phone that keeps a written server in the parameter's line, and leaves its setting alone.",
    breaks: "SNOM-TR-069:Values#dynamic-written",
    caught: {
      "snom.map-values.dynamic-written": ["SNOM-TR-069:Values#dynamic-written", "PARAM-MAP:writing#placeholder-stays"],
      "snom.map-values.shared": ["SNOM-TR-069:Values#shared-setting"],
    },
    change: () => ({ model: { writesThrough: (setting) => !setting.endsWith("_server") } }),
  },
  {
    id: "map-first-index-is-second",
    phone: "A phone that takes the second index for the first in the vendor's own parameters.",
    breaks: "SNOM-TR-069:Values#indexed",
    caught: {
      "snom.map-values.indexed": ["SNOM-TR-069:Values#indexed"],
      "snom.map-values.placeholders": ["SNOM-TR-069:Values#mixed"],
      "snom.map-values.mixed-written": ["PARAM-MAP:values#mixed-read-only"],
      "snom.local.index": ["PARAM-MAP:local-change#index"],
    },
    change: ({ model }) => ({
      model: {
        settingIndex: (index, name) => (index === "1" && name.startsWith("Device.X_") ? "2" : model.settingIndex(index, name)),
      },
    }),
  },
  {
    id: "map-indexed-kept-in-line",
    phone: "A phone that does not write to the settings of its identities.",
    breaks: "SNOM-TR-069:Values#indexed-written",
    caught: {
      "snom.map-values.indexed-written": ["SNOM-TR-069:Values#indexed-written"],
      "snom.local.corrected": ["SNOM-TR-069:TR-069-introduction#corrected"],
    },
    change: () => ({ model: { writesThrough: (setting) => !/^user_\w+\d$/.test(setting) } }),
  },
  {
    id: "map-index-of-first-instance",
    phone: "A phone that takes the first instance number of a name for the index n.",
    breaks: "PARAM-MAP:values#index-n",
    caught: { "snom.map-values.index-by-name": ["PARAM-MAP:values#index-n"] },
    change: () => ({
      model: { settingIndex: (index, name) => (index === "n" ? (/\.(\d+)\./.exec(name)?.[1] ?? "") : index) },
    }),
  },
  {
    id: "map-product-in-two-words",
    phone: "A phone that writes the name of its product in two words.",
    breaks: "SNOM-TR-069:Values#special",
    caught: { "snom.map-values.special": ["SNOM-TR-069:Values#special"] },
    change: ({ model }) => ({
      model: {
        shownSpecial: (name, text) =>
          name === "LCS2_PRODUCT" ? (text ?? "").replace(/^snom/, "snom ") : model.shownSpecial(name, text),
      },
    }),
  },
  {
    id: "map-text-behind-lost",
    phone: "A phone that loses the text behind the last placeholder of a value.",
    breaks: "SNOM-TR-069:Values#mixed",
    caught: {
      "snom.map-values.special": ["SNOM-TR-069:Values#mixed"],
      "snom.map-values.placeholders": ["SNOM-TR-069:Values#mixed"],
      "snom.map-values.unknown": ["PARAM-MAP:values#unknown-setting"],
      "snom.local.mixed": ["PARAM-MAP:local-change#mixed"],
    },
    change: ({ model }) => ({
      model: { joined: (pieces) => model.joined(pieces.length % 2 === 1 && pieces.length > 1 ? pieces.slice(0, -1) : pieces) },
    }),
  },
  {
    id: "map-third-placeholder-lost",
    phone: "A phone that fills in no more than two placeholders of a value.",
    breaks: "SNOM-TR-069:Values#mixed",
    caught: { "snom.map-values.placeholders": ["SNOM-TR-069:Values#mixed"] },
    change: ({ model }) => ({
      model: { joined: (pieces) => model.joined(pieces.length > 5 ? pieces.with(5, "") : pieces) },
    }),
  },
  {
    id: "map-mixed-is-writable",
    phone: "A phone that lets a value of text and placeholders be written.",
    breaks: "PARAM-MAP:values#mixed-read-only",
    caught: { "snom.map-values.mixed-written": ["PARAM-MAP:values#mixed-read-only"] },
    change: ({ model }) => ({
      model: { isWritable: (modifier, shape) => (modifier === "=" && shape === "mixed") || model.isWritable(modifier, shape) },
    }),
  },
  {
    id: "map-unknown-setting-by-name",
    phone: "A phone that shows the placeholder of a setting that it does not have.",
    breaks: "PARAM-MAP:values#unknown-setting",
    caught: { "snom.map-values.unknown": ["PARAM-MAP:values#unknown-setting"] },
    change: () => ({ model: { unknownSetting: (name) => `{${name}}` } }),
  },
  {
    id: "map-unknown-special-by-name",
    phone: "A phone that shows the placeholder of a special value that it does not have.",
    breaks: "PARAM-MAP:values#unknown-special",
    caught: { "snom.map-values.unknown": ["PARAM-MAP:values#unknown-special"] },
    change: () => ({ model: { shownSpecial: (name, text) => text ?? `{${name}}` } }),
  },
];
