import { readFileSync } from "node:fs";
import { DEFAULT_SETTINGS, IDENTITY_SETTINGS } from "./data-model/default-settings.ts";
import type { DeviceKind } from "./device-kind.ts";
import { NO_GATEWAY } from "./dhcp/reading-seams.ts";
import { cwmpMap, genericMap } from "./generic-map.ts";
import { randomHex } from "./http/digest.ts";
import type { Seams } from "./seams.ts";
import type { PhoneState } from "./state.ts";
import { deliveredUsp } from "./usp/delivered.ts";
import type { Told } from "./usp/delivered-generic.ts";

/** What a phone is delivered with, beside what all phones are. */
export interface Delivery {
  /** Default `snom`. */
  readonly device?: DeviceKind;
  /** Settings that it is delivered with in place of the usual ones. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly paramMap: string | undefined;
  readonly connectionRequestPort: number;
  /** What a generic device is told of its controllers. */
  readonly usp?: Told | undefined;
  random(): number;
}

const SNOM_MAP = readFileSync(new URL("data-model/default-map.txt", import.meta.url), "utf8");
const BUILT_IN_MAPS: Readonly<Record<DeviceKind, string>> = {
  snom: SNOM_MAP,
  cwmp: cwmpMap(SNOM_MAP),
  generic: genericMap(SNOM_MAP),
};

/** A phone as it leaves the factory. */
export function factoryState(delivery: Delivery): PhoneState {
  const { device = "snom", connectionRequestPort, random } = delivery;
  return {
    settings: { ...DEFAULT_SETTINGS, ...delivery.settings },
    permissions: {},
    userChanges: [],
    passing: {},
    paramMap: delivery.paramMap ?? BUILT_IN_MAPS[device],
    values: {},
    attributes: {},
    tables: {},
    parameterKey: "",
    events: [],
    changes: [],
    changeSerial: 0,
    transfers: [],
    lastTransfer: 0,
    scheduled: [],
    reboots: [],
    retryCount: 0,
    connectionRequest: { port: connectionRequestPort, path: `/${randomHex(random, 8)}` },
    vendor: { skin: "", awaited: [], seen: {} },
    lan: { gateway: NO_GATEWAY, acsUrl: "", origin: "" },
    usp: deliveredUsp(device, delivery.usp),
  };
}

/** What a reset to factory state makes of a phone: what it was told is gone (TR-069 A.4.1.6), what it is stays. */
export function stateAfterReset(
  state: PhoneState,
  delivery: Delivery,
  { model, provisioning, vendor, events, transfer }: Seams,
): PhoneState {
  const fresh = factoryState(delivery);
  const identity = Object.fromEntries(IDENTITY_SETTINGS.map((name) => [name, state.settings[name] ?? ""]));
  return {
    ...fresh,
    settings: model.settingsAfterReset(state.settings, fresh.settings, identity),
    permissions: provisioning.permissionsAfterReset(state.permissions),
    userChanges: provisioning.userChangesAfterReset(state.userChanges),
    paramMap: model.paramMapAfterReset(state.paramMap, fresh.paramMap),
    values: model.valuesAfterReset(state.values),
    attributes: model.attributesAfterReset(state.attributes),
    tables: model.tablesAfterReset(state.tables),
    parameterKey: model.parameterKeyAfterReset(state.parameterKey),
    events: events.keptAtReset(state.events),
    transfers: transfer.keptAtReset(state.transfers),
    lastTransfer: state.lastTransfer,
    scheduled: events.scheduledAfterReset(state.scheduled),
    // The port stays, so that whoever looks after the phone finds it again; the path is another one.
    connectionRequest: { ...fresh.connectionRequest, port: state.connectionRequest.port },
    vendor: { ...fresh.vendor, skin: vendor.skinAfterReset(state.vendor.skin) },
    usp: { ...fresh.usp, boot: { cause: "LocalFactoryReset", commandKey: "" } },
  };
}
