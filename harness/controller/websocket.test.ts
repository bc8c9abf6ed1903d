import { afterEach, expect, test, vi } from "vitest";
import { encodeFrame, OPCODE } from "../wire/websocket.ts";
import { LARGEST_RECORD } from "./framing.ts";
import { AGENT, Agent, CONTROLLER, raw, started, stopAll } from "./scripted-agent.ts";

afterEach(stopAll);

const KEY = "dGhlIHNhbXBsZSBub25jZQ==";
const MASK = Buffer.from([1, 2, 3, 4]);
const upgrade = (...fields: string[]): string =>
  [
    "GET /usp?a=1&eid=os%3A%3Aa%2521 HTTP/1.1",
    "Host: h",
    "Upgrade: websocket",
    "Connection: keep-alive, Upgrade",
    ...fields,
    "",
    "",
  ].join("\r\n");
const whole = upgrade(`Sec-WebSocket-Key: ${KEY}`, "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: mqtt, v1.usp");

test("a handshake is answered with the subprotocol, and with the extension exactly when it is offered", async () => {
  const controller = await started();
  const plain = raw(controller, whole);
  await vi.waitFor(() => expect(plain.text()).toContain("\r\n\r\n"));
  // The key and its answer are those of RFC 6455 1.3.
  expect(plain.text()).toBe(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: v1.usp\r\n\r\n",
  );
  const offering = raw(controller, whole.replace("Host", 'Sec-WebSocket-Extensions: x, bbf-usp-protocol; eid="os::b,c"\r\nHost'));
  await vi.waitFor(() => expect(offering.text()).toContain(`Sec-WebSocket-Extensions: bbf-usp-protocol; eid="${CONTROLLER}"`));
  expect(controller.recording.upgrades).toMatchObject([
    {
      target: "/usp?a=1&eid=os%3A%3Aa%2521",
      eid: "os::a%21",
      faults: [],
      answer: { status: 101 },
      where: "upgrade #1 (GET /usp)",
    },
    { eid: "os::a%21" },
  ]);
});

test("what is no handshake is refused and recorded, and what a case orders is answered", async () => {
  const controller = await started();
  const answers = async (octets: string | Buffer): Promise<string> => {
    const one = raw(controller, octets);
    await new Promise((resolve) => one.socket.once("close", resolve));
    return one.text().split("\r\n", 1)[0] ?? "";
  };
  expect(await answers(upgrade(`Sec-WebSocket-Key: ${KEY}`))).toBe("HTTP/1.1 400 Bad Request");
  expect(await answers(upgrade("Sec-WebSocket-Protocol: v1.usp"))).toBe("HTTP/1.1 400 Bad Request");
  expect(await answers("\x16\x03\x01 no HTTP\r\n\r\n")).toBe("");
  expect(await answers("GET /usp HTTP/1.1\r\nHo")).toBe("");
  expect(await answers("x".repeat(20_000))).toBe("");
  controller.websocket.answers = { status: 503 };
  expect(await answers(whole)).toBe("HTTP/1.1 503 Service Unavailable");
  controller.websocket.answers = { hangUp: true };
  expect(await answers(whole)).toBe("");
  controller.websocket.answers = { never: true };
  const unanswered = answers(whole);
  await vi.waitFor(() => expect(controller.recording.upgrades.length).toBe(5));
  await controller.settle();
  expect(await unanswered).toBe("");
  controller.websocket.answers = { protocol: "other", delay: 5 };
  await expect(Agent.join(controller)).rejects.toThrow(/subprotocol/);
  expect(controller.recording.garbage.map(({ reason }) => reason)).toEqual([
    "not HTTP",
    "not complete 200 ms after its first octet",
    "a head larger than 16 KB",
  ]);
  expect((await controller.websocket.attempt(100))?.answer?.headers).toContainEqual(["Sec-WebSocket-Protocol", "other"]);
  expect(controller.recording.upgrades[0]?.faults).toEqual(["no Sec-WebSocket-Version: 13"]);
  await controller.settle();
  expect(await controller.websocket.attempt(10)).toBeUndefined();
  await Agent.join(controller);
  expect(controller.recording.upgrades.at(-1)?.answer?.status).toBe(101);
});

test("Ping, Pong and Close go both ways, and are recorded", async () => {
  const controller = await started();
  const agent = await Agent.join(controller);
  const connection = await controller.websocket.opened(100);
  expect(await controller.ready()).toBe(true);
  expect((await connection?.ping(Buffer.from("hello")))?.frame.payload.toString()).toBe("hello");
  agent.socket.ping("are you there");
  await vi.waitFor(() => expect(agent.pongs).toEqual(["are you there"]));
  expect(await connection?.close(1003, "why")).toMatchObject({
    code: { value: 1003 },
    by: "harness",
    summary: { value: "Close 1003" },
  });
  await vi.waitFor(() => expect(agent.closed).toBe(1003));
  expect(connection?.frames.map(({ from, frame }) => `${from} ${frame.opcode}`)).toEqual([
    ...["agent 2", "controller 9", "agent 10", "agent 9", "controller 10", "controller 8", "agent 8"],
  ]);
  const second = await Agent.join(controller);
  second.socket.close(4000);
  expect(await controller.websocket.current?.closed(300)).toMatchObject({ code: { value: 4000 } });
  const third = await Agent.join(controller);
  third.socket.terminate();
  const cut = controller.websocket.current;
  expect((await cut?.closed(300))?.summary.value).toBe("connection closed without a Close frame");
  expect([cut?.open, await cut?.ping(), (await cut?.close())?.by]).toEqual([false, undefined, "phone"]);
});

test("illegal frames are borne, told in the recording, and what can be read of them counts", async () => {
  const controller = await started();
  const { socket } = raw(controller, whole);
  const record = Buffer.from("0a03312e33", "hex"); // version "1.3"
  const frames = [
    { opcode: OPCODE.binary, payload: record }, // not masked
    { opcode: OPCODE.text, payload: record, mask: MASK, rsv: 2 },
    { opcode: OPCODE.continuation, payload: record, mask: MASK },
    { opcode: 3, payload: record, mask: MASK },
    { opcode: OPCODE.binary, payload: record.subarray(0, 2), mask: MASK, fin: false },
    { opcode: OPCODE.ping, payload: Buffer.alloc(126), mask: MASK, fin: false },
    { opcode: OPCODE.continuation, payload: record.subarray(2), mask: MASK },
    { opcode: OPCODE.close, payload: Buffer.from([3, 237, 0xff]), mask: MASK }, // 1005, and a reason that is no UTF-8
  ];
  for (const octet of Buffer.concat(frames.map(encodeFrame))) socket.write(Buffer.from([octet]));
  await vi.waitFor(() => expect(controller.recording.frames.at(-1)?.frame.opcode).toBe(OPCODE.close));
  expect(controller.recording.frames.filter(({ from }) => from === "agent").map(({ frame }) => frame.faults)).toEqual([
    ["not masked (5.1)"],
    ["a reserved bit is set (5.2)"],
    ["a continuation of nothing (5.4)"],
    ["opcode 3 is reserved (5.2)"],
    [],
    ["a control frame in fragments (5.4)", "a control frame of more than 125 octets (5.5)"],
    [],
    ["status code 1005, which is never sent (7.4)", "a reason that is not UTF-8 (5.5.1)"],
  ]);
  expect(controller.recording.usp.map(({ record: { octets } }) => octets.toString("hex"))).toEqual(Array(3).fill("0a03312e33"));
});

test("frames of 16 MB, endless fragments and a flood end the connection at most", async () => {
  const controller = await started();
  const large = await Agent.join(controller);
  large.socket.send(Buffer.alloc(2 * LARGEST_RECORD));
  await vi.waitFor(() => expect(large.closed).toBe(1009));
  const fragments = await Agent.join(controller);
  for (let sent = 0; sent < 9; sent += 1) fragments.socket.send(Buffer.alloc(1024 * 1024), { fin: false });
  await vi.waitFor(() => expect(fragments.closed).toBe(1009));
  const flood = await Agent.join(controller);
  for (let sent = 0; sent < 5_000; sent += 1) flood.socket.send(Buffer.from([sent & 0xff, 255, 255]));
  await vi.waitFor(() => expect(controller.recording.usp.length).toBeGreaterThan(5_000));
  flood.onMessage = ({ msgId }) => flood.getResp(msgId.value ?? "", "alive");
  controller.forget();
  expect((await controller.get(["Device.Value"])).kind).toBe("response");
});

test("a stranger is let in and does not take the agent's place", async () => {
  const controller = await started();
  const agent = await Agent.join(controller);
  agent.onMessage = ({ msgId }) => agent.getResp(msgId.value ?? "", "agent");
  const stranger = await Agent.join(controller, { query: "?eid=os::stranger" });
  await vi.waitFor(() => expect(controller.recording.usp.length).toBe(2));
  expect(controller.websocket.connections.length).toBe(1);
  await controller.settle();
  expect([controller.agentId, (await controller.get(["Device.Value"])).kind, stranger.closed]).toEqual([
    AGENT,
    "response",
    undefined,
  ]);
});
