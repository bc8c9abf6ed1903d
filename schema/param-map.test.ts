import { expect, test } from "vitest";
import {
  addLines,
  editLines,
  effectiveLines,
  type ParameterMapLine,
  parseParamMap,
  parseValue,
  readLine,
  withModifier,
  withValue,
  writeParamMap,
} from "./param-map.ts";

const line = (text: string): unknown => {
  const content = readLine(text);
  return content.kind === "parameter" ? [content.type, content.name, content.modifier, content.value] : content.kind;
};

const fault = (text: string): unknown => {
  const content = readLine(text);
  return content.kind === "broken" ? [content.rule, content.column] : content.kind;
};

test("each modifier ends the name, and all behind it is value", () => {
  expect(line("string:Device.X=a")).toEqual(["string", "Device.X", "=", "a"]);
  expect(line("int:Device.X!=1")).toEqual(["int", "Device.X", "!=", "1"]);
  expect(line("boolean:Device.X&=")).toEqual(["boolean", "Device.X", "&=", ""]);
  expect(line("string:Device.A.1.B*=")).toEqual(["string", "Device.A.1.B", "*=", ""]);
  expect(line("string:Device.X==a")).toEqual(["string", "Device.X", "=", "=a"]);
  expect(line("string:Device.X!==a")).toEqual(["string", "Device.X", "!=", "=a"]);
  expect(line("string:Device.X$= http://h:1/#x={y} ")).toEqual(["string", "Device.X", "$=", " http://h:1/#x={y} "]);
  expect(line("string:Device.X=#ff")).toEqual(["string", "Device.X", "=", "#ff"]);
});

test("a line that is none says why and where", () => {
  expect(fault("string")).toEqual(["no-type", 1]);
  expect(fault("Device.X=http://h")).toEqual(["no-type", 1]);
  expect(fault("text:Device.X=1")).toEqual(["unknown-type", 1]);
  expect(fault("Boolean:Device.X=1")).toEqual(["type-case", 1]);
  expect(fault("object:Device.X.=")).toEqual(["object-line", 1]);
  expect(fault(" string:Device.X=1")).toEqual(["stray-blank", 1]);
  expect(fault("string:Device.X =1")).toEqual(["stray-blank", 16]);
  expect(fault("string:Device.X")).toEqual(["no-modifier", 16]);
  expect(fault("string:Device.X!!=1")).toEqual(["modifier-in-name", 16]);
  expect(fault("string:Other.X=1")).toEqual(["not-under-device", 8]);
  expect(fault("string:Device.X.=1")).toEqual(["object-name", 16]);
  expect(fault("string:Device.X.1=1")).toEqual(["object-name", 17]);
  expect(fault("string:Device.X.0.Y=1")).toEqual(["instance-number", 17]);
  expect(fault("string:Device.X.\u{1F600}=1")).toEqual(["bad-name", 17]);
  expect(fault(" # no")).toEqual(["comment-not-at-start", 1]);
  expect(fault("\u{1F600}# no\r")).toEqual(["carriage-return", 6]);
  expect(line("# string:Device.X=1")).toBe("comment");
  expect(line(" \t")).toBe("blank");
});

test("very long lines are read as others are", () => {
  expect(line(`string:Device${".a".repeat(1_000_000)}=1`)).toHaveLength(4);
  expect(parseValue(`{${"a".repeat(5_000_000)}`)).toHaveLength(1);
});

test("a value is cut into text, settings and special values", () => {
  expect(parseValue("{user_name|1}@{user_host|n}")).toEqual([
    { kind: "setting", name: "user_name", index: "1" },
    { kind: "text", text: "@" },
    { kind: "setting", name: "user_host", index: "n" },
  ]);
  expect(parseValue("This is my {LCS2_PRODUCT}").at(-1)).toEqual({ kind: "special", name: "LCS2_PRODUCT", index: undefined });
  expect(parseValue("{use_NTLMv2}")).toEqual([{ kind: "setting", name: "use_NTLMv2", index: undefined }]);
  expect(parseValue("{}{a b}{")).toEqual([{ kind: "text", text: "{}{a b}{" }]);
});

test("a map is written as it was read, to the octet", () => {
  const text = "\uFEFF# head\r\n\nstring:Device.X=\u00e4\nnonsense\r\nint:Device.Y!=1\rx\r\r\nint:Device.Z=1";
  const map = parseParamMap(text);
  expect(map.lines.map(({ kind }) => kind)).toEqual(["comment", "blank", "parameter", "broken", "broken", "parameter"]);
  expect(map.lines.map(({ end }) => end)).toEqual(["\r\n", "\n", "\n", "\r\n", "\r\n", ""]);
  expect(writeParamMap(map)).toBe(text);
  expect(parseParamMap("").lines).toEqual([]);
});

test("an edit changes its line and nothing else", () => {
  const map = parseParamMap("# a\r\nstring:Device.X=a\r\n\nnonsense\nint:Device.Y!=1");
  const edited = editLines(map, (one) => (one.name === "Device.X" ? withModifier(withValue(one, "b=#{c}"), "*=") : one));
  expect(writeParamMap(edited)).toBe("# a\r\nstring:Device.X*=b=#{c}\r\n\nnonsense\nint:Device.Y!=1");
  expect(parseParamMap(writeParamMap(edited))).toEqual(edited);
});

test("an edit that would break the format is refused, with the reason", () => {
  const map = parseParamMap("string:Device.X=a\n");
  const edit = (change: (one: ParameterMapLine) => ParameterMapLine) => () => editLines(map, change);
  expect(edit((one) => withValue(one, "a\nb"))).toThrow(
    "a value of Device.X with a line feed (character 2) does not fit on one line",
  );
  expect(edit((one) => withValue(one, "a\r"))).toThrow(/carriage return \(character 2\)/);
  expect(edit((one) => ({ ...one, name: "Device.X Y" }))).toThrow("'Device.X Y' cannot stand in a param_map: a blank");
  expect(edit((one) => ({ ...one, name: "Device.X=Y" }))).toThrow(RangeError);
  expect(writeParamMap(editLines(map, (one) => ({ ...one, text: "x", number: 7, end: "" })))).toBe("string:Device.X=a\n");
});

test("lines are added in the map's own line ends, and never to the last line", () => {
  expect(writeParamMap(addLines(parseParamMap("# a\r\n# b"), ["# c", "# d"]))).toBe("# a\r\n# b\r\n# c\r\n# d\r\n");
  expect(writeParamMap(addLines(parseParamMap(""), ["# c"]))).toBe("# c\n");
  expect(() => addLines(parseParamMap(""), ["a\nb"])).toThrow(RangeError);
});

test("of several lines with one name the last counts, in the place of the first", () => {
  const lines = effectiveLines(parseParamMap("string:Device.A=1\nint:Device.B=2\nint:Device.A=3\n"));
  expect([...lines].map(([name, { number, type, value }]) => [name, number, type, value])).toEqual([
    ["Device.A", 3, "int", "3"],
    ["Device.B", 2, "int", "2"],
  ]);
});
