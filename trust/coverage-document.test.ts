import { expect, test } from "vitest";
import { cases, ledger, tp469Plan } from "../suites/index.ts";
import { coverageDocument } from "./coverage-document.ts";

test("docs/coverage.md is current", async () => {
  await expect(coverageDocument({ cases, ledger, plan: tp469Plan(cases) })).toMatchFileSnapshot("../docs/coverage.md");
});
