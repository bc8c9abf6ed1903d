import { expect, test } from "vitest";
import { parseParamMap, parseValue, readLine, writeParamMap } from "./param-map.ts";

const line = (text: string): unknown => {
  const content = readLine(text);
  return content.kind === "parameter" ? [content.type, content.name, content.modifier, content.value] : content.kind;
};

test("each modifier ends the name, and all behind it is value", () => {
  expect(line("string:Device.X=a")).toEqual(["string", "Device.X", "=", "a"]);
  expect(line("int:Device.X!=1")).toEqual(["int", "Device.X", "!=", "1"]);
  expect(line("string:Device.A.1.B*=")).toEqual(["string", "Device.A.1.B", "*=", ""]);
  expect(line("string:Device.X==a")).toEqual(["string", "Device.X", "=", "=a"]);
  expect(line("string:Device.X$= http://h:1/#x={y} ")).toEqual(["string", "Device.X", "$=", " http://h:1/#x={y} "]);
});

test("a line that is none says so", () => {
  for (const text of [
    "string",
    "text:Device.X=1",
    "string:Device.X",
    "string:Device.X =1",
    "string:Other.X=1",
    "string:Device.X!!=1",
    " # no",
  ])
    expect(line(text)).toBe("broken");
  expect(line("# string:Device.X=1")).toBe("comment");
  expect(line("  ")).toBe("blank");
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
  const text = "\uFEFF# head\r\n\nstring:Device.X=\u00e4\nnonsense\r\nint:Device.Y!=1";
  const map = parseParamMap(text);
  expect(map.lines.map(({ kind }) => kind)).toEqual(["comment", "blank", "parameter", "broken", "parameter"]);
  expect(writeParamMap(map)).toBe(text);
  expect(parseParamMap("").lines).toEqual([]);
});
