import type { Mutant } from "./mutant.ts";

const METHOD = "GetParameterNames";

/** Phones that list something for a path that is not in their data model (TR-069 A.3.2.3). */
export const getParameterNamesPathsMutants: readonly Mutant[] = [
  {
    id: "gpn-unknown-empty-list",
    phone: "A phone that lists nothing, and gives no fault, for a path that it does not have.",
    breaks: "TR-069:A.3.2.3#unknown-path",
    caught: {
      "cwmp.get-parameter-names.unknown-path": ["TR-069:A.3.2.3#unknown-path"],
      "cwmp.get-parameter-names.object-without-dot": ["TR-069:A.3.2.3#object-without-dot"],
      "cwmp.get-parameter-names.parameter-with-dot": ["TR-069:A.3.2.3#parameter-with-dot"],
      "cwmp.get-parameter-names.missing-instance": ["TR-069:A.3.2.3#missing-instance"],
      "cwmp.get-parameter-names.case": ["TR-069:A.3.2.3#case"],
      "snom.map-unsupported.name": ["SNOM-TR-069:Modifiers#not-supported"],
      "snom.map-unsupported.object": ["PARAM-MAP:modifiers#unsupported-object"],
    },
    quirk: "M42",
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) => (method === METHOD ? undefined : rpc.unknownName(method, path, asked)),
      },
    }),
  },
  {
    id: "gpn-dot-added",
    phone: "A phone that lists an object when the dot at the end of its name is missing.",
    breaks: "TR-069:A.3.2.3#object-without-dot",
    caught: { "cwmp.get-parameter-names.object-without-dot": ["TR-069:A.3.2.3#object-without-dot"] },
    change: () => ({
      rpc: { lookedUpPath: (path, exists, method) => (method === METHOD && exists(`${path}.`) ? `${path}.` : path) },
    }),
  },
  {
    id: "gpn-dot-dropped",
    phone: "A phone that lists a parameter when there is a dot behind its name.",
    breaks: "TR-069:A.3.2.3#parameter-with-dot",
    caught: { "cwmp.get-parameter-names.parameter-with-dot": ["TR-069:A.3.2.3#parameter-with-dot"] },
    change: () => ({
      rpc: {
        lookedUpPath: (path, exists, method) =>
          method === METHOD && exists(path.replace(/\.$/, "")) ? path.replace(/\.$/, "") : path,
      },
    }),
  },
  {
    id: "gpn-missing-instance-listed",
    phone: "A phone that lists nothing, and gives no fault, for an instance that is not there.",
    breaks: "TR-069:A.3.2.3#missing-instance",
    caught: { "cwmp.get-parameter-names.missing-instance": ["TR-069:A.3.2.3#missing-instance"] },
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) =>
          method === METHOD && /\.\d+\.$/.test(path) ? undefined : rpc.unknownName(method, path, asked),
      },
    }),
  },
  {
    id: "gpn-objects-in-any-case",
    phone: "A phone that does not tell capital letters from small ones in the names of objects.",
    breaks: "TR-069:A.3.2.3#case",
    caught: {
      "cwmp.get-parameter-names.case": ["TR-069:A.3.2.3#case"],
      "cwmp.get-parameter-values.case": ["TR-069:A.3.2.2#case"],
    },
    change: () => ({
      model: {
        findObject: (objects, path) => [...objects].find(([known]) => known.toLowerCase() === path.toLowerCase())?.[1],
      },
    }),
  },
  {
    id: "gpn-parameters-in-any-case",
    phone: "A phone that does not tell capital letters from small ones in the names of parameters.",
    breaks: "TR-069:A.3.2.3#case",
    caught: {
      "cwmp.get-parameter-names.case": ["TR-069:A.3.2.3#case"],
      "cwmp.get-parameter-values.case": ["TR-069:A.3.2.2#case"],
      "cwmp.set-parameter-values.case": ["TR-069:A.3.2.1#case"],
    },
    change: () => ({
      model: {
        findParameter: (parameters, name) => [...parameters].find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1],
      },
    }),
  },
  {
    id: "gpn-over-long-internal-error",
    phone: "A phone that runs into an error of its own when a path is over 256 characters long.",
    breaks: "TR-069:A.2.1#over-long-path",
    caught: { "cwmp.get-parameter-names.over-long-path": ["TR-069:A.2.1#over-long-path"] },
    change: () => ({ rpc: { overLongPath: () => 9002 } }),
  },
  {
    id: "gpn-parameter-next-level-listed",
    phone: "A phone that lists a parameter with NextLevel true as it does with NextLevel false.",
    breaks: "TR-069:A.3.2.3#parameter-next-level",
    caught: { "cwmp.get-parameter-names.parameter-next-level": ["TR-069:A.3.2.3#parameter-next-level"] },
    change: () => ({ rpc: { nextLevelOfParameter: () => undefined } }),
  },
];
