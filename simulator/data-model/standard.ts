/** What the standard data models (TR-106, TR-104) say of parameters beyond name and type, and a map has no words for. */
export interface Limits {
  /** Longest string, in characters. */
  readonly length?: number;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  /** A URL with one of these schemes, or empty. */
  readonly schemes?: readonly string[];
}

export const URL_NAME = "Device.ManagementServer.URL";
export const USERNAME_NAME = "Device.ManagementServer.Username";
export const PASSWORD_NAME = "Device.ManagementServer.Password";
export const PARAMETER_KEY_NAME = "Device.ManagementServer.ParameterKey";
export const CONNECTION_REQUEST_URL_NAME = "Device.ManagementServer.ConnectionRequestURL";
export const PERIODIC_ENABLE_NAME = "Device.ManagementServer.PeriodicInformEnable";
export const PERIODIC_INTERVAL_NAME = "Device.ManagementServer.PeriodicInformInterval";
export const PERIODIC_TIME_NAME = "Device.ManagementServer.PeriodicInformTime";
export const RETRY_MINIMUM_NAME = "Device.ManagementServer.CWMPRetryMinimumWaitInterval";
export const RETRY_MULTIPLIER_NAME = "Device.ManagementServer.CWMPRetryIntervalMultiplier";
export const PROVISIONING_CODE_NAME = "Device.DeviceInfo.ProvisioningCode";
export const SOFTWARE_VERSION_NAME = "Device.DeviceInfo.SoftwareVersion";

/** Who the gateway is (TR-106 Device.GatewayInfo.), by element. */
const GATEWAY_INFO = {
  oui: "Device.GatewayInfo.ManufacturerOUI",
  productClass: "Device.GatewayInfo.ProductClass",
  serialNumber: "Device.GatewayInfo.SerialNumber",
} as const;

export const GATEWAY_INFO_NAMES: readonly string[] = Object.values(GATEWAY_INFO);

export const gatewayInfoName = (element: keyof typeof GATEWAY_INFO): string => GATEWAY_INFO[element];

/** TR-106 Amendment 1, Table 4. */
export const FORCED_INFORM: readonly string[] = [
  "Device.DeviceSummary",
  "Device.DeviceInfo.HardwareVersion",
  SOFTWARE_VERSION_NAME,
  CONNECTION_REQUEST_URL_NAME,
  PARAMETER_KEY_NAME,
  "Device.LAN.IPAddress",
];

/** By name; `*` stands for an instance number. */
const LIMITS: Readonly<Record<string, Limits>> = {
  [URL_NAME]: { length: 256, schemes: ["http:", "https:"] },
  [USERNAME_NAME]: { length: 256 },
  [PASSWORD_NAME]: { length: 256 },
  "Device.ManagementServer.ConnectionRequestUsername": { length: 256 },
  "Device.ManagementServer.ConnectionRequestPassword": { length: 256 },
  "Device.ManagementServer.STUNServerPort": { max: 65535 },
  "Device.ManagementServer.STUNUsername": { length: 256 },
  "Device.ManagementServer.STUNPassword": { length: 256 },
  "Device.ManagementServer.STUNMaximumKeepAlivePeriod": { min: -1 },
  [PERIODIC_INTERVAL_NAME]: { min: 1 },
  [RETRY_MINIMUM_NAME]: { min: 1, max: 65535 },
  [RETRY_MULTIPLIER_NAME]: { min: 1000, max: 65535 },
  [PROVISIONING_CODE_NAME]: { length: 64 },
  "Device.Config.PersistentData": { length: 256 },
  "Device.Time.NTPServer1": { length: 64 },
  "Device.Time.NTPServer2": { length: 64 },
  "Device.Time.LocalTimeZone": { length: 256 },
  "Device.UserInterface.AutoUpdateServer": { length: 256 },
  "Device.UserInterface.UserUpdateServer": { length: 256 },
  "Device.UserInterface.CurrentLanguage": { length: 16 },
  "Device.LocalAgent.MTP.*.Protocol": { values: ["MQTT", "WebSocket"] },
  "Device.LocalAgent.Controller.*.MTP.*.Protocol": { values: ["MQTT", "WebSocket"] },
  "Device.LocalAgent.Controller.*.E2ESession.SessionMode": { values: ["Require", "Allow", "Forbid"] },
  "Device.MQTT.Client.*.ProtocolVersion": { values: ["3.1", "3.1.1", "5.0"] },
  "Device.MQTT.Client.*.TransportProtocol": { values: ["TCP/IP", "TLS"] },
  "Device.LAN.AddressingType": { values: ["DHCP", "Static"] },
  "Device.Services.VoiceService.*.VoiceProfile.*.Enable": { values: ["Disabled", "Quiescent", "Enabled"] },
  "Device.Services.VoiceService.*.VoiceProfile.*.Name": { length: 64 },
  "Device.Services.VoiceService.*.VoiceProfile.*.DTMFMethod": { values: ["InBand", "RFC2833", "SIPInfo"] },
  "Device.Services.VoiceService.*.VoiceProfile.*.SIP.ProxyServer": { length: 256 },
  "Device.Services.VoiceService.*.VoiceProfile.*.SIP.ProxyServerPort": { max: 65535 },
  "Device.Services.VoiceService.*.VoiceProfile.*.SIP.RegistrarServer": { length: 256 },
  "Device.Services.VoiceService.*.VoiceProfile.*.SIP.RegistrarServerPort": { max: 65535 },
  "Device.Services.VoiceService.*.VoiceProfile.*.SIP.UserAgentPort": { max: 65535 },
  "Device.Services.VoiceService.*.VoiceProfile.*.SIP.OutboundProxyPort": { max: 65535 },
  "Device.Services.VoiceService.*.VoiceProfile.*.SIP.RegistrationPeriod": { min: 1 },
  "Device.Services.VoiceService.*.VoiceProfile.*.SIP.RegisterExpires": { min: 1 },
  "Device.Services.VoiceService.*.VoiceProfile.*.SIP.DSCPMark": { max: 63 },
  "Device.Services.VoiceService.*.VoiceProfile.*.RTP.DSCPMark": { max: 63 },
  "Device.Services.VoiceService.*.VoiceProfile.*.RTP.LocalPortMin": { max: 65535 },
  "Device.Services.VoiceService.*.VoiceProfile.*.RTP.LocalPortMax": { max: 65535 },
  "Device.Services.VoiceService.*.VoiceProfile.*.RTP.TelephoneEventPayloadType": { max: 127 },
  "Device.Services.VoiceService.*.VoiceProfile.*.RTP.RTCP.TxRepeatInterval": { min: 1 },
  "Device.Services.VoiceService.*.VoiceProfile.*.Line.*.Enable": { values: ["Disabled", "Quiescent", "Enabled"] },
  "Device.Services.VoiceService.*.VoiceProfile.*.Line.*.DirectoryNumber": { length: 32 },
  "Device.Services.VoiceService.*.VoiceProfile.*.Line.*.SIP.AuthUserName": { length: 128 },
  "Device.Services.VoiceService.*.VoiceProfile.*.Line.*.SIP.AuthPassword": { length: 128 },
  "Device.Services.VoiceService.*.VoiceProfile.*.Line.*.CallingFeatures.CallerIDName": { length: 256 },
};

/** Reads back empty whatever it holds. */
const HIDDEN: readonly RegExp[] = [
  /^Device\.ManagementServer\.(Password|ConnectionRequestPassword|STUNPassword)$/,
  /\.SIP\.(InboundAuthPassword|AuthPassword)$/,
  /\.X_Snom_(HttpPass|HTTPClientPassword|AdminModePassword)$/,
  /^Device\.MQTT\.Client\.\d+\.Password$/,
];

/** Parameters for which the data model lets a CPE refuse active notification. */
const DENIABLE: ReadonlySet<string> = new Set([
  "Device.DeviceInfo.ModelName",
  "Device.DeviceInfo.Description",
  "Device.DeviceInfo.UpTime",
  "Device.DeviceInfo.FirstUseDate",
  "Device.DeviceInfo.DeviceLog",
  PARAMETER_KEY_NAME,
  "Device.Time.CurrentLocalTime",
]);

const ANY_STRING: Limits = { length: 65_536 };
const NO_LIMITS: Limits = {};

/** Limits of a parameter. Those of another type than the map gives it do not apply: a range says nothing of a string. */
export function limitsOf(name: string, type: string): Limits {
  const limits = LIMITS[name.replace(/\.\d+(?=\.)/g, ".*")] ?? NO_LIMITS;
  return type === "string" ? { ...ANY_STRING, ...limits } : limits;
}

export const isHidden = (name: string): boolean => HIDDEN.some((pattern) => pattern.test(name));

export const isDeniable = (name: string): boolean => DENIABLE.has(name);
