import type { Mutant } from "./mutant.ts";

/** Phones that are wrong about ScheduleInform: TR-069 A.4.1.2. */
export const scheduleInformMutants: readonly Mutant[] = [
  {
    id: "schedule-at-half-minutes",
    phone: "A phone that looks every half minute whether an Inform is due.",
    breaks: "TR-069:A.4.1.2#delay",
    caught: { "cwmp.schedule-inform.delay": ["TR-069:A.4.1.2#delay"] },
    change: () => ({ rpc: { scheduledAt: (now, delaySeconds) => now + Math.ceil(delaySeconds / 30) * 30_000 } }),
  },
  {
    id: "schedule-method-event-alone",
    phone: "A phone that lists M ScheduleInform without 3 SCHEDULED.",
    breaks: "TR-069:3.7.1.5#scheduled",
    caught: { "cwmp.schedule-inform.delay": ["TR-069:3.7.1.5#scheduled"] },
    change: ({ events }) => ({
      events: { atSchedule: (commandKey) => events.atSchedule(commandKey).filter(({ code }) => code !== "3 SCHEDULED") },
    }),
  },
  {
    id: "schedule-key-escaped",
    phone: "A phone that returns the CommandKey of ScheduleInform with its entities.",
    breaks: "TR-069:A.4.1.2#command-key",
    caught: { "cwmp.schedule-inform.delay": ["TR-069:A.4.1.2#command-key"] },
    change: ({ events }) => ({
      events: { atSchedule: (commandKey) => events.atSchedule(commandKey.replaceAll("&", "&amp;").replaceAll("<", "&lt;")) },
    }),
  },
  {
    id: "schedule-without-delay",
    phone: "A phone that takes a delay of zero for at once.",
    breaks: "TR-069:A.4.1.2#zero-delay",
    caught: { "cwmp.schedule-inform.zero-delay": ["TR-069:A.4.1.2#zero-delay"] },
    change: () => ({ rpc: { acceptsDelay: () => true } }),
  },
  {
    id: "schedule-last-one-only",
    phone: "A phone that has room for one ScheduleInform.",
    breaks: "TR-069:3.7.1.5#scheduled-multiple",
    caught: { "cwmp.schedule-inform.several": ["TR-069:3.7.1.5#scheduled-multiple"] },
    change: () => ({ rpc: { scheduleWith: (_scheduled, added) => [added] } }),
  },
  {
    id: "schedule-forgotten-at-boot",
    phone: "A phone that forgets at a start what it was to tell of a ScheduleInform.",
    breaks: "TR-069:3.7.1.5#scheduled-kept",
    caught: { "cwmp.schedule-inform.kept-over-reboot": ["TR-069:3.7.1.5#scheduled-kept"] },
    change: ({ events }) => ({
      events: {
        keptAtBoot: (queue) =>
          events.keptAtBoot(queue).filter(({ code }) => code !== "M ScheduleInform" && code !== "3 SCHEDULED"),
      },
    }),
  },
];
