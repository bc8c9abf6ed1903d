import type { Mutant } from "./mutant.ts";

const METHOD = "GetParameterAttributes";

/** Phones that give other attributes than GetParameterAttributes asks for (TR-069 A.3.2.5). */
export const getParameterAttributesMutants: readonly Mutant[] = [
  {
    id: "gpa-writable-alone",
    phone: "A phone that leaves read-only parameters out when it is asked for the attributes of several.",
    breaks: "TR-069:A.3.2.5#named-parameters",
    caught: {
      "cwmp.get-parameter-attributes.named-parameters": ["TR-069:A.3.2.5#named-parameters"],
      "snom.map-modifiers.notification": ["PARAM-MAP:modifiers#read-only-notification"],
      "snom.map-attributes-kept.loaded-again": ["PARAM-MAP:loading#new-attributes"],
    },
    quirk: "M43",
    change: () => ({
      rpc: { answeredWithAttributes: (found, asked) => (asked.length > 1 ? found.filter(({ writable }) => writable) : found) },
    }),
  },
  {
    id: "gpa-last-again",
    phone: "A phone that ends a list of attributes with its last entry once more when it was asked for several names.",
    breaks: "TR-069:A.3.2.5#named-parameters",
    caught: { "cwmp.get-parameter-attributes.named-parameters": ["TR-069:A.3.2.5#named-parameters"] },
    change: () => ({
      rpc: { answeredWithAttributes: (found, asked) => (asked.length > 1 ? [...found, ...found.slice(-1)] : found) },
    }),
  },
  {
    id: "gpa-fixed-3",
    phone: "A phone that has a Notification of its own, 3, for versions, which nobody can change.",
    breaks: "TR-069:A.3.2.5#notification",
    caught: { "cwmp.get-parameter-attributes.notification": ["TR-069:A.3.2.5#notification"] },
    change: ({ model }) => ({
      model: {
        defaultNotification: (modifier, name) =>
          modifier === "!=" && name.endsWith("Version") ? 3 : model.defaultNotification(modifier, name),
      },
    }),
  },
  {
    id: "gpa-read-only-without-access",
    phone: "A phone that starts read-only parameters with an empty AccessList.",
    breaks: "TR-069:A.3.2.5#default-access-list",
    caught: { "cwmp.get-parameter-attributes.access-list": ["TR-069:A.3.2.5#default-access-list"] },
    change: ({ model }) => ({
      model: { defaultAccessList: (modifier) => (modifier === "!=" ? [] : model.defaultAccessList(modifier)) },
    }),
  },
  {
    id: "gpa-partial-path-writable",
    phone: "A phone that leaves read-only parameters out when it is asked for the attributes below an object.",
    breaks: "TR-069:A.3.2.5#partial-path",
    caught: {
      "cwmp.get-parameter-attributes.partial-path": ["TR-069:A.3.2.5#partial-path"],
      "snom.map-unsupported.attributes": ["TR-069:A.3.2.5#named-parameters"],
    },
    quirk: "M43",
    change: () => ({
      rpc: {
        answeredWithAttributes: (found, asked) =>
          asked.some((name) => name.endsWith(".")) ? found.filter(({ writable }) => writable) : found,
      },
    }),
  },
  {
    id: "gpa-object-listed",
    phone: "A phone that lists the object too when it is asked for the attributes below it.",
    breaks: "TR-069:A.3.2.5#full-names",
    caught: {
      "cwmp.get-parameter-attributes.partial-path": ["TR-069:A.3.2.5#full-names"],
      "snom.map-unsupported.attributes": ["TR-069:A.3.2.5#named-parameters"],
    },
    change: () => ({
      rpc: {
        answeredWithAttributes: (found, asked) => {
          const [first] = found;
          const path = asked.find((name) => name.endsWith("."));
          return first === undefined || path === undefined ? found : [{ ...first, name: path }, ...found];
        },
      },
    }),
  },
  {
    id: "gpa-empty-name-fault",
    phone: "A phone that refuses to give the attributes below the empty name.",
    breaks: "TR-069:A.3.2.5#empty-path",
    caught: { "cwmp.get-parameter-attributes.whole-tree": ["TR-069:A.3.2.5#empty-path"] },
    change: () => ({ rpc: { emptyPath: (method) => (method === METHOD ? 9005 : undefined) } }),
  },
  {
    id: "gpa-tree-without-services",
    phone: "A phone that leaves the services out when it is asked for the attributes of everything.",
    breaks: "TR-069:A.3.2.5#empty-path",
    caught: { "cwmp.get-parameter-attributes.whole-tree": ["TR-069:A.3.2.5#empty-path"] },
    quirk: "M43",
    change: () => ({
      rpc: {
        answeredWithAttributes: (found, asked) =>
          asked.includes("") ? found.filter(({ name }) => !name.includes(".Services.")) : found,
      },
    }),
  },
  {
    id: "gpa-unknown-9003",
    phone: "A phone that calls an unknown name an invalid argument of GetParameterAttributes.",
    breaks: "TR-069:A.3.2.5#unknown-name",
    caught: {
      "cwmp.get-parameter-attributes.unknown-name": ["TR-069:A.3.2.5#unknown-name"],
      "cwmp.set-parameter-attributes.deleted-with-object": ["TR-069:A.3.2.4#deleted-with-object"],
      "snom.map-unsupported.attributes": ["TR-069:A.3.2.5#unknown-name"],
    },
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) =>
          method === METHOD && !path.endsWith(".") ? 9003 : rpc.unknownName(method, path, asked),
      },
    }),
  },
  {
    id: "gpa-unknown-among-good-dropped",
    phone: "A phone that passes over an unknown name when it has the attributes of others to give.",
    breaks: "TR-069:A.3.2.5#unknown-name",
    caught: { "cwmp.get-parameter-attributes.unknown-name": ["TR-069:A.3.2.5#unknown-name"] },
    quirk: "M42",
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) => (method === METHOD && asked > 1 ? undefined : rpc.unknownName(method, path, asked)),
      },
    }),
  },
  {
    id: "gpa-unknown-object-empty",
    phone: "A phone that gives an empty list of attributes for an object that it does not have.",
    breaks: "TR-069:A.3.2.5#unknown-object",
    caught: { "cwmp.get-parameter-attributes.unknown-object": ["TR-069:A.3.2.5#unknown-object"] },
    quirk: "M42",
    change: ({ rpc }) => ({
      rpc: {
        unknownName: (method, path, asked) =>
          method === METHOD && path.endsWith(".") ? undefined : rpc.unknownName(method, path, asked),
      },
    }),
  },
  {
    id: "gpa-empty-object-fault",
    phone: "A phone that calls an object with nothing in it unknown when it is asked for its attributes.",
    breaks: "TR-069:A.3.2.5#empty-object",
    caught: { "cwmp.get-parameter-attributes.empty-object": ["TR-069:A.3.2.5#empty-object"] },
    quirk: "M45",
    change: () => ({ rpc: { attributesOfEmptyObject: () => 9005 } }),
  },
];
