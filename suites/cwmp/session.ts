import { parameterList } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { showAlive } from "../support/alive.ts";
import { sentIn } from "../support/messages.ts";
import {
  afterOwnRequests,
  askHarmless,
  came,
  exchangesSoFar,
  harmlessName,
  said,
  serveFollowUp,
  told,
} from "../support/sessions.ts";
import { pendingTransfer } from "../support/transfers.ts";

/** How many requests a long session has. */
const MANY = 50;

/** An Inform may be repeated after 401 and 3xx (TR-069 3.7), and has to be after fault 8005 (3.7.1.6). */
function asksForRepetition(before: Exchange | undefined): boolean {
  const status = before?.response?.status ?? 0;
  if (status === 401 || (status >= 300 && status < 400)) return true;
  return before !== undefined && sentIn(before)?.at("Fault/detail/Fault/FaultCode").value?.trim() === "8005";
}

/** What the phone sends once its Inform and the requests of its own are answered. */
async function firstWithoutRequest(session: Session): Promise<Reply> {
  const reply = await afterOwnRequests(session, await session.informResponse());
  await session.end();
  return reply;
}

/** Nothing, where the phone did not do what was to be looked at besides; what is a fault of ours goes on being one. */
function unlessInconclusive(error: unknown): undefined {
  if (!(error instanceof Inconclusive)) throw error;
  return undefined;
}

export const sessionCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.session.inform-first",
    title: "opens a session with an Inform",
    proves: ["TR-069:3.7#inform-first"],
    references: ["SES-001"],
    async drive(bench) {
      const { acs, recording } = bench;
      const before = recording.latest;
      const session = await acs.contact();
      const own = recording.slice(before + 1).filter(({ session: number = session.number }) => number === session.number);
      await session.end();
      await showAlive(bench);
      return own[0] ?? session.exchanges[0] ?? session.inform;
    },
    *judge(first) {
      yield same("TR-069:3.7#inform-first", said(first), "Inform");
    },
  }),
  cwmpCase({
    id: "cwmp.session.one-inform",
    title: "informs once in a session, whatever happens in it",
    proves: ["TR-069:3.7#one-inform"],
    references: ["SES-002"],
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.session();
      if (phone.claims("connection-request")) await phone.connectionRequest();
      for (let count = 0; count < 5; count += 1) await askHarmless(session, phone);
      await session.end();
      await serveFollowUp(acs);
      await showAlive(bench);
      return exchangesSoFar(session);
    },
    *judge(exchanges) {
      const informs = exchanges.filter(
        (exchange, index) => said(exchange).value === "Inform" && !asksForRepetition(exchanges[index - 1]),
      );
      yield holds("TR-069:3.7#one-inform", informs.length === 1, {
        expected: "one Inform",
        actual: `${informs.length}`,
        where: informs.at(-1)?.where ?? "no message",
      });
    },
  }),
  cwmpCase({
    id: "cwmp.session.one-at-a-time",
    title: "opens no second session while one is open",
    proves: ["TR-069:3.7#one-session"],
    references: ["SES-010"],
    needs: ["connection-request"],
    waits: 8,
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.session();
      await phone.connectionRequest();
      // A phone may refuse the connection request; this gives it another reason to call.
      if (phone.claims("schedule-inform")) await session.scheduleInform(2);
      const second = await acs.silence(5_000);
      const reply = await askHarmless(session, phone);
      await session.end();
      await second?.end();
      if (second === undefined && reply.kind !== "response")
        throw new Inconclusive("control-failed", `the session that was to stay open gave: ${reply.summary.value}`);
      await serveFollowUp(acs);
      await showAlive(bench);
      return { first: session.inform, second: second?.inform };
    },
    *judge({ first, second }) {
      yield holds("TR-069:3.7#one-session", second === undefined, {
        expected: "no Inform of another session while this one is open",
        actual: second === undefined ? "none" : "an Inform",
        where: second?.where ?? first.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.session.empty-post",
    title: "sends an empty POST once it has no request of its own",
    proves: ["TR-069:3.7.1.3#empty-post"],
    references: ["SES-003"],
    async drive(bench) {
      const replies = [await firstWithoutRequest(await bench.acs.contact())];
      // Once more behind a request of the phone's own, where it has any: a transfer that it never reports is another case's business.
      const pending = bench.phone.claims("download") ? await pendingTransfer(bench).catch(unlessInconclusive) : undefined;
      if (pending !== undefined) replies.push(await firstWithoutRequest(pending));
      await showAlive(bench);
      return replies;
    },
    *judge(replies) {
      for (const reply of replies) yield came("TR-069:3.7.1.3#empty-post", reply, "empty", "an empty POST");
    },
  }),
  cwmpCase({
    id: "cwmp.session.answers-next",
    title: "answers each request in its next POST",
    proves: ["TR-069:3.7.1.2#next-post"],
    references: ["SES-004"],
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.session();
      const replies = [
        await session.getRPCMethods(),
        await session.getParameterNames(phone.root, true),
        await askHarmless(session, phone),
        await session.getRPCMethods(),
      ];
      await session.end();
      await showAlive(bench);
      return replies;
    },
    *judge(replies) {
      for (const { kind, summary } of replies)
        yield holds("TR-069:3.7.1.2#next-post", kind === "response" || kind === "fault", {
          expected: "the response to the request, or a fault",
          actual: summary.value,
          where: summary.where,
        });
    },
  }),
  cwmpCase({
    id: "cwmp.session.fifty-requests",
    title: "answers fifty requests in one session",
    proves: ["TR-069:3.7.1.2#many-requests"],
    references: ["SES-008"],
    async drive({ acs }) {
      const session = await acs.session();
      const listed = parameterList(session.inform).map(({ name }) => name);
      if (listed.length === 0) throw new Inconclusive("precondition", "the Inform lists no parameter to ask for");
      const asked: { name: string; reply: Reply }[] = [];
      while (asked.length < MANY && !session.over) {
        const name = listed[asked.length % listed.length] ?? "";
        asked.push({ name, reply: await session.getParameterValues([name]) });
      }
      await session.end();
      return asked;
    },
    *judge(asked) {
      for (const { name, reply } of asked) {
        const finding = told("TR-069:3.7.1.2#many-requests", reply, name);
        if (!finding.ok) yield finding;
      }
      const where = asked.at(-1)?.reply.summary.where ?? "no message";
      yield same(
        "TR-069:3.7.1.2#many-requests",
        { value: asked.filter(({ reply }) => reply.kind === "response").length, where },
        MANY,
      );
    },
  }),
  cwmpCase({
    id: "cwmp.session.no-pipelining",
    title: "waits for the answer before it sends its next POST",
    proves: ["TR-069:3.4.6#no-pipelining"],
    references: ["SES-009"],
    waits: 9,
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.contact();
      const slowly = { write: { delay: 3_000 } };
      await session.informResponse(slowly);
      await askHarmless(session, phone, slowly);
      await askHarmless(session, phone, slowly);
      await session.end();
      await showAlive(bench);
      return exchangesSoFar(session);
    },
    *judge(exchanges) {
      for (const [index, { request, where }] of exchanges.entries()) {
        const answered = exchanges[index - 1]?.response?.startedAt ?? Number.POSITIVE_INFINITY;
        if (index > 0)
          yield holds("TR-069:3.4.6#no-pipelining", request.startedAt >= answered, {
            expected: "no POST before the answer to the one before",
            actual: request.startedAt >= answered ? "after it" : "before it",
            where,
          });
      }
    },
  }),
  cwmpCase({
    id: "cwmp.session.max-envelopes",
    title: "ignores MaxEnvelopes of the InformResponse",
    proves: ["TR-069:A.3.3.1#max-envelopes-ignored"],
    references: ["SES-032"],
    async drive(bench) {
      const { acs, phone } = bench;
      await showAlive(bench);
      const replies: Reply[] = [];
      for (const number of ["0", "10"]) {
        const session = await acs.contact();
        await afterOwnRequests(session, await session.informResponse({ args: `<MaxEnvelopes>${number}</MaxEnvelopes>` }));
        replies.push(await askHarmless(session, phone));
        await session.end();
      }
      return { replies, name: harmlessName(phone) };
    },
    *judge({ replies, name }) {
      for (const reply of replies) yield told("TR-069:A.3.3.1#max-envelopes-ignored", reply, name);
    },
  }),
];
