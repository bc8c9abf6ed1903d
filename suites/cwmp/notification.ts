import { eventCodes, hasEvent, informValue, parameterList } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { holds, same } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { showAlive } from "../support/alive.ts";
import { attributesOf, putBack } from "../support/attributes.ts";
import { comes, passBy } from "../support/contacts.ts";
import { gatherInforms } from "../support/failures.ts";
import { concerns, explained, type LocalParameter, notifies, onlyNotifies, VALUE_CHANGE, withLocal } from "../support/local.ts";
import { noSessionOfItsOwn, notified, notNotified, QUIET, quietSeconds } from "../support/notified.ts";
import { restoring } from "../support/stage.ts";
import { currentValue, demand, tidyUp } from "../support/steps.ts";

const METHOD = "SetParameterAttributes";

/** The value of the parameter in a session of its own, which is the next one and delivers what is pending. */
async function nextSession({ acs }: CwmpBench, { name }: LocalParameter) {
  const session = await acs.session();
  const value = await currentValue(session, name);
  await session.end();
  return { inform: session.inform, value };
}

/** @throws Inconclusive when what was done at the phone has not changed the parameter: then nothing can be notified */
function demandChange({ name, before }: LocalParameter, value: string): void {
  if (value === before)
    throw new Inconclusive("precondition", `the change at the phone has left ${name} at ${JSON.stringify(before)}`);
}

export const notificationCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.notification.active",
    title: "opens a session when a parameter with active notification changes",
    proves: ["TR-069:A.3.2.4#active", "TR-069:A.3.2.4#value-change-event", "TR-069:A.3.3.1#changed-value"],
    references: ["NTF-001"],
    needs: ["local-change"],
    drive: (bench) =>
      withLocal(bench, 2, async (local) => {
        const { name } = local;
        const session = await comes(bench.acs, { trigger: local.change, accepts: (inform) => concerns(inform, name) });
        if (session === undefined) {
          demandChange(local, (await nextSession(bench, local)).value);
          return { name };
        }
        const value = await currentValue(session, name);
        await session.end();
        return { name, inform: session.inform, value };
      }),
    *judge({ name, inform, value = "" }) {
      yield holds("TR-069:A.3.2.4#active", inform !== undefined, {
        expected: "a session after the change",
        actual: inform === undefined ? "no session by itself" : "a session",
        where: inform?.where ?? `the change of ${name} at the phone`,
      });
      if (inform === undefined) return;
      yield holds("TR-069:A.3.2.4#value-change-event", hasEvent(inform, VALUE_CHANGE), {
        expected: VALUE_CHANGE,
        actual: eventCodes(inform).value?.join(", ") || "no event",
        where: eventCodes(inform).where,
      });
      yield same("TR-069:A.3.3.1#changed-value", informValue(inform, name), value);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.passive",
    title: "tells of a change under passive notification in the next Inform, and not before",
    proves: ["TR-069:3.7.1.5#passive-no-session", "TR-069:A.3.2.4#passive"],
    references: ["NTF-002"],
    needs: ["local-change"],
    waits: quietSeconds,
    drive: (bench) =>
      withLocal(bench, 1, async (local) => {
        const informs = gatherInforms(bench.acs);
        await local.change();
        await (await bench.acs.silence(QUIET, { accepts: onlyNotifies }))?.end();
        const { value } = await nextSession(bench, local);
        informs.stop();
        demandChange(local, value);
        return { name: local.name, informs: informs.seen, value };
      }),
    *judge({ name, informs, value }) {
      yield noSessionOfItsOwn("TR-069:3.7.1.5#passive-no-session", informs, name);
      yield notified("TR-069:A.3.2.4#passive", informs, name, value);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.off",
    title: "does not tell of a change of a parameter without notification",
    proves: ["TR-069:A.3.3.1#off"],
    references: ["NTF-003"],
    needs: ["local-change"],
    waits: quietSeconds,
    drive: (bench) =>
      withLocal(bench, 0, async (local) => {
        const informs = gatherInforms(bench.acs);
        await local.change();
        await (await bench.acs.silence(QUIET, { accepts: (inform) => notifies(inform, local.name) }))?.end();
        const { value } = await nextSession(bench, local);
        informs.stop();
        demandChange(local, value);
        return { name: local.name, informs: informs.seen };
      }),
    *judge({ name, informs }) {
      yield notNotified("TR-069:A.3.3.1#off", informs, name);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.acs-change",
    title: "does not notify the ACS of what the ACS has set",
    proves: ["TR-069:3.2.1#acs-change-no-session", "TR-069:A.3.3.1#acs-change"],
    references: ["NTF-004"],
    needs: ["writable-string"],
    waits: quietSeconds,
    drive(bench) {
      const { acs } = bench;
      const { path: name, use } = bench.phone.values.writableString;
      return restoring(bench, [name], async (stage) => {
        const before = await attributesOf(stage.session, [name]);
        try {
          demand(await stage.session.setParameterAttributes([{ name, notification: 2 }]), METHOD, "activating notification");
          const value = stage.before(name) === use[0] ? use[1] : use[0];
          demand(await stage.write([{ name, value, type: stage.typeOf(name) }]), "SetParameterValues", `writing ${name}`);
          const informs = gatherInforms(acs);
          await stage.session.end();
          await (await acs.silence(QUIET, { accepts: onlyNotifies }))?.end();
          await stage.nextSession();
          informs.stop();
          return { name, informs: informs.seen };
        } finally {
          await tidyUp(acs, stage.session, (session) => putBack(session, [...before.values()]));
        }
      });
    },
    *judge({ name, informs }) {
      yield noSessionOfItsOwn("TR-069:3.2.1#acs-change-no-session", informs, name);
      yield notNotified("TR-069:A.3.3.1#acs-change", informs, name);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.changed-back",
    title: "tells of a change also when the old value is back before the next Inform",
    proves: ["TR-069:A.3.3.1#changed-back"],
    references: ["NTF-005"],
    needs: ["local-change"],
    drive: (bench) =>
      withLocal(bench, 1, async (local) => {
        const informs = gatherInforms(bench.acs);
        await local.change();
        await local.changeBack();
        await nextSession(bench, local);
        informs.stop();
        return { name: local.name, before: local.before, informs: informs.seen };
      }),
    *judge({ name, before, informs }) {
      yield notified("TR-069:A.3.3.1#changed-back", informs, name, before);
    },
  }),
  cwmpCase({
    id: "cwmp.notification.listed-once",
    title: "lists a parameter that changed several times once, with its latest value",
    proves: ["TR-069:A.3.3.1#listed-once"],
    references: ["NTF-006"],
    needs: ["local-change"],
    drive: (bench) =>
      withLocal(bench, 1, async (local) => {
        await local.change();
        await local.changeBack();
        await local.change();
        const { inform, value } = await nextSession(bench, local);
        demandChange(local, value);
        return { name: local.name, inform, value };
      }),
    *judge({ name, inform, value }) {
      const listed = parameterList(inform).filter((one) => one.name === name);
      yield holds("TR-069:A.3.3.1#listed-once", listed.length === 1 && listed[0]?.value === value, {
        expected: `${name} once, ${JSON.stringify(value)}`,
        actual: listed.map((one) => JSON.stringify(one.value)).join(", ") || "not listed",
        where: listed.at(-1)?.where ?? inform.where,
      });
    },
  }),
  cwmpCase({
    id: "cwmp.notification.none",
    title: "tells of no change when nothing has changed",
    proves: ["TR-069:A.3.3.1#no-change"],
    references: ["NTF-014"],
    async drive(bench) {
      const informs: Exchange[] = [];
      // What was pending before goes with the first of them.
      for (let count = 0; count < 3; count += 1) informs.push(await passBy(bench.acs));
      await showAlive(bench);
      return informs;
    },
    // Values that change by themselves are no fault: only an event that no listed parameter explains is one.
    *judge(informs) {
      for (const [index, inform] of informs.entries()) {
        const before = informs[index - 1];
        if (before === undefined) continue;
        yield holds("TR-069:A.3.3.1#no-change", !hasEvent(inform, VALUE_CHANGE) || explained(inform, before), {
          expected: `no ${VALUE_CHANGE}, or a parameter that has changed since the last Inform`,
          actual: hasEvent(inform, VALUE_CHANGE) ? `${VALUE_CHANGE} with the parameters of the last Inform, all unchanged` : "so",
          where: eventCodes(inform).where,
        });
      }
    },
  }),
];
