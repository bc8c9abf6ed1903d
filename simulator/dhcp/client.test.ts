import { beforeEach, describe, expect, test } from "vitest";
import { TestClock } from "../test-clock.ts";
import { type Addressing, DhcpClient } from "./client.ts";
import { encapsulated, FakeServer, vendorOption } from "./fake-server.ts";
import { gatewayOf, type Lease } from "./lease.ts";
import { MESSAGE_TYPE, OPTION } from "./message.ts";
import { dhcpSeams } from "./seams.ts";

const IDENTITY = { oui: "0011AA", serialNumber: "SIM-PHONE-01", productClass: "SIPPHONE" };
// What udhcpc and dhclient send for the same identity: enterprise 3561, 32 octets, sub-options 1, 2 and 3.
const IDENTITY_OCTETS = "00000de9200106303031314141020c53494d2d50484f4e452d3031030853495050484f4e45";
const BEFORE = { address: "192.0.2.9", prefix: 24 };

describe("a client of DHCP", () => {
  let clock: TestClock;
  let server: FakeServer;
  let client: DhcpClient;
  let told: string[];
  let leases: Lease[];

  beforeEach(() => {
    clock = new TestClock();
    server = new FakeServer(() => clock.now());
    told = [];
    leases = [];
    client = clientWith(dhcpSeams);
  });

  const clientWith = (seams: typeof dhcpSeams): DhcpClient =>
    new DhcpClient(
      {
        ...{ clock, port: server, seams, random: () => 0.5 },
        about: () => ({ kind: "cwmp", identity: IDENTITY, mac: server.mac, others: [] }),
      },
      {
        acked(lease, step) {
          leases.push(lease);
          told.push(step);
        },
        offered: () => told.push("offer"),
        lost: (why) => told.push(why),
        unanswered: () => told.push("unanswered"),
      },
    );

  const start = async (addressing: Addressing = { kind: "dhcp", before: undefined }): Promise<void> => {
    await client.start(addressing);
    await clock.pass(0);
  };

  /** When messages were sent, in seconds from the first one. */
  const times = (): readonly number[] => server.asked.map(({ at }) => (at - (server.asked[0]?.at ?? 0)) / 1000);

  test("gets an address, and says who it is in every message", async () => {
    await start();
    expect(server.story).toEqual(["1 255.255.255.255", "3 255.255.255.255"]);
    expect(server.addresses).toEqual([undefined, { address: "192.0.2.20", prefix: 24 }]);
    const [discover, request] = server.asked.map(({ message }) => message);
    expect([discover?.broadcast, request?.broadcast, discover?.ciaddr]).toEqual([true, true, "0.0.0.0"]);
    expect(request?.xid).toBe(discover?.xid);
    expect(discover?.options.map(({ code }) => code)).toEqual([53, 57, 55, 60, 61, 125]);
    expect(request?.options.map(({ code }) => code)).toEqual([53, 57, 50, 54, 55, 60, 61, 125]);
    expect(server.asked.map(({ identity }) => identity)).toEqual([IDENTITY_OCTETS, IDENTITY_OCTETS]);
    expect(told).toEqual(["offer", "request"]);
  });

  test("renews with the server, rebinds with any, and gives the address up in the end", async () => {
    server.leaseTime = 60;
    await start();
    await clock.pass(31);
    expect(server.story.slice(2)).toEqual(["3 192.0.2.1"]);
    const renewal = server.asked[2]?.message;
    expect([renewal?.ciaddr, renewal?.broadcast]).toEqual(["192.0.2.20", false]);
    expect(renewal?.options.map(({ code }) => code)).toEqual([53, 57, 55, 60, 61, 125]);
    server.answer = () => ({});
    const from = server.asked.length;
    await clock.pass(60);
    // Half-way from the renewal at 30 s to 82.5 s and again half-way from there, then to everybody; the last one asks for a new address.
    expect(server.asked.slice(from).map(({ at, to }) => [at / 1000, to])).toEqual([
      [60, "192.0.2.1"],
      [71.25, "192.0.2.1"],
      [76.875, "192.0.2.1"],
      [82.5, "255.255.255.255"],
      [90, "255.255.255.255"],
    ]);
    expect(told).toEqual(["offer", "request", "renewal", "expired"]);
    expect(server.addresses.at(-1)).toBeUndefined();
  });

  test("asks again after 4, 8, 16, 32 and 64 seconds, and every 64 from then on", async () => {
    server.answer = () => ({});
    await start();
    await clock.pass(260);
    expect(times()).toEqual([0, 4, 12, 28, 60, 124, 188, 252]);
    expect(server.asked.at(-1)?.message.secs).toBe(252);
  });

  test("begins anew when nobody answers its request", async () => {
    server.answer = ({ options }) => (options[0]?.data[0] === MESSAGE_TYPE.discover ? { type: MESSAGE_TYPE.offer } : {});
    await start();
    await clock.pass(61);
    expect(server.story.map(([type]) => type).join("")).toBe("1333313");
  });

  test("gives an address back that it is refused, and begins anew after a pause", async () => {
    server.leaseTime = 60;
    await start();
    server.answer = () => ({ type: MESSAGE_TYPE.nak });
    await clock.pass(31);
    server.answer = () => ({});
    expect(told.slice(2)).toEqual(["refused"]);
    await clock.pass(5);
    expect(server.story.slice(2)).toEqual(["3 192.0.2.1", "1 255.255.255.255"]);
  });

  test("tells with a static address, and asks for nothing but what there is to know", async () => {
    await start({ kind: "static", address: BEFORE });
    expect(server.story).toEqual(["8 255.255.255.255"]);
    const inform = server.asked[0];
    expect([inform?.message.ciaddr, inform?.identity]).toEqual(["192.0.2.9", IDENTITY_OCTETS]);
    expect(told).toEqual(["inform"]);
    expect(server.addresses).toEqual([BEFORE]);
  });

  test("gives up a DHCPINFORM that nobody answers", async () => {
    server.answer = () => ({});
    await start({ kind: "static", address: BEFORE });
    await clock.pass(61);
    expect([server.asked.length, ...told]).toEqual([4, "unanswered"]);
  });

  test("may ask for the address that it had", async () => {
    client = clientWith({ ...dhcpSeams, firstStep: () => "init-reboot" });
    await start({ kind: "dhcp", before: BEFORE });
    expect(server.story).toEqual(["3 255.255.255.255"]);
    const codes = server.asked[0]?.message.options.map(({ code }) => code);
    expect([codes?.includes(OPTION.requestedAddress), codes?.includes(OPTION.server)]).toEqual([true, false]);
    expect(told).toEqual(["init-reboot"]);
  });

  test("asks nothing more once it is stopped", async () => {
    await start();
    client.stop();
    await clock.pass(4000);
    expect(server.asked).toHaveLength(2);
  });

  const gateway = (): readonly string[] => {
    const { oui, productClass, serialNumber } = gatewayOf(dhcpSeams, leases.at(-1)?.vendor ?? new Map());
    return [oui, productClass, serialNumber];
  };
  const broken = (data: string): { code: number; data: Buffer } => ({ code: 125, data: Buffer.from(data, "hex") });
  const ours = vendorOption({ 4: "00D09E", 5: "GW1", 6: "Home" });

  test.each([
    ["a block of 3561", [ours], ["00D09E", "Home", "GW1"]],
    [
      "another order",
      [vendorOption({ 9: "x" }, 9), vendorOption({ 6: "Home", 5: "GW1", 4: "00D09E" })],
      ["00D09E", "Home", "GW1"],
    ],
    [
      "two pieces",
      [broken(ours.data.subarray(0, 11).toString("hex")), broken(ours.data.subarray(11).toString("hex"))],
      ["00D09E", "Home", "GW1"],
    ],
    ["another enterprise", [vendorOption({ 4: "00D09E", 5: "GW1" }, 9)], ["", "", ""]],
    ["an element less", [vendorOption({ 4: "00D09E", 5: "GW1" })], ["00D09E", "", "GW1"]],
    ["an empty element", [vendorOption({ 4: "00D09E", 5: "", 6: "Home" })], ["00D09E", "Home", ""]],
    ["NUL at the end", [vendorOption({ 4: "00D09E\0", 5: "GW1\0", 6: "Home" })], ["00D09E", "Home", "GW1"]],
    ["too long", [vendorOption({ 4: "00D09E0", 5: "x".repeat(65), 6: "y".repeat(64) })], ["", "y".repeat(64), ""]],
    ["a sub-option past the end", [broken("00000de90a0406303044303945050e")], ["", "", ""]],
    ["a block past the end", [broken("00000de926040630304430")], ["", "", ""]],
    ["too short for a block", [broken("00000de9")], ["", "", ""]],
    ["the other order of octets", [broken(`e90d0000${ours.data.subarray(4).toString("hex")}`)], ["", "", ""]],
    ["no option", [], ["", "", ""]],
  ])("reads who the gateway is: %s", async (_what, options, expected) => {
    server.options = options;
    await start();
    expect(told.at(-1)).toBe("request");
    expect(gateway()).toEqual(expected);
  });

  test("reads what is not UTF-8 as nothing", async () => {
    const data = Buffer.concat([Buffer.from("00000de90a", "hex"), Buffer.from("0503ff4757", "hex"), encapsulated(6, "abc")]);
    server.options = [{ code: 125, data }];
    await start();
    expect(gateway()).toEqual(["", "abc", ""]);
  });
});
