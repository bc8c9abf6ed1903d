import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { Publishing } from "../../harness/broker/mqtt-control.ts";
import type { UspReply } from "../../harness/controller/controller.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, type Located, matches, same } from "../../harness/core/finding.ts";
import type { MqttPacketRecord } from "../../harness/trace/mqtt.ts";
import { isCovered, type MqttPacket, subscriptionsOf } from "../../harness/wire/mqtt.ts";
import { encodeRecord } from "../../harness/wire/usp-write.ts";
import { deletingMade, type Made } from "./support/instances.ts";
import { anew, currentOf, filterFor, nameFor } from "./support/mqtt.ts";

const QOS = "TR-369:R-MQTT.20";
const INFORMATION = "TR-369:R-MQTT.21";
const OWN_TOPIC_5 = "TR-369:R-MQTT.23";
const OWN_TOPIC_311 = "TR-369:R-MQTT.24";
const ANSWERS_311 = "TR-369:R-MQTT.25";
const ANSWERS_5 = "TR-369:R-MQTT.26";
const CONTENT_TYPE = "TR-369:R-MQTT.27";
const CONTENT_TYPES = "TR-369:R-MQTT.27a";
const CONNECTS = "TR-369:R-MTP.6";
const IGNORES = "TR-369:R-MTP.5";
const VERSION = "TP-469:11.17#version";
const TOPIC = "TP-469:11.17#topic";

const ENDPOINT_ID = "Device.LocalAgent.EndpointID";

/** Milliseconds that an agent has for its connect record, by the test plan. */
const CONNECT_WITHIN = 30_000;

const randomName = ({ random }: UspBench): string => Math.floor(random() * 1e9).toString(36);

/** The agent's PUBLISH that holds the record that answered; undefined when none did. */
function publicationOf({ recording }: UspBench, { log }: UspReply): MqttPacketRecord | undefined {
  if (log === undefined) return undefined;
  const { octets } = log.record;
  return recording.mqtt.find(
    ({ from, packet, connection }) =>
      from === "agent" && connection === log.connection && packet.type === "PUBLISH" && packet.buffer("payload").equals(octets),
  );
}

/** A Get, and the PUBLISH in which its answer came. */
async function asked(bench: UspBench, publish: Publishing = {}) {
  const reply = await bench.controller.get([ENDPOINT_ID], 0, { publish });
  return { reply, packet: publicationOf(bench, reply)?.packet };
}

type Asked = Awaited<ReturnType<typeof asked>>;

/** That the Get was answered, and then what the PUBLISH with the answer shows. */
function* inAnswer(
  requirement: string,
  { reply, packet }: Asked,
  judge: (packet: MqttPacket) => Iterable<Finding>,
): Iterable<Finding> {
  if (reply.summary.value !== "GET_RESP" || packet === undefined) yield same(requirement, reply.summary, "GET_RESP");
  else yield* judge(packet);
}

/** The parts of a Topic Name of 3.1.1: before the last `/reply-to=`, and behind it. */
function partsOf(packet: MqttPacket): { readonly topic: Located; readonly replyTo: Located } {
  const { value: name = "", where } = packet.at("topic");
  const at = name.lastIndexOf("/reply-to=");
  const [topic, replyTo] = at < 0 ? [name, undefined] : [name.slice(0, at), name.slice(at + "/reply-to=".length)];
  return { topic: { value: topic, where }, replyTo: { value: replyTo, where } };
}

/** How an agent publishes records, and how it finds out where to answer (TR-369 R-MQTT.18 to R-MQTT.27a). */
export const mqttPublishCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.mqtt.publish",
    title: "names the Response Information as Response Topic, and Content Type usp.msg",
    mtp: "mqtt",
    mqttVersion: "5.0",
    proves: [INFORMATION, OWN_TOPIC_5, CONTENT_TYPE],
    references: ["TP-469 11.12"],
    waits: 30,
    async drive(bench) {
      const topic = `assay/agent/${randomName(bench)}`;
      const connack = { subscribeTopics: [`${topic}/#`], responseInformation: topic };
      return anew(bench, { connack }, async () => ({ topic, ...(await asked(bench)) }));
    },
    *judge({ topic, ...seen }) {
      yield* inAnswer(INFORMATION, seen, function* (packet) {
        yield same(INFORMATION, packet.at("properties/responseTopic"), topic);
        yield matches(OWN_TOPIC_5, packet.at("properties/responseTopic"), /^[^#+]+$/, "a topic");
        yield same(CONTENT_TYPE, packet.at("properties/contentType"), "usp.msg");
      });
    },
  }),
  uspCase({
    id: "usp.mqtt.publish-311",
    title: "puts its own topic behind /reply-to= in the Topic Name over MQTT 3.1.1",
    mtp: "mqtt",
    mqttVersion: "3.1.1",
    proves: [OWN_TOPIC_311],
    references: ["TP-469 11.12"],
    async drive(bench) {
      const connection = currentOf(bench);
      return { filters: [...connection.subscriptions.keys()], ...(await asked(bench)) };
    },
    *judge({ filters, ...seen }) {
      yield* inAnswer(OWN_TOPIC_311, seen, function* (packet) {
        const { replyTo } = partsOf(packet);
        yield matches(OWN_TOPIC_311, replyTo, /^[^/]+$/, "/reply-to= and a topic without slashes");
        const topic = replyTo.value?.replaceAll("%2F", "/") ?? "";
        yield holds(OWN_TOPIC_311, topic !== "" && filters.some((filter) => isCovered(`${topic}/reply-to=any`, filter)), {
          expected: `a topic that ${filters.join(" or ")} takes in, and what follows it`,
          actual: topic === "" ? "none" : topic,
          where: replyTo.where,
        });
      });
    },
  }),
  uspCase({
    id: "usp.mqtt.reply-to",
    title: "answers to the Response Topic of the request, and names its own",
    mtp: "mqtt",
    mqttVersion: "5.0",
    proves: [ANSWERS_5, OWN_TOPIC_5],
    references: ["TP-469 11.14"],
    async drive(bench) {
      const topic = `${bench.controller.mqtt.topic}/${randomName(bench)}`;
      return { topic, ...(await asked(bench, { replyTo: topic })) };
    },
    *judge({ topic, ...seen }) {
      yield* inAnswer(ANSWERS_5, seen, function* (packet) {
        yield same(ANSWERS_5, packet.at("topic"), topic);
        yield matches(OWN_TOPIC_5, packet.at("properties/responseTopic"), /^[^#+]+$/, "a topic");
      });
    },
  }),
  uspCase({
    id: "usp.mqtt.reply-to-311",
    title: "answers to the topic behind /reply-to= over MQTT 3.1.1, and names its own",
    mtp: "mqtt",
    mqttVersion: "3.1.1",
    proves: [ANSWERS_311, OWN_TOPIC_311],
    references: ["TP-469 11.14"],
    async drive(bench) {
      const topic = `${bench.controller.mqtt.topic}/${randomName(bench)}`;
      return { topic, ...(await asked(bench, { replyTo: topic })) };
    },
    *judge({ topic, ...seen }) {
      yield* inAnswer(ANSWERS_311, seen, function* (packet) {
        const parts = partsOf(packet);
        yield same(ANSWERS_311, parts.topic, topic);
        yield matches(OWN_TOPIC_311, parts.replyTo, /^[^/]+$/, "/reply-to= and a topic without slashes");
      });
    },
  }),
  uspCase({
    id: "usp.mqtt.last-reply-to",
    title: "answers to the topic behind the last of several /reply-to=",
    mtp: "mqtt",
    mqttVersion: "3.1.1",
    proves: [ANSWERS_311],
    async drive(bench) {
      const { mqtt } = bench.controller;
      const topic = `${mqtt.topic}/${randomName(bench)}`;
      const own = mqtt.agentTopic;
      if (own === undefined) throw new Inconclusive("precondition", "the agent has not told its own topic");
      const name = nameFor(currentOf(bench), `${own}/reply-to=assay%2Fnobody`, topic);
      const filters = [...currentOf(bench).subscriptions.keys()];
      if (!filters.some((filter) => isCovered(name, filter)))
        throw new Inconclusive("precondition", `nothing of ${filters.join(", ")} takes in ${name}`);
      return { topic, ...(await asked(bench, { topic: name })) };
    },
    *judge({ topic, ...seen }) {
      yield* inAnswer(ANSWERS_311, seen, function* (packet) {
        yield same(ANSWERS_311, partsOf(packet).topic, topic);
      });
    },
  }),
  uspCase({
    id: "usp.mqtt.content-types",
    title: "takes records with either of the two Content Types",
    mtp: "mqtt",
    mqttVersion: "5.0",
    proves: [CONTENT_TYPES],
    references: ["TP-469 11.15"],
    async drive(bench) {
      const replies: UspReply[] = [];
      for (const contentType of ["usp.msg", "application/vnd.bbf.usp.msg"])
        replies.push((await asked(bench, { properties: { contentType } })).reply);
      return replies;
    },
    *judge(replies) {
      for (const { summary } of replies) yield same(CONTENT_TYPES, summary, "GET_RESP");
    },
  }),
  uspCase({
    id: "usp.mqtt.qos",
    title: "takes records that come with QoS 0 and with QoS 1, and confirms the latter",
    mtp: "mqtt",
    proves: [QOS],
    references: ["TP-469 11.13"],
    needs: ["usp-mqtt-subscription"],
    async drive(bench) {
      const table = `${bench.agent.mqttClientPath}Subscription.`;
      const atQos0 = await deletingMade(bench.controller, ({ add }) => atQos(bench, table, 0, add));
      return [atQos0, await deletingMade(bench.controller, ({ add }) => atQos(bench, table, 1, add))];
    },
    *judge(seen) {
      for (const { qos, asked: subscribed, reply, confirmed, where } of seen) {
        yield same(QOS, { value: subscribed, where }, qos);
        yield same(QOS, reply.summary, "GET_RESP");
        if (qos === 1) yield same(QOS, { value: confirmed?.packet.type, where: confirmed?.where ?? where }, "PUBACK");
      }
    },
  }),
  uspCase({
    id: "usp.mqtt.connect-record",
    title: "begins each MQTT session with a Connect record of its version and topic",
    mtp: "mqtt",
    proves: [CONNECTS, VERSION, TOPIC],
    references: ["TP-469 11.17"],
    waits: 60,
    async drive(bench) {
      return anew(bench, {}, async ({ number, version, subscriptions, connect }) => {
        const log = await bench.controller.next(({ kind }) => kind === "mqtt-connect", CONNECT_WITHIN);
        const record = log?.connection === number ? log.record : undefined;
        return { record, version, filters: [...subscriptions.keys()], where: log?.where ?? connect.where };
      });
    },
    *judge({ record, version, filters, where }) {
      yield same(CONNECTS, { value: record?.kind, where }, "mqtt-connect");
      if (record === undefined) return;
      yield same(VERSION, { value: record.at("mqtt_connect/version").value, where }, version === "5.0" ? "V5" : "V3_1_1");
      const { value: topic = "", where: place } = record.at("mqtt_connect/subscribed_topic");
      const name = version === "5.0" ? topic : `${topic}/reply-to=any`;
      yield holds(TOPIC, topic !== "" && filters.some((filter) => filter === topic || isCovered(name, filter)), {
        expected: `a topic that ${filters.join(" or ")} takes in`,
        actual: topic === "" ? "none" : topic,
        where: place,
      });
    },
  }),
  uspCase({
    id: "usp.mqtt.malformed-record",
    title: "passes over what is no record, and stays with the broker",
    mtp: "mqtt",
    proves: [IGNORES],
    async drive(bench) {
      const { controller, patience } = bench;
      const connection = currentOf(bench);
      const sent = encodeRecord({ version: "1.4", toId: bench.agent.endpointId, fromId: controller.endpointId });
      for (const octets of [Buffer.from("assay"), sent.subarray(0, -1), Buffer.alloc(0)]) await controller.mqtt.publish(octets);
      const closing = await connection.closed(patience.response);
      return { closing, reply: await controller.get([ENDPOINT_ID]), where: connection.connect.where };
    },
    *judge({ closing, reply, where }) {
      yield holds(IGNORES, closing === undefined, {
        expected: "the connection goes on",
        actual: closing?.summary.value ?? "it does",
        where: closing?.summary.where ?? where,
      });
      yield same(IGNORES, reply.summary, "GET_RESP");
    },
  }),
];

/** A Get that comes by a subscription of this QoS. */
async function atQos(bench: UspBench, table: string, qos: 0 | 1, add: Made["add"]) {
  const { controller, patience } = bench;
  const connection = currentOf(bench);
  const topic = `assay/qos-${qos}/${randomName(bench)}`;
  const filter = filterFor(connection, topic);
  const values = { Enable: "true", Topic: filter, QoS: String(qos) };
  await add(
    table,
    Object.entries(values).map(([name, value]) => ({ name, value })),
  );
  const subscribed = await connection.nextPacket(
    ({ from, packet }) => from === "agent" && packet.type === "SUBSCRIBE" && packet.text("filter") === filter,
    patience.response,
  );
  if (subscribed === undefined) throw new Inconclusive("precondition", `the agent did not subscribe to ${filter}`);
  const publish = { topic: nameFor(connection, topic, controller.mqtt.topic), qos };
  const reply = await controller.get([ENDPOINT_ID], 0, { publish });
  const sent = connection.packets.findLast(
    ({ from, packet }) => from === "broker" && packet.type === "PUBLISH" && packet.text("topic") === publish.topic,
  );
  const confirmed = await connection.nextPacket(
    ({ packet }) => packet.type === "PUBACK" && packet.number("packetId") === sent?.packet.number("packetId"),
    qos === 0 ? 0 : patience.response,
  );
  return { qos, asked: subscriptionsOf(subscribed.packet)[0]?.qos, reply, confirmed, where: subscribed.where };
}
