import { expect, test } from "vitest";
import type { Endpoint, Network } from "../network.ts";
import { TestClock } from "../test-clock.ts";
import { uspAgentSeams } from "../usp/seams.ts";
import { Mdns } from "./mdns.ts";
import { type DnsMessage, type DnsRecord, decodeDns, encodeDns } from "./message.ts";

const GROUP = { address: "224.0.0.251", port: 5353 };
const PEER = { address: "10.0.0.1", port: 5353 };
const SERVICE = "_usp-agt-ws._tcp.local";
const INSTANCE = `agent.${SERVICE}`;

const RECORDS: readonly DnsRecord[] = [
  { type: "PTR", name: SERVICE, ttl: 4500, flush: false, target: INSTANCE },
  { type: "SRV", name: INSTANCE, ttl: 120, flush: true, priority: 0, weight: 0, port: 5683, target: "agent.local" },
  { type: "TXT", name: INSTANCE, ttl: 4500, flush: true, texts: ["path=/usp", "name="] },
  { type: "A", name: "agent.local", ttl: 120, flush: true, address: "10.0.0.20" },
];

/** A host on a link, and what it says there. */
async function host() {
  const clock = new TestClock();
  const said: { readonly message: DnsMessage; readonly to: Endpoint }[] = [];
  const heard: string[] = [];
  let hear: (data: Buffer, from: Endpoint, to: string) => void = () => {};
  const network: Network = {
    async open({ port, received }) {
      hear = received;
      const send = (data: Buffer, to: Endpoint): void => {
        const message = decodeDns(data);
        if (message !== undefined) said.push({ message, to });
      };
      return { port, send, close() {} };
    },
  };
  const mdns = new Mdns({
    clock,
    network,
    behaviour: uspAgentSeams,
    random: () => 0.5,
    heard: (records) => heard.push(...records.map(({ name }) => name)),
  });
  await mdns.open("10.0.0.20");
  const tell = (message: Partial<DnsMessage>, from: Endpoint = PEER): void =>
    hear(encodeDns({ id: 0, isResponse: false, questions: [], answers: [], ...message }), from, GROUP.address);
  return { clock, mdns, said, heard, tell };
}

test("it probes for its names, and then announces its records twice", async () => {
  const { clock, mdns, said } = await host();
  mdns.publish(RECORDS);
  await clock.pass(2);
  expect(said.map(({ message }) => message.isResponse)).toEqual([false, false, false, true, true]);
  expect(said[0]?.message.questions.map(({ name, type }) => `${name} ${type}`)).toEqual([`${INSTANCE} ANY`, "agent.local ANY"]);
  expect(said[4]?.message.answers).toEqual(RECORDS);
  mdns.publish(RECORDS);
  await clock.pass(2);
  expect(said).toHaveLength(5);
  mdns.close();
  expect(said[5]?.message.answers.map(({ ttl }) => ttl)).toEqual([0, 0, 0, 0]);
});

test("it answers a question with what follows from the answer, unless that is known already", async () => {
  const { clock, mdns, said, tell } = await host();
  mdns.publish(RECORDS);
  await clock.pass(2);
  said.length = 0;
  const questions = [{ name: SERVICE.toUpperCase(), type: "PTR" as const }];
  tell({ questions });
  await clock.pass(1);
  expect(said.map(({ to }) => to)).toEqual([GROUP]);
  expect(said[0]?.message.answers).toEqual(RECORDS.slice(0, 1));
  expect(said[0]?.message.additionals).toEqual(RECORDS.slice(1));
  tell({ questions, answers: RECORDS.slice(0, 1) });
  await clock.pass(1);
  expect(said).toHaveLength(1);
});

test("who asks from another port is answered alone, with the id and records that do not last", async () => {
  const { clock, mdns, said, tell } = await host();
  mdns.publish(RECORDS);
  await clock.pass(2);
  said.length = 0;
  const from = { address: "10.0.0.1", port: 40_000 };
  tell({ id: 7, questions: [{ name: "agent.local", type: "A" }] }, from);
  await clock.pass(1);
  expect(said.map(({ to }) => to)).toEqual([from]);
  expect(said[0]?.message).toMatchObject({ id: 7, answers: [{ ttl: 10, flush: false, address: "10.0.0.20" }] });
});

test("it asks for a name three times, and takes the first answer that has it", async () => {
  const { clock, mdns, said, heard, tell } = await host();
  const lost = mdns.query("nobody.local", "A");
  await clock.pass(8);
  expect(await lost).toEqual({ kind: "silence" });
  expect(said).toHaveLength(3);
  const found = mdns.query("gateway.local", "A");
  const record: DnsRecord = { type: "A", name: "Gateway.local", ttl: 120, flush: false, address: "10.0.0.1" };
  tell({ isResponse: true, answers: [record] }, { address: "10.0.0.1", port: 40_000 });
  tell({ isResponse: true, answers: [record] });
  expect(await found).toEqual({ kind: "answer", records: [record] });
  expect(heard).toEqual(["Gateway.local"]);
});
