import type { Mutant } from "./mutant.ts";

/** Phones that go wrong with roles and challenges (TR-369 "Roles (Access Control)", "Challenges"). */
export const uspTrustMutants: readonly Mutant[] = [
  {
    id: "usp-trust-talks-to-itself",
    phone: "A phone that processes records which say that they are from itself.",
    breaks: "TP-469:2.1#own-id",
    caught: {
      "usp.record.from-itself": ["TP-469:2.1#own-id"],
      "usp.endpoint-id.shared": ["TR-369:R-ARC.2"],
    },
    rig: "generic",
    change: ({ usp }) => ({
      usp: {
        verdict: (facts) => usp.verdict(facts.fromId === facts.ownId ? { ...facts, fromId: facts.controllerId } : facts),
      },
    }),
  },
  {
    id: "usp-trust-roles-unseen",
    phone: "A phone whose controllers have no AssignedRole to look at.",
    breaks: "TR-369:R-SEC.1a",
    caught: {
      "usp.trust.assigned-role": ["TR-369:R-SEC.1a"],
      "usp.supported-dm.subtree": ["TP-469:1.72#subtree"],
      "usp.supported-dm.whole-model": ["TP-469:1.76#whole-model"],
    },
    rig: "generic",
    change: ({ usp }) => ({
      usp: { toldNames: (names, of) => usp.toldNames(names, of).filter((name) => name !== "AssignedRole") },
    }),
  },
  {
    id: "usp-trust-no-untrusted",
    phone: "A phone that gives no role to a controller which has none.",
    breaks: "TP-469:2.9#untrusted",
    caught: { "usp.trust.untrusted": ["TP-469:2.9#untrusted"], "usp.trust.self-signed": ["TR-369:R-SEC.6"] },
    rig: "generic",
    change: () => ({ usp: { untrusted: () => "" } }),
  },
  {
    id: "usp-trust-roles-once",
    phone: "A phone that leaves a controller the role that it has been given first.",
    breaks: "TR-369:R-SEC.7",
    caught: { "usp.trust.self-signed": ["TR-369:R-SEC.7"] },
    rig: "generic",
    change: ({ usp }) => ({
      usp: { mayWrite: (access, isNew, name) => usp.mayWrite(name === "AssignedRole" ? "once" : access, isNew, name) },
    }),
  },
  {
    id: "usp-trust-fixed-names",
    phone: "A phone that lets no controller choose the Name of a new instance.",
    breaks: "TP-469:2.10#created",
    caught: { "usp.trust.role-added": ["TP-469:2.10#created"] },
    rig: "generic",
    change: ({ usp }) => ({
      usp: { mayWrite: (access, isNew, name) => usp.mayWrite(isNew && name === "Name" ? "read" : access, isNew, name) },
    }),
  },
  {
    id: "usp-trust-first-role",
    phone: "A phone that knows but the first role of a controller.",
    breaks: "TR-369:SEC#union",
    caught: { "usp.trust.union": ["TR-369:SEC#union"] },
    rig: "generic",
    change: ({ usp }) => ({ usp: { rolesOf: (assigned, inherited) => usp.rolesOf(assigned, inherited).slice(0, 1) } }),
  },
  {
    id: "usp-trust-no-secrets",
    phone: "A phone that shows secured values to every controller that may read them.",
    breaks: "TP-469:2.27#hidden",
    caught: { "usp.trust.secured": ["TP-469:2.27#hidden"] },
    rig: "generic",
    change: () => ({ usp: { showsSecured: () => true } }),
  },
  {
    id: "usp-trust-all-secret",
    phone: "A phone that shows secured values to nobody.",
    breaks: "TP-469:2.27#shown",
    caught: { "usp.trust.secured": ["TP-469:2.27#shown"] },
    rig: "generic",
    change: () => ({ usp: { showsSecured: () => false } }),
  },
  {
    id: "usp-trust-nothing-gained",
    phone: "A phone that gives a controller nothing for meeting a challenge.",
    breaks: "TR-369:SEC#challenge",
    caught: { "usp.trust.challenge": ["TR-369:SEC#challenge"] },
    rig: "generic",
    change: () => ({ usp: { elevated: (assigned) => assigned } }),
  },
  {
    id: "usp-trust-any-answer",
    phone: "A phone that takes any answer to a challenge that is as long as the right one.",
    breaks: "TR-369:SEC#challenge",
    caught: { "usp.trust.challenge": ["TR-369:SEC#challenge"] },
    rig: "generic",
    change: ({ usp }) => ({
      usp: { meetsChallenge: (value, given) => usp.meetsChallenge(value, given.subarray(0, value.length)) },
    }),
  },
  {
    id: "usp-trust-endless-tries",
    phone: "A phone that lets a challenge be tried without end.",
    breaks: "TR-369:R-SEC.16",
    caught: {
      "usp.trust.challenge-limited": ["TR-369:R-SEC.16"],
      "usp.trust.challenge-locked": ["TR-369:R-SEC.17"],
    },
    rig: "generic",
    change: () => ({ usp: { locksOut: () => false } }),
  },
  {
    id: "usp-trust-short-lockout",
    phone: "A phone that takes the seconds of LockoutPeriod for tenths.",
    breaks: "TR-369:R-SEC.17",
    caught: { "usp.trust.challenge-locked": ["TR-369:R-SEC.17"] },
    rig: "generic",
    change: ({ usp }) => ({ usp: { lockout: (seconds) => usp.lockout(seconds) / 10 } }),
  },
];
