import { eventCodes, events, hasEvent, parameterList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import type { AnyCase } from "../../harness/core/case.ts";
import { type Finding, holds, sameSet } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { passBy } from "../support/contacts.ts";
import { failSession } from "../support/failures.ts";
import { explained, VALUE_CHANGE, withLocal } from "../support/local.ts";
import { back } from "../support/reboots.ts";
import { demand } from "../support/steps.ts";

const BOOT = "1 BOOT";
const REBOOTED = "M Reboot";

/** Milliseconds in which a second boot would follow the first. */
const SECOND_BOOT = 30_000;

/** The Inform has this event, or has it not. */
function event(requirement: string, inform: Exchange | undefined, code: string, there: boolean): Finding {
  return holds(requirement, inform !== undefined && hasEvent(inform, code) === there, {
    expected: there ? code : `no ${code}`,
    actual: inform === undefined ? "no session" : eventCodes(inform).value?.join(", ") || "no event",
    where: inform === undefined ? "no Inform" : eventCodes(inform).where,
  });
}

/** Calls Reboot with these CommandKeys, one after another, and gives the first Inform that tells of the reboot, not yet answered. */
async function reboot(bench: CwmpBench, ...keys: readonly string[]) {
  const { acs } = bench;
  const session = await acs.session();
  for (const key of keys) demand(await session.reboot(key), "Reboot", "rebooting");
  const accepts = (inform: Exchange): boolean => hasEvent(inform, BOOT) || hasEvent(inform, REBOOTED);
  return back(bench, (within) => acs.contact({ trigger: () => session.end(), accepts, within }));
}

export const bootEventCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.boot-events.reboot",
    title: "reports an ordered reboot with 1 BOOT and M Reboot, without BOOTSTRAP",
    proves: ["TR-069:3.7.1.5#related-events", "TR-069:3.7.1.5#bootstrap-once"],
    references: ["EVT-016", "EVT-002", "EVT-007"],
    needs: ["reboot"],
    disturbs: "reboot",
    async drive(bench) {
      const session = await reboot(bench, "boot-events");
      await session.end();
      return session.inform;
    },
    *judge(inform) {
      yield event("TR-069:3.7.1.5#related-events", inform, BOOT, true);
      yield event("TR-069:3.7.1.5#related-events", inform, REBOOTED, true);
      yield event("TR-069:3.7.1.5#bootstrap-once", inform, "0 BOOTSTRAP", false);
    },
  }),
  cwmpCase({
    id: "cwmp.boot-events.power-cycle",
    title: "reports a restart that nobody ordered with 1 BOOT, without M Reboot",
    proves: ["TR-069:3.7.1.5#boot", "TR-069:3.7.1.5#reboot-on-request"],
    references: ["EVT-007"],
    needs: ["power-cycle"],
    disturbs: "reboot",
    async drive({ acs, phone, patience }) {
      // A periodic Inform could still come before the phone is down.
      const fits = (inform: Exchange): boolean => hasEvent(inform, BOOT) || !hasEvent(inform, "2 PERIODIC");
      const session = await acs.contact({ trigger: () => phone.powerCycle(), accepts: fits, within: patience.reboot });
      await session.end();
      return session.inform;
    },
    *judge(inform) {
      yield event("TR-069:3.7.1.5#boot", inform, BOOT, true);
      yield event("TR-069:3.7.1.5#reboot-on-request", inform, REBOOTED, false);
    },
  }),
  cwmpCase({
    id: "cwmp.boot-events.two-commands",
    title: "reboots once for two Reboots of a session, and reports both",
    proves: ["TR-069:A.3.2.9#one-reboot", "TR-069:3.7.1.5#multiple-events"],
    references: ["EVT-017"],
    needs: ["reboot"],
    disturbs: "reboot",
    waits: SECOND_BOOT / 1000,
    async drive(bench) {
      const session = await reboot(bench, "first", "second");
      await session.end();
      const again = await bench.acs.silence(SECOND_BOOT, { event: BOOT });
      await again?.end();
      return { inform: session.inform, again: again?.inform, after: await passBy(bench.acs) };
    },
    *judge({ inform, again, after }) {
      yield holds("TR-069:A.3.2.9#one-reboot", again === undefined && !hasEvent(after, BOOT), {
        expected: "one boot",
        actual: again === undefined && !hasEvent(after, BOOT) ? "one boot" : `a second ${BOOT}`,
        where: again?.where ?? after.where,
      });
      const commands = events(inform).filter(({ code }) => code === REBOOTED);
      const seen = { value: commands.map(({ commandKey }) => commandKey), where: eventCodes(inform).where };
      yield sameSet("TR-069:3.7.1.5#multiple-events", seen, ["first", "second"]);
    },
  }),
  cwmpCase({
    id: "cwmp.boot-events.redelivered",
    title: "reports a reboot again after a failed session, and no more once it is delivered",
    proves: ["TR-069:3.7.1.5#boot-retried", "TR-069:3.7.1.5#command-event-retried", "TR-069:3.7.1.5#boot-not-repeated"],
    references: ["EVT-008", "EVT-018", "EVT-019", "RBT-003"],
    needs: ["reboot"],
    disturbs: "reboot",
    waits: 10,
    async drive(bench) {
      const session = await reboot(bench, "redelivered");
      const { next } = await failSession(bench, session, ({ within }) => session.answer({ status: 503 }, { within }));
      return { next, later: await passBy(bench.acs) };
    },
    *judge({ next, later }) {
      yield event("TR-069:3.7.1.5#boot-retried", next, BOOT, true);
      yield event("TR-069:3.7.1.5#command-event-retried", next, REBOOTED, true);
      yield event("TR-069:3.7.1.5#boot-not-repeated", later, BOOT, false);
      yield event("TR-069:3.7.1.5#boot-not-repeated", later, REBOOTED, false);
    },
  }),
  cwmpCase({
    id: "cwmp.boot-events.value-change",
    title: "keeps a pending change over a reboot with event and value, or drops both",
    proves: ["TR-069:A.3.3.1#discarded-together"],
    references: ["EVT-012"],
    needs: ["local-change", "reboot"],
    disturbs: "reboot",
    drive: (bench) =>
      withLocal(bench, 1, async ({ name, change }) => {
        const { acs } = bench;
        // Within the session, or its Inform would deliver the change.
        const session = await acs.session();
        await change();
        demand(await session.reboot("value-change"), "Reboot", "rebooting");
        const boot = await back(bench, (within) => acs.session({ trigger: () => session.end(), event: BOOT, within }));
        await boot.end();
        return { name, before: session.inform, inform: boot.inform };
      }),
    *judge({ name, before, inform }) {
      const listed = parameterList(inform).some((one) => one.name === name);
      const told = hasEvent(inform, VALUE_CHANGE);
      yield holds("TR-069:A.3.3.1#discarded-together", listed ? told : !told || explained(inform, before), {
        expected: `both of ${VALUE_CHANGE} and ${name}, or neither`,
        actual: `${told ? VALUE_CHANGE : `no ${VALUE_CHANGE}`}, ${name} ${listed ? "listed" : "not listed"}`,
        where: inform.where,
      });
    },
  }),
];
