import { createRequire } from "node:module";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultPatience } from "../harness/acs/patience.ts";
import { type RunningController, startController } from "../harness/controller/usp-controller.ts";
import { realClock } from "../harness/core/clock.ts";
import { Recording } from "../harness/trace/recording.ts";
import { DeviceAtHand } from "../simulator/at-hand.ts";

// usp-js, a controller library by others, asks the simulated agent over our broker: what the agent answers is read by decoders that are
// not ours.

interface UspJs {
  get(path: string | readonly string[]): Promise<unknown>;
  set(path: string, value: unknown): Promise<unknown>;
  add(path: string, values: Readonly<Record<string, string>>): Promise<unknown>;
  del(path: string): Promise<unknown>;
  operate(
    command: string,
    options?: { isAsync: boolean },
  ): Promise<readonly [(args?: object) => Promise<unknown>, () => Promise<void>]>;
  disconnect(): Promise<void>;
}

interface Library {
  default(options: Readonly<Record<string, unknown>>): Promise<UspJs>;
}

function library(): Library | undefined {
  try {
    return createRequire(new URL("./witnesses/", import.meta.url))("usp-js") as Library;
  } catch {
    return undefined;
  }
}

const found = library();
if (found === undefined)
  console.warn(
    "usp-js is not installed: it does not stand in as a controller (npm ci --ignore-scripts --prefix trust/witnesses).",
  );

const HOST = "127.0.0.1";
const AGENT = "os::00005E-witness";
const CONTROLLER = "self::witness";
const PROVISIONING_CODE = "Device.LocalAgent.Controller.1.ProvisioningCode";

let controller: RunningController;
let device: DeviceAtHand;
let usp: UspJs;

beforeEach(async () => {
  if (found === undefined) return;
  controller = await startController({
    context: { clock: realClock, recording: new Recording(), patience: defaultPatience },
    host: HOST,
    path: "/usp",
    endpointId: CONTROLLER,
    mtps: ["mqtt"],
    mqtt: { version: "3.1.1" },
  });
  device = new DeviceAtHand({ clock: realClock, usp: { endpointId: AGENT } });
  await device.start({ usp: controller.access("mqtt") });
  expect(await controller.ready(10_000)).toBe(true);
  usp = await found.default({
    host: HOST,
    port: Number(new URL(controller.access("mqtt").url).port),
    protocol: "mqtt",
    fromId: CONTROLLER,
    toId: AGENT,
    // usp-js knows no reply topics: in MQTT 3.1.1 they are a part of the name (TR-369 R-MQTT.24).
    publishEndpoint: `${controller.mqtt.agentTopic}/reply-to=${controller.mqtt.topic.replaceAll("/", "%2F")}`,
    // Where Notifies go too.
    subscribeEndpoint: `${controller.mqtt.topic}/#`,
  });
}, 30_000);

afterEach(async () => {
  if (found === undefined) return;
  await usp.disconnect();
  await device.stop();
  await controller.stop();
});

test.runIf(found !== undefined)(
  "usp-js gets, sets, adds, deletes and operates, and is told what is wrong",
  { timeout: 90_000 },
  async () => {
    expect(await usp.get("Device.LocalAgent.EndpointID")).toBe(AGENT);
    expect(await usp.get(["Device.LocalAgent.EndpointID", "Device.LocalAgent.Controller.1."])).toMatchObject([
      AGENT,
      { EndpointID: CONTROLLER },
    ]);

    await usp.set(PROVISIONING_CODE, "by usp-js");
    expect(await usp.get(PROVISIONING_CODE)).toBe("by usp-js");

    const path = await usp.add("Device.LocalAgent.Controller.1.BootParameter.", {
      Enable: "true",
      ParameterName: "Device.DeviceInfo.SoftwareVersion",
    });
    expect(path).toMatch(/^Device\.LocalAgent\.Controller\.1\.BootParameter\.\d+\.$/);
    expect(await usp.get(`${path}Enable`)).toBe("true");
    expect(await usp.del(String(path))).toEqual([path]);
    await expect(usp.get(`${path}Enable`)).rejects.toMatchObject({ errCode: 7026 });

    const [test, clear] = await usp.operate("Device.SelfTestDiagnostics()");
    expect(await test({})).toMatchObject({ Status: "Complete" });
    await clear();

    await expect(usp.get("Device.NoSuchObject.")).rejects.toMatchObject({ errCode: 7026 });
    await expect(usp.set("Device.LocalAgent.EndpointID", "os::other")).rejects.toMatchObject({ errCode: 7021 });
  },
);
