import type { Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { pause } from "../../harness/core/clock.ts";
import { holds } from "../../harness/core/finding.ts";
import type { ConnectionRequestAnswer } from "../../harness/phone/connection-request.ts";
import { showAlive } from "../support/alive.ts";
import { CONNECTION_REQUEST } from "../support/connection-requests.ts";

const needs = ["connection-request"] as const;

/** Seconds from a success until the Inform is here: the phone tries within 30 s (TR-069 3.2.2), the rest is for the way. */
const WITHIN = 32;

/** Connection requests that are more than a phone should take at a time. */
const FLOOD = 40;

/** Seconds in which no further session has come at last. */
const QUIET = 5;

/** Sessions that come unasked within `WITHIN`, and until none has come for a while; each is ended. */
async function sessionsUnasked({ acs, clock }: CwmpBench): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  const until = clock.now() + WITHIN * 1000;
  for (;;) {
    const session = await acs.silence(Math.max(until - clock.now(), QUIET * 1000), { event: CONNECTION_REQUEST });
    if (session === undefined || sessions.length > 10) return sessions;
    sessions.push(session);
    await session.end();
  }
}

/** One after the other: a phone that has one challenge at a time could not take several at once, and need not. */
async function inARow({ phone }: CwmpBench, count: number): Promise<readonly ConnectionRequestAnswer[]> {
  const answers: ConnectionRequestAnswer[] = [];
  while (answers.length < count) answers.push(await phone.connectionRequest());
  return answers;
}

const statuses = (answers: readonly { last: { summary: string } }[]): string =>
  [...new Set(answers.map(({ last }) => last.summary))].join(", ");

export const connectionRequestLoadCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.connection-request.several",
    title: "opens one session for several connection requests",
    proves: ["TR-069:3.2.2#several-one-session"],
    references: ["CRQ-010"],
    needs,
    waits: WITHIN + QUIET,
    async drive(bench) {
      await bench.acs.settle();
      const before = bench.acs.latestInform?.number;
      const answers = await inARow(bench, 5);
      const during = bench.acs.latestInform?.number !== before;
      const sessions = await sessionsUnasked(bench);
      await showAlive(bench);
      const accepted = answers.filter((answer) => answer.accepted).length;
      if (accepted === 0) throw new Inconclusive("precondition", `no connection request was taken: ${statuses(answers)}`);
      return {
        accepted,
        during,
        sessions,
        where: answers[0]?.last.where ?? "",
      };
    },
    *judge({ accepted, during, sessions, where }) {
      // Requests that were taken after the session had begun lead to one more, all together.
      const most = during && accepted > 1 ? 2 : 1;
      yield holds("TR-069:3.2.2#several-one-session", sessions.length >= 1 && sessions.length <= most, {
        expected: most === 1 ? "one session" : "one session, and one after it for requests that came during it",
        actual: `${sessions.length} sessions after ${accepted} requests were taken`,
        where: sessions.at(-1)?.inform.where ?? where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.during-session",
    title: "goes on with a session when connection requests come",
    proves: ["TR-069:3.2.2#during-session", "TR-069:3.2.2#session-unharmed", "TR-069:3.2.2#after-session"],
    references: ["CRQ-012"],
    needs,
    waits: WITHIN + QUIET,
    async drive(bench) {
      const session = await bench.acs.session();
      const answers = [await bench.phone.connectionRequest(), await bench.phone.connectionRequest()];
      const reply = await session.getParameterValues([bench.phone.path("DeviceInfo.SoftwareVersion")]);
      await session.end();
      const sessions = await sessionsUnasked(bench);
      await showAlive(bench);
      return { answers, reply, sessions };
    },
    *judge({ answers, reply, sessions }) {
      for (const { accepted, last } of answers)
        yield holds("TR-069:3.2.2#during-session", accepted || last.status === 503, {
          expected: "503, or a success",
          actual: last.summary,
          where: last.where,
        });
      yield holds("TR-069:3.2.2#session-unharmed", reply.kind === "response", {
        expected: "GetParameterValuesResponse in the same session",
        actual: reply.summary.value,
        where: reply.summary.where,
      });
      const taken = answers.some(({ accepted }) => accepted);
      yield holds("TR-069:3.2.2#after-session", sessions.length === (taken ? 1 : 0), {
        expected: taken ? `one session within ${WITHIN} s of the end of the first` : "no session, as all requests were refused",
        actual: `${sessions.length} sessions`,
        where: sessions.at(-1)?.inform.where ?? answers[0]?.last.where ?? reply.summary.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.excess",
    title: "refuses connection requests beyond its limit with 503",
    proves: ["TR-069:3.2.2#excess-503", "TR-069:3.2.2#no-retry-after"],
    references: ["CRQ-011"],
    needs,
    waits: 60,
    async drive(bench) {
      const answers = await inARow(bench, FLOOD);
      await recovered(bench);
      await showAlive(bench);
      return answers;
    },
    *judge(answers) {
      const other = answers.find(({ accepted, last }) => !accepted && last.status !== 503);
      yield holds("TR-069:3.2.2#excess-503", other === undefined, {
        expected: `a success or 503 for each of ${FLOOD} connection requests`,
        actual: other?.last.summary ?? statuses(answers),
        where: other?.last.where ?? answers[0]?.last.where ?? "",
      });
      const asking = answers.find(({ last }) => last.status === 503 && last.header("retry-after").length > 0);
      yield holds("TR-069:3.2.2#no-retry-after", asking === undefined, {
        expected: "no Retry-After in a 503",
        actual: asking === undefined ? "so" : `Retry-After: ${asking.last.header("retry-after").join(", ")}`,
        where: asking?.last.where ?? answers.at(-1)?.last.where ?? "",
      });
    },
  }),
  cwmpCase({
    id: "cwmp.connection-request.beside-idle-connections",
    title: "takes a connection request beside idle connections and after garbage",
    proves: ["TR-069:3.2.2#no-other-refusal"],
    references: ["CRQ-019", "CRQ-020"],
    needs,
    waits: 20,
    async drive(bench) {
      const { acs, phone } = bench;
      const idle = Array.from({ length: 10 }, () => phone.connectionRequest({ raw: Buffer.from("GET /"), within: 20_000 }));
      await phone.connectionRequest({
        raw: Buffer.from(`GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`),
        within: 2_000,
      });
      await phone.connectionRequest({
        raw: Buffer.from(Array.from({ length: 512 }, (_, octet) => (octet * 167) % 256)),
        within: 2_000,
      });
      const answer = await phone.connectionRequest({ within: 10_000 });
      await acs.settle();
      await Promise.all(idle);
      await showAlive(bench);
      return answer;
    },
    *judge({ accepted, last }) {
      yield holds("TR-069:3.2.2#no-other-refusal", accepted, { expected: "200 or 204", actual: last.summary, where: last.where });
    },
  }),
];

/** Waits until the phone takes connection requests again, and for all sessions that they lead to. */
async function recovered({ acs, phone, clock }: CwmpBench): Promise<void> {
  await acs.settle();
  for (let waited = 0; waited < 120_000; waited += 5_000) {
    await pause(clock, 5_000);
    const { accepted } = await phone.connectionRequest();
    if (!accepted) continue;
    // A phone may have as many sessions left as it took requests: they are not to come into the next case.
    for (let left = 0; left <= FLOOD; left += 1) {
      const session = await acs.silence((left === 0 ? WITHIN : QUIET) * 1000, { event: CONNECTION_REQUEST });
      if (session === undefined) return;
      await session.end();
    }
    return;
  }
  throw new Inconclusive("control-failed", "the phone took no connection request for two minutes after the flood");
}
