import { type ObjectShape, object, text } from "./shape.ts";

export const GATEWAY_INFO = "Device.GatewayInfo.";

/** What an agent shows of the gateway of its LAN beside what the phone's own data model has of it (TR-181 Device.GatewayInfo). */
export const discoveryObjects: readonly ObjectShape[] = [
  object(GATEWAY_INFO, [text("ManagementProtocol", "read"), text("EndpointID", "read")]),
];
