import { afterEach, expect, test } from "vitest";
import { eventCodes, parameterValue } from "../harness/acs/read.ts";
import type { BenchOptions } from "../harness/bench/bench-options.ts";
import { type RunningBench, startBench } from "../harness/bench/start.ts";
import { Inconclusive } from "../harness/core/case.ts";
import { VirtualClock } from "../harness/core/virtual-clock.ts";
import { loadProfile, type Profile } from "../harness/phone/profile.ts";
import { saveTarget } from "../harness/phone/snom-settings.ts";
import { type SimulatedPhone, startPhone } from "../simulator/phone.ts";
import { reference, type Seams } from "../simulator/seams.ts";

const snom = loadProfile("profiles/snom.yaml", {});
const generic = loadProfile("profiles/generic-cwmp.yaml", {});

let phone: SimulatedPhone | undefined;
let bench: RunningBench | undefined;
afterEach(async () => {
  await bench?.stop();
  await phone?.stop();
  bench = undefined;
  phone = undefined;
});

interface Started {
  readonly bench: RunningBench;
  readonly notes: readonly string[];
  /** A page of the phone, as a browser gets it. */
  visit(target: string): Promise<string>;
  /** Seconds since the start, by the clock of the run. */
  elapsed(): number;
}

async function start(seams: Partial<Seams> = {}, profile: Profile = snom, options: Partial<BenchOptions> = {}): Promise<Started> {
  const clock = new VirtualClock();
  const began = clock.harness.now();
  const running = await startPhone({ clock: clock.phone, seams: { ...reference, ...seams }, random: () => 0.5 });
  phone = running;
  const web = `http://127.0.0.1:${running.webPort}`;
  const visit = async (target: string): Promise<string> => (await fetch(web + target)).text();
  const notes: string[] = [];
  const started = await startBench({
    clock: clock.harness,
    profile,
    target: { host: "127.0.0.1", port: running.webPort },
    listen: "127.0.0.1",
    seed: 1,
    waitsFor() {},
    note(text) {
      notes.push(text);
      // The person at a generic device does what the note says.
      const url = /point the device to (\S+),/.exec(text)?.[1];
      if (url !== undefined) void visit(saveTarget({ tr69_acs_url: url, tr69_use_acs: "on" }));
    },
    ...options,
  });
  bench = started;
  return { bench: started, notes, visit, elapsed: () => (clock.harness.now() - began) / 1000 };
}

const value = async ({ acs }: RunningBench, name: string): Promise<string | undefined> => {
  const session = await acs.session();
  const seen = parameterValue(await session.getParameterValues([name]), name);
  await session.end();
  return seen.value;
};

test("learns what the phone is, and finds the profile in step with it", async () => {
  const { bench, notes } = await start();
  expect(notes).toEqual([]);
  expect(bench.about.identity).toMatchObject({ oui: "000413", model: "snomD785" });
  expect(bench.phone.model.size).toBeGreaterThan(300);
  expect([bench.phone.claims("connection-request"), bench.phone.claims("schedule-inform"), bench.phone.claims("tls")]).toEqual([
    true,
    true,
    false,
  ]);
  expect(bench.secrets.every((secret) => secret.length >= 20)).toBe(true);
});

test("puts back what a case has changed, and says so", async () => {
  const { bench, visit } = await start();
  const { writableString, table, local } = bench.phone.values;
  const session = await bench.acs.session();
  await session.setParameterValues([{ name: writableString.path, value: "left" }], "k");
  await session.addObject(table.path);
  await session.setParameterAttributes([{ name: writableString.path, notification: 0 }]);
  await session.end();
  expect(await bench.settle()).toEqual([
    `left ${table.path}1.; deleted`,
    `left ${writableString.path} = "left" (was ""); put back`,
    expect.stringMatching(/^left the attributes of .* at Notification 0, .*; put back$/),
  ]);
  expect([await bench.settle(), await value(bench, writableString.path)]).toEqual([[], ""]);
  const before = await value(bench, local.parameter);
  await bench.phone.changeLocally(local.parameter, local.values[0]);
  expect(await visit("/settings.xml")).toContain(local.values[0]);
  expect([await bench.settle(), await value(bench, local.parameter)]).toEqual([[], before]);
});

test("a case may leave the phone rebooting, reset or in a session: the next one finds it ready", async () => {
  const { bench } = await start();
  const reboot = await bench.acs.session();
  await reboot.reboot("key");
  await reboot.end();
  expect(await bench.settle()).toEqual([]);
  const reset = await bench.acs.session();
  await reset.factoryReset();
  await reset.end();
  expect(await bench.settle()).toEqual([]);
  const open = await bench.acs.session();
  void open.request("GetRPCMethods");
  expect(await bench.settle()).toEqual([]);
  const next = await bench.acs.session();
  expect(eventCodes(next.inform).value).toEqual(["6 CONNECTION REQUEST"]);
  await next.end();
});

test("the settings of the phone are as before when the run is over", async () => {
  const clock = new VirtualClock();
  const settings = { tr69_acs_url: "http://acs.example/", tr69_use_acs: "off", ntp_server: "ntp.mine" };
  phone = await startPhone({ clock: clock.phone, settings, random: () => 0.5 });
  // What the phone has to tell its ACS is its own.
  const own = /<tr69_(?:events|params|download_status)\b.*/g;
  const page = async (): Promise<string> =>
    (await (await fetch(`http://127.0.0.1:${phone?.webPort}/settings.xml`)).text()).replace(own, "");
  const map = async (): Promise<string> => (await fetch(`http://127.0.0.1:${phone?.webPort}/param_map`)).text();
  const before = [await page(), await map()];
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const target = { host: "127.0.0.1", port: phone.webPort };
  const running = await startBench({ clock: clock.harness, profile: snom, target, seed: 1, note, waitsFor() {} });
  const session = await running.acs.session();
  await session.factoryReset();
  await session.end();
  await running.settle();
  await running.stop();
  expect([notes, [await page(), await map()]]).toEqual([[], before]);
});

test("a phone that refuses connection requests is made to come by ScheduleInform, case after case", async () => {
  const refusing = { connectionRequest: { ...reference.connectionRequest, authenticates: () => false } };
  const { bench, notes, elapsed } = await start(refusing);
  expect(notes).toEqual([
    expect.stringMatching(/did not take a connection request \(401 .*\); it is made to come by ScheduleInform/),
  ]);
  for (let round = 0; round < 4; round += 1) {
    expect(await value(bench, bench.phone.values.readOnly.path)).toBe(bench.about.identity.softwareVersion);
    // A session that nobody takes is served by default, and must not break the chain.
    if (round === 1) await bench.acs.silence(60_000, { event: "8 DIAGNOSTICS COMPLETE" });
    expect(await bench.settle()).toEqual([]);
  }
  expect(elapsed()).toBeLessThan(80);
});

test("a phone that does not know ScheduleInform either is made to come by its periodic Inform, until the end", async () => {
  const supported = (): readonly string[] => reference.rpc.supported().filter((method) => method !== "ScheduleInform");
  const { bench, notes } = await start({
    connectionRequest: { ...reference.connectionRequest, authenticates: () => false },
    rpc: { ...reference.rpc, supported },
  });
  expect(notes).toEqual([
    expect.stringMatching(/it is made to come by a PeriodicInformInterval of 10 s until the end of the run/),
  ]);
  await value(bench, bench.phone.values.readOnly.path);
  await value(bench, bench.phone.values.readOnly.path);
  const interval = bench.phone.path("ManagementServer.PeriodicInformInterval");
  expect(await value(bench, interval)).toBe("10");
  await bench.stop();
  const last = bench.recording.exchanges.findLast(({ response }) => response?.body.includes("<cwmp:SetParameterValues"));
  expect(last?.response?.body.toString()).toMatch(/PeriodicInformInterval<\/Name><Value xsi:type="xsd:unsignedInt">3600</);
});

test("a generic device is pointed to the ACS by hand, and everything is learnt from it", async () => {
  const { bench, notes } = await start({}, generic);
  expect(notes).toEqual([expect.stringMatching(/^point the device to http:\/\/127\.0\.0\.1:\d+\/acs, .* up to 600 s/)]);
  const { values } = bench.phone;
  expect([values.table.path, values.fixedTable.path, values.writableString.path]).toEqual([
    "Device.X_Snom_Speeddial.",
    "Device.Services.VoiceService.",
    "Device.DeviceInfo.ProvisioningCode",
  ]);
  expect([
    bench.phone.claims("connection-request"),
    bench.phone.claims("local-change"),
    bench.phone.claims("power-cycle"),
  ]).toEqual([true, false, false]);
  expect((await bench.phone.connectionRequest()).accepted).toBe(true);
});

test("a phone that never comes, and an interrupted start, leave nothing open", async () => {
  const muted = { session: { ...reference.session } };
  const controller = new AbortController();
  const aborted = start(muted, generic, { note() {}, signal: controller.signal });
  controller.abort();
  await expect(aborted).rejects.toThrow(new Inconclusive("interrupted", "interrupted"));
  await phone?.stop();
  await expect(start({}, generic, { note() {} })).rejects.toThrow("no Inform within 600 s");
});
