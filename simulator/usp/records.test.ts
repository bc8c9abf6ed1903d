import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NoSessionContextRecordSchema } from "../../schema/usp/record_pb.ts";
import { realClock } from "../clock.ts";
import { type SimulatedPhone, startPhone } from "../phone.ts";
import { FakeController, type RequestBody } from "./fake-controller.ts";

const GET: RequestBody = { case: "get", value: { paramPaths: ["Device.LocalAgent.EndpointID"] } };

describe("the agent", () => {
  let controller: FakeController;
  let phone: SimulatedPhone;

  const cases = (): (string | undefined)[] => controller.records.map(({ recordType }) => recordType.case);

  beforeEach(async () => {
    controller = new FakeController();
    const controllerUrl = await controller.listen();
    phone = await startPhone({ clock: realClock, random: () => 0, usp: { controllerUrl, endpointId: "self::100%25" } });
    await controller.until(() => controller.notifications.at(0));
  });

  afterEach(async () => {
    await phone.stop();
    controller.close();
  });

  test("says who it is, and begins with a connect record", () => {
    expect(controller.urls).toEqual(["/usp?eid=self::100%2525"]);
    expect(controller.records[0]).toMatchObject({
      fromId: "self::100%25",
      toId: "self::controller",
      recordType: { case: "websocketConnect" },
    });
  });

  test("passes over records that are not for it or not from its controller", async () => {
    const before = controller.records.length;
    controller.send({ case: "noSessionContext", value: {} });
    controller.sendMessage(
      { header: { msgId: "x" }, body: { msgBody: { case: "request", value: { reqType: GET } } } },
      { toId: "self::x" },
    );
    controller.sendMessage(
      { header: { msgId: "y" }, body: { msgBody: { case: "request", value: { reqType: GET } } } },
      { fromId: "self::x" },
    );
    await controller.response(GET);
    expect(controller.records.length).toBe(before + 1);
  });

  test("answers what it cannot serve by an Error", async () => {
    expect((await controller.error(GET, { payloadSecurity: 1 })).errCode).toBe(7102);
    expect((await controller.error(GET, { version: "" })).errCode).toBe(7104);
    expect((await controller.error({ case: "register", value: {} })).errCode).toBe(7001);
    controller.sendMessage({ header: { msgId: "empty" } });
    await controller.response(GET);
    expect(cases().filter((one) => one === "noSessionContext").length).toBe(6);
  });

  test("refuses a session context, and greets again", async () => {
    const paramSettings = [{ param: "SessionMode", value: "Forbid" }];
    const updateObjs = [{ objPath: "Device.LocalAgent.Controller.2.E2ESession.", paramSettings }];
    await controller.response({ case: "set", value: { updateObjs } });
    controller.send({ case: "sessionContext", value: { sessionId: 5n, sequenceId: 1n, expectedId: 1n } });
    await controller.response(GET);
    expect(cases().slice(-3)).toEqual(["disconnect", "websocketConnect", "noSessionContext"]);
    expect(controller.records.at(-3)?.recordType.value).toMatchObject({ reasonCode: 7106 });
  });

  test("closes a connection with 1003 on which something else comes than records", async () => {
    controller.sendRaw("text");
    await controller.until(() => controller.closed.at(0));
    expect(controller.closed).toEqual([1003]);
  });

  test("discards a record with two members of a oneof", async () => {
    const member = toBinary(NoSessionContextRecordSchema, create(NoSessionContextRecordSchema));
    const octets = new BinaryWriter().tag(7, 2).bytes(member).tag(9, 2).bytes(new Uint8Array()).finish();
    const before = controller.records.length;
    controller.sendRaw(Buffer.from(octets));
    await controller.response(GET);
    expect(controller.records.length).toBe(before + 1);
  });
});

test("the agent runs with all lines of the map only, and for controllers that are switched on", async () => {
  const controller = new FakeController();
  const controllerUrl = await controller.listen();
  const paramMap = "string:Device.DeviceInfo.ManufacturerOUI!=000413\nstring:Device.DeviceInfo.SerialNumber!={mac}\n";
  const bare = await startPhone({ clock: realClock, usp: { controllerUrl }, paramMap });
  const off = await startPhone({ clock: realClock, usp: { controllerUrl }, settings: { tr369_enable2: "false" } });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(controller.urls).toEqual([]);
  await fetch(`http://127.0.0.1:${off.webPort}/dummy.htm?settings=save&tr369_enable2=true`);
  await controller.until(() => controller.records.at(0));
  await fetch(`http://127.0.0.1:${off.webPort}/dummy.htm?settings=save&tr369_enable2=false`);
  await controller.until(() => controller.closed.at(0));
  expect(controller.closed).toEqual([1000]);
  await Promise.all([bare.stop(), off.stop()]);
  controller.close();
});
