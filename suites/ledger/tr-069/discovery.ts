import { must, outOfScope, should } from "../rows.ts";

/** How a device finds its ACS, TR-069 section 3.1. */
export const discoveryRequirements = [
  must("TR-069:3.1#vendor-class", "says by dslforum.org in option 60 that it finds its ACS by DHCP"),
  must("TR-069:3.1#empty-url", "looks for its ACS by DHCP when its ACS URL is empty"),
  // The clause says MAY of these values; whoever manages phones by DHCP relies on them.
  should("TR-069:3.1#provisioning-code", "takes the provisioning code that DHCP tells"),
  should("TR-069:3.1#retry-parameters", "takes the retry intervals that DHCP tells"),
  must("TR-069:3.1#nul-terminated", "bears a NUL at the end of an encapsulated option, and does not count it in"),
  must("TR-069:3.1#other-options", "bears other encapsulated options beside those of TR-069"),
  must("TR-069:3.1#encapsulation", "reads option 43 with pad and end options in it"),
  should("TR-069:3.1#unusable-url", "goes on looking when DHCP tells no URL that is absolute and of HTTP"),
  must("TR-069:3.1#unreachable", "looks again by DHCP when it cannot reach the ACS that DHCP has told for 300 seconds"),
  must("TR-069:3.1#origin", "looks again by DHCP, if it has found its first ACS so, when it cannot reach one that was set since"),
  should("TR-069:3.1#no-fallback", "does not look by DHCP for an ACS that it has not found by DHCP"),
  should("TR-069:3.1#several-addresses", "tries another address of its ACS when it cannot reach one"),
  must("TR-069:3.1#time-to-live", "resolves its ACS anew when the time to live of an answer is over"),
  should("TR-069:3.1#affinity", "stays with the address of its ACS that it has reached"),
  must("TR-069:3.1#whole-url", "goes to the port, the path and the query of its ACS URL"),
  outOfScope("TR-069:3.1#dhcpv6", "MUST", "does the same by options 16 and 17 of DHCPv6", "the bench has no IPv6"),
];
