import { afterEach, expect, test } from "vitest";
import { type RunningBench, startBench } from "../harness/bench/start.ts";
import { createdIn } from "../harness/controller/read.ts";
import { VirtualClock } from "../harness/core/virtual-clock.ts";
import { loadProfile } from "../harness/phone/profile.ts";
import { type PhoneOptions, type SimulatedPhone, startPhone } from "../simulator/phone.ts";

const profile = loadProfile("profiles/snom.yaml", {});

let phone: SimulatedPhone | undefined;
let bench: RunningBench | undefined;
afterEach(async () => {
  await bench?.stop();
  await phone?.stop();
});

async function start(options: Partial<PhoneOptions> = {}) {
  const clock = new VirtualClock();
  phone = await startPhone({ clock: clock.phone, random: () => 0.5, ...options });
  const page = async (): Promise<string> =>
    (await (await fetch(`http://127.0.0.1:${phone?.webPort}/settings.xml`)).text()).replace(
      /<tr69_(?:events|params|download_status)\b.*/g,
      "",
    );
  const before = await page();
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const target = { host: "127.0.0.1", port: phone.webPort };
  bench = await startBench({ clock: clock.harness, profile, target, seed: 1, note, waitsFor() {} });
  return { bench, notes, page, before, now: () => clock.harness.now() };
}

const ID = "Device.LocalAgent.Subscription.";

test("a Snom phone's agent is pointed to the controller, tells what it is, and is let go", async () => {
  const { bench: running, notes, page, before } = await start();
  expect(notes).toEqual([]);
  const { agent, controller } = running.usp;
  expect([agent.endpointId, agent.controllerPath]).toEqual([
    expect.stringMatching(/^os::000413-/),
    "Device.LocalAgent.Controller.2.",
  ]);
  expect(agent.mtpPath).toMatch(/^Device\.LocalAgent\.Controller\.2\.MTP\.\d+\.$/);
  expect([agent.objects.size > 30, agent.versions.length > 0, agent.creates(ID), agent.supports(`${ID}1.ID`)]).toEqual(
    Array(4).fill(true),
  );
  expect([
    running.phone.claims("usp-websocket"),
    running.phone.claims("usp-reboot"),
    running.phone.claims("usp-session-context"),
  ]).toEqual([true, true, true]);
  expect((await controller.get([`${agent.controllerPath}EndpointID`])).summary.value).toBe("GET_RESP");
  expect(await running.settle()).toEqual([]);
  await running.stop();
  expect([notes, await page()]).toEqual([[], before]);
});

test("what a case has left is put back, and an agent that it sent away comes again", async () => {
  const { bench: running } = await start();
  const { controller, websocket, agent, phone: known } = running.usp;
  const { writableString } = agent.values;
  const cut = writableString.path.lastIndexOf(".") + 1;
  const params = [
    { name: "ID", value: "assay" },
    { name: "NotifType", value: "Event" },
    { name: "ReferenceList", value: "Device.Boot!" },
  ];
  const [instance = ""] = createdIn(await controller.add([{ path: ID, params }]));
  await controller.set([
    { path: writableString.path.slice(0, cut), params: [{ name: writableString.path.slice(cut), value: "left" }] },
  ]);
  expect(await running.settle()).toEqual([
    `left ${instance}; deleted`,
    expect.stringMatching(/ = "left" \(was ".*"\); put back$/),
  ]);
  expect(await running.settle()).toEqual([]);

  websocket.current?.cut();
  expect([await running.settle(), websocket.current?.open]).toEqual([[], true]);
  await known.snom.save({ tr369_enable2: "false" });
  expect([await running.settle(), websocket.current?.open]).toEqual([[], true]);
  for (const command of ["Device.Reboot()", "Device.FactoryReset()"]) {
    const opened = websocket.current?.openedAt ?? 0;
    expect((await controller.operate(command)).kind).toBe("response");
    expect(await running.settle()).toEqual([]);
    expect(websocket.current?.openedAt).toBeGreaterThan(opened);
  }
  await known.snom.factoryReset();
  expect([await running.settle(), websocket.current?.open]).toEqual([[], true]);
  expect((await controller.get([writableString.path])).kind).toBe("response");
});

test("a phone whose agent never comes is tested over CWMP all the same", async () => {
  const { bench: running, notes } = await start({ paramMap: "string:Device.DeviceInfo.SoftwareVersion!={firmware_version}\n" });
  const why = /^the phone's USP agent did not come to ws:\/\/127\.0\.0\.1:\d+\/usp within 300 s$/;
  expect(notes).toContainEqual(expect.stringMatching(why));
  expect(() => running.usp).toThrow(why);
  expect(running.phone.claims("usp-reboot")).toBe(false);
  const session = await running.acs.session();
  await session.end();
  expect(await running.settle()).toEqual([]);
});
