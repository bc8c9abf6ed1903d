import type { Mutant } from "./mutant.ts";

/** A phone that keeps strings otherwise than they came. */
const keeping = (mutant: Omit<Mutant, "change">, stored: (text: string) => string): Mutant => ({
  ...mutant,
  change: () => ({ model: { storedString: stored } }),
});

/** Phones that do not take every spelling of a value, or change it when they keep it (TR-069 A.2.1). */
export const setParameterValuesTypesMutants: readonly Mutant[] = [
  {
    id: "spv-boolean-digits-only",
    phone: "A phone that takes 0 and 1 for a boolean, and not true and false.",
    breaks: "TR-069:A.2.1#boolean-values",
    caught: {
      "cwmp.set-parameter-values.boolean-spellings": ["TR-069:A.2.1#boolean-values"],
      "snom.map-types-written.boolean": ["TR-069:A.2.1#boolean-values"],
      "snom.map-types-written.boolean-setting": ["PARAM-MAP:types#own-spelling", "SNOM-TR-069:Values#boolean-setting-written"],
    },
    quirk: "M48",
    change: () => ({ model: { isBoolean: (text) => text === "0" || text === "1" } }),
  },
  {
    id: "spv-date-without-fractions",
    phone: "A phone that refuses a dateTime with fractions of a second.",
    breaks: "TR-069:A.2.1#date-time",
    caught: {
      "cwmp.set-parameter-values.date-time": ["TR-069:A.2.1#date-time"],
      "snom.map-types-written.date-time": ["TR-069:A.2.1#date-time"],
    },
    quirk: "M49",
    change: ({ model }) => ({ model: { isDateTime: (text) => !text.includes(".") && model.isDateTime(text) } }),
  },
  {
    id: "spv-date-in-utc-only",
    phone: "A phone that refuses a dateTime in another time zone than UTC.",
    breaks: "TR-069:A.2.1#date-time-zone",
    caught: { "cwmp.set-parameter-values.date-time-zone": ["TR-069:A.2.1#date-time-zone"] },
    change: ({ model }) => ({ model: { isDateTime: (text) => !/[+-]\d\d:\d\d$/.test(text) && model.isDateTime(text) } }),
  },
  {
    id: "spv-date-zone-ignored",
    phone: "A phone that takes the time of any zone for UTC.",
    breaks: "TR-069:A.2.1#date-time-zone",
    caught: { "cwmp.set-parameter-values.date-time-zone": ["TR-069:A.2.1#date-time-zone"] },
    change: () => ({ model: { storedDateTime: (text) => text.replace(/[+-]\d\d:\d\d$/, "Z") } }),
  },
  {
    id: "spv-unknown-time-as-1970",
    phone: "A phone that keeps Unknown Time as the first second of 1970.",
    breaks: "TR-069:A.2.1#unknown-time",
    caught: {
      "cwmp.set-parameter-values.unknown-time": ["TR-069:A.2.1#unknown-time"],
      "snom.map-types-written.date-time": ["TR-069:A.2.1#date-time"],
    },
    change: () => ({ model: { storedDateTime: (text) => (text.startsWith("0001") ? "1970-01-01T00:00:00Z" : text) } }),
  },
  {
    id: "spv-other-type-internal-error",
    phone: "A phone that says nothing but internal error of a value with another type than the parameter's.",
    breaks: "TR-069:A.3.2.1#other-type",
    caught: {
      "cwmp.set-parameter-values.other-type": ["TR-069:A.3.2.1#other-type"],
      "snom.map-types-written.other-type": ["TR-069:A.3.2.1#other-type"],
      "snom.map-types-written.wrong-type": ["PARAM-MAP:types#wrong-type-code"],
    },
    change: () => ({ rpc: { refusedValue: (fault) => (fault === 9006 ? 9002 : fault) } }),
  },
  keeping(
    {
      id: "spv-references-resolved-twice",
      phone: "A phone that resolves entity references in a string once more when it keeps it.",
      breaks: "TR-069:A.2.1#markup-characters",
      caught: {
        "cwmp.set-parameter-values.markup": ["TR-069:A.2.1#markup-characters"],
        "snom.map-texts.markup-written": ["PARAM-MAP:writing#markup"],
      },
    },
    (text) => text.replaceAll("&amp;", "&"),
  ),
  keeping(
    {
      id: "spv-kept-in-cdata",
      phone: "A phone that keeps strings in CDATA sections, and loses what is behind the end of one.",
      breaks: "TR-069:A.2.1#section-end",
      caught: {
        "cwmp.set-parameter-values.section-end": ["TR-069:A.2.1#section-end"],
        "snom.map-texts.markup-written": ["PARAM-MAP:writing#markup"],
      },
    },
    (text) => text.replace(/\]\]>.*$/s, ""),
  ),
  keeping(
    {
      id: "spv-letters-lost",
      phone: "A phone that keeps characters of two octets as question marks.",
      breaks: "TR-069:A.2.1#letters",
      caught: {
        "cwmp.set-parameter-values.letters": ["TR-069:A.2.1#letters"],
        "snom.map-texts.letters-written": ["PARAM-MAP:text#utf-8-written"],
      },
    },
    (text) => text.replaceAll(/[\u0080-\u07ff]/gu, "?"),
  ),
  keeping(
    {
      id: "spv-ideographs-lost",
      phone: "A phone that keeps ideographs as question marks.",
      breaks: "TR-069:A.2.1#ideographs",
      caught: {
        "cwmp.set-parameter-values.ideographs": ["TR-069:A.2.1#ideographs"],
        "snom.map-texts.letters-written": ["PARAM-MAP:text#utf-8-written"],
      },
    },
    (text) => text.replaceAll(/\p{Script=Han}/gu, "?"),
  ),
  keeping(
    {
      id: "spv-emoji-lost",
      phone: "A phone that has no room for characters outside the Basic Multilingual Plane.",
      breaks: "TR-069:A.2.1#emoji",
      caught: { "cwmp.set-parameter-values.emoji": ["TR-069:A.2.1#emoji"] },
    },
    (text) => text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, "\ufffd"),
  ),
  keeping(
    {
      id: "spv-blanks-trimmed",
      phone: "A phone that takes the blanks at the ends of a string away.",
      breaks: "TR-069:A.2.1#blanks",
      caught: {
        "cwmp.set-parameter-values.blanks": ["TR-069:A.2.1#blanks"],
        "snom.map-texts.blanks-written": ["TR-069:A.2.1#blanks"],
      },
    },
    (text) => text.replaceAll(/^ +| +$/g, ""),
  ),
  keeping(
    {
      id: "spv-tabs-to-blanks",
      phone: "A phone that turns tabs in a string into blanks.",
      breaks: "TR-069:A.2.1#tabs",
      caught: { "cwmp.set-parameter-values.tabs": ["TR-069:A.2.1#tabs"] },
    },
    (text) => text.replaceAll("\t", " "),
  ),
  {
    id: "spv-empty-string-refused",
    phone: "A phone that refuses an empty string.",
    breaks: "TR-069:A.2.1#empty-string",
    caught: {
      "cwmp.set-parameter-values.empty-string": ["TR-069:A.2.1#empty-string"],
      "snom.map-texts.empty-written": ["TR-069:A.2.1#empty-string"],
    },
    change: ({ model }) => ({ model: { isShortEnough: (text, limits) => text !== "" && model.isShortEnough(text, limits) } }),
  },
  keeping(
    {
      id: "spv-empty-string-as-null",
      phone: "A phone that keeps an empty string as the word (null).",
      breaks: "TR-069:A.2.1#empty-string",
      caught: {
        "cwmp.set-parameter-values.empty-string": ["TR-069:A.2.1#empty-string"],
        "snom.map-texts.empty-written": ["TR-069:A.2.1#empty-string"],
      },
      quirk: "M51",
    },
    (text) => (text === "" ? "(null)" : text),
  ),
  keeping(
    {
      id: "spv-string-cut",
      phone: "A phone that cuts strings after 63 characters.",
      breaks: "TR-069:A.2.1#no-shortened-string",
      caught: {
        "cwmp.set-parameter-values.long-strings": ["TR-069:A.2.1#no-shortened-string"],
        "snom.map-texts.long-written": ["TR-069:A.2.1#no-shortened-string"],
      },
    },
    (text) => [...text].slice(0, 63).join(""),
  ),
];
