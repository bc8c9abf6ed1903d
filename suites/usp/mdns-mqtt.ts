import { isIPv4 } from "node:net";
import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import { sameName } from "../../harness/wire/dns.ts";
import { asked, attributeIn, described, mtpOver, recordsIn } from "./support/advertised.ts";
import { currentOf } from "./support/mqtt.ts";

const TOPIC = "TR-369:R-MQTT.36";
const ADDRESS = "TR-369:R-MQTT.38";

/** Advertisement of an MTP over MQTT (TR-369 "MQTT Binding", "Discovery and Advertisement"). */
export const mdnsMqttCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.discovery.mdns-mqtt",
    title: "tells the topic on which it is answered, and its broker, in its DNS-SD records",
    mtp: "mqtt",
    mqttVersion: "5.0",
    proves: [TOPIC, ADDRESS],
    needs: ["lan", "usp-mdns"],
    async drive(bench) {
      const { service, text, where } = await described(bench, await mtpOver(bench, "MQTT"));
      const host = service?.record.data.kind === "SRV" ? service.record.data.target : undefined;
      const answer = host === undefined ? undefined : await asked(bench, host, "A");
      const records = recordsIn(answer === undefined ? [] : [answer]);
      const name = `${bench.agent.mqttClientPath}BrokerAddress`;
      const broker = parametersIn(await bench.controller.get([name])).get(name)?.value ?? "";
      if (!isIPv4(broker)) throw new Inconclusive("precondition", `${name} is no IPv4 address`);
      const published = currentOf(bench).packets.findLast(({ from, packet }) => from === "agent" && packet.type === "PUBLISH");
      return {
        topic: published?.packet.at("properties/responseTopic").value,
        path: attributeIn(text, "path", where),
        broker,
        addresses: records.flatMap(({ record }) =>
          record.data.kind === "A" && host !== undefined && sameName(record.name, host) ? [record.data.address] : [],
        ),
        where: answer?.record.where ?? where,
      };
    },
    *judge({ topic, path, broker, addresses, where }) {
      yield same(TOPIC, path, topic ?? "the Response Topic of its PUBLISH packets");
      yield holds(ADDRESS, addresses.includes(broker), {
        expected: `an A record with the broker's address ${broker}`,
        actual: addresses.join(", ") || "none",
        where,
      });
    },
  }),
];
