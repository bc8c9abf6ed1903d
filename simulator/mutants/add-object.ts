import type { Mutant } from "./mutant.ts";

const METHOD = "AddObject";

/** A cell's name without the number of its instance. */
const withoutNumber = (name: string): string => name.replace(/\.\d+\.(?=\w+$)/, ".*.");

/** Phones that create other objects than AddObject asks for (TR-069 A.3.2.6). */
export const addObjectMutants: readonly Mutant[] = [
  {
    id: "add-number-zero",
    phone: "A phone that answers AddObject with InstanceNumber 0.",
    breaks: "TR-069:A.3.2.6#instance-number",
    caught: {
      "cwmp.add-object.creates": ["TR-069:A.3.2.6#instance-number"],
      "cwmp.soap.schema-types": ["TR-069:A.2.2#schema-types"],
    },
    change: () => ({ rpc: { answeredInstance: () => 0 } }),
  },
  {
    id: "add-number-of-last",
    phone: "A phone that gives a new instance the number of the last one while there is one.",
    breaks: "TR-069:A.3.2.6#instance-number",
    caught: { "cwmp.add-object.creates": ["TR-069:A.3.2.6#instance-number"] },
    change: ({ model }) => ({ model: { nextInstance: (table) => table.instances.at(-1) ?? model.nextInstance(table) } }),
  },
  {
    id: "add-number-off-by-one",
    phone: "A phone that answers AddObject with the number that the next instance will have.",
    breaks: "TR-069:A.3.2.6#created",
    caught: { "cwmp.add-object.creates": ["TR-069:A.3.2.6#created"] },
    change: () => ({ rpc: { answeredInstance: (number) => number + 1 } }),
  },
  {
    id: "add-entries-highest",
    phone: "A phone that gives the highest instance number of a table for the number of its entries.",
    breaks: "TR-106:2.1.1#number-of-entries",
    caught: { "cwmp.delete-object.number-of-entries": ["TR-106:2.1.1#number-of-entries"] },
    change: () => ({ model: { numberOfEntries: (instances) => Math.max(0, ...instances) } }),
  },
  {
    id: "add-not-counted",
    phone: "A phone that counts no entries of tables that an ACS can add to.",
    breaks: "TR-106:2.1.1#number-of-entries",
    caught: {
      "cwmp.add-object.number-of-entries": ["TR-106:2.1.1#number-of-entries"],
      "cwmp.delete-object.number-of-entries": ["TR-106:2.1.1#number-of-entries"],
    },
    change: () => ({ model: { numberOfEntries: () => 0 } }),
  },
  {
    id: "add-passive",
    phone: "A phone that notifies of the parameters of new objects from the start.",
    breaks: "TR-069:A.3.2.6#notification-off",
    caught: { "cwmp.add-object.notification-off": ["TR-069:A.3.2.6#notification-off"] },
    change: ({ model }) => ({
      model: { newAttributes: (name, set) => ({ ...model.newAttributes(name, set), notification: 1 }) },
    }),
  },
  {
    id: "add-no-access",
    phone: "A phone that lets nobody but the ACS write the parameters of new objects.",
    breaks: "TR-069:A.3.2.6#full-access",
    caught: { "cwmp.add-object.full-access": ["TR-069:A.3.2.6#full-access"] },
    change: ({ model }) => ({ model: { newAttributes: (name, set) => ({ ...model.newAttributes(name, set), accessList: [] }) } }),
  },
  {
    id: "add-copy-of-last",
    phone: "A phone that makes a new object as a copy of the one written last.",
    breaks: "TR-069:A.3.2.6#default-values",
    caught: { "cwmp.add-object.default-values": ["TR-069:A.3.2.6#default-values"] },
    change: ({ model }) => ({
      model: {
        initialValue: (column, name, values) =>
          Object.entries(values).findLast(([other]) => withoutNumber(other) === withoutNumber(name))?.[1] ??
          model.initialValue(column, name, values),
      },
    }),
  },
  {
    id: "add-no-attributes",
    phone: "A phone that has no attributes for parameters of the objects that the ACS has made.",
    breaks: "TR-069:A.3.2.6#usable-at-once",
    caught: {
      "cwmp.add-object.usable-at-once": ["TR-069:A.3.2.6#usable-at-once"],
      "cwmp.set-parameter-attributes.later-instances": ["TR-069:A.3.2.4#partial-path"],
    },
    change: ({ rpc }) => ({
      rpc: {
        refusesNotification: (parameter, notification, path) =>
          parameter.modifier === undefined || rpc.refusesNotification(parameter, notification, path),
      },
    }),
  },
  {
    id: "add-values-dropped",
    phone: "A phone that drops what is written to the objects that the ACS has made.",
    breaks: "TR-069:A.3.2.6#usable-at-once",
    caught: { "cwmp.add-object.usable-at-once": ["TR-069:A.3.2.6#usable-at-once"] },
    change: () => ({ rpc: { written: (good) => good.filter(({ parameter }) => parameter.modifier !== undefined) } }),
  },
  {
    id: "add-parameters-alone",
    phone: "A phone that makes new objects without the tables inside them.",
    breaks: "TR-069:A.3.2.6#whole-branch",
    caught: { "cwmp.add-object.whole-branch": ["TR-069:A.3.2.6#whole-branch"] },
    change: () => ({ model: { tablesInside: () => [] } }),
  },
  {
    id: "add-one-level",
    phone: "A phone that has no room for objects inside of objects that the ACS has made.",
    breaks: "TR-069:A.3.2.6#nested",
    caught: { "cwmp.add-object.nested": ["TR-069:A.3.2.6#nested"] },
    change: ({ model }) => ({
      model: { isFull: (instances, max, path) => /\.\d+\./.test(path) || model.isFull(instances, max, path) },
    }),
  },
  {
    id: "add-lowest-free-number",
    phone: "A phone that gives a new object the lowest number that is free.",
    breaks: "TR-069:A.3.2.6#number-not-reused",
    caught: { "cwmp.add-object.number-not-reused": ["TR-069:A.3.2.6#number-not-reused"] },
    change: () => ({
      model: {
        nextInstance: ({ instances }) => {
          let number = 1;
          while (instances.includes(number)) number += 1;
          return number;
        },
      },
    }),
  },
  {
    id: "add-lost-at-boot",
    phone: "A phone that keeps new objects in memory alone, and loses them when it reboots.",
    breaks: "TR-069:A.3.2.6#persistent",
    caught: { "cwmp.add-object.persistent": ["TR-069:A.3.2.6#persistent"] },
    change: () => ({ model: { tablesAfterBoot: (_tables, before) => ({ ...before }) } }),
  },
  {
    id: "add-never-full",
    phone: "A phone that takes more objects than it has room for.",
    breaks: "TR-069:A.3.2.6#exhaustion",
    caught: { "cwmp.add-object.exhaustion": ["TR-069:A.3.2.6#exhaustion"] },
    change: () => ({ model: { isFull: () => false } }),
  },
  {
    id: "add-full-denied",
    phone: "A phone that says Request Denied when there is no more room for objects.",
    breaks: "TR-069:A.3.2.6#exhaustion",
    caught: { "cwmp.add-object.exhaustion": ["TR-069:A.3.2.6#exhaustion"] },
    change: () => ({ rpc: { tableFull: () => 9001 } }),
  },
  {
    id: "add-key-not-set",
    phone: "A phone that does not keep the ParameterKey of AddObject.",
    breaks: "TR-069:A.3.2.6#parameter-key",
    caught: { "cwmp.add-object.parameter-key": ["TR-069:A.3.2.6#parameter-key"] },
    quirk: "M50",
    change: ({ rpc }) => ({
      rpc: {
        parameterKey: (before, given, succeeded, method) =>
          rpc.parameterKey(before, given, succeeded && method !== METHOD, method),
      },
    }),
  },
  {
    id: "add-key-set-by-failure",
    phone: "A phone that keeps the ParameterKey of an AddObject that it refuses.",
    breaks: "TR-069:A.3.2.6#parameter-key-kept",
    caught: { "cwmp.add-object.parameter-key-kept": ["TR-069:A.3.2.6#parameter-key-kept"] },
    change: ({ rpc }) => ({
      rpc: {
        parameterKey: (before, given, succeeded, method) =>
          rpc.parameterKey(before, given, succeeded || method === METHOD, method),
      },
    }),
  },
];
