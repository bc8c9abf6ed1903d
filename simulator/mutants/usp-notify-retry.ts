import type { Mutant } from "./mutant.ts";

/** Phones that repeat notifications as they should not (TR-369 "Responses to Notifications and Notification Retry"). */
export const uspNotifyRetryMutants: readonly Mutant[] = [
  {
    id: "usp-notify-retry-unasked",
    phone: "A phone that never asks for a response to a notification.",
    breaks: "TR-369:R-NOT.0",
    caught: {
      "usp.notify-retry.intervals": ["TR-369:R-NOT.0", "TR-369:R-NOT.1"],
      "usp.notify-retry.expired": ["TR-369:R-NOT.1"],
      "usp.notify-retry.longest-range": ["TR-369:R-NOT.2"],
      "usp.notify-retry.delivered": ["TR-369:R-NOT.3"],
      "usp.notify-retry.after-reboot": ["TR-369:R-NOT.4"],
    },
    change: () => ({ usp: { asksForResponse: () => false } }),
  },
  {
    id: "usp-notify-retry-always",
    phone: "A phone that repeats notifications whatever NotifRetry says.",
    breaks: "TR-369:R-NOT.0",
    caught: { "usp.notify-retry.not-asked": ["TR-369:R-NOT.0"] },
    change: () => ({ usp: { asksForResponse: () => true } }),
  },
  {
    id: "usp-notify-retry-never",
    phone: "A phone that asks for a response to a notification, and never repeats it.",
    breaks: "TR-369:R-NOT.1",
    caught: {
      "usp.notify-retry.intervals": ["TR-369:R-NOT.1"],
      "usp.notify-retry.expired": ["TR-369:R-NOT.1"],
      "usp.notify-retry.longest-range": ["TR-369:R-NOT.2"],
      "usp.notify-retry.delivered": ["TR-369:R-NOT.3"],
      "usp.notify-retry.after-reboot": ["TR-369:R-NOT.4"],
      "usp.on-board.retried": ["TR-369:R-NOT.6", "TR-369:R-NOT.6a"],
    },
    change: () => ({ usp: { goesOnNotifying: () => false } }),
  },
  {
    id: "usp-notify-retry-evenly",
    phone: "A phone that repeats a notification each time after the shortest interval.",
    breaks: "TR-369:R-NOT.1",
    caught: {
      "usp.notify-retry.intervals": ["TR-369:R-NOT.1"],
      "usp.notify-retry.longest-range": ["TR-369:R-NOT.2"],
      "usp.on-board.retried": ["TR-369:R-NOT.6"],
    },
    change: () => ({ usp: { notifyRange: (_retry, minimum) => [minimum, minimum] } }),
  },
  {
    id: "usp-notify-retry-for-ever",
    phone: "A phone that repeats a notification that has expired.",
    breaks: "TR-369:R-NOT.2",
    caught: { "usp.notify-retry.expired": ["TR-369:R-NOT.2"] },
    change: () => ({ usp: { goesOnNotifying: () => true } }),
  },
  {
    id: "usp-notify-retry-ever-longer",
    phone: "A phone whose retry intervals grow without end.",
    breaks: "TR-369:R-NOT.2",
    caught: { "usp.notify-retry.longest-range": ["TR-369:R-NOT.2"] },
    change: () => ({
      usp: {
        notifyRange: (retry, minimum, multiplier) => [
          minimum * (multiplier / 1000) ** (retry - 1),
          minimum * (multiplier / 1000) ** retry,
        ],
      },
    }),
  },
  {
    id: "usp-notify-retry-counts-on",
    phone: "A phone that goes on counting retries with the next notification of a subscription.",
    breaks: "TR-369:R-NOT.3",
    caught: { "usp.notify-retry.delivered": ["TR-369:R-NOT.3"] },
    change: () => ({ usp: { firstRetry: (last, hasRestarted) => (hasRestarted ? 1 : Math.max(last, 1)) } }),
  },
  {
    id: "usp-notify-retry-counts-over-reboot",
    phone: "A phone that goes on counting the retries of a subscription after a reboot.",
    breaks: "TR-369:R-NOT.4",
    caught: { "usp.notify-retry.after-reboot": ["TR-369:R-NOT.4"] },
    change: () => ({ usp: { firstRetry: (last, hasRestarted) => (hasRestarted ? Math.max(last, 1) : 1) } }),
  },
  {
    id: "usp-notify-retry-wants-id",
    phone: "A phone that takes a NotifyResp only with the subscription_id of its Notify.",
    breaks: "TR-369:R-NOT.9",
    caught: { "usp.notify-retry.foreign-subscription-id": ["TR-369:R-NOT.9"] },
    change: ({ usp }) => ({
      usp: { confirms: (own, other, isOfSubscription) => isOfSubscription && usp.confirms(own, other, isOfSubscription) },
    }),
  },
];
