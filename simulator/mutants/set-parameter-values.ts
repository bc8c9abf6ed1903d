import type { Mutant } from "./mutant.ts";

const METHOD = "SetParameterValues";

/** Phones that do not do what SetParameterValues tells them (TR-069 A.3.2.1). */
export const setParameterValuesMutants: readonly Mutant[] = [
  {
    id: "spv-status-2",
    phone: "A phone that answers SetParameterValues with Status 2.",
    breaks: "TR-069:A.3.2.1#set",
    caught: {
      "cwmp.set-parameter-values.one": ["TR-069:A.3.2.1#set"],
      "cwmp.soap.schema-types": ["TR-069:A.2.2#schema-types"],
    },
    change: () => ({ rpc: { setStatus: () => 2 } }),
  },
  {
    id: "spv-first-alone",
    phone: "A phone that takes the first of several values and says that it has taken all.",
    breaks: "TR-069:A.3.2.1#set-several",
    caught: { "cwmp.set-parameter-values.several": ["TR-069:A.3.2.1#set-several"] },
    change: () => ({ rpc: { written: (good) => good.slice(0, 1) } }),
  },
  {
    id: "spv-forgotten-at-boot",
    phone: "A phone that keeps what the ACS has set until it reboots.",
    breaks: "TR-069:A.3.2.1#persistent",
    caught: {
      "cwmp.set-parameter-values.persistent": ["TR-069:A.3.2.1#persistent"],
      "snom.map-values.static-persistent": ["TR-069:A.3.2.1#persistent"],
    },
    change: () => ({ model: { valuesAfterBoot: (_values, before) => ({ ...before }) } }),
  },
  {
    id: "spv-key-never-set",
    phone: "A phone that does not keep the ParameterKey of SetParameterValues.",
    breaks: "TR-069:A.3.2.1#parameter-key",
    caught: {
      "cwmp.set-parameter-values.parameter-key": ["TR-069:A.3.2.1#parameter-key"],
      "cwmp.set-parameter-values.empty-list": ["TR-069:A.3.2.1#empty-list"],
      "cwmp.set-parameter-values.longest-key": ["TR-069:A.3.2.1#longest-key"],
    },
    quirk: "M50",
    change: ({ rpc }) => ({
      rpc: {
        parameterKey: (before, given, succeeded, method) =>
          method === METHOD ? before : rpc.parameterKey(before, given, succeeded, method),
      },
    }),
  },
  {
    id: "spv-key-set-by-failure",
    phone: "A phone that takes the ParameterKey of a SetParameterValues that it refuses.",
    breaks: "TR-069:A.3.2.1#parameter-key-kept",
    caught: { "cwmp.set-parameter-values.parameter-key-kept": ["TR-069:A.3.2.1#parameter-key-kept"] },
    change: ({ rpc }) => ({
      rpc: {
        parameterKey: (before, given, succeeded, method) =>
          rpc.parameterKey(before, given, succeeded || method === METHOD, method),
      },
    }),
  },
  {
    id: "spv-empty-list-refused",
    phone: "A phone that refuses a SetParameterValues without parameters.",
    breaks: "TR-069:A.3.2.1#empty-list",
    caught: { "cwmp.set-parameter-values.empty-list": ["TR-069:A.3.2.1#empty-list"] },
    change: () => ({ rpc: { emptyParameterList: () => 9003 } }),
  },
  {
    id: "spv-empty-key-ignored",
    phone: "A phone that keeps its ParameterKey when it is given an empty one.",
    breaks: "TR-069:A.3.2.1#empty-key",
    caught: { "cwmp.set-parameter-values.empty-key": ["TR-069:A.3.2.1#empty-key"] },
    change: ({ rpc }) => ({
      rpc: {
        parameterKey: (before, given, succeeded, method) =>
          rpc.parameterKey(before, given === "" && method === METHOD ? before : given, succeeded, method),
      },
    }),
  },
  {
    id: "spv-key-counted-in-octets",
    phone: "A phone that counts the 32 characters of a key in octets.",
    breaks: "TR-069:A.3.2.1#longest-key",
    caught: { "cwmp.set-parameter-values.longest-key": ["TR-069:A.3.2.1#longest-key"] },
    change: () => ({ rpc: { keyFits: (key) => Buffer.byteLength(key) <= 32 } }),
  },
  {
    id: "spv-key-of-any-length",
    phone: "A phone that takes keys of any length.",
    breaks: "TR-069:A.2.2#over-long-key",
    caught: { "cwmp.set-parameter-values.over-long-key": ["TR-069:A.2.2#over-long-key"] },
    change: () => ({ rpc: { keyFits: () => true } }),
  },
];
