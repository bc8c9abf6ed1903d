import { type AddressInfo, createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { eventCodes } from "../harness/acs/read.ts";
import { type RunningBench, startBench } from "../harness/bench/start.ts";
import { VirtualClock } from "../harness/core/virtual-clock.ts";
import { loadProfile, type Profile } from "../harness/phone/profile.ts";
import { type SimulatedPhone, startPhone } from "../simulator/phone.ts";

const profile = loadProfile("profiles/snom.yaml", {});

let phone: SimulatedPhone | undefined;
let bench: RunningBench | undefined;
afterEach(async () => {
  await bench?.stop();
  await phone?.stop();
});

/** A bench with the simulated phone, and what its web interface showed before the bench was there, and shows now. */
async function start(settings: Record<string, string> = {}) {
  const clock = new VirtualClock();
  phone = await startPhone({ clock: clock.phone, random: () => 0.5, settings });
  const origin = `http://127.0.0.1:${phone.webPort}`;
  const shown = async (): Promise<string[]> => {
    const pages = ["/settings.xml", "/param_map"].map(async (page) => (await fetch(origin + page)).text());
    // What the phone has to tell its ACS is its own.
    return (await Promise.all(pages)).map((text) => text.replace(/<tr69_(?:events|params|download_status)\b.*/g, ""));
  };
  const first = await shown();
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const target = { host: "127.0.0.1", port: phone.webPort };
  bench = await startBench({ clock: clock.harness, profile, target, seed: 1, note, waitsFor() {} });
  return { bench, shown, first, notes, begun: await shown(), now: () => clock.harness.now() };
}

/** The phone comes when it is called. */
async function comes({ acs }: RunningBench): Promise<string> {
  const session = await acs.session();
  await session.end();
  return eventCodes(session.inform).value?.join() ?? "";
}

const line = "string:Device.X_Snom_Assay.Text=one\n";

test("settings that a case saves and a map that it loads are put back", async () => {
  const { bench: running, shown, begun } = await start();
  const { snom } = running.phone;
  await snom.save({ ntp_server: "a b&c=d", user_realname1: "Zoë" });
  await snom.save({ ntp_server: "again" });
  expect((await snom.settings()).get("ntp_server")).toBe("again");
  const map = await snom.paramMap();
  expect((await snom.loadParamMap(`${map}${line}`)).status).toBe(200);
  expect(await snom.paramMap()).toBe(`${map}${line}`);
  expect(await running.settle()).toEqual([]);
  expect(await shown()).toEqual(begun);
  expect(await comes(running)).toBe("6 CONNECTION REQUEST");
});

test("a phone that a case sends to another ACS, or takes from its own, comes back", async () => {
  const { bench: running, shown, begun } = await start();
  for (const settings of [{ tr69_acs_url: "http://127.0.0.1:9/" }, { tr69_use_acs: "off" }, { tr69_cnr_pass: "another" }]) {
    await running.phone.snom.save(settings);
    expect(await running.settle()).toEqual([]);
    expect(await shown()).toEqual(begun);
    expect(await comes(running)).toBe("6 CONNECTION REQUEST");
  }
});

test("a phone that a case resets or provisions from elsewhere is given its ACS again, however the case ends", async () => {
  const { bench: running, shown, first, notes } = await start({ setting_server: "http://127.0.0.1:9/none" });
  const { snom } = running.phone;
  const folder = running.files.folder();
  await snom.provisionFrom(folder.url);
  expect(await running.settle()).toEqual([]);
  expect(await comes(running)).toBe("6 CONNECTION REQUEST");
  expect((await snom.settings()).get("setting_server")).toBe("http://127.0.0.1:9/none");
  await snom.factoryReset();
  expect(await running.settle()).toEqual([]);
  expect(await comes(running)).toBe("6 CONNECTION REQUEST");
  await snom.save({ ntp_server: "lost" });
  await snom.factoryReset();
  await snom.answers();
  await snom.save({ ntp_server: "after" });
  expect(await running.settle()).toEqual([]);
  expect((await snom.settings()).get("ntp_server")).toBe("ntp.example.com");
  await snom.factoryReset();
  await running.stop();
  expect([notes, await shown()]).toEqual([[], first]);
});

test("a phone that takes settings from a provisioning server alone comes, is reset, comes again, and is let go", async () => {
  const clock = new VirtualClock();
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );
  await new Promise((resolve) => server.close(resolve));
  const d8xx = loadProfile("profiles/snom-d8xx.yaml", {});
  const provisioning = { listen: { host: "127.0.0.1", port } };
  const local: Profile = {
    ...d8xx,
    reach: { ...d8xx.reach, acs: { ...d8xx.reach.acs, listen: { host: "127.0.0.1" } }, provisioning },
  };
  phone = await startPhone({ clock: clock.phone, random: () => 0.5, provisioningServer: `http://127.0.0.1:${port}/` });
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const running = await startBench({ clock: clock.harness, profile: local, seed: 1, note, waitsFor() {} });
  bench = running;
  expect(notes).toEqual([
    expect.stringContaining(`let the phone fetch its settings from http://127.0.0.1:${port}/: as DHCP option 66`),
  ]);
  expect(await comes(running)).toBe("6 CONNECTION REQUEST");
  const session = await running.acs.session();
  await session.factoryReset();
  await session.end();
  expect(await running.settle()).toEqual([]);
  expect(await comes(running)).toBe("6 CONNECTION REQUEST");
  expect(() => running.phone.snom).toThrow("does not reach this phone as a Snom phone");
  await running.stop();
  expect(notes.slice(1)).toEqual([expect.stringMatching(/^the phone still has the address of this run's ACS/)]);
});
