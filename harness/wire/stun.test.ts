import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeStun } from "./stun.ts";
import { ATTRIBUTE_TYPE, MESSAGE_TYPE, type StunName } from "./stun-names.ts";
import { addressAttribute, attribute, encodeStun, errorCodeAttribute, padded } from "./stun-write.ts";

const octets = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ""), "hex");
const where = (what: string): string => `datagram #1 (${what})`;

test("a Binding Request of TR-111 is read with its places", () => {
  const message = decodeStun(
    octets(
      `
      0001 0028                          Binding Request, 40 octets
      00112233445566778899aabbccddeeff   transaction id
      c001 0014                          CONNECTION-REQUEST-BINDING
      64736c666f72756d2e6f72672f54522d31313120
      c002 0000                          BINDING-CHANGE
      0006 0008 6173736179202020         USERNAME "assay   "
    `.replace(/^(\s*(?:[0-9a-f]{4,} ?)+).*$/gm, "$1"),
    ),
    where,
  );
  expect(message).toMatchObject({ name: "BindingRequest", where: "datagram #1 (BindingRequest)", problems: [] });
  expect(message.transactionId).toBe("00112233445566778899aabbccddeeff");
  expect(message.at("CONNECTION-REQUEST-BINDING")).toEqual({
    value: "dslforum.org/TR-111 ",
    where: "datagram #1 (BindingRequest), octet 20",
  });
  expect(message.at("BINDING-CHANGE").value).toBe("");
  expect(message.at("USERNAME").value).toBe("assay   ");
  expect(message.at("RESPONSE-ADDRESS").value).toBeUndefined();
  expect(message.integrity("secret")).toBe("absent");
});

test("addresses and error codes are told in words", () => {
  const response = encodeStun({
    name: "BindingErrorResponse",
    transactionId: Buffer.alloc(16),
    attributes: [
      errorCodeAttribute(401, "Unauthorized"),
      addressAttribute("MAPPED-ADDRESS", { address: "198.51.100.7", port: 40001 }),
    ],
  });
  const message = decodeStun(response, where);
  expect(message.at("ERROR-CODE").value).toBe("401 Unauthorized");
  expect(message.at("MAPPED-ADDRESS").value).toBe("198.51.100.7:40001");
  expect(message.address("MAPPED-ADDRESS")).toEqual({ address: "198.51.100.7", port: 40001 });
});

test("MESSAGE-INTEGRITY covers the message before it, with its length, filled up to 64 octets (RFC 3489 11.2.8)", () => {
  const transactionId = Buffer.alloc(16, 7);
  const message = encodeStun({
    name: "BindingRequest",
    transactionId,
    attributes: [attribute("USERNAME", padded("abcd"))],
    key: "k",
  });
  // 0001, length 32 (USERNAME 8, MESSAGE-INTEGRITY 24), id, USERNAME: 28 octets, and 36 zeros.
  const before = Buffer.concat([octets("0001 0020"), transactionId, octets("0006 0004 61626364"), Buffer.alloc(36)]);
  expect(message.subarray(-20)).toEqual(createHmac("sha1", "k").update(before).digest());
  expect(decodeStun(message, where).integrity("k")).toBe("valid");
  expect(decodeStun(message, where).integrity("K")).toBe("invalid");
  const unpadded = createHmac("sha1", "k").update(before.subarray(0, 28)).digest();
  expect(decodeStun(Buffer.concat([message.subarray(0, -20), unpadded]), where).integrity("k")).toBe("not padded");
});

test.each([
  ["nothing", "", [["truncated", 0, "11.1"]]],
  ["half a header", "0001 0000 0011", [["truncated", 6, "11.1"]]],
  ["a type that is none", `0003 0000 ${"00".repeat(16)}`, [["value", 0, "11.1"]]],
  ["more octets than it says", `0001 0000 ${"00".repeat(16)} 00`, [["trailing", 20, "11.1"]]],
  ["fewer octets than it says", `0001 0004 ${"00".repeat(16)}`, [["truncated", 2, "11.1"]]],
  ["half an attribute", `0001 0002 ${"00".repeat(16)} 0006`, [["truncated", 20, "11.2"]]],
  ["an attribute that runs out", `0001 0004 ${"00".repeat(16)} 0006 0004`, [["truncated", 20, "11.2"]]],
  ["an address of IPv6", `0001 000c ${"00".repeat(16)} 0002 0008 0002 0001 01020304`, [["value", 20, "11.2.2"]]],
  ["a short address", `0001 0008 ${"00".repeat(16)} 0002 0004 0001 0001`, [["length", 20, "11.2.2"]]],
  ["a user name that is not aligned", `0001 0007 ${"00".repeat(16)} 0006 0003 616263`, [["length", 20, "11.2.6"]]],
  ["flags beyond two", `0001 0008 ${"00".repeat(16)} 0003 0004 00000008`, [["value", 20, "11.2.4"]]],
  ["an error of class 7", `0111 0008 ${"00".repeat(16)} 0009 0004 00000700`, [["value", 20, "11.2.9"]]],
  [
    "something behind MESSAGE-INTEGRITY",
    `0001 001c ${"00".repeat(16)} 0008 0014 ${"00".repeat(20)} c002 0000`,
    [["trailing", 20, "11.2.8"]],
  ],
])("%s is a problem", (_, message, problems) => {
  const found = decodeStun(octets(message), where).problems.map(({ kind, offset, clause }) => [kind, offset, clause]);
  expect(found).toEqual(problems.map(([kind, offset, clause]) => [kind, offset, `RFC-3489:${clause}`]));
});

const names = Object.keys(MESSAGE_TYPE) as StunName[];
const types = fc.oneof(fc.constantFrom(...Object.values(ATTRIBUTE_TYPE)), fc.nat(0xffff));
const bytes = (most: number): fc.Arbitrary<Buffer> => fc.uint8Array({ maxLength: most }).map((list) => Buffer.from(list));

test("what is written is read again", () => {
  const message = fc.record({
    name: fc.constantFrom(...names),
    transactionId: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((list) => Buffer.from(list)),
    attributes: fc.array(fc.record({ type: types, value: bytes(40) }), { maxLength: 6 }),
  });
  fc.assert(
    fc.property(message, fc.string({ minLength: 1 }), (written, key) => {
      const read = decodeStun(encodeStun(written), where);
      expect(read.name).toBe(written.name);
      expect(read.transactionId).toBe(written.transactionId.toString("hex"));
      expect(read.attributes.map(({ type, value }) => ({ type, value }))).toEqual(written.attributes);
      const own = written.attributes.some(({ type }) => type === ATTRIBUTE_TYPE["MESSAGE-INTEGRITY"]);
      const signed = decodeStun(encodeStun({ ...written, key }), where);
      expect(own || signed.integrity(key) === "valid").toBe(true);
      expect(own || signed.integrity(`${key}x`) === "invalid").toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("any octets are read, and each message that differs in length has a problem", () => {
  const buffer = fc.oneof(
    bytes(80),
    fc.tuple(fc.constantFrom(1, 0x101, 0x111), bytes(60)).map(([type, rest]) => {
      const head = Buffer.from([type >> 8, type & 0xff, 0, Math.max(0, rest.length - 16)]);
      return Buffer.concat([head, rest]);
    }),
  );
  fc.assert(
    fc.property(buffer, (content) => {
      const message = decodeStun(content, where);
      for (const { offset } of message.problems) if (offset < 0 || offset > content.length) throw new Error(`octet ${offset}`);
      for (const { name } of message.attributes) message.at(name as "USERNAME");
      message.integrity("key");
      const whole = 20 + message.attributes.reduce((sum, { value }) => sum + 4 + value.length, 0) === content.length;
      return whole || message.problems.length > 0;
    }),
    { numRuns: 100_000 },
  );
}, 60_000);
