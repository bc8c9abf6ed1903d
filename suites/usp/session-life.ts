import type { Bench, UspBench } from "../../harness/bench/usp-bench.ts";
import { uspCase } from "../../harness/bench/usp-case.ts";
import type { UspSession } from "../../harness/controller/controller.ts";
import { createdIn } from "../../harness/controller/read.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds, same } from "../../harness/core/finding.ts";
import type { UspRecordLog } from "../../harness/trace/usp.ts";
import { SUBSCRIPTIONS, tidily } from "./support/instances.ts";
import { inRanges, type RetryRule, rangeOf } from "./support/retries.ts";
import { ENDPOINT_ID, inSession, sessionObject, withSession } from "./support/sessions.ts";

const EXPIRES = "TR-369:R-E2E.7";
const INTERVALS = "TR-369:R-E2E.10";
const LONGEST = "TR-369:R-E2E.11";
const SUCCESS = "TR-369:R-E2E.12";
const REBOOT = "TR-369:R-E2E.13";

/** Seconds between two Periodic! events, and until a session context expires, by the test plan. */
const PERIOD = "10";
const LONG = "60";
const SHORT = "5";

/** Events that are waited for in each of the two. */
const EVENTS = 3;

/** Ranges that do not overlap by the table's first rows, and such as soon come to the last row. */
const TABLE = { minimum: 5, multiplier: 2000 } as const;
const QUICK = { minimum: 2, multiplier: 1300 } as const;
const FIXED = [10, 11, 12] as const;

/** Milliseconds after a failure in which the first attempt is no retry. */
const AT_ONCE = 1_000;

/** No message: field 15 ends before its length. */
const NO_MESSAGE = Buffer.from("7fff", "hex");

const settings = ({ minimum, multiplier }: RetryRule) =>
  ({
    SessionMode: "Require",
    SessionExpiration: "0",
    SessionRetryMinimumWaitInterval: String(minimum),
    SessionRetryIntervalMultiplier: String(multiplier),
  }) as const;

const NEEDS = ["usp-session-context", "usp-session-retry"] as const;

/**
 * Makes a session context fail and answers none of those that the agent begins then; gives so many attempts after the first one, or
 * fewer when one does not come in its time.
 */
async function attempts(
  { controller, patience }: UspBench,
  session: UspSession,
  rule: RetryRule,
  retries: number,
): Promise<readonly UspRecordLog[]> {
  controller.answersSession = false;
  controller.forget();
  const failure = await session.send({ payload: [NO_MESSAGE] });
  // What the agent has to tell by itself, as that it has started, is none.
  const isAttempt = ({ kind, at, message }: UspRecordLog["record"]): boolean =>
    kind === "session" &&
    message?.at("request").value === undefined &&
    at("session_context/sequence_id").value === "1" &&
    at("session_context/session_id").value !== String(session.id);
  const first = await controller.next(isAttempt, patience.response);
  if (first === undefined) throw new Inconclusive("precondition", "the agent begins no session context after one that failed");
  // An agent may wait before the first one already, which is a retry then.
  const all = first.at - failure.at > AT_ONCE ? [failure, first] : [first];
  while (all.length <= retries) {
    const next = await controller.next(isAttempt, 2 * rangeOf(rule, all.length)[1]);
    if (next === undefined) break;
    all.push(next);
  }
  return all;
}

/** A subscription to Periodic! with that interval, made in a session context. */
async function withPeriodic<T>({ controller, agent }: UspBench, session: UspSession, use: () => Promise<T>): Promise<T> {
  const values = { Enable: "true", ID: "assay.session", NotifType: "Event", ReferenceList: "Device.LocalAgent.Periodic!" };
  const given = Object.entries({ ...values, NotifRetry: "true" });
  const params = given.map(([name, value]) => ({ name, value, required: true }));
  const interval = (value: string) => [{ path: agent.controllerPath, params: [{ name: "PeriodicNotifInterval", value }] }];
  const before = await session.get([`${agent.controllerPath}PeriodicNotifInterval`]);
  const held = before.all("response/get_resp/req_path_results/resolved_path_results/result_params")[0]?.value;
  const [made] = createdIn(await session.add([{ path: SUBSCRIPTIONS, params }]));
  if (made === undefined || held === undefined)
    throw new Inconclusive("precondition", "the agent takes no subscription to Periodic!");
  await session.set(interval(PERIOD));
  try {
    return await use();
  } finally {
    await tidily(async () => {
      const last = controller.openSession();
      await last.delete([made]);
      await last.set(interval(held));
    });
  }
}

/** The next Notifies with Periodic!; fewer when one does not come. */
async function periodicEvents({ controller }: UspBench): Promise<readonly UspRecordLog[]> {
  const events: UspRecordLog[] = [];
  controller.forget();
  while (events.length < EVENTS) {
    const event = await controller.next(
      ({ message }) => message?.at("request/notify/event/event_name").value === "Periodic!",
      3000 * Number(PERIOD),
    );
    if (event === undefined) break;
    events.push(event);
  }
  return events;
}

const idOf = ({ record }: UspRecordLog): string => record.at("session_context/session_id").value ?? "none";

/** The events are as many as were waited for, in so many session contexts. */
function inSessions(events: readonly UspRecordLog[], count: number, where: string): Finding {
  const ids = events.map(idOf);
  const isSo = ids.length === EVENTS && !ids.includes("none") && new Set(ids).size === count;
  return holds(EXPIRES, isSo, {
    expected: `${EVENTS} Notifies in ${count === 1 ? "one session context" : "a session context each"}`,
    actual: ids.length === 0 ? "none" : `session_id ${ids.join(", ")}`,
    where: events.at(-1)?.where ?? where,
  });
}

export const sessionLifeCases: readonly AnyCase<Bench>[] = [
  uspCase({
    id: "usp.session.expiration",
    title: "begins a new session context once SessionExpiration is over, and not before",
    proves: [EXPIRES],
    references: ["TP-469 3.10"],
    needs: ["usp-session-context", "usp-session-expiration", "usp-periodic"],
    waits: 70,
    drive: (bench) =>
      withSession(bench, { SessionMode: "Require", SessionExpiration: LONG }, (session) =>
        withPeriodic(bench, session, async () => {
          const together = await periodicEvents(bench);
          const { controller, agent } = bench;
          const params = [{ name: "SessionExpiration", value: SHORT, required: true }];
          const current = controller.session ?? controller.openSession();
          const { summary } = await current.set([{ path: sessionObject(agent), params }]);
          return { together, apart: await periodicEvents(bench), where: summary.where };
        }),
      ),
    *judge({ together, apart, where }) {
      yield inSessions(together, 1, where);
      yield inSessions(apart, EVENTS, where);
      for (const event of apart) yield same(EXPIRES, inSession(event, "sequence_id", event), 1);
    },
  }),
  uspCase({
    id: "usp.session.retry-intervals",
    title: "tries again to begin a session context in growing intervals",
    proves: [INTERVALS],
    needs: NEEDS,
    waits: 80,
    drive: (bench) =>
      withSession(bench, settings(TABLE), async (session) => ({ seen: await attempts(bench, session, TABLE, 3) })),
    *judge({ seen }) {
      yield* inRanges(INTERVALS, TABLE, seen, [1, 2, 3]);
    },
  }),
  uspCase({
    id: "usp.session.longest-range",
    title: "takes the longest range from the tenth attempt at a session context on",
    proves: [LONGEST],
    needs: NEEDS,
    waits: 200,
    drive: (bench) =>
      withSession(bench, settings(QUICK), async (session) => ({ seen: await attempts(bench, session, QUICK, FIXED[2]) })),
    *judge({ seen }) {
      yield* inRanges(LONGEST, QUICK, seen, FIXED);
    },
  }),
  uspCase({
    id: "usp.session.retry-after-success",
    title: "begins with the shortest interval again once a session context has worked",
    proves: [SUCCESS],
    needs: NEEDS,
    waits: 60,
    drive: (bench) =>
      withSession(bench, settings(TABLE), async (session) => {
        const before = await attempts(bench, session, TABLE, 2);
        const current = bench.controller.session ?? session;
        const reply = await current.get([ENDPOINT_ID]);
        if (before.length < 2 || reply.kind !== "response")
          throw new Inconclusive("precondition", `after ${before.length} attempts a Get was answered: ${reply.summary.value}`);
        return { seen: await attempts(bench, current, TABLE, 1) };
      }),
    *judge({ seen }) {
      yield* inRanges(SUCCESS, TABLE, seen, [1]);
    },
  }),
  uspCase({
    id: "usp.session.retry-after-reboot",
    title: "begins with the shortest wait for a session again after a reboot",
    proves: [REBOOT],
    needs: [...NEEDS, "power-cycle"],
    disturbs: "reboot",
    waits: 60,
    drive: (bench) =>
      withSession(bench, settings(TABLE), async (session) => {
        const { controller, phone, patience } = bench;
        // A Notify that is answered would be a success.
        controller.answersNotify = () => false;
        const before = await attempts(bench, session, TABLE, 2);
        if (before.length < 2) throw new Inconclusive("precondition", "the agent makes one attempt at a session context only");
        controller.forget();
        await phone.powerCycle();
        const isBack = ({ kind }: { readonly kind: string }): boolean => kind === "websocket-connect" || kind === "mqtt-connect";
        if ((await controller.next(isBack, patience.reboot)) === undefined)
          throw new Inconclusive("precondition", "the agent sends no connect record after it was switched off and on");
        return { seen: await attempts(bench, controller.openSession(), TABLE, 1) };
      }),
    *judge({ seen }) {
      yield* inRanges(REBOOT, TABLE, seen, [1]);
    },
  }),
];
