import { eventCodes, hasEvent } from "../../harness/acs/read.ts";
import type { Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { comes } from "../support/contacts.ts";
import { gatherInforms } from "../support/failures.ts";
import { moving } from "../support/moving.ts";
import { demandEmpty } from "../support/steps.ts";
import { pendingTransfer, TRANSFER_COMPLETE } from "../support/transfers.ts";

const BOOTSTRAP = "0 BOOTSTRAP";

/** The Inform has 0 BOOTSTRAP. */
const bootstraps = (requirement: string, inform: Exchange): Finding =>
  holds(requirement, hasEvent(inform, BOOTSTRAP), {
    expected: BOOTSTRAP,
    actual: eventCodes(inform).value?.join(", ") || "no event",
    where: eventCodes(inform).where,
  });

export const bootstrapCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.bootstrap.url-change",
    title: "contacts the ACS with BOOTSTRAP at the URL that the ACS has set",
    proves: ["TR-069:3.2.1#url-change", "TR-069:3.7.1.5#bootstrap-after-url-change"],
    references: ["EVT-003"],
    async drive(bench) {
      const { acs, patience } = bench;
      const session = await acs.session();
      // A phone that does not wait for the end of this session has been there before it is waited for.
      const informs = gatherInforms(acs);
      return moving(bench, session, async ({ arrived, port }) => {
        const next = await comes(acs, { trigger: () => session.end(), accepts: arrived, within: patience.reboot });
        await next?.end();
        informs.stop();
        return { port, inform: informs.seen.find(arrived) };
      });
    },
    *judge({ port, inform }) {
      yield holds("TR-069:3.2.1#url-change", inform !== undefined, {
        expected: "a session at the new URL",
        actual: inform === undefined ? "no session there" : "a session there",
        where: inform?.where ?? `port ${port} of the ACS`,
      });
      if (inform !== undefined) yield bootstraps("TR-069:3.7.1.5#bootstrap-after-url-change", inform);
    },
  }),
  cwmpCase({
    id: "cwmp.bootstrap.never-lost",
    title: "delivers BOOTSTRAP after a failed session and a restart",
    proves: ["TR-069:3.7.1.5#bootstrap-never-discarded"],
    references: ["EVT-005"],
    needs: ["power-cycle"],
    disturbs: "reboot",
    async drive(bench) {
      const { acs, phone, patience } = bench;
      const session = await acs.session();
      return moving(bench, session, async ({ arrived }) => {
        const refuse = (one: Session) => one.answer({ status: 503 }, { within: 2_000 });
        const first = await acs.contact({
          trigger: () => session.end(),
          accepts: arrived,
          event: BOOTSTRAP,
          within: patience.reboot,
        });
        await refuse(first);
        // A retry may come before the phone is down: it must not deliver the event.
        let next = await acs.contact({ trigger: () => phone.powerCycle(), accepts: arrived, within: patience.reboot });
        for (let retries = 0; retries < 3 && !hasEvent(next.inform, "1 BOOT"); retries += 1) {
          await refuse(next);
          next = await acs.contact({ trigger: "none", accepts: arrived, within: patience.reboot });
        }
        await next.end();
        return next.inform;
      });
    },
    *judge(inform) {
      yield bootstraps("TR-069:3.7.1.5#bootstrap-never-discarded", inform);
    },
  }),
  cwmpCase({
    id: "cwmp.bootstrap.discards-others",
    title: "drops undelivered events when BOOTSTRAP occurs",
    proves: ["TR-069:3.7.1.5#bootstrap-discards"],
    references: ["EVT-006"],
    needs: ["download"],
    async drive(bench) {
      const { acs, patience } = bench;
      const session = await pendingTransfer(bench);
      const complete = await session.informResponse();
      if (complete.kind !== "request")
        throw new Inconclusive("precondition", `in place of TransferComplete the phone gave ${complete.summary.value}`);
      // A fault keeps the event undelivered, and the session goes on (TR-069 3.7.1.6).
      demandEmpty(await session.fault(8002, "Internal error"));
      return moving(bench, session, async ({ arrived }) => {
        const next = await acs.contact({
          trigger: () => session.end(),
          accepts: arrived,
          event: BOOTSTRAP,
          within: patience.reboot,
        });
        await next.end();
        return next.inform;
      });
    },
    *judge(inform) {
      const { value = [], where } = eventCodes(inform);
      const kept = value.filter((code) => code === TRANSFER_COMPLETE || code === "M Download");
      yield holds("TR-069:3.7.1.5#bootstrap-discards", kept.length === 0, {
        expected: `neither ${TRANSFER_COMPLETE} nor M Download beside ${BOOTSTRAP}`,
        actual: value.join(", "),
        where,
      });
    },
  }),
];
