import type { Mutant } from "./mutant.ts";

const has = (queue: readonly { readonly code: string }[], code: string): boolean => queue.some((event) => event.code === code);
const event = (code: string, commandKey = "") => ({ code, commandKey });

/** Phones that tell of their starts otherwise than TR-069 3.7.1.5 says. */
export const bootEventsMutants: readonly Mutant[] = [
  {
    id: "event-reboot-alone",
    phone: "A phone that leaves 1 BOOT out when it tells of a reboot with an M Reboot.",
    breaks: "TR-069:3.7.1.5#related-events",
    caught: {
      "cwmp.boot-events.reboot": ["TR-069:3.7.1.5#related-events"],
      "cwmp.boot-events.redelivered": ["TR-069:3.7.1.5#boot-retried"],
      "cwmp.reboot.reboots": ["TR-069:A.3.2.9#reboots"],
    },
    change: ({ inform }) => ({
      inform: {
        events: (queue, valueChange, failures) =>
          inform.events(has(queue, "M Reboot") ? queue.filter(({ code }) => code !== "1 BOOT") : queue, valueChange, failures),
      },
    }),
  },
  {
    id: "event-no-m-reboot",
    phone: "A phone that tells of a reboot with 1 BOOT alone.",
    breaks: "TR-069:3.7.1.5#related-events",
    caught: {
      "cwmp.boot-events.reboot": ["TR-069:3.7.1.5#related-events"],
      "cwmp.boot-events.two-commands": ["TR-069:3.7.1.5#multiple-events"],
      "cwmp.boot-events.redelivered": ["TR-069:3.7.1.5#command-event-retried"],
      "cwmp.reboot.command-key": ["TR-069:A.3.2.9#command-key"],
      "cwmp.reboot.empty-command-key": ["TR-069:A.3.2.9#empty-command-key"],
    },
    change: () => ({ events: { atReboot: () => [] } }),
  },
  {
    id: "event-bootstrap-at-each-boot",
    phone: "A phone that adds 0 BOOTSTRAP to each 1 BOOT.",
    breaks: "TR-069:3.7.1.5#bootstrap-once",
    caught: {
      "cwmp.boot-events.reboot": ["TR-069:3.7.1.5#bootstrap-once"],
      "snom.settings.bootstrap-digits": ["SNOM-TR-069:TR-069-specific-phone-settings#bootstrap-digits"],
      "snom.settings.bootstrap-off": ["SNOM-TR-069:TR-069-specific-phone-settings#bootstrap-off"],
    },
    quirk: "M33",
    change: ({ inform }) => ({
      inform: {
        events: (queue, valueChange, failures) => {
          const events = inform.events(queue, valueChange, failures);
          return has(queue, "1 BOOT") && !has(queue, "0 BOOTSTRAP") ? [event("0 BOOTSTRAP"), ...events] : events;
        },
      },
    }),
  },
  {
    id: "event-power-up-of-its-own",
    phone: "A phone that has an event of its vendor for a start that nobody has ordered.",
    breaks: "TR-069:3.7.1.5#boot",
    caught: {
      "cwmp.boot-events.power-cycle": ["TR-069:3.7.1.5#boot"],
      "snom.usp-agent.reboot": ["SNOM-TR-369:Two-protocols#boot"],
    },
    change: ({ inform }) => ({
      inform: {
        events: (queue, valueChange, failures) =>
          inform
            .events(queue, valueChange, failures)
            .map((one) => (one.code === "1 BOOT" && queue.length === 1 ? event("X 000413 POWERUP") : one)),
      },
    }),
  },
  {
    id: "event-m-reboot-always",
    phone: "A phone that tells of each start with an M Reboot.",
    breaks: "TR-069:3.7.1.5#reboot-on-request",
    caught: {
      "cwmp.boot-events.power-cycle": ["TR-069:3.7.1.5#reboot-on-request"],
      "snom.usp-agent.reboot": ["SNOM-TR-369:Two-protocols#boot"],
    },
    change: ({ events }) => ({
      events: { atReboot: (keys) => (keys.length === 0 ? [event("M Reboot")] : events.atReboot(keys)) },
    }),
  },
  {
    id: "event-reboot-for-each",
    phone: "A phone that reboots once for each Reboot of a session.",
    breaks: "TR-069:A.3.2.9#one-reboot",
    caught: { "cwmp.boot-events.two-commands": ["TR-069:3.7.1.5#multiple-events", "TR-069:A.3.2.9#one-reboot"] },
    change: () => ({ rpc: { rebootsTogether: (waiting) => waiting.slice(0, 1) } }),
  },
  {
    id: "event-last-reboot-alone",
    phone: "A phone that tells of the last Reboot of a session alone.",
    breaks: "TR-069:3.7.1.5#multiple-events",
    caught: { "cwmp.boot-events.two-commands": ["TR-069:3.7.1.5#multiple-events"] },
    change: ({ events }) => ({ events: { atReboot: (keys) => events.atReboot(keys.slice(-1)) } }),
  },
  {
    id: "event-boot-told-once",
    phone: "A phone that tells of a start once, whether it is heard or not.",
    breaks: "TR-069:3.7.1.5#boot-retried",
    caught: { "cwmp.boot-events.redelivered": ["TR-069:3.7.1.5#boot-retried"] },
    change: ({ events }) => ({
      events: { afterFailure: (queue) => events.afterFailure(queue).filter(({ code }) => code !== "1 BOOT") },
    }),
  },
  {
    id: "event-m-reboot-told-once",
    phone: "A phone that returns the CommandKey of a Reboot once, whether it is heard or not.",
    breaks: "TR-069:3.7.1.5#command-event-retried",
    caught: { "cwmp.boot-events.redelivered": ["TR-069:3.7.1.5#command-event-retried"] },
    change: ({ events }) => ({
      events: { afterFailure: (queue) => events.afterFailure(queue).filter(({ code }) => code !== "M Reboot") },
    }),
  },
  {
    id: "event-boot-repeated",
    phone: "A phone that tells of a start in three sessions that all go well.",
    breaks: "TR-069:3.7.1.5#boot-not-repeated",
    caught: {
      "cwmp.boot-events.redelivered": ["TR-069:3.7.1.5#boot-not-repeated"],
      "cwmp.boot-events.two-commands": ["TR-069:A.3.2.9#one-reboot"],
      "snom.firmware.same-version": ["SNOM:firmware#same-version"],
      "snom.firmware.broken-image": ["SNOM:firmware#broken-image-calm"],
    },
    change: ({ events }) => ({
      events: {
        // The CommandKey of a numbered event is never written: here it counts how often this one was told.
        afterInformResponse: (queue, sent) => [
          ...events.afterInformResponse(queue, sent),
          ...sent
            .filter(({ code, commandKey }) => code === "1 BOOT" && commandKey.length < 2)
            .map(({ code, commandKey }) => event(code, `${commandKey}+`)),
        ],
      },
    }),
  },
  {
    id: "event-boot-without-value-change",
    phone: "A phone that lists a changed parameter beside 1 BOOT, without the event for it.",
    breaks: "TR-069:A.3.3.1#discarded-together",
    caught: {
      "cwmp.boot-events.value-change": ["TR-069:A.3.3.1#discarded-together"],
      "snom.local.after-boot": ["SNOM:local-change#kept-over-boot"],
    },
    change: ({ inform }) => ({
      inform: {
        events: (queue, valueChange, failures) => inform.events(queue, valueChange && !has(queue, "1 BOOT"), failures),
      },
    }),
  },
];
