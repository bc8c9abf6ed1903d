import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { isOfType } from "./lint-value.ts";
import { lintParamMap } from "./param-map-lint.ts";

const vectors = resolve(import.meta.dirname, "../vectors/param-map");
const rows = readFileSync(join(vectors, "problems.tsv"), "utf8").trimEnd().split("\n").slice(1);

const found = (input: string | Uint8Array): readonly string[] =>
  lintParamMap(input).map(({ line, column, severity, rule }) => [line, column, severity, rule].join("\t"));

test.each(readdirSync(join(vectors, "broken")).sort())("all that is wrong with %s is found, at its place", (file) => {
  const expected = rows.filter((row) => row.startsWith(`${file}\t`)).map((row) => row.slice(file.length + 1));
  expect(expected.length).toBeGreaterThan(0);
  expect(found(readFileSync(join(vectors, "broken", file)))).toEqual(expected);
});

test("each problem says what is wrong and what to do, in one line", () => {
  for (const file of readdirSync(join(vectors, "broken")))
    for (const { message, remedy } of lintParamMap(readFileSync(join(vectors, "broken", file)))) {
      expect(message).toMatch(/^.{10,}[^.]$/u);
      expect(remedy).toMatch(/^.{5,}$/u);
    }
});

test("every rule is told in the document for authors of maps", () => {
  const document = readFileSync(resolve(import.meta.dirname, "../docs/param-map.md"), "utf8");
  const rules = new Set(rows.map((row) => row.split("\t")[4] ?? ""));
  expect([...rules, "large-file"].filter((rule) => !document.includes(`\`${rule}\``))).toEqual([]);
});

test("there is nothing to say about the vendor's own lines", () => {
  expect(found(readFileSync(join(vectors, "tr-369.txt")))).toEqual([]);
});

test("a whole map of a phone has no errors, and its oddities are warned of", () => {
  const problems = lintParamMap(readFileSync(join(vectors, "phone.txt")));
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const rules = problems.map(({ line, rule }) => `${line} ${rule}`).filter((one) => !one.endsWith("unknown-special"));
  expect(rules).toEqual([
    "51 never-writable",
    "84 never-writable",
    "88 never-writable",
    "117 vendor-prefix",
    "119 never-writable",
    "257 never-writable",
    "313 never-writable",
  ]);
  // Each special value of the simulated phone's own is named once, wherever else it stands.
  const specials = problems.filter(({ rule }) => rule === "unknown-special").map(({ message }) => message.split(" ")[0]);
  expect(specials).toHaveLength(new Set(specials).size);
  expect(specials.every((name) => name?.startsWith("SIM_"))).toBe(true);
});

test("text and octets are judged alike, and half a character is none", () => {
  const text = "string:Device.X_Snom_A=a \n";
  expect(found(text)).toEqual(found(Buffer.from(text)));
  expect(found("string:Device.X_Snom_A=\uD800\n")).toContain("1\t24\terror\tnot-utf-8");
});

test("a file that no web interface takes is warned of", () => {
  expect(found(`string:Device.X_Snom_A=a\n${"# comment\n".repeat(60_000)}`)).toContain("1\t1\twarning\tlarge-file");
});

test("a type's values are those of XML Schema", () => {
  for (const text of ["0", "-1", "+1", "007", "2147483647", "-2147483648"]) expect(isOfType(text, "int")).toBe(true);
  for (const text of ["", " ", "1.0", "0x1", "2147483648", "-2147483649", "1e3"]) expect(isOfType(text, "int")).toBe(false);
  for (const text of ["0", "4294967295"]) expect(isOfType(text, "unsignedInt")).toBe(true);
  for (const text of ["-1", "4294967296"]) expect(isOfType(text, "unsignedInt")).toBe(false);
  for (const text of ["True", "on", "yes", "2", ""]) expect(isOfType(text, "boolean")).toBe(false);
  for (const text of ["0001-01-01T00:00:00Z", "2026-10-05T12:00:00", "2000-02-29T00:00:00.123+02:00"])
    expect(isOfType(text, "dateTime")).toBe(true);
  for (const text of [
    "2026-13-01T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2026-01-01",
    "2026-01-01T24:01:00Z",
    "2026-01-01 00:00:00",
  ])
    expect(isOfType(text, "dateTime")).toBe(false);
});
