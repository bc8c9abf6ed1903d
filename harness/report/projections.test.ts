import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { type CaseResult, RESULT_SCHEMA, type RunResult, totalsOf } from "../run/result.ts";
import { junit } from "./junit.ts";
import { caseResult, resultJson } from "./result-json.ts";

const base = {
  title: 'answers <&> "it"',
  area: "get",
  protocol: "cwmp",
  references: ["T:1#a"],
  durationMs: 5,
  findings: [],
  evidence: [],
};
const bad = {
  requirement: "T:1#a",
  keyword: "MUST",
  ok: false,
  expected: '"1"',
  actual: "a\u0000b\ud800 ]]>",
  where: "POST #1",
} as const;
const cases: readonly CaseResult[] = [
  { ...base, id: "cwmp.get.pass", verdict: "pass", evidence: ["evidence/cwmp.get.pass/transcript.txt"] },
  { ...base, id: "cwmp.get.fail", verdict: "fail", findings: [bad] },
  {
    ...base,
    id: "cwmp.set.known",
    area: "set",
    verdict: "fail",
    findings: [bad],
    known: [{ requirement: "T:1#a", because: "fixed in 4.3", owner: "ana", until: "2027-01-01" }],
  },
  { ...base, id: "cwmp.get.na", verdict: "not-applicable", reason: 'line 3: claims.upload is "false"' },
  { ...base, id: "cwmp.get.unknown", verdict: "inconclusive", reason: "the phone stopped answering" },
];
const result: RunResult = {
  schema: RESULT_SCHEMA,
  suite: { version: "0.1.0" },
  target: {
    kind: "device",
    address: "192.168.1.20",
    profile: "p.yaml",
    manufacturer: "snom",
    model: "D785",
    softwareVersion: "1",
    serialNumber: "0004",
  },
  seed: 7,
  yardstick: "tr-369",
  startedAt: "2026-11-24T12:00:00.000Z",
  durationMs: 1234,
  totals: totalsOf(cases),
  cases,
};

interface Schema extends Readonly<Record<string, unknown>> {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
}

const schema = JSON.parse(readFileSync(join(import.meta.dirname, "result.schema.json"), "utf8")) as Schema;
const ANNOTATIONS = ["$schema", "$defs", "title", "description"];

/** Checks by the few keywords that the schema uses; any other keyword is an error, so that none is ignored. */
function violations(value: unknown, by: Schema, path: string): string[] {
  const broken = (what: string, is: boolean): string[] => (is ? [`${path}: ${what}`] : []);
  const object =
    typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  const kind = Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value;
  return Object.entries(by).flatMap(([keyword, content]): string[] => {
    if (ANNOTATIONS.includes(keyword)) return [];
    if (keyword === "$ref") return violations(value, schema.$defs?.[String(content).split("/").at(-1) ?? ""] ?? {}, path);
    if (keyword === "type") return broken(`is no ${String(content)}`, kind !== content);
    if (keyword === "const") return broken("differs", value !== content);
    if (keyword === "enum") return broken("is none of the values", by.enum?.includes(value) !== true);
    if (keyword === "minimum") return broken("is too small", Number(value) < Number(content));
    if (keyword === "minLength") return broken("is too short", String(value).length < Number(content));
    if (keyword === "pattern") return broken("does not match", !new RegExp(String(content)).test(String(value)));
    if (keyword === "required")
      return (by.required ?? []).flatMap((name) => broken(`lacks ${name}`, object?.[name] === undefined));
    if (keyword === "additionalProperties")
      return Object.keys(object ?? {}).flatMap((name) => broken(`has ${name}`, by.properties?.[name] === undefined));
    if (keyword === "properties")
      return Object.entries(by.properties ?? {}).flatMap(([name, one]) =>
        object?.[name] === undefined ? [] : violations(object[name], one, `${path}.${name}`),
      );
    if (keyword === "items")
      return Array.isArray(value)
        ? value.flatMap((member, index) => violations(member, by.items ?? {}, `${path}[${index}]`))
        : [];
    if (keyword === "anyOf")
      return broken("fits no alternative", by.anyOf?.every((one) => violations(value, one, path).length > 0) === true);
    throw new Error(`the check does not know the keyword ${keyword}`);
  });
}

test("result.json reads back as it was and obeys its schema, which can be broken", () => {
  const read = JSON.parse(resultJson(result)) as RunResult;
  expect(read).toEqual(result);
  expect(violations(read, schema, "result")).toEqual([]);
  const { reason: _, ...unexplained } = cases[4] as CaseResult;
  expect(violations({ ...read, cases: [unexplained] }, schema, "result")).toEqual(["result.cases[0]: fits no alternative"]);
  expect(violations({ ...read, seed: "7", more: 1 }, schema, "result").toSorted()).toEqual([
    "result.seed: is no integer",
    "result: has more",
  ]);
});

test("a case in result.json has no field beyond the schema's", () => {
  const ran = { ...(cases[0] as CaseResult), clockMs: 3, notes: ["x"] };
  expect(caseResult(ran)).toEqual(cases[0]);
});

interface Tag {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly inside: string[];
}

function parse(xml: string): Tag[] {
  const tags: Tag[] = [];
  const open: Tag[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const tag = { name, attributes: attributes as Record<string, string>, inside: [] };
    open.at(-1)?.inside.push(name);
    open.push(tag);
    tags.push(tag);
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  return tags;
}

test("junit.xml is well-formed whatever was seen, and its counts are those of its elements", () => {
  const tags = parse(junit(result));
  const count = (name: string) => String(tags.filter((tag) => tag.name === name).length);
  const whole = tags.find(({ name }) => name === "testsuites")?.attributes;
  expect(whole).toMatchObject({
    name: "CPE Assay: snom D785",
    tests: "5",
    failures: "1",
    errors: "1",
    skipped: "2",
    time: "1.234",
  });
  expect([count("testcase"), count("failure"), count("error"), count("skipped")]).toEqual(["5", "1", "1", "2"]);
  const skipped = tags.filter(({ name }) => name === "skipped").map(({ attributes }) => attributes.message);
  expect(skipped).toEqual(['line 3: claims.upload is "false"', "known failure: fixed in 4.3"]);
  const suites = tags.filter(({ name }) => name === "testsuite").map(({ attributes: { name, tests } }) => [name, tests]);
  expect(suites).toEqual([
    ["cwmp.get", "4"],
    ["cwmp.set", "1"],
  ]);
  const order = tags.filter(({ name }) => name === "testcase").map(({ inside }) => inside.join());
  expect(order).toEqual(["properties", "properties,failure", "properties,skipped", "properties,error", "properties,skipped"]);
  expect(tags.find(({ name }) => name === "failure")?.attributes.message).toBe("T:1#a: ab\ufffd ]]>");
});
