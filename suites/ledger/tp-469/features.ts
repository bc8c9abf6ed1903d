import type { FeatureName } from "../../../harness/phone/features.ts";
import type { PlanFeature } from "../../../harness/run/certification.ts";

/** @param claims features of ours, any of which shows this one; without any it cannot be claimed in this version */
const feature = (id: number, says: string, ...claims: readonly FeatureName[]): PlanFeature => ({ id, says, claims });

/** The features by which agents say which conditional tests they have to pass; 11, 14, 20 and 29 were removed from the plan. */
export const planFeatures: readonly PlanFeature[] = [
  feature(1, "At least one command", "usp-command", "usp-async-command"),
  feature(2, "At least one command with input arguments", "usp-command-arguments"),
  feature(3, "At least one asynchronous command", "usp-async-command"),
  feature(4, "Subscription.{i}.NotifExpiration", "usp-notif-expiration"),
  feature(5, "Profile Controller:1", "usp-periodic"),
  feature(6, "Subscription.{i}.TimeToLive", "usp-time-to-live"),
  feature(7, "Profile Controller:1, instances can be created", "usp-add-controller"),
  feature(8, "Controller.{i}.SendOnBoardRequest()", "usp-send-on-board-request"),
  feature(9, "Device.ScheduleTimer()", "usp-schedule-timer"),
  feature(10, "Profile Reboot:1", "usp-reboot"),
  feature(12, "Profile ControllerTrust:1", "usp-controller-trust"),
  feature(13, "Profile ControllerTrust:1, writable", "usp-controller-trust-writable"),
  { ...feature(15, "TLS at the MTP"), mtp: / over TLS$/ },
  feature(16, "CoAP (deprecated)"),
  feature(17, "STOMP"),
  feature(18, "Profile STOMPHeartbeat:1"),
  feature(19, "WebSocket", "usp-websocket"),
  feature(21, "Discovery by DHCP", "usp-dhcp-discovery"),
  feature(22, "Discovery by mDNS", "usp-mdns"),
  feature(23, "TLS for the integrity of records"),
  feature(24, "Session context", "usp-session-context"),
  feature(25, "LocalAgent.AddCertificate()", "usp-add-certificate"),
  feature(26, "Profile Firmware:1", "usp-firmware"),
  feature(27, "Profile Firmware:1 with Activate()", "usp-firmware-activate"),
  feature(28, "LocalAgent.Request.{i}.Cancel()", "usp-cancel"),
  feature(30, "DeviceInfo.BootFirmwareImage", "usp-firmware"),
  feature(31, "A table inside an instance of another one", "usp-nested-table"),
  feature(32, "Bulk data over HTTP in JSON", "usp-bulk-http-json"),
  feature(33, "Bulk data over HTTP in CSV", "usp-bulk-http-csv"),
  feature(34, "Bulk data by the Push! event", "usp-bulk-push"),
  { ...feature(35, "MQTT 3.1.1"), mtp: /^MQTT 3\.1\.1/ },
  feature(36, "MQTT 5.0", "usp-mqtt"),
  feature(37, "Subscription.{i}.TriggerAction", "usp-trigger-action"),
  feature(38, "Command with input arguments", "usp-command-arguments"),
  feature(39, "Event with arguments", "usp-event-arguments"),
  feature(40, "ControllerTrust.SecuredRoles", "usp-secured-roles"),
  feature(41, "Bulk data over MQTT", "usp-bulk-mqtt"),
  feature(42, "Controller.{i}.OnBoardingComplete and OnBoardingRestartTime", "usp-on-boarding"),
];
