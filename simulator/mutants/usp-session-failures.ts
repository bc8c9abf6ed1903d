import type { Mutant } from "./mutant.ts";

/** Phones that do not begin session contexts anew as they should (TR-369 "Failure Handling in the Session Context"). */
export const uspSessionFailureMutants: readonly Mutant[] = [
  {
    id: "usp-session-bears-garbage",
    phone: "A phone that stays in a session context after a payload that is no message.",
    breaks: "TR-369:R-E2E.21",
    caught: { "usp.session.unreadable": ["TR-369:R-E2E.21", "TR-369:R-E2E.3"] },
    change: () => ({ usp: { restartsAfter: (why) => why !== "message" } }),
  },
  {
    id: "usp-session-id-of-one",
    phone: "A phone that begins session contexts with session_id 1.",
    breaks: "TR-369:R-E2E.3",
    caught: {
      "usp.session.unreadable": ["TR-369:R-E2E.21", "TR-369:R-E2E.3"],
      "usp.session.segment-of-nothing": ["TR-369:R-E2E.21"],
      "usp.session.near-the-end": ["TR-369:R-E2E.8"],
      "usp.session.other-security": ["TR-369:R-E2E.19"],
      "usp.session.invalid-id": ["TR-369:R-E2E.24"],
      "usp.session.wrong-signature": ["TR-369:R-E2E.23"],
      "usp.session.expiration": ["TR-369:R-E2E.7"],
    },
    change: () => ({ usp: { newSessionId: () => 1n } }),
  },
  {
    id: "usp-session-bears-segments",
    phone: "A phone that stays in a session context after a segment of nothing.",
    breaks: "TR-369:R-E2E.21",
    caught: { "usp.session.segment-of-nothing": ["TR-369:R-E2E.21"] },
    change: () => ({ usp: { restartsAfter: (why) => why !== "segments" } }),
  },
  {
    id: "usp-session-has-no-end",
    phone: "A phone that keeps a record of the last numbers for later.",
    breaks: "TR-369:R-E2E.8",
    caught: { "usp.session.near-the-end": ["TR-369:R-E2E.8"] },
    change: ({ usp }) => ({
      usp: { sessionReaction: (facts) => (facts.sequenceId > 2n ** 63n ? "keep" : usp.sessionReaction(facts)) },
    }),
  },
  {
    id: "usp-session-any-security",
    phone: "A phone that takes records of any payload security in a session context.",
    breaks: "TR-369:R-E2E.19",
    caught: { "usp.session.other-security": ["TR-369:R-E2E.19"] },
    change: ({ usp }) => ({
      usp: {
        sessionReaction: (facts) => {
          const { current, payloadSecurity } = facts;
          return usp.sessionReaction({ ...facts, payloadSecurity: current?.payloadSecurity ?? payloadSecurity });
        },
      },
    }),
  },
  {
    id: "usp-session-passes-over-ids",
    phone: "A phone that passes over records of another session_id.",
    breaks: "TR-369:R-E2E.24",
    caught: { "usp.session.invalid-id": ["TR-369:R-E2E.24"] },
    change: ({ usp }) => ({
      usp: {
        sessionReaction: (facts) => {
          const reaction = usp.sessionReaction(facts);
          const isOther = facts.current !== undefined && facts.current.id !== facts.sessionId;
          return isOther && reaction === "fail" ? "ignore" : reaction;
        },
      },
    }),
  },
  {
    id: "usp-session-bears-signatures",
    phone: "A phone that stays in a session context after a record with a wrong signature.",
    breaks: "TR-369:R-E2E.23",
    caught: { "usp.session.wrong-signature": ["TR-369:R-E2E.23"] },
    change: () => ({ usp: { restartsAfter: (why) => why !== "integrity" } }),
  },
  {
    id: "usp-session-any-signature",
    phone: "A phone that does not look at signatures.",
    breaks: "TR-369:R-E2E.30",
    caught: { "usp.session.wrong-signature": ["TR-369:R-E2E.23"], "usp.record.wrong-signature": ["TR-369:R-E2E.30"] },
    change: () => ({ usp: { takesSigned: () => true } }),
  },
  {
    id: "usp-session-never-expires",
    phone: "A phone whose session contexts do not expire.",
    breaks: "TR-369:R-E2E.7",
    caught: { "usp.session.expiration": ["TR-369:R-E2E.7"] },
    change: () => ({ usp: { isSessionOver: () => false } }),
  },
  {
    id: "usp-session-even-retries",
    phone: "A phone that tries again to begin a session context in even intervals.",
    breaks: "TR-369:R-E2E.10",
    caught: { "usp.session.retry-intervals": ["TR-369:R-E2E.10"], "usp.session.longest-range": ["TR-369:R-E2E.11"] },
    change: ({ usp }) => ({
      usp: { sessionRetryRange: (_retry, minimum, multiplier) => usp.sessionRetryRange(1, minimum, multiplier) },
    }),
  },
  {
    id: "usp-session-ever-longer",
    phone: "A phone whose intervals between attempts at a session context grow on after the tenth.",
    breaks: "TR-369:R-E2E.11",
    caught: { "usp.session.longest-range": ["TR-369:R-E2E.11"] },
    change: () => ({
      usp: {
        sessionRetryRange: (retry, minimum, multiplier) => {
          const factor = multiplier / 1000;
          return [minimum * factor ** (retry - 1), minimum * factor ** retry];
        },
      },
    }),
  },
  {
    id: "usp-session-counts-successes",
    phone: "A phone that counts the attempts at a session context on when the third of them worked.",
    breaks: "TR-369:R-E2E.12",
    caught: { "usp.session.retry-after-success": ["TR-369:R-E2E.12"] },
    change: () => ({ usp: { sessionRetriesAfterSuccess: (retries) => (retries === 3 ? retries : 0) } }),
  },
  {
    id: "usp-session-remembers-retries",
    phone: "A phone that counts the attempts at a session context on after a reboot.",
    breaks: "TR-369:R-E2E.13",
    caught: { "usp.session.retry-after-reboot": ["TR-369:R-E2E.13"] },
    change: () => ({ usp: { sessionRetriesAfterBoot: (retries) => retries } }),
  },
];
