import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RanCase } from "../run/result.ts";
import type { DatagramContent } from "../trace/datagram.ts";
import { Recording } from "../trace/recording.ts";
import { addressOctets, decodeDhcp, encodeDhcp, numberOctets } from "../wire/dhcp.ts";
import { BROADBAND_FORUM, OPTION } from "../wire/dhcp-names.ts";
import { writeEncapsulated, writeVendorInformation } from "../wire/dhcp-vendor.ts";
import { decodeDns, encodeDns } from "../wire/dns.ts";
import { decodeStun } from "../wire/stun.ts";
import { addressAttribute, attribute, encodeStun } from "../wire/stun-write.ts";
import { writeEvidence } from "./evidence.ts";
import { happenings } from "./happenings.ts";
import { Redactor } from "./redact.ts";
import { sequenceDiagram } from "./sequence.ts";
import { transcript } from "./transcript.ts";

const AT = Date.UTC(2026, 0, 1, 12);
const SECRET = "geheimes-wort";
const PHONE = { address: "10.111.0.20", port: 68 };
const SERVER = { address: "10.111.0.1", port: 67 };

const ran: RanCase = {
  ...{ id: "tr111.x.y", title: "asks", area: "x", protocol: "tr111", references: [], verdict: "fail", durationMs: 1, clockMs: 1 },
  ...{ evidence: [], notes: [] },
  findings: [
    { requirement: "T:1#a", keyword: "MUST", ok: false, expected: "1", actual: "2", where: "datagram #1 (DHCPREQUEST), octet 9" },
  ],
};

type Name = (what: string) => string;

function recorded(): Recording {
  const recording = new Recording();
  recording.startCase(ran.id);
  const add = (
    from: "phone" | "harness",
    ways: readonly [typeof PHONE, typeof PHONE],
    octets: Buffer,
    read: (name: Name) => DatagramContent,
  ): void => {
    recording.datagram((number) => {
      let where = "";
      const content = read((what) => {
        where = `datagram #${number} (${what})`;
        return where;
      });
      const [source, destination] = from === "phone" ? ways : [ways[1], ways[0]];
      return { at: AT, from, source, destination, octets, content, where };
    });
  };
  const dhcp = (from: "phone" | "harness", octets: Buffer): void =>
    add(from, [PHONE, SERVER], octets, (name) => ({ kind: "dhcp", message: decodeDhcp(octets, name) }));
  const options = [
    { code: OPTION.parameterRequestList, octets: Buffer.of(1, 3, 125) },
    { code: OPTION.vendorIdentifyingInformation, octets: Buffer.from("00000de9ff", "hex") },
  ];
  dhcp("phone", encodeDhcp({ op: 1, xid: 7, chaddr: "02:00:00:00:00:02", type: "REQUEST", ciaddr: PHONE.address, options }));
  recording.step(AT, "the gateway answers");
  const subOptions = [
    { code: 4, value: "00005E" },
    { code: 5, value: "GW\0" },
  ];
  const granted = [
    { code: OPTION.leaseTime, octets: numberOctets(60, 4) },
    { code: OPTION.router, octets: addressOctets(SERVER.address) },
    { code: OPTION.vendorSpecific, octets: writeEncapsulated([{ code: 1, value: "http://acs.example/" }]) },
    {
      code: OPTION.vendorIdentifyingInformation,
      octets: writeVendorInformation([
        { enterprise: 9, subOptions: [] },
        { enterprise: BROADBAND_FORUM, subOptions },
      ]),
    },
  ];
  dhcp(
    "harness",
    encodeDhcp({ op: 2, xid: 7, chaddr: "02:00:00:00:00:02", type: "ACK", yiaddr: PHONE.address, options: granted }),
  );
  const query = encodeDns({ id: 5, questions: [{ name: "acs.example", type: 1 }] });
  add(
    "phone",
    [
      { ...PHONE, port: 5000 },
      { ...SERVER, port: 53 },
    ],
    query,
    (name) => ({
      kind: "dns",
      message: decodeDns(query, name),
    }),
  );
  const stunWay = [
    { address: "127.0.0.1", port: 40_000 },
    { address: "127.0.0.1", port: 3478 },
  ] as const;
  const stun = encodeStun({
    name: "BindingRequest",
    transactionId: Buffer.alloc(16, 0xab),
    attributes: [
      addressAttribute("RESPONSE-ADDRESS", { address: "127.0.0.1", port: 7 }),
      attribute("PASSWORD", Buffer.from(`${SECRET}...`)),
    ],
  });
  add("phone", stunWay, stun, (name) => ({ kind: "stun", message: decodeStun(stun, name) }));
  const request = Buffer.from("GET http://127.0.0.1:7?ts=1&id=2&un=u&cn=3&sig=AB HTTP/1.1\r\n\r\n");
  add("harness", stunWay, request, (name) => {
    name("UDP connection request");
    return { kind: "udp-connection-request" };
  });
  add("phone", stunWay, Buffer.from([1, 2]), (name) => {
    name("no STUN message");
    return { kind: "unknown", problem: "neither" };
  });
  return recording;
}

test("datagrams are told option by option, in the order in which they went, and without secrets", () => {
  const trace = recorded().ofCase(ran.id);
  expect(happenings(trace).map((one) => (one.kind === "step" ? one.text : `${one.from}: ${one.label} (${one.role})`))).toEqual([
    "phone: DHCPREQUEST (DHCP server)",
    "the gateway answers",
    "harness: DHCPACK of 10.111.0.20 (DHCP server)",
    "phone: DNS query for acs.example A (DNS server)",
    "phone: BindingRequest (STUN server)",
    "harness: UDP connection request (ACS)",
    "phone: datagram that could not be read: neither (gateway)",
  ]);
  const redactor = new Redactor([`${SECRET}...`]);
  const text = transcript(ran, trace, AT, redactor);
  for (const line of [
    "UDP from 10.111.0.20:68 to 10.111.0.1:67, 300 octets",
    "xid 0x00000007, chaddr 02:00:00:00:00:02, ciaddr 10.111.0.20",
    "Option 55 (Parameter Request List): 1, 3, 125",
    "Option 51 (IP Address Lease Time): 60 s",
    "Option 3 (Router): 10.111.0.1",
    'Option 43 (Vendor-Specific Information): encapsulated option 1 (URL of the ACS) "http://acs.example/"',
    'enterprise 3561: sub-option 4 (GatewayManufacturerOUI) "00005E", sub-option 5 (GatewaySerialNumber) "GW\\0"',
    "question: acs.example A",
    "RESPONSE-ADDRESS: 127.0.0.1:7",
    "PASSWORD: (not shown)",
    "GET http://127.0.0.1:7?ts=1&id=2&un=u&cn=3&sig=AB HTTP/1.1",
  ])
    expect(text).toContain(line);
  expect(text).toMatch(/^octet 254: the data of enterprise 3561 .*\(RFC-3925 4\)$/m);
  const diagram = sequenceDiagram(ran, trace, AT, redactor);
  expect(diagram).toMatch(/fill="#b3261e" font-weight="600">DHCPREQUEST \(DHCP server\)</);
  expect(diagram).toContain(">#1</text>");
});

test("tshark dissects the datagrams of a capture and finds every checksum right", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "assay-datagrams-"));
  const redactor = new Redactor([`${SECRET}...`]);
  const files = writeEvidence(ran, recorded().ofCase(ran.id), { folder, startedAt: AT, redactor });
  expect(files.map((file) => file.replace(/.*\//, ""))).toEqual(["transcript.txt", "sequence.svg", "capture.pcapng"]);
  const file = join(folder, files[2] ?? "");
  const tshark = (...args: string[]): string =>
    execFileSync("tshark", ["-r", file, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trimEnd();
  try {
    execFileSync("tshark", ["--version"], { stdio: "ignore" });
  } catch {
    rmSync(folder, { recursive: true });
    context.skip("tshark is not installed");
  }
  const checks = ["-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"];
  expect(
    tshark(...checks, "-Y", "udp.checksum.status == 1 and ip.checksum.status == 1", "-T", "fields", "-e", "frame.number"),
  ).toBe("1\n2\n3\n4\n5\n6");
  expect(
    tshark("-Y", "dhcp", "-T", "fields", "-e", "dhcp.option.dhcp", "-e", "dhcp.option.vi.tr111.gateway_manufacturer_oui"),
  ).toBe("3\t\n5\t00005E");
  expect(tshark("-Y", "dns", "-T", "fields", "-e", "dns.qry.name")).toBe("acs.example");
  expect(tshark("-Y", "stun or classicstun", "-T", "fields", "-e", "udp.dstport")).toBe("3478");
  expect(tshark("-x")).not.toContain(SECRET.slice(0, 6));
  rmSync(folder, { recursive: true });
});
