import { parseValue } from "../../schema/param-map.ts";
import type { Mutant } from "./mutant.ts";

/** A phone that reads the value of a line otherwise than it stands there. */
const reading = (mutant: Omit<Mutant, "change">, read: (value: string) => string): Mutant => ({
  ...mutant,
  change: ({ model }) => ({ model: { lineValue: (line) => read(model.lineValue(line)) } }),
});

/** A phone that puts a value into its line otherwise than it was written. */
const putting = (mutant: Omit<Mutant, "change">, put: (value: string) => string): Mutant => ({
  ...mutant,
  change: ({ model }) => ({ model: { lineWith: (line, value) => model.lineWith(line, put(value)) } }),
});

/** Phones that change the text of a value on its way from the map to the wire, or back. */
export const snomMapTextsMutants: readonly Mutant[] = [
  reading(
    {
      id: "map-comment-behind-value",
      phone: "A phone that takes # within a value for the beginning of a comment.",
      breaks: "SNOM-TR-069:General-syntax#rest-is-value",
      caught: {
        "snom.map-texts.separators": ["SNOM-TR-069:General-syntax#rest-is-value"],
        "snom.map-texts.markup": ["TR-069:A.2.1#markup-characters"],
        "snom.map-lines.comment-after-value": ["SNOM-TR-069:Comments#whole-lines-only"],
      },
    },
    (value) => value.replace(/#.*$/, ""),
  ),
  putting(
    {
      id: "map-hash-escaped",
      phone: "A phone that puts a backslash before # when it stores a value.",
      breaks: "PARAM-MAP:writing#separators",
      caught: { "snom.map-texts.separators-written": ["PARAM-MAP:writing#separators"] },
    },
    (value) => value.replaceAll("#", "\\#"),
  ),
  reading(
    {
      id: "map-braces-dropped",
      phone: "A phone that takes empty braces for a placeholder with nothing behind it.",
      breaks: "PARAM-MAP:values#braces",
      caught: { "snom.map-texts.braces": ["PARAM-MAP:values#braces"] },
    },
    (value) => value.replaceAll("{}", ""),
  ),
  reading(
    {
      id: "map-values-trimmed",
      phone: "A phone that drops the blanks at the ends of a value.",
      breaks: "PARAM-MAP:values#blanks",
      caught: {
        "snom.map-texts.blanks": ["PARAM-MAP:values#blanks"],
      },
    },
    (value) => value.trim(),
  ),
  putting(
    {
      id: "map-stored-trimmed",
      phone: "A phone that stores a value without the blanks at its end.",
      breaks: "TR-069:A.2.1#blanks",
      caught: { "snom.map-texts.blanks-written": ["TR-069:A.2.1#blanks"] },
    },
    (value) => value.trimEnd(),
  ),
  reading(
    {
      id: "map-read-as-ascii",
      phone: "A phone that reads its map as ASCII.",
      breaks: "PARAM-MAP:text#utf-8",
      caught: {
        "snom.map-texts.letters": ["PARAM-MAP:text#utf-8"],
      },
    },
    (value) => value.replaceAll(/[^\0-\x7f]/gu, "?"),
  ),
  putting(
    {
      id: "map-stored-as-ascii",
      phone: "A phone that writes its map in ASCII.",
      breaks: "PARAM-MAP:text#utf-8-written",
      caught: { "snom.map-texts.letters-written": ["PARAM-MAP:text#utf-8-written"] },
    },
    (value) => value.replaceAll(/[^\0-\x7f]/gu, "?"),
  ),
  reading(
    {
      id: "map-references-resolved",
      phone: "A phone that resolves the references of XML in its map.",
      breaks: "TR-069:A.2.1#markup-characters",
      caught: { "snom.map-texts.markup": ["TR-069:A.2.1#markup-characters"] },
    },
    (value) => value.replaceAll("&amp;", "&"),
  ),
  putting(
    {
      id: "map-stored-escaped",
      phone: "A phone that stores a value as it stands in XML.",
      breaks: "PARAM-MAP:writing#markup",
      caught: { "snom.map-texts.markup-written": ["PARAM-MAP:writing#markup"] },
    },
    (value) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;"),
  ),
  {
    id: "map-nothing-is-null",
    phone: "A phone that gives (null) for one of the vendor's own parameters whose line has no value.",
    breaks: "SNOM-TR-069:Values#empty",
    caught: {
      "snom.map-texts.empty": ["SNOM-TR-069:Values#empty"],
      "snom.map-lines.crlf": ["PARAM-MAP:lines#crlf"],
    },
    change: ({ model }) => ({
      model: {
        lineValue: (line) =>
          line.value === "" && line.type === "string" && line.name.startsWith("Device.X_") ? "(null)" : model.lineValue(line),
      },
    }),
  },
  {
    id: "map-nothing-not-stored",
    phone: "A phone that leaves a line as it is when an empty string is written.",
    breaks: "TR-069:A.2.1#empty-string",
    caught: { "snom.map-texts.empty-written": ["TR-069:A.2.1#empty-string"] },
    change: ({ model }) => ({ model: { lineWith: (line, value) => (value === "" ? line.text : model.lineWith(line, value)) } }),
  },
  reading(
    {
      id: "map-read-in-1024",
      phone: "A phone that reads 1024 characters of a value.",
      breaks: "SNOM-TR-069:Values#whole",
      caught: { "snom.map-texts.long": ["SNOM-TR-069:Values#whole"] },
    },
    (value) => value.slice(0, 1024),
  ),
  putting(
    {
      id: "map-stored-in-1024",
      phone: "A phone that stores 1024 characters of a value.",
      breaks: "TR-069:A.2.1#no-shortened-string",
      caught: { "snom.map-texts.long-written": ["TR-069:A.2.1#no-shortened-string"] },
    },
    (value) => value.slice(0, 1024),
  ),
];

/** Phones that let out of a map what has to stay in, or into it what has to stay out. */
export const snomMapSafetyMutants: readonly Mutant[] = [
  {
    id: "map-secrets-shown",
    phone: "A phone that shows its passwords through any line that names their setting.",
    breaks: "PARAM-MAP:safety#secret-setting",
    caught: { "snom.map-safety.secret": ["PARAM-MAP:safety#secret-setting"] },
    change: () => ({ model: { hidesSetting: () => false } }),
  },
  {
    id: "map-placeholder-injected",
    phone: "A phone that stores a value that reads as a placeholder, and fills it in.",
    breaks: "PARAM-MAP:safety#no-injection",
    caught: {
      "snom.map-safety.placeholder-written": ["PARAM-MAP:safety#no-injection"],
      "snom.map-safety.placeholder-after-boot": ["PARAM-MAP:safety#no-injection"],
    },
    change: ({ model }) => ({
      model: {
        writtenInLine: (text) => (parseValue(text).some(({ kind }) => kind === "setting") ? "raw" : model.writtenInLine(text)),
      },
    }),
  },
  {
    id: "map-settings-read-again",
    phone: "A phone that fills in placeholders within settings, too.",
    breaks: "PARAM-MAP:safety#no-recursion",
    caught: { "snom.map-safety.placeholder-in-setting": ["PARAM-MAP:safety#no-recursion"] },
    change: () => ({ model: { readsAgain: (text) => parseValue(text).some(({ kind }) => kind === "setting") } }),
  },
  {
    id: "map-line-break-stored",
    phone: "A phone that stores a value with a line feed as two lines of its map.",
    breaks: "PARAM-MAP:safety#no-second-line",
    caught: { "snom.map-safety.line-break": ["PARAM-MAP:safety#no-second-line"] },
    change: ({ model }) => ({ model: { writtenInLine: (text) => (text.includes("\n") ? "raw" : model.writtenInLine(text)) } }),
  },
];
