import type { Mutant } from "./mutant.ts";

const CHANGE = "4 VALUE CHANGE";

/** Phones that notify of other changes than they ought to, or say something else of them (TR-069 3.2.1, A.3.2.4, A.3.3.1). */
export const notificationMutants: readonly Mutant[] = [
  {
    id: "ntf-active-as-passive",
    phone: "A phone that waits with an active notification for the next session.",
    breaks: "TR-069:A.3.2.4#active",
    caught: {
      "snom.two-protocols.changed-by-usp": ["SNOM-TR-369:Two-protocols#by-usp"],
      "cwmp.notification.active": ["TR-069:A.3.2.4#active"],
      "cwmp.notification.during-session": ["TR-069:3.2.1#change-during-session"],
      "snom.local.value-form": ["PARAM-MAP:local-change#value-form"],
      "snom.local.mixed": ["PARAM-MAP:local-change#mixed"],
      "snom.local.several-parameters": ["PARAM-MAP:local-change#each-parameter"],
      "snom.local.read-only-active": ["TR-069:A.3.2.4#active"],
      "snom.local.active": ["SNOM-TR-069:Modifiers#active-told"],
    },
    change: () => ({ model: { isReportedAtOnce: () => false } }),
  },
  {
    id: "ntf-called-periodic",
    phone: "A phone that calls the session of a notification a periodic one.",
    breaks: "TR-069:A.3.2.4#value-change-event",
    caught: {
      "cwmp.notification.active": ["TR-069:A.3.2.4#value-change-event"],
      "cwmp.notification.during-session": ["TR-069:3.2.1#change-during-session"],
      "cwmp.notification.one-for-several": ["TR-069:3.2.1#one-notification"],
      "snom.local.index": ["PARAM-MAP:local-change#index"],
      "snom.local.several-settings": ["SNOM:local-change#every-setting"],
      "snom.local.read-only-active": ["TR-069:A.3.2.4#active"],
      "snom.local.active": ["SNOM-TR-069:Modifiers#active-told"],
    },
    change: ({ inform }) => ({
      inform: {
        events: (queue, valueChange, ...others) =>
          valueChange && queue.length === 0
            ? [{ code: "2 PERIODIC", commandKey: "" }]
            : inform.events(queue, valueChange, ...others),
      },
    }),
  },
  {
    id: "ntf-without-value",
    phone: "A phone that lists a changed parameter without its value in the session that it opens for it.",
    breaks: "TR-069:A.3.3.1#changed-value",
    caught: {
      "cwmp.notification.active": ["TR-069:A.3.3.1#changed-value"],
      "cwmp.notification.latest-value": ["TR-069:A.3.3.1#latest-value"],
    },
    change: () => ({
      inform: {
        value: (name, value, events) => (events.every(({ code }) => code === CHANGE) && name.includes(".Time.") ? "" : value),
      },
    }),
  },
  {
    id: "ntf-passive-as-active",
    phone: "A phone that opens a session for a change under passive notification.",
    breaks: "TR-069:3.7.1.5#passive-no-session",
    caught: {
      "cwmp.notification.passive": ["TR-069:3.7.1.5#passive-no-session"],
      "snom.local.passive": ["SNOM-TR-069:Modifiers#passive-waits"],
    },
    change: () => ({ model: { isReportedAtOnce: (notification) => notification > 0 } }),
  },
  {
    id: "ntf-passive-as-off",
    phone: "A phone that tells of changes under active notification alone.",
    breaks: "TR-069:A.3.2.4#passive",
    caught: {
      "cwmp.notification.passive": ["TR-069:A.3.2.4#passive"],
      "cwmp.notification.changed-back": ["TR-069:A.3.3.1#changed-back"],
      "cwmp.notification.listed-once": ["TR-069:A.3.3.1#listed-once"],
      "cwmp.event-delivery.periodic-with-change": ["TR-069:3.7.1.5#periodic-with-change"],
      "snom.local.after-boot": ["SNOM:local-change#kept-over-boot"],
      "snom.local.several-settings": ["SNOM:local-change#every-setting"],
      "snom.local.passive": ["SNOM-TR-069:Modifiers#passive-told"],
    },
    change: () => ({ model: { isReported: (notification) => notification === 2 } }),
  },
  {
    id: "ntf-off-as-passive",
    phone: "A phone that tells of every change.",
    breaks: "TR-069:A.3.3.1#off",
    caught: {
      "cwmp.notification.off": ["TR-069:A.3.3.1#off"],
      "snom.local.read-only": ["PARAM-MAP:local-change#read-only-silent"],
      "snom.local.off": ["SNOM-TR-069:Modifiers#off-silent"],
    },
    change: () => ({ model: { isReported: () => true } }),
  },
  {
    id: "ntf-acs-change",
    phone: "A phone that notifies the ACS of what the ACS itself has set under active notification.",
    breaks: "TR-069:A.3.3.1#acs-change",
    caught: {
      "cwmp.notification.acs-change": ["TR-069:3.2.1#acs-change-no-session", "TR-069:A.3.3.1#acs-change"],
      "snom.local.corrected": ["SNOM:local-change#correction-silent"],
    },
    quirk: "M76",
    change: () => ({
      model: {
        changesByAcs: (written) => written.filter(({ notification }) => notification === 2).map(({ name }) => name),
      },
    }),
  },
  {
    id: "ntf-changed-back-dropped",
    phone: "A phone that takes a second change of a parameter for the taking back of the first.",
    breaks: "TR-069:A.3.3.1#changed-back",
    caught: {
      "cwmp.notification.changed-back": ["TR-069:A.3.3.1#changed-back"],
      "cwmp.notification.latest-value": ["TR-069:A.3.3.1#latest-value"],
    },
    change: () => ({
      model: {
        changesWith: (changes, change) => {
          const others = changes.filter(({ name }) => name !== change.name);
          return others.length < changes.length ? others : [...changes, change];
        },
      },
    }),
  },
  {
    id: "ntf-every-change-listed",
    phone: "A phone that lists a parameter as often as it has changed.",
    breaks: "TR-069:A.3.3.1#listed-once",
    caught: {
      "cwmp.notification.listed-once": ["TR-069:A.3.3.1#listed-once"],
      "cwmp.notification.latest-value": ["TR-069:A.3.3.1#latest-value"],
      "cwmp.inform.parameters-once": ["TR-069:A.3.3.1#parameters-once"],
    },
    change: () => ({ model: { changesWith: (changes, change) => [...changes, change] } }),
  },
  {
    id: "ntf-always-a-change",
    phone: "A phone that tells of a change in every session that an ACS asks for.",
    breaks: "TR-069:A.3.3.1#no-change",
    caught: {
      "cwmp.notification.none": ["TR-069:A.3.3.1#no-change"],
      "cwmp.notification.deletion": ["TR-069:A.3.2.4#deletion"],
    },
    change: ({ inform }) => ({
      inform: {
        events: (queue, valueChange, ...others) =>
          inform.events(queue, valueChange || queue.some(({ code }) => code === "6 CONNECTION REQUEST"), ...others),
      },
    }),
  },
];
