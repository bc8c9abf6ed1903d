import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gatewayOf, readLease } from "./lease.ts";
import { type DhcpMessage, decodeMessage } from "./message.ts";
import { dhcpSeams } from "./seams.ts";

// Messages of servers and clients that others have written: see vectors/dhcp/README.md.

const folder = join(import.meta.dirname, "../../vectors/dhcp");
const described = <T>(file: string): readonly T[] => JSON.parse(readFileSync(join(folder, file), "utf8")) as readonly T[];

interface Packet {
  readonly file: string;
  readonly order: readonly number[];
  readonly options: Readonly<Record<string, string>>;
}

interface Value {
  readonly option: number;
  readonly says: readonly string[];
  readonly packets: readonly string[];
}

function messageOf(file: string): DhcpMessage {
  const octets = Buffer.from(readFileSync(join(folder, "packets", file), "utf8").trim(), "hex");
  const message = decodeMessage(octets);
  if (message === undefined) throw new Error(`${file} is no message of DHCP`);
  return message;
}

test.each(described<Packet>("packets.json"))("reads $file", ({ file, order, options }) => {
  const message = messageOf(file);
  expect(message.options.map(({ code }) => code)).toEqual(order);
  const read = readLease(dhcpSeams, message, message.yiaddr).options;
  for (const [code, value] of Object.entries(options))
    expect([code, read.get(Number(code))?.toString("hex")]).toEqual([code, value]);
});

const values = described<Value>("values.json");
const each = (option: number, says: RegExp): readonly (readonly [string, readonly string[]])[] =>
  values
    .filter((value) => value.option === option && value.says.some((line) => says.test(line)))
    .flatMap(({ packets, says: lines }) => packets.map((file) => [file, lines] as const));

test.each(each(125, /^3561\/4=/))("reads who the gateway is in %s", (file, says) => {
  const message = messageOf(file);
  const { oui, serialNumber, productClass } = gatewayOf(dhcpSeams, readLease(dhcpSeams, message, "").vendor);
  const read = [`3561/4=${oui}`, `3561/5=${serialNumber}`, `3561/6=${productClass}`];
  expect(read).toEqual(says.filter((line) => /^3561\/[456]=/.test(line)).toSorted());
});

test.each(each(43, /^1=/))("reads where the ACS is in %s", (file, says) => {
  const octets = readLease(dhcpSeams, messageOf(file), "").options.get(43) ?? Buffer.alloc(0);
  const inside = dhcpSeams.encapsulated(octets);
  expect(inside.map(({ code, data }) => `${code}=${dhcpSeams.acsText(data)}`)).toEqual(says);
});
