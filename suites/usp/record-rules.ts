import type { Bench } from "../../harness/bench/usp-bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import type { RecordKind } from "../../harness/wire/usp.ts";
import { type Opening, type UspRun, uspRule } from "./support/passive.ts";
import { recordRules } from "./support/record-rules.ts";

/** Milliseconds that an agent has for its connect record, by the test plan. */
const CONNECT_WITHIN = 30_000;

/** Records that hold a message. */
const TYPES: Readonly<Partial<Record<RecordKind, string>>> = {
  "no-session": "a record without session context",
  session: "a record in a session context",
};

const byAgent = ({ records }: UspRun): readonly UspRecordLog[] => records.filter(({ from }) => from === "agent");

const isConnect = ({ record, mtp }: UspRecordLog): boolean => record.kind === `${mtp}-connect`;

/** A disconnect record that can be read: what is none, or what is damaged, ends nothing. */
const isDisconnect = ({ record: { kind, faults } }: UspRecordLog): boolean => kind === "disconnect" && faults.length === 0;

/** Records of each connection that was opened, both directions, in their order. */
function* byConnection({ openings, records }: UspRun): Iterable<{ opening: Opening; all: readonly UspRecordLog[] }> {
  for (const opening of openings) yield { opening, all: records.filter(({ connection }) => connection === opening.connection) };
}

/** Rules that hold for every record of an agent (TR-369 "Message Encoding", "USP Record Encapsulation", "Message Structure"). */
export const recordRuleCases: readonly AnyCase<Bench>[] = [
  ...recordRules.map((rule) =>
    uspRule({
      id: `usp.${rule.name}`,
      title: rule.title,
      requirement: rule.requirement,
      ...(rule.references === undefined ? {} : { references: rule.references }),
      *judge(run) {
        for (const { record } of byAgent(run)) yield* rule.judge(record, run.ends);
      },
    }),
  ),
  uspRule({
    id: "usp.message.answers-by-id",
    title: "gives every response and Error the Message ID of a request",
    requirement: "TR-369:R-MSG.9",
    *judge({ records }): Iterable<Finding> {
      const asked = new Set<string>();
      for (const { from, record } of records) {
        const { message } = record;
        const id = message?.msgId.value ?? "";
        if (from === "controller") asked.add(id);
        else if (message?.at("request").value === undefined && message?.msg?.body !== undefined)
          yield holds(this.requirement, asked.has(id), {
            expected: "the Message ID of a request",
            actual: JSON.stringify(id),
            where: message.msgId.where,
          });
      }
    },
  }),
  uspRule({
    id: "usp.message.answers-in-kind",
    title: "answers a request in a record of the type that it came in",
    requirement: "TR-369:R-MSG.0a",
    *judge({ records }): Iterable<Finding> {
      const asked = new Map<string, RecordKind>();
      for (const { from, record, where } of records) {
        const { message } = record;
        const id = message?.msgId.value;
        if (message === undefined || id === undefined) continue;
        const kind = asked.get(id);
        if (from === "controller") asked.set(id, record.kind);
        else if (kind !== undefined && message.at("request").value === undefined)
          yield holds(this.requirement, record.kind === kind, { expected: TYPES[kind] ?? kind, actual: record.kind, where });
      }
    },
  }),
  uspRule({
    id: "usp.record.connect",
    title: "sends a Connect record on every connection that it opens",
    requirement: "TR-369:R-MTP.6",
    references: ["TP-469 7.10", "TP-469 11.17"],
    *judge(run): Iterable<Finding> {
      for (const { opening, all } of byConnection(run)) {
        const closedAt =
          run.connections.find(({ number }) => number === opening.connection)?.closedAt ?? Number.POSITIVE_INFINITY;
        const own = all.filter(({ from }) => from === "agent");
        const connect = own.find(isConnect);
        const { at, mtp } = opening;
        // One that ended at once had no time to.
        if (own.length === 0 && closedAt < at + CONNECT_WITHIN) continue;
        yield holds(this.requirement, connect !== undefined && connect.at <= at + CONNECT_WITHIN, {
          expected: `${mtp}_connect within 30 s`,
          actual: connect === undefined ? "none" : `after ${connect.at - at} ms`,
          where: connect?.where ?? opening.where,
        });
      }
    },
  }),
  uspRule({
    id: "usp.record.connect-first",
    title: "sends no record before its Connect record, nor after a Disconnect record",
    requirement: "TR-369:R-MTP.8",
    *judge(run): Iterable<Finding> {
      for (const { all } of byConnection(run)) {
        let greeted = false;
        for (const one of all) {
          if (isConnect(one)) greeted = true;
          else if (one.from === "agent" && !(one.record.kind === "disconnect" && !greeted))
            yield holds(this.requirement, greeted, {
              expected: `${one.mtp}_connect before it`,
              actual: greeted ? "so" : "none since the connection was opened or a disconnect record",
              where: one.where,
            });
          if (isDisconnect(one)) greeted = false;
        }
      }
    },
  }),
];
