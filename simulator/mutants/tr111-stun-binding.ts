import type { Mutant } from "./mutant.ts";

/** Phones that tell their STUN server of the binding wrongly: TR-111 Part 2, 2.2.1.3. */
export const tr111StunBindingMutants: readonly Mutant[] = [
  {
    id: "stun-mark-with-changes",
    phone: "A phone that has CONNECTION-REQUEST-BINDING only where it tells of a change.",
    breaks: "TR-111:2.2.1.3#connection-request-binding",
    rig: "cwmp-lan",
    caught: { "tr111.stun.connection-request-binding": ["TR-111:2.2.1.3#connection-request-binding"] },
    change: ({ stun }) => ({
      stun: { connectionRequestBinding: (plan) => (plan.purpose === "change" ? stun.connectionRequestBinding(plan) : undefined) },
    }),
  },
  {
    id: "stun-mark-nul",
    phone: "A phone that ends CONNECTION-REQUEST-BINDING with NUL in place of the space.",
    breaks: "TR-111:2.2.1.3#binding-value",
    rig: "cwmp-lan",
    caught: { "tr111.stun.connection-request-binding": ["TR-111:2.2.1.3#binding-value"] },
    change: ({ stun }) => ({
      stun: { connectionRequestBinding: (plan) => stun.connectionRequestBinding(plan)?.replace(" ", "\0") },
    }),
  },
  {
    id: "stun-username-when-signed",
    phone: "A phone that has USERNAME only in requests that it signs.",
    breaks: "TR-111:2.2.1.3#username",
    rig: "cwmp-lan",
    caught: { "tr111.stun.username": ["TR-111:2.2.1.3#username"] },
    change: ({ stun }) => ({ stun: { username: (plan) => (plan.signed ? stun.username(plan) : undefined) } }),
  },
  {
    id: "stun-username-unfilled",
    phone: "A phone that does not fill USERNAME up.",
    breaks: "TR-069:G.2.1.3#username-padded",
    rig: "cwmp-lan",
    caught: { "tr111.stun.username": ["TR-069:G.2.1.3#username-padded"] },
    change: () => ({ stun: { usernameOctets: (username) => Buffer.from(username) } }),
  },
  {
    id: "stun-first-untold",
    phone: "A phone that does not tell of its first binding by BINDING-CHANGE.",
    breaks: "TR-111:2.2.1.3#first-binding",
    rig: "cwmp-lan",
    caught: { "tr111.stun.first-binding": ["TR-111:2.2.1.3#first-binding"] },
    change: ({ stun }) => ({
      stun: { announces: (before, now, told) => before !== undefined && stun.announces(before, now, told) },
    }),
  },
  {
    id: "stun-change-told-again",
    phone: "A phone that tells of a new binding twice.",
    breaks: "TR-111:2.2.1.3#change-only",
    rig: "cwmp-lan",
    caught: { "tr111.stun.first-binding": ["TR-111:2.2.1.3#change-only"] },
    change: ({ stun }) => ({ stun: { announces: (before, now, told) => told === 1 || stun.announces(before, now, told) } }),
  },
  {
    id: "stun-change-with-response-address",
    phone: "A phone that has RESPONSE-ADDRESS beside BINDING-CHANGE.",
    breaks: "TR-111:2.2.1.3#change-form",
    rig: "cwmp-lan",
    caught: { "tr111.stun.first-binding": ["TR-111:2.2.1.3#change-form"] },
    change: () => ({ stun: { responseAddress: ({ purpose, mapped }) => (purpose === "keep-alive" ? undefined : mapped) } }),
  },
  {
    id: "stun-change-untold",
    phone: "A phone that tells of its first binding by BINDING-CHANGE, and of no later one.",
    breaks: "TR-111:2.2.1.3#binding-changed",
    rig: "cwmp-lan",
    caught: { "tr111.stun.binding-changed": ["TR-111:2.2.1.3#binding-changed"] },
    change: ({ stun }) => ({
      stun: { announces: (before, now, told) => before === undefined && stun.announces(before, now, told) },
    }),
  },
  {
    id: "stun-change-once",
    phone: "A phone that sends a request with BINDING-CHANGE once, and no copies of it.",
    breaks: "TR-111:2.2.1.3#change-repeated",
    rig: "cwmp-lan",
    caught: { "tr111.stun.change-repeated": ["TR-111:2.2.1.3#change-repeated"] },
    change: ({ stun }) => ({
      stun: { schedule: (purpose) => ({ ...stun.schedule(purpose), ...(purpose === "change" ? { copies: [] } : {}) }) },
    }),
  },
  {
    id: "stun-change-evenly",
    phone: "A phone that sends the copies of a request with BINDING-CHANGE once a second.",
    breaks: "RFC-3489:9.3#intervals",
    rig: "cwmp-lan",
    caught: { "tr111.stun.change-repeated": ["RFC-3489:9.3#intervals"] },
    change: ({ stun }) => ({
      stun: {
        schedule: (purpose) =>
          purpose === "change"
            ? { copies: [1, 2, 3, 4, 5, 6, 7, 8].map((second) => 1000 * second), failed: 9500 }
            : stun.schedule(purpose),
      },
    }),
  },
  {
    id: "stun-change-without-end",
    phone: "A phone that tells of its binding until it is answered.",
    breaks: "TR-111:2.2.1.3#change-given-up",
    rig: "cwmp-lan",
    caught: { "tr111.stun.change-given-up": ["TR-111:2.2.1.3#change-given-up"] },
    change: () => ({ stun: { announcesAgain: () => true } }),
  },
  {
    id: "stun-ends-with-change",
    phone: "A phone that gives STUN up when a request with BINDING-CHANGE is not answered.",
    breaks: "TR-111:2.2.1.2#kept-after-failure",
    rig: "cwmp-lan",
    caught: { "tr111.stun.change-given-up": ["TR-111:2.2.1.2#kept-after-failure"] },
    change: () => ({ stun: { goesOnAfterFailure: (purpose) => purpose !== "change" } }),
  },
];
