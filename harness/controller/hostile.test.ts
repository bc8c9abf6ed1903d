import mqttPacket from "mqtt-packet";
import { afterEach, expect, test } from "vitest";
import { SessionContextRecord_PayloadSARState as SarState } from "../../schema/usp/record_pb.ts";
import { ScriptedClient } from "../broker/scripted-client.ts";
import { seeded } from "../core/random.ts";
import { encodeMsg, encodeRecord } from "../wire/usp-write.ts";
import { AGENT, Agent, CONTROLLER, type StartedController, started, stopAll } from "./scripted-agent.ts";

afterEach(stopAll);

const FUZZED = 10_000;

/** Fuzzed packets on one connection: a broker that does its duty ends it at the first that it cannot read. */
const PER_CONNECTION = 4;

type Body = NonNullable<Parameters<typeof encodeRecord>[0]["recordType"]>;

const RESPONSE = encodeMsg({
  header: { msgId: "hostile", msgType: 2 },
  body: {
    msgBody: { case: "response", value: { respType: { case: "getResp", value: { reqPathResults: [{ errCode: 7026 }] } } } },
  },
});

const NOTIFY = encodeMsg({
  header: { msgId: "hostile", msgType: 3 },
  body: {
    msgBody: {
      case: "request",
      value: { reqType: { case: "notify", value: { sendResp: true, notification: { case: "onBoardReq", value: {} } } } },
    },
  },
});

const segment = (sequenceId: bigint, state: SarState, payload: Uint8Array): Body => ({
  case: "sessionContext",
  value: { sessionId: 5n, sequenceId, expectedId: 1n, payloadSarState: state, payloadrecSarState: state, payload: [payload] },
});

const BODIES: readonly Body[] = [
  { case: "websocketConnect", value: {} },
  { case: "mqttConnect", value: { version: 1, subscribedTopic: "usp/agents/hostile" } },
  { case: "noSessionContext", value: { payload: RESPONSE } },
  { case: "noSessionContext", value: { payload: NOTIFY } },
  segment(1n, SarState.NONE, NOTIFY),
  segment(2n, SarState.BEGIN, RESPONSE.subarray(0, 5)),
  segment(3n, SarState.COMPLETE, RESPONSE.subarray(5)),
  { case: "disconnect", value: { reasonCode: 7105, reason: "over" } },
];

const RECORDS = BODIES.map((recordType) => encodeRecord({ version: "1.3", toId: CONTROLLER, fromId: AGENT, recordType }));

/** Changes octets as chance has it: other values, some lost, some twice, the rest of another one. */
function fuzzed(corpus: readonly Buffer[], random: () => number): Buffer {
  const below = (most: number): number => Math.floor(random() * most);
  const pick = (): Buffer => corpus[below(corpus.length)] ?? Buffer.alloc(0);
  let octets = Buffer.from(pick());
  for (let change = 0; change <= below(4); change += 1) {
    const at = below(octets.length);
    const [before, after] = [octets.subarray(0, at), octets.subarray(at)];
    const way = below(5);
    if (way === 0) octets = Buffer.concat([before, Buffer.of(below(256)), after.subarray(1)]);
    else if (way === 1) octets = Buffer.concat([before, Buffer.from(Array.from({ length: below(12) }, () => below(256))), after]);
    else if (way === 2) octets = before;
    else if (way === 3) octets = Buffer.concat([before, after.subarray(below(8))]);
    else octets = Buffer.concat([before, pick().subarray(below(16))]);
  }
  return octets;
}

/** Waits until something holds, as long as the test may take. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The controller speaks to an agent as ever. */
async function alive(controller: StartedController, agent: Agent): Promise<void> {
  agent.send({ recordType: { case: "websocketConnect", value: {} } });
  agent.onMessage = ({ msgId }) => agent.getResp(msgId.value ?? "", "alive");
  const reply = await controller.get(["Device.Value"], 0, { within: 5_000 });
  expect([...reply.entries("response/get_resp/req_path_results/resolved_path_results/result_params").values()]).toMatchObject([
    { value: "alive" },
  ]);
}

const fromAgent = ({ recording }: StartedController): number => recording.usp.filter(({ from }) => from === "agent").length;

test("records that end at any octet are kept, and the controller goes on", async () => {
  const controller = await started();
  const agent = await Agent.join(controller);
  await until(() => fromAgent(controller) === 1);
  const cuts = RECORDS.flatMap((record) => Array.from(record, (_, end) => record.subarray(0, end)));
  for (const cut of cuts) agent.socket.send(cut);
  await until(() => fromAgent(controller) === 1 + cuts.length);
  const kept = controller.recording.usp.filter(({ from }) => from === "agent").slice(1);
  expect(kept.every(({ record }, index) => record.octets.equals(cuts[index] ?? Buffer.alloc(0)))).toBe(true);
  await alive(controller, agent);
});

test("ten thousand fuzzed records are kept, and the controller goes on", { timeout: 60_000 }, async () => {
  const controller = await started();
  const agent = await Agent.join(controller);
  await until(() => fromAgent(controller) === 1);
  const random = seeded(4);
  for (let count = 0; count < FUZZED; count += 1) agent.socket.send(fuzzed(RECORDS, random));
  await until(() => fromAgent(controller) === 1 + FUZZED);
  expect(agent.closed).toBeUndefined();
  await controller.settle();
  await alive(controller, agent);
});

type Packet = Parameters<typeof mqttPacket.generate>[0];

const [, , PAYLOAD = Buffer.alloc(0)] = RECORDS;

const PACKETS: readonly Packet[] = [
  { cmd: "publish", topic: `usp/controllers/${CONTROLLER}`, payload: PAYLOAD, qos: 1, messageId: 9, dup: false, retain: false },
  { cmd: "subscribe", messageId: 7, subscriptions: [{ topic: `usp/agents/${AGENT}`, qos: 1 }] },
  { cmd: "unsubscribe", messageId: 8, unsubscriptions: [`usp/agents/${AGENT}`] },
  { cmd: "puback", messageId: 3 },
  { cmd: "pingreq" },
  { cmd: "disconnect" },
];

test.each([
  ["5.0", 5],
  ["3.1.1", 4],
] as const)(
  "ten thousand fuzzed packets of MQTT %s do not end the broker",
  { timeout: 120_000 },
  async (name, protocolVersion) => {
    const controller = await started({ mtps: ["websocket", "mqtt"] });
    const properties = protocolVersion === 5 ? { properties: { requestResponseInformation: true } } : {};
    const connect = {
      cmd: "connect",
      protocolId: "MQTT",
      protocolVersion,
      clientId: "hostile",
      clean: true,
      ...properties,
    } as const;
    const sound = mqttPacket.generate(connect, { protocolVersion });
    const corpus = [sound, ...PACKETS.map((packet) => mqttPacket.generate({ ...packet }, { protocolVersion }))];
    const random = seeded(5);
    for (let count = 0; count < FUZZED; count += PER_CONNECTION) {
      const client = new ScriptedClient(controller.mqtt.url, name);
      // Some begin as they should, others with whatever comes.
      if (random() < 0.8) client.write(sound);
      for (let packet = 0; packet < PER_CONNECTION; packet += 1) client.write(fuzzed(corpus, random));
      client.socket.end();
      await client.gone();
    }
    expect(controller.recording.mqtt.length).toBeGreaterThan(FUZZED / PER_CONNECTION);
    const client = new ScriptedClient(controller.mqtt.url, name);
    await client.connect({ clientId: "sound", ...(protocolVersion === 5 ? {} : { properties: undefined }) });
    expect((await client.subscribe(`usp/agents/${AGENT}`)).type).toBe("SUBACK");
    client.socket.destroy();
    await alive(controller, await Agent.join(controller));
  },
);
