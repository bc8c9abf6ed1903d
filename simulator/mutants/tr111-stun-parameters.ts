import type { Mutant } from "./mutant.ts";

/** Phones with other parameters than UDPConnReq:1 has, or that do what they do not claim: TR-111 Part 2, 2.2.4. */
export const tr111StunParametersMutants: readonly Mutant[] = [
  {
    id: "stun-no-nat-detected",
    phone: "A phone that does not list NATDetected.",
    breaks: "TR-111:2.2.4.2#present",
    rig: "cwmp-lan",
    caught: { "tr111.stun.parameters": ["TR-111:2.2.4.2#present"] },
    change: ({ rpc }) => ({
      rpc: { listedNames: (found, path) => rpc.listedNames(found, path).filter(({ name }) => !name.endsWith(".NATDetected")) },
    }),
  },
  {
    id: "stun-port-read-only",
    phone: "A phone that calls STUNServerPort read-only.",
    breaks: "TR-111:2.2.4.2#writable",
    rig: "cwmp-lan",
    caught: { "tr111.stun.parameters": ["TR-111:2.2.4.2#writable"] },
    change: ({ rpc }) => ({
      rpc: {
        listedWritable: (node, attributes) => !node.name.endsWith(".STUNServerPort") && rpc.listedWritable(node, attributes),
      },
    }),
  },
  {
    id: "stun-maximum-unsigned",
    phone: "A phone whose STUNMaximumKeepAlivePeriod is an unsignedInt, though it can be -1.",
    breaks: "TR-111:2.2.4#types",
    rig: "cwmp-lan",
    caught: { "tr111.stun.parameters": ["TR-111:2.2.4#types"] },
    change: () => ({
      rpc: { answeredType: (name, type) => (name.endsWith(".STUNMaximumKeepAlivePeriod") ? "unsignedInt" : type) },
    }),
  },
  {
    id: "stun-password-shown",
    phone: "A phone that shows passwords that are longer than eight characters.",
    breaks: "TR-111:2.2.4#password-hidden",
    rig: "cwmp-lan",
    caught: { "tr111.stun.password-hidden": ["TR-111:2.2.4#password-hidden"] },
    change: () => ({ model: { shownHidden: (value) => (value.length > 8 ? value : "") } }),
  },
  {
    id: "stun-period-not-notifiable",
    phone: "A phone that refuses active notification for its keep-alive periods.",
    breaks: "TR-111:2.2.4.1#notification",
    rig: "cwmp-lan",
    caught: { "tr111.stun.notifiable": ["TR-111:2.2.4.1#notification"] },
    change: ({ rpc }) => ({
      rpc: {
        refusesNotification: (node, notification, path) =>
          (node.name.endsWith("KeepAlivePeriod") && notification === 2) || rpc.refusesNotification(node, notification, path),
      },
    }),
  },
  {
    id: "snom-stun-parameters",
    phone: "A phone that takes values for parameters of STUN that it does not have.",
    breaks: "TR-111:2.2.4#not-claimed",
    rig: "snom-lan",
    caught: { "tr111.stun.absent-parameters": ["TR-111:2.2.4#not-claimed"] },
    change: ({ rpc }) => ({
      rpc: { unknownParameter: (name) => (name.includes(".STUN") ? undefined : rpc.unknownParameter(name)) },
    }),
  },
  {
    id: "snom-stun-sent",
    phone: "A phone that looks for a STUN server at its ACS, though it claims no part of this.",
    breaks: "TR-111:2.2.4#never-sent",
    rig: "snom-lan",
    caught: { "tr111.stun.never-sent": ["TR-111:2.2.4#never-sent"] },
    change: () => ({ stun: { presence: () => "always on" } }),
  },
];
