import { expect, test } from "vitest";
import { Addressees } from "./addressees.ts";
import type { AgentLink } from "./transport.ts";

const link = (number: number, open = true): AgentLink => ({
  mtp: "websocket",
  number,
  eid: "",
  openedAt: number,
  open,
  send: () => Promise.resolve(),
  closed: () => Promise.resolve(undefined),
});

test("a record goes over the connection that the agent has made to its sender", () => {
  const [ours, closed, second] = [link(1), link(2, false), link(3)];
  const all = [ours, closed, second, undefined];
  const addressees = new Addressees();
  // Nobody has been addressed on the present one yet.
  expect(addressees.choose("self::us", second, all)).toBe(second);
  addressees.note(ours, "self::us");
  addressees.note(closed, "self::us");
  addressees.note(second, "self::second");
  expect(addressees.choose("self::us", second, all)).toBe(ours);
  expect(addressees.choose("self::second", second, all)).toBe(second);
  expect(addressees.choose("self::nobody", second, all)).toBe(second);
  addressees.forget(ours);
  expect(addressees.choose("self::us", second, all)).toBe(second);
});
