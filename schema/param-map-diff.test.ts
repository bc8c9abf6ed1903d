import { expect, test } from "vitest";
import { parseParamMap } from "./param-map.ts";
import { diffParamMaps } from "./param-map-diff.ts";
import { queryParamMap } from "./param-map-query.ts";

const differences = (before: string, after: string): readonly string[] =>
  diffParamMaps(parseParamMap(before), parseParamMap(after)).map((one) =>
    one.kind === "broken" ? `broken ${one.side} ${one.line.number}` : `${one.kind} ${one.name}`,
  );

test("order, comments, line ends and repetitions make no difference", () => {
  expect(
    differences(
      "# one\nstring:Device.A=1\nint:Device.B=2\n",
      "\uFEFFint:Device.B=9\r\nint:Device.B=2\r\n\r\n# two\r\nstring:Device.A=1",
    ),
  ).toEqual([]);
});

test("parameters that went, came and changed are told apart, and in what", () => {
  const [removed, changed, added] = diffParamMaps(
    parseParamMap("string:Device.A=1\nint:Device.B=2\nint:Device.C=3\n"),
    parseParamMap("int:Device.D=4\nint:Device.C=3\nstring:Device.B*=2\n"),
  );
  expect(removed).toMatchObject({ kind: "removed", name: "Device.A", before: { number: 1 } });
  expect(changed).toMatchObject({ kind: "changed", name: "Device.B", in: ["type", "modifier"], after: { number: 3 } });
  expect(added).toMatchObject({ kind: "added", name: "Device.D" });
});

test("lines that are none differ where only one map has them", () => {
  expect(differences("nonsense\nboth\n", "both\nother\n")).toEqual(["broken before 1", "broken after 2"]);
});

test("a path finds a parameter, what is below an object, or what fits a pattern", () => {
  const map = parseParamMap("int:Device.A.1.B=1\nint:Device.A.1.C=1\nint:Device.A.2.B=1\nint:Device.AB=1\nint:Device.A.1.B=7\n");
  const query = (path: string): readonly string[] => queryParamMap(map, path).map(({ name, value }) => `${name}=${value}`);
  expect(query("Device.A.1.B")).toEqual(["Device.A.1.B=7"]);
  expect(query("Device.A.")).toHaveLength(3);
  expect(query("Device.A")).toEqual([]);
  expect(query("Device.A.*.B")).toEqual(["Device.A.1.B=7", "Device.A.2.B=1"]);
  expect(query("Device.*B")).toEqual(["Device.AB=1"]);
  expect(query("**B")).toHaveLength(3);
  expect(query("Device.*.1.")).toHaveLength(2);
  expect(query("")).toHaveLength(4);
});
