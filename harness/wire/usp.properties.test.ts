import { create, type DescField, type DescMessage, equals, fromBinary, type MessageShape, ScalarType } from "@bufbuild/protobuf";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Header_MsgType, MsgSchema } from "../../schema/usp/msg_pb.ts";
import { type Record, RecordSchema } from "../../schema/usp/record_pb.ts";
import { decodeRecord, type UspRecord } from "./usp.ts";
import { secretsIn, viewUsp } from "./usp-view.ts";
import { encodeMsg, encodeRecord } from "./usp-write.ts";

/** Texts of a few alphabets: of one to four octets a character, and names that mean something somewhere. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "Z", "0", ".", "{", "\u0000", "é", "€", "😀"), maxLength: 8 }),
  fc.constantFrom("Device.LocalAgent.", "Password", "toString", "1"),
);

const numbers = fc.nat({ max: 0xffffffff });
const scalars = new Map<ScalarType, fc.Arbitrary<unknown>>([
  [ScalarType.STRING, text],
  [ScalarType.BYTES, fc.uint8Array({ maxLength: 8 })],
  [ScalarType.BOOL, fc.boolean()],
  [ScalarType.UINT64, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })],
]);
const scalar = (type: ScalarType | undefined): fc.Arbitrary<unknown> => scalars.get(type ?? ScalarType.STRING) ?? numbers;

function fieldContent(field: DescField): fc.Arbitrary<unknown> {
  switch (field.fieldKind) {
    case "map":
      return fc.array(fc.tuple(text, text), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
    case "list":
      return fc.array(field.message === undefined ? scalar(field.scalar) : content(field.message), {
        maxLength: 2,
      });
    case "message":
      return content(field.message);
    case "enum":
      return fc.constantFrom(...field.enum.values.map(({ number }) => number));
    case "scalar":
      return scalar(field.scalar);
  }
}

/** Plain values from which `create` makes any message of the schema, each oneof with a member. */
function content(schema: DescMessage): fc.Arbitrary<object> {
  const members = schema.members.map((member): [string, fc.Arbitrary<unknown>] => {
    if (member.kind === "field") return [member.localName, fieldContent(member)];
    const choices = member.fields.map((field) => fieldContent(field).map((value) => ({ case: field.localName, value })));
    return [member.localName, fc.oneof(...choices)];
  });
  return fc.record(Object.fromEntries(members));
}

const messages = content(MsgSchema).map((made) => create(MsgSchema, made));
const carrying = (payload: Buffer): Buffer =>
  encodeRecord({
    version: "1.4",
    toId: "self::a",
    fromId: "os::b",
    recordType: { case: "noSessionContext", value: { payload } },
  });
/** Records of any content, and records with a message in them. */
const records = fc.oneof(
  content(RecordSchema).map((made) => encodeRecord(create(RecordSchema, made))),
  messages.map((msg) => carrying(encodeMsg(msg))),
);

/** What the library makes of the octets; nothing when it refuses them. */
function library(octets: Buffer): Record | undefined {
  try {
    return fromBinary(RecordSchema, octets);
  } catch {
    return undefined;
  }
}

/** Everything that one can ask of a record, asked; and what the library reads in octets without a fault must be what we read. */
function holds(octets: Buffer): UspRecord {
  const record = decodeRecord(octets, "it");
  viewUsp(record);
  secretsIn(record);
  record.at("session_context/payload");
  record.message?.all("response/get_resp/req_path_results/resolved_path_results/result_params");
  for (const { offset } of record.faults) expect(offset).toBeLessThanOrEqual(octets.length);
  if (record.faults.length > 0) return record;
  const read = library(octets);
  if (read === undefined || record.record === undefined) throw new Error("no fault, and the library refuses it");
  expect(equals(RecordSchema, record.record, read)).toBe(true);
  return record;
}

test("what is encoded is read without a fault, and as it was", () => {
  fc.assert(
    fc.property(messages, (msg) => {
      const { faults, message } = holds(carrying(encodeMsg(msg)));
      expect(faults).toEqual([]);
      expect(equals(MsgSchema, message?.msg as MessageShape<typeof MsgSchema>, msg)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("any octets give a record and faults", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (octets) => void holds(Buffer.from(octets))),
    { numRuns: 2000 },
  );
});

test("damaged records give a record and faults", () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(records, damage, (sound, changes) => {
      const octets = Buffer.from(sound);
      for (const [at, octet] of changes) if (octets.length > 0) octets[at % octets.length] = octet;
      holds(octets);
    }),
    { numRuns: 1000 },
  );
});

test("a record that is cut anywhere has a fault, and is cut where the fault says", () => {
  fc.assert(
    fc.property(messages, (msg) => {
      const octets = carrying(encodeMsg(msg));
      for (let length = 0; length < octets.length; length += 1) {
        const faults = holds(octets.subarray(0, length)).faults.map(({ kind }) => kind);
        // Between two fields nothing is cut, but there is no content yet.
        expect([["truncated"], ["no-oneof-member"]]).toContainEqual(faults);
      }
    }),
    { numRuns: 20 },
  );
});

test("a message that is cut anywhere is read up to there", () => {
  const resultParams = { Enable: "true", EndpointID: "os::b", Alias: "" };
  const resolvedPathResults = [{ resolvedPath: "Device.LocalAgent.", resultParams }];
  const reqPathResults = [{ requestedPath: "Device.", resolvedPathResults }];
  const octets = encodeMsg({
    header: { msgId: "1", msgType: Header_MsgType.GET_RESP },
    body: { msgBody: { case: "response", value: { respType: { case: "getResp", value: { reqPathResults } } } } },
  });
  const path = "response/get_resp/req_path_results/resolved_path_results/result_params";
  const counts = [...octets.keys()].map((length) => {
    const { faults, message } = holds(carrying(octets.subarray(0, length)));
    // Cut in front of the body, it is a message with a header alone.
    if (faults.length === 0) expect([0, 7]).toContain(length);
    return message?.entries(path).size ?? 0;
  });
  expect([...new Set(counts)]).toEqual([0, 1, 2]);
});
