/** How the harness finds out about a feature whose claim is `learn`. */
export type Learnt =
  /** GetRPCMethods lists this method. */
  | { readonly kind: "rpc"; readonly method: string }
  /** The profile's values, or else the data model, offer something to test it with. */
  | { readonly kind: "value"; readonly value: string }
  /** The data model has a parameter with this name under the root. */
  | { readonly kind: "parameter"; readonly name: string }
  /** The profile names a way (web interface, hook), or the driver has one. */
  | { readonly kind: "reach"; readonly way: "localChange" | "powerCycle" }
  /** Every Inform carries ConnectionRequestURL, and something answers there. */
  | { readonly kind: "connection-request" }
  /** The driver is that of a Snom phone. */
  | { readonly kind: "snom" }
  /** Nothing that is seen from outside tells; `learn` then means that the phone does not have it. */
  | { readonly kind: "profile" };

export interface Feature {
  /** What a phone has that claims it, one line for people. */
  readonly says: string;
  readonly learnt: Learnt;
  /** Required of every CPE by TR-069 (Table 5): it cannot be disclaimed. */
  readonly required?: true;
}

const rpc = (method: string): Learnt => ({ kind: "rpc", method });
const value = (name: string): Learnt => ({ kind: "value", value: name });

/**
 * Everything that a case may name in `needs` and a profile in `claims`: a closed list. What a profile does not mention it does
 * not claim.
 */
export const FEATURES = {
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
} as const satisfies Record<string, Feature>;

export type FeatureName = keyof typeof FEATURES;

export const FEATURE_NAMES = Object.keys(FEATURES) as readonly FeatureName[];

export const isFeature = (name: string): name is FeatureName => Object.hasOwn(FEATURES, name);
