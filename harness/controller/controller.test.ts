import { afterEach, expect, test, vi } from "vitest";
import { defaultPatience } from "../acs/patience.ts";
import { VirtualClock } from "../core/virtual-clock.ts";
import { Recording } from "../trace/recording.ts";
import { AGENT, Agent, CONTROLLER, started, stopAll } from "./scripted-agent.ts";

afterEach(stopAll);

const isNotify = ({ message }: { readonly message: { readonly msgType: string } | undefined }): boolean =>
  message?.msgType === "NOTIFY";

test("a request is answered by the message with its msg_id, whatever else comes", async () => {
  const controller = await started();
  const agent = await Agent.join(controller);
  agent.onMessage = ({ msgId: { value = "" }, msgType }) => {
    if (msgType === "NOTIFY_RESP") return;
    agent.getResp("another", "wrong");
    agent.notify(value, "sub"); // a request of the agent's own may happen to have the same msg_id
    if (msgType === "GET") agent.getResp(value, "right");
    else agent.error(value, 7026);
  };
  const reply = await controller.get(["Device.Value"], 2);
  expect(reply).toMatchObject({ kind: "response", summary: { value: "GET_RESP" }, request: { where: "Record #2 (GET)" } });
  const results = "response/get_resp/req_path_results/resolved_path_results/result_params";
  expect(reply.at(`${results}/Value`)).toMatchObject({
    value: "right",
    where: expect.stringMatching(/^Record #\d+ \(GET_RESP\), octet/),
  });
  expect([...reply.entries(results).keys()]).toEqual(["Value"]);
  const error = await controller.set([{ path: "Device.", params: [{ name: "Value", value: "1", required: true }] }]);
  expect([error.kind, error.summary.value, error.errorCode.value]).toEqual(["error", "Error 7026", "7026"]);
  const asked = agent.heard.filter(({ msgType }) => msgType !== "NOTIFY_RESP");
  expect([
    asked[0]?.at("request/get/max_depth").value,
    asked[1]?.at("request/set/update_objs/param_settings/required").value,
  ]).toEqual(["2", "true"]);
  const { record } = controller.recording.usp.find(({ from }) => from === "controller")?.record ?? {};
  expect(record).toMatchObject({ version: "1.3", toId: AGENT, fromId: CONTROLLER });
});

test("silence, a closed connection and garbage are replies, and an agent that is away is waited for", async () => {
  const controller = await started();
  await expect(controller.get(["Device."])).rejects.toThrow(
    "the agent is not connected to the controller, and does not come within 500 ms",
  );
  const asking = controller.get(["Device."], 0, { within: 100 });
  const agent = await Agent.join(controller);
  expect(await asking).toMatchObject({ kind: "silence", summary: { value: "nothing within 100 ms" } });
  agent.onMessage = () => agent.socket.send(Buffer.from("garbage"));
  expect(await controller.get(["Device."])).toMatchObject({ kind: "garbage", message: undefined });
  agent.onMessage = () => agent.socket.terminate();
  const closed = await controller.delete(["Device.A.1."]);
  expect([closed.kind, closed.summary.value, closed.at("response/get_resp").value]).toEqual([
    "closed",
    "connection closed",
    undefined,
  ]);
  const again = controller.get(["Device."]);
  const other = await Agent.join(controller, { query: "", announces: false });
  other.onMessage = ({ msgId }) => other.getResp(msgId.value ?? "", "back");
  other.send({ recordType: { case: "websocketConnect", value: {} } });
  expect((await again).kind).toBe("response");
});

test("a half-open connection makes way for the new one", async () => {
  const controller = await started();
  const dead = await Agent.join(controller);
  await controller.ready();
  dead.socket.pause();
  const agent = await Agent.join(controller);
  agent.onMessage = ({ msgId }) => agent.getResp(msgId.value ?? "", "new");
  await vi.waitFor(() => expect(controller.websocket.connections.length).toBe(2));
  expect((await controller.get(["Device."])).kind).toBe("response");
  await controller.settle();
  await vi.waitFor(() => expect(controller.websocket.connections.length).toBe(1));
});

test("what the agent asks by itself is kept, answered once it wants an answer, and told from its repetitions", async () => {
  const controller = await started();
  const agent = await Agent.join(controller);
  agent.notify("n1", "boot");
  agent.notify("n1", "boot");
  agent.notify("n2", "other", false);
  await vi.waitFor(() =>
    expect(agent.heard.map(({ msgId, msgType }) => `${msgId.value} ${msgType}`)).toEqual(Array(2).fill("n1 NOTIFY_RESP")),
  );
  expect(agent.heard[0]?.at("response/notify_resp/subscription_id").value).toBe("boot");
  expect((await controller.notify("boot", 100))?.msgId.value).toBe("n1");
  expect(await controller.notify("boot", 20)).toBeUndefined();
  expect((await controller.next(isNotify, 10))?.where).toMatch(/^Record #\d+ \(NOTIFY\)$/);
  expect((await controller.silence(50, isNotify))?.record.message?.msgId.value).toBe("n2");
  controller.answersNotify = () => false;
  const waiting = controller.notify((notify) => notify.at("request/notify/event/event_name").value === "Boot!", 300);
  agent.notify("n3", "boot");
  const notify = await waiting;
  expect([notify?.msgId.value, agent.heard.length]).toEqual(["n3", 2]);
  if (notify !== undefined) await controller.notifyResponse(notify);
  await vi.waitFor(() => expect(agent.heard.at(-1)?.msgId.value).toBe("n3"));
  agent.notify("n4", "boot", false);
  await vi.waitFor(() => expect(controller.recording.usp.at(-1)?.record.message?.msgId.value).toBe("n4"));
  await controller.settle();
  expect(await controller.silence(20, isNotify)).toBeUndefined();
});

test("records are sent whole, in fragments, with other fields, or as any octets", async () => {
  const controller = await started();
  const agent = await Agent.join(controller);
  agent.onMessage = ({ msgId }) => agent.getResp(msgId.value ?? "", "1");
  const framing = { fragments: [1, 7], between: [{ opcode: 9 }] };
  expect((await controller.get(["Device."], 0, { framing, record: { toId: "self::nobody" } })).kind).toBe("response");
  const sent = controller.recording.frames.filter(({ from }) => from === "controller").map(({ frame }) => frame);
  expect(sent.slice(0, 3).map(({ opcode, fin, length }) => [opcode, fin, length])).toEqual([
    [2, false, 1],
    [9, true, 0],
    [0, false, 7],
  ]);
  expect(controller.recording.usp.find(({ from }) => from === "controller")?.record.at("to_id").value).toBe("self::nobody");
  const bytes: Buffer[] = [];
  agent.socket.on("message", (data: Buffer) => bytes.push(data));
  const log = await controller.send(Buffer.from([1, 2, 3]));
  await vi.waitFor(() => expect(bytes).toEqual([Buffer.from([1, 2, 3])]));
  expect([log.from, log.where, await controller.reply(log, "none", 20)]).toMatchObject([
    "controller",
    "Record #4 (nothing)",
    { kind: "silence" },
  ]);
});

test("by virtual time nothing takes longer than it has to", async () => {
  const clock = new VirtualClock();
  const context = { clock: clock.harness, recording: new Recording(), patience: defaultPatience };
  const controller = await started({ context });
  const began = clock.harness.now();
  await expect(controller.get(["Device."])).rejects.toThrow("within 120 s");
  expect(clock.harness.now() - began).toBe(120_000);
  expect(await controller.websocket.attempt(3_600_000)).toBeUndefined();
  expect(await controller.silence(1_000, () => true)).toBeUndefined();
});
