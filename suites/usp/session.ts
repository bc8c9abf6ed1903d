import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { RequestBody, UspReply, UspSession } from "../../harness/controller/controller.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, type Located, matches, present, same } from "../../harness/core/finding.ts";
import { agentRecords, ENDPOINT_ID, inSession, isRead, ofReply, SILENT, sessionObject, withSession } from "./support/sessions.ts";
import { withValues } from "./support/values.ts";

const BEGINS = "TR-369:R-E2E.4";
const ANOTHER = "TR-369:R-E2E.6";
const FORBIDDEN = "TR-369:R-E2E.6a";
const ENDED = "TR-369:R-E2E.6b";
const COUNTS = "TR-369:R-E2E.15";
const EXPECTS = "TR-369:R-E2E.17";
const IN_ORDER = "TR-369:R-E2E.20";
const DUPLICATE = "TR-369:R-E2E.25";
const REASON = "TR-369:R-MTP.9";

const GET: RequestBody = { case: "get", value: { paramPaths: [ENDPOINT_ID] } };

/** What was answered, and the first record of the agent in the session context. */
async function answered(bench: UspBench, session: UspSession) {
  const reply = await session.get([ENDPOINT_ID]);
  const [first] = agentRecords(bench, session);
  return { reply, first, id: session.id, endpointId: bench.agent.endpointId };
}

/** A request has been answered in its session context, in which the agent counts from 1. */
function* isAnsweredIn(
  requirement: string,
  { reply, first, id, endpointId }: Awaited<ReturnType<typeof answered>>,
): Iterable<Finding> {
  yield isRead(requirement, reply, endpointId);
  yield same(requirement, ofReply(reply, "session_id"), String(id));
  yield same(requirement, inSession(first, "sequence_id", reply.summary), 1);
}

/** A posted request, and what it was answered. */
const replied = async ({ controller }: UspBench, session: UspSession, sequenceId: bigint): Promise<UspReply> => {
  const { sent, msgId } = await session.post(GET, { session: { sequenceId } });
  return controller.reply(sent, msgId);
};

export const sessionCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.session.established",
    title: "answers in the session context that a request begins, and counts from 1",
    proves: [BEGINS],
    references: ["TP-469 3.8"],
    needs: ["usp-session-context"],
    drive: (bench) => withSession(bench, {}, (session) => answered(bench, session)),
    *judge(seen) {
      yield* isAnsweredIn(BEGINS, seen);
    },
  }),
  uspCase({
    id: "usp.session.another",
    title: "begins anew when a record has another session_id",
    proves: [ANOTHER],
    references: ["TP-469 3.9"],
    needs: ["usp-session-context"],
    drive: (bench) =>
      withSession(bench, {}, async (session) => {
        const before = await session.get([ENDPOINT_ID]);
        const { summary } = await session.get([ENDPOINT_ID]);
        if (before.kind !== "response" || summary.value !== before.summary.value)
          throw new Inconclusive("precondition", `a second Get in a session context was answered: ${summary.value}`);
        return answered(bench, bench.controller.openSession());
      }),
    *judge(seen) {
      yield* isAnsweredIn(ANOTHER, seen);
    },
  }),
  uspCase({
    id: "usp.session.forbidden",
    title: "refuses a session context by a Disconnect record where it is not allowed",
    proves: [FORBIDDEN, REASON],
    async drive(bench) {
      const { controller, agent, patience } = bench;
      const isSettable = agent.supports(`${sessionObject(agent)}SessionMode`);
      const refused = async () => {
        // One that was there before has been given up by the time of the answer.
        await controller.get([ENDPOINT_ID]);
        controller.forget();
        const { sent } = await controller.openSession().post(GET);
        const came = await controller.next(({ kind }) => kind === "session" || kind === "disconnect", patience.response);
        const control = await controller.get([ENDPOINT_ID]);
        return { sent, came, control, isSettable, endpointId: agent.endpointId };
      };
      return isSettable ? withValues(bench, sessionObject(agent), { SessionMode: "Forbid" }, refused) : refused();
    },
    *judge({ sent, came, control, isSettable, endpointId }) {
      const at = (field: string): Located => came?.record.at(field) ?? { value: undefined, where: `after ${sent.where}` };
      yield isRead(FORBIDDEN, control, endpointId);
      if (!isSettable && came?.record.kind === "session") {
        // It may have session contexts, and no parameter that forbids them.
        yield holds(REASON, true, { expected: "no Disconnect record without a reason", actual: "none", where: came.where });
        return;
      }
      yield same(FORBIDDEN, at("disconnect/reason_code"), 7106);
      yield matches(REASON, at("disconnect/reason_code"), /^71\d\d$/, "a reason_code");
      yield present(REASON, at("disconnect/reason"), "a reason");
    },
  }),
  uspCase({
    id: "usp.session.ended",
    title: "ends a session context that is no longer allowed by a Disconnect record",
    proves: [ENDED],
    needs: ["usp-session-context"],
    drive: (bench) =>
      withSession(bench, {}, async (session) => {
        const { controller, agent, patience } = bench;
        controller.forget();
        const params = [{ name: "SessionMode", value: "Forbid", required: true }];
        try {
          const { summary } = await session.set([{ path: sessionObject(agent), params }]);
          if (summary.value !== "SET_RESP") throw new Inconclusive("precondition", `setting SessionMode: ${summary.value}`);
          const isLeave = ({ kind }: { readonly kind: string }): boolean => kind === "disconnect";
          const unasked = await controller.next(isLeave, SILENT);
          const asked = unasked === undefined ? await session.post(GET) : undefined;
          const came = unasked ?? (await controller.next(isLeave, patience.response));
          const after = came === undefined ? summary.where : came.where;
          return { wasAsked: asked !== undefined, code: came?.record.at("disconnect/reason_code"), after };
        } finally {
          await controller.set([{ path: sessionObject(agent), params: [{ name: "SessionMode", value: "Allow" }] }]);
        }
      }),
    *judge({ wasAsked, code, after }) {
      // An agent that looks at the mode only when the next record comes refuses that one.
      const fitting = wasAsked ? ["7105", "7106"] : ["7105"];
      yield holds(ENDED, fitting.includes(code?.value ?? ""), {
        expected: `a Disconnect record with reason_code ${fitting.join(" or ")}`,
        actual: code?.value ?? "none",
        where: code?.where ?? `after ${after}`,
      });
    },
  }),
  uspCase({
    id: "usp.session.order",
    title: "keeps a record that comes early until those before it are there",
    proves: [IN_ORDER, COUNTS, EXPECTS],
    references: ["TP-469 3.11"],
    needs: ["usp-session-context"],
    waits: 10,
    drive: (bench) =>
      withSession(bench, {}, async (session) => {
        const { controller, agent } = bench;
        const first = await session.get([ENDPOINT_ID]);
        const early = await session.post(GET, { session: { sequenceId: 4n } });
        const tooSoon = await controller.silence(SILENT, ({ message }) => message?.msgId.value === early.msgId);
        const second = await replied(bench, session, 2n);
        const third = await replied(bench, session, 3n);
        const fourth = await controller.reply(early.sent, early.msgId);
        session.nextId = 5n;
        const replies = [first, second, third, fourth];
        return { tooSoon, replies, records: agentRecords(bench, session), endpointId: agent.endpointId };
      }),
    *judge({ tooSoon, replies, records, endpointId }) {
      yield holds(IN_ORDER, tooSoon === undefined, {
        expected: "no answer before those to the records before it",
        actual: tooSoon?.record.message?.msgType ?? "none",
        where: tooSoon?.where ?? `after ${replies[0]?.summary.where}`,
      });
      for (const reply of replies) yield isRead(IN_ORDER, reply, endpointId);
      // An agent may send more than the answers, as requests for what it misses.
      for (const [index, { record }] of records.entries())
        yield same(COUNTS, record.at("session_context/sequence_id"), index + 1);
      yield holds(COUNTS, records.length >= replies.length, {
        expected: `${replies.length} records or more in the session context`,
        actual: `${records.length}`,
        where: replies.at(-1)?.summary.where ?? "",
      });
      // With the third the fourth is there too, and may be counted.
      const fitting = [["2"], ["3"], ["4", "5"], ["5"]];
      for (const [index, reply] of replies.entries()) {
        const { value, where } = ofReply(reply, "expected_id");
        const allowed = fitting[index] ?? [];
        yield holds(EXPECTS, allowed.includes(value ?? ""), {
          expected: `expected_id ${allowed.join(" or ")}`,
          actual: value ?? "none",
          where,
        });
      }
    },
  }),
  uspCase({
    id: "usp.session.late",
    title: "ignores a request under a sequence_id that it has had, whatever is in it",
    proves: [IN_ORDER],
    needs: ["usp-session-context"],
    waits: 10,
    drive: (bench) =>
      withSession(bench, {}, async (session) => {
        const { controller, agent } = bench;
        const before = [await session.get([ENDPOINT_ID]), await session.get([ENDPOINT_ID])];
        const { sent, msgId } = await session.post(GET, { session: { sequenceId: 1n } });
        const reply = await controller.reply(sent, msgId, SILENT);
        return { before, reply, control: await session.get([ENDPOINT_ID]), id: session.id, endpointId: agent.endpointId };
      }),
    *judge({ before, reply, control, id, endpointId }) {
      for (const one of [...before, control]) yield isRead(IN_ORDER, one, endpointId);
      yield same(IN_ORDER, ofReply(control, "session_id"), String(id));
      yield holds(IN_ORDER, reply.kind === "silence", {
        expected: "no answer",
        actual: reply.summary.value,
        where: reply.summary.where,
      });
    },
  }),
  uspCase({
    id: "usp.session.duplicate",
    title: "answers a record once, however often it comes",
    proves: [DUPLICATE],
    references: ["TP-469 3.15"],
    needs: ["usp-session-context"],
    waits: 10,
    drive: (bench) =>
      withSession(bench, {}, async (session) => {
        const { controller, agent } = bench;
        const begin = await session.get([ENDPOINT_ID]);
        if (begin.kind !== "response")
          throw new Inconclusive("precondition", `the first Get was answered: ${begin.summary.value}`);
        const { sent, msgId } = await session.post(GET);
        const reply = await controller.reply(sent, msgId);
        for (let repetition = 0; repetition < 3; repetition += 1) await controller.send(sent.record.octets);
        const again = await controller.silence(SILENT, ({ message }) => message?.msgId.value === msgId);
        return { reply, again, control: await session.get([ENDPOINT_ID]), id: session.id, endpointId: agent.endpointId };
      }),
    *judge({ reply, again, control, id, endpointId }) {
      yield isRead(DUPLICATE, reply, endpointId);
      yield holds(DUPLICATE, again === undefined, {
        expected: "one answer",
        actual: again === undefined ? "one answer" : "another one",
        where: again?.where ?? `after ${reply.summary.where}`,
      });
      yield isRead(DUPLICATE, control, endpointId);
      yield same(DUPLICATE, ofReply(control, "session_id"), String(id));
    },
  }),
];
