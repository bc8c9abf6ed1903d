import type { MapType } from "./map-line.ts";

/**
 * Types that the standard data models (TR-106, TR-104, TR-181) give to parameters that nearly every map has. Instance numbers are `#`.
 * A map may say otherwise, and what it says is what goes over the wire; lint only points it out.
 */
const NAMES: Readonly<Record<Exclude<MapType, "string">, string>> = {
  boolean: `ManagementServer.PeriodicInformEnable ManagementServer.UpgradesManaged ManagementServer.STUNEnable
    ManagementServer.NATDetected UserInterface.PasswordRequired UserInterface.PasswordUserSelectable UserInterface.UpgradeAvailable
    LAN.MACAddressOverride Services.VoiceService.#.VoiceProfile.#.Reset Services.VoiceService.#.VoiceProfile.#.RTP.RTCP.Enable
    Services.VoiceService.#.VoiceProfile.#.RTP.SRTP.Enable Services.VoiceService.#.VoiceProfile.#.Line.#.RingMuteStatus
    Services.VoiceService.#.VoiceProfile.#.Line.#.CallingFeatures.CallerIDEnable
    Services.VoiceService.#.VoiceProfile.#.Line.#.CallingFeatures.CallWaitingEnable
    Services.VoiceService.#.VoiceProfile.#.Line.#.CallingFeatures.DoNotDisturbEnable
    Services.VoiceService.#.VoiceProfile.#.Line.#.Codec.List.#.Enable`,
  unsignedInt: `DeviceInfo.UpTime ManagementServer.PeriodicInformInterval ManagementServer.STUNServerPort
    ManagementServer.STUNMinimumKeepAlivePeriod ManagementServer.UDPConnectionRequestAddressNotificationLimit
    LAN.DHCPOptionNumberOfEntries LAN.Stats.ConnectionUpTime LAN.Stats.TotalBytesSent LAN.Stats.TotalBytesReceived
    LAN.Stats.TotalPacketsSent LAN.Stats.TotalPacketsReceived Services.VoiceServiceNumberOfEntries
    Services.VoiceService.#.VoiceProfileNumberOfEntries Services.VoiceService.#.VoiceProfile.#.NumberOfLines
    Services.VoiceService.#.VoiceProfile.#.MaxSessions Services.VoiceService.#.VoiceProfile.#.SIP.ProxyServerPort
    Services.VoiceService.#.VoiceProfile.#.SIP.RegistrarServerPort Services.VoiceService.#.VoiceProfile.#.SIP.OutboundProxyPort
    Services.VoiceService.#.VoiceProfile.#.SIP.UserAgentPort Services.VoiceService.#.VoiceProfile.#.RTP.LocalPortMin
    Services.VoiceService.#.VoiceProfile.#.RTP.LocalPortMax Services.VoiceService.#.VoiceProfile.#.Line.#.Codec.List.#.EntryID
    Services.VoiceService.#.VoiceProfile.#.Line.#.Codec.List.#.BitRate
    Services.VoiceService.#.VoiceProfile.#.Line.#.Codec.List.#.Priority`,
  int: "ManagementServer.STUNMaximumKeepAlivePeriod",
  dateTime: `DeviceInfo.FirstUseDate ManagementServer.PeriodicInformTime Time.CurrentLocalTime UserInterface.WarrantyDate`,
};

/** Well-known parameters that are strings, though a number or a truth value could be expected. */
const STRINGS = `DeviceInfo.Manufacturer DeviceInfo.ManufacturerOUI DeviceInfo.ModelName DeviceInfo.ProductClass
  DeviceInfo.SerialNumber DeviceInfo.HardwareVersion DeviceInfo.SoftwareVersion DeviceInfo.ProvisioningCode
  ManagementServer.URL ManagementServer.Username ManagementServer.Password ManagementServer.ParameterKey
  ManagementServer.ConnectionRequestURL ManagementServer.ConnectionRequestUsername ManagementServer.ConnectionRequestPassword
  LAN.IPAddress LAN.SubnetMask LAN.DefaultGateway LAN.MACAddress Time.NTPServer1 Time.NTPServer2 Time.LocalTimeZone
  Services.VoiceService.#.VoiceProfile.#.Enable Services.VoiceService.#.VoiceProfile.#.Line.#.Enable
  Services.VoiceService.#.VoiceProfile.#.Line.#.DirectoryNumber Services.VoiceService.#.VoiceProfile.#.Line.#.Codec.List.#.PacketizationPeriod`;

const TYPES: ReadonlyMap<string, MapType> = new Map(
  Object.entries({ ...NAMES, string: STRINGS }).flatMap(([type, names]) =>
    names.split(/\s+/).map((name) => [`Device.${name}`, type as MapType] as const),
  ),
);

/** The type that the standard gives to a parameter, when it is one of the well-known ones. */
export const standardType = (name: string): MapType | undefined => TYPES.get(name.replace(/\.[0-9]+(?=\.)/g, ".#"));
