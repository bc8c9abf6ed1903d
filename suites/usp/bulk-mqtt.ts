import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { matches } from "../../harness/core/finding.ts";
import type { MqttPacketRecord } from "../../harness/trace/mqtt.ts";
import { type BulkLayout, readReports } from "../../harness/wire/bulk-report.ts";
import { type Transferred, upTime, withProfile } from "./support/bulk.ts";
import { growing } from "./support/bulk-contents.ts";
import { oneParameter, PARAMETER, TRANSFERS, twoTransfers, WELL_FORMED, wellFormed } from "./support/bulk-judging.ts";

const CONTENT_TYPE = "TR-369:R-BULK.8a";

/** The topic of the test plan. */
const TOPIC = "mqtt-bulkdata";

const readPublication = ({ packet, at, where }: MqttPacketRecord, layout: BulkLayout): Transferred => ({
  at,
  where,
  reading: readReports(packet.buffer("payload"), layout, where),
});

/** So many publications of a profile that goes to our broker. */
const publications = async (bench: UspBench, count: number) => {
  const { controller, clock } = bench;
  const client = bench.agent.mqttClientPath.slice(0, -1);
  const values = { "MQTT.Reference": client, "MQTT.PublishTopic": TOPIC };
  const wanted = { protocol: "MQTT", parameters: [upTime(bench)], values } as const;
  return withProfile(bench, wanted, async (profile) => {
    const begun = await profile.enable();
    const came: MqttPacketRecord[] = [];
    const isReport = ({ packet }: MqttPacketRecord): boolean => packet.type === "PUBLISH" && packet.text("topic") === TOPIC;
    while (came.length < count) {
      const packet = await controller.mqtt.packet(isReport, Math.max(0, begun + profile.twoReports - clock.now()));
      if (packet === undefined) break;
      came.push(packet);
    }
    const transfers = came.map((one) => readPublication(one, profile.layout));
    return { begun, within: profile.twoReports, encoding: profile.layout.encoding, came, transfers };
  });
};

export const bulkMqttCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.bulk.mqtt",
    title: "publishes a report to the topic of its profile, once in each interval",
    mtp: "mqtt",
    proves: [TRANSFERS, WELL_FORMED, PARAMETER],
    references: ["TP-469 10.13"],
    needs: ["usp-bulk-mqtt"],
    waits: 130,
    drive: (bench) => growing(bench, upTime(bench), () => publications(bench, 2)),
    *judge({ transfers, begun, within, growing: uptime }) {
      yield twoTransfers(transfers, begun, within);
      yield* wellFormed(transfers);
      yield* oneParameter(transfers, uptime);
    },
  }),
  uspCase({
    id: "usp.bulk.mqtt-content-type",
    title: "tells media type and charset of a report over MQTT 5.0",
    mtp: "mqtt",
    mqttVersion: "5.0",
    proves: [CONTENT_TYPE],
    needs: ["usp-bulk-mqtt"],
    waits: 130,
    async drive(bench) {
      const { came, encoding } = await publications(bench, 1);
      const [first] = came;
      if (first === undefined) throw new Inconclusive("precondition", "the agent publishes no report");
      return { encoding, type: first.packet.at("properties/contentType") };
    },
    *judge({ encoding, type }) {
      const mediaType = encoding === "JSON" ? /^application\/json\s*;/i : /^text\/csv\s*;/i;
      yield matches(CONTENT_TYPE, type, mediaType, `the media type of ${encoding}`);
      yield matches(CONTENT_TYPE, type, /;\s*charset\s*=\s*"?[\w-]+"?/i, "a charset");
    },
  }),
];
