import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tr369Requirements } from "./index.ts";

const folder = join(import.meta.dirname, "../../../../shared/specs/tr-369");
const there = existsSync(folder);
if (!there) console.warn("TR-369 is not in ../shared/specs/tr-369: its numbers are not held against the ledger.");

/** Where a requirement is stated: its number in brackets at the beginning of a line, often bold. */
const STATED = /^(?:\*\*)?\[(R-[A-Z\d]+\.\d+[a-z]?)\]\{\}(\.\d)?/gm;

/** Rows of the ledger with a number of TR-369; others have a section and a slug. */
const NUMBERED = /^TR-369:R-/;

/** Bindings whose chapters are not in the folder, and those numbers that the text mentions without stating them any more. */
const ELSEWHERE = /^TR-369:R-(?:COAP|STOMP|UDS)\./;
const REMOVED = ["TR-369:R-MSG.2", "TR-369:R-DEL.1", "TR-369:R-ADD.2"];

test.runIf(there)("the ledger has every numbered requirement, and no number that the text does not have", () => {
  const text = readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  const numbers = new Set([...text.matchAll(STATED)].map(([, number, part = ""]) => `TR-369:${number}${part}`));
  const ids = tr369Requirements.map(({ id }) => id);
  expect(numbers.size).toBeGreaterThan(310);
  expect([...numbers].filter((id) => !ids.includes(id))).toEqual([]);
  const numbered = ids.filter((id) => NUMBERED.test(id));
  expect(numbered.filter((id) => !numbers.has(id) && !ELSEWHERE.test(id) && !REMOVED.includes(id))).toEqual([]);
});

test("the ledger has at least the 353 requirements that were counted in version 1.4", () => {
  const ids = tr369Requirements.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => NUMBERED.test(id)).length).toBeGreaterThanOrEqual(353);
});
