import { must, outOfScope, should } from "../rows.ts";

/** What a device tells of itself by DHCP: TR-111 Part 1, 1.2.2 and 1.2.5, and what these build on. */
export const deviceIdentityRequirements = [
  must("TR-111:1.2.2#discover", "tells its Device Identity in DHCPDISCOVER"),
  must("TR-111:1.2.2#request", "tells it in the DHCPREQUEST for a lease, be it one that it was offered or one that it had"),
  must("TR-111:1.2.2#renewal", "tells it in the DHCPREQUEST that renews a lease"),
  must("TR-111:1.2.2#rebinding", "tells it in the DHCPREQUEST to any server, when the one of its lease does not answer"),
  must("TR-111:1.2.2#after-nak", "tells it again in what it sends after a DHCPNAK"),
  must("TR-111:1.2.2#inform", "tells it in DHCPINFORM, when its address is set by hand"),
  must("RFC-3925:4#enterprise-number", "writes the enterprise number 3561 as four octets in network order"),
  must("RFC-3925:4#lengths", "gives option, block and sub-options lengths that fit together"),
  should("RFC-3925:4#once", "has one block for an enterprise number in a message"),
  must("TR-111:1.2.5#oui", "has one sub-option 1 with its ManufacturerOUI"),
  must("TR-111:1.2.5#serial-number", "has one sub-option 2 with its SerialNumber"),
  must("TR-111:1.2.5#product-class", "has one sub-option 3 when it has a ProductClass, else none"),
  must("TR-111:1.2.5#device-info", "tells the values that its DeviceInfo has, octet for octet"),
  // The ACS looks for the triple of the Inform in the gateway's table (1.2.3).
  must("TR-111:1.2.5#device-id", "tells the OUI, the serial number and the product class of its Informs' DeviceId"),
  must("TR-111:1.2.5#no-nul", "ends none of these strings with a NUL"),
  // Servers that send an option only to who asks for it are common (RFC 2132 9.8); TR-111 asks no device to ask.
  should("RFC-2132:9.8#option-125", "asks for option 125 in its parameter request list"),
  should("RFC-3925:3#class", "gives an option 124, when it sends one, lengths that fit together"),
  outOfScope(
    "TR-069:F.2.2#dhcpv6",
    "MUST",
    "tells its Device Identity in option 17 of DHCPv6 too",
    "the network of the suite has IPv4 only",
  ),
  outOfScope("TR-111:1.2.1#gateway", "MUST", "as a gateway tells who it is, and lists its devices", "no gateway is examined"),
];
