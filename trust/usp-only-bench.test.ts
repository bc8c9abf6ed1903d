import { afterEach, expect, test } from "vitest";
import { type RunningBench, startBench } from "../harness/bench/start.ts";
import { createdIn, parametersIn } from "../harness/controller/read.ts";
import { VirtualClock } from "../harness/core/virtual-clock.ts";
import { loadProfile } from "../harness/phone/profile.ts";
import { DeviceAtHand } from "../simulator/at-hand.ts";

const profile = loadProfile("profiles/generic-usp.yaml", {});

let device: DeviceAtHand | undefined;
let bench: RunningBench | undefined;
afterEach(async () => {
  await bench?.stop();
  await device?.stop();
});

/** Starts a bench for a device that is there only once somebody at it has started it. */
async function start(isStarted = true) {
  const clock = new VirtualClock();
  device = new DeviceAtHand({ clock: clock.phone, random: () => 0.5 });
  const notes: string[] = [];
  bench = await startBench({
    clock: clock.harness,
    profile,
    target: { host: "127.0.0.1" },
    seed: 1,
    hands: isStarted ? device : { start: async () => {} },
    note: (text) => void notes.push(text),
    waitsFor() {},
  });
  return { bench, notes, controller: bench.usp.controller, agent: bench.usp.agent };
}

const SUBSCRIPTIONS = "Device.LocalAgent.Subscription.";

test("a device without CWMP is known by its agent alone", async () => {
  const { bench: running, notes, agent } = await start();
  expect(notes).toEqual([]);
  expect(agent.controllerPath).toBe("Device.LocalAgent.Controller.1.");
  expect(running.about).toEqual({
    address: "127.0.0.1",
    identity: expect.objectContaining({ manufacturer: "Generic Devices", oui: "00005E", model: "Generic" }),
  });
  expect([running.phone.claims("cwmp"), running.phone.claims("local-reset")]).toEqual([false, true]);
  expect(() => running.acs).toThrow("the profile says that the device has no CWMP (claims: cwmp)");
  expect(await running.probe()).toEqual({ answers: true });
});

test("it is brought back to where it was, also by whoever is at it", async () => {
  const { bench: running, controller, agent } = await start();
  const { path, use } = agent.values.writableString;
  const cut = path.lastIndexOf(".") + 1;
  const params = [
    { name: "ID", value: "assay" },
    { name: "NotifType", value: "Event" },
    { name: "ReferenceList", value: "Device.Boot!" },
  ];
  const change = async (): Promise<string> => {
    const [instance = ""] = createdIn(await controller.add([{ path: SUBSCRIPTIONS, params }]));
    await controller.set([{ path: path.slice(0, cut), params: [{ name: path.slice(cut), value: use[0] }] }]);
    return instance;
  };
  expect([await change(), await running.settle()]).toEqual([
    `${SUBSCRIPTIONS}2.`,
    [`left ${SUBSCRIPTIONS}2.; deleted`, expect.stringMatching(/; put back$/)],
  ]);
  await running.phone.powerCycle();
  expect([await running.settle(), running.usp.controller.current?.open]).toEqual([[], true]);
  await change();
  await running.phone.localReset();
  expect(await running.settle()).toEqual([]);
  expect(parametersIn(await controller.get([path])).get(path)?.value).not.toBe(use[0]);
  await controller.operate("Device.FactoryReset()");
  expect([await running.settle(), (await controller.get([path])).kind]).toEqual([[], "response"]);
});

test("one that never comes is unreachable", async () => {
  await expect(start(false)).rejects.toThrow(/^the phone's USP agent did not come to ws:\/\/.*\/usp within 300 s$/);
});
