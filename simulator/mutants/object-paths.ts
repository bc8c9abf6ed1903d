import type { Mutant } from "./mutant.ts";

const isInstance = (path: string): boolean => /\.\d+\.$/.test(path);
const tableOf = (path: string): string => path.replace(/\d+\.$/, "");

/** Phones that take other paths than AddObject and DeleteObject have to take, or refuse them wrongly. */
export const objectPathsMutants: readonly Mutant[] = [
  {
    id: "object-add-refused-by-status",
    phone: "A phone that refuses AddObject in its response, with the fault code for Status.",
    breaks: "TR-069:A.3.2.6#unknown-object",
    caught: {
      "cwmp.add-object.unknown-object": ["TR-069:A.3.2.6#unknown-object"],
      "cwmp.add-object.single-object": ["TR-069:A.3.2.6#single-object"],
      "cwmp.add-object.no-dot": ["TR-069:A.3.2.6#dot"],
      "cwmp.add-object.instance-path": ["TR-069:A.3.2.6#instance-path"],
      "cwmp.add-object.fixed-table": ["TR-069:A.3.2.6#fixed-table"],
      "cwmp.add-object.exhaustion": ["TR-069:A.3.2.6#exhaustion"],
      "cwmp.soap.schema-types": ["TR-069:A.2.2#schema-types"],
    },
    quirk: "M56",
    change: () => ({
      rpc: {
        responseForFault: (method, { code }) =>
          method === "AddObject"
            ? [
                { name: "InstanceNumber", text: "0" },
                { name: "Status", text: String(code) },
              ]
            : undefined,
      },
    }),
  },
  {
    id: "object-add-unknown-taken",
    phone: "A phone that answers AddObject for an object that it does not have as if it had made an instance.",
    breaks: "TR-069:A.3.2.6#unknown-object",
    caught: { "cwmp.add-object.unknown-object": ["TR-069:A.3.2.6#unknown-object"] },
    change: ({ rpc }) => ({
      rpc: {
        addToNoTable: (path, exists) => (path.endsWith(".") && !exists(path) ? undefined : rpc.addToNoTable(path, exists)),
      },
    }),
  },
  {
    id: "object-add-single-fails",
    phone: "A phone that fails within when AddObject names an object that there is only one of.",
    breaks: "TR-069:A.3.2.6#single-object",
    caught: { "cwmp.add-object.single-object": ["TR-069:A.3.2.6#single-object"] },
    change: ({ rpc }) => ({
      rpc: {
        addToNoTable: (path, exists) => (exists(path) && !isInstance(path) ? 9002 : rpc.addToNoTable(path, exists)),
      },
    }),
  },
  {
    id: "object-add-dot-added",
    phone: "A phone that adds an object when the dot at the end of its table's path is missing.",
    breaks: "TR-069:A.3.2.6#dot",
    caught: { "cwmp.add-object.no-dot": ["TR-069:A.3.2.6#dot"] },
    change: () => ({
      rpc: {
        lookedUpPath: (path, exists, method) => (method === "AddObject" && exists(`${path}.`) ? `${path}.` : path),
      },
    }),
  },
  {
    id: "object-add-instance-taken",
    phone: "A phone that answers AddObject for the path of an instance as if it had made it.",
    breaks: "TR-069:A.3.2.6#instance-path",
    caught: { "cwmp.add-object.instance-path": ["TR-069:A.3.2.6#instance-path"] },
    change: ({ rpc }) => ({
      rpc: { addToNoTable: (path, exists) => (isInstance(path) ? undefined : rpc.addToNoTable(path, exists)) },
    }),
  },
  {
    id: "object-add-fixed-taken",
    phone: "A phone that answers AddObject for a table that is fixed as if it had made an instance.",
    breaks: "TR-069:A.3.2.6#fixed-table",
    caught: { "cwmp.add-object.fixed-table": ["TR-069:A.3.2.6#fixed-table"] },
    change: () => ({ rpc: { addToFixedTable: () => undefined } }),
  },
  {
    id: "object-delete-unknown-argument",
    phone: "A phone that calls an object that it does not have an invalid argument of DeleteObject.",
    breaks: "TR-069:A.3.2.7#unknown-object",
    caught: { "cwmp.delete-object.unknown-object": ["TR-069:A.3.2.7#unknown-object"] },
    change: ({ rpc }) => ({
      rpc: {
        deleteNoInstance: (path, exists) =>
          isInstance(path) && !exists(tableOf(path)) ? 9003 : rpc.deleteNoInstance(path, exists),
      },
    }),
  },
  {
    id: "object-delete-twice",
    phone: "A phone that takes the deletion of an instance that is gone for done.",
    breaks: "TR-069:A.3.2.7#missing-instance",
    caught: { "cwmp.delete-object.missing-instance": ["TR-069:A.3.2.7#missing-instance"] },
    change: ({ rpc }) => ({
      rpc: {
        deleteNoInstance: (path, exists) =>
          isInstance(path) && exists(tableOf(path)) ? undefined : rpc.deleteNoInstance(path, exists),
      },
    }),
  },
  {
    id: "object-delete-table-denied",
    phone: "A phone that says Request Denied when it is asked to delete a whole table.",
    breaks: "TR-069:A.3.2.7#table-path",
    caught: { "cwmp.delete-object.table-path": ["TR-069:A.3.2.7#table-path"] },
    change: ({ rpc }) => ({
      rpc: { deleteNoInstance: (path, exists) => (exists(path) ? 9001 : rpc.deleteNoInstance(path, exists)) },
    }),
  },
  {
    id: "object-delete-dot-added",
    phone: "A phone that deletes an object when the dot at the end of its path is missing.",
    breaks: "TR-069:A.3.2.7#dot",
    caught: { "cwmp.delete-object.no-dot": ["TR-069:A.3.2.7#dot"] },
    change: () => ({
      rpc: {
        lookedUpPath: (path, exists, method) => (method === "DeleteObject" && exists(`${path}.`) ? `${path}.` : path),
      },
    }),
  },
  {
    id: "object-delete-fixed-taken",
    phone: "A phone that answers DeleteObject for an object that it keeps as if it had deleted it.",
    breaks: "TR-069:A.3.2.7#fixed-table",
    caught: { "cwmp.delete-object.fixed-table": ["TR-069:A.3.2.7#fixed-table"] },
    change: () => ({ rpc: { deleteFixed: () => undefined } }),
  },
];
