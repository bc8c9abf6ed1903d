import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultPatience } from "../harness/acs/patience.ts";
import { createdIn } from "../harness/controller/read.ts";
import { requestMessage } from "../harness/controller/requests.ts";
import { type RunningController, startController } from "../harness/controller/usp-controller.ts";
import { pause, realClock } from "../harness/core/clock.ts";
import { Recording } from "../harness/trace/recording.ts";
import type { MqttVersion } from "../harness/wire/mqtt.ts";
import { decodeRecord } from "../harness/wire/usp.ts";
import { encodeRecord } from "../harness/wire/usp-write.ts";
import { DeviceAtHand } from "../simulator/at-hand.ts";
import { eventually, missing, Programs } from "./programs.ts";

// Mosquitto, by others, as broker between our agent and its own clients, and its clients at our broker.

const there = missing("mosquitto", "mosquitto_pub", "mosquitto_sub").length === 0;
if (!there)
  console.warn("mosquitto, mosquitto_pub and mosquitto_sub are not installed: they do not stand in as broker and clients.");

const HOST = "127.0.0.1";
const AGENT = "os::00005E-witness";
const AGENT_TOPIC = "usp/agents/witness";
const CONTROLLER = "self::witness";
const CONTROLLER_TOPIC = "usp/controllers/witness";
const PATH = "Device.LocalAgent.EndpointID";
const CLIENT_FLAGS: Readonly<Record<MqttVersion, string>> = { "5.0": "5", "3.1.1": "311" };

/** What tells a client at our broker from the agent (TR-369 R-MQTT.13). */
const FOREIGN = ["-D", "connect", "user-property", "usp-endpoint-id", "self::mosquitto"];

let folder: string;
const programs = new Programs();
const open: (() => unknown)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-mosquitto-"));
});

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
  await programs.stop();
  rmSync(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

async function publish(port: number, topic: string, payload: Buffer, more: readonly string[] = []): Promise<void> {
  const file = join(folder, "payload");
  writeFileSync(file, payload);
  const args = ["-h", HOST, "-p", String(port), "-t", topic, "-q", "1", "-f", file, ...more];
  const { child } = programs.start("mosquitto_pub", args);
  await new Promise<void>((resolve) => child.once("exit", () => resolve()));
}

const getRecord = (msgId: string): Buffer =>
  encodeRecord({
    version: "1.3",
    toId: AGENT,
    fromId: CONTROLLER,
    recordType: {
      case: "noSessionContext",
      value: { payload: requestMessage({ case: "get", value: { paramPaths: [PATH], maxDepth: 0 } }, msgId) },
    },
  });

const deviceOf = async (usp: Parameters<DeviceAtHand["start"]>[0]["usp"]): Promise<void> => {
  const device = new DeviceAtHand({ clock: realClock, usp: { endpointId: AGENT } });
  open.push(() => device.stop());
  await device.start(usp === undefined ? {} : { usp });
};

test.runIf(there).each(["5.0", "3.1.1"] as const)(
  "the simulated agent is asked over mosquitto, MQTT %s, by its own clients",
  { timeout: 90_000 },
  async (version) => {
    const port = await freePort();
    const settings = join(folder, "mosquitto.conf");
    writeFileSync(settings, `listener ${port} ${HOST}\nallow_anonymous true\npersistence false\n`);
    programs.start("mosquitto", ["-c", settings]);
    const flags = ["-V", CLIENT_FLAGS[version]];
    // Every message in hexadecimal on a line of its own; again until the broker is there.
    const { lines } = await eventually(async () => {
      const filter = `${CONTROLLER_TOPIC}/#`;
      const one = programs.start("mosquitto_sub", [
        "-h",
        HOST,
        "-p",
        String(port),
        ...flags,
        "-q",
        "1",
        "-t",
        filter,
        "-F",
        "%t %x",
      ]);
      await pause(realClock, 300);
      return one.child.exitCode === null ? one : undefined;
    });
    await deviceOf({
      url: `mqtt://${HOST}:${port}`,
      endpointId: CONTROLLER,
      mqtt: { version, topic: CONTROLLER_TOPIC, agentTopic: AGENT_TOPIC },
    });
    const records = () =>
      lines.map((line) => {
        const [topic = "", octets = ""] = line.split(" ");
        return { topic, record: decodeRecord(Buffer.from(octets, "hex"), topic) };
      });
    const connect = await eventually(() => records().find(({ record }) => record.kind === "mqtt-connect"));
    expect(connect.record.at("from_id").value).toBe(AGENT);

    const replyTo = `${CONTROLLER_TOPIC}/answers`;
    const [topic, properties] =
      version === "5.0"
        ? [AGENT_TOPIC, ["-D", "publish", "content-type", "usp.msg", "-D", "publish", "response-topic", replyTo]]
        : [`${AGENT_TOPIC}/reply-to=${replyTo.replaceAll("/", "%2F")}`, []];
    await publish(port, topic, getRecord("witness-1"), [...flags, ...properties]);
    const answer = await eventually(() => records().find(({ record }) => record.message?.msgId.value === "witness-1"));
    expect(answer.topic.startsWith(replyTo)).toBe(true);
    expect(answer.record.faults).toEqual([]);
    expect(answer.record.message?.msgType).toBe("GET_RESP");
    const results = "response/get_resp/req_path_results[1]/resolved_path_results[1]/result_params/EndpointID";
    expect(answer.record.message?.at(results).value).toBe(AGENT);
  },
);

test.runIf(there)(
  "mosquitto_sub collects bulk data from our broker, and what mosquitto_pub sends disturbs nobody",
  { timeout: 90_000 },
  async () => {
    const controller: RunningController = await startController({
      context: { clock: realClock, recording: new Recording(), patience: defaultPatience },
      host: HOST,
      path: "/usp",
      endpointId: CONTROLLER,
      mtps: ["mqtt"],
    });
    open.push(() => controller.stop());
    await deviceOf(controller.access("mqtt"));
    expect(await controller.ready(10_000)).toBe(true);
    const port = Number(new URL(controller.access("mqtt").url).port);
    const filter = ["-q", "1", "-t", "bulk/#", "-F", "%t %C %p"];
    const { lines, child } = programs.start("mosquitto_sub", ["-h", HOST, "-p", String(port), "-V", "5", ...FOREIGN, ...filter]);
    const add = async (path: string, values: Readonly<Record<string, string>>): Promise<string> => {
      const params = Object.entries(values).map(([name, value]) => ({ name, value, required: true }));
      return createdIn(await controller.add([{ path, params }]))[0] ?? "";
    };
    const profile = await add("Device.BulkData.Profile.", {
      Enable: "true",
      Protocol: "MQTT",
      "MQTT.Reference": "Device.MQTT.Client.1",
      "MQTT.PublishTopic": "bulk/witness",
      "MQTT.PublishQoS": "1",
    });
    await add(`${profile}Parameter.`, { Name: "ID", Reference: PATH });
    await controller.set([{ path: "Device.BulkData.", params: [{ name: "Enable", value: "true", required: true }] }]);
    await publish(port, controller.mqtt.agentTopic ?? AGENT_TOPIC, Buffer.from("no record"), ["-V", "5", ...FOREIGN]);
    const line = await eventually(async () => {
      await controller.operate(`${profile}ForceCollection()`);
      return lines.at(0);
    });
    expect(line).toContain("bulk/witness application/json; charset=UTF-8 ");
    expect(JSON.parse(line.slice(line.indexOf("{")))).toMatchObject({ Report: [{ ID: AGENT }] });
    expect((await controller.get([PATH])).summary.value).toBe("GET_RESP");
    expect(child.exitCode).toBeNull();
  },
);
