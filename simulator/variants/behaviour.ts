import type { Variant } from "./variant.ts";

/** The phone's clock reads two hours more than UTC. */
const ZONE = { offset: 2 * 3_600_000, suffix: "+02:00" };

/** Phones that act otherwise where the standard lets them choose. */
export const behaviourVariants: readonly Variant[] = [
  {
    id: "connection-request-204",
    phone: "A phone that answers connection requests with 204.",
    clause: "TR-069 3.2.2: 200 or 204",
    change: () => ({ connectionRequest: { acceptedStatus: () => 204 } }),
  },
  {
    id: "one-time-nonces",
    phone: "A phone that accepts each nonce of a connection request once.",
    clause: "RFC 2617, 3.2.1",
    change: ({ connectionRequest }) => ({
      connectionRequest: { acceptsNonce: (state, count) => state.used === 0 && connectionRequest.acceptsNonce(state, count) },
    }),
  },
  {
    id: "closing-challenge",
    phone: "A phone that closes the connection behind the challenge to a connection request.",
    clause: "RFC 9112, 9.6",
    change: () => ({ connectionRequest: { closesAfterChallenge: () => true } }),
  },
  {
    id: "challenge-spelling",
    phone: "A phone that names no algorithm in its challenge, and adds opaque.",
    clause: "RFC 2617, 3.2.1: MD5 is meant",
    change: () => ({
      connectionRequest: {
        realm: () => 'phone, "the" one',
        challenge: (_realm, nonce, stale) =>
          `digest nonce="${nonce}",opaque="a, b=c",qop="auth",stale=${stale ? "TRUE" : "FALSE"},realm="phone, \\"the\\" one"`,
      },
    }),
  },
  {
    id: "follow-up-session",
    phone: "A phone that accepts connection requests during a session and makes one session of them afterwards.",
    clause: "TR-069 3.2.2: in place of 503",
    change: () => ({ session: { onConnectionRequest: () => ({ answer: "accepted", causesSession: true }) } }),
  },
  {
    id: "slow-to-come",
    phone: "A phone that comes 25 s after a connection request.",
    clause: "TR-069 3.2.2: within 30 s",
    change: () => ({ session: { connectionRequestDelay: () => 25_000 } }),
  },
  {
    id: "cwmp-1-1",
    phone: "A phone that speaks CWMP 1.1.",
    clause: "TR-069 3.5: the highest version that it supports",
    change: () => ({ session: { namespace: () => "urn:dslforum-org:cwmp-1-1" } }),
  },
  {
    id: "local-time",
    phone: "A phone that tells its time in its own zone, with milliseconds.",
    clause: "TR-069 A.3.3.1, A.2.1",
    change: () => ({ inform: { currentTime: (now) => new Date(now + ZONE.offset).toISOString().replace("Z", ZONE.suffix) } }),
  },
  {
    id: "more-in-the-inform",
    phone: "A phone that lists its manufacturer in every Inform without value changes.",
    clause: "TR-069 A.3.3.1: additional parameters without 4 VALUE CHANGE",
    change: ({ inform }) => ({
      inform: {
        parameterNames: (forced, changed) => {
          const version = forced.find((name) => name.endsWith(".DeviceInfo.SoftwareVersion"));
          const more = version === undefined || changed.length > 0 ? [] : [version.replace("SoftwareVersion", "Manufacturer")];
          return [...inform.parameterNames(forced, changed), ...more];
        },
      },
    }),
  },
  {
    id: "numeric-booleans",
    phone: "A phone that writes booleans as 0 and 1.",
    clause: "TR-069 A.2.1",
    change: ({ model }) => ({ model: { shownBoolean: (text) => (model.shownBoolean(text) === "true" ? "1" : "0") } }),
  },
  {
    id: "status-1",
    phone: "A phone that says of every change that it is not applied yet.",
    clause: "TR-069 A.3.2.1, A.3.2.6, A.3.2.7: Status 1",
    change: () => ({ rpc: { setStatus: () => 1, addStatus: () => 1, deleteStatus: () => 1 } }),
  },
  {
    id: "sparse-instances",
    phone: "A phone that leaves gaps between instance numbers.",
    clause: "TR-069 A.3.2.6: any number that is not in use",
    change: ({ model }) => ({ model: { nextInstance: (table) => model.nextInstance(table) + 6 } }),
  },
];
