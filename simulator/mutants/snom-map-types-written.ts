import type { Mutant } from "./mutant.ts";

/** Phones that take wrong values for lines of a type, or refuse right ones. */
export const snomMapTypesWrittenMutants: readonly Mutant[] = [
  {
    id: "map-type-plus-refused",
    phone: "A phone that refuses a number with a plus before it.",
    breaks: "PARAM-MAP:types#int-written",
    caught: { "snom.map-types-written.int": ["PARAM-MAP:types#int-written"] },
    change: ({ model }) => ({ model: { isInt: (text) => !text.startsWith("+") && model.isInt(text) } }),
  },
  {
    id: "map-type-int-without-range",
    phone: "A phone that takes integers of any size for an int.",
    breaks: "PARAM-MAP:types#int-refused",
    caught: { "snom.map-types-written.int-refused": ["PARAM-MAP:types#int-refused"] },
    change: () => ({ model: { isInt: (text) => /^[+-]?\d+$/.test(text) } }),
  },
  {
    id: "map-type-unsigned-up-to-2-31",
    phone: "A phone that takes an unsignedInt up to 2147483647 only.",
    breaks: "PARAM-MAP:types#unsigned-written",
    caught: { "snom.map-types-written.unsigned-int": ["PARAM-MAP:types#unsigned-written"] },
    change: ({ model }) => ({ model: { isUnsignedInt: (text) => model.isUnsignedInt(text) && Number(text) < 2 ** 31 } }),
  },
  {
    id: "map-type-fraction-taken",
    phone: "A phone that takes a fraction for an unsignedInt.",
    breaks: "TR-069:A.2.1#unsigned-range",
    caught: { "snom.map-types-written.unsigned-int-refused": ["TR-069:A.2.1#unsigned-range"] },
    change: ({ model }) => ({ model: { isUnsignedInt: (text) => model.isUnsignedInt(text.replace(/\.\d+$/, "")) } }),
  },
  {
    id: "map-type-switch-words-taken",
    phone: "A phone that takes the words of its own settings for a boolean.",
    breaks: "TR-069:A.3.2.1#not-a-boolean",
    caught: { "snom.map-types-written.boolean-refused": ["TR-069:A.3.2.1#not-a-boolean"] },
    change: ({ model }) => ({ model: { isBoolean: (text) => /^(on|off)$/.test(text) || model.isBoolean(text) } }),
  },
  {
    id: "map-type-switch-unchanged",
    phone: "A phone that answers as if it had changed a setting that is on or off, and has not.",
    breaks: "SNOM-TR-069:Values#boolean-setting-written",
    caught: {
      "snom.map-types-written.boolean-setting": ["PARAM-MAP:types#own-spelling", "SNOM-TR-069:Values#boolean-setting-written"],
    },
    change: ({ model }) => ({
      model: { storedBoolean: (text, before) => (/^(on|off)$/.test(before) ? before : model.storedBoolean(text, before)) },
    }),
  },
  {
    id: "map-type-digit-in-switch",
    phone: "A phone that writes 1 and 0 into settings that are on or off.",
    breaks: "PARAM-MAP:types#own-spelling",
    caught: { "snom.map-types-written.boolean-setting": ["PARAM-MAP:types#own-spelling"] },
    change: ({ model }) => ({
      model: {
        storedBoolean: (text, before) => {
          const stored = model.storedBoolean(text, before);
          return stored === "on" ? "1" : stored === "off" ? "0" : stored;
        },
      },
    }),
  },
  {
    id: "map-type-time-of-day-taken",
    phone: "A phone that takes a time of day for a dateTime.",
    breaks: "TR-069:A.3.2.1#not-a-date",
    caught: { "snom.map-types-written.date-time-refused": ["TR-069:A.3.2.1#not-a-date"] },
    change: ({ model }) => ({ model: { isDateTime: (text) => /^\d\d:\d\d:\d\dZ?$/.test(text) || model.isDateTime(text) } }),
  },
  {
    id: "map-type-time-without-day",
    phone: "A phone that keeps the day of a time, and puts it at midnight.",
    breaks: "TR-069:A.2.1#date-time",
    caught: {
      "snom.map-types-written.date-time": ["TR-069:A.2.1#date-time"],
      "cwmp.set-parameter-values.date-time": ["TR-069:A.2.1#date-time"],
      "cwmp.set-parameter-values.date-time-zone": ["TR-069:A.2.1#date-time-zone"],
    },
    change: () => ({ model: { storedDateTime: (text) => text.replace(/T.*/, "T00:00:00Z") } }),
  },
  {
    id: "map-type-other-type-misread",
    phone: "A phone that gives fault 9005 for a value that comes with another type than its line's.",
    breaks: "TR-069:A.3.2.1#other-type",
    caught: {
      "snom.map-types-written.other-type": ["TR-069:A.3.2.1#other-type"],
      "snom.map-types-written.wrong-type": ["PARAM-MAP:types#wrong-type-code"],
      "cwmp.set-parameter-values.other-type": ["TR-069:A.3.2.1#other-type"],
    },
    change: () => ({ rpc: { refusedValue: (fault) => (fault === 9006 ? 9005 : fault) } }),
  },
  {
    id: "map-type-wrong-type-as-value",
    phone: "A phone that gives fault 9007, invalid value, for a value of the wrong type.",
    breaks: "PARAM-MAP:types#wrong-type-code",
    caught: { "snom.map-types-written.wrong-type": ["PARAM-MAP:types#wrong-type-code"] },
    change: () => ({ rpc: { refusedValue: () => 9007 } }),
  },
];
