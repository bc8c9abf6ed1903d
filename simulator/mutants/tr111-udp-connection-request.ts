import type { Mutant } from "./mutant.ts";

const CASE = "tr111.udp-connection-request";

/** Cases in which a right connection request comes through a NAT binding, and what they prove. */
const THROUGH_NAT: Mutant["caught"] = {
  [`${CASE}.accepted`]: ["TR-111:2.2.1.4#accepted"],
  [`${CASE}.lower-case-signature`]: ["TR-111:2.2.2.3#signature-case"],
  [`${CASE}.body`]: ["TR-111:2.2.1.4#body"],
  [`${CASE}.order`]: ["TR-111:2.2.2.3#order"],
  [`${CASE}.encoding`]: ["TR-111:2.2.2.3#encoding"],
  [`${CASE}.scheme`]: ["TR-111:2.2.2.3#scheme"],
  [`${CASE}.fields`]: ["TR-111:2.2.1.4#fields"],
  [`${CASE}.garbage`]: ["TR-111:2.2.1.4#told-apart"],
  [`${CASE}.password-changed`]: ["TR-111:2.2.1.4#password-changed"],
  [`${CASE}.after-reboot`]: ["TR-111:2.2.1.4#after-reboot"],
};

/** Phones that do not hear connection requests over UDP that they have to follow: TR-111 2.2.1.4 and 2.2.2.3. */
export const tr111UdpConnectionRequestMutants: readonly Mutant[] = [
  {
    id: "udpcr-deaf-behind-nat",
    phone: "A phone that hears no connection requests over UDP when it is behind a NAT.",
    breaks: "TR-111:2.2.1.4#accepted",
    rig: "cwmp-lan",
    caught: THROUGH_NAT,
    change: () => ({ stun: { hearsRequests: ({ translated }) => !translated } }),
  },
  {
    id: "udpcr-deaf-without-nat",
    phone: "A phone that hears connection requests over UDP only when it has detected a NAT.",
    breaks: "TR-111:2.2.1.4#without-nat",
    rig: "cwmp-lan",
    caught: { [`${CASE}.without-nat`]: ["TR-111:2.2.1.4#without-nat"] },
    change: () => ({ stun: { hearsRequests: ({ enabled, translated }) => translated || !enabled } }),
  },
  {
    id: "udpcr-deaf-without-stun",
    phone: "A phone that hears connection requests over UDP only as long as STUN is enabled.",
    breaks: "TR-111:2.2.1.4#stun-disabled",
    rig: "cwmp-lan",
    caught: { [`${CASE}.stun-disabled`]: ["TR-111:2.2.1.4#stun-disabled"] },
    change: () => ({ stun: { hearsRequests: ({ enabled }) => enabled } }),
  },
  {
    id: "udpcr-capital-signature",
    phone: "A phone that accepts signatures in capital letters only.",
    breaks: "TR-111:2.2.2.3#signature-case",
    rig: "cwmp-lan",
    caught: { [`${CASE}.lower-case-signature`]: ["TR-111:2.2.2.3#signature-case"] },
    change: ({ stun }) => ({
      stun: {
        acceptsSignature: (sig, text, credentials) => sig === sig.toUpperCase() && stun.acceptsSignature(sig, text, credentials),
      },
    }),
  },
  {
    id: "udpcr-body-refused",
    phone: "A phone that ignores connection requests over UDP that have a body.",
    breaks: "TR-111:2.2.1.4#body",
    rig: "cwmp-lan",
    caught: { [`${CASE}.body`]: ["TR-111:2.2.1.4#body"] },
    change: () => ({ stun: { acceptsBody: (octets) => octets === 0 } }),
  },
  {
    id: "udpcr-fixed-order",
    phone: "A phone that takes the arguments of a connection request by their place in the query.",
    breaks: "TR-111:2.2.2.3#order",
    rig: "cwmp-lan",
    caught: { [`${CASE}.order`]: ["TR-111:2.2.2.3#order"] },
    change: () => ({
      stun: {
        argumentsIn(query) {
          const [ts = "", id = "", un = "", cn = "", sig = ""] = [...new URLSearchParams(query).values()];
          return { ts, id, un, cn, sig };
        },
      },
    }),
  },
  {
    id: "udpcr-plus-not-decoded",
    phone: "A phone that takes a + in the query of a connection request for itself, not for a space.",
    breaks: "TR-111:2.2.2.3#encoding",
    rig: "cwmp-lan",
    caught: { [`${CASE}.encoding`]: ["TR-111:2.2.2.3#encoding"] },
    change: ({ stun }) => ({ stun: { argumentsIn: (query) => stun.argumentsIn(query.replaceAll("+", "%2B")) } }),
  },
  {
    id: "udpcr-signs-encoded",
    phone: "A phone that computes the signature of a connection request over the encoded cnonce.",
    breaks: "TR-111:2.2.2.3#encoding",
    rig: "cwmp-lan",
    caught: { [`${CASE}.encoding`]: ["TR-111:2.2.2.3#encoding"] },
    change: ({ stun }) => ({
      stun: { signedText: (query) => stun.signedText({ ...query, cn: encodeURIComponent(query.cn) }) },
    }),
  },
  {
    id: "udpcr-small-scheme",
    phone: "A phone that ignores connection requests over UDP whose scheme is in capitals.",
    breaks: "TR-111:2.2.2.3#scheme",
    rig: "cwmp-lan",
    caught: { [`${CASE}.scheme`]: ["TR-111:2.2.2.3#scheme"] },
    change: () => ({ stun: { acceptsUdpTarget: (target) => target.startsWith("http:") } }),
  },
  {
    id: "udpcr-one-field",
    phone: "A phone that ignores connection requests over UDP with more header fields than Host.",
    breaks: "TR-111:2.2.1.4#fields",
    rig: "cwmp-lan",
    caught: { [`${CASE}.fields`]: ["TR-111:2.2.1.4#fields"] },
    change: ({ stun }) => ({ stun: { acceptsForm: (request) => request.fields <= 1 && stun.acceptsForm(request) } }),
  },
  {
    id: "udpcr-answers-success",
    phone: "A phone that answers a connection request over UDP with 200.",
    breaks: "TR-111:2.2.2.3#no-response",
    rig: "cwmp-lan",
    caught: { [`${CASE}.no-response`]: ["TR-111:2.2.2.3#no-response"] },
    change: () => ({ stun: { reply: (isGood) => (isGood ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" : undefined) } }),
  },
  {
    id: "udpcr-answers-refusal",
    phone: "A phone that answers a connection request over UDP that it does not follow with 401.",
    breaks: "TR-111:2.2.2.3#no-response",
    rig: "cwmp-lan",
    caught: { [`${CASE}.no-response`]: ["TR-111:2.2.2.3#no-response"] },
    change: () => ({ stun: { reply: (isGood) => (isGood ? undefined : "HTTP/1.1 401 Unauthorized\r\n\r\n") } }),
  },
  {
    id: "udpcr-garbage-deafens",
    phone: "A phone whose UDP port is closed by a datagram that begins with neither a letter nor 0 or 1.",
    breaks: "TR-111:2.2.1.4#told-apart",
    rig: "cwmp-lan",
    caught: { [`${CASE}.garbage`]: ["TR-111:2.2.1.4#told-apart", "TR-111:2.2.1.4#stun-after-garbage"] },
    change: () => ({ stun: { survives: () => false } }),
  },
  {
    id: "udpcr-instead-of-tcp",
    phone: "A phone that refuses connection requests over TCP for a second after one over UDP.",
    breaks: "TR-111:2.2.1.4#tcp",
    rig: "cwmp-lan",
    caught: { [`${CASE}.tcp`]: ["TR-111:2.2.1.4#tcp"] },
    change: () => ({ stun: { pauseOfTcp: () => 1 } }),
  },
  {
    id: "udpcr-ends-session",
    phone: "A phone that drops its session when a connection request comes over UDP.",
    breaks: "TR-111:2.2.1.4#session-kept",
    rig: "cwmp-lan",
    caught: { [`${CASE}.during-session`]: ["TR-111:2.2.1.4#session-kept"] },
    change: () => ({ session: { endsForConnectionRequest: () => true } }),
  },
  {
    id: "udpcr-first-password",
    phone: "A phone that goes on with the ConnectionRequestPassword that it had first.",
    breaks: "TR-111:2.2.1.4#password-changed",
    rig: "cwmp-lan",
    caught: { [`${CASE}.password-changed`]: ["TR-111:2.2.1.4#password-changed"] },
    change: () => ({ stun: { udpCredentials: (_now, atFirst) => atFirst } }),
  },
  {
    id: "udpcr-later-after-boot",
    phone: "A phone that takes no timestamp of the hour that follows on the last one, once it has rebooted.",
    breaks: "TR-111:2.2.1.4#after-reboot",
    rig: "cwmp-lan",
    caught: { [`${CASE}.after-reboot`]: ["TR-111:2.2.1.4#after-reboot"] },
    change: () => ({ stun: { recordAfterBoot: ({ ts, id }) => ({ ts: ts === 0 ? 0 : ts + 3600, id }) } }),
  },
  {
    id: "udpcr-growing-ids",
    phone: "A phone that wants the message ids of connection requests to grow.",
    breaks: "TR-111:2.2.1.4#older-message-id",
    rig: "cwmp-lan",
    caught: { [`${CASE}.older-id`]: ["TR-111:2.2.1.4#older-message-id"] },
    change: () => ({ stun: { acceptsMessageId: (id, last) => id !== "" && Number(id) > Number(last) } }),
  },
  {
    id: "udpcr-records-ignored",
    phone: "A phone that records the timestamp of a connection request that it ignores.",
    breaks: "TR-111:2.2.1.4#timestamp-of-ignored",
    rig: "cwmp-lan",
    caught: { [`${CASE}.timestamp-not-recorded`]: ["TR-111:2.2.1.4#timestamp-of-ignored"] },
    change: ({ stun }) => ({
      stun: {
        recordAfter: (record, request, isGood) =>
          isGood ? stun.recordAfter(record, request, isGood) : { ...record, ts: Math.max(record.ts, Number(request.query.ts)) },
      },
    }),
  },
];
