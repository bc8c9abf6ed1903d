import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Machine, type MachineOptions } from "../machine.ts";
import { reference } from "../seams.ts";
import { TestClock } from "../test-clock.ts";
import { encapsulated, FakeServer, vendorOption } from "./fake-server.ts";
import { MESSAGE_TYPE, OPTION } from "./message.ts";

const GATEWAY = ["ManufacturerOUI", "ProductClass", "SerialNumber"].map((name) => `Device.GatewayInfo.${name}`);
const FIRST = vendorOption({ 4: "00D09E", 5: "GW1", 6: "Home" });
const SECOND = vendorOption({ 4: "00D09E", 5: "GW2", 6: "Home" });

describe("a phone on its LAN", () => {
  let clock: TestClock;
  let server: FakeServer;
  let machine: Machine;

  beforeEach(() => {
    clock = new TestClock();
    server = new FakeServer(() => clock.now());
    server.leaseTime = 60;
    server.options = [FIRST];
  });

  afterEach(() => machine.stop());

  const start = async (
    device: "snom" | "cwmp",
    settings: Record<string, string> = {},
    more: Partial<MachineOptions> = {},
  ): Promise<void> => {
    machine = new Machine({
      ...{ device, clock, seams: reference, settings, host: "127.0.0.1", address: "127.0.0.1" },
      ...{ webPort: 0, connectionRequestPort: 0, rebootSeconds: 1, lan: server, random: () => 0.5 },
      ...more,
    });
    await machine.start();
    await clock.pass(0);
  };

  const gateway = (): readonly string[] => GATEWAY.map((name) => machine.model.valueOf(name));
  const changed = (): readonly string[] => machine.state.changes.map(({ name }) => name).toSorted();
  const set = (setting: string, value: string): void => {
    machine.state.settings[setting] = value;
    machine.followSettings();
  };
  const acs = (): string | undefined => machine.state.settings.tr69_acs_url;
  const option43 = (...options: Buffer[]): { code: number; data: Buffer } => ({ code: 43, data: Buffer.concat(options) });

  test("tells of its gateway, and of another one", async () => {
    await start("snom");
    expect(gateway()).toEqual(["00D09E", "Home", "GW1"]);
    expect(changed()).toEqual(GATEWAY);
    machine.state.changes = [];
    await clock.pass(31);
    expect(changed()).toEqual([]);
    server.options = [SECOND];
    await clock.pass(30);
    expect(gateway()).toEqual(["00D09E", "Home", "GW2"]);
    expect(changed()).toEqual(["Device.GatewayInfo.SerialNumber"]);
  });

  test("is reached by the address of its lease, where it listens at that, and tells of another one", async () => {
    const names = ["Device.ManagementServer.ConnectionRequestURL", "Device.LAN.IPAddress"];
    const shown = (): readonly string[] => names.map((name) => /\d+\.\d+\.\d+\.\d+/.exec(machine.model.valueOf(name))?.[0] ?? "");
    await start("snom");
    expect(shown()).toEqual(["127.0.0.1", "127.0.0.1"]);
    await machine.stop();
    await start("snom", {}, { addressByDhcp: true });
    expect(shown()).toEqual(["192.0.2.20", "192.0.2.20"]);
    machine.state.changes = [];
    server.address = "192.0.2.21";
    await clock.pass(31);
    expect(shown()).toEqual(["192.0.2.21", "192.0.2.21"]);
    expect(changed()).toEqual(names.slice(0, 1));
    // Without a lease there is no other.
    server.answer = () => ({});
    await clock.pass(61);
    expect(shown()).toEqual(["192.0.2.21", "192.0.2.21"]);
  });

  test("forgets its gateway with its address", async () => {
    await start("snom");
    machine.state.changes = [];
    server.answer = () => ({});
    await clock.pass(61);
    expect(gateway()).toEqual(["", "", ""]);
    expect(changed()).toEqual(GATEWAY);
  });

  test("goes to nobody before it has been heard of DHCP", async () => {
    server.answer = () => ({});
    await start("snom", { tr69_acs_url: "http://192.0.2.1/", tr69_use_acs: "on" });
    await clock.pass(120);
    expect(machine.state.events).toEqual([]);
  });

  test("is notified of its gateway by default, again when it gets another ACS", async () => {
    server.options = [FIRST, option43(encapsulated(1, "http://192.0.2.6/acs"))];
    await start("cwmp", { tr69_acs_url: "http://192.0.2.5/acs" });
    const notification = (): readonly number[] =>
      GATEWAY.flatMap((name) => machine.model.parameter(name) ?? []).map((one) => machine.model.attributes(one).notification);
    expect(notification()).toEqual([2, 2, 2]);
    for (const name of GATEWAY) machine.model.setAttributes(name, { notification: 0, accessList: [] });
    set("tr69_acs_url", "");
    await clock.pass(0);
    expect(acs()).toBe("http://192.0.2.6/acs");
    expect(notification()).toEqual([2, 2, 2]);
  });

  test("takes the provisioning server of option 43 before that of option 66", async () => {
    const direct = { code: OPTION.serverName, data: Buffer.from("http://direct") };
    // Sub-option 66 `http://test`, which ends with NUL.
    server.options = [direct, option43(Buffer.from("420c687474703a2f2f7465737400", "hex"))];
    await start("snom");
    expect(machine.state.settings.update_server).toBe("http://test");
    server.options = [direct, { code: OPTION.bootFile, data: Buffer.from("phone.xml") }];
    await clock.pass(31);
    expect([machine.state.settings.update_server, machine.state.settings.update_filename]).toEqual([
      "http://direct",
      "phone.xml",
    ]);
  });

  test("finds its ACS by DHCP when it has none", async () => {
    server.options = [
      option43(encapsulated(2, "code\0"), encapsulated(1, "http://192.0.2.5/acs\0"), encapsulated(3, "7"), Buffer.of(255)),
    ];
    await start("cwmp");
    expect(acs()).toBe("http://192.0.2.5/acs");
    expect(machine.model.valueOf("Device.DeviceInfo.ProvisioningCode")).toBe("code");
    expect(machine.model.valueOf("Device.ManagementServer.CWMPRetryMinimumWaitInterval")).toBe("7");
    expect(server.asked[0]?.message.options.find(({ code }) => code === 60)?.data.toString()).toBe("dslforum.org");
  });

  test.each(["acs.example.com/acs", "ftp://192.0.2.5/", ""])("takes no %s for an ACS", async (url) => {
    server.options = [option43(encapsulated(1, url))];
    await start("cwmp");
    expect(acs()).toBe("");
  });

  test("asks DHCP once more when its ACS is taken from it", async () => {
    await start("cwmp", { tr69_acs_url: "http://192.0.2.5/acs" });
    server.options = [option43(encapsulated(1, "http://192.0.2.6/acs"))];
    set("tr69_acs_url", "");
    await clock.pass(0);
    expect(server.story.at(-1)).toBe("8 255.255.255.255");
    expect(acs()).toBe("http://192.0.2.6/acs");
  });

  test.each([
    ["DHCP", "", "http://192.0.2.6/acs"],
    ["hand", "http://192.0.2.5/acs", "http://192.0.2.5/acs"],
  ])("cannot reach an ACS whose URL came by %s", async (_way, set, expected) => {
    server.leaseTime = 100_000;
    server.options = [option43(encapsulated(1, "http://192.0.2.5/acs"))];
    await start("cwmp", { tr69_acs_url: set });
    server.options = [option43(encapsulated(1, "http://192.0.2.6/acs"))];
    machine.discovery?.dialled(false);
    await clock.pass(299);
    expect(acs()).toBe("http://192.0.2.5/acs");
    machine.discovery?.dialled(false);
    await clock.pass(2);
    expect(acs()).toBe(expected);
  });

  test("keeps its gateway when nobody says where the ACS is", async () => {
    server.leaseTime = 100_000;
    await start("cwmp", { tr69_acs_url: "http://192.0.2.5/acs" });
    server.answer = () => ({});
    set("tr69_acs_url", "");
    await clock.pass(120);
    expect(server.story.slice(2)).toEqual(Array.from({ length: 4 }, () => "8 255.255.255.255"));
    expect(gateway()).toEqual(["00D09E", "Home", "GW1"]);
  });

  test("has no gateway when nobody answers a phone with a static address", async () => {
    await start("snom");
    server.answer = () => ({});
    set("dhcp", "off");
    await clock.pass(61);
    expect(gateway()).toEqual(["", "", ""]);
  });

  test("tells with a static address as soon as it has one", async () => {
    await start("snom");
    const types = (): readonly (number | undefined)[] => server.asked.map(({ message }) => message.options[0]?.data[0]);
    set("dhcp", "off");
    await clock.pass(0);
    set("dhcp", "on");
    await clock.pass(0);
    const { discover, request, inform } = MESSAGE_TYPE;
    expect(types()).toEqual([discover, request, inform, discover, request]);
  });
});
