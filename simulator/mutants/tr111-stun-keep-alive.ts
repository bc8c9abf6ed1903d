import type { Mutant } from "./mutant.ts";

/** Phones that keep their binding too often, too seldom or without testing it: TR-111 Part 2, 2.2.1.2. */
export const tr111StunKeepAliveMutants: readonly Mutant[] = [
  {
    id: "stun-too-often",
    phone: "A phone that keeps its binding alive four times in the time of three.",
    breaks: "TR-111:2.2.1.2#minimum-period",
    rig: "cwmp-lan",
    caught: {
      "tr111.stun.keep-alive": ["TR-111:2.2.1.2#minimum-period"],
      "tr111.stun.keep-alive-changed": ["TR-111:2.2.1.2#period-applied"],
    },
    change: ({ stun }) => ({ stun: { keepAliveAfter: (periods) => 0.75 * stun.keepAliveAfter(periods) } }),
  },
  {
    id: "stun-too-seldom",
    phone: "A phone that adds two seconds to its keep-alive period.",
    breaks: "TR-111:2.2.1.2#maximum-period",
    rig: "cwmp-lan",
    caught: {
      "tr111.stun.keep-alive": ["TR-111:2.2.1.2#maximum-period"],
      "tr111.stun.keep-alive-changed": ["TR-111:2.2.1.2#period-applied"],
    },
    change: ({ stun }) => ({ stun: { keepAliveAfter: (periods) => stun.keepAliveAfter(periods) + 2 } }),
  },
  {
    id: "stun-first-periods",
    phone: "A phone that goes by the periods that were set when STUN was switched on.",
    breaks: "TR-111:2.2.1.2#period-applied",
    rig: "cwmp-lan",
    caught: { "tr111.stun.keep-alive-changed": ["TR-111:2.2.1.2#period-applied"] },
    change: () => ({ stun: { periodsInForce: (_now, atFirst) => atFirst } }),
  },
  {
    id: "stun-search-below-minimum",
    phone: "A phone that tests its binding earlier than it means to.",
    breaks: "TR-111:2.2.1.2#within-minimum",
    rig: "cwmp-lan",
    caught: { "tr111.stun.keep-alive-bounds": ["TR-111:2.2.1.2#within-minimum"] },
    change: ({ stun }) => ({ stun: { probeAfter: (search) => 0.4 * stun.probeAfter(search) } }),
  },
  {
    id: "stun-search-above-maximum",
    phone: "A phone that looks for the longest period up to ten minutes, whatever the maximum is.",
    breaks: "TR-111:2.2.1.2#within-maximum",
    rig: "cwmp-lan",
    caught: { "tr111.stun.keep-alive-bounds": ["TR-111:2.2.1.2#within-maximum"] },
    change: ({ stun }) => ({ stun: { searchBegins: (periods) => stun.searchBegins({ ...periods, maximum: -1 }) } }),
  },
  {
    id: "stun-one-port",
    phone: "A phone that tests its binding from the port of the binding.",
    breaks: "TR-111:2.2.1.2#secondary-port",
    rig: "cwmp-lan",
    caught: {
      "tr111.stun.keep-alive-bounds": ["TR-111:2.2.1.2#within-minimum"],
      "tr111.stun.timeout-discovery": ["TR-111:2.2.1.2#secondary-port"],
      "tr111.stun.timeout-learnt": ["TR-111:2.2.1.2#longest-period"],
    },
    change: () => ({ stun: { sourceOf: () => "primary" } }),
  },
  {
    id: "stun-response-address-local",
    phone: "A phone that has the response to its test sent to its own address.",
    breaks: "TR-111:2.2.1.2#response-address",
    rig: "cwmp-lan",
    caught: {
      "tr111.stun.timeout-discovery": ["TR-111:2.2.1.2#response-address"],
      "tr111.stun.timeout-learnt": ["TR-111:2.2.1.2#longest-period"],
    },
    change: ({ stun }) => ({
      stun: { responseAddress: (plan) => stun.responseAddress(plan) && { address: "127.0.0.1", port: 9 } },
    }),
  },
  {
    id: "stun-mark-everywhere",
    phone: "A phone that has CONNECTION-REQUEST-BINDING in the requests of its other port, too.",
    breaks: "TR-111:2.2.1.3#not-from-secondary",
    rig: "cwmp-lan",
    caught: { "tr111.stun.timeout-discovery": ["TR-111:2.2.1.3#not-from-secondary"] },
    change: ({ stun }) => ({
      stun: { connectionRequestBinding: (plan) => stun.connectionRequestBinding({ ...plan, source: "primary" }) },
    }),
  },
  {
    id: "stun-change-from-secondary",
    phone: "A phone that has BINDING-CHANGE in the requests by which it tests its binding.",
    breaks: "TR-111:2.2.1.3#no-change-from-secondary",
    rig: "cwmp-lan",
    caught: { "tr111.stun.timeout-discovery": ["TR-111:2.2.1.3#no-change-from-secondary"] },
    change: () => ({ stun: { bindingChange: ({ purpose }) => (purpose === "keep-alive" ? undefined : "") } }),
  },
  {
    id: "stun-no-search",
    phone: "A phone that takes the maximum for its keep-alive period, and tests no other.",
    breaks: "TR-111:2.2.1#kept-alive",
    rig: "cwmp-lan",
    caught: {
      "tr111.stun.timeout-discovery": ["TR-111:2.2.1.2#secondary-port"],
      "tr111.stun.timeout-learnt": ["TR-111:2.2.1#kept-alive"],
    },
    change: () => ({ stun: { searches: () => false } }),
  },
  {
    id: "stun-minimum-always",
    phone: "A phone that keeps its binding alive at the minimum once it has tested it.",
    breaks: "TR-111:2.2.1.2#longest-period",
    rig: "cwmp-lan",
    caught: { "tr111.stun.timeout-learnt": ["TR-111:2.2.1.2#longest-period"] },
    change: () => ({ stun: { afterProbe: (_search, _waited, _alive, { minimum }) => ({ lives: minimum, gone: minimum }) } }),
  },
  {
    id: "stun-ends-with-silence",
    phone: "A phone that gives STUN up when a Binding Request that keeps its binding is not answered.",
    breaks: "TR-111:2.2.1.2#kept-after-silence",
    rig: "cwmp-lan",
    caught: { "tr111.stun.server-silent": ["TR-111:2.2.1.2#kept-after-silence"] },
    change: () => ({ stun: { goesOnAfterFailure: (purpose) => purpose === "change" } }),
  },
];
