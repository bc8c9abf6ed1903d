import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import type { MqttPacketRecord } from "../../harness/trace/mqtt.ts";
import { currentOf, shownAt } from "./support/mqtt.ts";
import { connectsAgain, withValue } from "./support/mqtt-client.ts";

const LOGS_IN = "TR-369:R-MQTT.7";
const CLIENT_ID = "TR-369:R-MQTT.8";
const KEEPS_ID = "TR-369:R-MQTT.9";
const SAME_ID = "TR-369:R-MQTT.11";
const ENDPOINT_ID = "TR-369:R-MQTT.13";
const KEEP_ALIVE = "TR-369:R-MQTT.14";
const TAKES_LEAVE = "TR-369:R-MQTT.35";
const PINGS = "TP-469:11.7#pings";

/** Keep alive time that is configured, in seconds: that of the test plan. */
const CONFIGURED = 60;
/** The one that the broker imposes, by the plan; and one that is so much longer that no agent pings in time which goes by it. */
const IMPOSED = 30;
const LONG = 120;
const IMPOSING = { connack: { serverKeepAlive: IMPOSED } };
/** A broker takes a client for gone after so many keep alive times. */
const TOLERANCE = 1.5;

/** A ClientID that nothing else uses. */
const freshId = ({ random }: UspBench): string => `assay-${Math.floor(random() * 1e9).toString(36)}`;

/** What a client says of itself when it connects (TR-369 "Connecting a USP Endpoint to the MQTT Server"). */
export const mqttConnectCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.mqtt.credentials",
    title: "logs in at the broker with its configured user name and password",
    mtp: "mqtt",
    proves: [LOGS_IN],
    references: ["TP-469 11.2"],
    waits: 10,
    async drive(bench) {
      const username = await shownAt(bench, `${bench.agent.mqttClientPath}Username`);
      if (username === "") throw new Inconclusive("precondition", "the agent has no user name configured for the broker");
      return { username, credentials: bench.mqtt.credentials, connect: await connectsAgain(bench) };
    },
    *judge({ username, credentials, connect: { packet } }) {
      yield same(LOGS_IN, packet.at("username"), username);
      // What is configured cannot be read; where we have told it, it is known.
      const known = credentials?.username === username ? Buffer.from(credentials.password).toString("hex") : undefined;
      const { value, where } = packet.at("password");
      yield holds(LOGS_IN, known === undefined ? value !== undefined : value === known, {
        expected: "the password that is configured",
        actual: value === undefined ? "no password" : known === undefined || value === known ? "one" : "another one",
        where,
      });
    },
  }),
  uspCase({
    id: "usp.mqtt.endpoint-id",
    title: "tells its Endpoint ID to the broker when it connects",
    mtp: "mqtt",
    mqttVersion: "5.0",
    proves: [ENDPOINT_ID],
    references: ["TP-469 11.2"],
    waits: 10,
    async drive(bench) {
      return { endpointId: bench.agent.endpointId, connect: await connectsAgain(bench) };
    },
    *judge({ endpointId, connect: { packet } }) {
      yield same(ENDPOINT_ID, packet.at("properties/user/usp-endpoint-id"), endpointId);
    },
  }),
  uspCase({
    id: "usp.mqtt.configured-client-id",
    title: "connects with the ClientID that is configured",
    mtp: "mqtt",
    proves: [CLIENT_ID],
    waits: 20,
    async drive(bench) {
      const clientId = freshId(bench);
      return withValue(bench, { name: "ClientID", value: clientId }, async (connect) => ({ clientId, connect }));
    },
    *judge({ clientId, connect }) {
      yield same(CLIENT_ID, connect.packet.at("clientId"), clientId);
    },
  }),
  uspCase({
    id: "usp.mqtt.assigned-client-id",
    title: "connects with an empty ClientID when it has none, and keeps the one it gets",
    mtp: "mqtt",
    mqttVersion: "5.0",
    proves: [CLIENT_ID, KEEPS_ID],
    references: ["TP-469 11.4"],
    waits: 20,
    async drive(bench) {
      const assigned = freshId(bench);
      const answers = { connack: { assignedClientId: assigned } };
      return withValue(bench, { name: "ClientID", value: "", answers }, async (first) => {
        const kept = await shownAt(bench, `${bench.agent.mqttClientPath}ClientID`);
        return { assigned, first, kept, second: await connectsAgain(bench) };
      });
    },
    *judge({ assigned, first, kept, second }) {
      yield same(CLIENT_ID, first.packet.at("clientId"), "");
      // Without an empty one, none is assigned.
      if (first.packet.text("clientId") !== "") return;
      yield same(KEEPS_ID, { value: kept, where: `ClientID after ${first.where}` }, assigned);
      yield same(KEEPS_ID, second.packet.at("clientId"), assigned);
    },
  }),
  uspCase({
    id: "usp.mqtt.same-client-id",
    title: "connects with the same ClientID after a reboot",
    mtp: "mqtt",
    proves: [SAME_ID],
    references: ["TP-469 11.5"],
    needs: ["usp-reboot"],
    disturbs: "reboot",
    waits: 10,
    async drive(bench) {
      const { clientId, number } = currentOf(bench);
      const { next } = await rebooted(bench);
      if (next === undefined)
        throw new Inconclusive("precondition", `the agent did not connect again after connection ${number}`);
      return { clientId, next };
    },
    *judge({ clientId, next }) {
      yield same(SAME_ID, next.packet.at("clientId"), clientId);
    },
  }),
  uspCase({
    id: "usp.mqtt.disconnect",
    title: "says DISCONNECT to the broker before it reboots",
    mtp: "mqtt",
    proves: [TAKES_LEAVE],
    needs: ["usp-reboot"],
    disturbs: "reboot",
    waits: 10,
    async drive(bench) {
      const { closing, reply } = await rebooted(bench);
      if (closing === undefined) throw new Inconclusive("precondition", "the agent did not reboot: its connection stayed open");
      return { closing, reply };
    },
    *judge({ closing }) {
      yield same(TAKES_LEAVE, { value: closing.packet?.packet.type, where: closing.summary.where }, "DISCONNECT");
    },
  }),
  uspCase({
    id: "usp.mqtt.keep-alive-time",
    title: "tells the broker the keep alive time that is configured",
    mtp: "mqtt",
    proves: [KEEP_ALIVE],
    references: ["TP-469 11.7"],
    waits: 10,
    async drive(bench) {
      const now = Number(await shownAt(bench, `${bench.agent.mqttClientPath}KeepAliveTime`));
      // Another one than it has, so that it cannot be a matter of chance.
      const seconds = now === CONFIGURED ? CONFIGURED + 15 : CONFIGURED;
      return withValue(bench, { name: "KeepAliveTime", value: String(seconds) }, async (connect) => ({ seconds, connect }));
    },
    *judge({ seconds, connect }) {
      yield same(KEEP_ALIVE, connect.packet.at("keepAlive"), seconds);
    },
  }),
  uspCase({
    id: "usp.mqtt.server-keep-alive",
    title: "pings within one and a half times the keep alive time that the broker imposes",
    mtp: "mqtt",
    mqttVersion: "5.0",
    proves: [PINGS],
    references: ["TP-469 11.7"],
    waits: LONG * TOLERANCE + 10,
    drive: (bench) =>
      withValue(bench, { name: "KeepAliveTime", value: String(LONG), answers: IMPOSING }, async ({ connection }) => {
        const { mqtt } = bench;
        const tap = mqtt.connections.find(({ number }) => number === connection);
        if (tap === undefined) throw new Inconclusive("unreachable", "the agent has just left the broker");
        const isPing = ({ packet }: MqttPacketRecord): boolean => packet.type === "PINGREQ";
        const ping = await tap.nextPacket(isPing, LONG * TOLERANCE * 1000);
        const before = tap.packets.filter(({ from, order }) => from === "agent" && order < (ping?.order ?? Infinity)).at(-1);
        return { ping, before, where: tap.connect.where };
      }),
    *judge({ ping, before, where }) {
      const waited = ping === undefined ? undefined : (ping.at - (before?.at ?? ping.at)) / 1000;
      yield holds(PINGS, waited !== undefined && waited <= IMPOSED * TOLERANCE, {
        expected: `PINGREQ within ${IMPOSED * TOLERANCE} s of its last packet`,
        actual: waited === undefined ? "none" : `after ${waited} s`,
        where: ping?.where ?? `after ${before?.where ?? where}`,
      });
    },
  }),
];

/** Calls Device.Reboot(): how the connection ended, and the next CONNECT. The agent is there again afterwards. */
async function rebooted(bench: UspBench) {
  const { controller, mqtt, patience } = bench;
  const connection = currentOf(bench);
  const reply = await controller.operate("Device.Reboot()");
  const closing = await connection.closed(patience.reboot);
  const next = await mqtt.attempt(patience.reboot, (connect) => connect.connection > connection.number);
  await bench.ready();
  return { reply, closing, next };
}
