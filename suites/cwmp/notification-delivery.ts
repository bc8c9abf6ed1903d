import { eventCodes, hasEvent, informValue, parameterList, parameterValue } from "../../harness/acs/read.ts";
import type { Reply, Session } from "../../harness/acs/session.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { showAlive } from "../support/alive.ts";
import { comes, passBy } from "../support/contacts.ts";
import { failSession, gatherInforms } from "../support/failures.ts";
import { concerns, explained, type LocalParameter, notifies, VALUE_CHANGE, withLocal } from "../support/local.ts";
import { QUIET, quietSeconds } from "../support/notified.ts";
import { columnOf, deletingCreated } from "../support/objects.ts";
import { currentValue, demand, demandEmpty } from "../support/steps.ts";

/** The Inform that notifies of a change of the parameter, not yet answered. */
const notification = ({ acs }: CwmpBench, { name, change }: LocalParameter): Promise<Session> =>
  acs.contact({ trigger: change, accepts: (inform) => notifies(inform, name) });

/** The Inform notifies of the parameter. */
function told(requirement: string, inform: Exchange | undefined, name: string): Finding {
  return holds(requirement, inform !== undefined && notifies(inform, name), {
    expected: `${VALUE_CHANGE} with ${name}`,
    actual: saying(inform, name),
    where: inform?.where ?? "no Inform",
  });
}

/** The Inform does not notify of the parameter. */
function untold(requirement: string, inform: Exchange | undefined, name: string): Finding {
  return holds(requirement, inform !== undefined && !notifies(inform, name), {
    expected: `no ${VALUE_CHANGE} with ${name}`,
    actual: saying(inform, name),
    where: inform?.where ?? "no Inform",
  });
}

function saying(inform: Exchange | undefined, name: string): string {
  if (inform === undefined) return "no session";
  const listed = parameterList(inform).some((one) => one.name === name) ? "" : "out";
  return `an Inform with ${eventCodes(inform).value?.join(", ") || "no event"}, with${listed} the parameter`;
}

/** A notification whose session is made to fail before the Inform is confirmed, and the Inform of the session after it. */
const unconfirmed = (bench: CwmpBench, fail: (session: Session, options: { within: number }) => Promise<Reply>) =>
  withLocal(bench, 2, async (local) => {
    const session = await notification(bench, local);
    const { next } = await failSession(bench, session, ({ within }) => fail(session, { within }));
    return { name: local.name, next };
  });

export const notificationDeliveryCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.notification.during-session",
    title: "opens a new session for a change during a session, once that is over",
    proves: ["TR-069:3.2.1#change-during-session"],
    references: ["NTF-007", "EVT-022"],
    needs: ["local-change"],
    drive: (bench) =>
      withLocal(bench, 2, async ({ name, change }) => {
        const session = await bench.acs.session();
        await change();
        // One more question, for the change must not end the session either.
        const reply = await session.getParameterValues([name]);
        const next = await comes(bench.acs, { trigger: () => session.end(), accepts: (inform) => concerns(inform, name) });
        await next?.end();
        if (next === undefined) await showAlive(bench);
        return { name, reply, next: next?.inform };
      }),
    *judge({ name, reply, next }) {
      yield same("TR-069:3.2.1#change-during-session", reply.summary, "GetParameterValuesResponse");
      yield told("TR-069:3.2.1#change-during-session", next, name);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.shielded-session",
    title: "shows the ACS no change by its user while a session lasts",
    proves: ["TR-069:3.7.1.1#shielded"],
    needs: ["local-change"],
    drive: (bench) =>
      withLocal(bench, 0, async ({ name, before, change }) => {
        const session = await bench.acs.session();
        await change();
        const reply = await session.getParameterValues([name]);
        await session.end();
        const control = await bench.acs.session();
        const after = await currentValue(control, name);
        await control.end();
        if (after === before)
          throw new Inconclusive("control-failed", `the change at the phone does not show after the session either`);
        return { before, seen: parameterValue(reply, name) };
      }),
    *judge({ before, seen }) {
      yield same("TR-069:3.7.1.1#shielded", seen, before);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.one-for-several",
    title: "notifies once of several changes of a parameter before a session",
    proves: ["TR-069:3.2.1#one-notification"],
    references: ["NTF-006"],
    needs: ["local-change"],
    waits: quietSeconds,
    drive: (bench) =>
      withLocal(bench, 2, async ({ name, change, changeBack }) => {
        const { acs } = bench;
        const session = await acs.session();
        const informs = gatherInforms(acs);
        // While a session lasts no other can be opened: all three changes fall before the next one.
        await change();
        await changeBack();
        await change();
        await (await comes(acs, { trigger: () => session.end(), accepts: (inform) => concerns(inform, name) }))?.end();
        await (await acs.silence(QUIET, { accepts: (inform) => notifies(inform, name) }))?.end();
        await showAlive(bench);
        informs.stop();
        return { name, informs: informs.seen };
      }),
    *judge({ name, informs }) {
      const about = informs.filter((inform) => notifies(inform, name));
      yield holds("TR-069:3.2.1#one-notification", about.length === 1, {
        expected: `one Inform with ${VALUE_CHANGE} and ${name}`,
        actual: about.length === 0 ? "no Inform with both" : `${about.length} such Informs`,
        where: about.map(({ where }) => where).join(" and ") || (informs.at(-1)?.where ?? "no Inform"),
      });
    },
  }),
  cwmpCase({
    id: "cwmp.notification.redelivered",
    title: "notifies again in the next session when the ACS refuses the Inform",
    proves: ["TR-069:3.7.1.5#value-change-retried"],
    references: ["NTF-008", "EVT-011", "EVT-019"],
    needs: ["local-change"],
    waits: 10,
    drive: (bench) => unconfirmed(bench, (session, options) => session.fault(8001, "Request denied", options)),
    *judge({ name, next }) {
      yield told("TR-069:3.7.1.5#value-change-retried", next, name);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.lost-response",
    title: "notifies again in the next session when no InformResponse arrives",
    proves: ["TR-069:3.7.1.5#confirmation"],
    references: ["EVT-020", "EVT-019"],
    needs: ["local-change"],
    waits: 10,
    drive: (bench) => unconfirmed(bench, (session, options) => session.answer({ cut: 0 }, options)),
    *judge({ name, next }) {
      yield told("TR-069:3.7.1.5#confirmation", next, name);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.latest-value",
    title: "gives the latest value when it notifies again after a failed session",
    proves: ["TR-069:A.3.3.1#latest-value"],
    references: ["EVT-011"],
    needs: ["local-change"],
    waits: 10,
    drive: (bench) =>
      withLocal(bench, 2, async (local) => {
        const session = await notification(bench, local);
        await local.changeBack();
        const { next } = await failSession(bench, session, ({ within }) => session.answer({ status: 503 }, { within }));
        return { name: local.name, before: local.before, next };
      }),
    *judge({ name, before, next }) {
      yield same("TR-069:A.3.3.1#latest-value", informValue(next, name), before);
      const count = parameterList(next).filter((one) => one.name === name).length;
      yield holds("TR-069:A.3.3.1#latest-value", count === 1, {
        expected: `${name} once`,
        actual: `${count} times`,
        where: next?.where ?? "no Inform",
      });
    },
  }),
  cwmpCase({
    id: "cwmp.notification.delivered",
    title: "does not notify again of a change that it has delivered",
    proves: ["TR-069:3.7.1.5#value-change-not-repeated"],
    references: ["NTF-009", "EVT-018"],
    needs: ["local-change"],
    drive: (bench) =>
      withLocal(bench, 2, async (local) => {
        const session = await notification(bench, local);
        await session.end();
        return { name: local.name, next: await passBy(bench.acs) };
      }),
    *judge({ name, next }) {
      yield untold("TR-069:3.7.1.5#value-change-not-repeated", next, name);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.delivered-then-failed",
    title: "retries a session that failed after InformResponse without what was delivered",
    proves: ["TR-069:A.3.3.1#delivered-not-retried"],
    references: ["EVT-018"],
    needs: ["local-change"],
    waits: 10,
    drive: (bench) =>
      withLocal(bench, 2, async (local) => {
        const session = await notification(bench, local);
        demandEmpty(await session.informResponse());
        const { next } = await failSession(bench, session, ({ within }) => session.answer({ status: 503 }, { within }));
        return { name: local.name, next };
      }),
    *judge({ name, next }) {
      yield untold("TR-069:A.3.3.1#delivered-not-retried", next, name);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.deletion",
    title: "does not take the deletion of an object for a change of its parameters",
    proves: ["TR-069:A.3.2.4#deletion"],
    references: ["NTF-011"],
    needs: ["add-delete-object"],
    waits: quietSeconds,
    async drive(bench) {
      const { acs } = bench;
      const { path: table } = bench.phone.values.table;
      // What is pending goes before, so that it is not taken for a consequence.
      const before = await passBy(acs);
      return deletingCreated(bench, async (session, created) => {
        const instance = await created.add(session, table);
        const column = await columnOf(session, bench.phone.values.table, instance);
        const active = await session.setParameterAttributes([{ name: `${instance}${column}`, notification: 2 }]);
        demand(active, "SetParameterAttributes", `activating notification of ${instance}${column}`);
        await created.remove(session, instance);
        const informs = gatherInforms(acs);
        await session.end();
        await (await acs.silence(QUIET, { event: VALUE_CHANGE }))?.end();
        await passBy(acs);
        informs.stop();
        return { before, instance, informs: informs.seen };
      });
    },
    // Of other parameters that have changed meanwhile, and the count of instances is one, the phone may tell.
    *judge({ before, instance, informs }) {
      const found = informs.find(
        (inform, index) =>
          hasEvent(inform, VALUE_CHANGE) &&
          (!explained(inform, informs[index - 1] ?? before) ||
            parameterList(inform).some(({ name }) => name.startsWith(instance))),
      );
      yield holds("TR-069:A.3.2.4#deletion", found === undefined, {
        expected: `no ${VALUE_CHANGE} after the deletion`,
        actual:
          found === undefined
            ? "none"
            : `${VALUE_CHANGE} with ${parameterList(found)
                .map(({ name }) => name)
                .join(", ")}`,
        where: found?.where ?? informs.at(-1)?.where ?? "no Inform",
      });
    },
  }),
];
