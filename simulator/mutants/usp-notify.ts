import type { Mutant } from "./mutant.ts";

const NOT_0 = ["TR-369:R-NOT.0"];

/** Phones that go wrong with subscriptions and what these notify of (TR-369 "Notifications and Subscription Mechanism"). */
export const uspNotifyMutants: readonly Mutant[] = [
  {
    id: "usp-notify-no-value-change",
    phone: "A phone that does not notify changes of values.",
    breaks: "TR-369:R-NOT.0",
    caught: {
      "usp.robust.many-subscriptions": NOT_0,
      "snom.two-protocols.changed-by-user": ["SNOM-TR-369:Two-protocols#by-user"],
      "snom.two-protocols.changed-by-acs": ["SNOM-TR-369:Two-protocols#by-acs"],
      "usp.subscription.value-change": NOT_0,
      "usp.subscription.search-path": NOT_0,
      "usp.subscription.trigger-config": NOT_0,
      "usp.subscription.trigger-notify-and-config": NOT_0,
    },
    change: () => ({ usp: { changedValues: () => [] } }),
  },
  {
    id: "usp-notify-late",
    phone: "A phone that notifies a change after 15 seconds.",
    breaks: "TR-369:R-NOT.0a",
    caught: { "usp.subscription.value-change": ["TR-369:R-NOT.0a"] },
    change: () => ({ usp: { notifyDelay: () => 15_000 } }),
  },
  {
    id: "usp-notify-other-id",
    phone: "A phone that puts the ID of the subscription into its notifications in capital letters.",
    breaks: "TR-369:R-NOT.7",
    caught: {
      "usp.subscription.value-change": ["TR-369:R-NOT.7"],
      "usp.notify.object-creation": ["TR-369:R-NOT.7"],
      "usp.notify.object-deletion": ["TR-369:R-NOT.7"],
    },
    change: () => ({
      usp: { notification: (given) => ({ ...given, subscriptionId: `${given.subscriptionId}`.toUpperCase() }) },
    }),
  },
  {
    id: "usp-notify-after-deletion",
    phone: "A phone that goes on notifying for subscriptions that are gone.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.subscription.deleted": NOT_0, "usp.subscription.expired": NOT_0 },
    change: () => ({ usp: { outlives: () => true } }),
  },
  {
    id: "usp-notify-never-over",
    phone: "A phone that keeps a subscription beyond its TimeToLive.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.subscription.expired": NOT_0 },
    change: () => ({ usp: { isOver: () => false } }),
  },
  {
    id: "usp-notify-orphans",
    phone: "A phone that keeps the subscriptions of a controller whose entry is deleted.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.subscription.recipient-deleted": NOT_0 },
    change: () => ({ usp: { orphans: () => [] } }),
  },
  {
    id: "usp-notify-first-of-search",
    phone: "A phone that watches only the first of the objects that a search path names.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.subscription.search-path": NOT_0 },
    change: () => ({ usp: { watchedObjects: (objects) => objects.slice(0, 1) } }),
  },
  {
    id: "usp-notify-although-config",
    phone: "A phone that notifies although a subscription is to configure only.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.subscription.trigger-config": NOT_0 },
    change: ({ usp }) => ({ usp: { triggered: (action) => ({ ...usp.triggered(action), notifies: true }) } }),
  },
  {
    id: "usp-notify-never-configures",
    phone: "A phone that does not make the settings of a subscription.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.subscription.trigger-config": NOT_0, "usp.subscription.trigger-notify-and-config": NOT_0 },
    change: ({ usp }) => ({ usp: { triggered: (action) => ({ ...usp.triggered(action), configures: false }) } }),
  },
  {
    id: "usp-notify-no-creation",
    phone: "A phone that does not notify new instances.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.notify.object-creation": NOT_0 },
    change: () => ({ usp: { createdObjects: () => [] } }),
  },
  {
    id: "usp-notify-creation-without-keys",
    phone: "A phone that notifies a new instance without its unique keys.",
    breaks: "TP-469:1.57#unique-keys",
    caught: { "usp.notify.object-creation": ["TP-469:1.57#unique-keys"] },
    change: () => ({
      usp: {
        notification: (given) =>
          given.notification?.case === "objCreation"
            ? {
                subscriptionId: given.subscriptionId ?? "",
                sendResp: given.sendResp ?? false,
                notification: { case: "objCreation", value: { objPath: given.notification.value.objPath ?? "" } },
              }
            : given,
      },
    }),
  },
  {
    id: "usp-notify-no-deletion",
    phone: "A phone that does not notify deleted instances.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.notify.object-deletion": NOT_0 },
    change: () => ({ usp: { deletedObjects: () => [] } }),
  },
  {
    id: "usp-notify-no-periodic",
    phone: "A phone that never sends Periodic!.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.session.expiration": ["TR-369:R-E2E.7"], "usp.notify.periodic": NOT_0 },
    change: ({ usp }) => ({
      usp: { isNamed: (named, path) => !path.endsWith("Periodic!") && usp.isNamed(named, path) },
    }),
  },
  {
    id: "usp-notify-periodic-twice-as-long",
    phone: "A phone that sends Periodic! in twice the interval.",
    breaks: "TP-469:1.59#interval",
    caught: { "usp.notify.periodic": ["TP-469:1.59#interval"] },
    change: ({ usp }) => ({ usp: { periodicDelay: (now, interval, from) => usp.periodicDelay(now, 2 * interval, from) } }),
  },
];
