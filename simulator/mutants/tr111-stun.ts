import type { Mutant } from "./mutant.ts";

/** Phones that find their binding wrongly: TR-111 Part 2, 2.2.1.1 and 2.2.1.3. */
export const tr111StunMutants: readonly Mutant[] = [
  {
    id: "stun-never",
    phone: "A phone that does not use STUN, whatever STUNEnable says.",
    breaks: "TR-111:2.2.1.1#binding-requests",
    rig: "cwmp-lan",
    caught: { "tr111.stun.enabled": ["TR-111:2.2.1.1#binding-requests"] },
    change: () => ({ stun: { isEnabled: () => false } }),
  },
  {
    id: "stun-trailing-octets",
    phone: "A phone that has leftovers of its first Binding Request behind the second one.",
    breaks: "RFC-3489:11.1#form",
    rig: "cwmp-lan",
    caught: { "tr111.stun.enabled": ["RFC-3489:11.1#form"] },
    change: ({ stun }) => ({
      stun: {
        asSent: (octets, purpose, number) =>
          purpose === "keep-alive" && number === 1
            ? Buffer.concat([octets, octets.subarray(16)])
            : stun.asSent(octets, purpose, number),
      },
    }),
  },
  {
    id: "stun-goes-on-disabled",
    phone: "A phone that goes on with Binding Requests for a quarter of a minute when STUN is switched off.",
    breaks: "TR-111:2.2.4#stun-disabled",
    rig: "cwmp-lan",
    caught: { "tr111.stun.disabled": ["TR-111:2.2.4#stun-disabled"] },
    change: () => ({ stun: { goesOnFor: () => 15 } }),
  },
  {
    id: "stun-no-default-server",
    phone: "A phone that uses no STUN server as long as STUNServerAddress is empty.",
    breaks: "TR-111:2.2.1.1#default-server",
    rig: "cwmp-lan",
    caught: { "tr111.stun.default-server": ["TR-111:2.2.1.1#default-server"] },
    change: ({ stun }) => ({ stun: { server: (given) => stun.server({ ...given, acsUrl: "" }) } }),
  },
  {
    id: "stun-first-server",
    phone: "A phone that stays with the port that STUNServerPort named when STUN was switched on.",
    breaks: "TR-111:2.2.1.1#server-changed",
    rig: "cwmp-lan",
    caught: { "tr111.stun.server-changed": ["TR-111:2.2.1.1#server-changed"] },
    change: () => ({ stun: { beginsAnewFor: (changed) => changed !== "port" } }),
  },
  {
    id: "stun-transaction-ids-repeat",
    phone: "A phone that has four transaction ids, and takes them in turn.",
    breaks: "RFC-3489:11.1#transaction-id",
    rig: "cwmp-lan",
    caught: { "tr111.stun.transaction-ids": ["RFC-3489:11.1#transaction-id"] },
    change: () => ({ stun: { transactionId: (_random, number) => Buffer.alloc(16, number % 4) } }),
  },
  {
    id: "stun-any-response",
    phone: "A phone that takes any Binding Response for the answer to its own request.",
    breaks: "RFC-3489:11.1#unasked-response",
    rig: "cwmp-lan",
    caught: { "tr111.stun.unasked-response": ["RFC-3489:11.1#unasked-response"] },
    change: () => ({ stun: { isAnswerTo: () => true } }),
  },
  {
    id: "stun-compares-ports",
    phone: "A phone that tells a NAT by another port alone.",
    breaks: "TR-111:2.2.1.1#translation",
    rig: "cwmp-lan",
    caught: { "tr111.stun.address-translated": ["TR-111:2.2.1.1#translation"] },
    change: () => ({ stun: { isTranslated: (local, mapped) => local.port !== mapped.port } }),
  },
  {
    id: "stun-compares-addresses",
    phone: "A phone that tells a NAT by another address alone.",
    breaks: "TR-111:2.2.1.1#translation",
    rig: "cwmp-lan",
    caught: { "tr111.stun.port-translated": ["TR-111:2.2.1.1#translation"] },
    change: () => ({ stun: { isTranslated: (local, mapped) => local.address !== mapped.address } }),
  },
  {
    id: "stun-nat-always",
    phone: "A phone that says that there is a NAT as soon as a STUN server has answered.",
    breaks: "TR-111:2.2.1.3#no-nat",
    rig: "cwmp-lan",
    caught: { "tr111.stun.no-nat": ["TR-111:2.2.1.3#no-nat"] },
    change: () => ({ stun: { natDetected: (binding) => binding !== undefined } }),
  },
  {
    id: "stun-no-address-without-nat",
    phone: "A phone that leaves UDPConnectionRequestAddress empty where it has found no NAT.",
    breaks: "TR-111:2.2.1.3#local-address",
    rig: "cwmp-lan",
    caught: { "tr111.stun.no-nat": ["TR-111:2.2.1.3#local-address"] },
    change: ({ stun }) => ({
      stun: {
        requestAddress: (local, binding, shown) =>
          binding?.translated === false ? "" : stun.requestAddress(local, binding, shown),
      },
    }),
  },
  {
    id: "stun-nat-for-ever",
    phone: "A phone that holds on to a NAT that it has found once.",
    breaks: "TR-111:2.2.1.1#determined-again",
    rig: "cwmp-lan",
    caught: { "tr111.stun.nat-gone": ["TR-111:2.2.1.1#determined-again"] },
    change: ({ stun }) => ({
      stun: {
        bindingAfter: (before, told, from) =>
          before?.translated === true && !told.translated ? before : stun.bindingAfter(before, told, from),
      },
    }),
  },
  {
    id: "stun-nat-detected-stays",
    phone: "A phone that leaves NATDetected as it was when STUN is switched off.",
    breaks: "TR-111:2.2.4#nat-detected-disabled",
    rig: "cwmp-lan",
    caught: { "tr111.stun.nat-not-detected-when-disabled": ["TR-111:2.2.4#nat-detected-disabled"] },
    change: ({ stun }) => ({
      stun: { natDetected: (binding, shown) => (binding === undefined ? shown : stun.natDetected(binding, shown)) },
    }),
  },
  {
    id: "stun-address-stays",
    phone: "A phone that leaves UDPConnectionRequestAddress as it was when STUN is switched off.",
    breaks: "TR-111:2.2.4#local-address-disabled",
    rig: "cwmp-lan",
    caught: { "tr111.stun.nat-not-detected-when-disabled": ["TR-111:2.2.4#local-address-disabled"] },
    change: ({ stun }) => ({
      stun: {
        requestAddress: (local, binding, shown) =>
          binding === undefined && shown !== "" ? shown : stun.requestAddress(local, binding, shown),
      },
    }),
  },
];
