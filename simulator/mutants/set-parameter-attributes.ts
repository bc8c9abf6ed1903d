import type { Mutant } from "./mutant.ts";

const METHOD = "SetParameterAttributes";

const withoutNumber = (name: string): string => name.replace(/\.\d+\.(?=\w+$)/, ".*.");

/** Phones that set attributes where they ought not to, in the wrong order, or not for long (TR-069 A.3.2.4). */
export const setParameterAttributesMutants: readonly Mutant[] = [
  {
    id: "spa-unknown-9003",
    phone: "A phone that calls an unknown name an invalid argument of SetParameterAttributes.",
    breaks: "TR-069:A.3.2.4#unknown-name",
    caught: {
      "cwmp.set-parameter-attributes.unknown-name": ["TR-069:A.3.2.4#unknown-name"],
      "snom.map-attributes.unsupported": ["TR-069:A.3.2.4#unknown-name"],
    },
    change: ({ rpc }) => ({
      rpc: { unknownName: (method, path, asked) => (method === METHOD ? 9003 : rpc.unknownName(method, path, asked)) },
    }),
  },
  {
    id: "spa-unknown-dropped",
    phone: "A phone that passes over unknown names when it sets attributes.",
    breaks: "TR-069:A.3.2.4#unknown-name",
    caught: {
      "cwmp.set-parameter-attributes.unknown-name": ["TR-069:A.3.2.4#atomic", "TR-069:A.3.2.4#unknown-name"],
      "snom.map-attributes.unsupported": ["TR-069:A.3.2.4#atomic", "TR-069:A.3.2.4#unknown-name"],
    },
    quirk: "M42",
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) => (method === METHOD ? undefined : rpc.unknownName(method, path, asked)),
      },
    }),
  },
  {
    id: "spa-not-atomic",
    phone: "A phone that keeps what it has set before it comes to a name that it does not have.",
    breaks: "TR-069:A.3.2.4#atomic",
    caught: {
      "cwmp.set-parameter-attributes.unknown-name": ["TR-069:A.3.2.4#atomic"],
      "snom.map-attributes.unsupported": ["TR-069:A.3.2.4#atomic"],
    },
    quirk: "M53",
    change: () => ({ rpc: { changedDespiteFault: (good) => good } }),
  },
  {
    id: "spa-first-eight",
    phone: "A phone that sets the attributes of the first eight parameters below a path.",
    breaks: "TR-069:A.3.2.4#partial-path",
    caught: { "cwmp.set-parameter-attributes.partial-path": ["TR-069:A.3.2.4#partial-path"] },
    change: () => ({ rpc: { attributesSetOn: (nodes) => nodes.slice(0, 8) } }),
  },
  {
    id: "spa-tables-left-out",
    phone: "A phone that sets no attributes in the objects that an ACS has made when it is given the path of their table.",
    breaks: "TR-069:A.3.2.4#partial-path",
    caught: { "cwmp.set-parameter-attributes.later-instances": ["TR-069:A.3.2.4#partial-path"] },
    change: () => ({
      rpc: {
        attributesSetOn: (nodes, path) => nodes.filter(({ name, modifier }) => name === path || modifier !== undefined),
      },
    }),
  },
  {
    id: "spa-inherited-by-siblings",
    phone: "A phone that gives the parameters of a new object the attributes of those beside it.",
    breaks: "TR-069:A.3.2.4#existing-instances",
    caught: { "cwmp.set-parameter-attributes.later-instances": ["TR-069:A.3.2.4#existing-instances"] },
    change: ({ model }) => ({
      model: {
        newAttributes: (name, set) =>
          Object.entries(set).find(([other]) => withoutNumber(other) === withoutNumber(name))?.[1] ??
          model.newAttributes(name, set),
      },
    }),
  },
  {
    id: "spa-order-reversed",
    phone: "A phone that sets attributes from the last entry to the first.",
    breaks: "TR-069:A.3.2.4#order",
    caught: { "cwmp.set-parameter-attributes.last-entry-wins": ["TR-069:A.3.2.4#order"] },
    change: () => ({ rpc: { attributeOrder: (entries) => entries.toReversed() } }),
  },
  {
    id: "spa-key-cleared",
    phone: "A phone that clears its ParameterKey when attributes are set.",
    breaks: "TR-106:ManagementServer#parameter-key-attributes",
    caught: { "cwmp.set-parameter-attributes.parameter-key": ["TR-106:ManagementServer#parameter-key-attributes"] },
    change: () => ({ rpc: { keyAfterAttributes: () => "" } }),
  },
  {
    id: "spa-forgotten-at-boot",
    phone: "A phone that keeps attributes until it reboots.",
    breaks: "TR-069:A.3.2.4#persistent",
    caught: {
      "cwmp.set-parameter-attributes.persistent": ["TR-069:A.3.2.4#persistent"],
      "snom.map-attributes-kept.reboot": ["PARAM-MAP:attributes#modifier-after-boot", "TR-069:A.3.2.4#persistent"],
      "snom.map-attributes-kept.read-only": ["TR-069:A.3.2.4#persistent"],
      "snom.map-attributes-kept.access-list": ["TR-069:A.3.2.4#access-list"],
    },
    change: () => ({ model: { attributesAfterBoot: (_attributes, before) => ({ ...before }) } }),
  },
  {
    id: "spa-deleted-passed-over",
    phone: "A phone that gives an empty list of attributes for a parameter that has gone with its object.",
    breaks: "TR-069:A.3.2.4#deleted-with-object",
    caught: { "cwmp.set-parameter-attributes.deleted-with-object": ["TR-069:A.3.2.4#deleted-with-object"] },
    quirk: "M42",
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) =>
          method === "GetParameterAttributes" && /\.\d+\.\w+$/.test(path) ? undefined : rpc.unknownName(method, path, asked),
      },
    }),
  },
];
