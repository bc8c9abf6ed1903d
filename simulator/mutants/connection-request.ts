import { verifyDigest } from "../http/digest.ts";
import type { Mutant } from "./mutant.ts";

/** Phones that are wrong about connection requests one by one: TR-069 3.2.2. */
export const connectionRequestMutants: readonly Mutant[] = [
  {
    id: "cr-url-without-address",
    phone: "A phone that announces the address 0.0.0.0 after a reboot.",
    breaks: "TR-069:3.2.2#http-url",
    quirk: "M68",
    caught: {
      "cwmp.connection-request.url": ["TR-069:3.2.2#http-url"],
      "cwmp.connection-request.url-after-reboot": ["TR-069:3.2.2#url-change"],
    },
    change: () => ({
      inform: {
        value: (name, value, events) =>
          name.endsWith(".ConnectionRequestURL") && events.some(({ code }) => code === "M Reboot")
            ? value.replace(/(?<=\/\/)[^:/]+/, "0.0.0.0")
            : value,
      },
    }),
  },
  {
    id: "cr-url-without-path",
    phone: "A phone that takes connection requests at the root of its port.",
    breaks: "TR-069:3.2.2#random-path",
    caught: { "cwmp.connection-request.random-path": ["TR-069:3.2.2#random-path"] },
    change: () => ({ connectionRequest: { pathAfterBoot: () => "/" } }),
  },
  {
    id: "cr-basic",
    phone: "A phone that asks a client which names what it accepts for Basic in place of Digest.",
    breaks: "TR-069:3.2.2#digest",
    quirk: "M66",
    caught: { "cwmp.connection-request.challenge": ["TR-069:3.2.2#digest"] },
    change: () => ({ connectionRequest: { scheme: (accept) => (accept === undefined ? "digest" : "basic") } }),
  },
  {
    id: "cr-basic-too",
    phone: "A phone that asks for Digest and takes Basic as well.",
    breaks: "TR-069:3.2.2#basic-refused",
    quirk: "M66",
    caught: { "cwmp.connection-request.basic": ["TR-069:3.2.2#basic-refused"] },
    change: ({ connectionRequest }) => ({
      connectionRequest: {
        authenticates: (given, expected) =>
          connectionRequest.authenticates(given, expected) ||
          given?.token === Buffer.from(`${expected.username}:${expected.password}`).toString("base64"),
      },
    }),
  },
  {
    id: "cr-accepted-late",
    phone: "A phone that answers a client which names what it accepts when the session has begun.",
    breaks: "TR-069:3.2.2#answer-first",
    caught: { "cwmp.connection-request.accepted": ["TR-069:3.2.2#answer-first"] },
    change: () => ({ connectionRequest: { answersFirst: (accept) => accept === undefined } }),
  },
  {
    id: "cr-status-202",
    phone: "A phone that answers 202 to a client which names what it accepts.",
    breaks: "TR-069:3.2.2#success-status",
    caught: { "cwmp.connection-request.accepted": ["TR-069:3.2.2#success-status"] },
    change: () => ({ connectionRequest: { acceptedStatus: (accept) => (accept === undefined ? 200 : 202) } }),
  },
  {
    id: "cr-page",
    phone: "A phone that answers with a page to a client which accepts one.",
    breaks: "TR-069:3.2.2#empty-body",
    caught: { "cwmp.connection-request.accepted": ["TR-069:3.2.2#empty-body"] },
    change: () => ({ connectionRequest: { acceptedBody: (accept) => (accept === undefined ? "" : "<html>OK</html>") } }),
  },
  {
    id: "cr-session-late",
    phone: "A phone that takes 40 s to come when a connection request comes from a browser.",
    breaks: "TR-069:3.2.2#within-30-seconds",
    caught: { "cwmp.connection-request.session": ["TR-069:3.2.2#within-30-seconds"] },
    change: () => ({ session: { connectionRequestDelay: (accept) => (accept?.includes("html") ? 40_000 : 100) } }),
  },
  {
    id: "cr-other-event",
    phone: "A phone that comes with 2 PERIODIC when a connection request comes from a browser.",
    breaks: "TR-069:3.2.2#event",
    caught: { "cwmp.connection-request.session": ["TR-069:3.2.2#event"] },
    change: ({ events }) => ({
      events: {
        atConnectionRequest: (accept) => (accept?.includes("html") ? events.atPeriodic() : events.atConnectionRequest()),
      },
    }),
  },
  {
    id: "cr-any-user",
    phone: "A phone that looks at the password of a connection request and not at its user name.",
    breaks: "TR-069:3.2.2#wrong-credentials",
    caught: { "cwmp.connection-request.wrong-credentials": ["TR-069:3.2.2#wrong-credentials"] },
    change: () => ({
      connectionRequest: {
        authenticates: (given, expected) =>
          given !== undefined &&
          expected.password !== "" &&
          verifyDigest(given, { ...expected, username: given.parameters.get("username") ?? "" }),
      },
    }),
  },
  {
    id: "cr-any-nonce",
    phone: "A phone that takes any nonce in a connection request.",
    breaks: "TR-069:3.2.2#digest-verified",
    caught: { "cwmp.connection-request.digest-verified": ["TR-069:3.2.2#digest-verified"] },
    change: () => ({ connectionRequest: { acceptsNonce: () => true } }),
  },
  {
    id: "cr-any-uri",
    phone: "A phone that believes the uri in a Digest answer.",
    breaks: "TR-069:3.2.2#digest-verified",
    caught: { "cwmp.connection-request.digest-verified": ["TR-069:3.2.2#digest-verified"] },
    change: ({ connectionRequest }) => ({
      connectionRequest: {
        authenticates: (given, expected) =>
          connectionRequest.authenticates(given, { ...expected, target: given?.parameters.get("uri") ?? expected.target }),
      },
    }),
  },
  {
    id: "cr-any-realm",
    phone: "A phone that believes the realm in a Digest answer.",
    breaks: "TR-069:3.2.2#digest-verified",
    caught: { "cwmp.connection-request.digest-verified": ["TR-069:3.2.2#digest-verified"] },
    change: ({ connectionRequest }) => ({
      connectionRequest: {
        authenticates: (given, expected) =>
          connectionRequest.authenticates(given, { ...expected, realm: given?.parameters.get("realm") ?? expected.realm }),
      },
    }),
  },
  {
    id: "cr-unauthenticated",
    phone: "A phone that takes connection requests with whatever credentials.",
    breaks: "TR-069:3.2.2#unauthenticated-silent",
    quirk: "M65",
    caught: {
      "cwmp.connection-request.unauthenticated": ["TR-069:3.2.2#unauthenticated-silent"],
      "cwmp.connection-request.wrong-credentials": ["TR-069:3.2.2#wrong-credentials"],
      "cwmp.connection-request.basic": ["TR-069:3.2.2#basic-refused"],
      "cwmp.connection-request.credentials-set": ["TR-069:3.2.2#credentials-set"],
      "cwmp.connection-request.digest-verified": ["TR-069:3.2.2#digest-verified"],
      "snom.settings.connection-request-credentials": [
        "SNOM-TR-069:TR-069-specific-phone-settings#connection-request-credentials",
      ],
    },
    change: () => ({ connectionRequest: { authenticates: (given) => given !== undefined } }),
  },
  {
    id: "cr-any-path",
    phone: "A phone that takes connection requests at any path below its own.",
    breaks: "TR-069:3.2.2#url-only",
    caught: { "cwmp.connection-request.other-path": ["TR-069:3.2.2#url-only"] },
    change: () => ({ connectionRequest: { acceptsTarget: (target, path) => target.startsWith(path) } }),
  },
  {
    id: "cr-any-method",
    phone: "A phone that takes connection requests with any method.",
    breaks: "TR-069:3.2.2#get-only",
    caught: { "cwmp.connection-request.other-methods": ["TR-069:3.2.2#get-only"] },
    change: () => ({ connectionRequest: { acceptsMethod: () => true } }),
  },
  {
    id: "cr-content-refused",
    phone: "A phone that refuses a connection request with data in it.",
    breaks: "TR-069:3.2.2#content-ignored",
    caught: { "cwmp.connection-request.content": ["TR-069:3.2.2#content-ignored"] },
    change: () => ({ connectionRequest: { acceptsContent: (octets) => octets === 0 } }),
  },
  {
    id: "cr-credentials-of-start",
    phone: "A phone that takes up new connection request credentials with its next start.",
    breaks: "TR-069:3.2.2#credentials-set",
    caught: {
      "cwmp.connection-request.credentials-set": ["TR-069:3.2.2#credentials-set"],
      "snom.settings.connection-request-credentials": [
        "SNOM-TR-069:TR-069-specific-phone-settings#connection-request-credentials",
      ],
    },
    change: () => ({ connectionRequest: { credentials: (_now, first) => first } }),
  },
  {
    id: "cr-new-path-untold",
    phone: "A phone that has another ConnectionRequestURL after each start and does not say that it changed.",
    breaks: "TR-069:3.2.2#url-change",
    quirk: "M68",
    caught: { "cwmp.connection-request.url-after-reboot": ["TR-069:3.2.2#url-change"] },
    change: () => ({ connectionRequest: { pathAfterBoot: (path) => `${path}0` } }),
  },
];
