import { expect, test } from "vitest";
import { type BulkLayout, readReports } from "./bulk-report.ts";

const read = (text: string, layout: BulkLayout) => {
  const { reports, faults } = readReports(Buffer.from(text, "utf8"), layout, "here");
  const plain = reports.map(({ timestamp, values }) => [
    timestamp.value,
    Object.fromEntries(
      [...values].map(([name, { value, type }]) => [name, type.value === undefined ? value : [value, type.value]]),
    ),
  ]);
  return { plain, faults };
};

// As the examples of TR-369 lay reports out, with other parameters.
test("reports in JSON are read in both formats", () => {
  const tree = '{"Report":[{"CollectionTime":7,"Device":{"A":{"1":{"B":true},"2":{"B":false}}}},{"Device":{}}]}';
  expect(read(tree, { encoding: "JSON", format: "ObjectHierarchy" })).toEqual({
    plain: [
      ["7", { "Device.A.1.B": "true", "Device.A.2.B": "false" }],
      [undefined, {}],
    ],
    faults: [],
  });
  expect(read('{"Report":[{"Device.A.1.B":12}]}', { encoding: "JSON", format: "NameValuePair" })).toEqual({
    plain: [[undefined, { "Device.A.1.B": "12" }]],
    faults: [],
  });
});

test.each([
  ['{"Reports":[]}', "there is no array with the name Report"],
  ['{"Report":{}}', "there is no array with the name Report"],
  ['{"Report":[1]}', "a report is no object (line 1 column 12)"],
  ['{"Report":[{"A":[]}]}', "A is an array (line 1 column 17)"],
  ['{"Report":[{"A":{"B":1}}]}', "A is an object in a report of names and values (line 1 column 17)"],
  ['{"Report":[{"A":1},]}', "no value stands here (line 1 column 20)"],
])("%s: %s", (text, fault) => {
  expect(read(text, { encoding: "JSON", format: "NameValuePair" }).faults).toEqual([fault]);
});

test("reports in CSV are read by columns and by rows", () => {
  const columns: BulkLayout = { encoding: "CSV", format: "ParameterPerColumn" };
  expect(read("ReportTimestamp,A,B\r\n1,x,y\r\n2,z,\r\n", columns)).toEqual({
    plain: [
      ["1", { A: "x", B: "y" }],
      ["2", { A: "z", B: "" }],
    ],
    faults: [],
  });
  const rows: BulkLayout = { encoding: "CSV", format: "ParameterPerRow" };
  const text = "ReportTimestamp,ParameterName,ParameterValue,ParameterType\r\n1,A,x,string\r\n1,B,2,int\r\n3,A,y,string\r\n";
  expect(read(text, rows)).toEqual({
    plain: [
      ["1", { A: ["x", "string"], B: ["2", "int"] }],
      ["3", { A: ["y", "string"] }],
    ],
    faults: [],
  });
});

test("columns that are called otherwise are read by their place", () => {
  const rows: BulkLayout = { encoding: "CSV", format: "ParameterPerRow" };
  expect(read("Name,Value,Type\r\nA,x,string\r\n", rows).plain).toEqual([[undefined, { A: ["x", "string"] }]]);
});
