import type { Bench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { RequestBody } from "../../harness/controller/controller.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, type Located } from "../../harness/core/finding.ts";
import { Record_PayloadSecurity, SessionContextRecord_PayloadSARState as SarState } from "../../schema/usp/record_pb.ts";
import { type BegunAnew, beganAnew, begunAnew, ENDPOINT_ID, inSession, isRead, SILENT, withSession } from "./support/sessions.ts";

const OWN_ID = "TR-369:R-E2E.3";
const NEAR_THE_END = "TR-369:R-E2E.8";
const OTHER_SECURITY = "TR-369:R-E2E.19";
const UNPROCESSED = "TR-369:R-E2E.21";
const BROKEN = "TR-369:R-E2E.23";
const INVALID_ID = "TR-369:R-E2E.24";
const SIGNED = "TR-369:R-E2E.30";

const GET: RequestBody = { case: "get", value: { paramPaths: [ENDPOINT_ID] } };

/** Near the largest number that a sequence_id can have, as R-E2E.8 counts it. */
const LATE = 2n ** 64n - 1n - 5_000n;

/** No message: field 15 ends before its length. */
const NO_MESSAGE = Buffer.from("7fff", "hex");

/** No signature by anybody. */
const NO_SIGNATURE = Buffer.from("CPE Assay has not signed this");

/** Only an agent that must have a session context begins another one in every case; one that may have one may also do without. */
const REQUIRED = { SessionMode: "Require" } as const;

const NEEDS = ["usp-session-context"] as const;

/** The first request in a session context, without an answer to which it does not stand. */
async function established(session: Parameters<Parameters<typeof withSession>[2]>[0]): Promise<void> {
  const { kind, summary } = await session.get([ENDPOINT_ID]);
  if (kind !== "response") throw new Inconclusive("precondition", `a Get in a session context was answered: ${summary.value}`);
}

/** The session_id is one that may be chosen. */
function choosesId(requirement: string, { first, sent }: BegunAnew): Finding {
  const id: Located = inSession(first, "session_id", sent);
  return holds(requirement, id.value !== undefined && BigInt(id.value) > 1n, {
    expected: "a session_id greater than 1",
    actual: id.value ?? "none",
    where: id.where,
  });
}

export const sessionFailureCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.session.unreadable",
    title: "begins another session context after a payload that is no message",
    proves: [UNPROCESSED, OWN_ID],
    needs: NEEDS,
    drive: (bench) =>
      withSession(bench, REQUIRED, async (session) => {
        await established(session);
        return begunAnew(bench, session, () => session.send({ payload: [NO_MESSAGE] }));
      }),
    *judge(seen) {
      yield* beganAnew(UNPROCESSED, seen);
      yield choosesId(OWN_ID, seen);
    },
  }),
  uspCase({
    id: "usp.session.segment-of-nothing",
    title: "begins another session context after a segment of a message that has not begun",
    proves: [UNPROCESSED],
    needs: NEEDS,
    drive: (bench) =>
      withSession(bench, REQUIRED, async (session) => {
        await established(session);
        const state = { payloadSarState: SarState.INPROCESS, payloadrecSarState: SarState.INPROCESS };
        return begunAnew(bench, session, async () => (await session.post(GET, { session: state })).sent);
      }),
    *judge(seen) {
      yield* beganAnew(UNPROCESSED, seen);
    },
  }),
  uspCase({
    id: "usp.session.near-the-end",
    title: "begins another session context when sequence_ids come near the largest number",
    proves: [NEAR_THE_END],
    needs: NEEDS,
    drive: (bench) =>
      withSession(bench, REQUIRED, async (session) => {
        await established(session);
        const msgId = "assay-near-the-end";
        const session_ = { sequenceId: LATE };
        return begunAnew(bench, session, async () => (await session.post(GET, { msgId, session: session_ })).sent, msgId);
      }),
    *judge(seen) {
      yield* beganAnew(NEAR_THE_END, seen);
    },
  }),
  uspCase({
    id: "usp.session.other-security",
    title: "fails a record of another payload security than its session context",
    proves: [OTHER_SECURITY],
    references: ["TP-469 3.13"],
    needs: NEEDS,
    drive: (bench) =>
      withSession(bench, REQUIRED, async (session) => {
        await established(session);
        const msgId = "assay-other-security";
        const record = { payloadSecurity: Record_PayloadSecurity.TLS12 };
        return begunAnew(bench, session, async () => (await session.post(GET, { msgId, record })).sent, msgId);
      }),
    *judge(seen) {
      yield* beganAnew(OTHER_SECURITY, seen);
    },
  }),
  uspCase({
    id: "usp.session.invalid-id",
    title: "ignores a record of a session_id that cannot be, and begins anew",
    proves: [INVALID_ID],
    needs: NEEDS,
    drive: (bench) =>
      withSession(bench, REQUIRED, async (session) => {
        await established(session);
        const msgId = "assay-invalid-id";
        // Whoever begins a session context takes a number greater than 1 (R-E2E.3).
        const other = { sessionId: 1n };
        return begunAnew(bench, session, async () => (await session.post(GET, { msgId, session: other })).sent, msgId);
      }),
    *judge(seen) {
      yield* beganAnew(INVALID_ID, seen, true);
    },
  }),
  uspCase({
    id: "usp.session.wrong-signature",
    title: "ignores a record in a session context with a wrong signature, and begins anew",
    proves: [BROKEN],
    references: ["TP-469 2.7"],
    needs: NEEDS,
    drive: (bench) =>
      withSession(bench, REQUIRED, async (session) => {
        await established(session);
        const msgId = "assay-wrong-signature";
        const record = { macSignature: NO_SIGNATURE };
        return begunAnew(bench, session, async () => (await session.post(GET, { msgId, record })).sent, msgId);
      }),
    *judge(seen) {
      yield* beganAnew(BROKEN, seen, true);
    },
  }),
  uspCase({
    id: "usp.record.wrong-signature",
    title: "ignores a record with a wrong signature",
    proves: [SIGNED],
    references: ["TP-469 2.7"],
    needs: NEEDS,
    waits: 10,
    async drive({ controller, agent }) {
      const signed = controller.get([ENDPOINT_ID], 0, { record: { macSignature: NO_SIGNATURE }, within: SILENT });
      return { reply: await signed, control: await controller.get([ENDPOINT_ID]), endpointId: agent.endpointId };
    },
    *judge({ reply, control, endpointId }) {
      yield holds(SIGNED, reply.kind === "silence", {
        expected: "no answer",
        actual: reply.summary.value,
        where: reply.summary.where,
      });
      yield isRead(SIGNED, control, endpointId);
    },
  }),
];
