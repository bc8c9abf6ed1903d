import type { DeviceKind } from "../device-kind.ts";
import type { TableState, UspState } from "../state.ts";
import { type Told, toldGeneric } from "./delivered-generic.ts";
import { bootSubscription, type DeliveredInstance } from "./delivered-instance.ts";

/** The agent as it leaves the factory. @param told what the delivery of a generic device says of its controllers; a Snom phone has settings for that */
export function deliveredUsp(kind: DeviceKind, told: Told = {}): UspState {
  const tables: Record<string, TableState> = {};
  const values: Record<string, string> = {};
  for (const { table, instance, values: given = {} } of kind === "generic" ? toldGeneric(told) : ofSnom()) {
    const { instances = [] } = tables[table] ?? {};
    tables[table] = { highest: instance, instances: [...instances, instance] };
    for (const [name, value] of Object.entries({ Alias: `cpe-${instance}`, ...given }))
      values[`${table}${instance}.${name}`] = value;
  }
  tables["Device.LocalAgent.Request."] = { highest: 0, instances: [] };
  // A generic device that has never run is one whose memory has been deleted, which is how it is reset from outside.
  const cause = kind === "generic" ? "LocalFactoryReset" : "LocalReboot";
  return { tables, values, made: {}, boot: { cause, commandKey: "" }, version: "" };
}

/** A controller of the vendor's and one of the customer's, each told of Boot!, as the map has them. */
const ofSnom = (): readonly DeliveredInstance[] =>
  [1, 2].flatMap((instance): readonly DeliveredInstance[] => {
    const controller = `Device.LocalAgent.Controller.${instance}`;
    const reference = { "MQTT.Reference": `Device.MQTT.Client.${instance}` };
    return [
      { table: "Device.LocalAgent.Controller.", instance },
      { table: `${controller}.MTP.`, instance: 1, values: reference },
      { table: `${controller}.BootParameter.`, instance: 1, values: { ParameterName: "Device.LocalAgent.EndpointID" } },
      { table: "Device.LocalAgent.MTP.", instance, values: reference },
      { table: "Device.LocalAgent.Subscription.", instance, values: bootSubscription(controller) },
      { table: "Device.MQTT.Client.", instance, values: { Name: `controller-${instance}` } },
    ];
  });
