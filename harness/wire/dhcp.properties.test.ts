import fc from "fast-check";
import { expect, test } from "vitest";
import { seeded } from "../core/random.ts";
import { type DhcpOption, decodeDhcp, encodeDhcp } from "./dhcp.ts";
import { BROADBAND_FORUM, DHCP_TYPES } from "./dhcp-names.ts";
import { readOptions } from "./dhcp-options.ts";
import {
  encapsulatedOf,
  readEncapsulated,
  readText,
  readVendorClass,
  readVendorInformation,
  type SubOption,
  vendorClassOf,
  vendorInformationOf,
  writeEncapsulated,
  writeVendorClass,
  writeVendorInformation,
} from "./dhcp-vendor.ts";
import { readVendorClassV6, readVendorInformationV6, writeVendorClassV6, writeVendorInformationV6 } from "./dhcpv6-vendor.ts";
import type { OctetProblem } from "./octet-problem.ts";
import { addressText } from "./octets.ts";

const octets = (maxLength: number, minLength = 1) => fc.uint8Array({ minLength, maxLength }).map((array) => Buffer.from(array));
const address = octets(4, 4).map(addressText);
const subOptions = (least: number, most: number) =>
  fc.uniqueArray(fc.record({ code: fc.integer({ min: least, max: most }), value: octets(9) }), {
    minLength: 1,
    maxLength: 5,
    selector: ({ code }) => code,
  });
const enterprises = fc.constantFrom(0, 9, BROADBAND_FORUM, 0xffffffff);
const written = (read: readonly SubOption[]) => read.map(({ code, value }) => ({ code, value }));

test("what is written of vendor options is read without a problem, and as it was", () => {
  const blocks = fc.uniqueArray(fc.record({ enterprise: enterprises, subOptions: subOptions(0, 255) }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ enterprise }) => enterprise,
  });
  fc.assert(
    fc.property(blocks, (all) => {
      const read = readVendorInformation(writeVendorInformation(all));
      expect(read.problems).toEqual([]);
      expect(read.blocks.map((block) => ({ enterprise: block.enterprise, subOptions: written(block.subOptions) }))).toEqual(all);
      const classes = all.map(({ enterprise, subOptions: [first] }) => ({ enterprise, value: first?.value ?? Buffer.of(0) }));
      const told = readVendorClass(writeVendorClass(classes));
      expect(told.problems).toEqual([]);
      expect(told.classes.map(({ enterprise, items }) => ({ enterprise, value: items[0]?.value }))).toEqual(classes);
    }),
  );
  fc.assert(
    fc.property(subOptions(1, 254), fc.boolean(), (all, end) => {
      const read = readEncapsulated(writeEncapsulated(all, { end }));
      expect([read.problems, written(read.subOptions)]).toEqual([[], all]);
    }),
  );
  fc.assert(
    fc.property(enterprises, subOptions(0, 0xffff), (enterprise, all) => {
      const read = readVendorInformationV6(writeVendorInformationV6(enterprise, all));
      expect([read.problems, read.blocks.map((block) => [block.enterprise, written(block.subOptions)])]).toEqual([
        [],
        [[enterprise, all]],
      ]);
      const items = all.map(({ value }) => value);
      const told = readVendorClassV6(writeVendorClassV6(enterprise, items));
      expect([told.problems, told.classes[0]?.items.map(({ value }) => value)]).toEqual([[], items]);
    }),
  );
});

test("what is written of a message is read without a problem, and as it was", () => {
  const fields = fc.record({
    type: fc.constantFrom(...DHCP_TYPES),
    xid: fc.nat({ max: 0xffffffff }),
    secs: fc.nat({ max: 0xffff }),
    broadcast: fc.boolean(),
    chaddr: octets(6, 6).map((mac) => mac.toString("hex").replace(/..(?=.)/g, "$&:")),
    ...{ ciaddr: address, yiaddr: address, siaddr: address, giaddr: address },
    sname: fc.constantFrom("", "gateway"),
    file: fc.constantFrom("", "boot/file"),
  });
  // Options of any length, with codes that no standard gives a length.
  const options = fc.uniqueArray(fc.record({ code: fc.integer({ min: 128, max: 254 }), octets: octets(600, 0) }), {
    selector: ({ code }) => code,
    maxLength: 5,
  });
  fc.assert(
    fc.property(fields, options, (one, list: DhcpOption[]) => {
      const op = ["OFFER", "ACK", "NAK"].includes(one.type) ? 2 : 1;
      const message = decodeDhcp(encodeDhcp({ op, ...one, options: list }), "it");
      expect(message.problems).toEqual([]);
      expect(message).toMatchObject({ op, ...one });
      expect(message.options.slice(1).map(({ code, octets: value }) => ({ code, octets: value }))).toEqual(list);
    }),
  );
});

interface Read {
  readonly problems: readonly OctetProblem[];
}

const READERS: readonly ((octets: Buffer) => Read)[] = [
  ...[readVendorInformation, readVendorClass, readEncapsulated, readVendorInformationV6, readVendorClassV6],
];

const SOUND: readonly Buffer[] = [
  writeVendorInformation([
    { enterprise: 9, subOptions: [{ code: 1, value: "abc" }] },
    { enterprise: BROADBAND_FORUM, subOptions: [1, 2, 3].map((code) => ({ code, value: "SIPPHONE" })) },
  ]),
  writeVendorClass([{ enterprise: BROADBAND_FORUM, value: "usp" }]),
  writeEncapsulated([{ code: 1, value: "http://192.0.2.1/acs" }], { end: true }),
  writeVendorInformationV6(BROADBAND_FORUM, [{ code: 11, value: "0011AA" }]),
  writeVendorClassV6(BROADBAND_FORUM, ["usp", "dslforum.org"]),
];

/** Random octets, or sound ones with some of them changed, again and again in the same memory. */
class Mutations {
  readonly #memory = Buffer.alloc(80);
  readonly #random = seeded(3925);

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  next(sound: readonly Buffer[]): Buffer {
    const memory = this.#memory;
    const model = sound[this.below(2 * sound.length)];
    if (model === undefined) {
      const length = this.below(memory.length);
      for (let at = 0; at < length; at += 4) memory.writeInt32LE(this.below(2 ** 32) | 0, at);
      return memory.subarray(0, length);
    }
    model.copy(memory);
    for (let changes = this.below(4); changes > 0; changes -= 1) memory[this.below(model.length)] = this.below(256);
    return memory.subarray(0, model.length - (this.below(3) === 0 ? this.below(model.length) : 0));
  }
}

/** Everything stands where the octets are. */
function mustBeInside({ problems }: Read, length: number): void {
  for (const { offset } of problems) if (offset < 0 || offset > length) throw new Error(`a problem at ${offset} of ${length}`);
}

test("a million buffers are read by every reader of an option, without an exception", { timeout: 60_000 }, () => {
  const mutations = new Mutations();
  const before = process.cpuUsage();
  for (let count = 0; count < 1_000_000; count += 1) {
    const buffer = mutations.next(SOUND);
    for (const read of READERS) mustBeInside(read(buffer), buffer.length);
    readText(buffer);
  }
  const { user } = process.cpuUsage(before);
  expect(user / 1e6).toBeLessThan(30);
});

test("any message is read, and everything in it, without an exception", { timeout: 60_000 }, () => {
  const mutations = new Mutations();
  for (let count = 0; count < 100_000; count += 1) {
    const code = [43, 124, 125, 52, 53][mutations.below(5)] ?? 0;
    const value = Buffer.concat([Buffer.of(code, mutations.below(60)), mutations.next(SOUND)]);
    const message = encodeDhcp({
      ...{ op: 1, xid: 1, chaddr: "02:00:00:00:00:01", type: "DISCOVER", file: value, atLeast: 0 },
      options: [Buffer.of(52, 1, mutations.below(5)), value],
    });
    if (mutations.below(4) === 0) message[mutations.below(message.length)] = mutations.below(256);
    const part = mutations.below(8) === 0 ? message.subarray(0, mutations.below(message.length)) : message;
    const read = decodeDhcp(part, "it");
    mustBeInside(read, part.length);
    for (const told of [vendorInformationOf(read), vendorClassOf(read), encapsulatedOf(read)])
      if (told !== undefined) mustBeInside(told, part.length);
  }
});

test("options are read to their end, and joined without a loss", () => {
  fc.assert(
    fc.property(octets(300), (value) => {
      const { options, instances } = readOptions(Buffer.concat([Buffer.alloc(240), value]));
      const sum = (all: readonly DhcpOption[]): number => all.reduce((length, option) => length + option.octets.length, 0);
      expect(sum(options)).toBe(sum(instances));
    }),
    { numRuns: 1000 },
  );
});

test("twenty thousand instances of an option take no time", () => {
  const options = Array.from({ length: 20_000 }, () => Buffer.of(125, 1, 0));
  const before = process.cpuUsage();
  const message = decodeDhcp(encodeDhcp({ op: 1, xid: 1, chaddr: "02:00:00:00:00:01", type: "DISCOVER", options }), "it");
  expect([message.problems, vendorInformationOf(message)?.blocks.length]).toEqual([[], 4000]);
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
});
