import { expect, test } from "vitest";
import { type DnsMessage, decodeDns, encodeDns } from "./message.ts";
import { labelsOf, sameName } from "./names.ts";

const SERVICE = "_usp-agt-ws._tcp.local";

test("a message comes back as it was written", () => {
  const message: DnsMessage = {
    id: 0,
    isResponse: true,
    isAuthoritative: true,
    questions: [{ name: "agent.local", type: "ANY", unicast: true }],
    answers: [
      { type: "PTR", name: SERVICE, ttl: 4500, flush: false, target: `os::00005E-1\\.0.${SERVICE}` },
      { type: "SRV", name: "a.local", ttl: 120, flush: true, priority: 1, weight: 2, port: 5683, target: "b.local" },
      { type: "TXT", name: "a.local", ttl: 70_000, flush: true, texts: ["path=/usp", "name=Küche"] },
      { type: "A", name: "b.local", ttl: 120, flush: true, address: "10.0.0.20" },
    ],
    additionals: [{ type: "AAAA", name: "b.local", ttl: 1, flush: false, address: "fe80:0:0:0:0:0:0:1" }],
  };
  expect(decodeDns(encodeDns(message))).toEqual(message);
  expect(labelsOf(`os::00005E-1\\.0.${SERVICE}`)).toEqual(["os::00005E-1.0", "_usp-agt-ws", "_tcp", "local"]);
  expect(sameName("Agent.Local.", "agent.local")).toBe(true);
});

test("a name may point to the rest of it elsewhere in the message", () => {
  const octets = Buffer.from(
    [
      "1234 8180 0001 0001 0000 0000", // id, response with recursion, one question, one answer
      "03 616373 07 6578616d706c65 00 0001 0001", // acs.example A IN, at octet 12
      "c00c 0001 0001 0000003c 0004 7f000001", // the name at octet 12, A IN, 60 s, 127.0.0.1
    ]
      .join("")
      .replaceAll(" ", ""),
    "hex",
  );
  expect(decodeDns(octets)?.answers).toEqual([{ type: "A", name: "acs.example", ttl: 60, flush: false, address: "127.0.0.1" }]);
});

test("what is no message, or says that there is no such name, is none", () => {
  const question = encodeDns({ id: 7, isResponse: false, questions: [{ name: "acs.example", type: "A" }], answers: [] });
  expect(decodeDns(question)).toMatchObject({ id: 7, isResponse: false });
  for (let length = 0; length < question.length; length += 1) expect(decodeDns(question.subarray(0, length))).toBeUndefined();
  const circle = Buffer.from(question);
  circle.writeUInt16BE(0xc00c, 12);
  expect(decodeDns(circle)).toBeUndefined();
  const refused = Buffer.from(question);
  refused.writeUInt16BE(0x8183, 2);
  expect(decodeDns(refused)).toBeUndefined();
});
