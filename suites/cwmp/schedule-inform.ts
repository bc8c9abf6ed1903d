import { eventCodes, events } from "../../harness/acs/read.ts";
import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { SUMMONS_KEY } from "../../harness/bench/summons.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { few, holds, same, sameSet } from "../../harness/core/finding.ts";
import type { Exchange } from "../../harness/trace/exchange.ts";
import { gatherInforms } from "../support/failures.ts";

const needs = ["schedule-inform"] as const;
const SCHEDULED = "3 SCHEDULED";
const METHOD = "M ScheduleInform";

/** A key with what XML has to escape and what is more than one octet. */
const HARD_KEY = "<key> & ü";

/** EventStructs that an Inform has room for (A.3.3.1). */
const MOST_EVENTS = 64;

/** How far, in milliseconds, an Inform may lie from the second that was asked for: a phone counts in whole seconds. */
const TOLERANCE = 2_000;

const keysOf = (informs: readonly Exchange[]): readonly string[] =>
  informs.flatMap((inform) => events(inform).flatMap(({ code, commandKey }) => (code === METHOD ? [commandKey] : [])));

/** Informs because of a ScheduleInform with such a CommandKey. */
const withKey = (key: RegExp) => ({ accepts: (inform: Exchange) => keysOf([inform]).some((one) => key.test(one)) });

/** Calls ScheduleInform in a session of its own, which then ends. */
async function schedule({ acs, clock }: CwmpBench, delaySeconds: number, commandKey: string) {
  const session = await acs.session();
  const asked = clock.now();
  const reply = await session.scheduleInform(delaySeconds, commandKey);
  await session.end();
  return { reply, asked };
}

export const scheduleInformCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "cwmp.schedule-inform.delay",
    title: "calls Inform when ScheduleInform said, with its events",
    proves: ["TR-069:A.4.1.2#response", "TR-069:A.4.1.2#delay", "TR-069:3.7.1.5#scheduled", "TR-069:A.4.1.2#command-key"],
    references: ["SCI-001", "EVT-010"],
    needs,
    waits: 10,
    async drive(bench) {
      const { reply, asked } = await schedule(bench, 10, HARD_KEY);
      const informs = gatherInforms(bench.acs);
      // Longer than asked for: a late Inform is a finding, not an absent one.
      const contact = await bench.acs.silence(60_000, withKey(/./));
      await contact?.end();
      informs.stop();
      // Without its key it is told from others, such as periodic ones, by its time.
      const timely = informs.seen.find(({ request }) => Math.abs(request.startedAt - asked - 10_000) <= TOLERANCE);
      return { reply, asked, inform: contact?.inform ?? timely };
    },
    *judge({ reply, asked, inform }) {
      yield same("TR-069:A.4.1.2#response", reply.summary, "ScheduleInformResponse");
      const where = inform?.where ?? reply.summary.where;
      const after = inform === undefined ? undefined : inform.request.startedAt - asked;
      yield holds("TR-069:A.4.1.2#delay", after !== undefined && Math.abs(after - 10_000) <= TOLERANCE, {
        expected: "an Inform after 10 s, 2 s more or less",
        actual: after === undefined ? "no Inform within 60 s" : `after ${after / 1000} s`,
        where,
      });
      const list = events(inform);
      const both = [SCHEDULED, METHOD].every((code) => list.some((event) => event.code === code));
      const actual = few(list.map(({ code }) => code));
      yield holds("TR-069:3.7.1.5#scheduled", both, { expected: `${SCHEDULED} and ${METHOD}`, actual, where });
      const called = list.filter(({ code }) => code === METHOD);
      const key = called.find(({ commandKey }) => commandKey === HARD_KEY) ?? called[0];
      yield same("TR-069:A.4.1.2#command-key", { value: key?.commandKey, where: key?.where ?? where }, HARD_KEY);
    },
  }),
  cwmpCase({
    id: "cwmp.schedule-inform.zero-delay",
    title: "refuses ScheduleInform with a delay of zero",
    proves: ["TR-069:A.4.1.2#zero-delay"],
    references: ["SCI-002"],
    needs,
    async drive(bench) {
      return (await schedule(bench, 0, "zero")).reply;
    },
    *judge(reply) {
      yield same("TR-069:A.4.1.2#zero-delay", reply.faultCode, 9003);
    },
  }),
  cwmpCase({
    id: "cwmp.schedule-inform.several",
    title: "delivers an event for each of two ScheduleInforms",
    proves: ["TR-069:3.7.1.5#scheduled-multiple"],
    references: ["SCI-003"],
    needs,
    waits: 12,
    async drive(bench) {
      const { acs } = bench;
      const session = await acs.session();
      const replies = [await session.scheduleInform(8, "first"), await session.scheduleInform(12, "second")];
      await session.end();
      const refused = replies.find(({ kind }) => kind !== "response");
      if (refused !== undefined) throw new Inconclusive("precondition", `ScheduleInform was answered: ${refused.summary.value}`);
      const informs: Exchange[] = [];
      for (let wait = 40_000; keysOf(informs).length < 2; wait = 10_000) {
        const contact = await acs.silence(wait, withKey(/^(?:first|second)$/));
        if (contact === undefined) break;
        informs.push(contact.inform);
        await contact.end();
      }
      return { informs, where: session.inform.where };
    },
    *judge({ informs, where }) {
      const keys = keysOf(informs).filter((key) => key !== SUMMONS_KEY);
      const seen = { value: keys, where: informs.at(-1)?.where ?? where };
      yield sameSet("TR-069:3.7.1.5#scheduled-multiple", seen, ["first", "second"]);
    },
  }),
  cwmpCase({
    id: "cwmp.schedule-inform.most-events",
    title: "lists at most 64 events when more have occurred",
    proves: ["TR-069:3.7.1.5#most-events"],
    references: ["INF-009"],
    needs,
    waits: 40,
    async drive(bench) {
      const { acs, clock } = bench;
      const session = await acs.session();
      const due = clock.now() + 30_000;
      let taken = 0;
      // With 3 SCHEDULED there is one more than fits, all due in the same second.
      for (; taken < MOST_EVENTS; taken += 1) {
        const delay = Math.max(1, Math.ceil((due - clock.now()) / 1000));
        if ((await session.scheduleInform(delay, `event ${taken}`)).kind !== "response") break;
      }
      await session.end();
      const informs: Exchange[] = [];
      for (let wait = 60_000; informs.length < taken; wait = 10_000) {
        const contact = await acs.silence(wait, withKey(/^event \d+$/));
        if (contact === undefined) break;
        informs.push(contact.inform);
        await contact.end();
      }
      if (informs.length === 0) throw new Inconclusive("precondition", `no Inform came for ${taken} ScheduleInforms`);
      return informs;
    },
    *judge(informs) {
      for (const inform of informs) {
        const count = events(inform).length;
        const { where } = eventCodes(inform);
        yield holds("TR-069:3.7.1.5#most-events", count <= MOST_EVENTS, {
          expected: `at most ${MOST_EVENTS}`,
          actual: count,
          where,
        });
      }
    },
  }),
  cwmpCase({
    id: "cwmp.schedule-inform.kept-over-reboot",
    title: "delivers a scheduled event after a reboot when it could not before",
    proves: ["TR-069:3.7.1.5#scheduled-kept"],
    references: ["SCI-004"],
    needs: ["schedule-inform", "power-cycle"],
    disturbs: "reboot",
    waits: 10,
    async drive(bench) {
      const { acs, phone, patience } = bench;
      const { reply } = await schedule(bench, 5, "kept");
      if (reply.kind !== "response")
        throw new Inconclusive("precondition", `ScheduleInform was answered: ${reply.summary.value}`);
      const undelivered = await acs.contact({ trigger: "none", event: METHOD });
      // The retry comes after 5 s at the earliest: the reboot precedes it.
      await undelivered.answer({ status: 503, close: true }, { within: 1_000 });
      const boot = await acs.contact({ trigger: () => phone.powerCycle(), event: "1 BOOT", within: patience.reboot });
      await boot.end();
      return boot.inform;
    },
    *judge(boot) {
      const keys = { value: keysOf([boot]), where: boot.where };
      yield sameSet("TR-069:3.7.1.5#scheduled-kept", keys, ["kept"]);
    },
  }),
];
