import type { ObjectNode } from "../data-model/nodes.ts";
import type { Mutant } from "./mutant.ts";

const isRoot = ({ name }: ObjectNode): boolean => name.indexOf(".") === name.length - 1;

/** Phones that list other names than GetParameterNames asks for (TR-069 A.3.2.3). */
export const getParameterNamesMutants: readonly Mutant[] = [
  {
    id: "gpn-parameter-not-listed",
    phone: "A phone that lists nothing when it is asked for a parameter by its name.",
    breaks: "TR-069:A.3.2.3#parameter-itself",
    caught: {
      "cwmp.get-parameter-names.parameter": ["TR-069:A.3.2.3#parameter-itself"],
      "snom.map-modifiers.by-name": ["SNOM-TR-069:Modifiers#access"],
    },
    change: () => ({
      rpc: { listedNames: (found, path) => (found.length === 1 && found[0]?.name === path ? [] : found) },
    }),
  },
  {
    id: "gpn-object-itself-missing",
    phone: "A phone that leaves the object that is asked for out of the list of what is in it, except the root.",
    breaks: "TR-069:A.3.2.3#object-and-descendants",
    caught: { "cwmp.get-parameter-names.object": ["TR-069:A.3.2.3#object-and-descendants"] },
    change: () => ({ rpc: { listsItself: isRoot } }),
  },
  {
    id: "gpn-next-level-objects-only",
    phone: "A phone that lists objects alone with NextLevel true, where there are any.",
    breaks: "TR-069:A.3.2.3#next-level",
    caught: {
      "cwmp.get-parameter-names.next-level": ["TR-069:A.3.2.3#next-level"],
      "cwmp.get-parameter-names.level-by-level": ["TR-069:A.3.2.3#levels-agree"],
    },
    change: () => ({
      rpc: {
        nextLevel: ({ children }) => {
          const objects = children.filter(({ kind }) => kind === "object");
          return objects.length > 0 ? objects : children;
        },
      },
    }),
  },
  {
    id: "gpn-instance-level-too-deep",
    phone: "A phone that lists what is two levels below an instance with NextLevel true.",
    breaks: "TR-069:A.3.2.3#levels-agree",
    caught: { "cwmp.get-parameter-names.level-by-level": ["TR-069:A.3.2.3#levels-agree"] },
    change: () => ({
      rpc: {
        nextLevel: ({ name, children }) =>
          /\.\d+\.$/.test(name)
            ? children.flatMap((child) => (child.kind === "object" ? [child, ...child.children] : [child]))
            : children,
      },
    }),
  },
  {
    id: "gpn-empty-path-recursive",
    phone: "A phone that lists its whole data model for the empty path with NextLevel true.",
    breaks: "TR-069:A.3.2.3#root-alone",
    caught: { "cwmp.get-parameter-names.empty-path-next-level": ["TR-069:A.3.2.3#root-alone"] },
    change: () => ({ rpc: { rootOnly: () => false } }),
  },
  {
    id: "gpn-empty-path-root-alone",
    phone: "A phone that lists its root object alone for the empty path whatever NextLevel is.",
    breaks: "TR-069:A.3.2.3#everything",
    caught: { "cwmp.get-parameter-names.empty-path": ["TR-069:A.3.2.3#everything"] },
    change: () => ({ rpc: { rootOnly: () => true } }),
  },
  {
    id: "gpn-empty-path-fault",
    phone: "A phone that refuses to list the empty path.",
    breaks: "TR-069:A.3.2.3#everything",
    caught: {
      "cwmp.get-parameter-names.empty-path": ["TR-069:A.3.2.3#everything"],
      "cwmp.get-parameter-names.empty-path-next-level": ["TR-069:A.3.2.3#root-alone"],
    },
    quirk: "M37",
    change: () => ({ rpc: { emptyPath: (method) => (method === "GetParameterNames" ? 9005 : undefined) } }),
  },
  {
    id: "gpn-empty-tag-overlooked",
    phone: "A phone that overlooks a ParameterPath which is written as an empty-element tag.",
    breaks: "XML:1.0-3.1#empty-element",
    caught: { "cwmp.get-parameter-names.empty-path-spelling": ["XML:1.0-3.1#empty-element"] },
    change: () => ({ soap: { seesEmptyTag: (name) => name !== "ParameterPath" } }),
  },
  {
    id: "gpn-table-content",
    phone: "A phone that lists what is in the instances of a table of its own, in place of the instances.",
    breaks: "TR-069:A.3.2.3#instances",
    caught: {
      "cwmp.get-parameter-names.table": ["TR-069:A.3.2.3#instances"],
      "cwmp.get-parameter-names.level-by-level": ["TR-069:A.3.2.3#levels-agree"],
    },
    change: () => ({
      rpc: {
        nextLevel: ({ children, table }) =>
          children.flatMap((child) =>
            child.kind === "object" && table === undefined && /\.\d+\.$/.test(child.name) ? child.children : [child],
          ),
      },
    }),
  },
  {
    id: "gpn-empty-object-fault",
    phone: "A phone that calls a table of its own with nothing in it unknown when it is to list it.",
    breaks: "TR-069:A.3.2.3#empty-object",
    caught: {
      "cwmp.get-parameter-names.empty-object": ["TR-069:A.3.2.3#empty-object"],
      "cwmp.get-parameter-names.level-by-level": ["TR-069:A.3.2.3#levels-agree"],
    },
    quirk: "M45",
    change: () => ({ rpc: { namesOfEmptyObject: ({ writable }) => (writable ? undefined : 9005) } }),
  },
  {
    id: "gpn-next-level-digits-only",
    phone: "A phone that understands 0 and 1 for NextLevel, and not true and false.",
    breaks: "TR-069:A.2.1#boolean-arguments",
    caught: { "cwmp.get-parameter-names.boolean-spellings": ["TR-069:A.2.1#boolean-arguments"] },
    quirk: "M40",
    change: ({ rpc }) => ({
      rpc: {
        booleanArgument: (text, name) =>
          name === "NextLevel" && /[a-z]/.test(text) ? undefined : rpc.booleanArgument(text, name),
      },
    }),
  },
  {
    id: "gpn-objects-undotted",
    phone: "A phone that lists objects without the dot at their end.",
    breaks: "TR-069:A.3.2.3#dots",
    caught: { "cwmp.get-parameter-names.dots": ["TR-069:A.3.2.3#dots"] },
    quirk: "M38",
    change: () => ({ rpc: { listedName: ({ kind, name }) => (kind === "object" ? name.slice(0, -1) : name) } }),
  },
  {
    id: "gpn-holders-missing",
    phone: "A phone that leaves objects that hold nothing but objects out of its list.",
    breaks: "TR-069:A.3.2.3#all-objects",
    caught: { "cwmp.get-parameter-names.complete": ["TR-069:A.3.2.3#all-objects"] },
    quirk: "M39",
    change: () => ({
      rpc: { listsObjects: ({ children }) => children.length === 0 || children.some(({ kind }) => kind === "parameter") },
    }),
  },
  {
    id: "gpn-object-twice",
    phone: "A phone that lists its root object twice when it is asked for all that is in it.",
    breaks: "TR-069:A.3.2.3#all-objects",
    caught: { "cwmp.get-parameter-names.complete": ["TR-069:A.3.2.3#all-objects"] },
    change: () => ({
      rpc: {
        listedNames: (found, path) => {
          const [first] = found;
          return first?.kind === "object" && first.name === path && isRoot(first) ? [first, ...found] : found;
        },
      },
    }),
  },
  {
    id: "gpn-listed-not-readable",
    phone: "A phone that lists parameters made of several settings and does not know them when it is asked for their values.",
    breaks: "TR-069:A.3.2.3#readable",
    caught: {
      "cwmp.get-parameter-names.readable": ["TR-069:A.3.2.3#readable"],
      "snom.map-values.special": ["SNOM-TR-069:Values#mixed", "SNOM-TR-069:Values#special"],
      "snom.map-values.placeholders": ["SNOM-TR-069:Values#mixed"],
      "snom.map-values.mixed-written": ["PARAM-MAP:values#mixed-read-only"],
      "snom.map-values.unknown": ["PARAM-MAP:values#unknown-setting", "PARAM-MAP:values#unknown-special"],
      "snom.map-attributes.mixed": ["TR-069:A.3.2.4#read-only-stays"],
    },
    quirk: "M44",
    change: () => ({ rpc: { cannotRead: ({ source }) => (source.kind === "mixed" ? 9005 : undefined) } }),
  },
  {
    id: "gpn-large-refused",
    phone: "A phone that has not the memory for a list of more than a hundred names.",
    breaks: "TR-069:3.5#unlimited-response",
    caught: {
      "cwmp.get-parameter-names.unlimited": ["TR-069:3.5#unlimited-response"],
      "cwmp.faults.codes-of-methods": ["TR-069:A.5.1#code-of-method"],
    },
    quirk: "M46",
    change: () => ({ rpc: { namesLimit: () => 100 } }),
  },
  {
    id: "gpn-all-parameters-writable",
    phone: "A phone that marks every parameter as writable.",
    breaks: "TR-069:A.3.2.3#writable",
    caught: {
      "cwmp.get-parameter-names.writable-parameters": ["TR-069:A.3.2.3#writable"],
      "snom.map-agrees.access": ["SNOM-TR-069:The-param_map-file#read-only-lines"],
      "snom.usp-settings.computed": ["SNOM-TR-369:Parameter-lines#computed-read-only"],
      "snom.settings.internal": ["SNOM:settings#internal-read-only"],
      "snom.map-values.mixed-written": ["PARAM-MAP:values#mixed-read-only"],
      "snom.map-modifiers.read-only": ["SNOM-TR-069:Modifiers#read-only"],
      "snom.map-modifiers.next-level": ["SNOM-TR-069:Modifiers#access"],
      "snom.map-modifiers.partial-path": ["SNOM-TR-069:Modifiers#access"],
      "snom.map-modifiers.by-name": ["SNOM-TR-069:Modifiers#access"],
      "snom.map-modifiers.equals-in-value": ["SNOM-TR-069:General-syntax#first-equals"],
      "snom.map-attributes.read-only": ["TR-069:A.3.2.4#read-only-stays"],
      "snom.map-attributes.mixed": ["TR-069:A.3.2.4#read-only-stays"],
      "snom.map-attributes-kept.read-only": ["TR-069:A.3.2.4#read-only-stays"],
    },
    quirk: "M41",
    change: () => ({ rpc: { listedWritable: ({ kind, writable }) => kind === "parameter" || writable } }),
  },
  {
    id: "gpn-no-object-writable",
    phone: "A phone that marks no table as one that can be extended.",
    breaks: "TR-069:A.3.2.3#writable-objects",
    caught: { "cwmp.get-parameter-names.writable-tables": ["TR-069:A.3.2.3#writable-objects"] },
    quirk: "M41",
    change: () => ({ rpc: { listedWritable: ({ kind, writable }) => kind === "parameter" && writable } }),
  },
];
