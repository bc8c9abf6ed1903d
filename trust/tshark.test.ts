import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pcapng } from "../harness/report/pcapng.ts";
import { Redactor } from "../harness/report/redact.ts";
import { Recording } from "../harness/trace/recording.ts";
import { type DhcpMessage, decodeDhcp, encodeDhcp } from "../harness/wire/dhcp.ts";
import { BROADBAND_FORUM, DEVICE, DHCP_TYPES, GATEWAY } from "../harness/wire/dhcp-names.ts";
import { readText, subOptionOf, vendorInformationOf, writeVendorInformation } from "../harness/wire/dhcp-vendor.ts";
import { DNS_TYPE, type DnsRecord, decodeDns, encodeDns } from "../harness/wire/dns.ts";

// Wireshark's dissectors, by others: they and our decoders have to read the same in every message.

const there = spawnSync("tshark", ["--version"]).error === undefined;
if (!there) console.warn("tshark is not installed: our decoders of DHCP and DNS are not held against its dissectors.");

/** One message a datagram, as tshark reads it: the values of each field, in the order of the message. */
function dissected(
  messages: readonly Buffer[],
  [server, client]: readonly [number, number],
  fields: readonly string[],
): string[][][] {
  const recording = new Recording();
  for (const octets of messages)
    recording.datagram((number) => {
      const source = { address: "10.0.0.2", port: client };
      const destination = { address: "10.0.0.1", port: server };
      const content = { kind: "unknown", problem: "" } as const;
      return { at: number, from: "phone", source, destination, octets, content, where: `datagram #${number}` };
    });
  const folder = mkdtempSync(join(tmpdir(), "assay-tshark-"));
  const file = join(folder, "capture.pcapng");
  writeFileSync(file, pcapng(recording, new Redactor(), "messages"));
  const args = [
    "-r",
    file,
    "-T",
    "fields",
    "-E",
    "separator=/t",
    "-E",
    "aggregator=/s",
    ...fields.flatMap((field) => ["-e", field]),
  ];
  const text = execFileSync("tshark", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  rmSync(folder, { recursive: true });
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line) => line.split("\t").map((values) => (values === "" ? [] : values.split(" "))));
}

const TR_111 = "dhcp.option.vi.tr111";
const DHCP_FIELDS = [
  ...["dhcp.type", "dhcp.id", "dhcp.secs", "dhcp.flags.bc", "dhcp.ip.client", "dhcp.ip.your", "dhcp.hw.mac_addr"],
  ...["dhcp.option.type", "dhcp.option.length", "dhcp.option.value", "dhcp.option.vi.enterprise", `${TR_111}.suboption`],
  ...[`${TR_111}.device_serial_number`, `${TR_111}.device_product_class`, `${TR_111}.gateway_manufacturer_oui`],
  ...[`${TR_111}.gateway_serial_number`, `${TR_111}.gateway_product_class`],
];

/** What we read, in the words of tshark. */
function ours(message: DhcpMessage): string[][] {
  const { op, xid, secs, broadcast, ciaddr, yiaddr, chaddr, instances } = message;
  const information = vendorInformationOf(message);
  const text = (code: number): string[] => {
    const subOption = subOptionOf(information, BROADBAND_FORUM, code);
    return subOption === undefined ? [] : [readText(subOption.value).text];
  };
  const blocks = information?.blocks ?? [];
  const ofForum = blocks.filter(({ enterprise }) => enterprise === BROADBAND_FORUM).flatMap(({ subOptions }) => subOptions);
  return [
    ...[op, `0x${xid.toString(16).padStart(8, "0")}`, secs, Number(broadcast), ciaddr, yiaddr, chaddr].map((value) => [
      String(value),
    ]),
    instances.map(({ code }) => String(code)),
    instances.map(({ announced }) => String(announced)),
    instances.map(({ octets }) => octets.toString("hex")),
    blocks.map(({ enterprise }) => String(enterprise)),
    ofForum.map(({ code }) => String(code)),
    ...[DEVICE.serial, DEVICE.productClass, GATEWAY.oui, GATEWAY.serial, GATEWAY.productClass].map(text),
  ];
}

/** The end option comes as a last option of code 0, and the client's address again from its identifier. */
function theirs(fields: readonly (readonly string[])[]): readonly string[][] {
  return fields.map((values, index) => {
    const field = DHCP_FIELDS[index];
    return field === "dhcp.option.type" ? values.slice(0, -1) : field === "dhcp.hw.mac_addr" ? values.slice(0, 1) : [...values];
  });
}

function mustAgree(messages: readonly Buffer[]): void {
  const read = dissected(messages, [67, 68], DHCP_FIELDS);
  expect(read.length).toBe(messages.length);
  for (const [index, octets] of messages.entries())
    expect([index, ...theirs(read[index] ?? [])]).toEqual([index, ...ours(decodeDhcp(octets, "it"))]);
}

test.runIf(there)("tshark reads the messages of other programs as we do", () => {
  const folder = join(import.meta.dirname, "../vectors/dhcp/packets");
  mustAgree(readdirSync(folder).map((file) => Buffer.from(readFileSync(join(folder, file), "utf8").trim(), "hex")));
});

test.runIf(there)("tshark reads what we write of DHCP as it was meant", () => {
  const text = fc.string({ unit: fc.constantFrom(..."AZaz09-_.:"), minLength: 1, maxLength: 64 });
  const subOptions = fc.uniqueArray(fc.record({ code: fc.constantFrom(2, 3, 4, 5, 6, 25, 26, 29), value: text }), {
    selector: ({ code }) => code,
    minLength: 1,
    maxLength: 3,
  });
  const messages = fc
    .record({
      type: fc.constantFrom(...DHCP_TYPES),
      xid: fc.nat({ max: 0xffffffff }),
      // A value whose second octet is zero, and whose first is not, tshark takes for one in the wrong byte order.
      secs: fc.nat({ max: 0xff }),
      broadcast: fc.boolean(),
      ciaddr: fc.constantFrom("0.0.0.0", "192.0.2.7"),
      foreign: fc.boolean(),
      subOptions,
    })
    .map(({ subOptions: told, foreign, ...fields }) => {
      const others = foreign ? [{ enterprise: 9, subOptions: [{ code: 1, value: "abc" }] }] : [];
      const value = writeVendorInformation([...others, { enterprise: BROADBAND_FORUM, subOptions: told }]);
      const options = [{ code: 125, octets: value }];
      return encodeDhcp({ op: 1, chaddr: "02:00:00:00:00:01", ...fields, options });
    });
  mustAgree(fc.sample(messages, { numRuns: 200, seed: 3925 }));
});

test.runIf(there)("tshark reads what we write of DNS as it was meant", () => {
  const service = "_usp-agt-ws._tcp.local";
  const instance = `os::012345-A.${service}`;
  const octets = encodeDns({
    ...{ id: 0x1234, response: true, authoritative: true },
    questions: [{ name: service, type: DNS_TYPE.PTR, unicastResponse: true }],
    answers: [{ name: service, ttl: 120, data: { kind: "PTR", name: instance } }],
    additionals: [
      {
        name: instance,
        ttl: 10,
        cacheFlush: true,
        data: { kind: "SRV", priority: 1, weight: 2, port: 8080, target: "phone.local" },
      },
      { name: instance, ttl: 10, cacheFlush: true, data: { kind: "TXT", strings: ["path=/usp", "encrypt"] } },
      { name: "phone.local", ttl: 10, cacheFlush: true, data: { kind: "A", address: "10.0.0.2" } },
      { name: "phone.local", ttl: 10, cacheFlush: true, data: { kind: "AAAA", address: "fe80::1" } },
    ],
  });
  const { questions, answers, additionals, id } = decodeDns(octets, "it");
  const all = [...answers, ...additionals];
  const each = <T>(tell: (data: DnsRecord["data"]) => T | undefined): string[] =>
    all
      .map(({ data }) => tell(data))
      .filter((value) => value !== undefined)
      .map(String);
  const expected = [
    [`0x${id.toString(16)}`],
    questions.map(({ name }) => name),
    questions.map(({ unicastResponse }) => String(Number(unicastResponse))),
    all.filter(({ type }) => type !== DNS_TYPE.SRV).map(({ name }) => name),
    all.map(({ type }) => String(type)),
    all.map(({ cacheFlush }) => String(Number(cacheFlush))),
    all.map(({ ttl }) => String(ttl)),
    each((data) => (data.kind === "PTR" ? data.name : undefined)),
    each((data) => (data.kind === "SRV" ? data.target : undefined)),
    each((data) => (data.kind === "SRV" ? data.port : undefined)),
    each((data) => (data.kind === "TXT" ? data.strings.join(" ") : undefined)).flatMap((strings) => strings.split(" ")),
    each((data) => (data.kind === "A" ? data.address : undefined)),
    each((data) => (data.kind === "AAAA" ? data.address : undefined)),
  ];
  const fields = ["id", "qry.name", "qry.qu", "resp.name", "resp.type", "resp.cache_flush", "resp.ttl", "ptr.domain_name"];
  fields.push("srv.target", "srv.port", "txt", "a", "aaaa");
  expect(
    dissected(
      [octets],
      [5353, 5353],
      fields.map((field) => `dns.${field}`),
    ),
  ).toEqual([expected]);
});
