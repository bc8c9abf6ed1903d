import type { Requirement } from "../../../harness/core/verdict.ts";
import { must, outOfScope, untestable } from "../rows.ts";

/** Every numbered requirement of "Discovery and Advertisement". */
export const discoveryRequirements: readonly Requirement[] = [
  untestable(
    "TR-369:R-DIS.0",
    "MUST",
    "has the object LocalAgent.Controller when controllers can be configured over USP",
    "an agent without it shows no entry for the controller of the bench, and most cases then cannot tell",
  ),
  must("TR-369:R-DIS.1", "asks for a controller by the vendor class usp"),
  must("TR-369:R-DIS.1a", "takes all options for text"),
  must("TR-369:R-DIS.1b", "takes the URL or name of a controller for absolute"),
  must("TR-369:R-DIS.1c", "bears a null at the end of an option, and does not count it in"),
  must("TR-369:R-DIS.2a", "tells in its requests which device it is"),
  outOfScope(
    "TR-369:R-DIS.2b",
    "MUST",
    "tells in its responses which gateway it is",
    "concerns gateways, which answer DHCP; the phone asks",
  ),
  must("TR-369:R-DIS.2c", "shows in Device.GatewayInfo which gateway it has found"),
  must("TR-369:R-DIS.2d", "shows in Device.GatewayInfo that the gateway speaks USP"),
  must("TR-369:R-DIS.3", "is client and server of mDNS"),
  must("TR-369:R-DIS.4", "listens for what it advertises"),
  must("TR-369:R-DIS.5", "resolves names in .local by mDNS"),
  must("TR-369:R-DIS.6", "resolves other names by DNS"),
  must("TR-369:R-DIS.7", "asks for records of DNS-SD when it does not know the MTP of a controller"),
  must("TR-369:R-DIS.8", "gives its Endpoint ID as the name of its instance"),
  must("TR-369:R-DIS.9", "gives path and name in its TXT record"),
  must("TR-369:R-DIS.10", "gives its FriendlyName as name"),
  {
    ...outOfScope("TR-369:R-DIS.11", "MUST", "gives path in its TXT record when it is a controller", "concerns controllers"),
    who: "ACS",
  },
  must("TR-369:R-DIS.11a", "says in its TXT record whether it wants encryption"),
];
