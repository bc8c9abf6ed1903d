import { expect, test } from "vitest";
import { LIMIT, overBareMqtt, overBareWebSocket, overUsp } from "./usp-speed.ts";

// Generous limits: they find what makes a Get slow by its nature, such as looking through all that was recorded.
test.each([
  ["websocket", overBareWebSocket],
  ["mqtt", overBareMqtt],
] as const)("a USP Get over %s is not much slower than its octets", { timeout: 60_000 }, async (mtp, bare) => {
  const { rate, trip } = await overUsp(mtp);
  expect((await bare(trip)) / rate).toBeLessThan(LIMIT[mtp]);
});
