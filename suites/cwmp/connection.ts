import { headerField } from "../../harness/acs/read.ts";
import type { Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { showAlive } from "../support/alive.ts";
import { rebooted } from "../support/reboots.ts";
import { afterOwnRequests, askHarmless, came, exchangesSoFar, harmlessName, told } from "../support/sessions.ts";
import { bareHeaders, getValueText } from "../support/texts.ts";

/** An Inform of the phone that was challenged, and the one with credentials that came then. */
interface Challenged {
  readonly challenged: Exchange;
  readonly answered: Exchange;
}

/**
 * Challenges the Inform of a session and gives the one that follows with credentials, whatever they are: whether they are right
 * is not the matter of these cases.
 * @throws Inconclusive when the phone does not answer the challenge
 */
async function challenge(bench: CwmpBench, close: boolean): Promise<Challenged> {
  // What the bench itself asks for would come first; it asks again once the case is over.
  bench.acs.requireAuthentication({ scheme: "none" });
  const session = await bench.acs.contact();
  const challenged = session.inform;
  if (headerField(challenged, "Authorization").value !== undefined) {
    await session.end();
    throw new Inconclusive("precondition", "the Inform carries credentials already, before these cases ask for them");
  }
  const nonce = Math.floor(bench.random() * 2 ** 48).toString(16);
  const field = `Digest realm="CPE Assay", nonce="${nonce}", algorithm=MD5, qop="auth"`;
  // It is the phone that has to close the connection then (3.4.2): done by us, it would have no choice.
  const closing = close ? [["Connection", "close"] as const] : [];
  const reply = await session.answer({
    status: 401,
    extra: [["WWW-Authenticate", field], ...closing],
    ...(close ? { close: false } : {}),
  });
  await session.end();
  await showAlive(bench);
  const answered = reply.exchange;
  if (answered === undefined || headerField(answered, "Authorization").value === undefined)
    throw new Inconclusive("precondition", `challenged with Digest, the phone gave no credentials but: ${reply.summary.value}`);
  return { challenged, answered };
}

const onConnection = (requirement: string, { challenged, answered }: Challenged, expected: "same" | "new"): Finding => {
  const seen = challenged.connection === answered.connection ? "same" : "new";
  return holds(requirement, seen === expected, {
    expected: `credentials over the ${expected} connection`,
    actual: `over the ${seen} connection`,
    where: answered.where,
  });
};

export const connectionCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.connection.persists",
    title: "keeps one TCP connection for a whole session",
    proves: ["TR-069:3.4.2#persistent-connection"],
    references: ["SES-011"],
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.session();
      for (let count = 0; count < 10; count += 1) await askHarmless(session, phone);
      await session.end();
      await showAlive(bench);
      return exchangesSoFar(session);
    },
    *judge(exchanges) {
      const connections = new Set(exchanges.map(({ connection }) => connection)).size;
      yield holds("TR-069:3.4.2#persistent-connection", connections === 1, {
        expected: "one connection",
        actual: `${connections} connections for ${exchanges.length} POSTs`,
        where:
          exchanges.find(({ connection }) => connection !== exchanges[0]?.connection)?.where ??
          exchanges[0]?.where ??
          "no message",
      });
    },
  }),
  cwmpCase({
    id: "cwmp.connection.closed-after-request",
    title: "goes on over a new connection when a request comes with Connection: close",
    proves: ["TR-069:3.4.2#continues"],
    references: ["SES-012"],
    async drive({ acs, phone }) {
      const session = await acs.session();
      const reply = await askHarmless(session, phone, { write: { close: true } });
      await session.end();
      return { reply, name: harmlessName(phone) };
    },
    *judge({ reply, name }) {
      yield told("TR-069:3.4.2#continues", reply, name);
    },
  }),
  cwmpCase({
    id: "cwmp.connection.closed-after-inform",
    title: "goes on over a new connection when the InformResponse closes the first",
    proves: ["TR-069:3.4.2#continues-after-inform"],
    references: ["SES-012"],
    async drive(bench) {
      const session = await bench.acs.contact();
      const reply = await afterOwnRequests(session, await session.informResponse({ write: { close: true } }));
      await session.end();
      await showAlive(bench);
      return reply;
    },
    *judge(reply) {
      yield came("TR-069:3.4.2#continues-after-inform", reply, "empty", "an empty POST over another connection");
    },
  }),
  cwmpCase({
    id: "cwmp.connection.closed-unannounced",
    title: "goes on over a new connection when the first is closed without notice",
    proves: ["TR-069:3.4.2#continues-unannounced"],
    references: ["SES-012"],
    async drive({ acs, phone }) {
      const session = await acs.session();
      const body = Buffer.from(getValueText(acs, harmlessName(phone)), "utf8");
      const reply = await session.answer({ body, headers: bareHeaders(body), close: true });
      await session.end();
      return { reply, name: harmlessName(phone) };
    },
    // The clause asks for a clean end between two round trips, not for its announcement.
    *judge({ reply, name }) {
      yield told("TR-069:3.4.2#continues-unannounced", reply, name);
    },
  }),
  cwmpCase({
    id: "cwmp.connection.challenged",
    title: "answers a challenge over the connection it came on",
    proves: ["TR-069:3.4.2#challenge-same-connection"],
    references: ["SES-013"],
    drive: (bench) => challenge(bench, false),
    *judge(seen) {
      yield onConnection("TR-069:3.4.2#challenge-same-connection", seen, "same");
    },
  }),
  cwmpCase({
    id: "cwmp.connection.challenged-and-closed",
    title: "answers a challenge with Connection: close over a new connection",
    proves: ["TR-069:3.4.2#challenge-new-connection"],
    references: ["SES-013"],
    drive: (bench) => challenge(bench, true),
    *judge(seen) {
      yield onConnection("TR-069:3.4.2#challenge-new-connection", seen, "new");
    },
  }),
  cwmpCase({
    id: "cwmp.connection.source-port",
    title: "comes back from each boot with another source port",
    proves: ["TR-069:3.2.1.2#source-port"],
    references: ["TRN-029"],
    needs: ["reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const first = await rebooted(bench, await bench.acs.session());
      const second = await rebooted(bench, first);
      await second.end();
      await showAlive(bench);
      const portOfPhone = ({ inform }: Session) =>
        bench.recording.connections.find(({ number }) => number === inform.connection)?.phone.port;
      return { ports: [portOfPhone(first), portOfPhone(second)], inform: second.inform };
    },
    *judge({ ports: [before, after], inform }) {
      yield holds("TR-069:3.2.1.2#source-port", before !== after, {
        expected: `another port than ${before}`,
        actual: `${after}`,
        where: inform.where,
      });
    },
  }),
];
