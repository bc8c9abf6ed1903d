import type { UspModel } from "./model.ts";
import type { Notification } from "./notify-seams.ts";
import type { UspAgentSeams } from "./seams.ts";

/** The Notify by which the agent tells a controller what it is (TR-369 "OnBoardRequest"). */
export function onBoardRequest(model: UspModel, seams: UspAgentSeams): Notification {
  const value = (name: string): string => model.value(`Device.DeviceInfo.${name}`);
  return seams.notification({
    subscriptionId: "",
    sendResp: seams.boardAsksForResponse(),
    notification: {
      case: "onBoardReq",
      value: {
        oui: value("ManufacturerOUI"),
        productClass: value("ProductClass"),
        serialNumber: value("SerialNumber"),
        agentSupportedProtocolVersions: seams.protocolVersions(),
      },
    },
  });
}
