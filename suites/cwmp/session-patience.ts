import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { holds } from "../../harness/core/finding.ts";
import { showAlive } from "../support/alive.ts";
import { failSession, tookForFailed } from "../support/failures.ts";
import { afterOwnRequests, askHarmless, came, harmlessName, told } from "../support/sessions.ts";
import { demand } from "../support/steps.ts";
import { getValueText } from "../support/texts.ts";

/** Within the 30 s that a phone has to wait at least, TR-069 3.4.2. */
const SLOW = 25_000;

/** The 30 s of TR-069 3.4.2, less what lies between the phone's sending and our receiving. */
const AT_LEAST = 29_000;

/** A little longer than that. */
const SILENT = 35_000;

export const sessionPatienceCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.session-patience.slow-inform-response",
    title: "waits 25 s for the InformResponse",
    proves: ["TR-069:3.4.2#waits-for-inform-response"],
    references: ["SES-027"],
    waits: SLOW / 1000,
    async drive(bench) {
      const { acs, phone } = bench;
      await showAlive(bench);
      const session = await acs.contact();
      const first = await session.informResponse({ write: { delay: SLOW } });
      const reply = await afterOwnRequests(session, first);
      const later = await askHarmless(session, phone);
      await session.end();
      return { reply, later, name: harmlessName(phone) };
    },
    *judge({ reply, later, name }) {
      yield came("TR-069:3.4.2#waits-for-inform-response", reply, "empty", "an empty POST after the InformResponse");
      yield told("TR-069:3.4.2#waits-for-inform-response", later, name);
    },
  }),
  cwmpCase({
    id: "cwmp.session-patience.slow-request",
    title: "waits 25 s for a request in a session",
    proves: ["TR-069:3.4.2#waits-for-request"],
    references: ["SES-027"],
    waits: SLOW / 1000,
    async drive({ acs, phone }) {
      const session = await acs.session();
      const reply = await askHarmless(session, phone, { write: { delay: SLOW } });
      await session.end();
      return { reply, name: harmlessName(phone) };
    },
    *judge({ reply, name }) {
      yield told("TR-069:3.4.2#waits-for-request", reply, name);
    },
  }),
  cwmpCase({
    id: "cwmp.session-patience.silent-acs",
    title: "waits 30 s for an answer before it gives a session up",
    proves: ["TR-069:3.7.1.4#thirty-seconds"],
    references: ["SES-028"],
    waits: SILENT / 1000,
    async drive(bench) {
      const { acs, phone, recording } = bench;
      const session = await acs.session();
      demand(await askHarmless(session, phone), "GetParameterValues", "asking for a value");
      const exchange = session.outstanding ?? session.inform;
      let closedAfter: number | undefined;
      await failSession(bench, session, async () => {
        const reply = await session.answer({ never: true }, { within: SILENT });
        const connection = recording.connections.find(({ number }) => number === exchange.connection);
        if (connection?.closedBy === "phone" && connection.closedAt !== undefined)
          closedAfter = connection.closedAt - exchange.request.endedAt;
        return reply;
      });
      return { exchange, closedAfter };
    },
    *judge({ exchange, closedAfter }) {
      yield holds("TR-069:3.7.1.4#thirty-seconds", closedAfter === undefined || closedAfter >= AT_LEAST, {
        expected: "the connection open for 30 s at least",
        actual: closedAfter === undefined ? "open" : `closed after ${Math.round(closedAfter / 100) / 10} s`,
        where: exchange.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.session-patience.lost-answer",
    title: "gives a session up when an answer is lost, and does not send again",
    proves: ["TR-069:3.7.1.4#no-retransmission"],
    references: ["SES-028"],
    waits: 30,
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.session();
      demand(await askHarmless(session, phone), "GetParameterValues", "asking for a value");
      return failSession(bench, session, (options) =>
        session.answer({ body: getValueText(acs, harmlessName(phone)), cut: 0 }, options),
      );
    },
    // The connection is reset after the POST has come: nobody can know whether it was taken.
    *judge(failed) {
      yield* tookForFailed("TR-069:3.7.1.4#no-retransmission", failed);
    },
  }),
];
