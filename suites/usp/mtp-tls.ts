import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, oneOf } from "../../harness/core/finding.ts";
import { currentOf } from "./support/mqtt.ts";
import { connectsAgain } from "./support/mqtt-client.ts";

const OVER_MQTT = "TR-369:R-MQTT.48";
const OVER_WEBSOCKET = "TP-469:7.9#version";

const ENDPOINT_ID = "Device.LocalAgent.EndpointID";
const SAFE = ["TLSv1.2", "TLSv1.3"] as const;

/** By what the agent is protected on its present connection, and how it answers over it. */
async function spoken({ controller, recording }: UspBench) {
  const reply = await controller.get([ENDPOINT_ID]);
  const number = reply.log?.connection ?? controller.current?.number;
  const connection = recording.connections.find((one) => one.number === number);
  return { reply, version: { value: connection?.tlsVersion, where: `connection ${number}` } };
}

function* isProtected(requirement: string, { reply, version }: Awaited<ReturnType<typeof spoken>>): Iterable<Finding> {
  yield oneOf(requirement, version, SAFE);
  yield holds(requirement, parametersIn(reply).has(ENDPOINT_ID), {
    expected: `${ENDPOINT_ID} over it`,
    actual: reply.summary.value,
    where: reply.summary.where,
  });
}

/** MTPs over TLS, in a run in which the agent comes over it. */
export const mtpTlsCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.mqtt.tls",
    title: "speaks TLS 1.2 or later with the broker, and TLS 1.2 where that is the newest",
    mtp: "mqtt",
    tls: true,
    proves: [OVER_MQTT],
    references: ["TP-469 11.3"],
    waits: 60,
    async drive(bench) {
      await connectsAgain(bench);
      const usual = await spoken(bench);
      const { controller, mqtt, patience } = bench;
      const { number } = currentOf(bench);
      await mqtt.down();
      await mqtt.up("TLSv1.2");
      if (!(await controller.ready(patience.reboot)) || controller.current?.number === number) return { usual, older: undefined };
      return { usual, older: await spoken(bench) };
    },
    *judge({ usual, older }) {
      yield* isProtected(OVER_MQTT, usual);
      if (older !== undefined) yield* isProtected(OVER_MQTT, older);
      else
        yield holds(OVER_MQTT, false, {
          expected: "a connection to a broker that speaks TLS 1.2 at most",
          actual: "none",
          where: `after ${usual.version.where}`,
        });
    },
  }),
  uspCase({
    id: "usp.websocket.tls",
    title: "speaks TLS 1.2 or later with the WebSocket server",
    mtp: "websocket",
    tls: true,
    proves: [OVER_WEBSOCKET],
    references: ["TP-469 7.9"],
    waits: 20,
    async drive(bench) {
      const { current } = bench.websocket;
      if (current === undefined) throw new Inconclusive("unreachable", "the agent has just closed its connection");
      await current.close();
      await bench.ready();
      return spoken(bench);
    },
    *judge(seen) {
      yield* isProtected(OVER_WEBSOCKET, seen);
    },
  }),
];
