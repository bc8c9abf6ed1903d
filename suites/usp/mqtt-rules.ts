import type { Bench } from "../../harness/bench/usp-bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, matches } from "../../harness/core/finding.ts";
import type { MqttPacketRecord } from "../../harness/trace/mqtt.ts";
import { type UspRun, uspRule } from "./support/passive.ts";

const byAgent = ({ mqtt }: UspRun): readonly MqttPacketRecord[] => mqtt.filter(({ from }) => from === "agent");

/** What the agent has published that holds a record; it may publish other things to other topics. */
function publications(run: UspRun): readonly MqttPacketRecord[] {
  const records = new Set(run.records.flatMap(({ from, record }) => (from === "agent" ? record.octets.toString("latin1") : [])));
  return byAgent(run).filter(
    ({ packet }) => packet.type === "PUBLISH" && records.has(packet.buffer("payload").toString("latin1")),
  );
}

/** Rules that hold for every packet of an agent (TR-369 "MQTT Binding"). */
export const mqttRules: readonly AnyCase<Bench>[] = [
  uspRule({
    id: "usp.mqtt.packets",
    title: "sends packets as the MQTT standard has them",
    mtp: "mqtt",
    requirement: "TR-369:R-MQTT.1",
    *judge(run): Iterable<Finding> {
      for (const { packet, where } of byAgent(run))
        yield holds(this.requirement, packet.faults.length === 0, {
          expected: `${packet.type} of MQTT ${packet.version}`,
          actual: packet.faults.length === 0 ? "one" : packet.faults.map(({ message }) => message).join(", "),
          where,
        });
    },
  }),
  uspRule({
    id: "usp.mqtt.encoding",
    title: "publishes records in their binary encoding",
    mtp: "mqtt",
    requirement: "TR-369:R-MQTT.19",
    *judge(run): Iterable<Finding> {
      for (const { from, record, mtp, where } of run.records)
        if (from === "agent" && mtp === "mqtt")
          yield holds(this.requirement, record.record !== undefined && record.faults.length === 0, {
            expected: "a record in Protocol Buffers",
            actual: record.faults.length === 0 ? record.kind : record.faults.map(({ message }) => message).join(", "),
            where,
          });
    },
  }),
  uspRule({
    id: "usp.mqtt.own-topic",
    title: "names its own topic in every PUBLISH with a record",
    mtp: "mqtt",
    requirement: "TR-369:R-MQTT.22",
    *judge(run): Iterable<Finding> {
      for (const { packet } of publications(run))
        yield packet.version === "5.0"
          ? matches(this.requirement, packet.at("properties/responseTopic"), /./, "a Response Topic")
          : matches(
              this.requirement,
              packet.at("topic"),
              /\/reply-to=[^/]+$/,
              "a topic with /reply-to= and another one behind it",
            );
    },
  }),
];
