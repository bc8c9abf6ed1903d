import type { Variant } from "./variant.ts";

/** Phones that go their own way with session contexts (TR-369 "Exchange of USP Records within an E2E Session Context"). */
export const uspSessionVariants: readonly Variant[] = [
  {
    id: "usp-session-takes-leave",
    phone: "A phone that ends a session context which has failed by a Disconnect record, and then begins another one.",
    clause: "TR-369 R-E2E.6b, R-MTP.7",
    change: () => ({ usp: { onSessionFailed: () => ({ reasonCode: 7105, reason: "Session context terminated" }) } }),
  },
  {
    id: "usp-session-waits",
    phone: "A phone that waits for the first interval before it begins another session context.",
    clause: "TR-369 R-E2E.10",
    change: () => ({ usp: { triesAtOnce: () => false } }),
  },
  {
    id: "usp-session-eager",
    phone: "A phone that begins a session context as soon as it has to have one.",
    clause: "TR-369 Establishing an E2E Session Context",
    change: () => ({ usp: { beginsWhenRequired: () => true } }),
  },
  {
    id: "usp-session-either-or",
    phone: "A phone that ends its session context when a request comes without one, and passes over that request.",
    clause: "TR-369 R-E2E.6b",
    change: () => ({ usp: { onPlainInSession: () => ({ reasonCode: 7105, reason: "Session context terminated" }) } }),
  },
  {
    id: "usp-session-large-ids",
    phone: "A phone whose session_ids need all 64 bits.",
    clause: "TR-369 R-E2E.3",
    change: ({ usp }) => ({ usp: { newSessionId: (random, last) => 2n ** 63n + usp.newSessionId(random, last) } }),
  },
  {
    id: "usp-session-asks",
    phone: "A phone that asks for records that it misses.",
    clause: "TR-369 USP Record Retransmission",
    change: () => ({ usp: { asksForMissing: () => true } }),
  },
  {
    id: "usp-session-plain-notifies",
    phone: "A phone that notifies without session context wherever it may.",
    clause: "TR-369 R-E2E.7",
    change: () => ({ usp: { sendsInSession: (mode) => mode === "Require" } }),
  },
];
