import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import type { MqttAnswers, MqttConnection } from "../../../harness/broker/mqtt-control.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { pause } from "../../../harness/core/clock.ts";
import { type Finding, holds } from "../../../harness/core/finding.ts";
import { isCovered, subscriptionsOf } from "../../../harness/wire/mqtt.ts";
import { tidily } from "./instances.ts";

/** Milliseconds in which an agent sends all the SUBSCRIBE packets that it has to send, one for each topic if it likes. */
const SUBSCRIBING = 5_000;

/** A topic filter as the agent has asked for it. */
export interface Asked {
  readonly filter: string;
  readonly qos: number;
  readonly where: string;
}

/** The connection of the moment. @throws Inconclusive when it is gone since the agent was there */
export function currentOf({ controller }: UspBench): MqttConnection {
  const { current } = controller.mqtt;
  if (current === undefined) throw new Inconclusive("unreachable", "the agent has just left the broker");
  return current;
}

/** What the agent has subscribed to on this connection so far. */
export const askedOn = ({ packets }: MqttConnection): readonly Asked[] =>
  packets.flatMap(({ from, packet, where }) =>
    from === "agent" && packet.type === "SUBSCRIBE" ? subscriptionsOf(packet).map((one) => ({ ...one, where })) : [],
  );

/** What the agent has subscribed to on this connection, once it has had the time for it. */
export async function subscribing({ clock }: UspBench, connection: MqttConnection): Promise<readonly Asked[]> {
  await pause(clock, SUBSCRIBING);
  return askedOn(connection);
}

/**
 * Ends the agent's connection to the broker, and drives the next one, which meets with these answers. Afterwards the agent has another
 * one that is as usual.
 *
 * @throws Inconclusive `precondition` when the agent does not come back, or does not subscribe to anything
 */
export async function anew<T>(
  bench: UspBench,
  answers: MqttAnswers,
  drive: (connection: MqttConnection) => Promise<T>,
): Promise<T> {
  const { mqtt } = bench.controller;
  mqtt.answers = answers;
  const before = currentOf(bench);
  await before.disconnect();
  try {
    return await drive(await subscribedAfter(bench, before));
  } finally {
    mqtt.answers = {};
    await tidily(() => asUsual(bench));
  }
}

async function subscribedAfter({ controller, patience }: UspBench, before: MqttConnection): Promise<MqttConnection> {
  for (;;) {
    const next = await controller.mqtt.subscribed(patience.reboot);
    if (next === undefined)
      throw new Inconclusive("precondition", `the agent did not come back to ${controller.mqtt.url} and subscribe`);
    if (next.number > before.number && next.open) return next;
  }
}

/** Gives the agent a connection that is answered as usual. */
export async function asUsual({ controller, patience }: UspBench): Promise<void> {
  const { mqtt } = controller;
  mqtt.answers = {};
  await mqtt.current?.disconnect();
  await controller.ready(patience.reboot);
}

/** A value that the agent shows; empty when it shows none. */
export async function shownAt({ controller }: UspBench, path: string): Promise<string> {
  return parametersIn(await controller.get([path])).get(path)?.value ?? "";
}

/** A topic filter that takes in a topic of the agent's: over 3.1.1 what comes behind the topic too. */
export const filterFor = ({ version }: MqttConnection, topic: string): string => (version === "5.0" ? topic : `${topic}/#`);

/** Name under which something for the agent is published. */
export const nameFor = ({ version }: MqttConnection, topic: string, replyTo: string): string =>
  version === "5.0" ? topic : `${topic}/reply-to=${replyTo.replaceAll("/", "%2F")}`;

/** That the agent has subscribed to a topic, or to a filter that takes it in. */
export function subscribesTo(requirement: string, asked: readonly Asked[], topic: string, where: string): Finding {
  // What is sent to an agent over 3.1.1 is below its topic: a filter for all of that may say so in several ways.
  const named = topic.replace(/#$/, "reply-to=us");
  const found = asked.find(({ filter }) => filter === topic || isCovered(named, filter));
  return holds(requirement, found !== undefined, {
    expected: `SUBSCRIBE to ${topic}`,
    actual: asked.length === 0 ? "no SUBSCRIBE" : asked.map(({ filter }) => filter).join(", "),
    where: found?.where ?? asked[0]?.where ?? where,
  });
}
