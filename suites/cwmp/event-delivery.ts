import { eventCodes, events, hasEvent } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, sameSet } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { failSession, gatherInforms } from "../support/failures.ts";
import { notifies, VALUE_CHANGE, withLocal } from "../support/local.ts";
import { restoring } from "../support/stage.ts";
import { demand } from "../support/steps.ts";
import { pendingTransfer, requestTransfer, TRANSFER_COMPLETE } from "../support/transfers.ts";

const CONNECTION_REQUEST = "6 CONNECTION REQUEST";
const PERIODIC = "2 PERIODIC";
const DOWNLOADED = "M Download";

/** Seconds between periodic Informs: longer than the first retry takes (TR-069 Table 3), so that the two are told apart. */
const INTERVAL = 40;

/** The Inform has all of these events. */
function has(requirement: string, inform: Exchange | undefined, ...codes: readonly string[]): Finding {
  return holds(requirement, inform !== undefined && codes.every((code) => hasEvent(inform, code)), {
    expected: codes.join(" and "),
    actual: inform === undefined ? "no session" : eventCodes(inform).value?.join(", ") || "no event",
    where: inform === undefined ? "no Inform" : eventCodes(inform).where,
  });
}

/** Has the phone come every `INTERVAL` seconds during `work`. */
function periodically<T>(bench: CwmpBench, work: () => Promise<T>): Promise<T> {
  const enable = bench.phone.path("ManagementServer.PeriodicInformEnable");
  const interval = bench.phone.path("ManagementServer.PeriodicInformInterval");
  return restoring(bench, [enable, interval], async (stage) => {
    const set = await stage.write([
      { name: enable, value: "1", type: "boolean" },
      { name: interval, value: String(INTERVAL), type: "unsignedInt" },
    ]);
    demand(set, "SetParameterValues", `setting a periodic Inform every ${INTERVAL} s`);
    await stage.session.end();
    return work();
  });
}

/** The next periodic Inform, not yet answered. */
const periodic = ({ acs }: CwmpBench) => acs.contact({ trigger: "none", event: PERIODIC, within: 2.5 * INTERVAL * 1000 });

export const eventDeliveryCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.event-delivery.connection-request",
    title: "leaves 6 CONNECTION REQUEST out of the retry of a failed session",
    proves: ["TR-069:3.7.1.5#connection-request-not-retried"],
    references: ["EVT-014"],
    needs: ["connection-request"],
    waits: 10,
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.contact({ trigger: () => phone.connectionRequest(), event: CONNECTION_REQUEST });
      const { next, unasked } = await failSession(bench, session, ({ within }) => session.answer({ status: 503 }, { within }));
      if (!unasked) throw new Inconclusive("precondition", "the phone did not retry the failed session");
      return next;
    },
    *judge(next) {
      const codes = eventCodes(next);
      yield holds("TR-069:3.7.1.5#connection-request-not-retried", codes.value?.includes(CONNECTION_REQUEST) === false, {
        expected: `no ${CONNECTION_REQUEST}`,
        actual: codes.value?.join(", ") || "no event",
        where: codes.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.event-delivery.transfer-complete",
    title: "reports a transfer again when TransferCompleteResponse does not come",
    proves: ["TR-069:3.7.1.5#transfer-complete-retried"],
    references: ["EVT-015"],
    needs: ["download"],
    waits: 10,
    async drive(bench) {
      const session = await pendingTransfer(bench, "event-delivery");
      const reply = await session.informResponse();
      if (reply.kind !== "request")
        throw new Inconclusive("precondition", `in place of TransferComplete the phone gave ${reply.summary.value}`);
      const { next } = await failSession(bench, session, ({ within }) => session.answer({ status: 503 }, { within }));
      return next;
    },
    *judge(next) {
      yield has("TR-069:3.7.1.5#transfer-complete-retried", next, TRANSFER_COMPLETE, DOWNLOADED);
    },
  }),
  cwmpCase({
    id: "cwmp.event-delivery.several-transfers",
    title: "reports each of several transfers that are undelivered with its CommandKey",
    proves: ["TR-069:3.7.1.5#several-commands"],
    references: ["EVT-021"],
    needs: ["download"],
    waits: 30,
    async drive(bench) {
      const { acs, patience } = bench;
      const first = await acs.session();
      await requestTransfer(bench, first, "first");
      const offer = await requestTransfer(bench, first, "second");
      const reports = (inform: Exchange): boolean => hasEvent(inform, DOWNLOADED);
      const both = (inform: Exchange): boolean => events(inform).filter(({ code }) => code === DOWNLOADED).length > 1;
      let session = await acs.contact({ trigger: () => first.end(), accepts: reports, within: patience.reboot });
      // The second transfer may take longer than the first: sessions that come too early are refused.
      for (let refused = 0; refused < 2 && !both(session.inform); refused += 1) {
        await session.answer({ status: 503 }, { within: 2_000 });
        session = await acs.contact({ trigger: "none", accepts: reports, within: 30_000 });
      }
      await session.end();
      if (offer.requests.length === 0)
        throw new Inconclusive("precondition", "the phone has not begun the second transfer while the first was undelivered");
      return session.inform;
    },
    *judge(inform) {
      const asked = ["first", "second"];
      // A phone that could not deliver the transfers of cases before this one lists those, too.
      const keys = events(inform).flatMap(({ code, commandKey }) =>
        code === DOWNLOADED && asked.includes(commandKey) ? [commandKey] : [],
      );
      const seen = { value: keys, where: eventCodes(inform).where };
      yield sameSet("TR-069:3.7.1.5#several-commands", seen, asked);
    },
  }),
  cwmpCase({
    id: "cwmp.event-delivery.merged",
    title: "adds new events to those of the failed session that it retries",
    proves: ["TR-069:A.3.3.1#events-merged"],
    references: ["EVT-023", "EVT-019"],
    needs: ["local-change", "connection-request"],
    drive: (bench) =>
      withLocal(bench, 2, async ({ name, change }) => {
        const { acs, phone } = bench;
        const session = await acs.contact({ trigger: change, accepts: (inform) => notifies(inform, name) });
        const told = gatherInforms(acs);
        await session.answer({ status: 503 }, { within: 2_000 });
        const next = await acs.contact({ trigger: () => phone.connectionRequest(), event: CONNECTION_REQUEST });
        await next.end();
        told.stop();
        if (told.seen.some((inform) => inform !== next.inform && notifies(inform, name)))
          throw new Inconclusive("precondition", "the retry of the failed session came before the connection request");
        return next.inform;
      }),
    *judge(next) {
      yield has("TR-069:A.3.3.1#events-merged", next, CONNECTION_REQUEST, VALUE_CHANGE);
    },
  }),
  cwmpCase({
    id: "cwmp.event-delivery.periodic",
    title: "reports 2 PERIODIC again after a failed session",
    proves: ["TR-069:3.7.1.5#periodic-retried"],
    references: ["EVT-009"],
    waits: INTERVAL + 10,
    drive: (bench) =>
      periodically(bench, async () => {
        const session = await periodic(bench);
        const { next } = await failSession(bench, session, ({ within }) => session.answer({ status: 503 }, { within }));
        return next;
      }),
    *judge(next) {
      yield has("TR-069:3.7.1.5#periodic-retried", next, PERIODIC);
    },
  }),
  cwmpCase({
    id: "cwmp.event-delivery.periodic-with-change",
    title: "tells of a change under passive notification in the periodic Inform",
    proves: ["TR-069:3.7.1.5#periodic-with-change"],
    references: ["EVT-024"],
    needs: ["local-change"],
    waits: INTERVAL,
    drive: (bench) =>
      withLocal(bench, 1, ({ name, change }) =>
        periodically(bench, async () => {
          const told = gatherInforms(bench.acs);
          await change();
          const session = await periodic(bench);
          await session.end();
          told.stop();
          if (told.seen.some((inform) => inform !== session.inform && notifies(inform, name)))
            throw new Inconclusive(
              "precondition",
              "another Inform came between the change and the periodic one, and has told of it",
            );
          return session.inform;
        }),
      ),
    *judge(inform) {
      yield has("TR-069:3.7.1.5#periodic-with-change", inform, PERIODIC, VALUE_CHANGE);
    },
  }),
];
