import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { realClock } from "../clock.ts";
import { type SimulatedPhone, startPhone } from "../phone.ts";
import { FakeController } from "./fake-controller.ts";

const SUBSCRIPTIONS = "Device.LocalAgent.Subscription.";

let controller: FakeController;
let phone: SimulatedPhone;

beforeEach(async () => {
  controller = new FakeController();
  const controllerUrl = await controller.listen();
  phone = await startPhone({ clock: realClock, rebootSeconds: 0.05, usp: { controllerUrl } });
  await controller.until(() => controller.notifications.at(0));
});

afterEach(async () => {
  await phone.stop();
  controller.close();
});

const settings = (values: Readonly<Record<string, string>>, required = false) =>
  Object.entries(values).map(([param, value]) => ({ param, value, required }));

const addSubscription = (values: Readonly<Record<string, string>>) =>
  controller.response({
    case: "add",
    value: { createObjs: [{ objPath: SUBSCRIPTIONS, paramSettings: settings({ Enable: "true", ...values }) }] },
  });

describe("Get", () => {
  test("tells of every path by itself, and why one names nothing", async () => {
    const paths = [
      "Device.LocalAgent.EndpointID",
      "Device.LocalAgent.Subscription.*.ID",
      "Device.LocalAgent.Controller.[Enable==false].",
      "Device.LocalAgent.Subscription.2.Recipient+.EndpointID",
      "Device.LocalAgent.Nothing",
      "Device.LocalAgent.Controller.9.",
      "Device.LocalAgent.Subscription.[ID>1].",
      'Device.LocalAgent.Subscription.[ID=="none"].',
    ];
    const response = await controller.response({ case: "get", value: { paramPaths: paths, maxDepth: 1 } });
    const results = response.case === "getResp" ? response.value.reqPathResults : [];
    expect(results.map(({ requestedPath }) => requestedPath)).toEqual(paths);
    expect(results.map(({ errCode }) => errCode)).toEqual([0, 0, 0, 0, 7026, 7026, 7008, 0]);
    expect(results.map(({ resolvedPathResults }) => resolvedPathResults.map(({ resolvedPath }) => resolvedPath))).toEqual([
      ["Device.LocalAgent."],
      ["Device.LocalAgent.Subscription.2."],
      ["Device.LocalAgent.Controller.1."],
      ["Device.LocalAgent.Controller.2."],
      [],
      [],
      [],
      [],
    ]);
  });

  test("reads what the phone's other sides show", async () => {
    await fetch(`http://127.0.0.1:${phone.webPort}/dummy.htm?settings=save&ntp_server=time.example.net`);
    expect(await controller.values("Device.Time.NTPServer1")).toEqual({ "Device.Time.NTPServer1": "time.example.net" });
    expect(Object.keys(await controller.values("Device.")).length).toBeGreaterThan(400);
  });
});

describe("Add, Set and Delete", () => {
  test("gives a new subscription its keys, and its recipient", async () => {
    const response = await addSubscription({ NotifType: "Event" });
    const status = response.case === "addResp" ? response.value.createdObjResults[0]?.operStatus?.operStatus : undefined;
    expect(status?.case === "operSuccess" && status.value).toMatchObject({
      instantiatedPath: `${SUBSCRIPTIONS}3.`,
      uniqueKeys: { Alias: "cpe-3", ID: "cpe-3", Recipient: "Device.LocalAgent.Controller.2" },
    });
  });

  test("leaves nothing of a message that fails", async () => {
    const before = await controller.values("Device.LocalAgent.", "Device.Time.");
    const failed = await controller.error({
      case: "set",
      value: {
        updateObjs: [
          { objPath: "Device.Time.", paramSettings: settings({ NTPServer1: "a.example.com" }, true) },
          { objPath: "Device.LocalAgent.Controller.2.", paramSettings: settings({ EndpointID: "self::other" }, true) },
        ],
      },
    });
    expect(failed).toMatchObject({
      errCode: 7021,
      paramErrs: [{ paramPath: "Device.LocalAgent.Controller.2.EndpointID", errCode: 7013 }],
    });
    const { errCode, paramErrs } = await controller.error({
      case: "add",
      value: {
        createObjs: [
          { objPath: SUBSCRIPTIONS, paramSettings: settings({ ID: "one" }) },
          { objPath: "Device.LocalAgent.Nothing.", paramSettings: [] },
        ],
      },
    });
    expect([errCode, paramErrs.map(({ paramPath }) => paramPath)]).toEqual([7026, ["Device.LocalAgent.Nothing."]]);
    const { "Device.LocalAgent.UpTime": _before, ...kept } = before;
    expect(await controller.values("Device.LocalAgent.", "Device.Time.")).toMatchObject({
      ...kept,
      "Device.Time.CurrentLocalTime": expect.any(String),
    });
  });

  test("lets no two subscriptions have the same keys", async () => {
    await addSubscription({ ID: "twin" });
    const values = settings({ ID: "twin" });
    const { errCode } = await controller.error({
      case: "add",
      value: { createObjs: [{ objPath: SUBSCRIPTIONS, paramSettings: values }] },
    });
    expect(errCode).toBe(7025);
  });

  test("deletes what is there, and is content with what is not", async () => {
    await addSubscription({ ID: "gone" });
    const response = await controller.response({
      case: "delete",
      value: { objPaths: [`${SUBSCRIPTIONS}*.`, `${SUBSCRIPTIONS}99.`] },
    });
    const results = response.case === "deleteResp" ? response.value.deletedObjResults : [];
    const gone = results.map(
      ({ operStatus }) => operStatus?.operStatus.case === "operSuccess" && operStatus.operStatus.value.affectedPaths,
    );
    expect(gone).toEqual([[`${SUBSCRIPTIONS}2.`, `${SUBSCRIPTIONS}3.`], []]);
    expect(await controller.values(SUBSCRIPTIONS)).toEqual({});
    expect((await controller.error({ case: "delete", value: { objPaths: ["Device.LocalAgent.Controller.2."] } })).errCode).toBe(
      7024,
    );
  });
});

describe("notifications", () => {
  test("tell of changes by any hand, of instances and of events", async () => {
    await addSubscription({
      ID: "value",
      NotifRetry: "true",
      ReferenceList: "Device.Time.NTPServer1, Device.LocalAgent.Controller.",
    });
    await addSubscription({ ID: "made", NotifType: "ObjectCreation", ReferenceList: SUBSCRIPTIONS });
    await fetch(`http://127.0.0.1:${phone.webPort}/dummy.htm?settings=save&ntp_server=time.example.net`);
    const change = await controller.until(() =>
      controller.notifications.find(({ subscriptionId }) => subscriptionId === "value"),
    );
    expect(change).toMatchObject({
      sendResp: true,
      notification: { value: { paramPath: "Device.Time.NTPServer1", paramValue: "time.example.net" } },
    });
    await addSubscription({ ID: "third" });
    const made = await controller.until(() => controller.notifications.find(({ subscriptionId }) => subscriptionId === "made"));
    expect(made).toMatchObject({
      sendResp: false,
      notification: { case: "objCreation", value: { objPath: `${SUBSCRIPTIONS}5.`, uniqueKeys: { ID: "third" } } },
    });
  });

  test("tell of a reboot that a controller asked for, and not to subscriptions that do not outlive it", async () => {
    await addSubscription({ ID: "passing", NotifType: "Event", ReferenceList: "Device.Boot!" });
    await controller.response({ case: "operate", value: { command: "Device.Reboot()", commandKey: "key", sendResp: true } });
    await controller.until(() => controller.notifications.at(1));
    await controller.values(SUBSCRIPTIONS);
    expect(
      controller.notifications.map(({ subscriptionId, notification }) => [subscriptionId, notification.value]),
    ).toMatchObject([
      ["boot", { params: { Cause: "LocalReboot", ParameterMap: expect.stringContaining("Device.LocalAgent.EndpointID") } }],
      ["boot", { params: { Cause: "RemoteReboot", CommandKey: "key" } }],
    ]);
  });
});

describe("commands", () => {
  test("that take their time are in the Request table, until they end or are cancelled", async () => {
    await addSubscription({ ID: "done", NotifType: "OperationComplete", ReferenceList: "Device.ScheduleTimer()" });
    const schedule = (commandKey: string, inputArgs: Record<string, string>) =>
      controller.response({
        case: "operate",
        value: { command: "Device.ScheduleTimer()", commandKey, sendResp: true, inputArgs },
      });
    expect(await schedule("bad", {})).toMatchObject({
      value: { operationResults: [{ operationResp: { case: "cmdFailure", value: { errCode: 7027 } } }] },
    });
    expect(await schedule("long", { DelaySeconds: "3600", Unknown: "1" })).toMatchObject({
      value: { operationResults: [{ operationResp: { case: "reqObjPath", value: "Device.LocalAgent.Request.1." } }] },
    });
    expect(await controller.values("Device.LocalAgent.Request.1.CommandKey")).toEqual({
      "Device.LocalAgent.Request.1.CommandKey": "long",
    });
    await controller.response({ case: "operate", value: { command: "Device.LocalAgent.Request.*.Cancel()", sendResp: true } });
    const end = await controller.until(() => controller.notifications.find(({ subscriptionId }) => subscriptionId === "done"));
    expect(end.notification).toMatchObject({
      case: "operComplete",
      value: { commandKey: "long", operationResp: { case: "cmdFailure", value: { errCode: 7023 } } },
    });
    expect(await controller.values("Device.LocalAgent.RequestNumberOfEntries")).toEqual({
      "Device.LocalAgent.RequestNumberOfEntries": "0",
    });
  });
});
