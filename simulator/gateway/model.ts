import type { PortMapping } from "./port-mappings.ts";

/** Who a device, or a gateway, is (TR-111 Part 1, 1.2.5). */
export interface Identity {
  readonly oui: string;
  readonly serial: string;
  readonly productClass: string;
}

/** A device on the gateway's LAN that has told who it is. */
export interface ManageableDevice extends Identity {
  readonly instance: number;
  readonly address: string;
}

/** All that the gateway knows; plain data. */
export interface GatewayState {
  readonly identity: Identity;
  readonly externalAddress: string;
  connectionRequestURL: string;
  parameterKey: string;
  /** Credentials and URL that an ACS may change. */
  readonly management: { url: string; username: string; password: string };
  readonly connectionRequest: { username: string; password: string };
  notificationLimit: number;
  devices: ManageableDevice[];
  mappings: PortMapping[];
  /** Highest instance numbers ever given. */
  readonly highest: { device: number; mapping: number };
}

export interface GatewayParameter {
  readonly name: string;
  readonly type: "string" | "boolean" | "unsignedInt";
  readonly value: string;
  /** Absent where the ACS may not write. */
  write?(text: string): void;
}

export const ROOT = "InternetGatewayDevice.";
const WAN_CONNECTION = `${ROOT}WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.`;
export const PORT_MAPPINGS = `${WAN_CONNECTION}PortMapping.`;
const MANAGEMENT = `${ROOT}ManagementServer.`;
const INFO = `${ROOT}DeviceInfo.`;

/** What every Inform of the gateway tells (TR-098, Table of forced parameters). */
export const FORCED: readonly string[] = [
  `${ROOT}DeviceSummary`,
  `${INFO}SpecVersion`,
  `${INFO}HardwareVersion`,
  `${INFO}SoftwareVersion`,
  `${INFO}ProvisioningCode`,
  `${MANAGEMENT}ConnectionRequestURL`,
  `${MANAGEMENT}ParameterKey`,
  `${WAN_CONNECTION}ExternalIPAddress`,
];

const text = (name: string, value: string, write?: (text: string) => void): GatewayParameter => ({
  name,
  type: "string",
  value,
  ...(write === undefined ? {} : { write }),
});
const number = (name: string, value: number, write?: (text: string) => void): GatewayParameter => ({
  ...text(name, String(value), write),
  type: "unsignedInt",
});

const writes =
  <K extends string>(record: Record<K, string>, key: K) =>
  (value: string): void => {
    record[key] = value;
  };
const writesNumber =
  <K extends string>(record: Record<K, number>, key: K) =>
  (value: string): void => {
    record[key] = Number(value);
  };

/** Every parameter of the gateway, in the order of its data model: TR-098 as far as it is needed, and TR-111 Part 1, Table 2. */
export function parametersOf(state: GatewayState): readonly GatewayParameter[] {
  const { identity, management, connectionRequest, devices, mappings } = state;
  return [
    text(`${ROOT}DeviceSummary`, "InternetGatewayDevice:1.2[](Baseline:1, DeviceAssociation:1)"),
    text(`${INFO}Manufacturer`, "Gateways"),
    text(`${INFO}ManufacturerOUI`, identity.oui),
    text(`${INFO}ProductClass`, identity.productClass),
    text(`${INFO}SerialNumber`, identity.serial),
    text(`${INFO}SpecVersion`, "1.0"),
    text(`${INFO}HardwareVersion`, "1"),
    text(`${INFO}SoftwareVersion`, "1"),
    text(`${INFO}ProvisioningCode`, ""),
    text(`${MANAGEMENT}URL`, management.url, writes(management, "url")),
    text(`${MANAGEMENT}Username`, management.username, writes(management, "username")),
    text(`${MANAGEMENT}Password`, "", writes(management, "password")),
    text(`${MANAGEMENT}ParameterKey`, state.parameterKey),
    text(`${MANAGEMENT}ConnectionRequestURL`, state.connectionRequestURL),
    text(`${MANAGEMENT}ConnectionRequestUsername`, connectionRequest.username, writes(connectionRequest, "username")),
    text(`${MANAGEMENT}ConnectionRequestPassword`, "", writes(connectionRequest, "password")),
    number(`${MANAGEMENT}ManageableDeviceNumberOfEntries`, devices.length),
    number(`${MANAGEMENT}ManageableDeviceNotificationLimit`, state.notificationLimit, writesNumber(state, "notificationLimit")),
    ...devices.flatMap(deviceParameters),
    text(`${WAN_CONNECTION}ExternalIPAddress`, state.externalAddress),
    number(`${WAN_CONNECTION}PortMappingNumberOfEntries`, mappings.length),
    ...mappings.flatMap(mappingParameters),
  ];
}

function deviceParameters({ instance, oui, serial, productClass }: ManageableDevice): readonly GatewayParameter[] {
  const path = `${MANAGEMENT}ManageableDevice.${instance}.`;
  return [text(`${path}ManufacturerOUI`, oui), text(`${path}SerialNumber`, serial), text(`${path}ProductClass`, productClass)];
}

function mappingParameters(mapping: PortMapping): readonly GatewayParameter[] {
  const path = `${PORT_MAPPINGS}${mapping.instance}.`;
  return [
    {
      name: `${path}PortMappingEnabled`,
      type: "boolean",
      value: String(mapping.enabled),
      write(value) {
        mapping.enabled = value === "1" || value === "true";
      },
    },
    number(`${path}PortMappingLeaseDuration`, 0, () => {}),
    text(`${path}RemoteHost`, mapping.remoteHost, writes(mapping, "remoteHost")),
    number(`${path}ExternalPort`, mapping.externalPort, writesNumber(mapping, "externalPort")),
    number(`${path}InternalPort`, mapping.internalPort, writesNumber(mapping, "internalPort")),
    text(`${path}PortMappingProtocol`, mapping.protocol, writes(mapping, "protocol")),
    text(`${path}InternalClient`, mapping.internalClient, writes(mapping, "internalClient")),
    text(`${path}PortMappingDescription`, mapping.description, writes(mapping, "description")),
  ];
}

/** A device is on the LAN, under this address: it has an entry of its own, and keeps the one that it has. */
export function withDevice(state: GatewayState, identity: Identity, address: string): void {
  const isSame = (one: Identity): boolean =>
    one.oui === identity.oui && one.serial === identity.serial && one.productClass === identity.productClass;
  const known = state.devices.find(isSame);
  if (known === undefined) state.highest.device += 1;
  const entry = { ...identity, address, instance: known?.instance ?? state.highest.device };
  state.devices = [...state.devices.filter((one) => !isSame(one)), entry].toSorted((a, b) => a.instance - b.instance);
}

/** The device at an address is gone from the LAN. */
export function withoutDevice(state: GatewayState, address: string): void {
  state.devices = state.devices.filter((one) => one.address !== address);
}
