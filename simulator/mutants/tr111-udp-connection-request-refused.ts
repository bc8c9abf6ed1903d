import type { Mutant } from "./mutant.ts";

const CASE = "tr111.udp-connection-request";

/** Phones that follow connection requests over UDP that they have to ignore: TR-111 2.2.1.4. */
export const tr111UdpConnectionRequestRefusedMutants: readonly Mutant[] = [
  {
    id: "udpcr-any-method",
    phone: "A phone that follows connection requests over UDP with any method.",
    breaks: "TR-111:2.2.1.4#method",
    rig: "cwmp-lan",
    caught: { [`${CASE}.method`]: ["TR-111:2.2.1.4#method"] },
    change: () => ({ stun: { acceptsUdpMethod: () => true } }),
  },
  {
    id: "udpcr-no-version",
    phone: "A phone that follows connection requests over UDP without a version of HTTP.",
    breaks: "TR-111:2.2.1.4#http-version",
    rig: "cwmp-lan",
    caught: { [`${CASE}.no-version`]: ["TR-111:2.2.1.4#http-version"] },
    change: ({ stun }) => ({
      stun: { acceptsForm: (request) => stun.acceptsForm({ ...request, version: request.version || "HTTP/1.1" }) },
    }),
  },
  {
    id: "udpcr-no-host",
    phone: "A phone that follows connection requests over UDP without Host.",
    breaks: "TR-111:2.2.1.4#http-host",
    rig: "cwmp-lan",
    caught: { [`${CASE}.no-host`]: ["TR-111:2.2.1.4#http-host"] },
    change: ({ stun }) => ({ stun: { acceptsForm: (request) => stun.acceptsForm({ ...request, hosts: request.hosts || 1 }) } }),
  },
  {
    id: "udpcr-broken-field",
    phone: "A phone that passes over lines in the header of a connection request that are no fields.",
    breaks: "TR-111:2.2.1.4#http-field",
    rig: "cwmp-lan",
    caught: { [`${CASE}.broken-field`]: ["TR-111:2.2.1.4#http-field"] },
    change: ({ stun }) => ({ stun: { acceptsForm: (request) => stun.acceptsForm({ ...request, broken: 0 }) } }),
  },
  {
    id: "udpcr-username-begins",
    phone: "A phone that accepts a user name that only begins with its ConnectionRequestUsername.",
    breaks: "TR-111:2.2.1.4#username",
    rig: "cwmp-lan",
    caught: { [`${CASE}.username`]: ["TR-111:2.2.1.4#username"] },
    change: () => ({ stun: { acceptsUdpUsername: (un, username) => un.startsWith(username) } }),
  },
  {
    id: "udpcr-without-username",
    phone: "A phone that does not need a user name in a connection request.",
    breaks: "TR-111:2.2.1.4#without-un",
    rig: "cwmp-lan",
    caught: { [`${CASE}.without-un`]: ["TR-111:2.2.1.4#without-un"] },
    change: () => ({ stun: { acceptsUdpUsername: (un, username) => un === "" || un === username } }),
  },
  {
    id: "udpcr-signature-in-part",
    phone: "A phone that compares only the first 38 characters of a signature.",
    breaks: "TR-111:2.2.1.4#signature",
    rig: "cwmp-lan",
    caught: { [`${CASE}.signature`]: ["TR-111:2.2.1.4#signature"] },
    change: ({ stun }) => ({
      stun: {
        acceptsSignature: (sig, text, credentials) =>
          Array.from({ length: 256 }, (_, last) => sig.slice(0, 38) + last.toString(16).padStart(2, "0")).some((one) =>
            stun.acceptsSignature(one, text, credentials),
          ),
      },
    }),
  },
  {
    id: "udpcr-any-signature",
    phone: "A phone that takes any 40 digits for a signature.",
    breaks: "TR-111:2.2.1.4#password",
    rig: "cwmp-lan",
    caught: {
      [`${CASE}.signature`]: ["TR-111:2.2.1.4#signature"],
      [`${CASE}.password`]: ["TR-111:2.2.1.4#password"],
    },
    change: () => ({ stun: { acceptsSignature: (sig) => /^[0-9a-f]{40}$/i.test(sig) } }),
  },
  {
    id: "udpcr-without-signature",
    phone: "A phone that follows connection requests over UDP without a signature.",
    breaks: "TR-111:2.2.1.4#without-sig",
    rig: "cwmp-lan",
    caught: { [`${CASE}.without-sig`]: ["TR-111:2.2.1.4#without-sig"] },
    change: ({ stun }) => ({
      stun: { acceptsSignature: (sig, text, credentials) => sig === "" || stun.acceptsSignature(sig, text, credentials) },
    }),
  },
  {
    id: "udpcr-without-timestamp",
    phone: "A phone that follows connection requests over UDP without a timestamp.",
    breaks: "TR-111:2.2.1.4#without-ts",
    rig: "cwmp-lan",
    caught: { [`${CASE}.without-ts`]: ["TR-111:2.2.1.4#without-ts"] },
    change: ({ stun }) => ({ stun: { acceptsTimestamp: (ts, last) => ts === "" || stun.acceptsTimestamp(ts, last) } }),
  },
  {
    id: "udpcr-without-id",
    phone: "A phone that follows connection requests over UDP without a message id.",
    breaks: "TR-111:2.2.1.4#without-id",
    rig: "cwmp-lan",
    caught: { [`${CASE}.without-id`]: ["TR-111:2.2.1.4#without-id"] },
    change: () => ({ stun: { acceptsMessageId: (id, last) => id !== last } }),
  },
  {
    id: "udpcr-same-timestamp",
    phone: "A phone that follows a connection request with the timestamp of the last one.",
    breaks: "TR-111:2.2.1.4#timestamp-equal",
    rig: "cwmp-lan",
    caught: { [`${CASE}.same-timestamp`]: ["TR-111:2.2.1.4#timestamp-equal"] },
    change: ({ stun }) => ({ stun: { acceptsTimestamp: (ts, last) => stun.acceptsTimestamp(ts, last - 1) } }),
  },
  {
    id: "udpcr-lower-timestamp",
    phone: "A phone that follows connection requests with any other timestamp than the last one's.",
    breaks: "TR-111:2.2.1.4#timestamp-lower",
    rig: "cwmp-lan",
    caught: { [`${CASE}.lower-timestamp`]: ["TR-111:2.2.1.4#timestamp-lower"] },
    change: () => ({ stun: { acceptsTimestamp: (ts, last) => ts !== "" && Number(ts) !== last } }),
  },
  {
    id: "udpcr-same-id",
    phone: "A phone that takes no heed of message ids.",
    breaks: "TR-111:2.2.1.4#message-id",
    rig: "cwmp-lan",
    caught: { [`${CASE}.same-id`]: ["TR-111:2.2.1.4#message-id"] },
    change: () => ({ stun: { acceptsMessageId: (id) => id !== "" } }),
  },
  {
    id: "udpcr-no-record",
    phone: "A phone that remembers nothing of the last connection request over UDP.",
    breaks: "TR-111:2.2.1.4#copies",
    rig: "cwmp-lan",
    caught: {
      [`${CASE}.copies`]: ["TR-111:2.2.1.4#copies"],
      [`${CASE}.same-timestamp`]: ["TR-111:2.2.1.4#timestamp-equal"],
      [`${CASE}.lower-timestamp`]: ["TR-111:2.2.1.4#timestamp-lower"],
      [`${CASE}.same-id`]: ["TR-111:2.2.1.4#message-id"],
    },
    change: () => ({ stun: { recordAfter: (record) => record } }),
  },
];
