import type { UspValueName } from "./usp-values.ts";

/** How the harness finds out about a feature whose claim is `learn`. */
export type Learnt =
  /** GetRPCMethods lists this method. */
  | { readonly kind: "rpc"; readonly method: string }
  /** It sends an Inform; where that is not disclaimed, the run waits for one. */
  | { readonly kind: "inform" }
  /** The profile's values, or else the data model, offer something to test it with. */
  | { readonly kind: "value"; readonly value: string }
  /** The data model has a parameter with this name under the root. */
  | { readonly kind: "parameter"; readonly name: string }
  /** The profile names a way (web interface, hook), or the driver has one. */
  | { readonly kind: "reach"; readonly way: "localChange" | "powerCycle" | "localReset" }
  /** Every Inform carries ConnectionRequestURL, and something answers there. */
  | { readonly kind: "connection-request" }
  /** A USP agent has come to the controller. */
  | { readonly kind: "usp-agent" }
  /**
   * The agent's supported data model has this object, parameter, command or event; `creatable` when instances can be added to it,
   * `writable` when a controller can write it.
   */
  | { readonly kind: "usp-path"; readonly path: string; readonly creatable?: true; readonly writable?: true }
  /** The profile's values for USP, or else the supported data model, offer something to test it with. */
  | { readonly kind: "usp-value"; readonly value: UspValueName }
  /** Parameters of the agent that hold lists have these members. */
  | { readonly kind: "usp-lists"; readonly members: Readonly<Record<string, string>> }
  /** Nothing of the phone's: how the run is set up decides, and no profile can claim it. */
  | { readonly kind: "run" }
  /** The driver is that of a Snom phone. */
  | { readonly kind: "snom" }
  /** Nothing of its own: whoever does not claim that other feature has it, and no profile can claim it. */
  | { readonly kind: "unless"; readonly claimed: "dhcp-acs-origin" }
  /** Nothing that is seen from outside tells; `learn` then means that the phone does not have it. */
  | { readonly kind: "profile" };

/** What only the phone's USP agent can show. */
export type LearntOverUsp = Extract<Learnt, { readonly kind: "usp-agent" | "usp-path" | "usp-value" | "usp-lists" }>;

export interface Feature {
  /** What a phone has that claims it, one line for people. */
  readonly says: string;
  readonly learnt: Learnt;
  /** A profile that does not mention it claims it. */
  readonly assumed?: true;
  /** Required of every CPE by TR-069 (Table 5): it cannot be disclaimed. */
  readonly required?: true;
}

const rpc = (method: string): Learnt => ({ kind: "rpc", method });
const value = (name: string): Learnt => ({ kind: "value", value: name });
const uspPath = (path: string): Learnt => ({ kind: "usp-path", path });
const uspValue = (name: UspValueName): Learnt => ({ kind: "usp-value", value: name });
const bulk = (Protocols: string, EncodingTypes?: string): Learnt => ({
  kind: "usp-lists",
  members: { "Device.BulkData.Protocols": Protocols, ...(EncodingTypes && { "Device.BulkData.EncodingTypes": EncodingTypes }) },
});
const SUBSCRIPTION = "Device.LocalAgent.Subscription.{i}.";
const CONTROLLER = "Device.LocalAgent.Controller.{i}.";
const TRUST = "Device.LocalAgent.ControllerTrust.";

/**
 * Everything that a case may name in `needs` and a profile in `claims`: a closed list. What a profile does not mention it does
 * not claim.
 */
export const FEATURES = {
  cwmp: { says: "is managed over CWMP (TR-069)", learnt: { kind: "inform" }, assumed: true },
  reboot: { says: "reboots on the RPC Reboot", learnt: rpc("Reboot"), required: true },
  download: { says: "supports the RPC Download", learnt: rpc("Download") },
  upload: { says: "supports the RPC Upload", learnt: rpc("Upload") },
  "factory-reset": { says: "supports the RPC FactoryReset", learnt: rpc("FactoryReset") },
  "schedule-inform": { says: "supports the RPC ScheduleInform", learnt: rpc("ScheduleInform") },
  "queued-transfers": { says: "supports the RPC GetQueuedTransfers", learnt: rpc("GetQueuedTransfers") },
  "all-queued-transfers": { says: "supports the RPC GetAllQueuedTransfers", learnt: rpc("GetAllQueuedTransfers") },
  "vendor-rpcs": { says: "has RPCs of its own, named X_… or X-…", learnt: { kind: "profile" } },
  "connection-request": { says: "listens for connection requests (TR-069 3.2.2)", learnt: { kind: "connection-request" } },
  "add-delete-object": { says: "has a table in which AddObject creates instances (values.table)", learnt: value("table") },
  "number-of-entries": { says: "counts that table's instances in a parameter", learnt: value("numberOfEntries") },
  "nested-objects": { says: "has a creatable table whose instances hold further objects", learnt: value("nestedTable") },
  "empty-table": { says: "has a table, or object, with nothing in it (values.emptyTable)", learnt: value("emptyTable") },
  "fixed-table": { says: "has a table with instances that an ACS can neither add nor delete", learnt: value("fixedTable") },
  "writable-string": {
    says: "has a string that may be written without harm (values.writableString)",
    learnt: value("writableString"),
  },
  enumeration: {
    says: "has a writable parameter that takes listed values only (values.enumeration)",
    learnt: value("enumeration"),
  },
  "deniable-notification": {
    says: "has a parameter for which active notification may be refused (values.deniable)",
    learnt: value("deniable"),
  },
  "device-summary": {
    says: "describes itself in DeviceSummary, as the root objects Device:1 and InternetGatewayDevice:1 do",
    learnt: { kind: "parameter", name: "DeviceSummary" },
  },
  "retry-parameters": {
    says: "has the parameters that set its session retry intervals",
    learnt: { kind: "parameter", name: "ManagementServer.CWMPRetryMinimumWaitInterval" },
  },
  "local-change": {
    says: "can be made to change a parameter as its user would, without the ACS (values.local)",
    learnt: { kind: "reach", way: "localChange" },
  },
  "power-cycle": { says: "can be switched off and on by the bench", learnt: { kind: "reach", way: "powerCycle" } },
  "local-reset": {
    says: "can be reset to its factory state by the bench without its management, as its user would",
    learnt: { kind: "reach", way: "localReset" },
  },
  snom: { says: "is a Snom phone whose web interface may be used (reach.driver: snom)", learnt: { kind: "snom" } },
  "param-map": { says: "shows its param_map and takes another one on its web interface", learnt: { kind: "snom" } },
  "param-map-download": { says: "takes a param_map by Download (snom.mapFileType)", learnt: { kind: "profile" } },
  provisioning: { says: "fetches its settings from a provisioning server that its settings name", learnt: { kind: "snom" } },
  "firmware-provisioning": {
    says: "takes the bench's firmware image from a provisioning server; only the simulated phone does, and says so",
    learnt: { kind: "parameter", name: "DeviceInfo.X_Assay_TestFirmware" },
  },
  "usp-settings": { says: "has settings for USP controllers, tr369_…", learnt: { kind: "profile" } },
  customize: { says: "has the vendor's RPC Customize, which replaces its skin", learnt: { kind: "profile" } },
  minibrowser: { says: "has the vendor's RPC Minibrowser, which shows a page", learnt: { kind: "profile" } },
  tls: { says: "speaks to an ACS over HTTPS", learnt: { kind: "profile" } },
  lan: { says: "is on a LAN whose gateway is the bench (--dhcp-interface)", learnt: { kind: "run" } },
  "device-gateway-association": {
    says: "tells its gateway who it is, and shows who the gateway is (TR-111 Part 1)",
    learnt: { kind: "parameter", name: "GatewayInfo.ManufacturerOUI" },
  },
  "dhcp-inform": { says: "asks by DHCPINFORM where its address is static", learnt: { kind: "profile" } },
  "dhcp-acs-discovery": { says: "finds its ACS by DHCP (TR-069 3.1)", learnt: { kind: "profile" } },
  "dhcp-acs-origin": {
    says: "is told its ACS by DHCP alone: it knows none after a factory reset",
    learnt: { kind: "profile" },
  },
  "other-acs-origin": {
    says: "is told its ACS otherwise than by DHCP after a factory reset",
    learnt: { kind: "unless", claimed: "dhcp-acs-origin" },
  },
  "udp-connection-request": {
    says: "can be reached through a NAT by UDP connection requests (TR-111 Part 2, TR-069 Annex G)",
    learnt: { kind: "parameter", name: "ManagementServer.UDPConnectionRequestAddress" },
  },
  "without-udp-connection-request": {
    says: "has nothing of TR-111 Part 2, as its maker says",
    learnt: { kind: "profile" },
  },
  usp: { says: "has a USP agent that can be pointed to the controller of the bench (reach.usp)", learnt: { kind: "usp-agent" } },
  "usp-websocket": { says: "has a USP agent that speaks over WebSocket", learnt: uspPath(`${CONTROLLER}MTP.{i}.WebSocket.`) },
  "usp-mqtt": { says: "has a USP agent that speaks over MQTT", learnt: uspPath("Device.MQTT.Client.{i}.") },
  "usp-mqtt-subscription": {
    says: "lets a controller create instances of MQTT.Client.{i}.Subscription",
    learnt: { kind: "usp-path", path: "Device.MQTT.Client.{i}.Subscription.{i}.", creatable: true },
  },
  "usp-mqtt-response-topic": {
    says: "lets a controller write LocalAgent.MTP.{i}.MQTT.ResponseTopicConfigured",
    learnt: { kind: "usp-path", path: "Device.LocalAgent.MTP.{i}.MQTT.ResponseTopicConfigured", writable: true },
  },
  "usp-session-context": {
    says: "exchanges USP messages in a session context",
    learnt: uspPath(`${CONTROLLER}E2ESession.SessionMode`),
  },
  "usp-session-expiration": {
    says: "has E2ESession.SessionExpiration",
    learnt: uspPath(`${CONTROLLER}E2ESession.SessionExpiration`),
  },
  "usp-session-record-size": {
    says: "has E2ESession.MaxUSPRecordSize",
    learnt: uspPath(`${CONTROLLER}E2ESession.MaxUSPRecordSize`),
  },
  "usp-session-retransmission": {
    says: "has E2ESession.MaxRetransmitTries",
    learnt: uspPath(`${CONTROLLER}E2ESession.MaxRetransmitTries`),
  },
  "usp-session-retry": {
    says: "has E2ESession.SessionRetryMinimumWaitInterval",
    learnt: uspPath(`${CONTROLLER}E2ESession.SessionRetryMinimumWaitInterval`),
  },
  "usp-command": { says: "has a USP command that is done at once (values.usp.syncCommand)", learnt: uspValue("syncCommand") },
  "usp-async-command": { says: "has an asynchronous USP command (values.usp.asyncCommand)", learnt: uspValue("asyncCommand") },
  "usp-command-arguments": {
    says: "has a USP command with input arguments (values.usp.commandWithArguments)",
    learnt: uspValue("commandWithArguments"),
  },
  "usp-nested-table": {
    says: "has a table inside an instance of another one in which Add creates instances (values.usp.nestedTable)",
    learnt: uspValue("nestedTable"),
  },
  "usp-fixed-table": {
    says: "has a table with instances that a USP controller can neither add nor delete (values.usp.fixedTable)",
    learnt: uspValue("fixedTable"),
  },
  "usp-subscription-alias": { says: "has Subscription.{i}.Alias", learnt: uspPath(`${SUBSCRIPTION}Alias`) },
  "usp-notif-expiration": { says: "has Subscription.{i}.NotifExpiration", learnt: uspPath(`${SUBSCRIPTION}NotifExpiration`) },
  "usp-time-to-live": { says: "has Subscription.{i}.TimeToLive", learnt: uspPath(`${SUBSCRIPTION}TimeToLive`) },
  "usp-trigger-action": { says: "has Subscription.{i}.TriggerAction", learnt: uspPath(`${SUBSCRIPTION}TriggerAction`) },
  "usp-periodic": { says: "has the event Periodic! and its interval", learnt: uspPath(`${CONTROLLER}PeriodicNotifInterval`) },
  "usp-add-controller": {
    says: "lets a controller create instances of LocalAgent.Controller",
    learnt: { kind: "usp-path", path: CONTROLLER, creatable: true },
  },
  "usp-send-on-board-request": {
    says: "has Controller.{i}.SendOnBoardRequest()",
    learnt: uspPath(`${CONTROLLER}SendOnBoardRequest()`),
  },
  "usp-on-boarding": { says: "has Controller.{i}.OnBoardingComplete", learnt: uspPath(`${CONTROLLER}OnBoardingComplete`) },
  "usp-schedule-timer": { says: "has Device.ScheduleTimer()", learnt: uspPath("Device.ScheduleTimer()") },
  "usp-controller-trust": {
    says: "tells the roles of controllers (profile ControllerTrust:1)",
    learnt: uspPath(`${TRUST}UntrustedRole`),
  },
  "usp-controller-trust-roles": {
    says: "lets a controller create roles",
    learnt: { kind: "usp-path", path: `${TRUST}Role.{i}.`, creatable: true },
  },
  "usp-controller-trust-writable": {
    says: "lets a controller create permissions of roles",
    learnt: { kind: "usp-path", path: `${TRUST}Role.{i}.Permission.{i}.`, creatable: true },
  },
  "usp-assigned-role-writable": {
    says: "lets a controller write Controller.{i}.AssignedRole",
    learnt: { kind: "usp-path", path: `${CONTROLLER}AssignedRole`, writable: true },
  },
  "usp-secured-roles": {
    says: "has ControllerTrust.SecuredRoles and a secured parameter (values.usp.securedParameter)",
    learnt: uspValue("securedParameter"),
  },
  "usp-controller-credentials": {
    says: "lets a controller create credentials that vouch for controllers",
    learnt: { kind: "usp-path", path: `${TRUST}Credential.{i}.`, creatable: true },
  },
  "usp-first-use": {
    says: "lets a controller write ControllerTrust.TOFUAllowed",
    learnt: { kind: "usp-path", path: `${TRUST}TOFUAllowed`, writable: true },
  },
  "usp-challenge": {
    says: "has RequestChallenge() and lets a controller create challenges",
    learnt: { kind: "usp-path", path: `${TRUST}Challenge.{i}.`, creatable: true },
  },
  "usp-reboot": { says: "reboots on the command Device.Reboot()", learnt: uspPath("Device.Reboot()") },
  "usp-event-arguments": { says: "has a USP event with arguments: Device.Boot!", learnt: uspPath("Device.Boot!") },
  "usp-factory-reset": { says: "is reset by the command Device.FactoryReset()", learnt: uspPath("Device.FactoryReset()") },
  "usp-boot-parameters": {
    says: "lets a controller choose parameters that Boot! tells (Controller.{i}.BootParameter)",
    learnt: { kind: "usp-path", path: `${CONTROLLER}BootParameter.{i}.`, creatable: true },
  },
  "usp-cancel": { says: "has Request.{i}.Cancel()", learnt: uspPath("Device.LocalAgent.Request.{i}.Cancel()") },
  "usp-add-certificate": { says: "has LocalAgent.AddCertificate()", learnt: uspPath("Device.LocalAgent.AddCertificate()") },
  "usp-fingerprint": {
    says: "has Certificate.{i}.GetFingerprint()",
    learnt: uspPath("Device.LocalAgent.Certificate.{i}.GetFingerprint()"),
  },
  "usp-firmware": {
    says: "downloads firmware into one of its images (profile Firmware:1)",
    learnt: uspPath("Device.DeviceInfo.FirmwareImage.{i}.Download()"),
  },
  "usp-firmware-activate": {
    says: "starts one of its firmware images when it is told to",
    learnt: uspPath("Device.DeviceInfo.FirmwareImage.{i}.Activate()"),
  },
  "usp-websocket-server": {
    says: "listens for WebSockets of controllers, where LocalAgent.MTP says",
    learnt: { kind: "profile" },
  },
  "usp-reference": {
    says: "has a parameter that names an object and can be written (values.usp.reference)",
    learnt: uspValue("reference"),
  },
  "usp-firmware-file": {
    says: "takes firmware that the bench has (values.usp.firmware); the simulated device does, and says so",
    learnt: uspValue("firmware"),
  },
  "usp-dhcp-discovery": {
    says: "finds its USP controller by DHCP (TR-369, Discovery and Advertisement)",
    learnt: { kind: "profile" },
  },
  "usp-mdns": {
    says: "announces itself and finds controllers by mDNS (TR-369, Discovery and Advertisement)",
    learnt: { kind: "profile" },
  },
  "usp-bulk-http-json": { says: "delivers bulk data over HTTP, encoded in JSON", learnt: bulk("HTTP", "JSON") },
  "usp-bulk-http-csv": { says: "delivers bulk data over HTTP, encoded in CSV", learnt: bulk("HTTP", "CSV") },
  "usp-bulk-push": { says: "delivers bulk data in the event Push!", learnt: bulk("USPEventNotif") },
  "usp-bulk-mqtt": { says: "publishes bulk data over MQTT", learnt: bulk("MQTT") },
  "usp-bulk-http": { says: "delivers bulk data over HTTP, whatever the encoding", learnt: bulk("HTTP") },
  "usp-bulk-https": {
    says: "delivers bulk data over HTTPS, and believes the certificate of the bench's collector",
    learnt: { kind: "profile" },
  },
  "usp-bulk-compression": {
    says: "compresses bulk data by GZIP (Profile.{i}.HTTP.CompressionsSupported)",
    learnt: { kind: "profile" },
  },
  "usp-bulk-put": { says: "delivers bulk data by PUT (Profile.{i}.HTTP.MethodsSupported)", learnt: { kind: "profile" } },
  "usp-bulk-persist": {
    says: "can keep bulk data through a reboot (Profile.{i}.HTTP.PersistAcrossReboot)",
    learnt: uspPath("Device.BulkData.Profile.{i}.HTTP.PersistAcrossReboot"),
  },
  "usp-bulk-owner": {
    says: "notes which controller a profile for bulk data belongs to (Profile.{i}.Controller)",
    learnt: uspPath("Device.BulkData.Profile.{i}.Controller"),
  },
  "usp-bulk-exclude": {
    says: "can leave parameters out of its bulk data (Parameter.{i}.Exclude)",
    learnt: uspPath("Device.BulkData.Profile.{i}.Parameter.{i}.Exclude"),
  },
  "usp-bulk-force": {
    says: "collects bulk data at once when it is told to",
    learnt: uspPath("Device.BulkData.Profile.{i}.ForceCollection()"),
  },
} as const satisfies Record<string, Feature>;

export type FeatureName = keyof typeof FEATURES;

export const FEATURE_NAMES = Object.keys(FEATURES) as readonly FeatureName[];

/** Those that a profile can claim. */
export const CLAIMABLE = FEATURE_NAMES.filter((name) => !["run", "unless"].includes(FEATURES[name].learnt.kind));

export const isFeature = (name: string): name is FeatureName => Object.hasOwn(FEATURES, name);
