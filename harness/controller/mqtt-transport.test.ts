import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultPatience } from "../acs/patience.ts";
import { ScriptedClient } from "../broker/scripted-client.ts";
import { realClock } from "../core/clock.ts";
import { Recording } from "../trace/recording.ts";
import { encodeRecord } from "../wire/usp-write.ts";
import { type RunningController, startController } from "./usp-controller.ts";

const CONTROLLER = "self::controller";

let controller: RunningController;

beforeEach(async () => {
  controller = await startController({
    context: { clock: realClock, recording: new Recording(), patience: defaultPatience },
    host: "127.0.0.1",
    path: "/usp",
    endpointId: CONTROLLER,
    mtps: ["mqtt"],
    mqtt: { version: "3.1.1" },
  });
});
afterEach(() => controller.stop());

async function client(clientId: string): Promise<ScriptedClient> {
  const made = new ScriptedClient(controller.access("mqtt").url, "3.1.1");
  await made.connect({ clientId });
  await made.subscribe(`agents/${clientId}/#`);
  return made;
}

/** Sends a Connect record, as an agent does on each of its connections. */
async function announce(agent: ScriptedClient): Promise<void> {
  const value = { version: 1, subscribedTopic: "agents/own" } as const;
  const record = { version: "1.4", toId: CONTROLLER, fromId: "os::agent", recordType: { case: "mqttConnect", value } } as const;
  agent.send({
    cmd: "publish",
    topic: `usp/controllers/${CONTROLLER}`,
    payload: encodeRecord(record),
    qos: 1,
    messageId: 9,
    dup: false,
    retain: false,
  });
  await agent.next("PUBACK");
}

test("a client that only listens at the broker is not taken for the agent, until it speaks or the agent is gone", async () => {
  const agent = await client("agent");
  await announce(agent);
  expect(await controller.ready(1_000)).toBe(true);
  const first = controller.current?.number;
  const listener = await client("listener");
  expect(controller.current?.number).toBe(first);
  await announce(listener);
  await expect.poll(() => controller.current?.number).not.toBe(first);
  listener.socket.destroy();
  agent.socket.destroy();
});
