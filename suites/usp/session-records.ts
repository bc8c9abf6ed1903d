import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { RequestBody, UspReply, UspSession } from "../../harness/controller/controller.ts";
import { parametersIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, type Located, same } from "../../harness/core/finding.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import {
  agentRecords,
  ENDPOINT_ID,
  inSession,
  isRead,
  ofAnother,
  ofReply,
  type SessionSettings,
  sessionObject,
  withSession,
} from "./support/sessions.ts";

const COUNTS = "TR-369:R-E2E.15";
const KEEPS = "TR-369:R-E2E.16";
const REASSEMBLES = "TR-369:R-E2E.20";
const BEGINS_ANEW = "TR-369:R-E2E.21";
const TRIES = "TP-469:3.14#tries";
const SIZE = "TR-181:E2ESession#record-size";

/** Milliseconds that pass before a record is asked for again, by the test plan. */
const LATER = 60_000;

/** The smallest MaxUSPRecordSize (TR-181), in octets. */
const SMALLEST = 512;

/** What is asked for to have a long answer. */
const MUCH: RequestBody = { case: "get", value: { paramPaths: ["Device.LocalAgent."] } };

const payloadOf = ({ record }: UspRecordLog): string => record.at("session_context/payload").value ?? "";

/** Asks for a record again, and gives it if it comes. */
async function askedAgain(
  { controller, patience }: UspBench,
  session: UspSession,
  sequenceId: bigint,
): Promise<UspRecordLog | undefined> {
  controller.forget();
  await session.send({ retransmitId: sequenceId, expectedId: sequenceId });
  return controller.next(
    ({ kind, at }) => kind === "session" && at("session_context/sequence_id").value === String(sequenceId),
    patience.response,
  );
}

/** A record that came again is the one that it was. */
function* isSameRecord(requirement: string, again: UspRecordLog | undefined, { log, summary }: UspReply): Iterable<Finding> {
  if (log === undefined) return;
  for (const field of ["session_id", "sequence_id"])
    yield same(requirement, inSession(again, field, summary), log.record.at(`session_context/${field}`).value ?? "");
  const isSame = again !== undefined && payloadOf(again) === payloadOf(log);
  const where = again?.where ?? `after ${summary.where}`;
  yield holds(requirement, isSame, { expected: `the payload of ${log.where}`, actual: isSame ? "so" : "another", where });
}

const sequenceOf = (reply: UspReply): bigint => BigInt(ofReply(reply, "sequence_id").value ?? 0);

/** Settings under which a record is sent again as often as the case asks for it, where the agent counts. */
const often = (tries: number): SessionSettings => ({ MaxRetransmitTries: String(tries) });

/** A good answer, without which a case about its record says nothing. */
function demandRead(reply: UspReply): UspReply {
  if (parametersIn(reply).has(ENDPOINT_ID)) return reply;
  throw new Inconclusive("precondition", `a Get in a session context was answered: ${reply.summary.value}`);
}

export const sessionRecordCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.session.preserved",
    title: "keeps a record that it sent, and sends it again when it is asked to",
    proves: [KEEPS],
    references: ["TP-469 3.12"],
    needs: ["usp-session-context"],
    waits: 60,
    drive: (bench) =>
      withSession(bench, often(3), async (session) => {
        const reply = demandRead(await session.get([ENDPOINT_ID], 0, { session: { expectedId: 1n } }));
        await bench.controller.silence(LATER, () => false);
        return { reply, again: await askedAgain(bench, session, sequenceOf(reply)) };
      }),
    *judge({ reply, again }) {
      yield* isSameRecord(KEEPS, again, reply);
    },
  }),
  uspCase({
    id: "usp.session.retransmissions",
    title: "sends a record again as often as MaxRetransmitTries says, then begins anew",
    proves: [TRIES, BEGINS_ANEW],
    references: ["TP-469 3.14"],
    needs: ["usp-session-context", "usp-session-retransmission"],
    drive: (bench) =>
      withSession(bench, { SessionMode: "Require", ...often(2) }, async (session) => {
        const { controller, agent, patience } = bench;
        const params = [{ name: "MaxRetransmitTries", value: "2", required: true }];
        const reply = await session.set([{ path: sessionObject(agent), params }], false, { session: { expectedId: 1n } });
        if (reply.summary.value !== "SET_RESP")
          throw new Inconclusive("precondition", `a Set was answered: ${reply.summary.value}`);
        const sequenceId = sequenceOf(reply);
        const again = [await askedAgain(bench, session, sequenceId), await askedAgain(bench, session, sequenceId)];
        controller.forget();
        await session.send({ retransmitId: sequenceId, expectedId: sequenceId });
        const first = await controller.next(ofAnother(session.id), patience.response);
        const isIt = ({ message }: { readonly message?: { readonly msgId: Located } | undefined }): boolean =>
          message?.msgId.value === reply.message?.msgId.value;
        return { reply, again, third: await controller.silence(0, isIt), first };
      }),
    *judge({ reply, again, third, first }) {
      for (const one of again) yield* isSameRecord(TRIES, one, reply);
      yield holds(TRIES, third === undefined, {
        expected: "no third time",
        actual: third === undefined ? "none" : "a third time",
        where: third?.where ?? `after ${reply.summary.where}`,
      });
      yield same(BEGINS_ANEW, inSession(first, "sequence_id", reply.summary), 1);
    },
  }),
  uspCase({
    id: "usp.session.segments-sent",
    title: "spreads a message over records that are not larger than MaxUSPRecordSize",
    proves: [SIZE, COUNTS],
    needs: ["usp-session-context", "usp-session-record-size"],
    drive: (bench) =>
      withSession(bench, { MaxUSPRecordSize: String(SMALLEST) }, async (session) => {
        const reply = await session.request(MUCH);
        return { reply, records: agentRecords(bench, session), endpointId: bench.agent.endpointId };
      }),
    *judge({ reply, records, endpointId }) {
      yield isRead(SIZE, reply, endpointId);
      for (const { record, where } of records)
        yield holds(SIZE, record.octets.length <= SMALLEST, {
          expected: `${SMALLEST} octets or fewer`,
          actual: `${record.octets.length} octets`,
          where,
        });
      const numbers = records.map(({ record }) => record.at("session_context/sequence_id").value);
      yield holds(COUNTS, records.length > 1 && numbers.every((number, index) => number === String(index + 1)), {
        expected: "segments that are counted from 1",
        actual: numbers.join(", "),
        where: records.at(-1)?.where ?? reply.summary.where,
      });
      for (const [index, { record }] of records.entries()) {
        const state = index === 0 ? "BEGIN" : index === records.length - 1 ? "COMPLETE" : "INPROCESS";
        yield same(SIZE, record.at("session_context/payload_sar_state"), state);
        yield same(SIZE, record.at("session_context/payloadrec_sar_state"), state);
      }
    },
  }),
  uspCase({
    id: "usp.session.segments-received",
    title: "puts a message together from the segments that it comes in",
    proves: [REASSEMBLES],
    needs: ["usp-session-context"],
    drive: (bench) =>
      withSession(bench, {}, async (session) => {
        const first = await session.get([ENDPOINT_ID], 0, { segments: 3 });
        const second = await session.get([ENDPOINT_ID], 0, { segments: 2 });
        return { replies: [first, second], endpointId: bench.agent.endpointId };
      }),
    *judge({ replies, endpointId }) {
      for (const reply of replies) yield isRead(REASSEMBLES, reply, endpointId);
    },
  }),
  uspCase({
    id: "usp.session.segments-in-disorder",
    title: "puts segments together by their numbers, whatever order they come in",
    proves: [REASSEMBLES],
    needs: ["usp-session-context"],
    drive: (bench) =>
      withSession(bench, {}, async (session) => {
        demandRead(await session.get([ENDPOINT_ID]));
        const reply = await session.get([ENDPOINT_ID], 0, { segments: 3, order: [2, 0, 2, 1] });
        return { reply, endpointId: bench.agent.endpointId };
      }),
    *judge({ reply, endpointId }) {
      yield isRead(REASSEMBLES, reply, endpointId);
    },
  }),
];
