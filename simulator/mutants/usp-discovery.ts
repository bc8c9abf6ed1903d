import { OPTION } from "../dhcp/message.ts";
import type { Mutant } from "./mutant.ts";

const AREA = "usp.discovery";

/** Devices that go wrong where they look for a controller by DHCP and DNS (TR-369 "Discovery and Advertisement"). */
export const uspDiscoveryMutants: readonly Mutant[] = [
  {
    id: "usp-discovery-no-class",
    rig: "generic-lan",
    phone: "A phone that does not ask for a controller in its DHCP requests.",
    breaks: "TR-369:R-DIS.1",
    caught: { [`${AREA}.vendor-class`]: ["TR-369:R-DIS.1"] },
    change: () => ({ usp: { vendorClass: () => undefined } }),
  },
  {
    id: "usp-discovery-class-in-discover",
    rig: "generic-lan",
    phone: "A phone that asks for a controller in its DHCPDISCOVER, and not in its DHCPREQUEST.",
    breaks: "TR-369:R-DIS.1",
    caught: { [`${AREA}.vendor-class`]: ["TR-369:R-DIS.1"] },
    change: ({ usp }) => ({
      usp: { vendorClass: (step) => (step === "request" ? undefined : usp.vendorClass(step)) },
    }),
  },
  {
    id: "usp-discovery-upper-case",
    rig: "generic-lan",
    phone: "A phone that asks for a controller by the vendor class USP.",
    breaks: "TR-369:R-DIS.1",
    caught: { [`${AREA}.vendor-class`]: ["TR-369:R-DIS.1"] },
    change: () => ({ usp: { vendorClass: () => ({ enterprise: 3561, data: "USP" }) } }),
  },
  {
    id: "usp-discovery-other-enterprise",
    rig: "generic-lan",
    phone: "A phone that asks for a controller under an enterprise number of its vendor's.",
    breaks: "TR-369:R-DIS.1",
    caught: { [`${AREA}.vendor-class`]: ["TR-369:R-DIS.1"] },
    change: () => ({ usp: { vendorClass: () => ({ enterprise: 7526, data: "usp" }) } }),
  },
  {
    id: "usp-discovery-keeps-null",
    rig: "generic-lan",
    phone: "A phone that takes the null at the end of what DHCP tells of a controller for a part of it.",
    breaks: "TR-369:R-DIS.1c",
    caught: {
      [`${AREA}.null-terminated`]: ["TR-369:R-DIS.1c"],
      [`${AREA}.null-terminated-endpoint-id`]: ["TR-369:R-DIS.1c"],
    },
    change: () => ({ usp: { controllerOption: (octets) => octets.toString("utf8") } }),
  },
  {
    id: "usp-discovery-drops-null-terminated",
    rig: "generic-lan",
    phone: "A phone that ignores a provisioning code from DHCP when it is null-terminated.",
    breaks: "TR-369:R-DIS.1c",
    caught: { [`${AREA}.null-terminated`]: ["TR-369:R-DIS.1c"] },
    change: ({ usp }) => ({
      usp: {
        controllerOption: (octets, option) =>
          option === "provisioningCode" && octets.at(-1) === 0 ? "" : usp.controllerOption(octets, option),
      },
    }),
  },
  {
    id: "usp-discovery-numbers",
    rig: "generic-lan",
    phone: "A phone that reads the retry intervals from DHCP as binary numbers.",
    breaks: "TR-369:R-DIS.1a",
    caught: { [`${AREA}.text`]: ["TR-369:R-DIS.1a"] },
    change: ({ usp }) => ({
      usp: {
        controllerOption: (octets, option) =>
          /^(?:minimumWait|multiplier)$/.test(option) && octets.length > 0 && octets.length <= 4
            ? String(octets.readUIntBE(0, octets.length))
            : usp.controllerOption(octets, option),
      },
    }),
  },
  {
    id: "usp-discovery-numeric-code",
    rig: "generic-lan",
    phone: "A phone that drops the zeros at the beginning of a provisioning code from DHCP.",
    breaks: "TR-369:R-DIS.1a",
    caught: { [`${AREA}.text`]: ["TR-369:R-DIS.1a"] },
    change: ({ usp }) => ({
      usp: {
        controllerOption: (octets, option) => {
          const text = usp.controllerOption(octets, option);
          return option === "provisioningCode" && /^\d+$/.test(text) ? String(Number(text)) : text;
        },
      },
    }),
  },
  {
    id: "usp-discovery-relative-host",
    rig: "generic-lan",
    phone: "A phone that takes the host in a controller's URL from DHCP for a name within its own domain.",
    breaks: "TR-369:R-DIS.1b",
    caught: { [`${AREA}.url`]: ["TR-369:R-DIS.1b", "TR-369:R-DIS.6"] },
    change: ({ usp }) => ({
      usp: {
        toldPlace(text) {
          const place = usp.toldPlace(text);
          return place?.kind === "url" && /[a-z]/i.test(place.host) ? { ...place, host: `${place.host}.home.arpa` } : place;
        },
      },
    }),
  },
  {
    id: "usp-discovery-no-dns",
    rig: "generic-lan",
    phone: "A phone that asks by mDNS for every name.",
    breaks: "TR-369:R-DIS.6",
    caught: {
      [`${AREA}.url`]: ["TR-369:R-DIS.1b", "TR-369:R-DIS.6"],
      [`${AREA}.name`]: ["TR-369:R-DIS.7"],
      [`${AREA}.dns`]: ["TR-369:R-DIS.6"],
    },
    change: () => ({ usp: { resolvesBy: () => "mdns" } }),
  },
  {
    id: "usp-discovery-no-service",
    rig: "generic-lan",
    phone: "A phone that asks for no DNS-SD records of a controller of which it knows no more than the name.",
    breaks: "TR-369:R-DIS.7",
    caught: { [`${AREA}.name`]: ["TR-369:R-DIS.7"] },
    change: () => ({ usp: { serviceTypes: () => [] } }),
  },
  {
    id: "usp-discovery-no-text",
    rig: "generic-lan",
    phone: "A phone that asks where the service of a controller is, and not for its TXT record.",
    breaks: "TR-369:R-DIS.7",
    caught: { [`${AREA}.name`]: ["TR-369:R-DIS.7"] },
    change: () => ({ usp: { serviceTypes: () => ["PTR", "SRV"] } }),
  },
  {
    id: "usp-discovery-no-identity",
    rig: "generic-lan",
    phone: "A phone that does not tell the DHCP server which device it is.",
    breaks: "TR-369:R-DIS.2a",
    caught: { [`${AREA}.identity`]: ["TR-369:R-DIS.2a"] },
    change: () => ({ dhcp: { identity: () => [] } }),
  },
  {
    id: "usp-discovery-identity-in-discover",
    rig: "generic-lan",
    phone: "A phone that tells which device it is in its DHCPDISCOVER, and not in its DHCPREQUEST.",
    breaks: "TR-369:R-DIS.2a",
    caught: { [`${AREA}.identity`]: ["TR-369:R-DIS.2a"] },
    change: ({ dhcp }) => ({
      dhcp: {
        arranged(options, step) {
          const others = options.filter(({ code }) => step !== "request" || code !== OPTION.vendorIdentifying);
          return dhcp.arranged(others, step);
        },
      },
    }),
  },
];
