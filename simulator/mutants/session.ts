import type { Mutant } from "./mutant.ts";

/** Phones that lose their way in a session, are impatient in it, or speak the wrong version: TR-069 3.4.2, 3.7, 3.7.1. */
export const sessionMutants: readonly Mutant[] = [
  {
    id: "session-begins-with-nothing",
    phone: "A phone that sends an empty POST ahead of its Inform.",
    breaks: "TR-069:3.7#inform-first",
    caught: { "cwmp.session.inform-first": ["TR-069:3.7#inform-first"] },
    change: () => ({ session: { opening: () => "empty, then inform" } }),
  },
  {
    id: "session-informs-of-connection-request",
    phone: "A phone that sends an Inform in the session that a connection request comes into.",
    breaks: "TR-069:3.7#one-inform",
    caught: {
      "cwmp.session.one-inform": ["TR-069:3.7#one-inform"],
      "cwmp.connection-request.during-session": ["TR-069:3.2.2#session-unharmed"],
    },
    change: () => ({ session: { informsOfConnectionRequest: () => true } }),
  },
  {
    id: "session-beside-another",
    phone: "A phone that opens a session while another one is open.",
    breaks: "TR-069:3.7#one-session",
    quirk: "M23",
    caught: { "cwmp.session.one-at-a-time": ["TR-069:3.7#one-session"] },
    change: () => ({ session: { mayBegin: () => true } }),
  },
  {
    id: "session-ends-behind-own-request",
    phone: "A phone that ends the session when its TransferComplete is confirmed, without an empty POST.",
    breaks: "TR-069:3.7.1.3#empty-post",
    caught: { "cwmp.session.empty-post": ["TR-069:3.7.1.3#empty-post"] },
    change: ({ session }) => ({
      session: {
        next: (progress) =>
          progress.confirmed > 0 && progress.pending === 0 && !progress.emptySent ? "over" : session.next(progress),
      },
    }),
  },
  {
    id: "session-answers-a-method-once",
    phone: "A phone that answers GetRPCMethods once in a session, and then with an empty POST.",
    breaks: "TR-069:3.7.1.2#next-post",
    quirk: "M23",
    caught: {
      "cwmp.session.answers-next": ["TR-069:3.7.1.2#next-post"],
      "cwmp.get-rpc-methods.listed-methods-work": ["TR-069:A.3.1.1#only-supported"],
    },
    change: () => ({ session: { posts: (method, { calls }) => method !== "GetRPCMethods" || calls === 0 } }),
  },
  {
    id: "session-48-requests",
    phone: "A phone that gives a session up at the 49th request.",
    breaks: "TR-069:3.7.1.2#many-requests",
    caught: {
      "cwmp.session.fifty-requests": ["TR-069:3.7.1.2#many-requests"],
      "cwmp.get-parameter-names.level-by-level": ["TR-069:A.3.2.3#levels-agree"],
    },
    change: () => ({ session: { serves: (served) => served < 48 } }),
  },
  {
    id: "session-hurries",
    phone: "A phone that sends an empty POST again when it has waited for a request for 2 s.",
    breaks: "TR-069:3.4.6#no-pipelining",
    caught: {
      "cwmp.session.no-pipelining": ["TR-069:3.4.6#no-pipelining"],
      "cwmp.session-patience.slow-request": ["TR-069:3.4.2#waits-for-request"],
    },
    change: () => ({ http: { hurries: (kind) => (kind === "empty" ? 2_000 : undefined) } }),
  },
  {
    id: "session-one-envelope",
    phone: "A phone that takes an InformResponse for invalid when MaxEnvelopes is not 1.",
    breaks: "TR-069:A.3.3.1#max-envelopes-ignored",
    caught: { "cwmp.session.max-envelopes": ["TR-069:A.3.3.1#max-envelopes-ignored"] },
    change: ({ session }) => ({
      session: {
        afterInform: (answer, maxEnvelopes) =>
          maxEnvelopes !== undefined && maxEnvelopes.trim() !== "1" ? "failure" : session.afterInform(answer, maxEnvelopes),
      },
    }),
  },
  {
    id: "session-impatient",
    phone: "A phone that waits 20 s for an answer.",
    breaks: "TR-069:3.7.1.4#thirty-seconds",
    caught: {
      "cwmp.session-patience.slow-inform-response": ["TR-069:3.4.2#waits-for-inform-response"],
      "cwmp.session-patience.slow-request": ["TR-069:3.4.2#waits-for-request"],
      "cwmp.session-patience.silent-acs": ["TR-069:3.7.1.4#thirty-seconds"],
    },
    change: () => ({ http: { responseTimeout: () => 20_000 } }),
  },
  {
    id: "session-sends-again",
    phone: "A phone that sends a POST once more when no answer came.",
    breaks: "TR-069:3.7.1.4#no-retransmission",
    caught: { "cwmp.session-patience.lost-answer": ["TR-069:3.7.1.4#no-retransmission"] },
    change: () => ({ http: { repeatsUnanswered: () => true } }),
  },
  {
    id: "version-kept",
    phone: "A phone that goes on in its own version with an ACS of version 1.0.",
    breaks: "TR-069:3.7.1.1#reverts-to-1-0",
    caught: { "cwmp.versions.reverts-to-1-0": ["TR-069:3.7.1.1#reverts-to-1-0"] },
    change: () => ({ session: { namespaceAfter: (spoken) => spoken } }),
  },
  {
    id: "version-in-between-unknown",
    phone: "A phone that knows its own version and 1.0, and none in between.",
    breaks: "TR-069:3.7.1.1#other-minor-version",
    caught: { "cwmp.versions.other-minor-version": ["TR-069:3.7.1.1#other-minor-version"] },
    change: ({ session }) => ({
      session: { isCwmp: (namespace) => namespace !== "urn:dslforum-org:cwmp-1-1" && session.isCwmp(namespace) },
    }),
  },
];
