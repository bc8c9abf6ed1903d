import type { Mutant } from "./mutant.ts";

/** Phones that are wrong about several connection requests, or one at a bad moment: TR-069 3.2.2. */
export const connectionRequestLoadMutants: readonly Mutant[] = [
  {
    id: "cr-session-for-each",
    phone: "A phone that opens a session for each of several connection requests.",
    breaks: "TR-069:3.2.2#several-one-session",
    caught: { "cwmp.connection-request.several": ["TR-069:3.2.2#several-one-session"] },
    change: () => ({ session: { joinsConnectionRequests: () => false } }),
  },
  {
    id: "cr-in-session-500",
    phone: "A phone that answers connection requests during a session with 500.",
    breaks: "TR-069:3.2.2#during-session",
    caught: { "cwmp.connection-request.during-session": ["TR-069:3.2.2#during-session"] },
    change: () => ({ connectionRequest: { busyStatus: (why) => (why === "session" ? 500 : 503) } }),
  },
  {
    id: "cr-flood-429",
    phone: "A phone that answers connection requests beyond its limit with 429.",
    breaks: "TR-069:3.2.2#excess-503",
    caught: { "cwmp.connection-request.excess": ["TR-069:3.2.2#excess-503"] },
    change: () => ({ connectionRequest: { busyStatus: (why) => (why === "rate" ? 429 : 503) } }),
  },
  {
    id: "cr-retry-after",
    phone: "A phone that says with 503 when to ask again.",
    breaks: "TR-069:3.2.2#no-retry-after",
    caught: { "cwmp.connection-request.excess": ["TR-069:3.2.2#no-retry-after"] },
    change: () => ({ connectionRequest: { busyFields: () => [["Retry-After", "10"]] } }),
  },
  {
    id: "cr-ends-session",
    phone: "A phone that drops its session when a connection request comes.",
    breaks: "TR-069:3.2.2#session-unharmed",
    caught: {
      "cwmp.connection-request.during-session": ["TR-069:3.2.2#session-unharmed"],
      "cwmp.session.one-at-a-time": ["TR-069:3.7#one-session"],
    },
    change: () => ({ session: { endsForConnectionRequest: () => true } }),
  },
  {
    id: "cr-lost-during-session",
    phone: "A phone that accepts connection requests during a session and forgets them.",
    breaks: "TR-069:3.2.2#after-session",
    quirk: "M67",
    caught: { "cwmp.connection-request.during-session": ["TR-069:3.2.2#after-session"] },
    change: () => ({
      session: { onConnectionRequest: (inSession) => ({ answer: "accepted", causesSession: !inSession }) },
    }),
  },
  {
    id: "cr-few-connections",
    phone: "A phone that has room for eight connections at its port for connection requests.",
    breaks: "TR-069:3.2.2#no-other-refusal",
    caught: { "cwmp.connection-request.beside-idle-connections": ["TR-069:3.2.2#no-other-refusal"] },
    change: () => ({ connectionRequest: { admitsConnection: (open) => open < 8 } }),
  },
];
