import type { Variant } from "./variant.ts";

const rig = "cwmp-lan";

/** SOFTWARE of later versions of STUN: an optional attribute, which a server of RFC 3489 passes over. */
const SOFTWARE = 0x8022;

/** Seconds by which a phone lengthens the time that it leaves its binding alone, and how near it wants to come. */
const STEP = 10;
const NEAR_ENOUGH = 5;

/** Phones that use STUN, and hear connection requests over UDP, their own way: TR-111 Part 2, TR-069 Annex G. */
export const stunVariants: readonly Variant[] = [
  {
    id: "stun-attributes-backwards",
    phone: "A phone that sends the attributes of its Binding Requests in another order.",
    clause: "RFC 3489, 11.2: no order is asked for",
    rig,
    change: ({ stun }) => ({ stun: { ordered: (attributes) => stun.ordered(attributes).toReversed() } }),
  },
  {
    id: "stun-software",
    phone: "A phone that has an optional attribute more in its Binding Requests.",
    clause: "RFC 3489, 11.2: types above 0x7FFF are optional",
    rig,
    change: () => ({ stun: { otherAttributes: () => [{ type: SOFTWARE, value: Buffer.from("CPE 1.0 ") }] } }),
  },
  {
    id: "stun-username-everywhere",
    phone: "A phone that has USERNAME in the requests that test its binding, too.",
    clause: "TR-111, 2.2.1.3: asked for in those of the primary port, forbidden nowhere",
    rig,
    change: () => ({ stun: { username: ({ username }) => (username === "" ? undefined : username) } }),
  },
  {
    id: "stun-new-secondary-port",
    phone: "A phone that tests its binding from another port each time.",
    clause: "TR-111, 2.2.1.2: a port distinct from the primary one",
    rig,
    change: () => ({ stun: { takesNewSecondary: () => true } }),
  },
  {
    id: "stun-search-in-steps",
    phone: "A phone that leaves its binding alone ten seconds longer with each test, until it is gone.",
    clause: "TR-111, 2.2.1.2: the procedure is for the vendor to choose",
    rig,
    change: () => ({
      stun: {
        probeAfter: ({ lives, gone }) =>
          Math.max(1, gone - lives <= NEAR_ENOUGH ? lives : Math.min(lives + STEP, (lives + gone) / 2)),
      },
    }),
  },
  {
    id: "stun-keep-alive-once",
    phone: "A phone that does not repeat Binding Requests that keep its binding.",
    clause: "RFC 3489, 9.3: clients SHOULD retransmit; TR-111, 2.2.1.3: a duty for BINDING-CHANGE alone",
    rig,
    change: ({ stun }) => ({
      stun: { schedule: (purpose) => (purpose === "keep-alive" ? { copies: [], failed: 1_600 } : stun.schedule(purpose)) },
    }),
  },
  {
    id: "stun-tells-without-nat",
    phone: "A phone that tells of its first binding by BINDING-CHANGE where there is no NAT, too.",
    clause: "TR-111, 2.2.1.3: the first time it determines the binding",
    rig,
    change: ({ stun }) => ({
      stun: { announces: (before, now, told) => before === undefined || stun.announces(before, now, told) },
    }),
  },
  {
    id: "stun-port-80-left-out",
    phone: "A phone that leaves the port 80 out of UDPConnectionRequestAddress.",
    clause: "TR-111, 2.2.4: the second form MAY be used for port 80",
    rig,
    change: ({ stun }) => ({
      stun: { requestAddress: (local, binding, shown) => stun.requestAddress(local, binding, shown).replace(/:80$/, "") },
    }),
  },
  {
    id: "stun-notifies-later",
    phone: "A phone that waits five seconds for further changes before it notifies of its binding.",
    clause: "TR-111, 2.2.1.3: it MAY delay at its discretion",
    rig,
    change: ({ stun }) => ({
      stun: {
        notificationDelay(sinceLast, limit, isActive) {
          const delay = stun.notificationDelay(sinceLast, limit, isActive);
          return delay !== undefined && isActive ? delay + 5 : delay;
        },
      },
    }),
  },
  {
    id: "stun-record-kept",
    phone: "A phone that remembers the last connection request over UDP across a reboot.",
    clause: "TR-111, 2.2.1.4: it MAY",
    rig,
    change: () => ({ stun: { recordAfterBoot: (record) => record } }),
  },
];
