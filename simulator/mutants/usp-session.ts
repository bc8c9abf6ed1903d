import type { Mutant } from "./mutant.ts";

/** Phones that get the numbers of a session context wrong, or the order of its records (TR-369 "USP Record Exchange"). */
export const uspSessionMutants: readonly Mutant[] = [
  {
    id: "usp-session-own-id",
    phone: "A phone that answers under another session_id than that of the request.",
    breaks: "TR-369:R-E2E.4",
    caught: {
      "usp.session.established": ["TR-369:R-E2E.4"],
      "usp.session.another": ["TR-369:R-E2E.6"],
      "usp.session.order": ["TR-369:R-E2E.15"],
      "usp.session.late": ["TR-369:R-E2E.20"],
      "usp.session.duplicate": ["TR-369:R-E2E.25"],
      "usp.session.segments-sent": ["TR-369:R-E2E.15"],
      "usp.session.expiration": ["TR-369:R-E2E.7"],
    },
    change: () => ({ usp: { ownSessionId: (id) => id + 1n } }),
  },
  {
    id: "usp-session-counts-on",
    phone: "A phone that counts its records on when the controller begins another session context.",
    breaks: "TR-369:R-E2E.6",
    caught: {
      "usp.session.another": ["TR-369:R-E2E.6"],
      "usp.session.order": ["TR-369:R-E2E.15"],
      "usp.session.segments-sent": ["TR-369:R-E2E.15"],
      "usp.session-records.first": ["TR-369:R-E2E.14"],
    },
    change: () => ({ usp: { countAtBegin: (before) => before } }),
  },
  {
    id: "usp-session-ends-without-reason",
    phone: "A phone that ends a session context by a Disconnect record without reason_code.",
    breaks: "TR-369:R-E2E.6b",
    caught: { "usp.session.ended": ["TR-369:R-E2E.6b"] },
    change: () => ({ usp: { onSessionEnded: () => ({ reasonCode: 0, reason: "Session context terminated" }) } }),
  },
  {
    id: "usp-session-any-order",
    phone: "A phone that takes the records of a session context in the order in which they come.",
    breaks: "TR-369:R-E2E.20",
    caught: {
      "usp.session.order": ["TR-369:R-E2E.15", "TR-369:R-E2E.17", "TR-369:R-E2E.20"],
      "usp.session.segments-in-disorder": ["TR-369:R-E2E.20"],
    },
    change: ({ usp }) => ({
      usp: {
        sessionReaction: (facts) => {
          const reaction = usp.sessionReaction(facts);
          return reaction === "keep" ? "serve" : reaction;
        },
      },
    }),
  },
  {
    id: "usp-session-expects-the-first",
    phone: "A phone that tells in expected_id that it waits for the record that it just had.",
    breaks: "TR-369:R-E2E.17",
    caught: { "usp.session.order": ["TR-369:R-E2E.17"] },
    change: () => ({ usp: { toldExpected: (expected) => (expected > 1n ? expected - 1n : expected) } }),
  },
  {
    id: "usp-session-skips-numbers",
    phone: "A phone that counts the records of its answers up by two.",
    breaks: "TR-369:R-E2E.15",
    caught: {
      "usp.session.order": ["TR-369:R-E2E.15"],
      "usp.session.segments-sent": ["TR-181:E2ESession#record-size", "TR-369:R-E2E.15"],
      "usp.session-records.next": ["TR-369:R-E2E.15"],
    },
    change: () => ({ usp: { sequenceId: (count, isOwnSession) => (isOwnSession ? count + 1n : 2n * count + 1n) } }),
  },
  {
    id: "usp-session-first-is-zero",
    phone: "A phone that counts the records of session contexts that it begins from 0.",
    breaks: "TR-369:R-E2E.14",
    caught: {
      "usp.session.retransmissions": ["TR-369:R-E2E.21"],
      "usp.session.unreadable": ["TR-369:R-E2E.21"],
      "usp.session.segment-of-nothing": ["TR-369:R-E2E.21"],
      "usp.session.near-the-end": ["TR-369:R-E2E.8"],
      "usp.session.other-security": ["TR-369:R-E2E.19"],
      "usp.session.invalid-id": ["TR-369:R-E2E.24"],
      "usp.session.wrong-signature": ["TR-369:R-E2E.23"],
      "usp.session.expiration": ["TR-369:R-E2E.7"],
      "usp.record.required-fields": ["TR-369:R-MTP.4b"],
      "usp.session-records.first": ["TR-369:R-E2E.14"],
    },
    change: ({ usp }) => ({
      usp: { sequenceId: (count, isOwnSession) => (isOwnSession ? count : usp.sequenceId(count, isOwnSession)) },
    }),
  },
  {
    id: "usp-session-serves-again",
    phone: "A phone that serves a record again that it has had.",
    breaks: "TR-369:R-E2E.25",
    caught: { "usp.session.duplicate": ["TR-369:R-E2E.25"], "usp.session.late": ["TR-369:R-E2E.20"] },
    change: ({ usp }) => ({
      usp: {
        sessionReaction: (facts) => {
          const reaction = usp.sessionReaction(facts);
          return reaction === "ignore" ? "serve" : reaction;
        },
      },
    }),
  },
  {
    id: "usp-session-forgets-records",
    phone: "A phone that forgets what it has sent as soon as another record comes.",
    breaks: "TR-369:R-E2E.16",
    caught: { "usp.session.preserved": ["TR-369:R-E2E.16"], "usp.session.retransmissions": ["TP-469:3.14#tries"] },
    change: () => ({ usp: { keepsSent: () => false } }),
  },
  {
    id: "usp-session-once-too-often",
    phone: "A phone that sends a record once more than MaxRetransmitTries says.",
    breaks: "TP-469:3.14#tries",
    caught: { "usp.session.retransmissions": ["TP-469:3.14#tries", "TR-369:R-E2E.21"] },
    change: () => ({ usp: { retransmits: (tries, most) => most < 0 || tries <= most } }),
  },
  {
    id: "usp-session-refuses-quietly",
    phone: "A phone that ignores a request for a record that it sends no more.",
    breaks: "TR-369:R-E2E.21",
    caught: { "usp.session.retransmissions": ["TR-369:R-E2E.21"] },
    change: () => ({ usp: { restartsAfter: (why) => why !== "retransmission" } }),
  },
  {
    id: "usp-session-no-segments",
    phone: "A phone that sends every message in one record, whatever MaxUSPRecordSize says.",
    breaks: "TR-181:E2ESession#record-size",
    caught: { "usp.session.segments-sent": ["TR-181:E2ESession#record-size", "TR-369:R-E2E.15"] },
    change: () => ({ usp: { segments: (payload) => [payload] } }),
  },
  {
    id: "usp-session-swaps-segments",
    phone: "A phone that puts the last segment of a message before the others.",
    breaks: "TR-369:R-E2E.20",
    caught: { "usp.session.segments-received": ["TR-369:R-E2E.20"], "usp.session.segments-in-disorder": ["TR-369:R-E2E.20"] },
    change: ({ usp }) => ({ usp: { joined: (parts) => usp.joined([...parts.slice(-1), ...parts.slice(0, -1)]) } }),
  },
  {
    id: "usp-session-empty-by-tls",
    phone: "A phone that marks records without a message as secured by TLS.",
    breaks: "TR-369:R-E2E.18",
    caught: { "usp.session-records.security": ["TR-369:R-E2E.18"] },
    change: () => ({ usp: { sessionSecurity: (security, isEmpty) => (isEmpty ? 1 : security) } }),
  },
];
