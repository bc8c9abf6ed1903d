import { FORCED_INFORM } from "../data-model/standard.ts";
import type { Device } from "../device.ts";
import type { Change, QueuedEvent } from "../state.ts";
import type { Arg } from "./soap.ts";
import { valueStruct } from "./structs.ts";

/** An Inform, and what it tells the ACS of. */
export interface Inform {
  readonly args: readonly Arg[];
  readonly events: readonly QueuedEvent[];
  readonly changes: readonly Change[];
}

/** The Inform that is due now (TR-069 A.3.3.1). `failed` is that of the session before, when it has failed. */
export function makeInform({ state, model, clock, seams }: Device, failed: Inform | undefined): Inform {
  const { inform } = seams;
  const info = (name: string): string => model.valueOf(`Device.DeviceInfo.${name}`);
  // A parameter that is gone with its object has nothing to report.
  const changes = inform.reported(state.changes).filter(({ name }) => model.parameter(name) !== undefined);
  const events = inform.ordered(inform.events(state.events, inform.hasValueChange(changes), state.retryCount));
  const identity = {
    manufacturer: info("Manufacturer"),
    oui: info("ManufacturerOUI"),
    productClass: info("ProductClass"),
    serialNumber: info("SerialNumber"),
  };
  const id = inform.deviceId(identity, events);
  const names = inform.parameterNames(
    inform.forced(FORCED_INFORM, events),
    changes.map(({ name }) => name),
  );
  const parameters = names.flatMap((name) => model.parameter(name) ?? []);
  const args: Arg[] = [
    {
      name: "DeviceId",
      children: [
        { name: "Manufacturer", text: id.manufacturer },
        { name: "OUI", text: id.oui },
        { name: "ProductClass", text: id.productClass },
        { name: "SerialNumber", text: id.serialNumber },
      ],
    },
    {
      name: "Event",
      array: {
        type: "cwmp:EventStruct",
        members: events.map((event) => ({
          name: "EventStruct",
          children: [
            { name: "EventCode", text: inform.eventCode(event) },
            { name: "CommandKey", text: inform.commandKey(event) },
          ],
        })),
      },
    },
    { name: "MaxEnvelopes", text: String(inform.maxEnvelopes(events)) },
    { name: "CurrentTime", text: inform.currentTime(clock.now(), events) },
    { name: "RetryCount", text: String(inform.retryCount(state.retryCount)) },
    {
      name: "ParameterList",
      array: {
        type: "cwmp:ParameterValueStruct",
        members: parameters.map((parameter) => {
          const { name, type } = parameter;
          return valueStruct(inform.parameterName(name, events), inform.value(name, model.read(parameter), events), type);
        }),
      },
    },
  ];
  return { args: inform.afterFailure(args, failed?.args), events: state.events, changes: state.changes };
}
