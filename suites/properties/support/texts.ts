import fc from "fast-check";
import { momentOf } from "../../support/lexical.ts";

/** Pieces that phones stumble over: markup, what reads as an escape, and what ends or begins something in a map or a form. */
const PIECES: readonly string[] = [
  "<b>",
  "&",
  "&lt;",
  "&#65;",
  "]]>",
  '"',
  "'",
  "\\",
  "\\n",
  "%41",
  "%",
  "+",
  ";",
  ":",
  "=",
  "!=",
  "#",
  " # no comment",
  "{",
  "}",
  "{}",
  "|",
  "  ",
  "\t",
  ",",
  "ä",
  "ß",
  "漢",
  "😀",
  "é",
  "0",
  "on",
  "a",
];

/** What XML 1.0 has no place for, and what ends a line. */
const UNFIT = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;
const PLACEHOLDER = /\{[A-Za-z][A-Za-z0-9_]*(?:\|[^}]*)?\}/;

/** Any character, common ones more often. fast-check's own strings of all Unicode keep a table of a hundred megabytes. */
const CHARACTER = fc
  .oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0xa0, max: 0xffff }),
    fc.integer({ min: 0x1_0000, max: 0x10_ffff }),
  )
  .map((point) => String.fromCodePoint(point));

/** Any text on one line that XML can carry and that names no setting, at most `longest` characters. */
export const anyText = (longest = 40): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, { weight: 2, arbitrary: CHARACTER }), { maxLength: 6 })
    .map((pieces) => [...pieces.join("").replace(UNFIT, "")].slice(0, longest).join(""))
    .filter((text) => !PLACEHOLDER.test(text));

/** A value of a type in the lexical form of CWMP, its bounds more often than others. */
export function anyValue(type: string): fc.Arbitrary<string> {
  switch (type) {
    case "int":
      return fc.oneof(fc.constantFrom("0", "-1", "2147483647", "-2147483648"), fc.integer().map(String));
    case "unsignedInt":
      return fc.oneof(fc.constantFrom("0", "1", "2147483648", "4294967295"), fc.nat().map(String));
    case "boolean":
      return fc.constantFrom("0", "1", "true", "false");
    case "dateTime":
      return fc.oneof(
        fc.constantFrom("0001-01-01T00:00:00Z", "2000-02-29T23:59:59Z", "2038-01-19T03:14:08Z"),
        fc
          .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("2099-12-31T23:59:59Z"), noInvalidDate: true })
          .map((date) => `${date.toISOString().slice(0, 19)}Z`),
      );
    default:
      return anyText();
  }
}

/** Whether two texts are the same value of a type. */
export function alike(type: string, one: string | undefined, other: string): boolean {
  if (one === undefined) return false;
  const isOn = (text: string): boolean => text.trim() === "1" || text.trim() === "true";
  switch (type) {
    case "int":
    case "unsignedInt":
      return /^\s*[+-]?\d+\s*$/.test(one) && Number(one) === Number(other);
    case "boolean":
      return /^\s*(?:0|1|true|false)\s*$/.test(one) && isOn(one) === isOn(other);
    case "dateTime":
      return momentOf(one) === momentOf(other);
    default:
      return one === other;
  }
}
