/** Enterprise number of the Broadband Forum, then ADSL Forum, in IANA's registry (TR-111 1.2.5). */
export const BROADBAND_FORUM = 3561;

/** Options that we read or write by name (RFC 2132, RFC 3925). */
export const OPTION = {
  pad: 0,
  subnetMask: 1,
  router: 3,
  dnsServers: 6,
  hostName: 12,
  domainName: 15,
  broadcastAddress: 28,
  ntpServers: 42,
  vendorSpecific: 43,
  requestedAddress: 50,
  leaseTime: 51,
  overload: 52,
  messageType: 53,
  serverIdentifier: 54,
  parameterRequestList: 55,
  message: 56,
  maximumMessageSize: 57,
  renewalTime: 58,
  rebindingTime: 59,
  vendorClass: 60,
  clientIdentifier: 61,
  tftpServerName: 66,
  bootfileName: 67,
  vendorIdentifyingClass: 124,
  vendorIdentifyingInformation: 125,
  end: 255,
} as const;

/** Message types by the value of option 53, from 1 (RFC 2132 9.6). */
export const DHCP_TYPES = ["DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM"] as const;
export type DhcpType = (typeof DHCP_TYPES)[number];

/** Sub-options of 125 that a device tells of itself (TR-111 1.2.5, Table 1). */
export const DEVICE = { oui: 1, serial: 2, productClass: 3 } as const;
/** Sub-options of 125 that a gateway tells of itself (TR-111 1.2.5, Table 1). */
export const GATEWAY = { oui: 4, serial: 5, productClass: 6 } as const;
/** Sub-options of 125, and of option 17 of DHCPv6, that tell of a USP Controller (TR-369, DHCP options for controller discovery). */
export const USP_CONTROLLER = {
  url: 25,
  provisioningCode: 26,
  retryMinimumWait: 27,
  retryMultiplier: 28,
  endpointId: 29,
} as const;
/** Encapsulated options of 43, and of option 17 of DHCPv6, that tell of an ACS (TR-069 3.1, Table 2). */
export const ACS = { url: 1, provisioningCode: 2, retryMinimumWait: 3, retryMultiplier: 4 } as const;

const OPTION_NAMES: Readonly<Record<number, string>> = {
  1: "Subnet Mask",
  3: "Router",
  6: "Domain Name Server",
  12: "Host Name",
  15: "Domain Name",
  28: "Broadcast Address",
  42: "NTP Servers",
  43: "Vendor-Specific Information",
  50: "Requested IP Address",
  51: "IP Address Lease Time",
  52: "Option Overload",
  53: "DHCP Message Type",
  54: "Server Identifier",
  55: "Parameter Request List",
  56: "Message",
  57: "Maximum DHCP Message Size",
  58: "Renewal Time",
  59: "Rebinding Time",
  60: "Vendor Class Identifier",
  61: "Client Identifier",
  66: "TFTP Server Name",
  67: "Bootfile Name",
  124: "V-I Vendor Class",
  125: "V-I Vendor-Specific Information",
};

const SUB_OPTION_NAMES: Readonly<Record<number, string>> = {
  1: "DeviceManufacturerOUI",
  2: "DeviceSerialNumber",
  3: "DeviceProductClass",
  4: "GatewayManufacturerOUI",
  5: "GatewaySerialNumber",
  6: "GatewayProductClass",
  25: "URL or FQDN of the Controller",
  26: "Provisioning code",
  27: "USP retry minimum wait interval",
  28: "USP retry interval multiplier",
  29: "Endpoint ID of the Controller",
};

const ACS_NAMES: Readonly<Record<number, string>> = {
  1: "URL of the ACS",
  2: "Provisioning code",
  3: "CWMP retry minimum wait interval",
  4: "CWMP retry interval multiplier",
};

const named = (what: string, names: Readonly<Record<number, string>>, code: number): string =>
  names[code] === undefined ? `${what} ${code}` : `${what} ${code} (${names[code]})`;

/** `option 60 (Vendor Class Identifier)`, `option 200`. */
export const optionName = (code: number): string => named("option", OPTION_NAMES, code);

/** Of option 125, enterprise 3561: `sub-option 2 (DeviceSerialNumber)`. */
export const subOptionName = (code: number): string => named("sub-option", SUB_OPTION_NAMES, code);

/** Of option 43 to a device whose vendor class is that of TR-069: `encapsulated option 1 (URL of the ACS)`. */
export const acsOptionName = (code: number): string => named("encapsulated option", ACS_NAMES, code);
