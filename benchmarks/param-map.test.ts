import { expect, test } from "vitest";
import { growths, LIMIT, LINES, mapOf, parsing } from "./param-map-speed.ts";

test("a map of 100,000 lines is read in under 300 ms, and the time grows with the size", { timeout: 60_000, retry: 2 }, () => {
  const times = [LINES / 2, LINES, LINES * 2].map((lines) => parsing(mapOf(lines)));
  expect(times[1]).toBeLessThan(LIMIT);
  // Linear is 2; quadratic would be 4.
  for (const growth of growths(times)) expect(growth).toBeLessThan(3);
});
