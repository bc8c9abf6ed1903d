import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decodeRecord } from "../../../harness/wire/usp.ts";
import { encodeMsg, encodeRecord } from "../../../harness/wire/usp-write.ts";
import { Header_MsgType } from "../../../schema/usp/msg_pb.ts";
import { type Ends, recordRules } from "./record-rules.ts";

const ends = { agent: "os::agent", controller: "self::controller" };
const sound = { version: "1.4", toId: ends.controller, fromId: ends.agent };

/** Names of the rules that the octets break. */
function broken(octets: Buffer, between: Ends = ends): string[] {
  const record = decodeRecord(octets, "it");
  return recordRules.filter((rule) => [...rule.judge(record, between)].some(({ ok }) => !ok)).map(({ name }) => name);
}

const header = { msgId: "1", msgType: Header_MsgType.GET_RESP };
const getResp = (resolvedPath: string) => ({
  header,
  body: {
    msgBody: {
      case: "response" as const,
      value: {
        respType: { case: "getResp" as const, value: { reqPathResults: [{ resolvedPathResults: [{ resolvedPath }] }] } },
      },
    },
  },
});
const carrying = (payload: Buffer, more = {}): Buffer =>
  encodeRecord({ ...sound, ...more, recordType: { case: "noSessionContext", value: { payload } } });
const good = encodeMsg(getResp("Device.LocalAgent.MTP.1."));

test("a sound record breaks no rule, and each rule says so", () => {
  expect(broken(carrying(good))).toEqual([]);
  const record = decodeRecord(carrying(good), "it");
  for (const rule of recordRules) expect([...rule.judge(record, ends)].length, rule.name).toBeGreaterThan(0);
  // A field of a newer schema behind it: 14, the integer 1.
  expect(broken(Buffer.concat([carrying(good), Buffer.of(0x70, 1)]))).toEqual([]);
});

test.each<[string, Buffer, string[]]>([
  ["another version", carrying(good, { version: "1" }), ["record.required-fields"]],
  ["ends the wrong way round", carrying(good, { toId: ends.agent, fromId: ends.controller }), ["record.required-fields"]],
  ["no content", encodeRecord(sound), ["record.oneofs"]],
  ["no payload", carrying(Buffer.alloc(0)), ["record.payload"]],
  ["TLS without session", carrying(good, { payloadSecurity: 1 }), ["record.payload-security"]],
  ["octets behind the record", Buffer.concat([carrying(good), Buffer.of(0x0f)]), ["record.schema"]],
  ["octets behind the message", carrying(Buffer.concat([good, Buffer.of(0x0f)])), ["message.schema"]],
  ["two messages", carrying(Buffer.concat([good, good])), ["message.schema", "message.one-header", "message.one-body"]],
  ["no body", carrying(encodeMsg({ header })), ["message.one-body"]],
  ["no Message ID", carrying(encodeMsg({ ...getResp("Device."), header: { msgType: 2 } })), ["message.id"]],
  ["another type", carrying(encodeMsg({ ...getResp("Device."), header: { msgId: "1", msgType: 1 } })), ["message.type"]],
  ["an alias in a path", carrying(encodeMsg(getResp("Device.LocalAgent.MTP.[a]."))), ["message.instance-numbers"]],
])("finds %s", (_, octets, names) => {
  expect(broken(octets)).toEqual(names);
});

const folder = join(import.meta.dirname, "../../../../shared/vectors/usp");
const there = existsSync(folder);
if (!there) console.warn("There are no records of other programs in ../shared/vectors/usp: the rules are not held against them.");

test.runIf(there)("the records of an independent agent break no rule", () => {
  const broke = readdirSync(folder)
    .filter((file) => file.endsWith(".hex") && !/^mqtt(?:5|311)_/.test(file))
    .flatMap((file) => {
      const { direction, origin } = JSON.parse(readFileSync(join(folder, file.replace(".hex", ".json")), "utf8"));
      if (direction !== "agent to controller" || !origin.startsWith("obuspa")) return [];
      const octets = Buffer.from(readFileSync(join(folder, file), "utf8").trim(), "hex");
      const { record } = decodeRecord(octets, file);
      const between = { agent: record?.fromId ?? "", controller: record?.toId ?? "" };
      return [{ file, names: broken(octets, between) }];
    });
  expect(broke.length).toBeGreaterThan(60);
  expect(broke.filter(({ names }) => names.length > 0)).toEqual([]);
});
