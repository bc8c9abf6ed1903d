import type { CwmpBench } from "../../harness/bench/bench.ts";
import { cwmpCase } from "../../harness/bench/cwmp-case.ts";
import { type AnyCase, Inconclusive } from "../../harness/core/case.ts";
import { type Finding, holds } from "../../harness/core/finding.ts";
import { isSame } from "../../harness/stun/nat.ts";
import type { HeardStun, StunReply } from "../../harness/stun/stun.ts";
import {
  AT_ONCE,
  about,
  firstRequest,
  hasBindingChange,
  isBindingRequest,
  listen,
  missing,
  NAT,
  needs,
  PERIOD,
  withBinding,
  withStun,
} from "./support/stun.ts";

/** Value of CONNECTION-REQUEST-BINDING: `dslforum.org/TR-111 `, with a space at its end (TR-111 Table 5). */
const BINDING_VALUE = "64736c666f72756d2e6f72672f54522d31313120";

/** Milliseconds in which two Binding Requests come at least, with the usual period. */
const TWO_PERIODS = 2.5 * PERIOD * 1000;

/** Milliseconds from the first copy of a request to each further one (RFC 3489 9.3). */
const COPIES = [0, 100, 300, 700, 1_500, 3_100, 4_700, 6_300, 7_900];

/** Milliseconds that a copy may be off: a timer, and the way to us. */
const OFF = 80;

/** Milliseconds until a request without answer has failed (RFC 3489 9.3). */
const FAILED = 9_500;

/** The number of octets is no multiple of four, so that USERNAME has to be filled up. */
const USERNAME = "assay-cpe1";

/** All that is heard while STUN keeps a binding for two periods. */
const keeping = (bench: CwmpBench, settings: Parameters<typeof withBinding>[1]) =>
  withBinding(bench, settings, async ({ inside }) => {
    await listen(bench, TWO_PERIODS);
    return bench.stun.heard.filter((heard) => isBindingRequest(heard) && isSame(heard.source, inside));
  });

/** The Binding Request that tells of a binding comes at once, from the port of the binding. */
function* announced(requirement: string, learnt: HeardStun, change: HeardStun | undefined): Iterable<Finding> {
  const expected = `a Binding Request with BINDING-CHANGE from port ${learnt.source.port} within ${AT_ONCE} ms`;
  if (change === undefined) yield missing(requirement, expected, learnt);
  else {
    const right = isSame(change.source, learnt.source) && change.at - learnt.at <= AT_ONCE;
    yield about(requirement, change, right, expected, `from port ${change.source.port} after ${change.at - learnt.at} ms`);
  }
}

/** One binding is told of, and the server says nothing to that for as long as the phone tries. */
const unanswered = (bench: CwmpBench) => {
  bench.stun.answers((request): StunReply => ({ kind: hasBindingChange(request) ? "silence" : "response" }));
  bench.stun.nat(NAT);
  return withStun(bench, {}, async () => {
    await firstRequest(bench);
    const first = await bench.stun.next(AT_ONCE, hasBindingChange);
    if (first === undefined) throw new Inconclusive("precondition", "the phone does not tell of its binding by BINDING-CHANGE");
    const during = await listen(bench, FAILED + PERIOD * 1000);
    const later = await listen(bench, 2 * TWO_PERIODS);
    return { first, copies: [first, ...during.filter(hasBindingChange)], during, later };
  });
};

export const stunBindingCases: readonly AnyCase<CwmpBench>[] = [
  cwmpCase({
    id: "tr111.stun.connection-request-binding",
    title: "has CONNECTION-REQUEST-BINDING of TR-111 in each request of its port",
    proves: ["TR-111:2.2.1.3#connection-request-binding", "TR-111:2.2.1.3#binding-value"],
    references: ["STN-003"],
    needs,
    waits: 25,
    drive: (bench) => keeping(bench, {}),
    *judge(requests) {
      for (const request of requests) {
        const { attributes, has } = request.message;
        const name = "CONNECTION-REQUEST-BINDING";
        const found = has(name);
        yield about("TR-111:2.2.1.3#connection-request-binding", request, found, name, found ? "so" : "none");
        const value = attributes.find((one) => one.name === name)?.value.toString("hex");
        if (value !== undefined)
          yield about("TR-111:2.2.1.3#binding-value", request, value === BINDING_VALUE, BINDING_VALUE, value);
      }
    },
  }),
  cwmpCase({
    id: "tr111.stun.username",
    title: "has its STUNUsername, filled up to four octets, in each request of its port",
    proves: ["TR-111:2.2.1.3#username", "TR-069:G.2.1.3#username-padded"],
    references: ["STN-005"],
    needs,
    waits: 25,
    drive: (bench) => keeping(bench, { settings: { STUNUsername: USERNAME, STUNPassword: "Stun-0123456" } }),
    *judge(requests) {
      for (const request of requests) {
        const { value } = request.message.at("USERNAME");
        // What it is filled up with is another question.
        const right = value?.startsWith(USERNAME) === true && value.length < USERNAME.length + 4;
        yield about("TR-111:2.2.1.3#username", request, right, `USERNAME ${USERNAME}`, value);
        if (right)
          yield about(
            "TR-069:G.2.1.3#username-padded",
            request,
            value === `${USERNAME}  `,
            JSON.stringify(`${USERNAME}  `),
            JSON.stringify(value),
          );
      }
    },
  }),
  cwmpCase({
    id: "tr111.stun.first-binding",
    title: "tells of its first binding by BINDING-CHANGE, at once and once",
    proves: ["TR-111:2.2.1.3#first-binding", "TR-111:2.2.1.3#change-only", "TR-111:2.2.1.3#change-form"],
    references: ["STN-004"],
    needs,
    waits: 25,
    drive: (bench) => {
      bench.stun.nat(NAT);
      return withStun(bench, {}, async () => {
        const first = await firstRequest(bench);
        const change = await bench.stun.next(2 * AT_ONCE, hasBindingChange);
        await listen(bench, TWO_PERIODS);
        return { first, change, heard: bench.stun.heard };
      });
    },
    *judge({ first, change, heard }) {
      yield* announced("TR-111:2.2.1.3#first-binding", first, change);
      if (change !== undefined) {
        const { message } = change;
        const seen = message.attributes.map(({ name, value }) => `${name} of ${value.length} octets`);
        const right =
          message.at("BINDING-CHANGE").value === "" &&
          message.has("CONNECTION-REQUEST-BINDING") &&
          !message.has("RESPONSE-ADDRESS") &&
          !message.has("CHANGE-REQUEST");
        const expected =
          "BINDING-CHANGE of 0 octets with CONNECTION-REQUEST-BINDING, without RESPONSE-ADDRESS and CHANGE-REQUEST";
        yield about("TR-111:2.2.1.3#change-form", change, right, expected, seen.join(", "));
      }
      // Copies of the one request are none of the others.
      const others = heard.filter(({ message }) => message.transactionId !== change?.message.transactionId);
      for (const one of others) {
        const has = hasBindingChange(one);
        yield about("TR-111:2.2.1.3#change-only", one, !has, "no BINDING-CHANGE", has ? "one" : "none");
      }
    },
  }),
  cwmpCase({
    id: "tr111.stun.binding-changed",
    title: "tells by BINDING-CHANGE, at once, when its binding has changed",
    proves: ["TR-111:2.2.1.3#binding-changed"],
    references: ["STN-004"],
    needs,
    waits: 25,
    drive: (bench) =>
      withBinding(bench, {}, async ({ inside, outside }) => {
        const { stun } = bench;
        stun.changeBindings();
        const changed = ({ source, seen }: HeardStun): boolean => isSame(source, inside) && !isSame(seen, outside);
        const learnt = await stun.next(TWO_PERIODS, changed);
        if (learnt === undefined) throw new Inconclusive("precondition", "the phone sends no further Binding Request");
        return { learnt, change: await stun.next(2 * AT_ONCE, hasBindingChange) };
      }),
    judge: ({ learnt, change }) => announced("TR-111:2.2.1.3#binding-changed", learnt, change),
  }),
  cwmpCase({
    id: "tr111.stun.change-repeated",
    title: "repeats an unanswered request with BINDING-CHANGE as RFC 3489 has it",
    proves: ["TR-111:2.2.1.3#change-repeated", "RFC-3489:9.3#intervals"],
    references: ["STN-004"],
    needs,
    waits: 70,
    drive: unanswered,
    *judge({ first, copies }) {
      const ofFirst = copies.filter(({ message, at }) => {
        const isCopy = message.transactionId === first.message.transactionId;
        return isCopy && at - first.at <= FAILED;
      });
      const enough = ofFirst.length === COPIES.length;
      yield about(
        "TR-111:2.2.1.3#change-repeated",
        ofFirst.at(-1) ?? first,
        enough && ofFirst.every(({ message }) => message.octets.equals(first.message.octets)),
        `${COPIES.length} copies of the same octets`,
        enough ? "not all the same" : `${ofFirst.length} in ${FAILED} ms`,
      );
      for (const [index, copy] of ofFirst.entries()) {
        const due = COPIES[index] ?? Number.NaN;
        const passed = copy.at - first.at;
        const expected = `copy ${index + 1} after ${due} ms, ${OFF} ms more or less`;
        yield about("RFC-3489:9.3#intervals", copy, Math.abs(passed - due) <= OFF, expected, `${passed} ms`);
      }
    },
  }),
  cwmpCase({
    id: "tr111.stun.change-given-up",
    title: "tells no more of a binding once telling of it has failed, and goes on keeping it",
    proves: ["TR-111:2.2.1.3#change-given-up", "TR-111:2.2.1.2#kept-after-failure"],
    references: ["STN-004"],
    needs,
    waits: 70,
    drive: unanswered,
    *judge({ first, copies, during, later }) {
      // Whether there are copies enough, or too many of the one request, is for the case before.
      const more = [...copies, ...later].filter(
        (one) =>
          hasBindingChange(one) && (one.message.transactionId !== first.message.transactionId || one.at - first.at > FAILED),
      );
      yield holds("TR-111:2.2.1.3#change-given-up", more.length === 0, {
        expected: `no Binding Request with BINDING-CHANGE later than ${FAILED} ms after the first one`,
        actual: more.length === 0 ? "none" : `${more.length}`,
        where: (more[0] ?? later.at(-1) ?? first).message.where,
      });
      const kept = later.filter(isBindingRequest);
      yield holds("TR-111:2.2.1.2#kept-after-failure", kept.length > 0, {
        expected: "Binding Requests as before",
        actual: kept.length > 0 ? "so" : "none",
        where: (kept[0] ?? during.at(-1) ?? first).message.where,
      });
    },
  }),
];
