import type { Mutant } from "./mutant.ts";

/** Phones that tell their ACS of the binding wrongly: TR-111 Part 2, 2.2.1.3 and 2.2.4. */
export const tr111StunAddressMutants: readonly Mutant[] = [
  {
    id: "stun-local-host",
    phone: "A phone that tells its public port with its own address.",
    breaks: "TR-111:2.2.1.3#public-host",
    rig: "cwmp-lan",
    caught: {
      "tr111.stun.address-updated": ["TR-111:2.2.1.3#address-updated"],
      "tr111.stun.public-address": ["TR-111:2.2.1.3#public-host"],
    },
    change: ({ stun }) => ({
      stun: {
        requestAddress: (local, binding, shown) =>
          stun.requestAddress(local, binding && { ...binding, mapped: { ...binding.mapped, address: local.address } }, shown),
      },
    }),
  },
  {
    id: "stun-local-port",
    phone: "A phone that tells its public address with its own port.",
    breaks: "TR-111:2.2.1.3#public-port",
    rig: "cwmp-lan",
    caught: {
      "tr111.stun.address-updated": ["TR-111:2.2.1.3#address-updated"],
      "tr111.stun.notification": ["TR-111:2.2.1.3#active-notification"],
      "tr111.stun.public-address": ["TR-111:2.2.1.3#public-port"],
    },
    change: ({ stun }) => ({
      stun: {
        requestAddress: (local, binding, shown) =>
          stun.requestAddress(local, binding && { ...binding, mapped: { ...binding.mapped, port: local.port } }, shown),
      },
    }),
  },
  {
    id: "stun-no-nat-ever",
    phone: "A phone that never says that there is a NAT.",
    breaks: "TR-111:2.2.1.3#nat-detected",
    rig: "cwmp-lan",
    caught: {
      "tr111.stun.address-translated": ["TR-111:2.2.1.1#translation"],
      "tr111.stun.port-translated": ["TR-111:2.2.1.1#translation"],
      "tr111.stun.public-address": ["TR-111:2.2.1.3#nat-detected"],
    },
    change: () => ({ stun: { natDetected: () => false } }),
  },
  {
    id: "stun-first-address",
    phone: "A phone that tells the first public address that it has found, for as long as there is a NAT.",
    breaks: "TR-111:2.2.1.3#address-updated",
    rig: "cwmp-lan",
    caught: {
      "tr111.stun.address-updated": ["TR-111:2.2.1.3#address-updated"],
      "tr111.stun.notification": ["TR-111:2.2.1.3#active-notification"],
    },
    change: ({ stun }) => ({
      stun: {
        requestAddress: (local, binding, shown) =>
          binding?.translated === true && shown !== stun.requestAddress(local, undefined, "")
            ? shown
            : stun.requestAddress(local, binding, shown),
      },
    }),
  },
  {
    id: "stun-empty-port",
    phone: "A phone that leaves the colon when it leaves port 80 out.",
    breaks: "TR-111:2.2.4#address-form",
    rig: "cwmp-lan",
    caught: { "tr111.stun.default-port": ["TR-111:2.2.4#address-form"] },
    change: ({ stun }) => ({ stun: { requestAddress: (...given) => stun.requestAddress(...given).replace(/:80$/, ":") } }),
  },
  {
    id: "stun-not-notified",
    phone: "A phone that keeps changes of UDPConnectionRequestAddress for its next Inform.",
    breaks: "TR-111:2.2.1.3#active-notification",
    rig: "cwmp-lan",
    caught: { "tr111.stun.notification": ["TR-111:2.2.1.3#active-notification"] },
    change: () => ({ stun: { notification: (set) => Math.min(set, 1) } }),
  },
  {
    id: "stun-always-notified",
    phone: "A phone that notifies of each new binding, whether or not its ACS wants it.",
    breaks: "TR-111:2.2.1.3#no-notification",
    rig: "cwmp-lan",
    caught: { "tr111.stun.no-notification": ["TR-111:2.2.1.3#no-notification"] },
    change: () => ({ stun: { notification: (set, change) => (change === "later" ? 2 : set) } }),
  },
  {
    id: "stun-no-limit",
    phone: "A phone that knows no limit for notifications of its binding.",
    breaks: "TR-111:2.2.1.3#notification-limit",
    rig: "cwmp-lan",
    caught: { "tr111.stun.notification-limit": ["TR-111:2.2.1.3#notification-limit"] },
    change: ({ stun }) => ({
      stun: { notificationDelay: (sinceLast, _limit, isActive) => stun.notificationDelay(sinceLast, 0, isActive) },
    }),
  },
  {
    id: "stun-limit-drops",
    phone: "A phone that does not notify at all of a change that comes before the limit has passed.",
    breaks: "TR-111:2.2.1.3#notified-after-limit",
    rig: "cwmp-lan",
    caught: { "tr111.stun.notification-limit": ["TR-111:2.2.1.3#notified-after-limit"] },
    change: ({ stun }) => ({
      stun: { notificationDelay: (...given) => (stun.notificationDelay(...given) === 0 ? 0 : undefined) },
    }),
  },
];
