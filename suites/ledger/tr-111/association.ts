import { must } from "../rows.ts";

/** What an ACS that manages device and gateway finds when it looks at both: TR-111 Part 1, 1.2.3 and 1.2.4. */
export const associationRequirements = [
  must("TR-111:1.2.3#device-known", "stands in its gateway's table of devices with all of the identity that its Inform has"),
  must("TR-111:1.2.3#gateway-known", "shows in GatewayInfo what that gateway tells the ACS of itself"),
  must("TR-111:1.2.4#device-known-by-inform", "stands in that table also when it has no address by DHCP, and sends DHCPINFORM"),
  must("TR-111:1.2.4#gateway-known-by-inform", "shows that gateway in GatewayInfo then"),
  must(
    "TR-069:3.2.2#mapped-request",
    "takes a connection request that its gateway's port mapping brings, under the gateway's address",
  ),
  must("TR-069:3.2.2#mapped-session", "opens a session for that connection request"),
];
