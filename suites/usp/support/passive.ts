import type { Bench, UspBench } from "../../../harness/bench/usp-bench.ts";
import { uspCase } from "../../../harness/bench/usp-case.ts";
import type { AnyCase } from "../../../harness/core/case.ts";
import type { Finding } from "../../../harness/core/finding.ts";
import type { FeatureName } from "../../../harness/phone/features.ts";
import type { ConnectionRecord } from "../../../harness/trace/exchange.ts";
import type { MqttPacketRecord } from "../../../harness/trace/mqtt.ts";
import type { FrameRecord, Mtp, UpgradeRecord, UspRecordLog } from "../../../harness/trace/usp.ts";
import { folded } from "../../support/passive.ts";
import { known } from "./known.ts";
import type { Ends } from "./record-rules.ts";

/** What a rule on the whole run sees: what the agent and the controller said to each other, and not what a stranger did. */
export interface UspRun {
  readonly records: readonly UspRecordLog[];
  readonly upgrades: readonly UpgradeRecord[];
  readonly frames: readonly FrameRecord[];
  readonly mqtt: readonly MqttPacketRecord[];
  /** Connections over which the agent could be spoken to, since when. */
  readonly openings: readonly Opening[];
  readonly connections: readonly ConnectionRecord[];
  readonly ends: Ends;
}

/** A WebSocket that was opened, or a connection to the broker that had its first subscription granted. */
export interface Opening {
  readonly connection: number;
  readonly mtp: Mtp;
  /** Milliseconds of the run's clock. */
  readonly at: number;
  readonly where: string;
}

export interface UspRule {
  readonly id: string;
  readonly title: string;
  readonly requirement: string;
  readonly references?: readonly string[];
  readonly needs?: readonly FeatureName[];
  readonly mtp?: Mtp;
  judge(run: UspRun): Iterable<Finding>;
}

/** A passive case over a rule: each place that breaks it is a finding, and one finding stands for all the places that do not. */
export function uspRule(rule: UspRule): AnyCase<Bench> {
  const { id, title, requirement, references = [], needs = [], mtp } = rule;
  return uspCase({
    id,
    title,
    proves: [requirement],
    references,
    needs,
    ...(mtp === undefined ? {} : { mtp }),
    passive: true,
    async drive(bench): Promise<UspRun> {
      await known(bench);
      return runOf(bench);
    },
    *judge(run) {
      yield* folded(requirement, rule.judge(run));
    },
  });
}

function runOf({ recording, agent, controller }: UspBench): UspRun {
  const introduced = [
    ...recording.upgrades.map(({ connection, eid = "" }) => ({ connection, eid })),
    ...recording.mqtt
      .filter(({ packet }) => packet.type === "CONNECT")
      .map(({ connection, packet }) => ({ connection, eid: packet.at("properties/user/usp-endpoint-id").value ?? "" })),
  ];
  const strangers = new Set(
    introduced.filter(({ eid }) => eid !== "" && eid !== agent.endpointId).map(({ connection }) => connection),
  );
  // Nor what was said to a second controller, as which a case spoke on a connection of its own.
  const spoken = recording.usp.filter(({ from }) => from === "controller");
  const asOurselves = new Set(
    spoken.flatMap(({ connection, record }) => (record.at("from_id").value === controller.endpointId ? connection : [])),
  );
  for (const { connection } of spoken) if (!asOurselves.has(connection)) strangers.add(connection);
  // Nor what a phone says that a case has given this server as another controller, where it was not answered.
  for (const { connection, from, record } of recording.usp)
    if (from === "agent" && !asOurselves.has(connection) && record.at("to_id").value !== controller.endpointId)
      strangers.add(connection);
  const isOurs = ({ connection }: { readonly connection: number }): boolean => !strangers.has(connection);
  return {
    records: recording.usp.filter(isOurs),
    upgrades: recording.upgrades.filter(isOurs),
    frames: recording.frames.filter(isOurs),
    mqtt: recording.mqtt.filter(isOurs),
    openings: openingsIn(recording).filter(isOurs),
    connections: recording.connections.slice(),
    ends: { agent: agent.endpointId, controller: controller.endpointId },
  };
}

function openingsIn({ upgrades, mqtt }: UspBench["recording"]): readonly Opening[] {
  const granted = mqtt.filter(
    ({ packet }) => packet.type === "SUBACK" && packet.fields.some(({ path, value }) => path === "code" && Number(value) < 0x80),
  );
  return [
    ...upgrades.flatMap(({ connection, answer, where }) =>
      answer?.status === 101 ? [{ connection, mtp: "websocket" as const, at: answer.at, where }] : [],
    ),
    ...granted
      .filter(({ connection }, index) => granted.findIndex((one) => one.connection === connection) === index)
      .map(({ connection, at, where }) => ({ connection, mtp: "mqtt" as const, at, where })),
  ];
}
