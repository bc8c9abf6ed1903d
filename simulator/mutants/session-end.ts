import type { Mutant } from "./mutant.ts";

/** Phones that do not know when a session is over: TR-069 3.7.1.4. */
export const sessionEndMutants: readonly Mutant[] = [
  {
    id: "session-end-wants-two-empties",
    phone: "A phone that sends an empty POST again until the ACS has answered with nothing twice.",
    breaks: "TR-069:3.7.1.4#ends",
    quirk: "M25",
    caught: {
      "cwmp.session-end.on-204": ["TR-069:3.7.1.4#ends"],
      "cwmp.session-end.no-trailing-post": ["TR-069:3.7.1.4#no-trailing-post"],
      "cwmp.session-end.empty-200": ["TR-069:3.4.6#empty-200"],
    },
    change: ({ session }) => ({
      session: { next: (progress) => (progress.emptySent && progress.empties === 1 ? "empty" : session.next(progress)) },
    }),
  },
  {
    id: "session-end-farewell",
    phone: "A phone that sends an empty POST when the session is over.",
    breaks: "TR-069:3.7.1.4#ends",
    quirk: "M24",
    caught: {
      "cwmp.session-end.on-204": ["TR-069:3.7.1.4#ends"],
      "cwmp.session-end.no-trailing-post": ["TR-069:3.7.1.4#no-trailing-post"],
      "cwmp.session-end.empty-200": ["TR-069:3.4.6#empty-200"],
    },
    change: () => ({ session: { trailer: () => "empty" } }),
  },
  {
    id: "session-end-empty-behind-response",
    phone: "A phone that sends an empty POST behind its last response, though it has sent one before.",
    breaks: "TR-069:3.7.1.4#no-trailing-post",
    quirk: "M24",
    caught: { "cwmp.session-end.no-trailing-post": ["TR-069:3.7.1.4#no-trailing-post"] },
    change: ({ session }) => ({
      session: {
        next: (progress) =>
          progress.emptySent && progress.empties === 1 && progress.served > 0 ? "empty" : session.next(progress),
      },
    }),
  },
  {
    id: "session-end-connection-left-open",
    phone: "A phone that leaves its connection open when a session has ended well.",
    breaks: "TR-069:3.7#closes-connection",
    quirk: "M27",
    caught: { "cwmp.session-end.closes-connection": ["TR-069:3.7#closes-connection"] },
    change: () => ({ session: { closesConnection: (outcome) => outcome === "failed" } }),
  },
  {
    id: "session-end-reboots-at-once",
    phone: "A phone that reboots as soon as it has answered Reboot.",
    breaks: "TR-069:3.7.1.4#reboot-after-session",
    caught: { "cwmp.session-end.reboot-deferred": ["TR-069:3.7.1.4#reboot-after-session"] },
    change: ({ session }) => ({
      session: { mayReboot: (state) => state === "running" || session.mayReboot(state) },
    }),
  },
  {
    id: "session-end-reboots-after-failure",
    phone: "A phone that reboots after the session, however it ended.",
    breaks: "TR-069:3.7.1.4#reboot-after-clean-end",
    caught: { "cwmp.session-end.reboot-after-clean-end": ["TR-069:3.7.1.4#reboot-after-clean-end"] },
    change: () => ({ session: { mayReboot: (state) => state !== "running" } }),
  },
];
