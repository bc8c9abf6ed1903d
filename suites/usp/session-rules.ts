import type { Bench } from "../../harness/bench/usp-bench.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, same } from "../../harness/core/finding.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import type { SessionContextRecord } from "../../schema/usp/record_pb.ts";
import { type UspRun, uspRule } from "./support/passive.ts";

const NEEDS = ["usp-session-context"] as const;

interface InSession {
  readonly log: UspRecordLog;
  readonly session: SessionContextRecord;
}

function* sessionRecords({ records }: UspRun): Iterable<InSession> {
  for (const log of records) {
    const content = log.record.record?.recordType;
    if (content?.case === "sessionContext") yield { log, session: content.value };
  }
}

/** Rules that hold for every record of an agent's in a session context. */
export const sessionRuleCases: readonly AnyCase<Bench>[] = [
  uspRule({
    id: "usp.session-records.first",
    title: "gives its first record in every session context the sequence_id 1",
    requirement: "TR-369:R-E2E.14",
    needs: NEEDS,
    *judge(run): Iterable<Finding> {
      const known = new Set<bigint>();
      for (const { log, session } of sessionRecords(run)) {
        if (log.from !== "agent" || known.has(session.sessionId)) continue;
        known.add(session.sessionId);
        yield same(this.requirement, log.record.at("session_context/sequence_id"), 1);
      }
    },
  }),
  uspRule({
    id: "usp.session-records.next",
    title: "counts its records in every session context up by one",
    requirement: "TR-369:R-E2E.15",
    needs: NEEDS,
    *judge(run): Iterable<Finding> {
      const last = new Map<bigint, bigint>();
      const asked = new Set<string>();
      for (const { log, session } of sessionRecords(run)) {
        const { sessionId, sequenceId, retransmitId } = session;
        if (log.from === "controller") asked.add(`${sessionId} ${retransmitId}`);
        const before = last.get(sessionId);
        if (log.from === "controller" || asked.has(`${sessionId} ${sequenceId}`)) continue;
        last.set(sessionId, sequenceId);
        // Where it begins at all is another rule's.
        if (before === undefined || sequenceId === 1n) continue;
        yield same(this.requirement, log.record.at("session_context/sequence_id"), String(before + 1n));
      }
    },
  }),
  uspRule({
    id: "usp.session-records.security",
    title: "keeps to one payload_security in every session context",
    requirement: "TR-369:R-E2E.18",
    needs: NEEDS,
    *judge(run): Iterable<Finding> {
      const known = new Map<bigint, string>();
      for (const { log, session } of sessionRecords(run)) {
        if (log.from !== "agent") continue;
        const security = log.record.at("payload_security");
        const before = known.get(session.sessionId) ?? security.value ?? "";
        known.set(session.sessionId, before);
        yield same(this.requirement, security, before);
      }
    },
  }),
];
