import type { Mutant } from "./mutant.ts";

/** Phones that are wrong about faults and HTTP errors of the ACS: TR-069 3.7.1.4, 3.7.1.6. */
export const sessionFaultsMutants: readonly Mutant[] = [
  {
    id: "retry-inform-not-repeated",
    phone: "A phone that gives the session up on fault 8005 for its Inform.",
    breaks: "TR-069:3.7.1.6#retry-inform",
    caught: { "cwmp.session-faults.retry-inform": ["TR-069:3.7.1.6#retry-inform"] },
    change: ({ session }) => ({
      session: {
        afterInform: (answer, maxEnvelopes) => (answer.kind === "fault" ? "failure" : session.afterInform(answer, maxEnvelopes)),
      },
    }),
  },
  {
    id: "retry-request-not-repeated",
    phone: "A phone that takes fault 8005 for its TransferComplete for any other fault.",
    breaks: "TR-069:3.7.1.6#retry-request",
    caught: { "cwmp.session-faults.retry-transfer-complete": ["TR-069:3.7.1.6#retry-request"] },
    change: ({ session }) => ({
      session: {
        afterRequest: (asked, answer) => (answer.kind === "fault" ? "refused" : session.afterRequest(asked, answer)),
      },
    }),
  },
  {
    id: "session-inform-fault-ignored",
    phone: "A phone that goes on with the session after a fault for its Inform.",
    breaks: "TR-069:3.7.1.4#inform-fault",
    caught: { "cwmp.session-faults.inform-fault": ["TR-069:3.7.1.4#inform-fault"] },
    change: ({ session }) => ({
      session: {
        afterInform: (answer, maxEnvelopes) =>
          answer.kind === "fault" && answer.code !== 8005 ? "ignored" : session.afterInform(answer, maxEnvelopes),
      },
    }),
  },
  {
    id: "session-failed-connection-left-open",
    phone: "A phone that leaves the connection of a failed session open until the retry.",
    breaks: "TR-069:3.4.2#closes-after-failure",
    quirk: "M27",
    caught: { "cwmp.session-faults.closes-connection": ["TR-069:3.4.2#closes-after-failure"] },
    change: () => ({ session: { closesConnection: (outcome) => outcome === "clean" } }),
  },
  {
    id: "session-fails-on-fault",
    phone: "A phone that gives the session up on a fault for its TransferComplete.",
    breaks: "TR-069:3.7.1.4#fault-continues",
    caught: { "cwmp.session-faults.transfer-complete-fault": ["TR-069:3.7.1.4#fault-continues"] },
    change: ({ session }) => ({
      session: {
        afterRequest(asked, answer) {
          const outcome = session.afterRequest(asked, answer);
          return outcome === "refused" ? "failure" : outcome;
        },
      },
    }),
  },
  {
    id: "retry-after-every-fault",
    phone: "A phone that sends its TransferComplete again at once whatever the fault.",
    breaks: "TR-069:3.7.1.6#no-retry-after-fault",
    caught: { "cwmp.session-faults.transfer-complete-fault-not-repeated": ["TR-069:3.7.1.6#no-retry-after-fault"] },
    change: ({ session }) => ({
      session: {
        afterRequest: (asked, answer) => (answer.kind === "fault" ? "again" : session.afterRequest(asked, answer)),
      },
    }),
  },
  {
    id: "session-inform-error-ignored",
    phone: "A phone that goes on with the session when its Inform is answered with an HTTP error.",
    breaks: "TR-069:3.7.1.4#http-error-on-inform",
    caught: { "cwmp.session-faults.http-error-on-inform": ["TR-069:3.7.1.4#http-error-on-inform"] },
    change: ({ session }) => ({
      session: {
        meaningOf: (status, length, post) =>
          post === "inform" && status >= 400 ? "ignored" : session.meaningOf(status, length, post),
      },
    }),
  },
  {
    id: "session-400-ends-it-well",
    phone: "A phone that takes 4xx to a response for the end of the session.",
    breaks: "TR-069:3.7.1.4#http-error-in-session",
    caught: { "cwmp.session-faults.http-400-in-session": ["TR-069:3.7.1.4#http-error-in-session"] },
    change: ({ session }) => ({
      session: {
        meaningOf: (status, length, post) =>
          post === "answer" && status >= 400 && status < 500 ? "empty" : session.meaningOf(status, length, post),
      },
    }),
  },
  {
    id: "session-500-carries-soap",
    phone: "A phone that takes 500 for a carrier of SOAP messages, and so for the end of the session when there is none in it.",
    breaks: "TR-069:3.7.1.4#http-error-in-session",
    caught: { "cwmp.session-faults.http-500-in-session": ["TR-069:3.7.1.4#http-error-in-session"] },
    change: ({ session }) => ({
      session: { meaningOf: (status, length, post) => session.meaningOf(status === 500 ? 200 : status, length, post) },
    }),
  },
  {
    id: "session-fault-to-response",
    phone: "A phone that answers a response that it did not ask for with a fault.",
    breaks: "TR-069:3.5#no-fault-to-response",
    caught: { "cwmp.session-faults.no-fault-to-response": ["TR-069:3.5#no-fault-to-response"] },
    change: ({ session }) => ({
      session: { afterUnasked: (answer) => (answer.kind === "response" ? "fault" : session.afterUnasked(answer)) },
    }),
  },
  {
    id: "session-fault-to-fault",
    phone: "A phone that answers a fault with a fault.",
    breaks: "TR-069:3.5#no-fault-to-fault",
    caught: { "cwmp.session-faults.no-fault-to-fault": ["TR-069:3.5#no-fault-to-fault"] },
    change: ({ session }) => ({
      session: { afterUnasked: (answer) => (answer.kind === "fault" ? "fault" : session.afterUnasked(answer)) },
    }),
  },
  {
    id: "session-next-level-optional",
    phone: "A phone that takes a NextLevel that is missing for false.",
    breaks: "TR-069:A.2.2#missing-argument",
    caught: { "cwmp.session-faults.missing-argument": ["TR-069:A.2.2#missing-argument"] },
    change: () => ({ rpc: { missingArgument: (name) => (name === "NextLevel" ? "0" : undefined) } }),
  },
];
