import type { Requirement } from "../../../harness/core/verdict.ts";
import { outOfScope, untestable } from "../rows.ts";

const DHCP = "discovery by DHCP is not part of this version";
const MDNS = "discovery by mDNS, DNS and DNS-SD is not part of this version";

const dhcp = (number: string, says: string): Requirement => outOfScope(`TR-369:R-DIS.${number}`, "MUST", says, DHCP);
const mdns = (number: string, says: string): Requirement => outOfScope(`TR-369:R-DIS.${number}`, "MUST", says, MDNS);

/** Every numbered requirement of "Discovery and Advertisement". */
export const discoveryRequirements: readonly Requirement[] = [
  untestable(
    "TR-369:R-DIS.0",
    "MUST",
    "has the object LocalAgent.Controller when controllers can be configured over USP",
    "an agent without it shows no entry for the controller of the bench, and most cases then cannot tell",
  ),
  dhcp("1", "asks for a controller by the vendor class usp"),
  dhcp("1a", "takes all options for text"),
  dhcp("1b", "takes the URL or name of a controller for absolute"),
  dhcp("1c", "bears a null at the end of an option, and does not count it in"),
  dhcp("2a", "tells in its requests which device it is"),
  dhcp("2b", "tells in its responses which gateway it is"),
  dhcp("2c", "shows in Device.GatewayInfo which gateway it has found"),
  mdns("2d", "shows in Device.GatewayInfo that the gateway speaks USP"),
  mdns("3", "is client and server of mDNS"),
  mdns("4", "listens for what it advertises"),
  mdns("5", "resolves names in .local by mDNS"),
  mdns("6", "resolves other names by DNS"),
  mdns("7", "asks for records of DNS-SD when it does not know the MTP of a controller"),
  mdns("8", "gives its Endpoint ID as the name of its instance"),
  mdns("9", "gives path and name in its TXT record"),
  mdns("10", "gives its FriendlyName as name"),
  { ...mdns("11", "gives path in its TXT record when it is a controller"), who: "ACS" },
  mdns("11a", "says in its TXT record that it wants encryption"),
];
