import type { Bench } from "../../harness/bench/usp-bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, type Located, same } from "../../harness/core/finding.ts";
import type { FrameRecord, UpgradeRecord } from "../../harness/trace/usp.ts";
import { isControl, OPCODE } from "../../harness/wire/websocket.ts";
import { type UspRun, uspRule } from "./support/passive.ts";

/** Milliseconds in which what an agent sent on one connection may cross with the opening of the next. */
const CROSSING = 1_000;

const byAgent = ({ frames }: UspRun): readonly FrameRecord[] => frames.filter(({ from }) => from === "agent");

/** All values of a header field as one list, as HTTP has it. */
const listed = ({ headers, where }: UpgradeRecord, name: string): Located => {
  const values = headers.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
  return { value: values.length === 0 ? undefined : values.join(", "), where: `${where}, header ${name}` };
};

/** The Endpoint ID in the query of a handshake; undefined without one. */
function idInQuery({ target }: UpgradeRecord): string | undefined {
  const [, raw] = /[?&]eid=([^&#]*)/.exec(target) ?? [];
  try {
    return raw === undefined ? undefined : decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

/** Rules that hold for every handshake and every frame of an agent (TR-369 "WebSocket Binding"). */
export const websocketRules: readonly AnyCase<Bench>[] = [
  uspRule({
    id: "usp.websocket.handshake",
    mtp: "websocket",
    title: "opens WebSockets by sound handshakes",
    requirement: "TR-369:R-WS.7",
    *judge({ upgrades }): Iterable<Finding> {
      for (const { faults, where } of upgrades)
        yield holds(this.requirement, faults.length === 0, {
          expected: "a handshake of RFC 6455",
          actual: faults.length === 0 ? "one" : faults.join(", "),
          where,
        });
    },
  }),
  uspRule({
    id: "usp.websocket.subprotocol",
    mtp: "websocket",
    title: "offers the subprotocol v1.usp",
    requirement: "TR-369:R-WS.9",
    *judge({ upgrades }): Iterable<Finding> {
      for (const upgrade of upgrades) yield same(this.requirement, listed(upgrade, "sec-websocket-protocol"), "v1.usp");
    },
  }),
  uspRule({
    id: "usp.websocket.endpoint-id",
    mtp: "websocket",
    title: "tells its Endpoint ID as eid in the query of its handshakes",
    requirement: "TR-369:R-WS.10b",
    *judge({ upgrades, ends }): Iterable<Finding> {
      for (const upgrade of upgrades)
        yield same(this.requirement, { value: idInQuery(upgrade), where: `${upgrade.where}, its target` }, ends.agent);
    },
  }),
  uspRule({
    id: "usp.websocket.one-connection",
    mtp: "websocket",
    title: "uses one WebSocket at a time",
    requirement: "TR-369:R-WS.4",
    *judge(run): Iterable<Finding> {
      const opened = run.upgrades.filter(({ answer }) => answer?.status === 101);
      for (const upgrade of opened) {
        const { connection, order, at, where } = upgrade;
        // An older connection that a power cut left behind is silent.
        const late = byAgent(run).find(
          (frame) =>
            frame.connection !== connection &&
            frame.at > at + CROSSING &&
            opened.some((older) => older.connection === frame.connection && older.order < order) &&
            isOpen(run, connection, frame.at),
        );
        yield holds(this.requirement, late === undefined, {
          expected: "no frame on an older connection",
          actual: late === undefined ? "none" : `one on connection ${late.connection} beside connection ${connection}`,
          where: late?.where ?? where,
        });
      }
    },
  }),
  uspRule({
    id: "usp.websocket.binary",
    mtp: "websocket",
    title: "sends records in binary frames",
    requirement: "TR-369:R-WS.14",
    *judge(run): Iterable<Finding> {
      for (const { frame, where } of byAgent(run))
        if (!isControl(frame) && frame.opcode !== OPCODE.continuation)
          yield same(this.requirement, { value: frame.opcode, where: `${where}, its opcode` }, OPCODE.binary);
    },
  }),
  uspRule({
    id: "usp.websocket.one-frame",
    mtp: "websocket",
    title: "sends each record in one frame",
    requirement: "TR-369:R-WS.14a",
    *judge(run): Iterable<Finding> {
      for (const { frame, where } of byAgent(run))
        if (!isControl(frame))
          yield holds(this.requirement, frame.fin && frame.opcode !== OPCODE.continuation, {
            expected: "a whole message",
            actual: frame.fin && frame.opcode !== OPCODE.continuation ? "one" : "a fragment",
            where,
          });
    },
  }),
  uspRule({
    id: "usp.websocket.frames",
    mtp: "websocket",
    title: "sends frames that RFC 6455 allows, in an order that it allows",
    requirement: "TR-369:R-WS.15",
    *judge(run): Iterable<Finding> {
      for (const { frame, where } of byAgent(run))
        yield holds(this.requirement, frame.faults.length === 0, {
          expected: "a frame of RFC 6455",
          actual: frame.faults.length === 0 ? "one" : frame.faults.join(", "),
          where,
        });
    },
  }),
];

function isOpen({ connections }: UspRun, number: number, at: number): boolean {
  const closedAt = connections.find((connection) => connection.number === number)?.closedAt;
  return closedAt === undefined || closedAt > at;
}
