import type { Requirement } from "../../../harness/core/verdict.ts";
import { architectureRequirements } from "./architecture.ts";
import { bulkDataRequirements } from "./bulk-data.ts";
import { coapRequirements } from "./coap.ts";
import { discoveryRequirements } from "./discovery.ts";
import { e2eRequirements } from "./e2e.ts";
import { messageRequirements } from "./messages.ts";
import { mqttRequirements } from "./mqtt.ts";
import { notifyOperateRequirements } from "./notify-operate.ts";
import { recordRequirements } from "./records.ts";
import { securityRequirements } from "./security.ts";
import { softwareModuleRequirements } from "./software-modules.ts";
import { stompRequirements } from "./stomp.ts";
import { unixDomainSocketRequirements } from "./unix-domain-socket.ts";
import { websocketRequirements } from "./websocket.ts";

/** Every numbered requirement of TR-369, by the numbers that it has there, in the order of its chapters. */
export const tr369Requirements: readonly Requirement[] = [
  ...architectureRequirements,
  ...discoveryRequirements,
  ...recordRequirements,
  ...e2eRequirements,
  ...messageRequirements,
  ...notifyOperateRequirements,
  ...coapRequirements,
  ...websocketRequirements,
  ...stompRequirements,
  ...mqttRequirements,
  ...unixDomainSocketRequirements,
  ...securityRequirements,
  ...softwareModuleRequirements,
  ...bulkDataRequirements,
];
