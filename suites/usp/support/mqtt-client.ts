import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import type { MqttAnswers } from "../../../harness/broker/mqtt-control.ts";
import { updatedIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import type { MqttPacketRecord } from "../../../harness/trace/mqtt.ts";
import { tidily } from "./instances.ts";
import { currentOf, shownAt } from "./mqtt.ts";

/**
 * Ends the agent's connection to the broker, and gives its next CONNECT once the agent is there again.
 * @param answers what that CONNECT meets with
 * @throws Inconclusive `precondition` when the agent does not come back
 */
export async function connectsAgain(bench: UspBench, answers: MqttAnswers = {}): Promise<MqttPacketRecord> {
  const before = currentOf(bench);
  bench.mqtt.answers = answers;
  await before.disconnect();
  return connectedAfter(bench, before.number);
}

async function connectedAfter(bench: UspBench, number: number): Promise<MqttPacketRecord> {
  const { mqtt, patience } = bench;
  const connect = await mqtt.attempt(patience.reboot, ({ connection }) => connection > number);
  if (connect === undefined) throw new Inconclusive("precondition", `the agent did not come back to ${mqtt.url}`);
  await bench.ready();
  mqtt.answers = {};
  return connect;
}

/**
 * Writes a parameter of the agent's MQTT client, makes the agent connect anew, and uses its CONNECT; afterwards the parameter has its
 * old value again.
 *
 * @param answers what the CONNECT meets with
 * @throws Inconclusive `precondition` when the agent does not take the value, or does not come back
 */
export async function withValue<T>(
  bench: UspBench,
  { name, value, answers = {} }: { readonly name: string; readonly value: string; readonly answers?: MqttAnswers },
  use: (connect: MqttPacketRecord) => Promise<T>,
): Promise<T> {
  const { mqtt, patience } = bench;
  const object = bench.agent.mqttClientPath;
  const before = await shownAt(bench, object + name);
  const connection = currentOf(bench);
  mqtt.answers = answers;
  await write(bench, object, name, value);
  try {
    // Some agents connect anew by themselves when something of the connection was changed.
    if ((await connection.closed(patience.continuation)) === undefined) await connection.disconnect();
    return await use(await connectedAfter(bench, connection.number));
  } finally {
    await tidily(async () => {
      mqtt.answers = {};
      await bench.ready();
      const { current } = mqtt;
      await write(bench, object, name, before);
      await current?.closed(patience.continuation);
      await bench.ready();
    });
  }
}

async function write({ controller }: UspBench, object: string, name: string, value: string): Promise<void> {
  const reply = await controller.set([{ path: object, params: [{ name, value, required: true }] }]);
  if (!updatedIn(reply).includes(object + name))
    throw new Inconclusive("precondition", `writing ${object}${name}: the agent gave ${reply.summary.value}`);
}
