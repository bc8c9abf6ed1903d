import type { Variant } from "./variant.ts";

/** Devices that go their own way where they look for who manages them, and let themselves be found. */
export const discoveryVariants: readonly Variant[] = [
  {
    id: "discovery-long-vendor-class",
    rig: "cwmp-lan",
    phone: "A phone that has dslforum.org somewhere in a longer vendor class.",
    clause: "TR-069 3.1",
    change: ({ dhcp }) => ({
      dhcp: { vendorClass: (step, kind, model) => `${model}/1.0 ${dhcp.vendorClass(step, kind, model)} SIP` },
    }),
  },
  {
    id: "discovery-asks-often",
    rig: "cwmp-lan",
    phone: "A phone without an ACS URL that asks DHCP for one every 20 seconds, and DNS before every connection.",
    clause: "TR-069 3.1",
    change: () => ({ dhcp: { askAgainAfter: () => 20_000 }, dns: { keptFor: () => 0 } }),
  },
  {
    id: "discovery-same-address",
    rig: "cwmp-lan",
    phone: "A phone with CWMP that asks for the address that it had when it starts.",
    clause: "RFC 2131 3.2",
    change: () => ({ dhcp: { firstStep: (hadAddress) => (hadAddress ? "init-reboot" : "discover") } }),
  },
  {
    id: "usp-discovery-same-address",
    rig: "generic-lan",
    phone: "A phone with a USP agent that asks for the address that it had when it starts.",
    clause: "RFC 2131 3.2",
    change: () => ({ dhcp: { firstStep: (hadAddress) => (hadAddress ? "init-reboot" : "discover") } }),
  },
  {
    id: "usp-mdns-announces-often",
    rig: "generic-lan",
    phone: "A phone that announces itself eight times by mDNS.",
    clause: "RFC 6762 8.3",
    change: () => ({ usp: { announcedAfter: () => [0, 1, 3, 7, 15, 31, 63, 127].map((seconds) => seconds * 1000) } }),
  },
  {
    id: "usp-mdns-longer-text",
    rig: "generic-lan",
    phone: "A phone whose TXT record has further attributes, and capital letters in the names of those that all have.",
    clause: "RFC 6763 6.4, TR-369 R-DIS.11a",
    change: ({ usp }) => ({
      usp: {
        txt(facts) {
          const pairs = usp.txt(facts).map((pair) => pair.replace(/^[a-z]/, (letter) => letter.toUpperCase()));
          return ["txtvers=1", ...pairs.toReversed(), "vendor=a=b"];
        },
      },
    }),
  },
];
