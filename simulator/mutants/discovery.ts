import type { Mutant } from "./mutant.ts";

const AREA = "cwmp.discovery";

/** Devices that go wrong where they look for their ACS by DHCP (TR-069 3.1). */
export const discoveryMutants: readonly Mutant[] = [
  {
    id: "discovery-no-vendor-class",
    rig: "cwmp-lan",
    phone: "A phone that does not tell the DHCP server that it looks for an ACS.",
    breaks: "TR-069:3.1#vendor-class",
    caught: { [`${AREA}.vendor-class`]: ["TR-069:3.1#vendor-class"] },
    change: () => ({ dhcp: { vendorClass: () => "" } }),
  },
  {
    id: "discovery-vendor-class-in-discover",
    rig: "cwmp-lan",
    phone: "A phone that tells in its DHCPDISCOVER that it looks for an ACS, and not in its DHCPREQUEST.",
    breaks: "TR-069:3.1#vendor-class",
    caught: { [`${AREA}.vendor-class`]: ["TR-069:3.1#vendor-class"] },
    change: ({ dhcp }) => ({
      dhcp: { vendorClass: (step, kind, model) => (step === "request" ? model : dhcp.vendorClass(step, kind, model)) },
    }),
  },
  {
    id: "discovery-vendor-class-in-capitals",
    rig: "cwmp-lan",
    phone: "A phone that writes its vendor class in capital letters.",
    breaks: "TR-069:3.1#vendor-class",
    caught: { [`${AREA}.vendor-class`]: ["TR-069:3.1#vendor-class"] },
    change: ({ dhcp }) => ({ dhcp: { vendorClass: (step, kind, model) => dhcp.vendorClass(step, kind, model).toUpperCase() } }),
  },
  {
    id: "discovery-none",
    rig: "cwmp-lan",
    phone: "A phone that takes no ACS from DHCP.",
    breaks: "TR-069:3.1#empty-url",
    caught: {
      [`${AREA}.url`]: ["TR-069:3.1#empty-url"],
      [`${AREA}.provisioning-code`]: ["TR-069:3.1#provisioning-code"],
      [`${AREA}.retry-parameters`]: ["TR-069:3.1#retry-parameters"],
      [`${AREA}.nul-terminated`]: ["TR-069:3.1#nul-terminated"],
      [`${AREA}.other-options`]: ["TR-069:3.1#other-options"],
      [`${AREA}.padded`]: ["TR-069:3.1#encapsulation"],
      [`${AREA}.unusable-url`]: ["TR-069:3.1#unusable-url"],
      [`${AREA}.unreachable`]: ["TR-069:3.1#unreachable"],
    },
    change: () => ({ dhcp: { findsAcsByDhcp: () => false } }),
  },
  {
    id: "discovery-no-code",
    rig: "cwmp-lan",
    phone: "A phone that takes no provisioning code from DHCP.",
    breaks: "TR-069:3.1#provisioning-code",
    caught: { [`${AREA}.provisioning-code`]: ["TR-069:3.1#provisioning-code"] },
    change: ({ dhcp }) => ({
      dhcp: { usedValues: (found) => ({ ...dhcp.usedValues(found), provisioningCode: undefined }) },
    }),
  },
  {
    id: "discovery-retry-swapped",
    rig: "cwmp-lan",
    phone: "A phone that takes minimum and multiplier of its retry interval from DHCP for one another.",
    breaks: "TR-069:3.1#retry-parameters",
    caught: { [`${AREA}.retry-parameters`]: ["TR-069:3.1#retry-parameters"] },
    change: ({ dhcp }) => ({
      dhcp: {
        acsOptions(text) {
          const { retryMinimumWait, retryMultiplier, ...found } = dhcp.acsOptions(text);
          return { ...found, retryMinimumWait: retryMultiplier, retryMultiplier: retryMinimumWait };
        },
      },
    }),
  },
  {
    id: "discovery-nul-refused",
    rig: "cwmp-lan",
    phone: "A phone that ignores NUL-terminated values of DHCP.",
    breaks: "TR-069:3.1#nul-terminated",
    caught: { [`${AREA}.nul-terminated`]: ["TR-069:3.1#nul-terminated"] },
    change: ({ dhcp }) => ({ dhcp: { acsText: (octets) => (octets.at(-1) === 0 ? "" : dhcp.acsText(octets)) } }),
  },
  {
    id: "discovery-nul-counted",
    rig: "cwmp-lan",
    phone: "A phone that makes a blank of the NUL at the end of a value of DHCP.",
    breaks: "TR-069:3.1#nul-terminated",
    caught: { [`${AREA}.nul-terminated`]: ["TR-069:3.1#nul-terminated"] },
    change: () => ({ dhcp: { acsText: (octets) => octets.toString("utf8").replaceAll("\0", " ") } }),
  },
  {
    id: "discovery-stops-at-unknown",
    rig: "cwmp-lan",
    phone: "A phone that reads option 43 no further than an encapsulated option that it does not know.",
    breaks: "TR-069:3.1#other-options",
    caught: { [`${AREA}.other-options`]: ["TR-069:3.1#other-options"] },
    change: ({ dhcp }) => ({
      dhcp: {
        encapsulated(octets) {
          const options = dhcp.encapsulated(octets);
          const unknown = options.findIndex(({ code }) => code > 4);
          return unknown < 0 ? options : options.slice(0, unknown);
        },
      },
    }),
  },
  {
    id: "discovery-no-padding",
    rig: "cwmp-lan",
    phone: "A phone that takes a pad option in option 43 for its end.",
    breaks: "TR-069:3.1#encapsulation",
    caught: { [`${AREA}.padded`]: ["TR-069:3.1#encapsulation"] },
    change: ({ dhcp }) => ({ dhcp: { encapsulated: (octets) => (octets[0] === 0 ? [] : dhcp.encapsulated(octets)) } }),
  },
  {
    id: "discovery-vendor-acs",
    rig: "cwmp-lan",
    phone: "A phone that goes to an ACS of its vendor's when DHCP tells it none that it can use.",
    breaks: "TR-069:3.1#unusable-url",
    caught: { [`${AREA}.unusable-url`]: ["TR-069:3.1#unusable-url"] },
    change: () => ({ dhcp: { urlAfter: (_, found) => found ?? "http://acs.vendor.invalid/" } }),
  },
  {
    id: "discovery-no-rediscovery",
    rig: "cwmp-lan",
    phone: "A phone that stays with an ACS from DHCP that it cannot reach.",
    breaks: "TR-069:3.1#unreachable",
    caught: { [`${AREA}.unreachable`]: ["TR-069:3.1#unreachable"] },
    change: () => ({ dhcp: { asksWhenUnreachable: () => false } }),
  },
  {
    id: "discovery-late-rediscovery",
    rig: "cwmp-lan",
    phone: "A phone that looks again by DHCP when its ACS has been out of reach for an hour.",
    breaks: "TR-069:3.1#unreachable",
    caught: { [`${AREA}.unreachable`]: ["TR-069:3.1#unreachable"] },
    change: () => ({ dhcp: { unreachableAfter: () => 3_600_000 } }),
  },
  {
    id: "discovery-always-falls-back",
    rig: "cwmp-lan",
    phone: "A phone that looks by DHCP for any ACS that it cannot reach.",
    breaks: "TR-069:3.1#no-fallback",
    caught: { [`${AREA}.no-fallback`]: ["TR-069:3.1#no-fallback"] },
    change: () => ({ dhcp: { asksWhenUnreachable: () => true } }),
  },
  {
    id: "discovery-first-address",
    rig: "cwmp-lan",
    phone: "A phone that knows no more than the first address of its ACS.",
    breaks: "TR-069:3.1#several-addresses",
    caught: { [`${AREA}.several-addresses`]: ["TR-069:3.1#several-addresses"] },
    change: () => ({ dns: { shuffled: (addresses) => addresses.slice(0, 1) } }),
  },
  {
    id: "discovery-any-address",
    rig: "cwmp-lan",
    phone: "A phone that goes to any of the addresses of its ACS each time.",
    breaks: "TR-069:3.1#affinity",
    caught: { [`${AREA}.affinity`]: ["TR-069:3.1#affinity"] },
    change: () => ({ dns: { order: (shuffled) => shuffled } }),
  },
  {
    id: "discovery-keeps-addresses",
    rig: "cwmp-lan",
    phone: "A phone that keeps what DNS tells of its ACS for a day, whatever its time to live is.",
    breaks: "TR-069:3.1#time-to-live",
    caught: { [`${AREA}.time-to-live`]: ["TR-069:3.1#time-to-live"] },
    change: () => ({ dns: { keptFor: () => 86_400_000 } }),
  },
  {
    id: "discovery-no-query",
    rig: "cwmp-lan",
    phone: "A phone that leaves the query of its ACS URL away.",
    breaks: "TR-069:3.1#whole-url",
    caught: { [`${AREA}.whole-url`]: ["TR-069:3.1#whole-url"] },
    change: () => ({ http: { target: (url) => url.pathname } }),
  },
  {
    id: "discovery-origin-ignored",
    rig: "cwmp-found-lan",
    phone: "A phone that stays with an ACS that it was given later, however it has found its first one.",
    breaks: "TR-069:3.1#origin",
    caught: {
      [`${AREA}.origin`]: ["TR-069:3.1#origin"],
      [`${AREA}.origin-after-reboot`]: ["TR-069:3.1#origin"],
    },
    change: () => ({ dhcp: { asksWhenUnreachable: (isByDhcp) => isByDhcp } }),
  },
  {
    id: "discovery-origin-latest",
    rig: "cwmp-found-lan",
    phone: "A phone that remembers how it has found its latest ACS, and not its first one.",
    breaks: "TR-069:3.1#origin",
    caught: {
      [`${AREA}.origin`]: ["TR-069:3.1#origin"],
      [`${AREA}.origin-after-reboot`]: ["TR-069:3.1#origin"],
    },
    change: ({ dhcp }) => ({ dhcp: { originAfterContact: (_, isByDhcp) => dhcp.originAfterContact("", isByDhcp) } }),
  },
  {
    id: "discovery-origin-forgotten",
    rig: "cwmp-found-lan",
    phone: "A phone that forgets at a reboot how it has found its first ACS.",
    breaks: "TR-069:3.1#origin",
    // By the first one because it has been rebooted after cases before, with an ACS that was set.
    caught: {
      [`${AREA}.origin`]: ["TR-069:3.1#origin"],
      [`${AREA}.origin-after-reboot`]: ["TR-069:3.1#origin"],
    },
    change: () => ({ dhcp: { originAtBoot: () => "" } }),
  },
];
