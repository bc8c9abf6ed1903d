import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { realClock } from "../harness/core/clock.ts";
import { type Lan, openLan } from "../lan/lan.ts";
import * as dhcp from "./dhcp-programs.ts";
import { type ProgramCall, ProgramFolder } from "./dhcp-programs.ts";
import { ended, eventually, missing, Programs } from "./programs.ts";

// Makes the packets of vectors/dhcp again, with the programs that are installed here, and says where they differ from those that are kept:
//   node --import tsx trust/dhcp-vectors.ts [folder to write them to]
// Needs root, tshark, and of dnsmasq, kea-dhcp4, dhcpd, udhcpc, dhclient and dhcpcd those whose packets are to be made.

const KEPT = join(import.meta.dirname, "../vectors/dhcp/packets.json");
const TYPES = ["DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM"];
/** Options whose values are told, beside the order of all. */
const TOLD = [43, 55, 60, 124, 125];

interface Packet {
  readonly file: string;
  readonly type: string;
  readonly order: readonly number[];
  readonly options: Readonly<Record<string, string>>;
}

type MadePacket = Packet & { readonly octets: string };

const DISCOVERY = [
  `dhcp-option-force=vi-encap:${dhcp.ENTERPRISE},25,"ws://127.0.0.1:8080/usp"`,
  `dhcp-option-force=vi-encap:${dhcp.ENTERPRISE},26,"prov-code"`,
  `dhcp-option-force=vi-encap:${dhcp.ENTERPRISE},29,"self::peer-controller"`,
  'dhcp-option=vendor:dslforum.org,1,"http://127.0.0.1:7547/acs"',
  'dhcp-option=vendor:dslforum.org,2,"prov-code"',
];
const TWO_ENTERPRISES = [...dhcp.DNSMASQ_GATEWAY, 'dhcp-option-force=vi-encap:9,1,"cisco-x"'];
const LONG_SERIAL = dhcp.deviceBlock({ ...dhcp.DEVICE, serial: "S".repeat(64) });
const TWO_BLOCKS = Buffer.concat([dhcp.vendorBlock(9, { 1: "abc" }), dhcp.deviceBlock(dhcp.DEVICE)]);

type Call = (folder: ProgramFolder) => ProgramCall;
const telling =
  (octets: Buffer): Call =>
  (folder) =>
    dhcp.udhcpcTelling(folder, octets);
const udhcpc = telling(dhcp.deviceBlock(dhcp.DEVICE));
const dnsmasq =
  (lines: readonly string[]): Call =>
  (folder) =>
    dhcp.dnsmasq(folder, lines);

/** Who talks to whom, server first. */
const CONVERSATIONS: Readonly<Record<string, readonly [Call, Call]>> = {
  "dnsmasq-udhcpc": [dnsmasq(dhcp.DNSMASQ_GATEWAY), udhcpc],
  "kea-udhcpc": [dhcp.kea, udhcpc],
  "kea-dhclient-structured": [dhcp.kea, (folder) => dhcp.dhclient(folder, "structured")],
  "dhcpd-structured-udhcpc": [(folder) => dhcp.dhcpd(folder, "structured"), udhcpc],
  "dhcpd-raw-udhcpc": [(folder) => dhcp.dhcpd(folder, "raw"), udhcpc],
  "dhcpd-raw-dhclient-raw": [(folder) => dhcp.dhcpd(folder, "raw"), (folder) => dhcp.dhclient(folder, "raw")],
  "kea-dhcpcd": [dhcp.kea, dhcp.dhcpcd],
  "dnsmasq-two-enterprises-udhcpc-long-serial": [dnsmasq(TWO_ENTERPRISES), telling(LONG_SERIAL)],
  "dnsmasq-two-enterprises-udhcpc-two-enterprises": [dnsmasq(TWO_ENTERPRISES), telling(TWO_BLOCKS)],
  "dnsmasq-discovery-udhcpc": [dnsmasq(DISCOVERY), (folder) => dhcp.udhcpc(folder, ["-V", "dslforum.org", "-O", "43"])],
};

/** One conversation on a LAN of its own: its packets in their order, whole, and as TShark reads them. */
async function held(
  name: string,
  folder: ProgramFolder,
  server: ProgramCall,
  client: ProgramCall,
): Promise<readonly MadePacket[]> {
  const programs = new Programs();
  const lan: Lan = await openLan(realClock, { phoneMac: "02:11:11:00:00:02" });
  const startIn = (side: "gateway" | "phone", { command, env }: ProgramCall) => {
    const [first = "", ...rest] = [...lan.inside(side), ...command];
    return programs.start(first, rest, env);
  };
  try {
    const capture = join(folder.path, "capture.pcapng");
    const filter = ["-f", "udp port 67 or udp port 68"];
    const sniffer = startIn("gateway", { command: ["tshark", "-i", "gateway", ...filter, "-w", capture] });
    await eventually(() => sniffer.log.find((line) => line.includes("File: ")), "the capture");
    const serving = startIn("gateway", server);
    const ready = /DHCP4_STARTED|Server starting service|sockets bound exclusively/;
    await eventually(() => [...serving.lines, ...serving.log].find((line) => ready.test(line)), `${name}: the server`);
    startIn("phone", client);
    const columns = ["dhcp.option.dhcp", "dhcp.option.type", "dhcp.option.value", "udp.payload"];
    const read = ["-r", capture, "-T", "fields", "-E", "separator=|", ...columns.flatMap((column) => ["-e", column])];
    const answered = name === "kea-dhcpcd" ? "OFFER" : "ACK";
    const packets = await eventually(async () => {
      const { child, lines } = programs.start("tshark", read);
      await new Promise((resolve) => child.once("close", resolve));
      const all = lines.map((line, index) => packetOf(name, index + 1, line));
      const last = all.findIndex(({ type }) => type === answered);
      return last < 0 ? undefined : all.slice(0, last + 1);
    }, `${name}: its ${answered}`);
    await ended(sniffer.child);
    return packets;
  } finally {
    await programs.stop();
    await lan.stop();
  }
}

function packetOf(name: string, number: number, line: string): MadePacket {
  const [code = "", codes = "", values = "", octets = ""] = line.split("|");
  const type = TYPES[Number(code) - 1] ?? "";
  // Pad and end options are listed as well, with no value.
  const order = codes
    .split(",")
    .map(Number)
    .filter((one) => one !== 0 && one !== 255);
  const all = values.split(",");
  const told = TOLD.filter((one) => order.includes(one)).map((one) => [
    one,
    all.filter((_, index) => order[index] === one).join(""),
  ]);
  return { file: `${name}-${number}-${type.toLowerCase()}.hex`, type, order, options: Object.fromEntries(told), octets };
}

const kept = JSON.parse(readFileSync(KEPT, "utf8")) as readonly Packet[];
const target = process.argv[2] ?? mkdtempSync(join(tmpdir(), "dhcp-vectors-"));
mkdirSync(join(target, "packets"), { recursive: true });
const made: Packet[] = [];
for (const [name, [server, client]] of Object.entries(CONVERSATIONS)) {
  const folder = new ProgramFolder(mkdtempSync(join(tmpdir(), "dhcp-vectors-")));
  const calls = [server(folder), client(folder)] as const;
  const absent = missing(...calls.map(({ command: [program = ""] }) => program));
  if (absent.length > 0) {
    console.log(`${name}: not made, ${absent.join(" and ")} not installed`);
    continue;
  }
  for (const { octets, ...packet } of await held(name, folder, ...calls)) {
    writeFileSync(join(target, "packets", packet.file), `${octets}\n`);
    made.push(packet);
    const { type, order, options } = kept.find(({ file }) => file === packet.file) ?? {};
    const same = isDeepStrictEqual({ type, order, options }, { type: packet.type, order: packet.order, options: packet.options });
    console.log(`${packet.file}: ${same ? "as it is kept" : `differs: ${JSON.stringify(packet)}`}`);
  }
}
writeFileSync(join(target, "packets.json"), `[\n${made.map((packet) => `  ${JSON.stringify(packet)}`).join(",\n")}\n]\n`);
console.log(`written to ${target}`);
