import { createHmac } from "node:crypto";
import type { Mutant } from "./mutant.ts";

/** Phones that do not authenticate with their STUN server as TR-111 Part 2, 2.2.1.1 has it. */
export const tr111StunIntegrityMutants: readonly Mutant[] = [
  {
    id: "stun-401-ignored",
    phone: "A phone that makes nothing of a 401 of its STUN server.",
    breaks: "TR-111:2.2.1.1#resent-after-401",
    rig: "cwmp-lan",
    caught: {
      "tr111.stun.binding-change-authenticated": ["TR-111:2.2.2.2.1#change-authenticated"],
      "tr111.stun.integrity-demanded": ["TR-111:2.2.1.1#resent-after-401"],
    },
    change: () => ({ stun: { onError: () => "fail" } }),
  },
  {
    id: "stun-signed-without-username",
    phone: "A phone that leaves USERNAME out of a request that it signs.",
    breaks: "TR-111:2.2.1.1#resent-username",
    rig: "cwmp-lan",
    caught: { "tr111.stun.integrity-demanded": ["TR-111:2.2.1.1#resent-username"] },
    change: ({ stun }) => ({ stun: { username: (plan) => (plan.signed ? undefined : stun.username(plan)) } }),
  },
  {
    id: "stun-integrity-unpadded",
    phone: "A phone that computes MESSAGE-INTEGRITY as newer STUN does, over a message that is not filled up.",
    breaks: "RFC-3489:11.2.8#integrity",
    rig: "cwmp-lan",
    caught: { "tr111.stun.integrity-demanded": ["RFC-3489:11.2.8#integrity"] },
    change: () => ({ stun: { integrity: (over, password) => createHmac("sha1", password).update(over).digest() } }),
  },
  {
    id: "stun-signs-ever-after",
    phone: "A phone that signs all its Binding Requests once a 401 has asked it to sign one.",
    breaks: "TR-111:2.2.1.1#integrity-on-demand",
    rig: "cwmp-lan",
    caught: { "tr111.stun.integrity-not-by-itself": ["TR-111:2.2.1.1#integrity-on-demand"] },
    change: () => ({ stun: { signs: ({ signed, wasAsked }) => signed || wasAsked } }),
  },
  {
    id: "stun-signs-without-username",
    phone: "A phone that signs with an empty STUNUsername as well.",
    breaks: "TR-111:2.2.4#no-username",
    rig: "cwmp-lan",
    caught: { "tr111.stun.no-integrity-without-username": ["TR-111:2.2.4#no-username"] },
    change: () => ({ stun: { onError: (code, { signed }) => (code === 401 && !signed ? "sign" : "fail") } }),
  },
  {
    id: "stun-any-integrity",
    phone: "A phone that does not look whether a MESSAGE-INTEGRITY is right.",
    breaks: "TR-111:2.2.1.1#bad-integrity-discarded",
    rig: "cwmp-lan",
    caught: { "tr111.stun.bad-integrity": ["TR-111:2.2.1.1#bad-integrity-discarded"] },
    change: () => ({ stun: { believes: (signed, integrity) => !signed || integrity !== "absent" } }),
  },
  {
    id: "stun-no-integrity-needed",
    phone: "A phone that takes a response without MESSAGE-INTEGRITY to a request that had one.",
    breaks: "TR-111:2.2.1.1#missing-integrity-discarded",
    rig: "cwmp-lan",
    caught: { "tr111.stun.missing-integrity": ["TR-111:2.2.1.1#missing-integrity-discarded"] },
    change: () => ({ stun: { believes: (signed, integrity) => !signed || integrity !== "wrong" } }),
  },
  {
    id: "stun-change-lost-by-401",
    phone: "A phone that leaves BINDING-CHANGE out when it sends a request again after a 401.",
    breaks: "TR-111:2.2.2.2.1#change-authenticated",
    rig: "cwmp-lan",
    caught: { "tr111.stun.binding-change-authenticated": ["TR-111:2.2.2.2.1#change-authenticated"] },
    change: ({ stun }) => ({ stun: { bindingChange: (plan) => (plan.signed ? undefined : stun.bindingChange(plan)) } }),
  },
];
