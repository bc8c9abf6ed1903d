import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { clone, equals, fromBinary, toJson } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { MsgSchema } from "../../schema/usp/msg_pb.ts";
import { RecordSchema } from "../../schema/usp/record_pb.ts";
import { decodeRecord, type UspRecord } from "./usp.ts";
import type { WireField, WireMessage } from "./usp-lint.ts";
import { viewUsp } from "./usp-view.ts";
import { encodeMsg, encodeRecord } from "./usp-write.ts";

// Records of programs that we have not written (an agent, two controllers, a script with Google's library) as independent witnesses.

const folder = join(import.meta.dirname, "../../../shared/vectors/usp");
const there = existsSync(folder);
if (!there)
  console.warn("There are no records of other programs in ../shared/vectors/usp: the USP decoder is not held against them.");

interface Vector {
  readonly name: string;
  readonly record: UspRecord;
  readonly described: { readonly origin: string; readonly record: Record<string, unknown>; readonly message?: unknown };
}

/** Names that begin with a version of MQTT are packets, not records. */
const names = there ? readdirSync(folder).filter((name) => name.endsWith(".hex") && !/^mqtt(?:5|311)_/.test(name)) : [];
const vectors: readonly Vector[] = names.map((file) => {
  const name = file.slice(0, -4);
  const octets = Buffer.from(readFileSync(join(folder, file), "utf8").trim(), "hex");
  const described = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Vector["described"];
  return { name, record: decodeRecord(octets, name), described };
});

test.runIf(there)("every record of other programs is read without a fault", () => {
  expect(vectors.length).toBeGreaterThan(140);
  expect(vectors.flatMap(({ name, record }) => record.faults.map((fault) => ({ name, ...fault })))).toEqual([]);
});

test.runIf(there)("each is read as the program that recorded it reads it, and as the library of the generated types does", () => {
  for (const { name, record, described } of vectors) {
    const { message, record: read } = record;
    if (read === undefined) throw new Error(name);
    expect(equals(RecordSchema, read, fromBinary(RecordSchema, record.octets)), name).toBe(true);
    const content = { ...described.record };
    if (described.message !== undefined) content.no_session_context = { payload: described.message };
    // What was sent although it is the default is in our view, and not in the form that JSON has in Protocol Buffers.
    const sent = JSON.parse(viewUsp(record), (_, value: unknown) => (value === false ? undefined : value)) as unknown;
    expect(sent, name).toEqual(content);
    if (message?.msg === undefined) continue;
    expect(toJson(MsgSchema, message.msg, { useProtoFieldName: true }), name).toEqual(described.message);
    expect(equals(MsgSchema, message.msg, fromBinary(MsgSchema, message.octets)), name).toBe(true);
  }
});

test.runIf(there)("the same content gives the same octets, but for two freedoms of Protocol Buffers", () => {
  const differences: Record<string, string[]> = {};
  for (const { name, record, described } of vectors) {
    const [program = ""] = described.origin.split(" ");
    const octets = encodeAgain(record);
    if (octets.equals(record.octets)) continue;
    const freedom = (["sends defaults", "leaves out empty values of maps"] as const).find((one) =>
      rewritten(record, one).equals(record.octets),
    );
    const difference = `${program} ${freedom ?? `differs in ${name}`}`;
    differences[difference] = [...(differences[difference] ?? []), name];
  }
  expect(Object.keys(differences).sort()).toEqual(["obuspa leaves out empty values of maps", "usp-js sends defaults"]);
  expect(Object.values(differences).flat().length).toBeLessThan(vectors.length / 5);
});

function encodeAgain({ record, message }: UspRecord): Buffer {
  if (record === undefined) return Buffer.alloc(0);
  const again = clone(RecordSchema, record);
  if (message?.msg !== undefined && again.recordType.case === "noSessionContext")
    again.recordType.value.payload = new Uint8Array(encodeMsg(message.msg));
  return encodeRecord(again);
}

type Freedom = "sends defaults" | "leaves out empty values of maps";

/** Writes what was read by a hand that uses one of the freedoms: it keeps what was sent, where the library's writes what it must. */
function rewritten({ root, message }: UspRecord, freedom: Freedom): Buffer {
  const write = (read: WireMessage): Buffer => Buffer.concat([...read.fields.values()].flatMap(field));
  const field = ({ shape, values, entries }: WireField): Buffer[] => {
    const pairs = [...entries].map(([key, { value }]) => {
      const bare = freedom === "leaves out empty values of maps" && value === "";
      return Buffer.concat([delimited(1, Buffer.from(key)), ...(bare ? [] : [delimited(2, Buffer.from(String(value)))])]);
    });
    const bodies = values.map(({ value }) => {
      if (shape.name === "payload" && message !== undefined) return write(message.root);
      if (typeof value === "object") return Buffer.isBuffer(value) ? value : write(value);
      return typeof value === "string" ? Buffer.from(value) : Number(value);
    });
    const sent = bodies.filter((body) => freedom === "sends defaults" || (typeof body === "number" ? body !== 0 : true));
    return [...sent, ...pairs].map((body) => {
      if (typeof body !== "number") return delimited(shape.number, body);
      const fixed = Buffer.alloc(4);
      fixed.writeUInt32LE(body);
      return Buffer.concat([varint(shape.number * 8 + shape.wireType), shape.wireType === 5 ? fixed : varint(body)]);
    });
  };
  return write(root);
}

const delimited = (number: number, body: Buffer): Buffer => Buffer.concat([varint(number * 8 + 2), varint(body.length), body]);

function varint(value: number): Buffer {
  return value < 0x80 ? Buffer.of(value) : Buffer.concat([Buffer.of((value % 0x80) + 0x80), varint(Math.floor(value / 0x80))]);
}
