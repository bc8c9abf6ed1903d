import { expect, test } from "vitest";
import { LIMIT, LINES, mapOf, parsing } from "./param-map-speed.ts";

test("a map of 100,000 lines is read in under 300 ms, and the time grows with the size", { timeout: 60_000 }, () => {
  const [half = 0, whole = 0, double = 0] = parsing([LINES / 2, LINES, LINES * 2].map(mapOf));
  expect(whole).toBeLessThan(LIMIT);
  // Over four times the size, linear is 4 and quadratic 16.
  expect(double / half).toBeLessThan(8);
});
