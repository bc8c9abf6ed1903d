import type { UspValueName } from "../../../harness/phone/usp-values.ts";
import type { PlanElement } from "../../../harness/run/certification.ts";

const element = (value: UspValueName, says: string, ...own: readonly string[]): PlanElement => ({ value, says, own });

/** What the plan's procedures take, and the values of a profile that stand for it. */
export const planElements: readonly PlanElement[] = [
  element("writableString", "writable parameter", "Device.LocalAgent.Controller.{i}.ProvisioningCode"),
  element("nestedTable", "nested table", "Device.LocalAgent.Controller.{i}.BootParameter."),
  element("syncCommand", "command", "Device.Reboot()"),
  element("asyncCommand", "asynchronous command", "Device.IP.Diagnostics.TraceRoute()"),
  element("commandWithArguments", "command with arguments", "Device.ScheduleTimer()"),
];
