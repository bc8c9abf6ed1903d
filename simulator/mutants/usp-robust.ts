import type { Mutant } from "./mutant.ts";

/** Phones that what they cannot read, or too much at once, puts out of action. */
export const uspRobustMutants: readonly Mutant[] = [
  {
    id: "usp-robust-broken-records",
    phone: "A phone that hears nothing for a while after some records that it could not read.",
    breaks: "TR-369:R-MTP.5",
    caught: {
      "usp.robust.truncated-records": ["TR-369:R-MTP.5"],
      "usp.robust.random-records": ["TR-369:R-MTP.5"],
    },
    change: () => ({ usp: { reads: ({ brokenRecords }) => brokenRecords < 5 } }),
  },
  {
    id: "usp-robust-broken-messages",
    phone: "A phone that hears nothing for a while after some messages that it could not read.",
    breaks: "TR-369:R-MSG.1",
    caught: { "usp.robust.truncated-messages": ["TR-369:R-MSG.1"] },
    change: () => ({ usp: { reads: ({ brokenMessages }) => brokenMessages < 8 } }),
  },
  {
    id: "usp-robust-large",
    phone: "A phone that has no room for records of more than 16 KiB.",
    breaks: "TR-369:R-MSG.0",
    caught: { "usp.robust.many-paths": ["TR-369:R-MSG.0"] },
    change: () => ({ usp: { reads: ({ size }) => size <= 16_384 } }),
  },
  {
    id: "usp-robust-flood",
    phone: "A phone that loses records when more than 256 KiB come within a second.",
    breaks: "TR-369:R-MSG.0",
    caught: { "usp.robust.flood": ["TR-369:R-MSG.0"] },
    change: () => ({ usp: { reads: ({ octets }) => octets <= 262_144 } }),
  },
  {
    id: "usp-robust-full-outbox",
    phone: "A phone that drops notifications when sixteen wait for their responses.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.robust.many-subscriptions": ["TR-369:R-NOT.0"] },
    change: () => ({ usp: { hasRoom: (pending) => pending < 16 } }),
  },
];
