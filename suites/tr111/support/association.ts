import { deviceId, parameterValueList } from "../../../harness/acs/read.ts";
import type { Reply, Session } from "../../../harness/acs/session.ts";
import type { CwmpBench } from "../../../harness/bench/bench.ts";
import { type Finding, holds, type Located } from "../../../harness/core/finding.ts";
import type { Exchange } from "../../../harness/trace/exchange.ts";
import { demand } from "../../support/steps.ts";
import { ELEMENTS, type Element } from "./device.ts";
import { type ByElement, infoNames, namesIn, shows } from "./gateway.ts";

/** Names of the elements in DeviceInfo and in the gateway's table (TR-111, Tables 1 and 2). */
const NAMES: ByElement<string> = { oui: "ManufacturerOUI", serial: "SerialNumber", productClass: "ProductClass" };

/** What an ACS reads of a device and of its gateway. */
export interface BothSides {
  /** The device's Inform. */
  readonly inform: Exchange;
  /** Names of the device's GatewayInfo, and what it told of them. */
  readonly names: ByElement<string>;
  readonly read: Reply;
  /** DeviceInfo of the gateway. */
  readonly gateway: ByElement<string>;
  /** Entries of the gateway's ManageableDevice table. */
  readonly devices: readonly ByElement<string>[];
}

/** Reads GatewayInfo in a session of the phone, which it ends, then the gateway's table in one of the gateway. */
export async function readBoth(bench: CwmpBench, session: Session): Promise<BothSides> {
  const names = infoNames(bench.phone);
  const read = await session.getParameterValues(namesIn(names));
  await session.end();
  return { inform: session.inform, names, read, ...(await readGateway(bench)) };
}

async function readGateway(bench: CwmpBench): Promise<Pick<BothSides, "gateway" | "devices">> {
  const { gateway } = bench;
  const info = `${gateway.root}DeviceInfo.`;
  const table = `${gateway.root}ManagementServer.ManageableDevice.`;
  const session = await gateway.session();
  const reply = await session.getParameterValues([info, table]);
  await session.end();
  demand(reply, "GetParameterValues", "reading the gateway's table of devices");
  const values = parameterValueList(reply);
  const below = (path: string): ByElement<string> => {
    const value = (element: Element): string => values.find(({ name }) => name === path + NAMES[element])?.value ?? "";
    return { oui: value("oui"), serial: value("serial"), productClass: value("productClass") };
  };
  const entries = values.flatMap(({ name }) => (name.startsWith(table) ? [name.slice(0, name.lastIndexOf(".") + 1)] : []));
  const read = { gateway: below(info), devices: [...new Set(entries)].map(below) };
  bench.step(`the ACS reads who the gateway is: ${words(read.gateway)}`);
  bench.step(`the ACS reads its ManageableDevice table: ${entriesIn(read.devices)}`);
  return read;
}

const words = (entry: ByElement<string>): string => ELEMENTS.map((element) => JSON.stringify(entry[element])).join(", ");

const entriesIn = (devices: readonly ByElement<string>[]): string =>
  devices.length === 0 ? "no entry" : devices.map((entry) => `an entry ${words(entry)}`).join("; ");

/** That the gateway's table has an entry with all of the identity in the device's Inform. */
export function deviceKnown(requirement: string, { inform, devices }: BothSides): Finding {
  const id = deviceId(inform);
  const own: Readonly<Record<Element, Located>> = { oui: id.oui, serial: id.serialNumber, productClass: id.productClass };
  const wanted: ByElement<string> = {
    oui: own.oui.value ?? "",
    serial: own.serial.value ?? "",
    productClass: own.productClass.value ?? "",
  };
  return holds(
    requirement,
    devices.some((entry) => words(entry) === words(wanted)),
    {
      expected: `an entry ${words(wanted)} in the gateway's ManageableDevice table`,
      actual: entriesIn(devices),
      where: own.oui.where,
    },
  );
}

/** That GatewayInfo tells who the gateway says it is. */
export const gatewayKnown = (requirement: string, sides: BothSides): Iterable<Finding> =>
  shows(requirement, sides, sides.gateway);

/** A mapping of a port of the gateway's WAN to one of a client on its LAN. */
export interface Mapping {
  readonly externalPort: number;
  readonly internalClient: string;
  readonly internalPort: number;
}

/** Has the gateway map a port while `work` runs, which is given the gateway's own address. @throws Inconclusive when it does not */
export async function withMapping<T>(
  bench: CwmpBench,
  { externalPort, internalClient, internalPort }: Mapping,
  work: (address: string) => Promise<T>,
): Promise<T> {
  const { gateway } = bench;
  const connection = `${gateway.root}WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.`;
  const session = await gateway.session();
  const address = await session.getParameterValues([`${connection}ExternalIPAddress`]);
  demand(address, "GetParameterValues", "asking the gateway for its address");
  const added = await session.addObject(`${connection}PortMapping.`);
  demand(added, "AddObject", "adding a port mapping");
  const path = `${connection}PortMapping.${added.at("AddObjectResponse/InstanceNumber").value}.`;
  const set = await session.setParameterValues([
    { name: `${path}ExternalPort`, value: String(externalPort), type: "unsignedInt" },
    { name: `${path}InternalPort`, value: String(internalPort), type: "unsignedInt" },
    { name: `${path}InternalClient`, value: internalClient },
    { name: `${path}PortMappingProtocol`, value: "TCP" },
    { name: `${path}PortMappingEnabled`, value: "1", type: "boolean" },
  ]);
  demand(set, "SetParameterValues", "mapping a port of the gateway to the phone");
  await session.end();
  bench.step(`the ACS maps port ${externalPort} of the gateway to ${internalClient}:${internalPort}`);
  try {
    return await work(parameterValueList(address)[0]?.value ?? "");
  } finally {
    const last = await gateway.session();
    await last.deleteObject(path);
    await last.end();
  }
}
