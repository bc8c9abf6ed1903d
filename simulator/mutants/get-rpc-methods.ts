import type { Mutant } from "./mutant.ts";

/** Phones that tell wrongly which methods they have, or do not know how to say no to one (TR-069 A.3.1.1, 3.5). */
export const getRpcMethodsMutants: readonly Mutant[] = [
  {
    id: "methods-tables-unlisted",
    phone: "A phone that leaves AddObject and DeleteObject out of its list of methods.",
    breaks: "TR-069:A.3.1.1#all-supported",
    caught: { "cwmp.get-rpc-methods.mandatory-methods": ["TR-069:A.3.1.1#all-supported"] },
    change: () => ({ rpc: { listedMethods: (supported) => supported.filter((method) => !method.endsWith("Object")) } }),
  },
  {
    id: "methods-empty-list",
    phone: "A phone that answers GetRPCMethods with an empty list.",
    breaks: "TR-069:A.3.1.1#all-supported",
    caught: {
      "cwmp.get-rpc-methods.mandatory-methods": ["TR-069:A.3.1.1#all-supported"],
      "cwmp.get-rpc-methods.listed-methods-work": ["TR-069:A.3.1.1#only-supported"],
      "cwmp.get-rpc-methods.no-acs-methods": ["TR-069:A.3.1.1#no-acs-methods"],
      "cwmp.get-rpc-methods.vendor-names": ["TR-069:A.3.1.1#vendor-names"],
      "cwmp.acs-messages.empty-element-tag": ["XML:1.0-3.1#empty-element-tag"],
      "snom.vendor-methods.listed": ["SNOM-TR-069:GetRPCMethods#vendor-methods"],
    },
    change: () => ({ rpc: { listedMethods: () => [] } }),
  },
  {
    id: "methods-listed-without-code",
    phone: "A phone that lists GetOptions, which its firmware was built without.",
    breaks: "TR-069:A.3.1.1#only-supported",
    caught: { "cwmp.get-rpc-methods.listed-methods-work": ["TR-069:A.3.1.1#only-supported"] },
    change: () => ({ rpc: { listedMethods: (supported) => [...supported, "GetOptions"] } }),
  },
  {
    id: "methods-own-calls-listed",
    phone: "A phone that lists the methods which it calls at the ACS as well.",
    breaks: "TR-069:A.3.1.1#no-acs-methods",
    caught: { "cwmp.get-rpc-methods.no-acs-methods": ["TR-069:A.3.1.1#no-acs-methods"] },
    change: () => ({ rpc: { listedMethods: (supported) => [...supported, "Inform", "TransferComplete"] } }),
  },
  {
    id: "methods-guide-spelling",
    phone: "A phone that lists its vendor's methods as X-snom-Customize and X-snom-Minibrowser.",
    breaks: "TR-069:A.3.1.1#vendor-names",
    caught: { "cwmp.get-rpc-methods.vendor-names": ["TR-069:A.3.1.1#vendor-names"] },
    change: () => ({
      rpc: { listedMethods: (supported) => supported.map((method) => method.replace(/^X_000413_/, "X-snom-")) },
    }),
  },
  {
    id: "methods-unknown-9003",
    phone: "A phone that answers a method which it does not have with fault 9003.",
    breaks: "TR-069:3.5#unsupported-method",
    caught: {
      "cwmp.faults.unsupported-method": ["TR-069:3.5#unsupported-method"],
      "snom.vendor-methods.unknown": ["TR-069:3.5#unsupported-method"],
      "snom.vendor-methods.standard-name": ["SNOM:rpc-methods#prefix"],
    },
    quirk: "M57",
    change: () => ({ rpc: { unknownMethod: () => 9003 } }),
  },
  {
    id: "methods-unknown-answered",
    phone: "A phone that answers a method which it does not have with a response that has nothing in it.",
    breaks: "TR-069:3.5#unsupported-method",
    caught: {
      "cwmp.faults.unsupported-method": ["TR-069:3.5#unsupported-method"],
      "snom.vendor-methods.unknown": ["TR-069:3.5#unsupported-method"],
      "snom.vendor-methods.standard-name": ["SNOM:rpc-methods#prefix"],
    },
    change: () => ({ rpc: { unknownMethod: () => undefined } }),
  },
  {
    id: "methods-unknown-stalls",
    phone: "A phone that drops the session after it was asked for a method which it does not have.",
    breaks: "TR-069:3.7.1.4#after-own-fault",
    caught: {
      "cwmp.faults.session-goes-on": ["TR-069:3.7.1.4#after-own-fault"],
      "snom.vendor-methods.unknown": ["TR-069:3.5#unsupported-method"],
      "snom.vendor-methods.standard-name": ["SNOM:rpc-methods#prefix"],
    },
    quirk: "M57",
    change: () => ({ session: { endsAfterOwnFault: (code) => code === 9000 } }),
  },
];
