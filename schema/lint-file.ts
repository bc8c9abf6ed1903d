import { errorAt, type Problem, warningAt } from "./lint-problem.ts";
import { columnAt } from "./map-line.ts";
import type { MapLine, ParamMap } from "./param-map.ts";

/** What a line and a file may hold for the phones that this suite has in mind: the vendor names no limit for lines, and 512 KiB for an upload. */
const LONGEST_LINE = 8 * 1024;
const LARGEST_FILE = 512 * 1024;

/** What is wrong with the file as such: its size, its ends of lines, what it begins and ends with. */
export function* fileProblems(map: ParamMap, octets: number): Generator<Problem> {
  const [first] = map.lines;
  const last = map.lines.at(-1);
  const top = { line: first ?? { number: 1, text: "" }, index: 0 };
  if (!map.lines.some(({ kind }) => kind === "parameter"))
    yield errorAt(top, {
      rule: "no-parameters",
      message: "no line holds a parameter: with such a map a phone would have none at all",
      remedy: "load the map from a phone's /param_map page, and change that",
    });
  if (map.mark)
    yield warningAt(top, {
      rule: "byte-order-mark",
      message: "the file begins with a byte order mark, which a phone may take for a part of the first line",
      remedy: "save the file as UTF-8 without BOM",
    });
  if (octets > LARGEST_FILE)
    yield warningAt(top, {
      rule: "large-file",
      message: `the file has ${octets} octets, and a phone's web interface takes ${LARGEST_FILE}`,
      remedy: "delete lines that no ACS asks for",
    });
  for (const line of map.lines) {
    const length = line.text.length * 3 <= LONGEST_LINE ? 0 : Buffer.byteLength(line.text);
    if (length > LONGEST_LINE)
      yield warningAt(
        { line, index: 0 },
        {
          rule: "long-line",
          message: `the line has ${length} octets, and more than ${LONGEST_LINE} may be cut`,
          remedy: "shorten the value",
        },
      );
  }
  const other = map.lines.find(({ end }) => end !== "" && end !== first?.end);
  if (other !== undefined)
    yield warningAt(
      { line: other, index: other.text.length },
      {
        rule: "mixed-line-ends",
        message: `this line ends with ${shownEnd(other)}, and line 1 with ${first === undefined ? "" : shownEnd(first)}`,
        remedy: "let all lines end alike",
      },
    );
  if (last?.end === "" && last.kind !== "blank")
    yield warningAt(
      { line: last, index: last.text.length },
      {
        rule: "no-final-newline",
        message: "the last line has no end, and a line that is appended later would become part of it",
        remedy: "end the last line with a line feed",
      },
    );
}

const shownEnd = ({ end }: MapLine): string => (end === "\r\n" ? "CRLF" : "LF");

/** What is wrong with octets that should be UTF-8: the first place of each line. */
export function* encodingProblems(octets: Uint8Array): Generator<Problem> {
  if (isUtf16(octets)) {
    yield errorAt(
      { line: { number: 1, text: "" }, index: 0 },
      { rule: "not-utf-8", message: "the file is UTF-16, and a param_map is UTF-8", remedy: "save the file as UTF-8" },
    );
    return;
  }
  const fatal = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let number = 1;
  for (let start = 0; start < octets.length; number += 1) {
    const feed = octets.indexOf(0x0a, start);
    const stop = feed < 0 ? octets.length : feed;
    const line = octets.subarray(start, stop);
    if (!isUtf8(line, fatal)) {
      const valid = validLength(line);
      const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(line.subarray(0, valid));
      yield {
        line: number,
        column: columnAt(text, text.length),
        severity: "error",
        rule: "not-utf-8",
        message: `the octet 0x${(line[valid] ?? 0).toString(16).toUpperCase().padStart(2, "0")} is no UTF-8`,
        remedy: "save the file as UTF-8; it looks like Latin-1",
      };
    }
    start = stop + 1;
  }
}

/** Halves of characters in a text, which no octets can stand for. */
export function* surrogateProblems(map: ParamMap): Generator<Problem> {
  for (const line of map.lines) {
    const index = line.text.search(/\p{Surrogate}/u);
    if (index >= 0)
      yield errorAt(
        { line, index },
        { rule: "not-utf-8", message: "half a character (a lone surrogate) stands here", remedy: "delete it" },
      );
  }
}

export const isUtf16 = (octets: Uint8Array): boolean =>
  (octets[0] === 0xff && octets[1] === 0xfe) || (octets[0] === 0xfe && octets[1] === 0xff);

function isUtf8(octets: Uint8Array, decoder: InstanceType<typeof TextDecoder>): boolean {
  try {
    decoder.decode(octets);
    return true;
  } catch {
    return false;
  }
}

/** How many octets from the start are whole characters of UTF-8 (RFC 3629, section 4). */
function validLength(octets: Uint8Array): number {
  const fatal = new TextDecoder("utf-8", { fatal: true });
  let at = 0;
  while (at < octets.length) {
    const lead = octets[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (at + length > octets.length || !isUtf8(octets.subarray(at, at + length), fatal)) return at;
    at += length;
  }
  return at;
}
