import { must, untestable } from "../rows.ts";

/** How a device keeps GatewayInfo and tells the ACS of it: TR-111 Part 1, 1.2.2, and TR-069 Annex F, which repeats it. */
export const gatewayInfoRequirements = [
  must("TR-069:F.2.2#profile", "has the three parameters of GatewayInfo, as the profile GatewayInfo:1 asks"),
  must("TR-106:GatewayInfo#read-only", "refuses to have GatewayInfo written, with 9008"),
  must("TR-111:1.2.2#active-by-default", "has active notification for GatewayInfo after a reset to factory state"),
  must("TR-111:1.2.2#active-after-url", "has it again when the URL of the ACS was changed"),
  must("TR-111:1.2.2#acs-decides", "leaves the notification of GatewayInfo as the ACS has set it while the URL stays"),
  must("TR-111:1.2.2#notifies", "opens a session with 4 VALUE CHANGE when the gateway becomes another one"),
  must("TR-111:1.2.2#notified-values", "has what changed in GatewayInfo in that Inform"),
  must("TR-111:1.2.2#notifies-one", "notifies of a change of one of the three as well"),
  must("TR-111:1.2.2#notifies-cleared", "notifies when a gateway no longer tells who it is"),
  must("TR-111:1.2.2#unchanged", "does not notify when a renewal tells the same gateway"),
  must("TR-111:1.2.2#off", "does not notify of GatewayInfo when the ACS has switched that off"),
  must("TR-111:1.2.2#expired", "empties GatewayInfo when its lease expires"),
  must("TR-069:F.2.2#refused", "empties GatewayInfo when its lease is ended by a DHCPNAK"),
  must("TR-111:1.2.2#restarted", "shows the gateway of its new lease, and no other, after a start behind another gateway"),
  must("TR-111:1.2.2#restarted-alone", "shows no gateway after a start where none tells who it is"),
  must("TR-111:1.2.4#first-inform", "has the new gateway in the first Inform after a start behind another gateway"),
  untestable(
    "TR-111:1.2.2#released",
    "MUST",
    "empties GatewayInfo when it releases its lease",
    "nothing makes every device release its lease and keep its management",
  ),
];
