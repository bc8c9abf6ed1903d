import { expect, test } from "vitest";
import { encodeMqtt } from "../broker/packets.ts";
import type { RanCase } from "../run/result.ts";
import { Recording } from "../trace/recording.ts";
import { decodeMqtt } from "../wire/mqtt.ts";
import { decodeRecord } from "../wire/usp.ts";
import { secretsIn } from "../wire/usp-view.ts";
import { encodeMsg, encodeRecord } from "../wire/usp-write.ts";
import { encodeFrame, OPCODE } from "../wire/websocket.ts";
import { pcapng } from "./pcapng.ts";
import { Redactor } from "./redact.ts";
import { sequenceDiagram } from "./sequence.ts";
import { transcript } from "./transcript.ts";

const ran: RanCase = {
  ...{
    id: "usp.get.a",
    title: "answers",
    area: "get",
    protocol: "usp",
    references: [],
    verdict: "fail",
    durationMs: 1,
    clockMs: 1,
  },
  ...{ evidence: [], notes: [] },
  findings: [
    { requirement: "T:1#a", keyword: "MUST", ok: false, expected: "1", actual: "2", where: "Record #1 (GET_RESP), octet 9" },
  ],
};

const SECRET = "geheimes-wort";

/** A GetResp with a password, as its octets and its frame came. */
function recorded(): Recording {
  const recording = new Recording();
  recording.startCase(ran.id);
  const connection = recording.connection({
    ...{ purpose: "usp", tls: false, openedBy: "phone", openedAt: 5 },
    ...{ harness: { address: "127.0.0.1", port: 1 }, phone: { address: "127.0.0.1", port: 2 } },
  });
  const { number } = connection.record;
  const head = "GET /usp?eid=a HTTP/1.1\r\nHost: h";
  connection.received(5, Buffer.from(`${head}\r\n\r\n`));
  const upgrade = recording.upgrade({ at: 5, connection: number, head, target: "/usp?eid=a", headers: [], eid: "a", faults: [] });
  recording.upgradeAnswered(upgrade, { at: 5, status: 101, headers: [["Upgrade", "websocket"]] });
  const getResp = {
    reqPathResults: [{ resolvedPathResults: [{ resolvedPath: "Device.", resultParams: { Password: SECRET } }] }],
  };
  const body = { msgBody: { case: "response" as const, value: { respType: { case: "getResp" as const, value: getResp } } } };
  const payload = encodeMsg({ header: { msgId: "1", msgType: 2 }, body });
  const octets = encodeRecord({ version: "1.3", fromId: "a", recordType: { case: "noSessionContext", value: { payload } } });
  connection.received(5, encodeFrame({ opcode: OPCODE.binary, payload: octets, mask: Buffer.from([1, 2, 3, 4]) }));
  const whole = { fin: true, rsv: 0, masked: true, faults: [] };
  recording.frame({
    at: 5,
    from: "agent",
    connection: number,
    frame: { ...whole, opcode: 2, length: octets.length, payload: octets },
  });
  recording.uspRecord((count) => {
    const record = decodeRecord(octets, (what) => `Record #${count} (${what})`);
    return { at: 5, from: "agent", mtp: "websocket", connection: number, record, where: record.where };
  });
  const close = { opcode: 8, length: 2, payload: Buffer.from([3, 235]) };
  recording.frame({ at: 5, from: "controller", connection: number, frame: { ...whole, ...close, faults: ["not masked (5.1)"] } });
  return recording;
}

test("records, handshakes and control frames are told in their order, and without secrets", () => {
  const recording = recorded();
  const redactor = new Redactor(recording.usp.flatMap(({ record }) => secretsIn(record)));
  const trace = recording.ofCase(ran.id);
  const text = transcript(ran, trace, 5, redactor);
  expect([...text.matchAll(/^── (.*?) +\((.*?)\) ─/gm)].map(([, heading, where]) => `${heading}: ${where}`)).toEqual([
    "0 ms  phone → controller  GET /usp: WebSocket)  (upgrade #1 (GET /usp)",
    "0 ms  controller → phone  101: upgrade #1 (GET /usp)",
    "0 ms  phone → controller  GET_RESP: Record #1 (GET_RESP)",
    "0 ms  controller → phone  Close 1003: frame #2 (Close)",
  ]);
  expect(text).toContain('"resolved_path": "Device."');
  const diagram = sequenceDiagram(ran, trace, 5, redactor);
  expect(diagram).toMatch(/fill="#b3261e" font-weight="600">GET_RESP \(controller\)</);
  const capture = pcapng(trace, redactor, "");
  for (const evidence of [text, diagram, capture.toString("latin1")]) expect(evidence).not.toContain(SECRET);
  expect(capture.toString("latin1")).toContain(`Password\u0012\u000d${"*".repeat(SECRET.length)}`);
  const untouched = pcapng(trace, new Redactor(), "").toString("latin1");
  expect([untouched.includes(SECRET), untouched.includes("\u0001\u0002\u0003\u0004")]).toEqual([false, true]);
});

test("MQTT packets are told with their properties, and without the password", () => {
  const recording = new Recording();
  recording.startCase(ran.id);
  const connection = recording.connection({
    ...{ purpose: "mqtt", tls: false, openedBy: "phone", openedAt: 5 },
    ...{ harness: { address: "127.0.0.1", port: 1883 }, phone: { address: "127.0.0.1", port: 2 } },
  });
  const packet = (from: "agent" | "broker", written: Parameters<typeof encodeMqtt>[0]): void => {
    const octets = encodeMqtt(written, "5.0");
    const log = { at: 5, from, connection: connection.record.number };
    const side = from === "agent" ? "client" : "server";
    if (from === "agent") connection.received(5, octets);
    recording.mqttPacket((number) => {
      const read = decodeMqtt(octets, { version: "5.0", from: side, where: (type) => `${type} #${number}` });
      return { ...log, packet: read, where: read.where };
    });
  };
  const password = Buffer.from(SECRET);
  packet("agent", {
    ...{ cmd: "connect", clientId: "c", protocolVersion: 5, protocolId: "MQTT", clean: true, keepalive: 60 },
    ...{ username: "u", password, properties: { userProperties: { "usp-endpoint-id": "os::1" } } },
  });
  packet("broker", { cmd: "connack", reasonCode: 0x86, sessionPresent: false });
  packet("broker", { cmd: "puback", messageId: 1, reasonCode: 0 });
  const publish = { cmd: "publish", dup: false, retain: true, payload: "x", properties: { responseTopic: "r" } } as const;
  packet("agent", { ...publish, topic: "usp/controllers/a", qos: 1, messageId: 2 });
  const trace = recording.ofCase(ran.id);
  const redactor = new Redactor([SECRET]);
  const text = transcript(ran, trace, 5, redactor);
  expect([...text.matchAll(/^── (.*?) +\((.*?)\) ─/gm)].map(([, heading, where]) => `${heading}: ${where}`)).toEqual([
    "0 ms  phone → broker  CONNECT: CONNECT #1",
    "0 ms  broker → phone  CONNACK: CONNACK #2",
    "0 ms  phone → broker  PUBLISH usp/controllers/a: PUBLISH #4",
  ]);
  for (const told of [
    "properties/user/usp-endpoint-id: os::1",
    "password: [redacted]",
    "QoS 1, retain",
    "properties/responseTopic: r",
  ])
    expect(text).toContain(told);
  const capture = pcapng(trace, redactor, "").toString("latin1");
  expect([capture.includes(SECRET), capture.includes(`\u0001u\u0000\u000d${"*".repeat(SECRET.length)}`)]).toEqual([false, true]);
});
