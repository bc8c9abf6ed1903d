import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parseParamMap } from "./param-map.ts";
import { TR369_LINES, tr369Additions, tr369States } from "./tr369-lines.ts";

const kinds = (text: string): readonly string[] => tr369States(parseParamMap(text)).map(({ state }) => state.kind);

test("the 52 lines are those that the vendor prints, in that order", () => {
  const published = readFileSync(resolve(import.meta.dirname, "../vectors/param-map/tr-369.txt"), "utf8");
  expect(TR369_LINES).toHaveLength(52);
  expect(`${TR369_LINES.join("\n")}\n`).toBe(published);
});

test("what an ACS may have written is no difference, what the agent needs is", () => {
  const change = (index: number, from: string, to: string): readonly string[] =>
    kinds(TR369_LINES.map((line, at) => (at === index ? line.replace(from, to) : line)).join("\n"));
  expect(change(0, "", "")).toEqual(TR369_LINES.map(() => "same"));
  expect(change(6, "=", "*=")[6]).toBe("adjusted");
  expect(change(11, "=30", "$=60")[11]).toBe("adjusted");
  expect(change(11, "=30", "=soon")[11]).toBe("differs");
  expect(change(0, "!=", "=")[0]).toBe("differs");
  expect(change(6, "|1}", "|2}")[6]).toBe("differs");
  expect(change(5, "unsignedInt", "int")[5]).toBe("differs");
  expect(change(3, "boolean", "#boolean")[3]).toBe("missing");
});

test("what is missing is added behind the map, below its controller", () => {
  const text = `# mine${TR369_LINES.filter((_, index) => index !== 3 && index !== 51)
    .map((line) => `\r\n${line}`)
    .join("")}`;
  const added = tr369Additions(parseParamMap(text));
  expect(added.split("\r\n")).toEqual([
    "",
    "# TR-369, controller 1 (SRAPS)",
    TR369_LINES[3],
    "# TR-369, controller 2 (customer)",
    TR369_LINES[51],
    "",
  ]);
  expect(kinds(text + added)).toEqual(TR369_LINES.map(() => "same"));
  expect(tr369Additions(parseParamMap(text + added))).toBe("");
  expect(kinds(tr369Additions(parseParamMap("")))).toEqual(TR369_LINES.map(() => "same"));
});
