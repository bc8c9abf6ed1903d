import type { Mutant } from "./mutant.ts";

/** Phones that give the value of a line in another type than its own, or in no form that its type has. */
export const snomMapTypesMutants: readonly Mutant[] = [
  {
    id: "map-type-word-as-boolean",
    phone: "A phone that takes a string line for a boolean when its value is one of the words of a switch.",
    breaks: "SNOM-TR-069:Parameter-types#string",
    caught: { "snom.map-types.string": ["SNOM-TR-069:Parameter-types#string"] },
    change: ({ model }) => ({
      model: { lineType: (line) => (/^(on|off)$/.test(line.value) ? "boolean" : model.lineType(line)) },
    }),
  },
  {
    id: "map-type-int-without-sign",
    phone: "A phone that gives 0 for numbers below 0.",
    breaks: "SNOM-TR-069:Parameter-types#int",
    caught: {
      "snom.map-types.int": ["SNOM-TR-069:Parameter-types#int"],
      "snom.map-types-written.int": ["PARAM-MAP:types#int-written"],
      "snom.map-upload.shown": ["SNOM-TR-069:Retrieving-and-uploading-the-parameter-mapping-via-the-Web-UI#in-force"],
      "snom.map-upload.reboot": ["PARAM-MAP:loading#persistent"],
    },
    change: ({ model }) => ({
      model: { shownNumber: (text, type) => (text.startsWith("-") ? "0" : model.shownNumber(text, type)) },
    }),
  },
  {
    id: "map-type-int-as-unsigned",
    phone: "A phone that says unsignedInt of every integer.",
    breaks: "SNOM-TR-069:Parameter-types#each-its-own",
    caught: {
      "snom.map-types.int": ["SNOM-TR-069:Parameter-types#int"],
      "snom.map-types.mixture": ["SNOM-TR-069:Parameter-types#each-its-own"],
      "snom.map-types-written.int": ["PARAM-MAP:types#int-written"],
      "cwmp.get-parameter-values.lexical": ["TR-069:A.2.1#lexical"],
      "snom.map-lines.duplicate": ["PARAM-MAP:lines#last-counts"],
      "snom.map-agrees.types": ["SNOM-TR-069:The-param_map-file#types"],
    },
    change: () => ({ rpc: { answeredType: (_name, type) => (type === "int" ? "unsignedInt" : type) } }),
  },
  {
    id: "map-type-unsigned-in-31-bits",
    phone: "A phone that keeps an unsignedInt in a variable with a sign.",
    breaks: "SNOM-TR-069:Parameter-types#unsignedInt",
    caught: {
      "snom.map-types.unsigned-int": ["SNOM-TR-069:Parameter-types#unsignedInt"],
      "snom.map-types-written.unsigned-int": ["PARAM-MAP:types#unsigned-written"],
    },
    change: ({ model }) => ({
      model: {
        shownNumber: (text, type) => {
          const shown = model.shownNumber(text, type);
          return type === "unsignedInt" ? String(Math.trunc(Number(shown)) | 0) : shown;
        },
      },
    }),
  },
  {
    id: "map-type-boolean-not-1",
    phone: "A phone that does not know 1 for true in its own map.",
    breaks: "SNOM-TR-069:Parameter-types#boolean",
    caught: {
      "snom.map-types.boolean": ["SNOM-TR-069:Parameter-types#boolean"],
      "snom.map-types-written.boolean": ["TR-069:A.2.1#boolean-values"],
    },
    change: ({ model }) => ({ model: { shownBoolean: (text) => (text === "1" ? "false" : model.shownBoolean(text)) } }),
  },
  {
    id: "map-type-boolean-word-shown",
    phone: "A phone that gives a boolean with a capital letter where its setting is on.",
    breaks: "TR-069:A.2.1#lexical",
    caught: {
      "snom.map-types.boolean-setting": ["SNOM-TR-069:Values#boolean-setting", "TR-069:A.2.1#lexical"],
      "cwmp.get-parameter-values.lexical": ["TR-069:A.2.1#lexical"],
      "snom.map-types.boolean-words": ["PARAM-MAP:types#boolean-words"],
      "snom.settings.shown-by-cwmp": ["SNOM:settings#same-as-cwmp"],
      "snom.local.value-form": ["PARAM-MAP:local-change#value-form"],
      "snom.map-types-written.boolean-setting": ["SNOM-TR-069:Values#boolean-setting-written"],
    },
    change: ({ model }) => ({ model: { shownBoolean: (text) => (text === "on" ? "True" : model.shownBoolean(text)) } }),
  },
  {
    id: "map-type-yes-unknown",
    phone: "A phone that knows true and on for true, but not yes.",
    breaks: "PARAM-MAP:types#boolean-words",
    caught: { "snom.map-types.boolean-words": ["PARAM-MAP:types#boolean-words"] },
    change: ({ model }) => ({ model: { shownBoolean: (text) => (text === "yes" ? "false" : model.shownBoolean(text)) } }),
  },
  {
    id: "map-type-date-cut-at-colon",
    phone: "A phone that cuts a line at every colon, and so the time of day off a dateTime.",
    breaks: "SNOM-TR-069:Parameter-types#dateTime",
    caught: {
      "snom.map-types.date-time": ["SNOM-TR-069:Parameter-types#dateTime"],
      "snom.map-types-written.date-time-refused": ["TR-069:A.3.2.1#not-a-date"],
    },
    change: ({ model }) => ({
      model: { lineValue: (line) => (line.type === "dateTime" ? (line.value.split(":")[0] ?? "") : model.lineValue(line)) },
    }),
  },
  {
    id: "map-type-empty-date",
    phone: "A phone that gives an empty dateTime where it has no time.",
    breaks: "TR-069:A.2.1#unknown-time",
    caught: { "snom.map-types.empty-date-time": ["TR-069:A.2.1#unknown-time"] },
    change: ({ model }) => ({ model: { shownDateTime: (text) => (text === "" ? "" : model.shownDateTime(text)) } }),
  },
  {
    id: "map-type-empty-number",
    phone: "A phone that gives an empty number where its map has none.",
    breaks: "PARAM-MAP:types#empty-number",
    caught: { "snom.map-types.empty-number": ["PARAM-MAP:types#empty-number", "TR-069:A.2.1#lexical"] },
    change: ({ model }) => ({ model: { shownNumber: (text, type) => (text === "" ? "" : model.shownNumber(text, type)) } }),
  },
  {
    id: "map-type-number-unread",
    phone: "A phone that gives what stands in a line for a number without looking at it.",
    breaks: "TR-069:A.2.1#lexical",
    caught: { "snom.map-types.misfit": ["TR-069:A.2.1#lexical"] },
    change: ({ model }) => ({
      model: { shownNumber: (text, type) => (/^[+-]?\d*$/.test(text) ? model.shownNumber(text, type) : text) },
    }),
  },
];
