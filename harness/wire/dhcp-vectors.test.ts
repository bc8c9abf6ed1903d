import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type DhcpMessage, decodeDhcp, encodeDhcp, optionOf } from "./dhcp.ts";
import { OPTION } from "./dhcp-names.ts";
import { encapsulatedOf, readText, vendorClassOf, vendorInformationOf } from "./dhcp-vendor.ts";

// Messages of servers and clients that we have not written, as independent witnesses.

const folder = join(import.meta.dirname, "../../vectors/dhcp");

interface Packet {
  readonly file: string;
  readonly type: string;
  /** Codes of its options, each as often as it stands. */
  readonly order: readonly number[];
  /** Values of some of them, joined. */
  readonly options: Readonly<Record<string, string>>;
}

interface Value {
  readonly option: number;
  readonly octets: string;
  readonly says: readonly string[];
  readonly packets: readonly string[];
}

const described = <T>(file: string): readonly T[] => JSON.parse(readFileSync(join(folder, file), "utf8")) as readonly T[];
const packets = described<Packet>("packets.json");
const messages = new Map(
  readdirSync(join(folder, "packets")).map((file) => {
    const octets = Buffer.from(readFileSync(join(folder, "packets", file), "utf8").trim(), "hex");
    return [file, decodeDhcp(octets, file)];
  }),
);

function messageOf(file: string): DhcpMessage {
  const message = messages.get(file);
  if (message === undefined) throw new Error(`${file} is described, and not there`);
  return message;
}

/** What an option says, in the words of `values.json`. */
function said(message: DhcpMessage, option: number): readonly string[] {
  const text = (octets: Buffer): string => readText(octets).text;
  if (option === OPTION.vendorIdentifyingInformation)
    return (vendorInformationOf(message)?.blocks ?? []).flatMap(({ enterprise, subOptions }) =>
      subOptions.map(({ code, value }) => `${enterprise}/${code}=${text(value)}`),
    );
  if (option === OPTION.vendorIdentifyingClass)
    return (vendorClassOf(message)?.classes ?? []).flatMap(({ enterprise, items }) =>
      items.map(({ value }) => `${enterprise}=${text(value)}`),
    );
  if (option === OPTION.vendorSpecific)
    return (encapsulatedOf(message)?.subOptions ?? []).map(({ code, value }) => `${code}=${text(value)}`);
  return [text(optionOf(message, option)?.octets ?? Buffer.alloc(0))];
}

test("every message of other programs is read as it is described, with nothing wrong", () => {
  expect([...messages.keys()].sort()).toEqual(packets.map(({ file }) => file).sort());
  for (const { file, type, order, options } of packets) {
    const message = messageOf(file);
    expect([file, message.type, message.problems]).toEqual([file, type, []]);
    expect([file, ...message.instances.map(({ code }) => code)]).toEqual([file, ...order]);
    for (const [code, value] of Object.entries(options))
      expect([file, optionOf(message, Number(code))?.octets.toString("hex")]).toEqual([file, value]);
  }
});

test("every vendor option says what it was configured to say, with nothing wrong", () => {
  for (const { option, octets, says, packets: files } of described<Value>("values.json"))
    for (const file of files) {
      const message = messageOf(file);
      expect([file, optionOf(message, option)?.octets.toString("hex"), said(message, option)]).toEqual([file, octets, says]);
    }
  const problems = [...messages.values()].flatMap((message) =>
    [vendorInformationOf(message), vendorClassOf(message), encapsulatedOf(message)].flatMap((read) => read?.problems ?? []),
  );
  expect(problems).toEqual([]);
});

test("what was read is written with the same octets", () => {
  for (const [file, message] of messages) {
    const { op, xid, chaddr, secs, broadcast, ciaddr, yiaddr, siaddr, giaddr, sname, file: bootFile, instances } = message;
    const written = encodeDhcp({
      ...{ op, xid, chaddr, secs, broadcast, ciaddr, yiaddr, siaddr, giaddr, sname, file: bootFile },
      options: instances,
      atLeast: message.octets.length,
    });
    expect([file, written.toString("hex")]).toEqual([file, message.octets.toString("hex")]);
  }
});
