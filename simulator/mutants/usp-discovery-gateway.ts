import type { Mutant } from "./mutant.ts";

const AREA = "usp.discovery";

/** Devices that show the wrong gateway (TR-369 "Use of DHCP for Exchanging GatewayInfo"). */
export const uspDiscoveryGatewayMutants: readonly Mutant[] = [
  {
    id: "usp-gateway-no-protocol",
    rig: "generic-lan",
    phone: "A phone that does not show by which protocol the gateway is managed that DHCP has told it of.",
    breaks: "TR-369:R-DIS.2c",
    caught: {
      [`${AREA}.gateway-info`]: ["TR-369:R-DIS.2c"],
      [`${AREA}.gateway-info-in-part`]: ["TR-369:R-DIS.2c"],
    },
    change: ({ usp }) => ({ usp: { managementProtocol: (_, isAgent) => usp.managementProtocol(false, isAgent) } }),
  },
  {
    id: "usp-gateway-always-cwmp",
    rig: "generic-lan",
    phone: "A phone that shows CWMP as the protocol of its gateway, whether it knows one or not.",
    breaks: "TR-369:R-DIS.2c",
    caught: { [`${AREA}.gateway-info-gone`]: ["TR-369:R-DIS.2c"] },
    change: ({ usp }) => ({ usp: { managementProtocol: (_, isAgent) => usp.managementProtocol(true, isAgent) } }),
  },
  {
    id: "usp-gateway-remembered",
    rig: "generic-lan",
    phone: "A phone that shows the last gateway that it knew until another one tells who it is.",
    breaks: "TR-369:R-DIS.2c",
    caught: {
      [`${AREA}.gateway-info-in-part`]: ["TR-369:R-DIS.2c"],
      [`${AREA}.gateway-info-gone`]: ["TR-369:R-DIS.2c"],
    },
    change: ({ dhcp }) => ({
      dhcp: {
        recorded(seen) {
          const { oui, serialNumber, productClass } = dhcp.recorded(seen);
          const { before } = seen;
          return {
            oui: oui || before.oui,
            serialNumber: serialNumber || before.serialNumber,
            productClass: productClass || before.productClass,
          };
        },
      },
    }),
  },
  {
    id: "usp-gateway-no-serial",
    rig: "generic-lan",
    phone: "A phone that does not show the serial number of its gateway.",
    breaks: "TR-369:R-DIS.2c",
    caught: {
      [`${AREA}.gateway-info`]: ["TR-369:R-DIS.2c"],
      [`${AREA}.gateway-info-in-part`]: ["TR-369:R-DIS.2c"],
    },
    change: ({ dhcp }) => ({ dhcp: { gatewayInfo: (value) => ({ ...dhcp.gatewayInfo(value), serialNumber: "" }) } }),
  },
  {
    id: "usp-gateway-deaf",
    rig: "generic-lan",
    phone: "A phone that does not notice that the USP agent of which mDNS tells it is its gateway.",
    breaks: "TR-369:R-DIS.2d",
    caught: { [`${AREA}.gateway-agent`]: ["TR-369:R-DIS.2d"] },
    change: () => ({ usp: { isGateway: () => false } }),
  },
  {
    id: "usp-gateway-still-cwmp",
    rig: "generic-lan",
    phone: "A phone that goes on showing CWMP for a gateway that it knows to be a USP agent.",
    breaks: "TR-369:R-DIS.2d",
    caught: { [`${AREA}.gateway-agent`]: ["TR-369:R-DIS.2d"] },
    change: ({ usp }) => ({ usp: { managementProtocol: (isKnown) => usp.managementProtocol(isKnown, false) } }),
  },
];
