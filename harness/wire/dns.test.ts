import fc from "fast-check";
import { expect, test } from "vitest";
import { seeded } from "../core/random.ts";
import { DNS_TYPE, type DnsRecordToWrite, decodeDns, dnsTypeName, encodeDns, sameName, txtPairs } from "./dns.ts";
import type { DnsDataToWrite } from "./dns-data.ts";
import { nameOctets, readName } from "./dns-name.ts";
import type { OctetProblem } from "./octet-problem.ts";
import { addressOctets, addressText } from "./octets.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const kinds = (problems: readonly OctetProblem[]): readonly string[] => problems.map(({ kind, offset }) => `${kind}@${offset}`);
/** Head of a message with one answer, and no question. */
const answer = "0000 8400 0000 0001 0000 0000";

test("a message with compressed names is read", () => {
  // Answers of multicast DNS: PTR _x._tcp.local -> a._x._tcp.local; SRV and A of it, the last two with the cache-flush bit
  const octets = hex(
    `0000 8400 0000 0001 0000 0002
     02 5f78 04 5f746370 05 6c6f63616c 00  000c 0001 00000078 0004 01 61 c00c
     c025  0021 8001 0000000a 000a 0001 0002 1f90 01 62 c014
     c03b  0001 8001 0000000a 0004 0a000002`.replaceAll("\n", ""),
  );
  const message = decodeDns(octets, (name) => `datagram #3 (${name})`);
  expect([message.problems, message.where]).toEqual([[], "datagram #3 (DNS response of _x._tcp.local PTR)"]);
  expect(message.answers[0]).toMatchObject({ name: "_x._tcp.local", class: 1, cacheFlush: false, ttl: 120, offset: 12 });
  expect(message.answers[0]?.data).toMatchObject({ kind: "PTR", name: "a._x._tcp.local" });
  const [service, host] = message.additionals;
  expect(service).toMatchObject({ name: "a._x._tcp.local", cacheFlush: true, class: 1, rdata: hex("0001 0002 1f90 01 62 c014") });
  expect(service?.data).toMatchObject({ kind: "SRV", priority: 1, weight: 2, port: 8080, target: "b.local" });
  expect([host?.name, host?.data]).toEqual(["b.local", { kind: "A", address: "10.0.0.2" }]);
});

test("a question is read with its flags", () => {
  const questions = [{ name: "example.org", type: DNS_TYPE.AAAA, unicastResponse: true }];
  const message = decodeDns(encodeDns({ id: 7, recursionDesired: true, questions }), "it");
  expect(message).toMatchObject({ id: 7, response: false, recursionDesired: true, truncated: false, rcode: 0, opcode: 0 });
  expect(message.questions).toMatchObject([{ name: "example.org", type: 28, class: 1, unicastResponse: true, offset: 12 }]);
  expect([message.name, dnsTypeName(65), message.problems]).toEqual(["DNS query for example.org AAAA", "TYPE65", []]);
});

test.each<[string, string, readonly string[]]>([
  ["no octets", "", ["truncated@0"]],
  ["a reserved flag", "0000 0040 0000 0000 0000 0000", ["value@3"]],
  ["octets behind the last record", "0000 0000 0000 0000 0000 0000 00", ["trailing@12"]],
  ["a question that is not there", "0000 0000 0002 0000 0000 0000 00 0001 0001", ["truncated@17"]],
  ["a question that is cut", "0000 0000 0001 0000 0000 0000 00 0001", ["truncated@13"]],
  ["a pointer to itself", "0000 0000 0001 0000 0000 0000 c00c 0001 0001", ["pointer@12"]],
  ["pointers in a circle", "0000 0000 0001 0000 0000 0000 01 61 c00c 0001 0001", ["pointer@14"]],
  ["a pointer forwards", "0000 0000 0001 0000 0000 0000 c00e 00 0001 0001", ["pointer@12", "trailing@18"]],
  ["a pointer of one octet", "0000 0000 0001 0000 0000 0000 c0", ["truncated@12"]],
  ["a label of a kind that does not exist", "0000 0000 0001 0000 0000 0000 40 00 0001 0001", ["value@12"]],
  ["a label that is cut", "0000 0000 0001 0000 0000 0000 05 61", ["truncated@12"]],
  ["a name without a root", "0000 0000 0001 0000 0000 0000 01 61", ["truncated@14"]],
  ["a name that is too long", `0000 0000 0001 0000 0000 0000 ${`3f${"61".repeat(63)}`.repeat(4)} 00 0001 0001`, ["length@204"]],
  ["an address of 3 octets", `${answer} 00 0001 0001 00000000 0003 0a0000`, ["length@23"]],
  ["an IPv6 address of 4 octets", `${answer} 00 001c 0001 00000000 0004 0a000001`, ["length@23"]],
  ["a SRV of 6 octets", `${answer} 00 0021 0001 00000000 0006 000000000000`, ["length@23"]],
  ["a TXT without a string", `${answer} 00 0010 0001 00000000 0000`, ["empty@23"]],
  ["a string that is cut", `${answer} 00 0010 0001 00000000 0003 01 61 05`, ["truncated@25"]],
  ["an octet behind a PTR's name", `${answer} 00 000c 0001 00000000 0002 00 00`, ["trailing@24"]],
  ["a name that leaves its record", `${answer} 00 000c 0001 00000000 0002 02 61 62 00`, ["truncated@23", "trailing@25"]],
  ["data that are cut", `${answer} 00 00ff 0001 00000000 0009 61`, ["truncated@21"]],
])("%s is a problem", (_, octets, problems) => {
  expect(kinds(decodeDns(hex(octets), "it").problems)).toEqual(problems);
});

test("what stands before something unreadable is told", () => {
  const octets = hex("0000 0000 0002 0000 0000 0000 01 61 00 0001 0001 05 61");
  expect(decodeDns(octets, "it").questions.map(({ name }) => name)).toEqual(["a"]);
  const text = decodeDns(hex(`${answer} 00 0010 0001 00000000 0003 01 61 05`), "it").answers[0]?.data;
  expect(text).toEqual({ kind: "TXT", strings: [Buffer.from("a"), Buffer.alloc(0)] });
});

test("names are compared by the letters of ASCII, and pairs of TXT found by their key", () => {
  expect([sameName("Example.ORG", "example.org"), sameName("é", "É")]).toEqual([true, false]);
  const pairs = txtPairs(["Path=/usp", "path=/other", "flag", "empty=", "=x", ""].map((text) => Buffer.from(text)));
  expect([...pairs].map(([key, { value }]) => `${key}:${value?.toString() ?? "none"}`)).toEqual([
    "path:/usp",
    "flag:none",
    "empty:",
  ]);
});

test("addresses are octets and text", () => {
  const texts = ["10.0.0.1", "fe80::1", "::", "::1", "2001:db8::", "2001:db8:0:1:1:1:1:1", "1:0:0:2::3"];
  expect(texts.map((text) => addressText(addressOctets(text)))).toEqual(texts);
  expect([addressOctets("::ffff:10.0.0.1"), addressOctets("fe80::1%eth0").length, addressOctets("nobody")]).toEqual([
    ...[Buffer.of(10, 0, 0, 1), 16, Buffer.alloc(4)],
  ]);
});

const label = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 20 }).map((array) => Buffer.from(array)),
  fc.constantFrom(..."_usp-agt-ws._tcp.local.a\\.b".split("."), "é.\\1", "\u0001\u007f23").map((text) => Buffer.from(text)),
);
const names = fc.array(label, { maxLength: 6 }).map((labels) => {
  const octets = Buffer.concat([...labels.flatMap((one) => [Buffer.of(one.length), one]), Buffer.of(0)]);
  return { octets, labels, name: readName(octets, 0, octets.length, []).name };
});

test("any name is text and comes back from it", () => {
  fc.assert(
    fc.property(names, ({ octets, labels, name }) => {
      const problems: OctetProblem[] = [];
      expect(readName(octets, 0, octets.length, problems)).toEqual({ name, labels, next: octets.length });
      expect([problems, nameOctets(name)]).toEqual([[], octets]);
    }),
  );
  for (const name of [".", "a..b", "x".repeat(64), Array(128).fill("ab").join(".")])
    expect(() => nameOctets(name)).toThrow(RangeError);
});

const name = names.map((one) => one.name);
const number = fc.nat({ max: 0xffff });
const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const data: fc.Arbitrary<DnsDataToWrite> = fc.oneof(
  fc
    .uint8Array({ minLength: 4, maxLength: 4 })
    .map((array) => ({ kind: "A" as const, address: addressText(Buffer.from(array)) })),
  fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((array) => ({ kind: "AAAA" as const, address: addressText(Buffer.from(array)) })),
  fc.record({ kind: fc.constantFrom("PTR" as const, "CNAME" as const, "NS" as const), name }),
  fc.record({ kind: fc.constant("SRV" as const), priority: number, weight: number, port: number, target: name }),
  fc.record({ kind: fc.constant("TXT" as const), strings: fc.array(bytes(20), { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant("other" as const), type: fc.constant(65), rdata: bytes(20) }),
);
const records: fc.Arbitrary<DnsRecordToWrite[]> = fc.array(
  fc.record({ name, ttl: fc.nat({ max: 0xffffffff }), cacheFlush: fc.boolean(), class: fc.constantFrom(1, 255), data }),
  { maxLength: 3 },
);

test("what is written is read without a problem, and as it was", () => {
  const messages = fc.record({
    ...{ id: number, response: fc.boolean(), authoritative: fc.boolean(), truncated: fc.boolean(), opcode: fc.nat({ max: 15 }) },
    ...{ recursionDesired: fc.boolean(), recursionAvailable: fc.boolean(), rcode: fc.nat({ max: 15 }) },
    questions: fc.array(fc.record({ name, type: number, class: fc.constant(1), unicastResponse: fc.boolean() }), {
      maxLength: 3,
    }),
    ...{ answers: records, authorities: records, additionals: records },
  });
  fc.assert(
    fc.property(messages, (message) => {
      const read = decodeDns(encodeDns(message), "it");
      expect(read.problems).toEqual([]);
      const bare = (all: readonly DnsRecordToWrite[]): readonly object[] =>
        all.map((one) => (one.data.kind === "other" ? { ...one, data: { kind: "other" } } : one));
      expect(read).toMatchObject({
        ...message,
        ...{ answers: bare(message.answers), authorities: bare(message.authorities), additionals: bare(message.additionals) },
      });
    }),
  );
});

test("whatever comes is read without an exception", { timeout: 60_000 }, () => {
  const random = seeded(1035);
  const below = (limit: number): number => Math.floor(random() * limit);
  const sound = hex(
    `0000 8400 0001 0003 0000 0000 02 5f78 04 5f746370 05 6c6f63616c 00 000c 8001
     c00c 000c 0001 00000078 0004 01 61 c00c  c02a 0021 8001 0000000a 0008 0001 0002 1f90 c00c
     c02a 0010 8001 0000000a 0007 06 706174683d2f`.replaceAll("\n", ""),
  );
  const memory = Buffer.alloc(sound.length);
  for (let count = 0; count < 200_000; count += 1) {
    sound.copy(memory);
    for (let changes = below(6); changes > 0; changes -= 1) memory[below(memory.length)] = below(256);
    if (count % 4 === 0) for (let at = 12; at < memory.length; at += 1) memory[at] = below(256);
    const octets = memory.subarray(0, count % 3 === 0 ? below(memory.length + 1) : memory.length);
    for (const { offset } of decodeDns(octets, "it").problems)
      if (offset > octets.length) throw new Error(`a problem at ${offset} of ${octets.length}`);
  }
});

test("names of thousands of pointers take no time", () => {
  // Pointers, each to the one before it, as data of the first record; the names of all others lead to the last of them.
  const octets = Buffer.alloc(65_000);
  hex("0000 8000 0000 ffff 0000 0000  00 00ff 0001 00000000 3fac  00").copy(octets);
  for (let at = 24; at < 23 + 0x3fac; at += 2) octets.writeUInt16BE(0xc000 | (at === 24 ? 23 : at - 2), at);
  for (let at = 23 + 0x3fac; at + 12 <= octets.length; at += 12) hex("ffc0 00ff 0001 00000000 0000").copy(octets, at);
  const before = process.cpuUsage();
  const { answers, problems } = decodeDns(octets, "it");
  expect(answers.length).toBeGreaterThan(4000);
  expect(new Set(problems.map(({ kind, text }) => `${kind}: ${text}`))).toContain("pointer: more than 127 pointers in a name");
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
});
