import type { Mutant } from "./mutant.ts";

/** Phones that go on where the ACS has answered with something that is no message. */
export const malformedAnswersMutants: readonly Mutant[] = [
  {
    id: "malformed-inform-response",
    phone: "A phone that is content to find the word InformResponse in the answer to its Inform.",
    breaks: "TR-069:3.7.1.4#malformed-inform-response",
    caught: { "cwmp.malformed-answers.truncated-inform-response": ["TR-069:3.7.1.4#malformed-inform-response"] },
    change: () => ({
      session: {
        afterMalformed: (expected, text) => (expected === "answer" && text.includes("InformResponse") ? "confirmed" : "failure"),
      },
    }),
  },
  {
    id: "malformed-request",
    phone: "A phone that takes a request that breaks off for the end of the session.",
    breaks: "TR-069:3.7.1.4#malformed-request",
    caught: { "cwmp.malformed-answers.truncated-request": ["TR-069:3.7.1.4#malformed-request"] },
    change: () => ({
      session: {
        afterMalformed: (expected, text) => (expected === "request" && !/Envelope\s*>\s*$/.test(text) ? "empty" : "failure"),
      },
    }),
  },
  {
    id: "malformed-envelope-namespace",
    phone: "A phone that knows the envelope by its local name alone.",
    breaks: "TR-069:3.7.1.4#envelope-namespace",
    caught: { "cwmp.malformed-answers.envelope-namespace": ["TR-069:3.7.1.4#envelope-namespace"] },
    change: () => ({ soap: { isEnvelope: () => true } }),
  },
  {
    id: "malformed-two-bodies",
    phone: "A phone that takes the first of two bodies.",
    breaks: "TR-069:3.7.1.4#two-bodies",
    caught: { "cwmp.malformed-answers.two-bodies": ["TR-069:3.7.1.4#two-bodies"] },
    change: () => ({ soap: { refusesBodies: () => false } }),
  },
  {
    id: "malformed-html",
    phone: "A phone that takes any page with status 200 for an InformResponse.",
    breaks: "TR-069:3.7.1.4#html",
    caught: { "cwmp.malformed-answers.html": ["TR-069:3.7.1.4#html"] },
    change: () => ({
      session: {
        afterMalformed: (expected, text) => (expected === "answer" && /^\s*<html/i.test(text) ? "confirmed" : "failure"),
      },
    }),
  },
];
