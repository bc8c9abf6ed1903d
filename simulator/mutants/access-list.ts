import type { Mutant } from "./mutant.ts";

/** Phones that do not keep to the attribute AccessList (TR-069 Table 22). */
export const accessListMutants: readonly Mutant[] = [
  {
    id: "spa-access-added",
    phone: "A phone that adds to an AccessList what ought to replace it.",
    breaks: "TR-069:A.3.2.4#access-list",
    caught: {
      "cwmp.access-list.set": ["TR-069:A.3.2.4#access-list"],
      "cwmp.access-list.read-only": ["TR-069:A.3.2.4#access-list-read-only"],
      "snom.map-attributes-kept.access-list": ["TR-069:A.3.2.4#access-list"],
    },
    change: () => ({
      rpc: { accessListAfter: (before, { accessList = [] }) => [...new Set([...before.accessList, ...accessList])] },
    }),
  },
  {
    id: "spa-access-of-read-only-dropped",
    phone: "A phone that keeps no AccessList for a parameter that nobody can write.",
    breaks: "TR-069:A.3.2.4#access-list-read-only",
    caught: { "cwmp.access-list.read-only": ["TR-069:A.3.2.4#access-list-read-only"] },
    change: ({ rpc }) => ({
      rpc: {
        accessListAfter: (before, change, parameter) =>
          parameter.writable ? rpc.accessListAfter(before, change, parameter) : before.accessList,
      },
    }),
  },
  {
    id: "spa-access-flag-ignored",
    phone: "A phone that takes an AccessList although AccessListChange is false when the Notification does not change either.",
    breaks: "TR-069:A.3.2.4#access-list-change",
    caught: { "cwmp.access-list.change-flag": ["TR-069:A.3.2.4#access-list-change"] },
    change: () => ({
      rpc: { changesAttribute: (flag, attribute, other) => flag || (attribute === "accessList" && !other) },
    }),
  },
  {
    id: "spa-entities-refused",
    phone: "A phone that refuses an AccessList with an entity that it does not know.",
    breaks: "TR-069:A.3.2.4#unknown-entity",
    caught: { "cwmp.access-list.unknown-entity": ["TR-069:A.3.2.4#unknown-entity"] },
    change: () => ({ rpc: { acceptsEntity: (entity) => entity === "Subscriber" } }),
  },
  {
    id: "spa-access-one-entity",
    phone: "A phone that keeps an AccessList as one entity, the last.",
    breaks: "TR-069:A.3.2.4#unknown-entity",
    caught: { "cwmp.access-list.unknown-entity": ["TR-069:A.3.2.4#unknown-entity"] },
    change: ({ rpc }) => ({
      rpc: {
        accessListAfter: (before, change, parameter) => rpc.accessListAfter(before, change, parameter).slice(-1),
      },
    }),
  },
  {
    id: "spa-user-writes-anyway",
    phone: "A phone that lets its user change what an AccessList keeps for the ACS.",
    breaks: "TR-069:A.3.2.4#access-list-enforced",
    caught: { "cwmp.access-list.enforced": ["TR-069:A.3.2.4#access-list-enforced"] },
    change: () => ({ model: { userMayWrite: () => true } }),
  },
];
