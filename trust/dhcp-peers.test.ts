import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { realClock } from "../harness/core/clock.ts";
import { startDhcpServer } from "../harness/dhcp/server.ts";
import { Recording } from "../harness/trace/recording.ts";
import { DEVICE as SUB } from "../harness/wire/dhcp-names.ts";
import { subOptionOf, vendorInformationOf } from "../harness/wire/dhcp-vendor.ts";
import { type Lan, openLan } from "../lan/lan.ts";
import { isRoot, lanProblem } from "../lan/probe.ts";
import { FakeAcs, type Post, set as setTo } from "../simulator/fake-acs.ts";
import { startPhone } from "../simulator/phone.ts";
import {
  DEVICE,
  DNSMASQ_GATEWAY,
  dhclient,
  dnsmasq,
  ENTERPRISE,
  GATEWAY,
  gatewayBlock,
  type Identity,
  kea,
  type ProgramCall,
  ProgramFolder,
} from "./dhcp-programs.ts";
import { ended, eventually, missing, Programs, type StartedProgram } from "./programs.ts";

// DHCP servers and clients of others on a LAN with our phone and our server, in real time, and another decoder that reads along.

const CLIENTS_AND_SERVERS = ["dnsmasq", "kea-dhcp4", "dhclient", "tshark", "nsenter"] as const;
const absent = missing(...CLIENTS_AND_SERVERS);
const noLan = lanProblem() ?? (isRoot() ? undefined : "they need the rights of root");
if (noLan !== undefined) console.warn(`no DHCP program of others is tried: ${noLan}`);
else if (absent.length > 0) console.warn(`not installed, and so not tried with our DHCP: ${absent.join(", ")}`);

const runs = (...programs: readonly (typeof CLIENTS_AND_SERVERS)[number][]) =>
  noLan === undefined && !["nsenter", ...programs].some((name) => absent.includes(name));

let folder: ProgramFolder;
let lan: Lan;
const programs = new Programs();
const open: (() => unknown)[] = [];

beforeEach(async () => {
  folder = new ProgramFolder(mkdtempSync(join(tmpdir(), "assay-dhcp-")));
  if (noLan === undefined) lan = await openLan(realClock);
});

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
  await programs.stop();
  await lan?.stop();
  rmSync(folder.path, { recursive: true });
});

const startIn = (side: "gateway" | "phone", { command, env }: ProgramCall): StartedProgram => {
  const [first = "", ...rest] = [...lan.inside(side), ...command];
  return programs.start(first, rest, env);
};

const says = (program: StartedProgram, pattern: RegExp) =>
  eventually(() => [...program.lines, ...program.log].find((line) => pattern.test(line)), String(pattern));

/** What TShark reads of option 125 in a capture that goes on until this is called, and so many DHCPACK have been seen. */
async function capture(): Promise<(acknowledged: number) => Promise<readonly string[]>> {
  const file = join(folder.path, "capture.pcapng");
  const running = startIn("gateway", { command: ["tshark", "-i", "gateway", "-f", "udp port 67 or udp port 68", "-w", file] });
  await says(running, /File: /);
  return async (acknowledged) => {
    const read = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { child, lines } = programs.start("tshark", ["-r", file, ...args]);
      await new Promise((resolve) => child.once("close", resolve));
      return lines;
    };
    // What has been captured is written now and then: until all of a conversation is there.
    await eventually(
      async () => ((await read("-Y", "dhcp.option.dhcp == 5")).length >= acknowledged ? true : undefined),
      `${acknowledged} DHCPACK in the capture`,
    );
    await ended(running.child);
    expect(await read("-Y", "_ws.malformed or _ws.expert.severity == error")).toEqual([]);
    const fields = [
      "device_manufacturer_oui",
      "device_serial_number",
      "device_product_class",
      "gateway_manufacturer_oui",
      "gateway_serial_number",
      "gateway_product_class",
    ];
    const columns = ["dhcp.option.dhcp", "dhcp.option.vi.enterprise", ...fields.map((name) => `dhcp.option.vi.tr111.${name}`)];
    return read("-T", "fields", "-E", "separator=|", ...columns.flatMap((name) => ["-e", name]));
  };
}

const TYPE = { discover: 1, offer: 2, request: 3, ack: 5, inform: 8 };
const ofDevice = (type: number, { oui, serial, productClass }: Identity): string =>
  // It takes the device's OUI for a number, and the gateway's for text.
  [type, ENTERPRISE, Number.parseInt(oui, 16), serial, productClass, "", "", ""].join("|");
const ofGateway = (type: number): string =>
  [type, ENTERPRISE, "", "", "", GATEWAY.oui, GATEWAY.serial, GATEWAY.productClass].join("|");
const conversationOf = (device: Identity): readonly string[] => [
  ofDevice(TYPE.discover, device),
  ofGateway(TYPE.offer),
  ofDevice(TYPE.request, device),
  ofGateway(TYPE.ack),
];

/** Starts our phone on the LAN, and waits until it has told an ACS who it is and behind which gateway: gives its answer. */
async function informed(): Promise<Post> {
  const acs = new FakeAcs();
  open.push(() => acs.close());
  const url = await acs.listen();
  const phone = await startPhone({
    clock: realClock,
    device: "cwmp",
    delivered: { tr69_acs_url: url, tr69_use_acs: "on" },
    lan: lan.phone,
  });
  open.push(() => phone.stop());
  const { post } = await acs.session();
  const asked = "<ParameterNames><string>Device.GatewayInfo.</string><string>Device.DeviceInfo.</string></ParameterNames>";
  return post.answer("GetParameterValues", asked);
}

const valueIn = (body: string, name: string): string | undefined =>
  new RegExp(`<Name>${name}</Name>\\s*<Value[^>]*>([^<]*)<`).exec(body)?.[1];

function identityIn(body: string, object: "DeviceInfo" | "GatewayInfo"): Identity {
  const value = (name: string): string => valueIn(body, `Device.${object}.${name}`) ?? "";
  return { oui: value("ManufacturerOUI"), serial: value("SerialNumber"), productClass: value("ProductClass") };
}

/** What a script of a program of others has written down, line by line, its last line empty. */
const written = (file: string) =>
  eventually(() => {
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    return lines.at(-1) === "" ? lines.slice(0, -1) : undefined;
  }, file);

test.runIf(runs("dnsmasq", "tshark"))("our phone and dnsmasq tell each other who they are", { timeout: 180_000 }, async () => {
  const told = join(folder.path, "told");
  const identity = '"$DNSMASQ_CPEWAN_OUI" "$DNSMASQ_CPEWAN_SERIAL" "$DNSMASQ_CPEWAN_CLASS"';
  const leased = folder.script("leased", [`test "$1" = add && printf '%s\\n' ${identity} > ${told}`]);
  const server = startIn("gateway", dnsmasq(folder, [...DNSMASQ_GATEWAY, `dhcp-script=${leased}`]));
  await says(server, /sockets bound exclusively/);
  const read = await capture();
  const { body, answer } = await informed();
  expect(identityIn(body, "GatewayInfo")).toEqual(GATEWAY);
  const device = identityIn(body, "DeviceInfo");
  expect(await written(told)).toEqual([device.oui, device.serial, device.productClass]);
  // It has an address of its own from now on, and tells only who it is.
  const set = await answer("SetParameterValues", setTo("Device.LAN.AddressingType", "string", "Static"));
  expect(set.body).toContain("SetParameterValuesResponse");
  set.end();
  expect(await read(2)).toEqual([...conversationOf(device), ofDevice(TYPE.inform, device), ofGateway(TYPE.ack)]);
});

test.runIf(runs("kea-dhcp4", "tshark"))(
  "our phone takes its lease, and the gateway's identity, from Kea",
  { timeout: 180_000 },
  async () => {
    const server = startIn("gateway", kea(folder));
    await says(server, /DHCP4_STARTED/);
    const read = await capture();
    const { body, end } = await informed();
    end();
    expect(identityIn(body, "GatewayInfo")).toEqual(GATEWAY);
    expect(await read(1)).toEqual(conversationOf(identityIn(body, "DeviceInfo")));
    await says(server, /DHCP4_LEASE_ALLOC/);
  },
);

test.runIf(runs("dhclient", "tshark"))(
  "dhclient takes its lease from our server, and TShark reads who both are",
  { timeout: 180_000 },
  async () => {
    const server = await startDhcpServer({ port: lan.gateway, clock: realClock, recording: new Recording(), gateway: GATEWAY });
    open.push(() => server.stop());
    const read = await capture();
    const bound = join(folder.path, "bound");
    startIn("phone", dhclient(folder, "raw", [`printf '%s\\n' "$new_ip_address" "$new_vivso" > ${bound}`]));
    const [address, vivso = ""] = await written(bound);
    expect(address).toBe(lan.gateway.phoneAddress);
    const octets = Buffer.from(vivso.split(":").map((octet) => Number.parseInt(octet, 16)));
    expect(octets.toString("hex")).toBe(gatewayBlock(GATEWAY).toString("hex"));

    expect(server.heard.map(({ step }) => step)).toEqual(["discover", "request"]);
    for (const { message } of server.heard) {
      const information = vendorInformationOf(message);
      const value = (code: number) => information && subOptionOf(information, ENTERPRISE, code)?.value.toString();
      expect({ oui: value(SUB.oui), serial: value(SUB.serial), productClass: value(SUB.productClass) }).toEqual(DEVICE);
    }
    expect(await read(1)).toEqual(conversationOf(DEVICE));
  },
);
