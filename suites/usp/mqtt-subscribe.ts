import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { MqttConnection } from "../../harness/broker/mqtt-control.ts";
import { updatedIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { pause } from "../../harness/core/clock.ts";
import { holds, same } from "../../harness/core/finding.ts";
import type { MqttPacketRecord } from "../../harness/trace/mqtt.ts";
import { subscriptionsOf } from "../../harness/wire/mqtt.ts";
import { inResponse } from "./support/answers.ts";
import { deletingMade, tidily } from "./support/instances.ts";
import { anew, asUsual, currentOf, filterFor, nameFor, shownAt, subscribesTo, subscribing } from "./support/mqtt.ts";

const REQUESTS_INFORMATION = "TR-369:R-MQTT.12";
const SUBSCRIBES = "TR-369:R-MQTT.15";
const NO_TOPIC = "TR-369:R-MQTT.16";
const REFUSED = "TR-369:R-MQTT.17";
const UNSUBSCRIBES = "TR-369:R-MQTT.34";
const NEW = "TP-469:11.9#subscribes";
const NEW_TOPIC = "TP-469:11.9#answers";
const LEAVES = "TP-469:11.11#disconnect";

/** Seconds for which an agent that was refused all topics must not publish. */
const REFUSING = 120;

/** Reason codes with which a broker refuses a topic: "not authorized", or failure as such. */
const notGranted = ({ version }: MqttConnection): number => (version === "5.0" ? 0x87 : 0x80);

/** A topic that nothing else in this run uses. */
const topicFor = ({ random }: UspBench, name: string): string => `assay/${name}/${Math.floor(random() * 1e9).toString(36)}`;

const enabled = (topic: string) => [
  { name: "Enable", value: "true" },
  { name: "Topic", value: topic },
];

const isPublish = ({ from, packet }: MqttPacketRecord): boolean => from === "agent" && packet.type === "PUBLISH";

/** Topics that a client subscribes to, as far as they are configured (TR-369 R-MQTT.15 to R-MQTT.17, R-MQTT.34). */
export const mqttSubscribeCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.mqtt.given-topics",
    title: "subscribes to the topics and the Response Information of the CONNACK",
    mtp: "mqtt",
    mqttVersion: "5.0",
    proves: [REQUESTS_INFORMATION, SUBSCRIBES],
    references: ["TP-469 11.8"],
    waits: 30,
    async drive(bench) {
      const own = topicFor(bench, "agent");
      const others = [topicFor(bench, "first"), `${topicFor(bench, "second")}/#`];
      const connack = { subscribeTopics: others, responseInformation: own };
      return anew(bench, { connack }, async (connection) => ({
        information: connection.connect.packet.at("properties/requestResponseInformation"),
        topics: [...others, own],
        asked: await subscribing(bench, connection),
        where: connection.connect.where,
      }));
    },
    *judge({ information, topics, asked, where }) {
      yield same(REQUESTS_INFORMATION, information, 1);
      for (const topic of topics) yield subscribesTo(SUBSCRIBES, asked, topic, where);
    },
  }),
  uspCase({
    id: "usp.mqtt.response-topic",
    title: "subscribes to ResponseTopicConfigured without a Response Information",
    mtp: "mqtt",
    proves: [SUBSCRIBES],
    waits: 30,
    async drive(bench) {
      const topic = await shownAt(bench, `${bench.agent.agentMtpPath}MQTT.ResponseTopicConfigured`);
      if (topic === "") throw new Inconclusive("precondition", "the agent has no ResponseTopicConfigured");
      const connack = { subscribeTopics: [topicFor(bench, "other")], responseInformation: false } as const;
      return anew(bench, { connack }, async (connection) => ({
        topic: nameFor(connection, topic, "any/topic"),
        asked: await subscribing(bench, connection),
        where: connection.connect.where,
      }));
    },
    *judge({ topic, asked, where }) {
      yield subscribesTo(SUBSCRIBES, asked, topic, where);
    },
  }),
  uspCase({
    id: "usp.mqtt.configured-topics",
    title: "subscribes to the topics of its table Subscription when it connects",
    mtp: "mqtt",
    proves: [SUBSCRIBES],
    needs: ["usp-mqtt-subscription"],
    waits: 30,
    async drive(bench) {
      const table = `${bench.agent.mqttClientPath}Subscription.`;
      return deletingMade(bench.controller, async ({ add }) => {
        const topics = [topicFor(bench, "one"), topicFor(bench, "two")];
        for (const topic of topics) await add(table, enabled(filterFor(currentOf(bench), topic)));
        return anew(bench, {}, async (connection) => ({
          topics: topics.map((topic) => filterFor(connection, topic)),
          asked: await subscribing(bench, connection),
          where: connection.connect.where,
        }));
      });
    },
    *judge({ topics, asked, where }) {
      for (const topic of topics) yield subscribesTo(SUBSCRIBES, asked, topic, where);
    },
  }),
  uspCase({
    id: "usp.mqtt.new-subscription",
    title: "subscribes to a topic that is added, and unsubscribes when it is disabled",
    mtp: "mqtt",
    proves: [NEW, NEW_TOPIC, UNSUBSCRIBES],
    references: ["TP-469 11.9"],
    needs: ["usp-mqtt-subscription"],
    async drive(bench) {
      const { controller, patience } = bench;
      const connection = currentOf(bench);
      return deletingMade(controller, async ({ add }) => {
        const topic = topicFor(bench, "new");
        const filter = filterFor(connection, topic);
        const path = await add(`${bench.agent.mqttClientPath}Subscription.`, enabled(filter));
        const names = (type: string) => (one: MqttPacketRecord) =>
          one.packet.type === type && subscriptionsOf(one.packet).some((subscription) => subscription.filter === filter);
        const subscribed = await connection.nextPacket(names("SUBSCRIBE"), patience.response);
        const publish = { topic: nameFor(connection, topic, controller.mqtt.topic) };
        const reply = await controller.get([`${path}Topic`], 0, { publish });
        const params = [{ name: "Enable", value: "false", required: true }];
        const off = await controller.set([{ path, params }]);
        if (!updatedIn(off).includes(`${path}Enable`))
          throw new Inconclusive("precondition", `disabling ${path}: the agent gave ${off.summary.value}`);
        const unsubscribed = await connection.nextPacket(names("UNSUBSCRIBE"), patience.response);
        return { filter, subscribed, reply, unsubscribed, where: reply.request.where, off: off.request.where };
      });
    },
    *judge({ filter, subscribed, reply, unsubscribed, where, off }) {
      yield holds(NEW, subscribed !== undefined, {
        expected: `SUBSCRIBE to ${filter}`,
        actual: subscribed === undefined ? "none" : "it",
        where: subscribed?.where ?? `before ${where}`,
      });
      yield* inResponse(NEW_TOPIC, reply, "GET_RESP", function* () {
        yield same(
          NEW_TOPIC,
          reply.at("response/get_resp/req_path_results[1]/resolved_path_results[1]/result_params/Topic"),
          filter,
        );
      });
      // What it never subscribed to, it cannot unsubscribe from.
      if (subscribed === undefined) return;
      yield holds(UNSUBSCRIBES, unsubscribed !== undefined, {
        expected: `UNSUBSCRIBE from ${filter}`,
        actual: unsubscribed === undefined ? "none" : "it",
        where: unsubscribed?.where ?? `after ${off}`,
      });
    },
  }),
  uspCase({
    id: "usp.mqtt.refused-topics",
    title: "disconnects, and publishes nothing, when it is refused every topic",
    mtp: "mqtt",
    proves: [REFUSED, LEAVES],
    references: ["TP-469 11.11"],
    waits: REFUSING + 30,
    async drive(bench) {
      const { controller, patience, clock } = bench;
      const { mqtt } = controller;
      const before = currentOf(bench);
      const code = notGranted(before);
      mqtt.answers = { suback: () => code };
      try {
        await before.disconnect();
        const connection = await mqtt.opened(patience.reboot);
        if (connection === undefined) throw new Inconclusive("precondition", `the agent did not come back to ${mqtt.url}`);
        const subscribed = await connection.nextPacket(({ packet }) => packet.type === "SUBSCRIBE", patience.response);
        if (subscribed === undefined) throw new Inconclusive("precondition", `no SUBSCRIBE after ${connection.connect.where}`);
        const closing = await connection.closed(patience.response);
        await pause(clock, REFUSING * 1000);
        const published = await mqtt.packet(isPublish, 0);
        return { closing, published, where: subscribed.where };
      } finally {
        await tidily(() => asUsual(bench));
      }
    },
    *judge({ closing, published, where }) {
      // Whoever has had a DISCONNECT may end the connection first.
      yield holds(REFUSED, closing?.by === "phone" || closing?.packet !== undefined, {
        expected: "the agent disconnects",
        actual: closing === undefined ? "still open" : closing.summary.value,
        where: closing?.summary.where ?? where,
      });
      yield holds(REFUSED, published === undefined, {
        expected: "no PUBLISH",
        actual: published === undefined ? "none" : `PUBLISH to ${published.packet.text("topic")}`,
        where: published?.where ?? where,
      });
      yield same(LEAVES, { value: closing?.packet?.packet.type, where: closing?.summary.where ?? where }, "DISCONNECT");
    },
  }),
  uspCase({
    id: "usp.mqtt.no-topics",
    title: "disconnects when there is no topic to subscribe to",
    mtp: "mqtt",
    mqttVersion: "5.0",
    proves: [NO_TOPIC],
    references: ["TP-469 11.10"],
    needs: ["usp-mqtt-response-topic"],
    waits: 60,
    disturbs: "reboot",
    async drive(bench) {
      return withoutTopics(bench, async () => {
        const { controller, patience } = bench;
        const { mqtt } = controller;
        mqtt.answers = { connack: { subscribeTopics: [], responseInformation: false } };
        await currentOf(bench).disconnect();
        const connection = await mqtt.opened(patience.reboot);
        if (connection === undefined) throw new Inconclusive("precondition", `the agent did not come back to ${mqtt.url}`);
        return { closing: await connection.closed(patience.response), where: connection.connect.where };
      });
    },
    *judge({ closing, where }) {
      yield same(NO_TOPIC, { value: closing?.packet?.packet.type, where: closing?.summary.where ?? where }, "DISCONNECT");
    },
  }),
];

/** Takes every topic from the agent that is configured, and gives them back afterwards. */
async function withoutTopics<T>(bench: UspBench, use: () => Promise<T>): Promise<T> {
  const { controller, agent } = bench;
  const object = `${agent.agentMtpPath}MQTT.`;
  const name = "ResponseTopicConfigured";
  const before = await shownAt(bench, object + name);
  const write = async (value: string): Promise<void> => {
    const reply = await controller.set([{ path: object, params: [{ name, value, required: true }] }]);
    if (!updatedIn(reply).includes(object + name))
      throw new Inconclusive("precondition", `writing ${object}${name}: the agent gave ${reply.summary.value}`);
  };
  try {
    await write("");
    return await use();
  } finally {
    await tidily(async () => {
      await backAgain(bench);
      await write(before);
    });
  }
}

/** An agent that has no topics may count its MTP as disabled (R-MQTT.16), until it starts anew. */
async function backAgain(bench: UspBench): Promise<void> {
  bench.controller.mqtt.answers = {};
  if (await bench.controller.ready(bench.patience.sessionEnd)) return;
  await bench.phone.powerCycle();
  await bench.ready();
}
