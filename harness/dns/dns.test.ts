import fc from "fast-check";
import { expect, test } from "vitest";
import { VirtualClock } from "../core/virtual-clock.ts";
import { FakeLan } from "../dhcp/fake-lan.ts";
import { Recording } from "../trace/recording.ts";
import { DNS_TYPE, type DnsMessage, decodeDns, encodeDns } from "../wire/dns.ts";
import { startDnsServer } from "./dns-server.ts";
import { startMdnsPeer } from "./mdns-peer.ts";

const PHONE = { address: "10.111.0.20", port: 40_000 };
const SERVER = { address: "10.111.0.1", port: 53 };
const GROUP = { address: "224.0.0.251", port: 5353 };

function scene() {
  const { harness: clock } = new VirtualClock();
  const network = new FakeLan();
  return { network, recording: new Recording(), clock };
}

/** What a message says, a record in a few words. */
const said = ({ answers, additionals }: DnsMessage): string =>
  [...answers, ...additionals]
    .map(({ name, ttl, data }) => {
      if (data.kind === "A") return `${name} A ${data.address} ${ttl}`;
      if (data.kind === "PTR") return `${name} PTR ${data.name}`;
      if (data.kind === "SRV") return `${name} SRV ${data.port} ${data.target}`;
      return data.kind === "TXT" ? `${name} TXT ${data.strings.join("|")}` : `${name} ${data.kind}`;
    })
    .join(", ");

test("the server knows what a case told it, tells the addresses of a service besides, and everything else does not exist", async () => {
  const given = scene();
  const dns = await startDnsServer(given);
  const ask = (name: string, type: number): DnsMessage => {
    given.network.say(encodeDns({ id: 9, recursionDesired: true, questions: [{ name, type }] }), PHONE, SERVER);
    return decodeDns(given.network.delivered.at(-1)?.octets ?? Buffer.alloc(0), "answer");
  };
  dns.name("acs.example", { a: ["10.111.0.1", "10.111.0.2"], txt: [["path=/usp", "x"]], ttl: 30 });
  dns.name("_usp._tcp.example", { srv: [{ priority: 1, weight: 2, port: 8080, target: "acs.example" }] });
  const next = dns.next("ACS.example", 1000);
  const answer = ask("AcS.Example", DNS_TYPE.A);
  expect(said(answer)).toBe("acs.example A 10.111.0.1 30, acs.example A 10.111.0.2 30");
  expect(answer).toMatchObject({ id: 9, response: true, rcode: 0, problems: [], questions: [{ name: "AcS.Example" }] });
  expect((await next)?.question.type).toBe(DNS_TYPE.A);
  expect(said(ask("_usp._tcp.example", DNS_TYPE.SRV))).toBe(
    "_usp._tcp.example SRV 8080 acs.example, acs.example A 10.111.0.1 30, acs.example A 10.111.0.2 30",
  );
  expect(said(ask("acs.example", DNS_TYPE.TXT))).toBe("acs.example TXT path=/usp|x");
  expect(ask("acs.example", DNS_TYPE.AAAA)).toMatchObject({ rcode: 0, answers: [] });
  expect(ask("other.example", DNS_TYPE.A)).toMatchObject({ rcode: 3, answers: [] });
  dns.settle();
  expect(ask("acs.example", DNS_TYPE.A).rcode).toBe(3);
  expect(dns.queries.length).toBe(6);
  expect(given.recording.datagrams[0]?.where).toBe("datagram #1 (DNS query for AcS.Example A)");
  expect(() => dns.name("x", { ptr: ["y".repeat(64)] })).toThrow(RangeError);
});

test("the peer hears all that the phone says, answers for its names to the group or directly, and asks", async () => {
  const given = scene();
  const mdns = await startMdnsPeer(given);
  const { network } = given;
  mdns.name("_usp-ctr-ws._tcp.local", { ptr: ["Controller._usp-ctr-ws._tcp.local"] });
  const heard = mdns.next(({ message }) => message.response, 1000);
  const ask = (unicastResponse: boolean, port = 5353): void =>
    network.say(
      encodeDns({ id: 3, questions: [{ name: "_usp-ctr-ws._tcp.local", type: DNS_TYPE.PTR, unicastResponse }] }),
      { ...PHONE, port },
      GROUP,
    );
  ask(false);
  ask(true);
  ask(false, 40_000);
  const answers = network.delivered.map(({ octets, to }) => ({ message: decodeDns(octets, ""), to }));
  expect(answers.map(({ message }) => said(message))).toEqual(
    Array.from({ length: 3 }, () => "_usp-ctr-ws._tcp.local PTR Controller._usp-ctr-ws._tcp.local"),
  );
  expect(answers.map(({ message, to }) => [to.address, message.id, message.questions.length])).toEqual([
    [GROUP.address, 0, 0],
    [PHONE.address, 0, 0],
    [PHONE.address, 3, 1],
  ]);
  mdns.query("_usp-agt-ws._tcp.local", DNS_TYPE.PTR);
  expect(network.delivered.at(-1)?.to).toEqual(GROUP);
  const announcement = { name: "a.local", ttl: 120, data: { kind: "A", address: PHONE.address } } as const;
  network.say(encodeDns({ response: true, answers: [announcement] }), { ...PHONE, port: 5353 }, GROUP);
  expect((await heard)?.record.where).toBe("datagram #8 (mDNS response of a.local A)");
  expect(mdns.heard.length).toBe(4);
});

test("whatever comes, both stay and are heard", async () => {
  const given = scene();
  const [dns, mdns] = [await startDnsServer(given), await startMdnsPeer(given)];
  dns.name("a.b", { a: ["1.2.3.4"] });
  mdns.name("a.b", { a: ["1.2.3.4"] });
  const message = encodeDns({
    id: 1,
    questions: [
      { name: "a.b", type: 1 },
      { name: "c", type: 255 },
    ],
  });
  const octets = fc
    .tuple(fc.nat(message.length - 1), fc.uint8Array({ maxLength: 600 }))
    .map(([at, tail]) => Buffer.concat([message.subarray(0, at), tail]));
  fc.assert(
    fc.property(octets, (data) => {
      given.network.say(data, PHONE, SERVER);
      given.network.say(data, PHONE, GROUP);
    }),
    { numRuns: 2000 },
  );
  expect(given.recording.heard).toBe(4000);
});
