import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planTestsOf } from "../../../harness/core/verdict.ts";
import { cases, tp469Plan } from "../../index.ts";

const plan = tp469Plan(cases);
const tests = plan.sections.flatMap(({ name, tests: listed }) => listed.map((one) => ({ ...one, section: name })));
const numbered = new Map(tests.map((one) => [one.number, one]));

/** Sections that this version runs; CoAP is deprecated, STOMP is not spoken. */
const RUN = ["U", "1", "2", "3", "4", "7", "8", "9", "10", "11"];

test("every test of the plan that is in force has a case, or the reason why not", () => {
  const isOpen = ({ section, tag, cases: ids, uncovered }: (typeof tests)[number]): boolean =>
    RUN.includes(section) && (tag === "mandatory" || tag === "conditional") && ids.length === 0 && uncovered === undefined;
  expect(tests.filter(isOpen).map(({ number, title }) => `${number} ${title}`)).toEqual([]);
  expect(tests.filter(({ cases: ids, uncovered }) => ids.length > 0 && uncovered !== undefined)).toEqual([]);
});

test("cases refer to tests of the plan that exist and are in force", () => {
  const wrong = cases.flatMap((one) =>
    planTestsOf(one).flatMap((number) => {
      const { tag } = numbered.get(number) ?? {};
      return tag === "mandatory" || tag === "conditional" ? [] : `${one.id}: ${number} is ${tag ?? "no test"}`;
    }),
  );
  expect(wrong).toEqual([]);
  const misspelt = cases.flatMap(({ id, references = [] }) =>
    references.flatMap((one) => (/TP.?469/.test(one) && !/^TP-469 (?:U\d|\d+\.\d+)$/.test(one) ? `${id}: ${one}` : [])),
  );
  expect(misspelt).toEqual([]);
});

test("what is beyond the plan is a part of what the case proves", () => {
  const wrong = cases.filter(
    ({ proves, beyondPlan = [], ...one }) =>
      beyondPlan.length > 0 &&
      (planTestsOf(one).length === 0 || beyondPlan.length >= proves.length || beyondPlan.some((id) => !proves.includes(id))),
  );
  expect(wrong.map(({ id }) => id)).toEqual([]);
});

test("tests ask for features that the plan has", () => {
  const ids = plan.features.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(tests.flatMap(({ features }) => features.flat()).filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(tests.map(({ number }) => number)).size).toBe(tests.length);
});

const folder = join(import.meta.dirname, "../../../../shared/specs/tp-469");
const there = existsSync(folder);
if (!there) console.warn("TP-469 is not in ../shared/specs/tp-469: its tests are not held against the table.");
const read = (file: string): string => readFileSync(join(folder, file), "utf8");

test.runIf(there)("the table has the tests of the plan, and what the plan says of them", () => {
  const text = readdirSync(folder)
    .filter((file) => /^\d\d-.*\.md$/.test(file))
    .map(read)
    .join("\n");
  const given = text
    .split(/^## (?=\*?\d+\.\d+ )/m)
    .slice(1)
    .map((part) => {
      const [heading = ""] = part.split("\n", 1);
      const number = /\d+\.\d+/.exec(heading)?.[0] ?? "";
      const isMandatory = /### +Functionality Tags?\s+Mandatory\s/.test(part);
      if (/future work/i.test(heading)) return `${number} unfinished`;
      if (/DEPRECATED|DELETED/.test(heading) || /has been DEPRECATED/.test(part)) return `${number} deprecated`;
      return `${number} ${isMandatory ? "mandatory" : "conditional"}`;
    });
  expect(given.length).toBeGreaterThan(200);
  const ours = tests.flatMap(({ section, number, tag }) => (section === "U" ? [] : `${number} ${tag}`));
  expect(ours.toSorted()).toEqual(given.toSorted());
});

/** Where the plan's table of features and its own tests disagree, the test has the last word. */
const EXCEPTIONS = ["4.1 asks for 15", "3.13 asks for 24", "9.5 asks for 26"];

test.runIf(there)("conditional tests ask for the features that the plan's table has for them", () => {
  const rows = [...read("00-introduction.md").matchAll(/^\| (\d+) \| [^|]+\| ([\d., *]+?)\s*\|/gm)];
  expect(rows.length).toBeGreaterThan(30);
  const given = rows.flatMap(([, id, list = ""]) =>
    list
      .split(",")
      .map((number) => number.trim())
      .filter((number) => number !== "" && !number.endsWith("*"))
      .map((number) => `${number} asks for ${id}`),
  );
  const ours = tests.flatMap(({ number, features }) => features.flat().map((id) => `${number} asks for ${id}`));
  expect(given.filter((one) => !ours.includes(one) && !EXCEPTIONS.includes(one))).toEqual([]);
});
