import { afterEach, expect, test } from "vitest";
import type { UspChoice } from "../harness/bench/bench-options.ts";
import { type RunningBench, startBench } from "../harness/bench/start.ts";
import { VirtualClock } from "../harness/core/virtual-clock.ts";
import { loadProfile } from "../harness/phone/profile.ts";
import { Recording } from "../harness/trace/recording.ts";
import { type SimulatedPhone, startPhone } from "../simulator/phone.ts";

const profile = loadProfile("profiles/snom.yaml", {});

let phone: SimulatedPhone | undefined;
let bench: RunningBench | undefined;
const stop = async (): Promise<void> => {
  await bench?.stop();
  await phone?.stop();
};
afterEach(stop);

async function start(usp: UspChoice) {
  const clock = new VirtualClock();
  phone = await startPhone({ clock: clock.phone, random: () => 0.5 });
  const page = async (): Promise<string> =>
    (await (await fetch(`http://127.0.0.1:${phone?.webPort}/settings.xml`)).text()).replace(
      /<tr69_(?:events|params|download_status)\b.*/g,
      "",
    );
  const before = await page();
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const recording = new Recording();
  const target = { host: "127.0.0.1", port: phone.webPort };
  bench = await startBench({ clock: clock.harness, profile, target, usp, recording, seed: 1, note, waitsFor() {} });
  return { bench, recording, notes, page, before };
}

test("a Snom phone is pointed over to MQTT when a case is about it, and let go at the end", async () => {
  const { bench: running, recording, notes, page, before } = await start({});
  const { agent, controller, mqtt } = running.usp;
  expect([controller.mtp, agent.mtpPath]).toEqual(["websocket", "Device.LocalAgent.Controller.2.MTP.1."]);
  await running.usp.ready("mqtt");
  expect([controller.mtp, agent.mqttClientPath, agent.agentMtpPath, mqtt.agentTopic]).toEqual([
    "mqtt",
    "Device.MQTT.Client.2.",
    "Device.LocalAgent.MTP.2.",
    `usp/agents/${agent.endpointId}`,
  ]);
  const credentials = [mqtt.current?.connect.packet.text("username"), mqtt.current?.connect.packet.buffer("password").toString()];
  expect(credentials).toEqual([mqtt.credentials?.username, mqtt.credentials?.password]);
  expect(running.secrets).toContain(mqtt.credentials?.password);
  // Between two cases the broker is there again, whatever was done to it.
  await mqtt.down("reset");
  expect(await running.settle()).toEqual([]);
  await running.usp.ready("mqtt");
  expect((await controller.get([`${agent.controllerPath}EndpointID`])).summary.value).toBe("GET_RESP");
  expect(recording.mqtt.flatMap(({ packet, where }) => packet.faults.map(({ message }) => `${where}: ${message}`))).toEqual([]);
  await running.stop();
  expect([notes, await page()]).toEqual([[], before]);
});

test.each<UspChoice>([
  { mtp: "websocket", tls: true },
  { mtp: "mqtt", mqttVersion: "3.1.1", tls: true },
])("over TLS the same happens at the same times in every run: %o", async (choice) => {
  const runs: (readonly string[])[] = [];
  for (let run = 0; run < 2; run += 1) {
    const { bench: running, recording } = await start(choice);
    await running.usp.controller.operate("Device.Reboot()");
    await running.settle();
    await running.usp.ready();
    await running.usp.controller.get(["Device.LocalAgent."]);
    expect(recording.connections.filter(({ tlsVersion }) => tlsVersion === "TLSv1.3").length).toBeGreaterThan(1);
    runs.push(recording.usp.map(({ at, from, record }) => `${at} ${from} ${record.message?.msgType ?? record.kind}`));
    await stop();
  }
  expect(runs[0]?.length).toBeGreaterThan(10);
  expect(runs[1]).toEqual(runs[0]);
});
