import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import type { Endpoint } from "../../harness/core/network.ts";
import { isSame, shown } from "../../harness/stun/nat.ts";
import type { HeardStun } from "../../harness/stun/stun.ts";
import {
  about,
  changeStun,
  firstRequest,
  isBindingRequest,
  isPlain,
  listen,
  NAT,
  needs,
  PERIOD,
  withBinding,
  withStun,
} from "./support/stun.ts";

/** How far a period may be off, in seconds: TR-111 has no tolerance; a timer and the way to us take some. */
const EARLY = 0.5;
const LATE = 1;

/** A NAT that forgets a binding after so many seconds, between the bounds that the phone is given. */
const TIMEOUT = { natSeconds: 40, minimum: 5, maximum: 120 };

/** Seconds in which a phone has learnt of the timeout, whatever its procedure is, and in which it then keeps the binding. */
const LEARNING = 1_800;
const KEEPING = 300;

/** Seconds in which the server says nothing: more than three requests, each given up after 9.5 s (RFC 3489 9.3). */
const SILENCE = 45;

/** Milliseconds in which copies of a request may follow on it (RFC 3489 9.3). */
const COPIED = 9_500;

type Pair = readonly [HeardStun, HeardStun];

/** Those of the requests that come from the port of the binding, in pairs of one and the next; copies of a request do not count. */
function pairs(requests: readonly HeardStun[], inside: Endpoint): readonly Pair[] {
  const own = requests.filter((one) => isSame(one.source, inside));
  const once = own.filter((one) => {
    const { transactionId } = one.message;
    return !own.some(
      (other) => other.message.transactionId === transactionId && other.at < one.at && one.at - other.at <= COPIED,
    );
  });
  return once.slice(1).map((request, index) => [once[index] ?? request, request] as const);
}

const seconds = (before: HeardStun, after: HeardStun): number => (after.at - before.at) / 1000;

/** What is heard of STUN at a port of the phone, the first request of it and the last moment of listening. */
interface Kept {
  readonly heard: readonly HeardStun[];
  readonly first: HeardStun;
  readonly inside: Endpoint;
  readonly until: number;
}

/** The minimum is for requests without BINDING-CHANGE (TR-111 2.2.1.3). */
function* notBefore(requirement: string, { heard, inside }: Kept, minimum: number): Iterable<Finding> {
  for (const [before, after] of pairs(heard.filter(isPlain), inside)) {
    const passed = seconds(before, after);
    const expected = `at least ${minimum} s after the one before (${EARLY} s allowed for)`;
    yield about(requirement, after, passed >= minimum - EARLY, expected, `${passed} s`);
  }
}

/** What should have come until listening ended counts as well. */
function* notAfter(requirement: string, { heard, first, inside, until }: Kept, maximum: number): Iterable<Finding> {
  const found = pairs(heard.filter(isBindingRequest), inside);
  const expected = `at most ${maximum} s after the one before (${LATE} s allowed for)`;
  for (const [before, after] of found) {
    const passed = seconds(before, after);
    yield about(requirement, after, passed <= maximum + LATE, expected, `${passed} s`);
  }
  const last = found.at(-1)?.[1] ?? first;
  const silent = (until - last.at) / 1000;
  if (silent > maximum + LATE) yield about(requirement, last, false, expected, `none in ${silent} s`);
}

export const stunKeepAliveCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.stun.keep-alive",
    title: "sends Binding Requests exactly as often as its two equal periods say",
    proves: ["TR-111:2.2.1.2#minimum-period", "TR-111:2.2.1.2#maximum-period"],
    references: ["STN-008"],
    needs,
    waits: 5 * PERIOD,
    drive: (bench) =>
      withBinding(bench, {}, async ({ first, inside }) => {
        await listen(bench, 5 * PERIOD * 1000);
        return { heard: bench.stun.heard, first, inside, until: bench.clock.now() };
      }),
    *judge(kept) {
      yield* notBefore("TR-111:2.2.1.2#minimum-period", kept, PERIOD);
      yield* notAfter("TR-111:2.2.1.2#maximum-period", kept, PERIOD);
    },
  }),
  cwmpCase({
    id: "tr111.stun.keep-alive-changed",
    title: "keeps other keep-alive periods as soon as it is given them",
    proves: ["TR-111:2.2.1.2#period-applied"],
    references: ["STN-008"],
    needs,
    waits: 85,
    drive: (bench) =>
      withBinding(bench, {}, async ({ inside }) => {
        await changeStun(bench, { STUNMaximumKeepAlivePeriod: 2 * PERIOD, STUNMinimumKeepAlivePeriod: 2 * PERIOD });
        const first = await firstRequest(bench);
        const later = await listen(bench, 3.5 * 2 * PERIOD * 1000);
        return { heard: [first, ...later], first, inside, until: bench.clock.now() };
      }),
    *judge(kept) {
      yield* notBefore("TR-111:2.2.1.2#period-applied", kept, 2 * PERIOD);
      yield* notAfter("TR-111:2.2.1.2#period-applied", kept, 2 * PERIOD);
    },
  }),
  cwmpCase({
    id: "tr111.stun.keep-alive-bounds",
    title: "stays between its keep-alive periods while it finds out how long a binding lives",
    proves: ["TR-111:2.2.1.2#within-minimum", "TR-111:2.2.1.2#within-maximum"],
    references: ["STN-008", "STN-009"],
    needs,
    waits: 200,
    drive: (bench) =>
      withBinding(
        bench,
        { settings: { STUNMinimumKeepAlivePeriod: 10, STUNMaximumKeepAlivePeriod: 30 } },
        async ({ first, inside }) => {
          await listen(bench, 200_000);
          return { heard: bench.stun.heard, first, inside, until: bench.clock.now() };
        },
      ),
    *judge(kept) {
      yield* notBefore("TR-111:2.2.1.2#within-minimum", kept, 10);
      yield* notAfter("TR-111:2.2.1.2#within-maximum", kept, 30);
    },
  }),
  cwmpCase({
    id: "tr111.stun.server-silent",
    title: "goes on with Binding Requests when the server is silent for a while",
    proves: ["TR-111:2.2.1.2#kept-after-silence"],
    references: ["STN-008"],
    needs,
    waits: SILENCE + 3 * PERIOD,
    drive: (bench) =>
      withBinding(bench, {}, async ({ inside }) => {
        const { stun } = bench;
        stun.answers(() => ({ kind: "silence" }));
        const unanswered = await listen(bench, SILENCE * 1000);
        stun.answers(() => ({ kind: "response" }));
        return { last: unanswered.at(-1), inside, later: await listen(bench, 3 * PERIOD * 1000) };
      }),
    *judge({ last, later, inside }) {
      const kept = later.filter((heard) => isBindingRequest(heard) && isSame(heard.source, inside));
      yield holds("TR-111:2.2.1.2#kept-after-silence", kept.length > 0, {
        expected: `Binding Requests after ${SILENCE} s of silence`,
        actual: kept.length > 0 ? "so" : "none",
        where: (kept[0] ?? last)?.message.where ?? "no datagram",
      });
    },
  }),
  cwmpCase({
    id: "tr111.stun.timeout-discovery",
    title: "tests its binding from another port, with the answer directed to the first one",
    proves: [
      "TR-111:2.2.1.2#secondary-port",
      "TR-111:2.2.1.2#response-address",
      "TR-111:2.2.1.3#not-from-secondary",
      "TR-111:2.2.1.3#no-change-from-secondary",
    ],
    references: ["STN-009"],
    needs,
    waits: TIMEOUT.maximum * 3,
    drive: (bench) => {
      const { minimum, maximum, natSeconds } = TIMEOUT;
      const settings = { STUNMinimumKeepAlivePeriod: minimum, STUNMaximumKeepAlivePeriod: maximum };
      return withBinding(bench, { nat: { ...NAT, timeoutSeconds: natSeconds }, settings }, async ({ first, inside }) => {
        await bench.stun.next(maximum * 3000, ({ source }) => !isSame(source, inside));
        // The request may be repeated, and more of them follow: all are judged alike.
        await listen(bench, 20_000);
        return { heard: bench.stun.heard, first, inside };
      });
    },
    *judge({ heard, first, inside }) {
      const others = heard.filter(({ source }) => !isSame(source, inside));
      yield holds("TR-111:2.2.1.2#secondary-port", others.length > 0, {
        expected: `a Binding Request from another port than ${inside.port} within ${TIMEOUT.maximum * 3} s`,
        actual: others.length > 0 ? "so" : "none",
        where: (others[0] ?? first).message.where,
      });
      for (const one of others) {
        const { message } = one;
        // The latest address that the phone can know of is the one that the server saw before.
        const known = heard.filter(({ at, source }) => at <= one.at && isSame(source, inside)).map(({ seen }) => shown(seen));
        const { value } = message.at("RESPONSE-ADDRESS");
        const expected = `RESPONSE-ADDRESS ${known.at(-1) ?? shown(first.seen)}`;
        yield about("TR-111:2.2.1.2#response-address", one, value !== undefined && value === known.at(-1), expected, value);
        for (const [requirement, name] of [
          ["TR-111:2.2.1.3#not-from-secondary", "CONNECTION-REQUEST-BINDING"],
          ["TR-111:2.2.1.3#no-change-from-secondary", "BINDING-CHANGE"],
        ] as const)
          yield about(requirement, one, !message.has(name), `no ${name}`, message.has(name) ? "one" : "none");
      }
    },
  }),
  cwmpCase({
    id: "tr111.stun.timeout-learnt",
    title: "learns how long a binding lives, and keeps it with no needless requests",
    proves: ["TR-111:2.2.1#kept-alive", "TR-111:2.2.1.2#longest-period"],
    references: ["STN-009"],
    needs,
    waits: LEARNING + KEEPING,
    drive: (bench) => {
      const { minimum, maximum, natSeconds } = TIMEOUT;
      const settings = { STUNMinimumKeepAlivePeriod: minimum, STUNMaximumKeepAlivePeriod: maximum };
      bench.stun.nat({ ...NAT, timeoutSeconds: natSeconds });
      return withStun(bench, settings, async () => {
        const { source } = await firstRequest(bench);
        await listen(bench, LEARNING * 1000);
        const kept = (await listen(bench, KEEPING * 1000)).filter((heard) => isSame(heard.source, source));
        if (kept.length < 2) throw new Inconclusive("precondition", `fewer than two Binding Requests come in ${KEEPING} s`);
        return kept;
      });
    },
    *judge(requests) {
      const [first] = requests;
      for (const request of requests)
        yield about(
          "TR-111:2.2.1#kept-alive",
          request,
          first !== undefined && isSame(request.seen, first.seen),
          `from ${first === undefined ? "one binding" : shown(first.seen)}, as before`,
          shown(request.seen),
        );
      const { minimum, natSeconds } = TIMEOUT;
      const last = requests.at(-1);
      const rate = first === undefined || last === undefined ? 0 : seconds(first, last) / Math.max(1, requests.length - 1);
      yield holds("TR-111:2.2.1.2#longest-period", rate >= natSeconds / 2 - EARLY, {
        expected: `a request each ${natSeconds / 2} s or less often, where the binding lives ${natSeconds} s and the minimum is ${minimum} s`,
        actual: `one each ${Math.round(rate)} s`,
        where: first?.message.where ?? "no datagram",
      });
    },
  }),
];
