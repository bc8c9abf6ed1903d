import type { GatewayInfo } from "../dhcp/reading-seams.ts";
import type { Mutant } from "./mutant.ts";

const rig = "snom-lan";

/** Keeps what it knew of one element when that is not told, and another one is. */
const keeping =
  (element: keyof GatewayInfo): Mutant["change"] =>
  ({ dhcp }) => ({
    dhcp: {
      recorded: (heard) => {
        const info = dhcp.recorded(heard);
        const isMissing = info[element] === "" && Object.values(info).some((value) => value !== "");
        return isMissing ? { ...info, [element]: heard.before[element] } : info;
      },
    },
  });

/** Phones that record something else than what their gateway says of itself: TR-111 Part 1, 1.2.2. */
export const tr111GatewayMutants: readonly Mutant[] = [
  {
    id: "gateway-serial-for-class",
    phone: "A phone that takes the elements of a gateway in the order of the data model: OUI, product class, serial number.",
    breaks: "TR-111:1.2.2#gateway-serial-number",
    rig,
    caught: {
      "tr111.gateway-identity.recorded": ["TR-111:1.2.2#gateway-product-class", "TR-111:1.2.2#gateway-serial-number"],
      "tr111.gateway-identity.without-serial-number": ["TR-111:1.2.2#no-gateway-serial-number"],
      "tr111.gateway-identity.without-product-class": ["TR-111:1.2.2#no-gateway-product-class"],
      "tr111.gateway-identity.rebound": ["TR-111:1.2.2#rebound"],
      "tr111.gateway-identity.informed": ["TR-111:1.2.2#informed"],
      "tr111.gateway-identity.acknowledged": ["TR-111:1.2.2#acknowledged"],
      "tr111.gateway-option.block-behind": ["RFC-3925:4#block-behind"],
      "tr111.gateway-option.block-before": ["RFC-3925:4#block-before"],
      "tr111.gateway-option.block-between": ["RFC-3925:4#block-between"],
      "tr111.gateway-option.joined": ["RFC-3396:7#joined"],
      "tr111.gateway-option.joined-blocks": ["RFC-3396:7#joined-blocks"],
      "tr111.gateway-option.any-order": ["RFC-3925:4#any-order"],
      "tr111.gateway-option.unknown": ["RFC-3925:4#unknown"],
      "tr111.gateway-option.zero-length": ["RFC-3925:4#zero-length"],
      "tr111.gateway-option.repeated": ["RFC-3925:4#repeated"],
      "tr111.gateway-values.nul": ["TR-111:1.2.5#nul-dropped"],
      "tr111.gateway-values.longest": ["TR-106:GatewayInfo#product-class-64", "TR-106:GatewayInfo#serial-number-64"],
      "tr111.gateway-values.markup": ["TR-111:1.2.2#markup"],
      "tr111.gateway-info.notifies": ["TR-111:1.2.2#notified-values"],
      "tr111.gateway-info.notifies-one": ["TR-111:1.2.2#notifies-one"],
      "tr111.gateway-info.restarted": ["TR-111:1.2.2#restarted", "TR-111:1.2.4#first-inform"],
      "tr111.association.dhcp": ["TR-111:1.2.3#gateway-known"],
      "tr111.association.dhcp-inform": ["TR-111:1.2.4#gateway-known-by-inform"],
      "usp.discovery.gateway-info": ["TR-369:R-DIS.2c"],
      "usp.discovery.gateway-info-in-part": ["TR-369:R-DIS.2c"],
    },
    change: ({ dhcp }) => ({
      dhcp: { gatewayInfo: (value) => dhcp.gatewayInfo((code) => value(code === 5 ? 6 : code === 6 ? 5 : code)) },
    }),
  },
  {
    id: "gateway-oui-as-number",
    phone: "A phone that takes a gateway's OUI for a number, and writes it without zeros in front.",
    breaks: "TR-111:1.2.2#gateway-oui",
    rig,
    caught: {
      "tr111.gateway-identity.recorded": ["TR-111:1.2.2#gateway-oui"],
      "tr111.association.dhcp": ["TR-111:1.2.3#gateway-known"],
      "tr111.association.dhcp-inform": ["TR-111:1.2.4#gateway-known-by-inform"],
      "usp.discovery.gateway-info": ["TR-369:R-DIS.2c"],
      "usp.discovery.gateway-info-in-part": ["TR-369:R-DIS.2c"],
    },
    change: ({ dhcp }) => ({
      dhcp: {
        gatewayInfo: (value) => {
          const info = dhcp.gatewayInfo(value);
          return { ...info, oui: info.oui.replace(/^0+/, "") };
        },
      },
    }),
  },
  {
    id: "gateway-oui-not-emptied",
    phone: "A phone that keeps the OUI of the gateway before when its gateway tells none, but tells something.",
    breaks: "TR-111:1.2.2#no-gateway-oui",
    rig,
    caught: { "tr111.gateway-identity.without-oui": ["TR-111:1.2.2#no-gateway-oui"] },
    change: keeping("oui"),
  },
  {
    id: "gateway-serial-not-emptied",
    phone: "A phone that keeps the serial number of the gateway before when its gateway tells none, but tells something.",
    breaks: "TR-111:1.2.2#no-gateway-serial-number",
    rig,
    caught: {
      "tr111.gateway-identity.without-serial-number": ["TR-111:1.2.2#no-gateway-serial-number"],
      "tr111.gateway-option.zero-length": ["RFC-3925:4#zero-length"],
    },
    change: keeping("serialNumber"),
  },
  {
    id: "gateway-class-not-emptied",
    phone: "A phone that keeps the product class of the gateway before when its gateway tells none, but tells something.",
    breaks: "TR-111:1.2.2#no-gateway-product-class",
    rig,
    caught: {
      "tr111.gateway-identity.without-product-class": ["TR-111:1.2.2#no-gateway-product-class"],
      "usp.discovery.gateway-info-in-part": ["TR-369:R-DIS.2c"],
    },
    change: keeping("productClass"),
  },
  {
    id: "gateway-not-emptied",
    phone: "A phone that keeps the gateway before when its gateway does not tell who it is.",
    breaks: "TR-111:1.2.2#no-option",
    quirk: "M74",
    rig,
    caught: {
      "tr111.gateway-identity.no-option": ["TR-111:1.2.2#no-option"],
      "tr111.gateway-identity.other-enterprise": ["TR-111:1.2.2#no-block"],
      "tr111.gateway-info.notifies-cleared": ["TR-111:1.2.2#notifies-cleared"],
      "tr111.gateway-info.restarted-alone": ["TR-111:1.2.2#restarted-alone"],
      "usp.discovery.gateway-info-gone": ["TR-369:R-DIS.2c"],
    },
    change: ({ dhcp }) => ({
      dhcp: {
        recorded: (heard) => {
          const info = dhcp.recorded(heard);
          return Object.values(info).every((value) => value === "") ? heard.before : info;
        },
      },
    }),
  },
  {
    id: "gateway-any-enterprise",
    phone: "A phone that takes sub-options of any enterprise for those of the Broadband Forum.",
    breaks: "TR-111:1.2.2#no-block",
    rig,
    caught: {
      "tr111.gateway-identity.other-enterprise": ["TR-111:1.2.2#no-block"],
      "tr111.gateway-option.block-behind": ["RFC-3925:4#block-behind"],
      "tr111.gateway-option.block-between": ["RFC-3925:4#block-between"],
      "tr111.gateway-option.joined-blocks": ["RFC-3396:7#joined-blocks"],
    },
    change: () => ({ dhcp: { isOurs: () => true } }),
  },
  {
    id: "gateway-not-at-rebinding",
    phone: "A phone that does not look at what a server says that takes its lease over.",
    breaks: "TR-111:1.2.2#rebound",
    rig,
    caught: { "tr111.gateway-identity.rebound": ["TR-111:1.2.2#rebound"] },
    change: ({ dhcp }) => ({
      dhcp: { recorded: (heard) => (heard.step === "rebinding" ? heard.before : dhcp.recorded(heard)) },
    }),
  },
  {
    id: "gateway-not-at-inform",
    phone: "A phone that does not look for its gateway in the answer to a DHCPINFORM.",
    breaks: "TR-111:1.2.2#informed",
    rig,
    caught: { "tr111.gateway-identity.informed": ["TR-111:1.2.2#informed"] },
    change: ({ dhcp }) => ({
      dhcp: { recorded: (heard) => (heard.step === "inform" ? heard.before : dhcp.recorded(heard)) },
    }),
  },
  {
    id: "gateway-of-offer",
    phone: "A phone that goes by what the DHCPOFFER said of the gateway.",
    breaks: "TR-111:1.2.2#acknowledged",
    rig,
    caught: {
      "tr111.gateway-identity.acknowledged": ["TR-111:1.2.2#acknowledged"],
      "tr111.gateway-identity.offered-only": ["TR-111:1.2.2#offered-only"],
    },
    change: ({ dhcp }) => ({ dhcp: { recorded: (heard) => heard.offered ?? dhcp.recorded(heard) } }),
  },
  {
    id: "gateway-of-offer-for-want-of-another",
    phone: "A phone that goes by what the DHCPOFFER said of the gateway when the DHCPACK says nothing of it.",
    breaks: "TR-111:1.2.2#offered-only",
    rig,
    caught: { "tr111.gateway-identity.offered-only": ["TR-111:1.2.2#offered-only"] },
    change: ({ dhcp }) => ({
      dhcp: { recorded: (heard) => (heard.acked.oui === "" ? (heard.offered ?? heard.acked) : dhcp.recorded(heard)) },
    }),
  },
];
