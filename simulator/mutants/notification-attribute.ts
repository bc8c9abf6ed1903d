import type { Mutant } from "./mutant.ts";

/** Phones that take the attribute Notification for something else than it is (TR-069 Table 22). */
export const notificationAttributeMutants: readonly Mutant[] = [
  {
    id: "spa-numbers-never-active",
    phone: "A phone that says that it notifies actively of a number, and stores passive notification.",
    breaks: "TR-069:A.3.2.4#notification",
    caught: { "cwmp.notification-attribute.values": ["TR-069:A.3.2.4#notification"] },
    change: ({ rpc }) => ({
      rpc: {
        notificationAfter: (before, change, parameter) => {
          const after = rpc.notificationAfter(before, change, parameter);
          return parameter.type === "unsignedInt" ? Math.min(after, 1) : after;
        },
      },
    }),
  },
  {
    id: "spa-notification-flag-ignored",
    phone: "A phone that takes every Notification, whatever NotificationChange says.",
    breaks: "TR-069:A.3.2.4#notification-change",
    caught: {
      "cwmp.notification-attribute.change-flag": ["TR-069:A.3.2.4#notification-change"],
      "snom.map-attributes.no-change": ["TR-069:A.3.2.4#notification-change"],
      "snom.map-attributes-kept.access-list": ["PARAM-MAP:attributes#access-list"],
    },
    change: () => ({ rpc: { changesAttribute: (flag, attribute) => flag || attribute === "notification" } }),
  },
  {
    id: "spa-any-notification",
    phone: "A phone that takes any number as Notification.",
    breaks: "TR-069:A.3.2.4#notification-range",
    caught: {
      "cwmp.notification-attribute.range": ["TR-069:A.3.2.4#notification-range"],
      "cwmp.soap.schema-types": ["TR-069:A.2.2#schema-types"],
    },
    quirk: "M55",
    change: () => ({ rpc: { isNotification: () => true } }),
  },
  {
    id: "spa-notification-9002",
    phone: "A phone that answers fault 9002, internal error, to a Notification that does not exist.",
    breaks: "TR-069:A.3.2.4#notification-range",
    caught: { "cwmp.notification-attribute.range": ["TR-069:A.3.2.4#notification-range"] },
    change: () => ({ rpc: { invalidNotification: () => 9002 } }),
  },
  {
    id: "spa-key-not-notified",
    phone: "A phone that refuses to notify of its ParameterKey at all.",
    breaks: "TR-069:A.3.2.4#passive-always",
    caught: { "cwmp.notification-attribute.passive-always": ["TR-069:A.3.2.4#passive-always"] },
    change: () => ({
      rpc: {
        refusesNotification: ({ name, deniable }, notification) =>
          deniable && notification >= (name.endsWith(".ParameterKey") ? 1 : 2),
      },
    }),
  },
  {
    id: "spa-refusal-9001",
    phone: "A phone that answers fault 9001 where it refuses active notification.",
    breaks: "TR-069:A.3.2.4#deniable",
    caught: {
      "cwmp.notification-attribute.deniable": ["TR-069:A.3.2.4#deniable"],
      "cwmp.notification-attribute.deniable-below": ["TR-069:A.3.2.4#deniable-below"],
    },
    change: () => ({ rpc: { refusedNotification: () => 9001 } }),
  },
  {
    id: "spa-refusal-partly-applied",
    phone: "A phone that refuses active notification of one parameter and has activated it for the others below the path.",
    breaks: "TR-069:A.3.2.4#deniable-below",
    caught: { "cwmp.notification-attribute.deniable-below": ["TR-069:A.3.2.4#deniable-below"] },
    quirk: "M53",
    change: ({ rpc }) => ({
      rpc: {
        changedDespiteFault: (good, refused) =>
          refused === undefined
            ? rpc.changedDespiteFault(good, refused)
            : [{ ...refused, nodes: refused.nodes.filter(({ deniable }) => !deniable) }],
      },
    }),
  },
  {
    id: "spa-refused-and-activated",
    phone: "A phone that refuses active notification of a parameter and activates it.",
    breaks: "TR-069:A.3.2.4#deniable",
    caught: { "cwmp.notification-attribute.deniable": ["TR-069:A.3.2.4#deniable"] },
    change: () => ({
      rpc: { changedDespiteFault: (_good, refused) => (refused?.nodes.length === 1 ? [refused] : []) },
    }),
  },
  {
    id: "spa-forced-active-refused",
    phone: "A phone that refuses to switch off the notification of its ProvisioningCode, which is always active.",
    breaks: "TR-069:A.3.2.4#forced-active",
    caught: { "cwmp.notification-attribute.forced-active": ["TR-069:A.3.2.4#forced-active"] },
    change: ({ rpc }) => ({
      rpc: {
        refusesNotification: (parameter, notification, path) =>
          (path.endsWith(".ProvisioningCode") && notification === 0) || rpc.refusesNotification(parameter, notification, path),
      },
    }),
  },
  {
    id: "spa-read-only-opened",
    phone: "A phone that calls a fixed parameter writable once an ACS wants to be notified of it.",
    breaks: "TR-069:A.3.2.4#read-only-stays",
    caught: {
      "cwmp.notification-attribute.read-only": ["TR-069:A.3.2.4#read-only-stays"],
      "snom.settings.internal": ["SNOM:settings#internal-read-only"],
      "snom.map-values.mixed-written": ["PARAM-MAP:values#mixed-read-only"],
      "snom.map-attributes.read-only": ["TR-069:A.3.2.4#read-only-stays"],
      "snom.map-attributes-kept.read-only": ["TR-069:A.3.2.4#read-only-stays"],
    },
    quirk: "M41",
    change: () => ({
      rpc: { listedWritable: ({ writable }, attributes) => writable || attributes?.notification === 1 },
    }),
  },
];
