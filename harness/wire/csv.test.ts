import fc from "fast-check";
import { expect, test } from "vitest";
import { type CsvDialect, RFC_4180, readCsv } from "./csv.ts";

const valuesIn = (text: string, dialect?: CsvDialect) =>
  readCsv(Buffer.from(text, "utf8"), dialect).rows.map((row) => row.map(({ value }) => value));
const faultsIn = (text: string, dialect?: CsvDialect) => readCsv(Buffer.from(text, "utf8"), dialect).faults;

test("fields, quotes and line breaks", () => {
  expect(valuesIn('a,b\r\n1,"x,\r\n""y"""\r\n')).toEqual([
    ["a", "b"],
    ["1", 'x,\r\n"y"'],
  ]);
  expect(valuesIn("a,b\r\n1,")).toEqual([
    ["a", "b"],
    ["1", ""],
  ]);
  expect(valuesIn("a;b|1;'x;''|'|", { field: ";", row: "|", quote: "'" })).toEqual([
    ["a", "b"],
    ["1", "x;'|"],
  ]);
});

test("what RFC 4180 does not allow is a fault", () => {
  expect(faultsIn("a,b\r\n1\r\n")).toEqual(["row 2 has 1 fields, the first has 2"]);
  expect(faultsIn('a,b\r\n1,x"y\r\n')).toEqual(["row 2 field 2 has a quote and is not quoted"]);
  expect(faultsIn('a,b\r\n1,"x')).toEqual(["row 2 field 2 is quoted and has no end"]);
  expect(faultsIn('a,b\r\n1,"x"y\r\n')).toEqual(["row 2 field 2 goes on behind its closing quote"]);
  expect(faultsIn("a\nb\r\n")).toEqual(["row 1 field 1 has a line break that separates no rows and is not quoted"]);
});

test("what is quoted where it has to be is read as it was", () => {
  const field = fc.string({ unit: fc.constantFrom(..."ab,\"\r\n;'é") });
  fc.assert(
    fc.property(fc.array(fc.tuple(field, field), { minLength: 1 }), (rows) => {
      const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const text = rows.map((row) => row.map(quoted).join(RFC_4180.field) + RFC_4180.row).join("");
      expect(faultsIn(text)).toEqual([]);
      expect(valuesIn(text)).toEqual(rows);
    }),
  );
});

test("no octets make it throw or hang", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (octets) => {
      readCsv(Buffer.from(octets));
    }),
  );
});
