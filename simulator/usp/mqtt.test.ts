import { afterEach, describe, expect, test } from "vitest";
import { realClock } from "../clock.ts";
import { type PhoneOptions, type SimulatedPhone, startPhone } from "../phone.ts";
import { selfSigned } from "../web/certificate.ts";
import { type BrokerManners, FakeBroker } from "./fake-broker.ts";
import { FakeController } from "./fake-controller.ts";

const ID = "self::agent";
const OWN = "usp/endpoints/a";
const OFFERED = "usp/agents/a";

const offering: BrokerManners = {
  connack: () => ({
    properties: {
      assignedClientIdentifier: "given-1",
      responseInformation: OFFERED,
      userProperties: { "subscribe-topic": [OFFERED, "news/#"] },
      serverKeepAlive: 1,
    },
  }),
};

describe("the agent at a broker", () => {
  const open: (() => unknown)[] = [];

  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });

  async function start(
    device: PhoneOptions["device"],
    version: string,
    manners: BrokerManners = {},
    options: Partial<PhoneOptions> = {},
  ): Promise<{ broker: FakeBroker; controller: FakeController; phone: SimulatedPhone }> {
    const broker = new FakeBroker(manners);
    const controller = new FakeController(broker);
    const controllerUrl = `mqtt://me:secret@127.0.0.1:${await broker.listen()}/usp/controllers/c?version=${version}&topic=${OWN}`;
    const usp = { controllerUrl, controllerId: "self::controller", endpointId: ID };
    const phone = await startPhone({
      clock: realClock,
      random: () => 0,
      ...(device === undefined ? {} : { device }),
      usp,
      ...options,
    });
    open.push(
      () => broker.close(),
      () => controller.close(),
      () => phone.stop(),
    );
    return { broker, controller, phone };
  }

  test.each(["snom", "generic"] as const)("introduces itself over 5.0, and answers (%s)", async (device) => {
    const { broker, controller } = await start(device, "5.0", offering);
    const values = await controller
      .until(() => controller.notifications.at(0))
      .then(() => controller.values("Device.LocalAgent.EndpointID", "Device.MQTT.Client.*.ClientID"));
    expect(values["Device.LocalAgent.EndpointID"]).toBe(ID);
    expect(Object.values(values)).toContain("given-1");
    expect(broker.all("connect")[0]).toMatchObject({
      protocolVersion: 5,
      clientId: "",
      username: "me",
      keepalive: 60,
      properties: { requestResponseInformation: true, userProperties: { "usp-endpoint-id": ID } },
    });
    expect(broker.all("connect")[0]?.password?.toString()).toBe("secret");
    expect(broker.all("subscribe")[0]?.subscriptions.map(({ topic }) => topic)).toEqual([OFFERED, "news/#"]);
    expect(controller.records[0]?.recordType).toMatchObject({
      case: "mqttConnect",
      value: { version: 1, subscribedTopic: OFFERED },
    });
    const topics = { topic: "usp/controllers/c", properties: { responseTopic: OFFERED, contentType: "usp.msg" } };
    expect(broker.all("publish").at(-1)).toMatchObject(topics);
  });

  test.each(["snom", "generic"] as const)("puts the reply-to topic into the topic over 3.1.1 (%s)", async (device) => {
    const { broker, controller } = await start(device, "3.1.1");
    await controller.until(() => controller.notifications.at(0));
    expect(broker.all("connect")[0]).toMatchObject({ protocolVersion: 4, clientId: ID });
    expect(broker.all("subscribe")[0]?.subscriptions.map(({ topic }) => topic)).toEqual([`${OWN}/#`]);
    expect(controller.records[0]?.recordType).toMatchObject({ value: { version: 0, subscribedTopic: OWN } });
    controller.address = { topic: `${OWN}/reply-to=usp%2Fcontrollers%2Felsewhere` };
    expect(await controller.values("Device.LocalAgent.EndpointID")).toEqual({ "Device.LocalAgent.EndpointID": ID });
    expect(broker.all("publish").at(-1)?.topic).toBe("usp/controllers/elsewhere/reply-to=usp%2Fendpoints%2Fa");
  });

  test("pings before the time is over that the broker allows", async () => {
    const { broker, controller } = await start("generic", "5.0", offering);
    await controller.until(() => broker.all("pingreq").at(0));
    expect(broker.all("disconnect")).toEqual([]);
  });

  test("leaves a broker that lets it subscribe to nothing, and publishes nothing", async () => {
    const { broker, controller } = await start("generic", "5.0", { ...offering, granted: () => 0x87 });
    await controller.until(() => broker.all("disconnect").at(0));
    expect(broker.all("publish")).toEqual([]);
  });

  test("subscribes to what a controller adds, and unsubscribes from what it disables", async () => {
    const { broker, controller } = await start("generic", "5.0", offering);
    await controller.until(() => controller.notifications.at(0));
    const table = "Device.MQTT.Client.1.Subscription.";
    const setting = (param: string, value: string) => ({ param, value, required: true });
    await controller.response({
      case: "add",
      value: { createObjs: [{ objPath: table, paramSettings: [setting("Enable", "true"), setting("Topic", "later/a")] }] },
    });
    await controller.until(() => broker.all("subscribe").at(1));
    controller.address = { topic: "later/a", responseTopic: "usp/controllers/c" };
    expect(await controller.values(`${table}1.Status`)).toEqual({ [`${table}1.Status`]: "Subscribed" });
    await controller.response({
      case: "set",
      value: { updateObjs: [{ objPath: `${table}1.`, paramSettings: [setting("Enable", "false")] }] },
    });
    await controller.until(() => broker.all("unsubscribe").at(0));
    expect(broker.all("unsubscribe")[0]?.unsubscriptions).toEqual(["later/a"]);
  });

  test("passes over what is no record, and goes on", async () => {
    const { broker, controller } = await start("generic", "5.0", offering);
    await controller.until(() => controller.notifications.at(0));
    controller.sendRaw("no record");
    broker.publish(OFFERED, Buffer.from("x"), { contentType: "text/plain" }, 2);
    expect(await controller.values("Device.LocalAgent.EndpointID")).toEqual({ "Device.LocalAgent.EndpointID": ID });
    expect(broker.all("connect").length).toBe(1);
    expect(broker.all("pubrec").length).toBe(1);
  });

  test("takes its leave when it restarts", async () => {
    const { broker, controller } = await start("generic", "5.0", offering, { rebootSeconds: 0 });
    await controller.until(() => controller.notifications.at(0));
    await controller.response({ case: "operate", value: { command: "Device.Reboot()", sendResp: true } });
    await controller.until(() => broker.all("connect").at(1));
    expect(broker.all("disconnect").length).toBe(1);
    expect(broker.all("connect")[1]?.clientId).toBe("given-1");
    expect(controller.records.some(({ recordType }) => recordType.case === "disconnect")).toBe(true);
  });

  test("speaks over TLS, with a broker that it may believe", async () => {
    const own = await selfSigned("localhost", Date.now());
    const broker = new FakeBroker(offering, own);
    const controller = new FakeController(broker);
    const controllerUrl = `mqtts://localhost:${await broker.listen()}`;
    const phone = await startPhone({ clock: realClock, device: "generic", usp: { controllerUrl }, authorities: own.cert });
    open.push(
      () => broker.close(),
      () => controller.close(),
      () => phone.stop(),
    );
    await controller.until(() => broker.all("connect").at(0));
  });
});
