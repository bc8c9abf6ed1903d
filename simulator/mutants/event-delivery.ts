import type { Mutant } from "./mutant.ts";

const has = (queue: readonly { readonly code: string }[], code: string): boolean => queue.some((event) => event.code === code);

/** Where a phone has nothing to ask although it has told of the end of a transfer. */
const NO_REQUEST = {
  "cwmp.hold-requests.not-held": ["TR-069:3.7.1.3#pending-request-first"],
  "cwmp.hold-requests.zero": ["TR-069:3.5#hold-requests-zero"],
  "cwmp.hold-requests.released": ["TR-069:3.7.1.3#released"],
  "cwmp.hold-requests.released-after-request": ["TR-069:3.7.1.3#released-after-request"],
};

/** Phones that lose BOOTSTRAP or let it lose nothing, and phones that deliver other events wrongly (TR-069 3.7.1.5, Table 7). */
export const eventDeliveryMutants: readonly Mutant[] = [
  {
    id: "event-url-change-unnoticed",
    phone: "A phone that goes on as before when the ACS has set another URL, until there is something to tell.",
    breaks: "TR-069:3.2.1#url-change",
    caught: {
      "cwmp.bootstrap.url-change": ["TR-069:3.2.1#url-change"],
      "snom.settings.acs-url": ["SNOM-TR-069:TR-069-specific-phone-settings#acs-url"],
    },
    change: () => ({ events: { isBootstrap: () => false } }),
  },
  {
    id: "event-url-change-periodic",
    phone: "A phone that contacts another ACS with 2 PERIODIC.",
    breaks: "TR-069:3.7.1.5#bootstrap-after-url-change",
    caught: {
      "cwmp.bootstrap.url-change": ["TR-069:3.7.1.5#bootstrap-after-url-change"],
      "snom.settings.acs-url": ["TR-069:3.7.1.5#bootstrap-after-url-change"],
    },
    quirk: "M32",
    change: ({ events }) => ({
      events: {
        atFirstContact: (owed, hadAcs) =>
          owed && hadAcs ? [{ code: "2 PERIODIC", commandKey: "" }] : events.atFirstContact(owed, hadAcs),
      },
    }),
  },
  {
    id: "event-bootstrap-lost-at-boot",
    phone: "A phone that forgets an undelivered BOOTSTRAP when it starts again.",
    breaks: "TR-069:3.7.1.5#bootstrap-never-discarded",
    caught: { "cwmp.bootstrap.never-lost": ["TR-069:3.7.1.5#bootstrap-never-discarded"] },
    change: ({ events }) => ({
      events: { keptAtBoot: (queue) => events.keptAtBoot(queue).filter(({ code }) => code !== "0 BOOTSTRAP") },
    }),
  },
  {
    id: "event-bootstrap-keeps-others",
    phone: "A phone that takes to another ACS what it has not been able to tell the one before.",
    breaks: "TR-069:3.7.1.5#bootstrap-discards",
    caught: { "cwmp.bootstrap.discards-others": ["TR-069:3.7.1.5#bootstrap-discards"] },
    change: () => ({ events: { keptOnBootstrap: (queue) => [...queue] } }),
  },
  {
    id: "event-connection-request-retried",
    phone: "A phone that tells of a connection request until a session goes well.",
    breaks: "TR-069:3.7.1.5#connection-request-not-retried",
    caught: { "cwmp.event-delivery.connection-request": ["TR-069:3.7.1.5#connection-request-not-retried"] },
    quirk: "M77",
    change: () => ({ events: { afterFailure: (queue) => [...queue] } }),
  },
  {
    id: "event-transfer-cleared-by-inform",
    phone: "A phone that takes an InformResponse for the answer to its TransferComplete.",
    breaks: "TR-069:3.7.1.5#transfer-complete-retried",
    caught: { "cwmp.event-delivery.transfer-complete": ["TR-069:3.7.1.5#transfer-complete-retried"] },
    quirk: "M78",
    change: () => ({
      events: { afterInformResponse: (queue, sent) => queue.filter((queued) => !sent.includes(queued)) },
    }),
  },
  {
    id: "event-last-transfer-alone",
    phone: "A phone that tells of the last of several downloads alone.",
    breaks: "TR-069:3.7.1.5#several-commands",
    caught: { "cwmp.event-delivery.several-transfers": ["TR-069:3.7.1.5#several-commands"] },
    change: ({ events }) => ({
      events: {
        queueWith: (queue, occurred) =>
          events.queueWith(
            queue.filter(({ code }) => code !== "M Download" || occurred.code !== code),
            occurred,
          ),
      },
    }),
  },
  {
    id: "event-new-ones-alone",
    phone: "A phone that leaves the change out that a failed session told of when something else happens before the retry.",
    breaks: "TR-069:A.3.3.1#events-merged",
    caught: { "cwmp.event-delivery.merged": ["TR-069:A.3.3.1#events-merged"] },
    change: ({ inform }) => ({
      inform: {
        events: (queue, valueChange, failures) =>
          inform.events(queue, valueChange && (failures === 0 || queue.length === 0), failures),
      },
    }),
  },
  {
    id: "event-periodic-told-once",
    phone: "A phone that tells of its periodic contact once, whether it is heard or not.",
    breaks: "TR-069:3.7.1.5#periodic-retried",
    caught: { "cwmp.event-delivery.periodic": ["TR-069:3.7.1.5#periodic-retried"] },
    change: ({ events }) => ({
      events: { afterFailure: (queue) => events.afterFailure(queue).filter(({ code }) => code !== "2 PERIODIC") },
    }),
  },
  {
    id: "event-periodic-alone",
    phone: "A phone that tells of nothing else in its periodic contacts.",
    breaks: "TR-069:3.7.1.5#periodic-with-change",
    caught: { "cwmp.event-delivery.periodic-with-change": ["TR-069:3.7.1.5#periodic-with-change"] },
    change: ({ inform }) => ({
      inform: {
        events: (queue, valueChange, failures) => inform.events(queue, valueChange && !has(queue, "2 PERIODIC"), failures),
      },
    }),
  },
  {
    id: "event-transfer-never-complete",
    phone: "A phone that sends no TransferComplete for a download, but the events alone.",
    breaks: "TR-069:3.7.1.3#pending-request-first",
    caught: NO_REQUEST,
    quirk: "M60",
    change: () => ({ transfer: { reports: () => [] } }),
  },
  {
    id: "event-transfer-without-key",
    phone: "A phone that tells of a download without the CommandKey of the Download.",
    breaks: "TR-069:3.7.1.5#several-commands",
    caught: { "cwmp.event-delivery.several-transfers": ["TR-069:3.7.1.5#several-commands"] },
    quirk: "M61",
    change: ({ events }) => ({
      events: {
        atTransferEnd: (transfer) => events.atTransferEnd({ ...transfer, commandKey: "" }),
      },
    }),
  },
  {
    id: "event-transfer-complete-deferred",
    phone: "A phone that sends its TransferComplete in another session than the events of the transfer.",
    breaks: "TR-069:3.7.1.3#pending-request-first",
    caught: NO_REQUEST,
    quirk: "M62",
    change: () => {
      // A transfer is reported from the second session on after it ended.
      const told = new Set<unknown>();
      return {
        transfer: {
          reports: (transfer) => {
            const due = told.has(transfer.id);
            told.add(transfer.id);
            return due ? [transfer] : [];
          },
        },
      };
    },
  },
];
