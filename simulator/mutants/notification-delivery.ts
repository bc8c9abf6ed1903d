import type { Mutant } from "./mutant.ts";

/** Phones that lose notifications, repeat them, or give them at the wrong time (TR-069 3.2.1, 3.7.1.5). */
export const notificationDeliveryMutants: readonly Mutant[] = [
  {
    id: "ntf-change-shows-at-once",
    phone: "A phone that shows the ACS what its user changes during the session.",
    breaks: "TR-069:3.7.1.1#shielded",
    caught: { "cwmp.notification.shielded-session": ["TR-069:3.7.1.1#shielded"] },
    change: () => ({ session: { showsLocalChange: () => true } }),
  },
  {
    id: "ntf-never-delivered",
    phone: "A phone that tells of a change in every Inform after it.",
    breaks: "TR-069:3.7.1.5#value-change-not-repeated",
    caught: {
      "cwmp.notification.one-for-several": ["TR-069:3.2.1#one-notification"],
      "cwmp.notification.delivered": ["TR-069:3.7.1.5#value-change-not-repeated"],
      "cwmp.notification.delivered-then-failed": ["TR-069:A.3.3.1#delivered-not-retried"],
      "snom.local.corrected": ["SNOM:local-change#correction-silent"],
    },
    change: () => ({ events: { changesAfterInformResponse: (changes) => [...changes] } }),
  },
  {
    id: "ntf-lost-with-session",
    phone: "A phone that forgets its notifications when a session fails.",
    breaks: "TR-069:3.7.1.5#value-change-retried",
    caught: {
      "cwmp.notification.redelivered": ["TR-069:3.7.1.5#value-change-retried"],
      "cwmp.notification.lost-response": ["TR-069:3.7.1.5#confirmation"],
      "cwmp.event-delivery.merged": ["TR-069:A.3.3.1#events-merged"],
    },
    change: () => ({ events: { changesAfterFailure: () => [] } }),
  },
  {
    id: "ntf-inform-resent",
    phone: "A phone that retries an Inform with the parameters that it had when the session failed.",
    breaks: "TR-069:A.3.3.1#latest-value",
    caught: { "cwmp.notification.latest-value": ["TR-069:A.3.3.1#latest-value"] },
    change: () => ({
      inform: {
        afterFailure: (args, failed = []) =>
          args.map((arg) => failed.find(({ name }) => name === "ParameterList" && arg.name === name) ?? arg),
      },
    }),
  },
  {
    id: "ntf-confirmed-by-session",
    phone: "A phone that takes notifications for delivered only when the whole session has ended well.",
    breaks: "TR-069:A.3.3.1#delivered-not-retried",
    caught: { "cwmp.notification.delivered-then-failed": ["TR-069:A.3.3.1#delivered-not-retried"] },
    change: () => ({
      events: { changesAfterFailure: (changes, sent) => [...sent.filter((one) => !changes.includes(one)), ...changes] },
    }),
  },
  {
    id: "ntf-deletion-notified",
    phone: "A phone that sends 4 VALUE CHANGE when an object with a parameter under active notification is deleted.",
    breaks: "TR-069:A.3.2.4#deletion",
    caught: { "cwmp.notification.deletion": ["TR-069:A.3.2.4#deletion"] },
    change: () => ({
      // What is gone cannot be listed: the Inform then has the event, and only parameters that it always has.
      model: {
        changesByDeletion: (_path, gone) =>
          gone.some(({ notification }) => notification === 2) ? ["Device.ManagementServer.ConnectionRequestURL"] : [],
      },
    }),
  },
];
