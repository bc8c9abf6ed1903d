import type { UspBench } from "../../../harness/bench/usp-bench.ts";
import { parametersIn } from "../../../harness/controller/read.ts";
import { Inconclusive } from "../../../harness/core/case.ts";
import { type Finding, holds, type Located, same } from "../../../harness/core/finding.ts";

/** What a device and a gateway are told apart by, as DHCP has it. */
export const ELEMENTS = ["oui", "serial", "productClass"] as const;
export type Element = (typeof ELEMENTS)[number];

/** Parameters that have the same, of a device and of its gateway. */
const NAMES: Readonly<Record<Element, string>> = {
  oui: "ManufacturerOUI",
  serial: "SerialNumber",
  productClass: "ProductClass",
};

export type Identity = Readonly<Record<Element, string>>;

/** Who the device is by its data model. @throws Inconclusive `precondition` when it does not say */
export async function deviceInfo({ controller }: UspBench): Promise<Identity> {
  const values = parametersIn(await controller.get(["Device.DeviceInfo."]));
  const [oui, serial, productClass] = ELEMENTS.map((element) => values.get(`Device.DeviceInfo.${NAMES[element]}`)?.value);
  if (oui === undefined || serial === undefined)
    throw new Inconclusive("precondition", "Device.DeviceInfo. shows no ManufacturerOUI or SerialNumber");
  return { oui, serial, productClass: productClass ?? "" };
}

/** What the device shows of its gateway, by the name of the parameter. */
export type ShownGateway = (name: string) => Located;

export async function gatewayInfo({ controller }: UspBench): Promise<ShownGateway> {
  const reply = await controller.get(["Device.GatewayInfo."]);
  const values = parametersIn(reply);
  return (name) => values.get(`Device.GatewayInfo.${name}`) ?? { value: undefined, where: `${reply.summary.where}, ${name}` };
}

/** That the device shows this gateway. */
export function* shows(requirement: string, seen: ShownGateway, identity: Identity): Iterable<Finding> {
  for (const element of ELEMENTS) yield same(requirement, seen(NAMES[element]), identity[element]);
}

/** ManagementProtocol as it has to be; an agent without the parameter has nothing to show. */
export const speaks = (requirement: string, seen: ShownGateway, protocol: string): Finding => {
  const { value, where } = seen("ManagementProtocol");
  return holds(requirement, value === protocol, {
    expected: `ManagementProtocol ${JSON.stringify(protocol)}`,
    actual: value === undefined ? "no such parameter" : JSON.stringify(value),
    where,
  });
};
