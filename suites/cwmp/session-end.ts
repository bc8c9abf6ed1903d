import { hasEvent, informField } from "../../harness/acs/read.ts";
import type { Ending } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import { showAlive } from "../support/alive.ts";
import { failSession, gatherInforms, isOver } from "../support/failures.ts";
import { back } from "../support/reboots.ts";
import { askHarmless, harmlessName, said, told } from "../support/sessions.ts";
import { demand } from "../support/steps.ts";

const noMorePosts = (requirement: string, { after, summary }: Ending): Finding =>
  holds(requirement, after.length === 0, {
    expected: "no POST after the empty answer",
    actual: after.length === 0 ? "none" : `${after.length}, the first: ${said(after[0]).value}`,
    where: after[0]?.where ?? summary.where,
  });

export const sessionEndCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.session-end.on-204",
    title: "takes an empty answer to its empty POST for the end",
    proves: ["TR-069:3.7.1.4#ends"],
    references: ["SES-005"],
    async drive(bench) {
      const session = await bench.acs.session();
      const ending = await session.end();
      await showAlive(bench);
      return ending;
    },
    *judge(ending) {
      yield noMorePosts("TR-069:3.7.1.4#ends", ending);
    },
  }),
  cwmpCase({
    id: "cwmp.session-end.closes-connection",
    title: "closes its connection when a session is over",
    proves: ["TR-069:3.7#closes-connection"],
    references: ["SES-005"],
    waits: 10,
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.session();
      const reply = await askHarmless(session, phone);
      demand(reply, "GetParameterValues", "asking for a value");
      const ending = await session.end();
      await showAlive(bench);
      return ending;
    },
    *judge({ kind, summary }) {
      yield holds("TR-069:3.7#closes-connection", kind === "closed", {
        expected: "the phone closes the connection",
        actual: summary.value,
        where: summary.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.session-end.no-trailing-post",
    title: "sends nothing more when its last response is answered with nothing",
    proves: ["TR-069:3.7.1.4#no-trailing-post"],
    references: ["SES-006"],
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.session();
      const reply = await askHarmless(session, phone);
      demand(reply, "GetParameterValues", "asking for a value");
      const ending = await session.end();
      await showAlive(bench);
      return ending;
    },
    // The empty POST was sent before the request, so that nothing is left that a further one could say (3.7.1.4, condition 2).
    *judge(ending) {
      yield noMorePosts("TR-069:3.7.1.4#no-trailing-post", ending);
    },
  }),
  cwmpCase({
    id: "cwmp.session-end.empty-200",
    title: "takes an empty 200 for the end of a session, too",
    proves: ["TR-069:3.4.6#empty-200"],
    references: ["SES-007"],
    async drive(bench) {
      const { acs } = bench;
      const session = await acs.session();
      const reply = await session.answer({ status: 200 }, { within: 10_000 });
      await session.end();
      const next = await acs.contact();
      await next.end();
      await showAlive(bench);
      return { reply, retries: informField(next.inform, "RetryCount") };
    },
    // An ACS has to send 204 here (3.4.6), so that a phone may take 200 for a violation; many ACSs send it all the same.
    *judge({ reply, retries }) {
      yield holds("TR-069:3.4.6#empty-200", isOver(reply), {
        expected: "nothing more in this session",
        actual: reply.summary.value,
        where: reply.summary.where,
      });
      yield same("TR-069:3.4.6#empty-200", { value: retries.value?.trim(), where: retries.where }, "0");
    },
  }),
  cwmpCase({
    id: "cwmp.session-end.reboot-deferred",
    title: "reboots after the session, not in it",
    proves: ["TR-069:3.7.1.4#reboot-after-session"],
    references: ["SES-033"],
    needs: ["reboot"],
    disturbs: "reboot",
    waits: 5,
    async drive(bench) {
      const { acs, phone } = bench;
      const session = await acs.session();
      const informs = gatherInforms(acs);
      try {
        const accepted = await session.reboot("assay");
        demand(accepted, "Reboot", "asking for a reboot");
        const reply = await askHarmless(session, phone, { write: { delay: 5_000 } });
        // A phone that did not wait may have been back already.
        if (!informs.seen.some((inform) => hasEvent(inform, "1 BOOT"))) {
          const boot = await back(bench, (within) => acs.contact({ trigger: () => session.end(), event: "1 BOOT", within }));
          await boot.end();
        }
        return { reply, name: harmlessName(phone) };
      } finally {
        informs.stop();
      }
    },
    *judge({ reply, name }) {
      yield told("TR-069:3.7.1.4#reboot-after-session", reply, name);
    },
  }),
  cwmpCase({
    id: "cwmp.session-end.reboot-after-clean-end",
    title: "reboots after a session that ends well, not after one that fails",
    proves: ["TR-069:3.7.1.4#reboot-after-clean-end"],
    references: ["SES-033"],
    needs: ["reboot"],
    disturbs: "reboot",
    waits: 30,
    async drive(bench) {
      const { acs, patience } = bench;
      const session = await acs.session();
      if (hasEvent(session.inform, "1 BOOT"))
        throw new Inconclusive("precondition", "the phone tells of a start before it is asked to reboot");
      demand(await session.reboot("assay"), "Reboot", "asking for a reboot");
      const informs = gatherInforms(acs);
      try {
        const failed = await failSession(bench, session, (options) => session.answer({ status: 503 }, options));
        if (!informs.seen.some((inform) => hasEvent(inform, "1 BOOT")))
          await (await acs.silence(patience.reboot, { event: "1 BOOT" }))?.end();
        await showAlive(bench);
        return failed;
      } finally {
        informs.stop();
      }
    },
    // What follows the failure is the retry, in which the reboot has not happened yet.
    *judge({ next }) {
      const booted = hasEvent(next, "1 BOOT");
      yield holds("TR-069:3.7.1.4#reboot-after-clean-end", next !== undefined && !booted, {
        expected: "a retry without 1 BOOT",
        actual: booted ? "1 BOOT" : "so",
        where: next?.where ?? "no message",
      });
    },
  }),
];
