import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addLines,
  editLines,
  lineText,
  type MapType,
  type Modifier,
  parseParamMap,
  parseValue,
  withModifier,
  withValue,
  writeParamMap,
} from "./param-map.ts";
import { diffParamMaps } from "./param-map-diff.ts";
import { lintParamMap } from "./param-map-lint.ts";
import { tr369Additions, tr369States } from "./tr369-lines.ts";

// What has to hold for any text at all.

const type = fc.constantFrom<MapType>("string", "int", "unsignedInt", "boolean", "dateTime");
const modifier = fc.constantFrom<Modifier>("=", "!=", "&=", "$=", "*=");

const part = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,8}$/),
  fc.integer({ min: 1, max: 1200 }).map(String),
  fc.constantFrom("X_Snom_A", "x_snom_a", "Line", "Password"),
);
const name = fc
  .tuple(fc.array(part, { maxLength: 4 }), fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,8}$/))
  .map(([path, last]) => ["Device", ...path, last].join("."));

/** Any text without a line end, and texts that look like something. */
const value = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc
      .array(fc.constantFrom("{", "}", "|", "n", "1", "=", "#", ":", " ", "user_name", "TR369_MQTTPORT", "\uFEFF", "\uD800"), {
        maxLength: 8,
      })
      .map((all) => all.join("")),
  )
  .map((text) => text.replace(/[\r\n]/g, ""));

const parameter = fc.record({ type, name, modifier, value }).map(lineText);

const otherLine = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, "")),
  fc.constantFrom(
    "",
    " ",
    "\t",
    "# a",
    " # a",
    "Device.X=a",
    "string:Device.X =a",
    "string:Device.1=a",
    "object:Device.X.=",
    "a\rb",
  ),
);

/** Lines and ends of them in any order, with and without a mark, and plain noise. */
const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom("", "\uFEFF", "\uFEFF\uFEFF"),
        fc.array(fc.tuple(fc.oneof(parameter, otherLine), fc.constantFrom("\n", "\r\n", "\r\r\n", "\r", "")), { maxLength: 20 }),
      )
      .map(([mark, lines]) => mark + lines.flat().join("")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.array(fc.nat({ max: 0xffff }), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes)) },
);

const RUNS = { numRuns: 1500, seed: 1 };

test("any text is written as it was read", () => {
  fc.assert(
    fc.property(text, (given) => writeParamMap(parseParamMap(given)) === given),
    RUNS,
  );
});

test("any map reads as it was written, also one that was built or changed", () => {
  fc.assert(
    fc.property(
      text,
      fc.array(
        fc.oneof(
          parameter,
          otherLine.filter((one) => !one.includes("\r")),
        ),
        { maxLength: 5 },
      ),
      modifier,
      value,
      (given, added, mark, put) => {
        const built = addLines(parseParamMap(given), added);
        const changed = editLines(built, (line) => withModifier(withValue(line, put), mark));
        for (const map of [built, changed]) expect(parseParamMap(writeParamMap(map))).toEqual(map);
      },
    ),
    RUNS,
  );
});

test("an edit touches its own line only", () => {
  fc.assert(
    fc.property(text, fc.nat({ max: 20 }), value, (given, index, put) => {
      const before = parseParamMap(given);
      const after = editLines(before, (line) => (line.number === index ? withValue(line, put) : line));
      const changed = after.lines.flatMap((line, at) =>
        line.text === before.lines[at]?.text && line.end === before.lines[at]?.end ? [] : [line.number],
      );
      expect(changed.filter((number) => number !== index)).toEqual([]);
      expect(after.lines).toHaveLength(before.lines.length);
    }),
    RUNS,
  );
});

test("a value is what its pieces are, put together again", () => {
  fc.assert(
    fc.property(value, (given) => {
      const parts = parseValue(given);
      expect(
        parts
          .map((one) => (one.kind === "text" ? one.text : `{${one.name}${one.index === undefined ? "" : `|${one.index}`}}`))
          .join(""),
      ).toBe(given);
    }),
    RUNS,
  );
});

test("a value with a line end in it is never written, and any other is", () => {
  fc.assert(
    fc.property(name, modifier, fc.string({ unit: "binary", maxLength: 8 }), fc.constantFrom("\n", "\r"), (of, by, some, end) => {
      const line = (put: string) => () => lineText({ type: "string", name: of, modifier: by, value: put });
      expect(line(some + end + some)).toThrow(RangeError);
      expect(line(some.replace(/[\r\n]/g, ""))).not.toThrow();
    }),
    RUNS,
  );
});

test("no map differs from itself, nor from one with other comments, ends and order of other lines", () => {
  fc.assert(
    fc.property(text, (given) => {
      const map = parseParamMap(given);
      expect(diffParamMaps(map, map)).toEqual([]);
      const other = map.lines
        .filter(({ kind }) => kind === "parameter" || kind === "broken")
        .map((line) => `${line.text}\r\n# a comment\r\n`);
      expect(diffParamMaps(map, parseParamMap(`# head\n${other.join("")}`))).toEqual([]);
    }),
    RUNS,
  );
});

test("lint says something about any octets, places it inside them, and finds each broken line", () => {
  const octets = fc.oneof(
    text.map((given) => Buffer.from(given)),
    fc.uint8Array({ maxLength: 80 }),
  );
  fc.assert(
    fc.property(fc.oneof(text, octets), (given) => {
      const problems = lintParamMap(given);
      const { lines } = parseParamMap(
        typeof given === "string" ? given : new TextDecoder("utf-8", { ignoreBOM: true }).decode(given),
      );
      for (const { line, column } of problems) {
        expect(line).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(Math.max(1, lines.length));
        expect(column).toBeLessThanOrEqual([...(lines[line - 1]?.text ?? "")].length + 1);
      }
      const utf16 = typeof given !== "string" && problems[0]?.message.includes("UTF-16") === true;
      const found = new Set(problems.filter(({ severity }) => severity === "error").map(({ line }) => line));
      for (const line of utf16 ? [] : lines) if (line.kind === "broken") expect(found).toContain(line.number);
    }),
    RUNS,
  );
});

test("with what is missing for TR-369 added, nothing is", () => {
  fc.assert(
    fc.property(text, (given) => {
      const whole = parseParamMap(given + tr369Additions(parseParamMap(given)));
      expect(tr369States(whole).filter(({ state }) => state.kind === "missing")).toEqual([]);
    }),
    { numRuns: 200, seed: 1 },
  );
});
