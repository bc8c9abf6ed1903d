import type { UspModel } from "./model.ts";
import { CONTROLLER_TABLE } from "./schema.ts";

/** A controller that the agent was told of by DHCP; what was not told is undefined. */
export interface FoundController {
  readonly endpointId: string;
  readonly ProvisioningCode: string | undefined;
  readonly USPNotifRetryMinimumWaitInterval: string | undefined;
  readonly USPNotifRetryIntervalMultiplier: string | undefined;
  /** Where it listens for WebSockets. */
  readonly place: { readonly host: string; readonly port: number; readonly path: string; readonly secured: boolean } | undefined;
}

/**
 * Notes a controller in the data model: in the entry that it has, or in a new one. What is no value for a parameter is left out.
 */
export function noteController(model: UspModel, found: FoundController, now: number): void {
  const { endpointId, place, ...values } = found;
  const controller = entryOf(model, endpointId, now);
  if (controller === undefined) return;
  const write = (path: string, text: string | undefined): void => {
    if (text !== undefined && text !== model.value(path) && model.refusal(path, text, true) === undefined)
      model.write(path, text);
  };
  for (const [name, text] of Object.entries(values)) write(controller + name, text);
  const mtp = place === undefined ? undefined : mtpOf(model, controller, now);
  if (place === undefined || mtp === undefined) return;
  const parts = { Host: place.host, Port: String(place.port), Path: place.path, EnableEncryption: String(place.secured) };
  for (const [name, text] of Object.entries(parts)) write(`${mtp}WebSocket.${name}`, text);
}

function entryOf(model: UspModel, endpointId: string, now: number): string | undefined {
  const known = model.instances(CONTROLLER_TABLE).map((number) => `${CONTROLLER_TABLE}${number}.`);
  return (
    known.find((path) => model.value(`${path}EndpointID`) === endpointId) ??
    made(model, CONTROLLER_TABLE, now, { EndpointID: endpointId })
  );
}

function mtpOf(model: UspModel, controller: string, now: number): string | undefined {
  const table = `${controller}MTP.`;
  const known = model.instances(table).map((number) => `${table}${number}.`);
  return (
    known.find((path) => model.value(`${path}Protocol`) === "WebSocket") ?? made(model, table, now, { Protocol: "WebSocket" })
  );
}

/** A new instance that is on, with these values; undefined where no more fit. */
function made(model: UspModel, table: string, now: number, values: Readonly<Record<string, string>>): string | undefined {
  const path = model.add(table, now);
  if (path === undefined) return undefined;
  const number = path.slice(table.length, -1);
  for (const [name, text] of Object.entries({ Alias: `cpe-${number}`, Enable: "true", ...values })) model.set(path + name, text);
  return path;
}
