import type { Modifier } from "../../schema/param-map.ts";
import type { ModelNode } from "../data-model/nodes.ts";
import type { Change, Mutant } from "./mutant.ts";

/** Whether a parameter is under a name of the vendor's own. */
const isOwn = (name: string): boolean => /\.X_[^.]*\./.test(name);
const isOwnWith = (node: ModelNode, modifier: Modifier): boolean =>
  node.kind === "parameter" && isOwn(node.name) && node.modifier === modifier;

/** Says `told` of lines with this modifier, under the names of the vendor, whose Notification is `kept`. */
const answering = (modifier: Modifier, kept: number, told: number): Change => ({
  rpc: {
    answeredAttributes: (attributes, node) =>
      isOwnWith(node, modifier) && attributes.notification === kept ? { ...attributes, notification: told } : attributes,
  },
});

/** Phones that take a modifier of the map for something else than it is. */
export const snomMapModifiersMutants: readonly Mutant[] = [
  {
    id: "map-modifier-passive-not-listed-writable",
    phone: "A phone that says of lines with = under the names of its vendor that they cannot be written.",
    breaks: "SNOM-TR-069:Modifiers#read-write",
    caught: {
      "snom.map-modifiers.passive": ["SNOM-TR-069:Modifiers#read-write"],
      "snom.map-modifiers.next-level": ["SNOM-TR-069:Modifiers#access"],
      "snom.map-modifiers.partial-path": ["SNOM-TR-069:Modifiers#access"],
      "snom.map-modifiers.equals-in-value": ["SNOM-TR-069:General-syntax#first-equals"],
      "snom.map-modifiers.by-name": ["SNOM-TR-069:Modifiers#access"],
    },
    change: ({ rpc }) => ({
      rpc: { listedWritable: (node, attributes) => !isOwnWith(node, "=") && rpc.listedWritable(node, attributes) },
    }),
  },
  {
    id: "map-modifier-silent-read-only",
    phone: "A phone that takes $= for read-only where the line holds its value itself.",
    breaks: "SNOM-TR-069:Modifiers#disabled-is-writable",
    caught: {
      "snom.map-modifiers.silent": ["SNOM-TR-069:Modifiers#disabled-is-writable"],
      "snom.map-modifiers.next-level": ["SNOM-TR-069:Modifiers#access"],
      "snom.map-modifiers.partial-path": ["SNOM-TR-069:Modifiers#access"],
      "snom.map-agrees.access": ["SNOM-TR-069:The-param_map-file#writable-lines"],
      "snom.map-modifiers.by-name": ["SNOM-TR-069:Modifiers#access"],
    },
    change: ({ model }) => ({
      model: { isWritable: (modifier, shape) => !(modifier === "$=" && shape === "static") && model.isWritable(modifier, shape) },
    }),
  },
  {
    id: "map-modifier-active-not-listed-writable",
    phone: "A phone that says of lines with *= under the names of its vendor that they cannot be written.",
    breaks: "SNOM-TR-069:Modifiers#active-is-writable",
    caught: {
      "snom.map-modifiers.active": ["SNOM-TR-069:Modifiers#active-is-writable"],
      "snom.map-modifiers.next-level": ["SNOM-TR-069:Modifiers#access"],
      "snom.map-modifiers.partial-path": ["SNOM-TR-069:Modifiers#access"],
      "snom.map-modifiers.by-name": ["SNOM-TR-069:Modifiers#access"],
    },
    change: ({ rpc }) => ({
      rpc: { listedWritable: (node, attributes) => !isOwnWith(node, "*=") && rpc.listedWritable(node, attributes) },
    }),
  },
  {
    id: "map-modifier-read-only-denied",
    phone: "A phone that denies a write to a read-only static line with 9001, as if it were for the moment.",
    breaks: "SNOM-TR-069:Modifiers#read-only",
    caught: {
      "snom.map-modifiers.read-only": ["SNOM-TR-069:Modifiers#read-only"],
      "snom.map-attributes.read-only": ["TR-069:A.3.2.4#read-only-stays"],
      "snom.map-attributes-kept.read-only": ["TR-069:A.3.2.4#read-only-stays"],
    },
    change: () => ({ rpc: { readOnlyParameter: ({ source }) => (source.kind === "static" ? 9001 : 9008) } }),
  },
  {
    id: "map-modifier-setting-written",
    phone: "A phone that lets every setting be written through the map, read-only or not.",
    breaks: "SNOM-TR-069:Modifiers#read-only-setting",
    caught: {
      "snom.map-modifiers.read-only-setting": ["SNOM-TR-069:Modifiers#read-only-setting"],
      "snom.map-agrees.access": ["SNOM-TR-069:The-param_map-file#read-only-lines"],
    },
    change: ({ model }) => ({
      model: { isWritable: (modifier, shape) => shape === "setting" || model.isWritable(modifier, shape) },
    }),
  },
  {
    id: "map-modifier-first-good-written",
    phone: "A phone that has written the first of several values when it comes to one that cannot be written.",
    breaks: "TR-069:A.3.2.1#atomic",
    caught: {
      "snom.map-modifiers.one-read-only": ["TR-069:A.3.2.1#atomic"],
      "cwmp.set-parameter-values.atomic": ["TR-069:A.3.2.1#atomic"],
    },
    change: () => ({ rpc: { writtenDespiteFaults: (good) => good.slice(0, 1) } }),
  },
  {
    id: "map-modifier-unsupported-there",
    phone: "A phone that has the parameters that its map says it does not support.",
    breaks: "SNOM-TR-069:Modifiers#not-supported",
    caught: {
      "snom.map-modifiers.next-level": ["SNOM-TR-069:Modifiers#not-supported"],
      "snom.map-modifiers.partial-path": ["SNOM-TR-069:Modifiers#not-supported"],
      "snom.map-unsupported.name": ["SNOM-TR-069:Modifiers#not-supported", "TR-069:A.3.2.2#unknown-name"],
      "snom.map-unsupported.written": ["TR-069:A.3.2.1#unknown-name"],
      "snom.map-unsupported.attributes": ["TR-069:A.3.2.5#named-parameters", "TR-069:A.3.2.5#unknown-name"],
      "snom.map-unsupported.object": ["PARAM-MAP:modifiers#unsupported-object"],
      "snom.map-modifiers.values-below": ["TR-069:A.3.2.2#partial-path"],
      "snom.map-attributes.unsupported": ["TR-069:A.3.2.4#atomic", "TR-069:A.3.2.4#unknown-name"],
      "snom.map-agrees.names": ["SNOM-TR-069:The-param_map-file#none-unsupported"],
    },
    change: () => ({ model: { isSupported: () => true } }),
  },
  {
    id: "map-modifier-two-equals",
    phone: "A phone that takes two signs = for one.",
    breaks: "SNOM-TR-069:General-syntax#first-equals",
    caught: { "snom.map-modifiers.equals-in-value": ["SNOM-TR-069:General-syntax#first-equals"] },
    change: ({ model }) => ({ model: { lineValue: (line) => model.lineValue(line).replace(/^=/, "") } }),
  },
  {
    id: "map-modifier-own-active",
    phone: "A phone that notifies actively of every line with = that is no standard's.",
    breaks: "SNOM-TR-069:Modifiers#passive",
    caught: {
      "snom.map-modifiers.notification": ["PARAM-MAP:modifiers#passive-at-first", "SNOM-TR-069:Modifiers#passive"],
      "snom.local.passive": ["SNOM-TR-069:Modifiers#passive-waits"],
    },
    change: ({ model }) => ({
      model: {
        defaultNotification: (modifier, name) =>
          isOwn(name) && modifier === "=" ? 2 : model.defaultNotification(modifier, name),
      },
    }),
  },
  {
    id: "map-modifier-silent-passive",
    phone: "A phone that says passive of lines of its vendor's whose notification the map has turned off.",
    breaks: "SNOM-TR-069:Modifiers#notification-disabled",
    caught: {
      "snom.map-modifiers.notification": ["SNOM-TR-069:Modifiers#notification-disabled"],
      "snom.map-attributes.unsupported": ["TR-069:A.3.2.4#atomic"],
      "snom.map-attributes-kept.loaded-again": ["PARAM-MAP:loading#new-attributes"],
    },
    change: () => answering("$=", 0, 1),
  },
  {
    id: "map-modifier-active-passive",
    phone: "A phone that says passive of lines of its vendor's for which the map asks for active notification.",
    breaks: "SNOM-TR-069:Modifiers#active-notification",
    caught: {
      "snom.map-modifiers.notification": ["SNOM-TR-069:Modifiers#active-notification"],
      "snom.map-attributes.no-change": ["TR-069:A.3.2.4#notification-change"],
      "snom.map-attributes-kept.access-list": ["PARAM-MAP:attributes#access-list"],
    },
    change: () => answering("*=", 2, 1),
  },
  {
    id: "map-modifier-read-only-passive",
    phone: "A phone that says passive of read-only lines of its vendor's, although nobody has asked for it.",
    breaks: "PARAM-MAP:modifiers#read-only-notification",
    caught: {
      "snom.map-modifiers.notification": ["PARAM-MAP:modifiers#read-only-notification"],
      "snom.map-attributes-kept.loaded-again": ["PARAM-MAP:loading#new-attributes"],
    },
    change: () => answering("!=", 0, 1),
  },
];
