import { afterEach, expect, test } from "vitest";
import { Header_MsgType } from "../../schema/usp/msg_pb.ts";
import { defaultPatience } from "../acs/patience.ts";
import { AGENT, CONTROLLER, type StartedController, started, stopAll } from "../controller/scripted-agent.ts";
import type { UspControllerOptions } from "../controller/usp-controller.ts";
import { seeded } from "../core/random.ts";
import { VirtualClock } from "../core/virtual-clock.ts";
import { Recording } from "../trace/recording.ts";
import type { MqttPacket, MqttVersion } from "../wire/mqtt.ts";
import { decodeRecord } from "../wire/usp.ts";
import { encodeMsg, encodeRecord } from "../wire/usp-write.ts";
import { ScriptedClient } from "./scripted-client.ts";

const clients: ScriptedClient[] = [];

afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy();
  await stopAll();
});

const startedMqtt = (options: Partial<UspControllerOptions> = {}): Promise<StartedController> =>
  started({ mtps: ["websocket", "mqtt"], ...options });

function clientOf({ mqtt }: StartedController, version: MqttVersion = "5.0"): ScriptedClient {
  const client = new ScriptedClient(mqtt.url, version);
  clients.push(client);
  return client;
}

const codes = ({ fields }: MqttPacket): readonly unknown[] =>
  fields.filter(({ path }) => path === "code").map(({ value }) => value);

const eid = { properties: { requestResponseInformation: true, userProperties: { "usp-endpoint-id": AGENT } } };

/** A record of the agent. */
const record = (recordType: Parameters<typeof encodeRecord>[0]["recordType"]): Buffer =>
  encodeRecord({ version: "1.3", toId: CONTROLLER, fromId: AGENT, ...(recordType === undefined ? {} : { recordType }) });

/** Answers a Get with nothing in it. */
function answerTo(payload: Buffer): Buffer {
  const { message } = decodeRecord(payload, () => "");
  const header = { msgId: message?.msgId.value ?? "", msgType: Header_MsgType.GET_RESP };
  const body = { msgBody: { case: "response", value: { respType: { case: "getResp", value: {} } } } } as const;
  return record({ case: "noSessionContext", value: { payload: encodeMsg({ header, body }) } });
}

test("a 5.0 client is given topics, is spoken to on its Response Topic, and its records arrive", async () => {
  const controller = await startedMqtt();
  const client = clientOf(controller);
  const connack = await client.connect({ clientId: "", ...eid });
  expect([codes(connack), connack.at("properties/user/subscribe-topic").value, connack.faults]).toEqual([
    [0],
    `usp/agents/${AGENT}`,
    [],
  ]);
  expect(connack.at("properties/responseInformation").value).toBe(`usp/agents/${AGENT}`);
  expect(connack.at("properties/assignedClientIdentifier").value).toBe("assay-1");
  expect(codes(await client.subscribe(`usp/agents/${AGENT}`))).toEqual([1]);
  const publish = (payload: Buffer): void =>
    client.send({
      cmd: "publish",
      topic: controller.mqtt.topic,
      payload,
      qos: 1,
      messageId: 9,
      dup: false,
      retain: false,
      properties: { contentType: "usp.msg", responseTopic: `usp/agents/${AGENT}` },
    });
  publish(record({ case: "mqttConnect", value: { version: 1, subscribedTopic: `usp/agents/${AGENT}` } }));
  await client.next("PUBACK");
  const reply = controller.get(["Device."]);
  const request = await client.next("PUBLISH");
  expect(request).toMatchObject({ qos: 1, version: "5.0", faults: [] });
  expect(["topic", "properties/contentType", "properties/responseTopic"].map((path) => request.at(path).value)).toEqual([
    `usp/agents/${AGENT}`,
    "usp.msg",
    `usp/controllers/${CONTROLLER}`,
  ]);
  publish(answerTo(request.buffer("payload")));
  expect(await reply).toMatchObject({ kind: "response", summary: { value: "GET_RESP" }, log: { mtp: "mqtt" } });
  expect(controller.recording.mqtt.map(({ packet, from }) => `${from} ${packet.type}`)).toEqual([
    ...["agent CONNECT", "broker CONNACK", "agent SUBSCRIBE", "broker SUBACK"],
    ...["agent PUBLISH", "broker PUBACK", "broker PUBLISH", "agent PUBLISH", "broker PUBACK"],
  ]);
});

test("a 3.1.1 client is answered where its Topic Name says", async () => {
  const controller = await startedMqtt();
  const client = clientOf(controller, "3.1.1");
  await client.connect({ clientId: AGENT });
  await client.subscribe("own/topic/#", 0);
  const topic = `${controller.mqtt.topic}/reply-to=own%2Ftopic`;
  const connect = record({ case: "mqttConnect", value: { version: 0, subscribedTopic: "own/topic" } });
  client.send({ cmd: "publish", topic, payload: connect, qos: 0, dup: false, retain: false });
  const reply = controller.get(["Device."]);
  const request = await client.next("PUBLISH");
  expect([request.at("topic").value, request.qos]).toEqual([`own/topic/reply-to=usp%2Fcontrollers%2F${CONTROLLER}`, 0]);
  client.send({ cmd: "publish", topic, payload: answerTo(request.buffer("payload")), qos: 0, dup: false, retain: false });
  expect((await reply).kind).toBe("response");
});

test("answers are another one's as long as a case wants it", async () => {
  const controller = await startedMqtt();
  const { mqtt } = controller;
  mqtt.answers = { connack: { code: 0x86 } };
  const refused = clientOf(controller);
  expect(codes(await refused.connect(eid))).toEqual([0x86]);
  await refused.gone();
  mqtt.answers = {
    connack: { serverKeepAlive: 30, maximumQoS: 0, subscribeTopics: ["a", "b"], responseInformation: false },
    suback: (filter) => (filter === "a" ? 0x87 : undefined),
    puback: "never",
  };
  const client = clientOf(controller);
  const connack = await client.connect(eid);
  expect(connack.fields.map(({ path, value }) => `${path}=${String(value)}`)).toEqual([
    ...["acknowledgeFlags=0", "sessionPresent=false", "code=0", "properties/sharedSubscriptionAvailable=0"],
    ...["properties/serverKeepAlive=30", "properties/maximumQoS=0"],
    ...["properties/user/subscribe-topic=a", "properties/user/subscribe-topic=b"],
  ]);
  client.send({ cmd: "subscribe", messageId: 3, subscriptions: ["a", "b"].map((topic) => ({ topic, qos: 1 as const })) });
  const suback = await client.next("SUBACK");
  expect([codes(suback), suback.number("packetId")]).toEqual([[0x87, 0], 3]);
  expect(await mqtt.subscribed(100)).toMatchObject({ subscriptions: new Map([["b", 0]]), given: ["a", "b"] });
  client.send({ cmd: "publish", topic: "x", payload: "", qos: 1, messageId: 9, dup: false, retain: false });
  client.send({ cmd: "pingreq" });
  await client.next("PINGRESP");
  expect(client.heard.map(({ type }) => type)).toEqual([]);
  await mqtt.current?.disconnect(0x8b);
  expect(codes(await client.next("DISCONNECT"))).toEqual([0x8b]);
  await client.gone();
});

test("a broker that is down comes up on the same port, and a probe without an octet is no attempt", async () => {
  const controller = await startedMqtt();
  const { mqtt } = controller;
  const { url } = mqtt;
  const probe = clientOf(controller);
  expect(await mqtt.dialled(100)).toBeTypeOf("number");
  probe.socket.end();
  await probe.gone();
  const client = clientOf(controller);
  await client.connect(eid);
  await mqtt.down("reset");
  await client.gone();
  const vain = clientOf(controller);
  await vain.gone();
  await mqtt.up();
  expect(mqtt.url).toBe(url);
  mqtt.answers = { accept: "hang-up" };
  await clientOf(controller).gone();
  mqtt.answers = {};
  const again = clientOf(controller);
  await again.connect({ ...eid, clientId: "again" });
  expect((await mqtt.attempt(100, ({ packet }) => packet.at("clientId").value === "again"))?.where).toMatch(/^CONNECT #\d+$/);
  again.send({ cmd: "disconnect", reasonCode: 0 });
  await again.gone();
  const closings = controller.recording.mqtt.filter(({ packet }) => packet.type === "DISCONNECT").map(({ from }) => from);
  expect(closings).toEqual(["agent"]);
});

test("what is no MQTT ends the connection and is kept", async () => {
  const controller = await startedMqtt();
  const noise = clientOf(controller);
  noise.write(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
  await noise.gone();
  const endless = clientOf(controller);
  endless.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0x01]));
  await endless.gone();
  expect(controller.recording.garbage.map(({ reason }) => reason)).toEqual([
    "not a CONNECT",
    "a remaining length of more than four octets (1.5.5)",
  ]);
  const broken = clientOf(controller);
  await broken.connect(eid);
  broken.write(Buffer.from([0x00, 0x00]));
  await broken.gone();
});

test("whatever a client sends, the broker goes on, and virtual time does too", async () => {
  const clock = new VirtualClock();
  const recording = new Recording();
  const context = { clock: clock.harness, recording, patience: defaultPatience };
  const controller = await started({ context, mtps: ["mqtt"] });
  const random = seeded(7);
  const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
  for (let round = 0; round < 60; round += 1) {
    const client = new ScriptedClient(controller.mqtt.url);
    clients.push(client);
    clock.phone.watch(client.socket);
    if (round % 2 === 0) await client.connect(eid);
    // Packets of a right length with anything in them, and then anything at all.
    for (let packet = 0; packet < 8; packet += 1) {
      const body = noise(Math.floor(random() * 40));
      client.write(Buffer.concat([Buffer.from([Math.floor(random() * 256), body.length]), body]));
    }
    client.write(noise(50));
    expect(await controller.mqtt.attempt(5)).toSatisfy((connect) => round % 2 === 1 || connect !== undefined);
    client.socket.destroy();
  }
  const client = new ScriptedClient(controller.mqtt.url);
  clients.push(client);
  clock.phone.watch(client.socket);
  expect(codes(await client.connect({ ...eid, clientId: "after" }))).toEqual([0]);
  expect(codes(await client.subscribe("usp/agents/a"))).toEqual([1]);
});

test("QoS 2 is taken once under each packet identifier, also one that an earlier connection has left open", async () => {
  const controller = await startedMqtt();
  const records = (): number => controller.recording.usp.length;
  const publish = (client: ScriptedClient, dup = false): void =>
    client.send({
      ...{ cmd: "publish", topic: controller.mqtt.topic, qos: 2, messageId: 9, dup, retain: false },
      payload: record({ case: "disconnect", value: { reason: "test" } }),
    });
  for (let connection = 1; connection <= 2; connection += 1) {
    const client = clientOf(controller);
    await client.connect(eid);
    publish(client);
    publish(client, true);
    expect([(await client.next("PUBREC")).number("packetId"), (await client.next("PUBREC")).faults]).toEqual([9, []]);
    await expect.poll(records).toBe(connection);
    client.socket.destroy();
    await client.gone();
  }
  const client = clientOf(controller);
  await client.connect(eid);
  for (let round = 3; round <= 4; round += 1) {
    publish(client);
    client.send({ cmd: "pubrel", messageId: 9 });
    expect((await client.next("PUBCOMP")).number("packetId")).toBe(9);
    await expect.poll(records).toBe(round);
  }
});

test("a session that goes on has its subscriptions, and what was published meanwhile", async () => {
  const controller = await startedMqtt();
  const fields = { clientId: "same", properties: { sessionExpiryInterval: 100, userProperties: { "usp-endpoint-id": AGENT } } };
  const before = clientOf(controller);
  await before.connect({ ...fields, clean: true });
  await before.subscribe("own/topic");
  before.send({ cmd: "disconnect", reasonCode: 0 });
  before.socket.end();
  await before.gone();
  await controller.mqtt.publish(Buffer.from("meanwhile"), { topic: "own/topic" });
  const after = clientOf(controller);
  expect((await after.connect({ ...fields, clean: false })).at("sessionPresent").value).toBe("true");
  expect((await after.next("PUBLISH")).buffer("payload").toString()).toBe("meanwhile");
  expect(controller.mqtt.current?.subscriptions).toEqual(new Map([["own/topic", 1]]));
  expect(controller.current?.mtp).toBe("mqtt");
});
