import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// DHCP servers and clients of others, and how they are told what TR-111 and the discovery of an ACS want of them.

/** Where a program of others keeps what it needs. */
export class ProgramFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Writes a file. @returns its path */
  write(name: string, lines: readonly string[]): string {
    const file = join(this.path, name);
    writeFileSync(file, `${lines.join("\n")}\n`);
    return file;
  }

  /** Writes a script of the shell. @returns its path */
  script(name: string, lines: readonly string[]): string {
    const file = this.write(name, ["#!/bin/sh", ...lines, "exit 0"]);
    chmodSync(file, 0o755);
    return file;
  }
}

/** How a program of others is started, in the namespace of its side of the LAN. */
export interface ProgramCall {
  readonly command: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Who a device or a gateway is. */
export interface Identity {
  readonly oui: string;
  readonly serial: string;
  readonly productClass: string;
}

export const ENTERPRISE = 3561;
export const GATEWAY: Identity = { oui: "00D09E", serial: "GW-SERIAL-0001", productClass: "GatewayClass" };
export const DEVICE: Identity = { oui: "0011AA", serial: "SIM-PHONE-01", productClass: "SIPPHONE" };

/** A sub-option: its code, its length and its text. */
const subOption = (code: number, text: string): Buffer => Buffer.concat([Buffer.of(code, text.length), Buffer.from(text)]);

/** A block of option 125: enterprise number, length and sub-options (RFC 3925 4). */
export function vendorBlock(enterprise: number, subOptions: Readonly<Record<number, string>>): Buffer {
  const data = Buffer.concat(Object.entries(subOptions).map(([code, text]) => subOption(Number(code), text)));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(enterprise);
  head.writeUInt8(data.length, 4);
  return Buffer.concat([head, data]);
}

export const deviceBlock = ({ oui, serial, productClass }: Identity): Buffer =>
  vendorBlock(ENTERPRISE, { 1: oui, 2: serial, 3: productClass });
export const gatewayBlock = ({ oui, serial, productClass }: Identity): Buffer =>
  vendorBlock(ENTERPRISE, { 4: oui, 5: serial, 6: productClass });

/** Octets as ISC writes them. */
const octetText = (octets: Buffer): string => [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join(":");

/** Lines of dnsmasq for the gateway's identity. It sets the tag itself, for clients that tell their device identity. */
export const DNSMASQ_GATEWAY: readonly string[] = Object.entries({
  4: GATEWAY.oui,
  5: GATEWAY.serial,
  6: GATEWAY.productClass,
}).map(([code, value]) => `dhcp-option-force=tag:cpewan-id,vi-encap:${ENTERPRISE},${code},"${value}"`);

/** dnsmasq on the gateway's interface, with these lines besides. */
export function dnsmasq(folder: ProgramFolder, lines: readonly string[]): ProgramCall {
  const settings = folder.write("dnsmasq.conf", [
    ...["port=0", "user=root", "interface=gateway", "bind-interfaces", "dhcp-authoritative", "no-ping"],
    `dhcp-leasefile=${join(folder.path, "dnsmasq.leases")}`,
    "dhcp-range=10.111.0.50,10.111.0.99,1h",
    ...lines,
  ]);
  return { command: ["dnsmasq", "--keep-in-foreground", `--conf-file=${settings}`, "--log-facility=-", "--pid-file="] };
}

/** Kea's DHCPv4 server on the gateway's interface, which tells everybody who the gateway is. */
export function kea(folder: ProgramFolder): ProgramCall {
  const space = `vendor-${ENTERPRISE}`;
  const values = [
    { code: 4, name: "oui", data: GATEWAY.oui },
    { code: 5, name: "serial", data: GATEWAY.serial },
    { code: 6, name: "class", data: GATEWAY.productClass },
  ];
  const settings = {
    Dhcp4: {
      "interfaces-config": { interfaces: ["gateway"] },
      "lease-database": { type: "memfile", persist: false },
      "valid-lifetime": 3600,
      "option-def": values.map(({ code, name }) => ({ name, code, space, type: "string" })),
      "option-data": [
        { name: "vivso-suboptions", data: String(ENTERPRISE), "always-send": true },
        ...values.map(({ name, data }) => ({ name, space, data, "always-send": true })),
      ],
      subnet4: [{ subnet: "10.111.0.0/24", pools: [{ pool: "10.111.0.50 - 10.111.0.99" }] }],
      loggers: [{ name: "kea-dhcp4", severity: "INFO", output_options: [{ output: "stdout" }] }],
    },
  };
  return {
    command: ["kea-dhcp4", "-c", folder.write("kea.json", [JSON.stringify(settings)])],
    env: { KEA_LOCKFILE_DIR: folder.path, KEA_PIDFILE_DIR: folder.path },
  };
}

/** The sub-options of an identity as ISC's programs take them in their own space. */
const iscSpace = (codes: readonly [number, number, number]): readonly string[] => [
  "option space bbf code width 1 length width 1;",
  ...["oui", "serial", "class"].map((name, index) => `option bbf.${name} code ${codes[index]} = text;`),
  `option vendor.bbf code ${ENTERPRISE} = encapsulate bbf;`,
];

/** The ISC's server on the gateway's interface. Only what it is told in raw octets does it send. */
export function dhcpd(folder: ProgramFolder, form: "raw" | "structured"): ProgramCall {
  const { oui, serial, productClass } = GATEWAY;
  const settings = folder.write("dhcpd.conf", [
    ...["authoritative;", "default-lease-time 3600;", "ping-check false;"],
    ...(form === "raw"
      ? [`option vivso ${octetText(gatewayBlock(GATEWAY))};`]
      : [
          ...iscSpace([4, 5, 6]),
          `option bbf.oui "${oui}";`,
          `option bbf.serial "${serial}";`,
          `option bbf.class "${productClass}";`,
        ]),
    "subnet 10.111.0.0 netmask 255.255.255.0 { range 10.111.0.50 10.111.0.99; option routers 10.111.0.1; }",
  ]);
  const files = ["-lf", folder.write("dhcpd.leases", []), "-pf", join(folder.path, "dhcpd.pid")];
  return { command: ["dhcpd", "-4", "-f", "-d", "-cf", settings, ...files, "gateway"] };
}

/** The client of BusyBox, on the phone's interface where no other one is named. It ends when it has a lease, or got none. */
export function udhcpc(folder: ProgramFolder, flags: readonly string[], device = "phone"): ProgramCall {
  const script = folder.script("udhcpc", []);
  return { command: ["udhcpc", "-f", "-n", "-q", "-i", device, "-s", script, ...flags, "-O", "125"] };
}

/** That client with this in its option 125. */
export const udhcpcTelling = (folder: ProgramFolder, vendor: Buffer): ProgramCall =>
  udhcpc(folder, ["-x", `125:${vendor.toString("hex")}`]);

/**
 * The ISC's client on the phone's interface. Only what it is told in raw octets does it send.
 * @param bound lines of the shell for when it has its lease
 */
export function dhclient(folder: ProgramFolder, form: "raw" | "structured", bound: readonly string[] = []): ProgramCall {
  const { oui, serial, productClass } = DEVICE;
  const settings = folder.write("dhclient.conf", [
    ...(form === "raw"
      ? [`send vivso ${octetText(deviceBlock(DEVICE))};`, "request subnet-mask, routers, vivso;"]
      : [
          ...iscSpace([1, 2, 3]),
          ...[`send bbf.oui "${oui}";`, `send bbf.serial "${serial}";`, `send bbf.class "${productClass}";`],
          "request subnet-mask, broadcast-address, routers, domain-name-servers, vivso;",
        ]),
  ]);
  const hook = folder.script("dhclient-hook", ['test "$reason" = BOUND || exit 0', ...bound]);
  const files = [
    "-cf",
    settings,
    "-lf",
    join(folder.path, "dhclient.leases"),
    "-pf",
    join(folder.path, "dhclient.pid"),
    "-sf",
    hook,
  ];
  return { command: ["dhclient", "-4", "-d", "-1", ...files, "phone"] };
}

/** dhcpcd on the phone's interface: it cannot send option 125, and sends its vendor class as option 124. */
export function dhcpcd(folder: ProgramFolder): ProgramCall {
  const lines = ["option subnet_mask, routers, vivso", "vendorclassid dslforum.org", `vendclass ${ENTERPRISE} "dslforum.org"`];
  const settings = folder.write("dhcpcd.conf", lines);
  return { command: ["dhcpcd", "-4", "-B", "-1", "-f", settings, "-c", folder.script("dhcpcd-hook", []), "phone"] };
}
