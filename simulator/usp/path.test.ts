import { describe, expect, test } from "vitest";
import { readPath } from "./path.ts";
import { pathSeams } from "./path-seams.ts";

describe("a path", () => {
  test.each([
    "Device.",
    "Device.LocalAgent.EndpointID",
    "Device.LocalAgent.Subscription.*.Enable",
    'Device.LocalAgent.Subscription.[Recipient=="Device.LocalAgent.Controller.1"&&ID=="a.b]&&c"].',
    "Device.LocalAgent.Subscription.2.Recipient+.EndpointID",
    "Device.LocalAgent.MTP.[WebSocket.Port>=5683].",
    "Device.LocalAgent.Subscription.[Recipient+.Enable==true].ID",
    "Device.LocalAgent.Subscription.[NotifExpiration > -1].",
    "Device.X.Y.1.List#2+.Name",
    "Device.X.Y.1.List#*+.Name",
    "Device.Reboot()",
    "Device.LocalAgent.Controller.1.Timer!",
  ])("can be %s", (path) => {
    expect(readPath(path)).toBeDefined();
  });

  test.each([
    "",
    ".",
    "Device",
    "LocalAgent.",
    "Device..LocalAgent.",
    "Device.LocalAgent.Subscription.0.",
    "Device.LocalAgent.Subscription.01.",
    "Device.LocalAgent.Subscription.[].",
    "Device.LocalAgent.Subscription.[Enable].",
    "Device.LocalAgent.Subscription.[Enable==true",
    'Device.LocalAgent.Subscription.{ID=="a"}.',
    'Device.LocalAgent.Subscription.[ID=="a"||ID=="b"].',
    "Device.LocalAgent.Controller.[MTP.1.Enable==true].",
    "Device.LocalAgent.Subscription.{i}.",
    "Device.LocalAgent.Subscription.*.1.",
    "Device.Local Agent.",
  ])("cannot be %s", (path) => {
    expect(readPath(path)).toBeUndefined();
  });

  test("is a search only with a wildcard or an expression", () => {
    expect(readPath("Device.LocalAgent.Subscription.1.")?.isSearch).toBe(false);
    expect(readPath("Device.LocalAgent.Subscription.*.")?.isSearch).toBe(true);
    expect(readPath("Device.LocalAgent.Subscription.[Enable==1].")?.isSearch).toBe(true);
  });

  test("has quotes and percent signs in its literals as %22 and %25", () => {
    const step = readPath('Device.X.[Name=="100%25 %22yes%22"].')?.steps.at(-1);
    expect(step?.kind === "expression" && step.components[0]?.constant.text).toBe('100% "yes"');
  });
});

const bare = (text: string) => ({ isQuoted: false, text });
const quoted = (text: string) => ({ isQuoted: true, text });

describe("a component of an expression", () => {
  test("fits the type of its parameter", () => {
    expect(pathSeams.isComparable({ type: "boolean" }, "==", bare("true"))).toBe(true);
    expect(pathSeams.isComparable({ type: "boolean" }, "==", quoted("true"))).toBe(false);
    expect(pathSeams.isComparable({ type: "boolean" }, ">", bare("true"))).toBe(false);
    expect(pathSeams.isComparable({ type: "string" }, "<", quoted("a"))).toBe(false);
    expect(pathSeams.isComparable({ type: "string" }, "~=", quoted("a"))).toBe(false);
    expect(pathSeams.isComparable({ type: "string", isList: true }, "~=", quoted("a"))).toBe(true);
    expect(pathSeams.isComparable({ type: "unsignedInt" }, "<=", bare("10"))).toBe(true);
    expect(pathSeams.isComparable({ type: "dateTime" }, "<", bare("2026-01-01T00:00:00Z"))).toBe(true);
    expect(pathSeams.isComparable({ type: "dateTime" }, "<", bare("0001-01-01T00:00:00Z"))).toBe(false);
  });

  test("compares what texts mean", () => {
    expect(pathSeams.matches("true", { type: "boolean" }, "==", bare("1"))).toBe(true);
    expect(pathSeams.matches("123", { type: "unsignedInt" }, "==", bare("0123"))).toBe(true);
    expect(pathSeams.matches("9", { type: "unsignedInt" }, "<", bare("10"))).toBe(true);
    expect(pathSeams.matches("10", { type: "unsignedInt" }, "<", bare("10"))).toBe(false);
    expect(pathSeams.matches("a, bc", { type: "string", isList: true }, "~=", quoted("bc"))).toBe(true);
    expect(pathSeams.matches("a, bc", { type: "string", isList: true }, "~=", quoted("b"))).toBe(false);
    expect(pathSeams.matches("2026-01-01T01:00:00+01:00", { type: "dateTime" }, "==", bare("2026-01-01T00:00:00Z"))).toBe(true);
  });
});
