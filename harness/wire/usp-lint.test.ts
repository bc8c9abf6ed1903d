import { expect, test } from "vitest";
import { MsgSchema } from "../../schema/usp/msg_pb.ts";
import { RecordSchema } from "../../schema/usp/record_pb.ts";
import { decodeMessage, decodeRecord } from "./usp.ts";
import { lintUsp, type WireFault } from "./usp-lint.ts";

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ""), "hex");
const told = (faults: readonly WireFault[]): string[] => faults.map(({ kind, path, offset }) => `${offset} ${path}: ${kind}`);

/** `version` "1", a websocket_connect record: the shortest without a fault. */
const SOUND = "0a 01 31  4a 00";

const RECORDS: readonly [what: string, octets: string, faults: string[]][] = [
  ["nothing wrong", SOUND, []],
  ["no octets", "", ["0 : no-oneof-member"]],
  // Field 1 as varint 5.
  ["a text as integer", `08 05 ${SOUND}`, ["0 version: wire-type"]],
  // Field 4, an enumeration, as two octets of a text.
  ["an enumeration as text", `22 02 31 32 ${SOUND}`, ["0 payload_security: wire-type"]],
  ["a text as group", `0b 08 01 0c ${SOUND}`, ["0 version: wire-type"]],
  ["a text twice", `0a 01 32 ${SOUND}`, ["3 version: repeated"]],
  ["two members", `${SOUND} 6a 00`, ["5 uds_connect: second-oneof-member"]],
  ["a member twice", `${SOUND} 4a 00`, ["5 websocket_connect: repeated"]],
  // Field 14 as varint, 15 as 64 bits, 16 as a group with a group in it.
  ["an unknown integer", `70 01 ${SOUND}`, ["0 field 14: unknown-field"]],
  ["unknown 64 bits", `79 0000000000000000 ${SOUND}`, ["0 field 15: unknown-field"]],
  ["unknown groups", `8301 83 01 84 01 8401 ${SOUND}`, ["0 field 16: unknown-field"]],
  ["an enumeration beyond the schema", `20 02 ${SOUND}`, ["1 payload_security: unknown-enum"]],
  ["a text that is not UTF-8", "0a 02 c3 28 4a 00", ["2 version: utf-8"]],
  ["a surrogate in a text", "0a 03 ed a0 80 4a 00", ["2 version: utf-8"]],
  ["a long tag", "8a 00 01 31 4a 00", ["0 version: non-minimal-varint"]],
  ["a long length", "0a 81 00 31 4a 00", ["1 version: non-minimal-varint"]],
  ["a long integer", `20 80 00 ${SOUND}`, ["1 payload_security: non-minimal-varint"]],
  ["field number 0", `${SOUND} 02 00`, ["5 : tag"]],
  ["wire type 7", `${SOUND} 0f`, ["5 : tag"]],
  ["the end of no group", `${SOUND} 74`, ["5 field 14: tag"]],
  ["groups ending crosswise", `${SOUND} 73 7b 74 7c`, ["5 field 14: tag"]],
  ["an integer of 65 bits", `${SOUND} 20 ff ff ff ff ff ff ff ff ff 02`, ["5 payload_security: varint"]],
  ["an integer without end", `${SOUND} 20 ${"80".repeat(11)}`, ["5 payload_security: varint"]],
  ["a length beyond the end", `${SOUND} 12 05 61`, ["5 to_id: truncated"]],
  ["a length beyond all numbers", `${SOUND} 12 ff ff ff ff ff ff ff ff ff 01`, ["5 to_id: truncated"]],
  ["a tag without value", `${SOUND} 12`, ["5 to_id: truncated"]],
  ["half a tag", `${SOUND} 80`, ["5 : truncated"]],
  ["a group without end", `${SOUND} 73`, ["5 field 14: truncated"]],
  // mqtt_connect (10) of 4 octets, of which 3 are there; the topic (2) in it wants 2.
  ["a message cut short", "0a 01 31 52 04 12 02 61", ["3 mqtt_connect: truncated"]],
  // disconnect (12) with reason_code (2) of 3 octets.
  ["32 bits cut short", "62 04 15 01 02 03", ["2 disconnect/reason_code: truncated"]],
];

test.each(RECORDS)("finds in a record: %s", (_, octets, faults) => {
  expect(told(lintUsp(RecordSchema, hex(octets)))).toEqual(faults);
});

const MESSAGES: readonly [what: string, octets: string, faults: string[]][] = [
  ["a header alone", "0a 05 0a 01 61 10 01", []],
  // msg_type (2) is 23.
  ["a message type beyond the schema", "0a 02 10 17", ["3 header/msg_type: unknown-enum"]],
  ["a negative message type", "0a 0b 10 ff ff ff ff ff ff ff ff ff 01", ["3 header/msg_type: unknown-enum"]],
  ["an empty body", "12 00", ["2 body: no-oneof-member"]],
  // body (2), request (1), get (1), param_paths (1) "a", and "b" as 32 bits.
  ["a member of a list", "12 0c 0a 0a 0a 08 0a 01 61 0d 62 00 00 00", ["9 body/request/get/param_paths: wire-type"]],
  // body, request (1), operate (7), input_args (4): key "a" twice; then an entry with two keys.
  ["a key twice", "12 0e 0a 0c 3a 0a 22 03 0a 01 61 22 03 0a 01 61", ["11 body/request/operate/input_args[2]: repeated"]],
  [
    "an entry with two keys",
    "12 0c 0a 0a 3a 08 22 06 0a 01 61 0a 01 62",
    ["11 body/request/operate/input_args[1]/key: repeated"],
  ],
  // body, request, operate: send_resp (3) is 2.
  ["a boolean of value 2", "12 06 0a 04 3a 02 18 02", ["7 body/request/operate/send_resp: bool"]],
];

test.each(MESSAGES)("finds in a message: %s", (_, octets, faults) => {
  expect(told(lintUsp(MsgSchema, hex(octets)))).toEqual(faults);
});

test("reads on as the rules of Protocol Buffers have it", () => {
  // Wrong wire type for version, then version "2"; from_id (3) twice; wire type 7 at the end.
  const record = decodeRecord(hex("08 05 0a 01 32 1a 01 61 1a 01 62 4a 00 0f"), "it");
  expect(record.kind).toBe("websocket-connect");
  expect(record.record).toMatchObject({ version: "2", fromId: "b" });
  // mqtt_connect with a topic, and mqtt_connect with a version: one message of both.
  const merged = decodeRecord(hex("52 03 12 01 61 52 02 08 01"), "it");
  expect(merged.record?.recordType).toMatchObject({ case: "mqttConnect", value: { subscribedTopic: "a", version: 1 } });
  // Two members: the last one counts.
  expect(decodeRecord(hex("4a 00 6a 00"), "it").record?.recordType.case).toBe("udsConnect");
  // A broken text is read with replacement characters.
  expect(decodeRecord(hex("0a 02 c3 28 4a 00"), "it").at("version").value).toBe("\ufffd(");
  // A key that means something to JavaScript is a key like all others.
  const entry = `0a 09 ${Buffer.from("__proto__").toString("hex")} 12 01 31`;
  const operate = decodeMessage(hex(`12 14 0a 12 3a 10 22 0e ${entry}`), "it");
  expect([...operate.entries("request/operate/input_args")].map(([key, { value }]) => [key, value])).toEqual([
    ["__proto__", "1"],
  ]);
});

test("is not led to take much time or memory", () => {
  const groups = decodeRecord(Buffer.alloc(2_000_000, 0x73), "it");
  expect(told(groups.faults)).toEqual(["0 field 14: truncated"]);
  const faults = lintUsp(RecordSchema, Buffer.alloc(1_000_000, hex("70 01")));
  expect([faults.length, faults.at(-1)?.kind]).toEqual([100, "too-much"]);
  // A session context record of half a million empty payloads.
  const body = Buffer.alloc(1_000_000, hex("3a 00"));
  const payloads = decodeRecord(Buffer.concat([hex("42 c0 84 3d"), body]), "it");
  expect(payloads.faults.map(({ kind }) => kind)).toEqual(["too-much"]);
});
