import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { realClock } from "../clock.ts";
import { type SimulatedPhone, startPhone } from "../phone.ts";
import { FakeController } from "./fake-controller.ts";
import { type Permission, trustSeams } from "./trust-seams.ts";

describe("a target", () => {
  test.each([
    ["Device.", "Device.LocalAgent.UpTime", true],
    ["Device.LocalAgent", "Device.LocalAgent.", true],
    ["Device.LocalAgent", "Device.LocalAgentX.", false],
    ["Device.LocalAgent.Subscription.", "Device.LocalAgent.Subscription.{i}.", true],
    ["Device.LocalAgent.Subscription.*.Enable", "Device.LocalAgent.Subscription.7.Enable", true],
    ["Device.LocalAgent.Subscription.*.Enable", "Device.LocalAgent.Subscription.{i}.Enable", true],
    ["Device.LocalAgent.Subscription.7.", "Device.LocalAgent.Subscription.{i}.", false],
    ["Device.LocalAgent.Subscription.7.", "Device.LocalAgent.Subscription.70.", false],
    ["Device.LocalAgent.Subscription.7.Enable", "Device.LocalAgent.Subscription.7.", false],
    ["Device.Reboot()", "Device.Reboot()", true],
  ])("%s and %s", (target, path, is) => {
    expect(trustSeams.covers(target, path)).toBe(is);
  });
});

test("the permission with the highest Order decides, wherever it stands", () => {
  const rights = { Param: "r---", Obj: "r---", InstantiatedObj: "r---", CommandEvent: "r---" };
  const permissions: readonly Permission[] = [3, 78, 20].map((order) => ({ order, targets: ["Device."], rights }));
  expect(trustSeams.deciding(permissions)?.order).toBe(78);
  expect(trustSeams.deciding([])).toBeUndefined();
});

test("a role that is gained takes the place of the untrusted one, and stands beside others", () => {
  expect(trustSeams.elevated(["Role.2"], ["Role.2"], ["Role.1"])).toEqual(["Role.1"]);
  expect(trustSeams.elevated(["Role.3", "Role.1"], ["Role.2"], ["Role.1"])).toEqual(["Role.3", "Role.1"]);
});

describe("a generic device", () => {
  const ROLE = "Device.LocalAgent.ControllerTrust.Role.1.";
  let controller: FakeController;
  let phone: SimulatedPhone;

  beforeEach(async () => {
    controller = new FakeController();
    const controllerUrl = await controller.listen();
    phone = await startPhone({ clock: realClock, device: "generic", usp: { controllerUrl } });
    await controller.until(() => controller.notifications.at(0));
  });

  afterEach(async () => {
    await phone.stop();
    controller.close();
  });

  const permit = (values: Readonly<Record<string, string>>) => {
    const paramSettings = Object.entries({ Enable: "true", ...values }).map(([param, value]) => ({
      param,
      value,
      required: true,
    }));
    return controller.response({ case: "add", value: { createObjs: [{ objPath: `${ROLE}Permission.`, paramSettings }] } });
  };

  test("gives a permission without Order the highest one, so that it counts", async () => {
    await permit({ Targets: "Device.LocalAgent.UpTime", Obj: "r---", Param: "----" });
    const paramPaths = ["Device.LocalAgent.UpTime", `${ROLE}Permission.2.Order`];
    const response = await controller.response({ case: "get", value: { paramPaths, maxDepth: 0 } });
    const results = response.case === "getResp" ? response.value.reqPathResults : [];
    expect(results.map(({ errCode }) => errCode)).toEqual([7026, 0]);
    expect(results[1]?.resolvedPathResults[0]?.resultParams).toEqual({ Order: "2" });
  });

  test("takes no permission that is spelled in another way", async () => {
    const refused = permit({ Targets: "Device.", Param: "rwx" });
    await expect(refused.then(({ case: kind }) => kind)).rejects.toThrow();
  });
});
