import type { MqttPacketRecord } from "../trace/mqtt.ts";
import type { Trace } from "../trace/recording.ts";
import type { FrameRecord, UpgradeRecord, UspRecordLog } from "../trace/usp.ts";
import type { MqttField } from "../wire/mqtt.ts";
import { viewUsp } from "../wire/usp-view.ts";
import { closeReason, frameName, isControl, OPCODE } from "../wire/websocket.ts";
import { headOf, type Message } from "./message.ts";

const NOTHING = Buffer.alloc(0);

/** USP records, and what carried them: WebSockets as far as they did more than that, and MQTT packets; in the order in which it happened. */
export function uspHappenings({ usp, upgrades, frames, mqtt }: Trace): readonly Message[] {
  const told = [
    ...upgrades.map((one) => ({ order: one.order, messages: ofUpgrade(one) })),
    ...usp.map((one) => ({ order: one.order, messages: [ofRecord(one)] })),
    ...frames.filter(isWorthTelling).map((one) => ({ order: one.order, messages: [ofFrame(one)] })),
    ...mqtt.filter(isTold).map((one) => ({ order: one.order, messages: [ofPacket(one)] })),
  ];
  return told.toSorted((a, b) => a.order - b.order).flatMap(({ messages }) => messages);
}

const sideOf = (from: "agent" | "controller" | "broker"): Message["from"] => (from === "agent" ? "phone" : "harness");

function ofUpgrade({ at, connection, head, target, faults, answer, where }: UpgradeRecord): Message[] {
  const shared = { kind: "message", connection, role: "controller", where, body: NOTHING, omitted: 0 } as const;
  const asked: Message = {
    ...shared,
    at,
    from: "phone",
    label: `GET ${target.split("?", 1)[0]} (WebSocket)`,
    head: head.replaceAll("\r\n", "\n"),
    mood: faults.length === 0 ? "ordinary" : "refused",
  };
  if (answer === undefined) return [asked];
  const { status, headers } = answer;
  const mood = status === 101 ? "ordinary" : "refused";
  return [
    asked,
    { ...shared, at: answer.at, from: "harness", label: String(status), head: headOf(`HTTP/1.1 ${status}`, headers), mood },
  ];
}

function ofRecord({ at, connection, from, record, where }: UspRecordLog): Message {
  const { message, kind, faults } = record;
  const code = message?.msg?.body?.msgBody.case === "error" ? message.at("error/err_code").value : undefined;
  const name = kind === "none" ? "(no USP record)" : message === undefined ? `(${kind})` : message.msgType;
  return {
    kind: "message",
    at,
    connection,
    from: sideOf(from),
    role: "controller",
    where,
    label: code === undefined ? name : `${name} ${code}`,
    head: "",
    body: Buffer.from(viewUsp(record), "utf8"),
    omitted: 0,
    mood: code !== undefined ? "fault" : faults.length > 0 ? "refused" : "ordinary",
  };
}

/** Control frames; and of the frames that carry records those that are in parts, of another kind, or wrong. */
const isWorthTelling = ({ frame }: FrameRecord): boolean =>
  isControl(frame) || !frame.fin || frame.opcode !== OPCODE.binary || frame.faults.length > 0;

function ofFrame({ at, connection, from, frame, where }: FrameRecord): Message {
  const { code, reason } = closeReason(frame.payload);
  const what = frame.opcode === OPCODE.close && code !== undefined ? `Close ${code} ${reason}`.trim() : frameName(frame);
  const size = isControl(frame) ? "" : ` frame of ${frame.length} octets${frame.fin ? "" : ", to be continued"}`;
  return {
    kind: "message",
    at,
    connection,
    from: sideOf(from),
    role: "controller",
    where,
    label: what + size,
    head: frame.faults.join("\n"),
    body: frame.opcode === OPCODE.close ? NOTHING : frame.payload,
    omitted: 0,
    mood: frame.faults.length > 0 ? "refused" : "ordinary",
  };
}

const ACKNOWLEDGEMENTS: ReadonlySet<string> = new Set(["PUBACK", "PUBREC", "PUBREL", "PUBCOMP"]);

/** All but the acknowledgements of a PUBLISH that only say that it came. */
const isTold = ({ packet }: MqttPacketRecord): boolean =>
  !ACKNOWLEDGEMENTS.has(packet.type) || packet.faults.length > 0 || packet.number("code") >= 0x80;

function ofPacket({ at, connection, from, packet, where }: MqttPacketRecord): Message {
  const { type, version, qos, retain, dup, fields, faults } = packet;
  const flags = [...(qos > 0 ? [`QoS ${qos}`] : []), ...(retain ? ["retain"] : []), ...(dup ? ["DUP"] : [])].join(", ");
  const name = type === "PUBLISH" ? `${type} ${packet.text("topic")}` : type;
  const shown = fields.flatMap(({ path, value }) => (path === "payload" ? [] : `${path}: ${shownValue(path, value)}`));
  return {
    kind: "message",
    at,
    connection,
    from: sideOf(from),
    role: "broker",
    where,
    label: name,
    head: [`MQTT ${version}${flags === "" ? "" : `, ${flags}`}`, ...shown, ...faults.map(({ message }) => message)].join("\n"),
    body: NOTHING,
    omitted: 0,
    mood: faults.length > 0 ? "refused" : packet.number("code") >= 0x80 ? "fault" : "ordinary",
  };
}

/** Passwords are known to whoever reads a report by being there. */
function shownValue(path: string, value: MqttField["value"]): string {
  if (path === "password") return "(not shown)";
  return Buffer.isBuffer(value) ? value.toString("hex") : String(value);
}
