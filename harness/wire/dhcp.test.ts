import { expect, test } from "vitest";
import { addressOf, type DhcpOption, decodeDhcp, encodeDhcp, located, numberOf, optionOf } from "./dhcp.ts";
import { acsOptionName, BROADBAND_FORUM, OPTION, optionName, subOptionName } from "./dhcp-names.ts";
import {
  encapsulatedOf,
  readEncapsulated,
  readText,
  readVendorClass,
  readVendorInformation,
  subOptionOf,
  textOf,
  vendorInformationOf,
  writeEncapsulated,
  writeVendorClass,
  writeVendorInformation,
} from "./dhcp-vendor.ts";
import { readVendorClassV6, readVendorInformationV6, writeVendorClassV6, writeVendorInformationV6 } from "./dhcpv6-vendor.ts";
import type { OctetProblem } from "./octet-problem.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const kinds = (problems: readonly OctetProblem[]): readonly string[] => problems.map(({ kind, offset }) => `${kind}@${offset}`);
const from = { op: 1, xid: 0x01020304, chaddr: "02:00:00:00:00:01" } as const;
const message = (options: readonly (DhcpOption | Buffer)[], more = {}): Buffer => encodeDhcp({ ...from, options, ...more });

test("a message is read with the octet of each option", () => {
  const octets = message([{ code: 60, octets: Buffer.from("dslforum.org") }, hex("00 00"), { code: 57, octets: hex("0240") }], {
    ...{ type: "REQUEST", secs: 7, broadcast: true, ciaddr: "10.0.0.2", file: "boot", sname: "host" },
  });
  const read = decodeDhcp(octets, (name) => `datagram #1 (${name})`);
  expect(read).toMatchObject({
    ...{ name: "DHCPREQUEST", type: "REQUEST", op: 1, htype: 1, hlen: 6, xid: 0x01020304, secs: 7, broadcast: true },
    ...{ ciaddr: "10.0.0.2", yiaddr: "0.0.0.0", chaddr: "02:00:00:00:00:01", file: "boot", sname: "host", problems: [] },
  });
  expect(read.options.map(({ code, offset }) => `${code}@${offset}`)).toEqual(["53@240", "60@243", "57@259"]);
  expect([numberOf(read, 57), numberOf(read, 60), addressOf(read, 57), textOf(read, 60)?.text]).toEqual([
    ...[0x240, undefined, undefined, "dslforum.org"],
  ]);
  expect(located(read, "x", optionOf(read, 60)?.offset)).toEqual({ value: "x", where: "datagram #1 (DHCPREQUEST), octet 243" });
  expect([optionName(60), optionName(200), subOptionName(2), acsOptionName(1)]).toEqual([
    ...["option 60 (Vendor Class Identifier)", "option 200", "sub-option 2 (DeviceSerialNumber)"],
    "encapsulated option 1 (URL of the ACS)",
  ]);
});

test("several instances are one option, also in overloaded fields, and their octets keep their places", () => {
  const information = writeVendorInformation([
    { enterprise: 9, subOptions: [{ code: 1, value: "abc" }] },
    { enterprise: BROADBAND_FORUM, subOptions: [{ code: 1, value: "0011AA" }] },
  ]);
  const pieces = [information.subarray(0, 4), information.subarray(4, 17), information.subarray(17)];
  const [first, second, third] = pieces.map((piece) => Buffer.concat([Buffer.of(125, piece.length), piece]));
  const octets = message([hex("340103"), first ?? Buffer.alloc(0)], {
    type: "DISCOVER",
    // The file field is read before the sname field, although it stands behind it.
    sname: Buffer.concat([third ?? Buffer.alloc(0), hex("ff")]),
    file: Buffer.concat([second ?? Buffer.alloc(0), hex("ff")]),
  });
  const read = decodeDhcp(octets, "it");
  expect([read.problems, read.sname, read.file, optionOf(read, 125)?.octets.equals(information)]).toEqual([[], "", "", true]);
  expect(read.instances.map(({ code, area, offset }) => `${code} in ${area}@${offset}`)).toEqual([
    ...["53 in options@240", "52 in options@243", "125 in options@246", "125 in file@108", "125 in sname@44"],
  ]);
  const told = vendorInformationOf(read);
  expect(told?.blocks.map(({ enterprise, offset }) => `${enterprise}@${offset}`)).toEqual(["9@248", "3561@116"]);
  const subOption = subOptionOf(told, BROADBAND_FORUM, 1);
  expect([subOption?.offset, octets.toString("latin1", 46, 52), String(subOption?.value)]).toEqual([121, "0011AA", "0011AA"]);
});

test("a value of more than 255 octets is split, and joined again", () => {
  const long = Buffer.alloc(700, "x");
  const read = decodeDhcp(message([{ code: 43, octets: long }], { type: "DISCOVER" }), "it");
  expect([read.problems, optionOf(read, 43)?.octets.equals(long)]).toEqual([[], true]);
  expect(read.instances.map(({ announced }) => announced)).toEqual([1, 255, 255, 190]);
});

const discover = "350101";
test.each<[string, Buffer, readonly string[]]>([
  ["no octets", Buffer.alloc(0), ["truncated@0", "value@0"]],
  ["no magic cookie", Buffer.concat([message([]).subarray(0, 236), hex("00000000 ff")]), ["cookie@236", "value@241"]],
  ["an op that does not exist", encodeDhcp({ ...from, op: 3, type: "DISCOVER" }), ["value@0", "value@0"]],
  ["an OFFER of a client", encodeDhcp({ ...from, type: "OFFER" }), ["value@0"]],
  ["an address of 17 octets", encodeDhcp({ ...from, chaddr: "00".repeat(17), type: "DISCOVER" }), ["length@2"]],
  ["an Ethernet address of 4 octets", encodeDhcp({ ...from, chaddr: "01020304", type: "DISCOVER" }), ["length@2"]],
  ["no message type", message([]), ["value@300"]],
  ["a message type that does not exist", message([hex("350109")]), ["value@242"]],
  ["a message type of two octets", message([hex("35020101")]), ["length@240"]],
  ["a message type without an octet", message([hex("3500")]), ["empty@240"]],
  ["a message type twice", message([hex(discover), hex(discover)]), ["duplicate@243"]],
  ["no end", message([hex(discover)], { end: false, atLeast: 0 }), ["end@243"]],
  ["an option behind the end", message([hex(discover), hex("ff 3c0178")], { atLeast: 0 }), ["end@244"]],
  ["a code without a length", message([hex(discover), hex("3c")], { end: false, atLeast: 0 }), ["truncated@243", "empty@243"]],
  ["a value that is cut", message([hex(discover), hex("3c0578")], { end: false, atLeast: 0 }), ["truncated@243"]],
  ["an overload that does not exist", message([hex(discover), hex("340104")]), ["value@243"]],
  ["an overloaded field without an end", message([hex(discover), hex("340101")], { file: Buffer.alloc(128) }), ["end@236"]],
  ["half an address", message([hex(discover), hex("03060a0000010a00")]), ["length@243"]],
  ["an option 125 of four octets", message([hex(discover), hex("7d0400000de9")]), ["length@243"]],
])("%s is a problem", (_, octets, problems) => {
  expect(kinds(decodeDhcp(octets, "it").problems)).toEqual(problems);
});

test("reserved flags are a problem", () => {
  const octets = message([hex(discover)]);
  octets[11] = 1;
  expect(kinds(decodeDhcp(octets, "it").problems)).toEqual(["value@10"]);
});

const information = (value: string) => readVendorInformation(hex(value));

test.each<[string, string, readonly string[], readonly string[]]>([
  ["one block", "00000de9 05 01 03 616263", ["3561/1=616263@5"], []],
  ["codes 0 and 255, which are not padding here", "00000de9 05 00 01 61 ff00", ["3561/0=61@5", "3561/255=@8"], ["empty@9"]],
  ["nothing", "", [], ["length@0"]],
  ["no length", "00000de9", [], ["length@0"]],
  ["an octet behind the last block", "00000de9 00 00", [], ["empty@4", "trailing@5"]],
  ["a length beyond the option", "00000de9 09 01 03 616263", ["3561/1=616263@5"], ["truncated@4"]],
  [
    "a sub-option beyond its block",
    "00000de9 04 01 05 6162 00000009 03 01 01 63",
    ["3561/1=6162@5", "9/1=63@14"],
    ["truncated@6"],
  ],
  ["an octet behind the last sub-option", "00000de9 04 01 01 61 02", ["3561/1=61@5"], ["trailing@8"]],
  ["an enterprise twice", "00000de9 03 010161 00000de9 03 020162", ["3561/1=61@5", "3561/2=62@13"], ["duplicate@8"]],
  ["a sub-option twice", "00000de9 06 010161 010162", ["3561/1=61@5", "3561/1=62@8"], ["duplicate@8"]],
  ["the wrong byte order", "e90d0000 03 010161", ["3909943296/1=61@5"], ["byte-order@0"]],
])("option 125 with %s", (_, octets, subOptions, problems) => {
  const read = information(octets);
  const flat = read.blocks.flatMap(({ enterprise, subOptions: all }) =>
    all.map(({ code, value, offset }) => `${enterprise}/${code}=${value.toString("hex")}@${offset}`),
  );
  expect([flat, kinds(read.problems)]).toEqual([subOptions, problems]);
});

test("what is cut tells how long it should be, and problems say what is wrong", () => {
  const read = information("00000de9 09 01 05 6162");
  expect(read.blocks[0]?.announced).toBe(9);
  expect(read.blocks[0]?.subOptions[0]).toMatchObject({ announced: 5, value: Buffer.from("ab") });
  expect(read.problems.map(({ text, clause }) => `${text} (${clause})`)).toEqual([
    "the data of enterprise 3561 has 9 octets by its length, and 4 are left (RFC-3925:4)",
    "sub-option 1 has 5 octets by its length, and 2 are left (RFC-3925:4)",
  ]);
  expect(information("e90d0000 03 010161").problems[0]?.text).toContain("(0xe90d0000) is 3561 in the wrong byte order");
});

test.each<[string, string, readonly string[], readonly string[]]>([
  ["padding and an end", "00 01 01 61 00 02 01 62 ff 00 00", ["1=61@1", "2=62@5"], []],
  ["no octets", "", [], ["empty@0"]],
  ["octets behind its end", "01 01 61 ff 00 02 01 62", ["1=61@0"], ["end@5"]],
  ["an end in a value", "01 02 ffff", ["1=ffff@0"], []],
  [
    "a sub-option twice, one that is cut, and an octet",
    "01 01 61 01 03 62",
    ["1=61@0", "1=62@3"],
    ["duplicate@3", "truncated@4"],
  ],
  ["a code without a length", "01 01 61 02", ["1=61@0"], ["trailing@3"]],
])("option 43 with %s", (_, octets, subOptions, problems) => {
  const read = readEncapsulated(hex(octets));
  const flat = read.subOptions.map(({ code, value, offset }) => `${code}=${value.toString("hex")}@${offset}`);
  expect([flat, kinds(read.problems)]).toEqual([subOptions, problems]);
  const option = decodeDhcp(message([hex(discover), { code: 43, octets: hex(octets) }]), "it");
  const placed = encapsulatedOf(option)?.subOptions.map(({ offset }) => offset - 245);
  expect(placed).toEqual(read.subOptions.map(({ offset }) => offset));
});

test("vendor classes are read with what is wrong", () => {
  const classes = (octets: string) => {
    const read = readVendorClass(hex(octets));
    return [
      read.classes.map(({ enterprise, items }) => `${enterprise}=${items.map(({ value }) => value)}`),
      kinds(read.problems),
    ];
  };
  expect(classes("00000de9 03 757370 00000009 01 61")).toEqual([["3561=usp", "9=a"], []]);
  expect(classes("00000de9 04 757370")).toEqual([["3561=usp"], ["truncated@4"]]);
  expect(classes("00000de9 00 00000de9 01 61 00")).toEqual([
    ["3561=", "3561=a"],
    ["empty@4", "duplicate@5", "trailing@11"],
  ]);
});

test("vendor options of DHCPv6 have codes and lengths of two octets, and one enterprise", () => {
  const told = readVendorInformationV6(hex("00000de9 000b 0003 616263 000c 0004 61"));
  expect(told.blocks[0]?.subOptions.map(({ code, value }) => `${code}=${String(value)}`)).toEqual(["11=abc", "12=a"]);
  expect(kinds(told.problems)).toEqual(["truncated@13"]);
  expect(kinds(readVendorInformationV6(hex("e90d0000 000b00")).problems)).toEqual(["byte-order@0", "trailing@4"]);
  expect(kinds(readVendorInformationV6(hex("000de9")).problems)).toEqual(["length@0"]);
  const classes = readVendorClassV6(hex("00000de9 0003 757370 0000 00"));
  expect([classes.classes[0]?.items.map(({ value }) => String(value)), kinds(classes.problems)]).toEqual([
    ["usp", ""],
    ["empty@9", "trailing@11"],
  ]);
  expect(kinds(readVendorClassV6(hex("00000de9")).problems)).toEqual(["empty@4"]);
});

test("a value is text with all that is in it", () => {
  expect(readText(hex("6100"))).toEqual({ text: "a\0", nulTerminated: true, isUtf8: true });
  expect(readText(hex("ff"))).toMatchObject({ nulTerminated: false, isUtf8: false });
});

test("what does not fit is not written", () => {
  const long = "x".repeat(256);
  expect(() => writeVendorInformation([{ enterprise: 1, subOptions: [{ code: 1, value: long }] }])).toThrow(RangeError);
  expect(() => writeVendorInformation([{ enterprise: -1, subOptions: [] }])).toThrow(RangeError);
  expect(() => writeVendorClass([{ enterprise: 1, value: long }])).toThrow(RangeError);
  expect(() => writeEncapsulated([{ code: 256, value: "" }])).toThrow(RangeError);
  expect(writeVendorClassV6(1, [long]).length + writeVendorInformationV6(1, [{ code: 256, value: long }]).length).toBe(262 + 264);
  expect(writeEncapsulated([{ code: OPTION.subnetMask, value: "a" }], { end: true }).toString("hex")).toBe("010161ff");
});
