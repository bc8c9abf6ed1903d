import fc from "fast-check";
import { expect, test } from "vitest";
import { type JsonValue, readJson } from "./json.ts";

const read = (text: string) => readJson(Buffer.from(text, "utf8"));

const plain = (value: JsonValue | undefined): unknown => {
  if (value === undefined) return undefined;
  if (value.kind === "object") return Object.fromEntries([...value.members].map(([name, one]) => [name, plain(one)]));
  if (value.kind === "array") return value.items.map(plain);
  return value.kind === "string" ? value.text : (JSON.parse(value.text) as unknown);
};

test("whatever JSON.stringify writes is read without fault and as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const { root, faults } = read(text);
      expect(faults).toEqual([]);
      expect(JSON.stringify(plain(root))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test("octets that JSON.parse refuses have a fault, and no octets make it throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:01-.e\\ \nta') }), (text) => {
      const { faults } = read(text);
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      if (!isJson) expect(faults).not.toEqual([]);
    }),
  );
});

test.each([
  ['{"a":1,"a":2}', 'the name "a" stands twice in an object (line 1 column 11)'],
  ['{"a":1,}', "the name of a member is missing (line 1 column 8)"],
  ["[1 2]", "a comma is missing (line 1 column 4)"],
  ["[01]", "a comma is missing (line 1 column 3)"],
  ["{'a':1}", "the name of a member is missing (line 1 column 2)"],
  ['{"a"\n:\ntru}', "no value stands here (line 3 column 1)"],
  ["[] []", "something follows the end of the text (line 1 column 4)"],
  ["", "no value stands here (line 1 column 1)"],
  ["\ufeff1", "it begins with a byte order mark"],
])("%s: %s", (text, fault) => {
  expect(read(text).faults).toContain(fault);
});

test("values know their places", () => {
  const { root } = read('{"Report":[\n  {"UpTime": 5}]}');
  const report = root?.kind === "object" ? root.members.get("Report") : undefined;
  const first = report?.kind === "array" ? report.items[0] : undefined;
  expect(first?.kind === "object" ? first.members.get("UpTime") : undefined).toEqual({
    kind: "number",
    text: "5",
    where: "line 2 column 14",
  });
});
